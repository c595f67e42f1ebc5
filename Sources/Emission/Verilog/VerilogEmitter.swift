import Assets
import Diagnostics
import Lowering

/// Writes the RTL of a design: the top module, the hand-written modules beside it and every memory
/// image. The size of the Verilog does not depend on the network.
public struct VerilogEmitter: Sendable {
  private let design: HardwareDesign
  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator
  /// Folder below `hdl/` with the family's own versions of primitives; nil: all are inferred.
  private let primitives: String?
  /// Images of memories outside the core, and whether its states can be read there.
  private let boardImages: [MemoryImage]
  private let showsStates: Bool
  /// Whether block memories that are instantiated hold markers instead of their words.
  private let holdsMarkers: Bool

  public init(
    _ design: HardwareDesign, name: Identifier, provenance: Provenance, assets: AssetLocator,
    primitives: String? = nil, boardImages: [MemoryImage] = [], showsStates: Bool = false,
    holdsMarkers: Bool = false
  ) {
    self.design = design
    self.name = name
    self.provenance = provenance
    self.assets = assets
    self.primitives = primitives
    self.boardImages = boardImages
    self.showsStates = showsStates
    self.holdsMarkers = holdsMarkers
  }

  /// The file with the contents of block memories that are instantiated.
  public static func memoryFile(_ name: Identifier) -> String { "rtl/\(name)_memories.v" }

  /// Files below `rtl/`, and the image of a flash memory if weights are loaded from one.
  public func emit() throws(DiagnosticList) -> [Artefact] {
    var artefacts = [Artefact(path: "rtl/\(name).v", text: try top())]
    let modules = try modules()
    for (file, source) in modules.sorted(by: { $0.key < $1.key }) {
      artefacts.append(Artefact(path: "rtl/\(file)", text: try assets.text(source)))
    }
    let images = design.images + boardImages
    // Memories that are instantiated have their contents as parameters.
    if let family = primitives.flatMap({ BlockFamily(rawValue: $0) }) {
      let memories = MemoryFileEmitter(
        name: name, family: family, banner: banner, assets: assets, holdsMarkers: holdsMarkers)
      artefacts.append(Artefact(path: Self.memoryFile(name), text: try memories.text(images)))
      if family.hasFixedBits {
        let fixed = FixedBitsEmitter(name: name, banner: banner, assets: assets)
        artefacts.append(Artefact(path: "rtl/\(name)_fixed.v", text: try fixed.text(images)))
      }
    }
    if let flash { artefacts.append(flash.artefact(of: name)) }
    for image in images {
      artefacts.append(
        Artefact(path: "rtl/\(name)_\(image.suffix).memh", contents: contents(of: image)))
    }
    return artefacts
  }

  /// Behaviour of the family's cells, for simulators only.
  public func cells() throws(DiagnosticList) -> [Artefact] {
    guard let primitives else { return [] }
    var artefacts: [Artefact] = []
    let folder = "hdl/\(primitives)/sim"
    for file in try assets.files(in: folder) where isNeeded(file, Self.loadingCells) {
      artefacts.append(
        Artefact(path: "sim/cells/\(file)", text: try assets.text("\(folder)/\(file)")))
    }
    return artefacts
  }

  /// Hand-written modules by the name of their file: those of the family in place of the general ones.
  private func modules() throws(DiagnosticList) -> [String: String] {
    var modules: [String: String] = [:]
    for folder in ["hdl"] + (primitives.map { ["hdl/\($0)"] } ?? []) {
      for file in try assets.files(in: folder)
      where isNeeded(file, Self.loadingModules) && !file.contains("/") {
        modules[file] = "\(folder)/\(file)"
      }
    }
    return modules
  }

  /// Files that only cores with loaded weights have.
  private static let loadingModules: Set = ["lstmg_spram.v", "lstmg_flash_loader.v"]
  private static let loadingCells: Set = ["SB_SPRAM256KA.v"]

  private func isNeeded(_ file: String, _ loading: Set<String>) -> Bool {
    file.hasSuffix(".v") && (design.loadsWeights || !loading.contains(file))
  }

  private var flash: FlashImage? {
    design.loadsWeights ? FlashImage(design, identity: provenance.identity) : nil
  }

  private var banner: String { provenance.banner(prefix: "// ").joined(separator: "\n") }

  private func top() throws(DiagnosticList) -> String {
    let loading = try LoadingText(design, flash, assets: assets)
    let states = StateText(design, areShown: showsStates)
    return try StrictTemplate("core.v", assets: assets).render([
      "banner": banner,
      "name": name.text,
      "numbers": comment(numbers),
      "inputs": comment(inputs),
      "outputs": comment(outputs),
      "timing": comment(timing),
      "dataTop": String(design.dataBits - 1),
      "parameters": design.parameters.map { name, value in
        "    .\(TextFormat.padded(name, to: 16))(\(value)),"
      }.joined(separator: "\n"),
      "images": name.text,
      "generics": loading.parameters, "ports": loading.ports + states.ports,
      "loader": loading.instance, "states": states.wires,
      "reset": loading.reset, "loadWrite": loading.write, "loadAddress": loading.address,
      "loadData": loading.data,
    ])
  }

  private func comment(_ lines: [String]) -> String {
    lines.map { "// " + $0 }.joined(separator: "\n")
  }

  private var numbers: [String] {
    let plan = design.network.plan
    return [
      "weights      \(plan.weightBits) bits, one power of two per sum",
      "activations  \(plan.activationBits) bits, logistic and tanh Q0.\(plan.activationBits - 1)",
      "state        \(plan.formats.state), gate operand \(plan.operand)",
      "table        \(1 << plan.table.segmentBits) segments, argument \(plan.table.argument)",
      "Rounding is to nearest, ties upwards; states, arguments and linear outputs saturate.",
    ]
  }

  private var inputs: [String] {
    if design.network.inputs.isEmpty {
      return ["0  dummy: the network has no inputs, a frame is one beat of any value"]
    }
    return elements(design.network.inputs)
  }

  private var outputs: [String] { elements(design.network.outputs) }

  private func elements(_ values: [Int]) -> [String] {
    let lines = values.enumerated().map { index, value in
      "\(index)  \(design.network.valueFormats[value])  \(design.name(of: value))"
    }
    guard lines.count > 64 else { return lines }
    return Array(lines.prefix(63)) + ["...", lines[lines.count - 1]]
  }

  private var timing: [String] {
    let bound = design.schedule.bound
    return [
      TextFormat.count(design.schedule.lanes, "MAC lane") + ", "
        + TextFormat.count(design.schedule.units, "node unit"),
      "one step every \(design.schedule.period) cycles (lower bound \(bound.value):"
        + " \(bound.term.rawValue))",
      "last input beat to last result \(design.computeLatency) cycles, first input beat to last"
        + " output beat \(design.latency)",
    ]
  }

  /// A summary, then one word a line with its remark.
  private func contents(of image: MemoryImage) -> [UInt8] {
    var bytes = Array("// \(image.summary)\n".utf8)
    bytes.reserveCapacity(image.words.count * 16)
    for (index, word) in image.words.enumerated() {
      bytes += word.hexadecimal.utf8
      if index < image.remarks.count { bytes += " // \(image.remarks[index])".utf8 }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
