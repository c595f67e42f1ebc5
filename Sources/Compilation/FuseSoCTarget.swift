import Boards
import Emission
import Toolchain

extension FuseSoCEmitter.BoardTarget {
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
      name: board.name, top: flow.top, constraints: flow.constraints, fileType: edalize.fileType,
      flow: edalize.flow, options: texts)
  }
}
