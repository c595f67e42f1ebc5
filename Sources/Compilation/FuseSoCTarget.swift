import Boards
import Emission
import Toolchain

extension FuseSoCEmitter.BoardTarget {
  /// Targets that a core description has for other purposes.
  private static let taken: Set = ["default", "lint", "sim"]

  /// The name of a board's target: the board's own, with nothing in it that YAML or a shell reads otherwise.
  static func name(_ board: Board) -> String {
    let name = board.name.map { character in
      character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character))
        ? character : "_"
    }
    return taken.contains(String(name)) ? String(name) + "_board" : String(name)
  }

  /// The flow of Edalize with the options of `BitstreamFlow`.
  init(_ flow: BitstreamFlow, _ board: Board) {
    var options = [("yosys_synth_options", flow.synthesisOptions)]
    let common = ["--freq", "\(flow.oscillatorMHz)"] + flow.placementOptions
    let edalize: (flow: String, fileType: String)
    switch flow.family {
    case .ice40:
      edalize = ("icestorm", "PCF")
      options.append(("nextpnr_options", flow.placement + common))
      options.append(("icepack_options", flow.packing))
    case .ecp5:
      edalize = ("trellis", "LPF")
      options.append(("nextpnr_options", flow.placement + common))
      options.append(("ecppack_options", flow.packing))
    case .gowin:
      // It names device and family itself.
      edalize = ("apicula", "CST")
      options.append(("nextpnr_options", common))
    }
    var texts = options.filter { !$0.1.isEmpty }.map { key, words in
      (key: key, value: "[" + words.map { "'\($0)'" }.joined(separator: ", ") + "]")
    }
    if flow.family == .gowin, let place = flow.placement.firstIndex(of: "--device"),
      place + 1 < flow.placement.count
    {
      texts.append((key: "device", value: flow.placement[place + 1]))
      let hasLetter = flow.packing.last?.hasSuffix("C") ?? false
      texts.append((key: "device_family", value: hasLetter ? "C" : "''"))
    }
    self.init(
      name: Self.name(board), top: flow.top, constraints: flow.constraints,
      fileType: edalize.fileType,
      flow: edalize.flow, options: texts)
  }
}
