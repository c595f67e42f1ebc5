import Compilation
import Emission
import Lowering
import Toolchain

/// What `generate` says on standard output.
struct GenerateReport {
  let compiled: CompiledDesign
  let files: [String]
  let folder: String

  /// The contract's keys.
  var json: String {
    JSONText.object(
      Body(
        design: DesignReport(compiled.design),
        resources: Resources(ResourcePlan(compiled.design, target: compiled.options.target)),
        prediction: compiled.prediction, device: compiled.device?.name,
        profile: compiled.choice.profile.rawValue, reason: compiled.choice.reason,
        considered: compiled.choice.considered, files: files, hash: compiled.hash))
  }

  private struct Resources: Encodable {
    let multipliers, memoryBits, memoryBlocks, spramBlocks, tableBits: Int

    init(_ plan: ResourcePlan) {
      multipliers = plan.multipliers
      memoryBits = plan.memoryBits
      memoryBlocks = plan.memoryBlocks
      spramBlocks = plan.spramBlocks
      tableBits = plan.tableBits
    }
  }

  private struct Body: Encodable {
    let design: DesignReport
    let resources: Resources
    let prediction: Prediction
    let device: String?
    let profile: String
    let reason: String
    let considered: [ConsideredConfiguration]
    let files: [String]
    let hash: String

    private enum Key: String, CodingKey {
      case schema, command, resources, prediction, device, profile, reason, considered, files, hash
    }

    func encode(to encoder: any Encoder) throws {
      // The figures beside the other keys, not below one of their own.
      try design.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Manifest.schema, forKey: .schema)
      try container.encode("generate", forKey: .command)
      try container.encode(resources, forKey: .resources)
      try container.encode(prediction, forKey: .prediction)
      try container.encode(device, forKey: .device)
      try container.encode(profile, forKey: .profile)
      try container.encode(reason, forKey: .reason)
      try container.encode(considered, forKey: .considered)
      try container.encode(files, forKey: .files)
      try container.encode(hash, forKey: .hash)
    }
  }

  var text: String {
    let design = compiled.design
    let report = DesignReport(design)
    let factored = design.network.factored
    var table = TextTable()
    table.add(
      "network",
      "\(compiled.name): \(Readable.count(report.nodes, "node"))"
        + " (\(Readable.count(report.inputs, "input"))\(constants),"
        + " \(Readable.count(report.outputs, "output"))),"
        + " \(Readable.count(report.connections, "connection"))")
    table.add(
      "work per step",
      "\(Readable.count(report.macsPerStep)) multiply-accumulates,"
        + " \(factored.gateProductsPerDestination) -> \(report.gateProducts) gate products,"
        + " \(Readable.count(report.levels, "level"))")
    add(report.formats, to: &table)
    table.add("lanes", "\(report.lanes): \(compiled.choice.reason)")
    table.add(
      "sources",
      report.lanesPerStream == 1
        ? "each lane has its own program and values"
        : "programs and values are shared by \(report.lanesPerStream) lanes each")
    addWeightMemory(to: &table)
    table.add("node units", "\(report.nodeUnits)")
    table.add("profile", compiled.choice.profile.rawValue)
    table.add(
      "period",
      "\(Readable.count(report.cyclesPerStep, "cycle")) a step (lower bound"
        + " \(Readable.count(report.bound.cycles)), set by \(report.bound.term));"
        + " multipliers used \(Readable.percent(report.utilization))")
    table.add(
      "latency",
      "last input to last result \(Readable.count(report.computeLatencyCycles)), first input to"
        + " last output \(Readable.count(report.latencyCycles, "cycle"))")
    table.add(compiled.prediction, device: compiled.device?.part)
    add(ResourcePlan(design, target: compiled.options.target), to: &table)
    table.add("hash", compiled.hash)
    table.add("written", "\(folder) (\(Readable.count(files.count, "file")))")
    guard let considered = ChoiceTable(compiled.choice) else { return table.text }
    return table.text + "\n\n" + considered.text
  }

  private var constants: String {
    let count = compiled.options.constantInputs.count
    return count == 0 ? "" : ", \(count) of them constant"
  }

  private func addWeightMemory(to table: inout TextTable) {
    guard compiled.choice.weightMemory == .spram else { return }
    table.add(
      "weights",
      "in SPRAM, loaded from flash: "
        + (compiled.choice.weightMemoryReason ?? "as asked for"))
    // The loader of a board says how; of a core alone the board is not known.
    let image = "\(folder)/\(FlashImage.path(compiled.name))"
    table.add(
      compiled.board.map { BoardLoader($0.board).dataJob(image, address: FlashImage.address) }?
        .command ?? "\(image) goes to address \(FlashImage.address) of the flash memory")
  }

  private func add(_ formats: FormatReport, to table: inout TextTable) {
    table.add(
      "formats",
      "weights \(formats.weightBits) bits, activations \(formats.activation.format)"
        + " (\(formats.activation.bits) bits), states \(formats.state.format)"
        + " (\(formats.state.bits) bits)")
    let inputs = Set(formats.inputs.map(\.format)).sorted().joined(separator: ", ")
    let outputs = Set(formats.outputs.map(\.format)).sorted().joined(separator: ", ")
    table.add(
      "inputs \(inputs.isEmpty ? "none" : inputs), outputs \(outputs), gate operand"
        + " \(formats.operand.format); streams of \(formats.streamBits) bits")
  }

  private func add(_ plan: ResourcePlan, to table: inout TextTable) {
    table.add(
      "resources",
      "\(Readable.count(plan.multipliers, "multiplier")),"
        + " \(Readable.count(plan.memoryBits)) memory bits in at most"
        + " \(Readable.count(plan.memoryBlocks, "block")) (\(compiled.options.target.rawValue))"
        + (plan.spramBlocks == 0
          ? "" : ", \(Readable.count(plan.spramBlocks, "SPRAM block")) for weights"))
    for memory in plan.memories {
      table.add(
        "  \(memory.count) x \(memory.name): \(Readable.count(memory.words)) words of"
          + " \(memory.width) bits")
    }
  }
}
