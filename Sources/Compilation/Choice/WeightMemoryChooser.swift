import Diagnostics
import Lowering

/// Decides where weights lie: in single-port memories if the user wants it so, or if the design fits
/// the device only with them.
struct WeightMemoryChooser {
  typealias Choose = (WeightMemory) throws(DiagnosticList) -> ConfigurationChoice

  let options: CompilerOptions
  let device: Device?

  /// `choose` makes the choice of everything else for one kind of memory.
  func choose(
    _ network: QuantisedNetwork, _ choose: Choose
  ) throws(DiagnosticList) -> ConfigurationChoice {
    switch options.weightMemory {
    case .block: return try choose(.block)
    case .spram:
      if let problem = problem(before: network) { throw DiagnosticList([problem]) }
      let choice = try choose(.spram)
      if let problem = problem(of: choice) { throw DiagnosticList([problem]) }
      return choice
    case nil:
      let inBlocks = Result { () throws(DiagnosticList) in try choose(.block) }
      guard let device, device.singlePortMemories != nil, problem(before: network) == nil
      else { return try inBlocks.get() }
      let needed = (try? inBlocks.get()).map { memoryBlocks($0, network) }
      if let needed, needed <= device.memoryBlocks { return try inBlocks.get() }
      guard var loaded = try? choose(.spram), problem(of: loaded) == nil,
        memoryBlocks(loaded, network) <= device.memoryBlocks
      else { return try inBlocks.get() }
      let left = memoryBlocks(loaded, network)
      loaded.weightMemoryReason =
        if let needed {
          "with weights in block memories up to \(needed) of \(device.memoryBlocks) would be needed,"
            + " without them \(left)"
        } else {
          "with weights in block memories nothing that fits is fast enough"
        }
      return loaded
    }
  }

  private func memoryBlocks(_ choice: ConfigurationChoice, _ network: QuantisedNetwork) -> Int {
    let design = HardwareDesign(
      network, choice.schedule, program: options.target.programForm,
      loadsWeights: choice.weightMemory == .spram)
    return ResourcePlan(design, target: options.target).memoryBlocks
  }

  /// What is known without a schedule.
  private func problem(before network: QuantisedNetwork) -> Diagnostic? {
    guard let memories = device?.singlePortMemories, let device else {
      return .noMemories(options.target, device)
    }
    if network.plan.weightBits > memories.width {
      return .tooWide(network.plan.weightBits, memories, device)
    }
    if case .exactly(let lanes) = options.lanes, lanes > memories.count {
      return .tooManyLanes(lanes, memories, device)
    }
    return nil
  }

  private func problem(of choice: ConfigurationChoice) -> Diagnostic? {
    guard let device, let memories = device.singlePortMemories else { return nil }
    let schedule = choice.schedule
    if schedule.lanes > memories.count { return .tooManyLanes(schedule.lanes, memories, device) }
    return schedule.period > memories.depth ? .tooDeep(schedule, memories, device) : nil
  }
}

extension Diagnostic {
  fileprivate static func noMemories(_ target: TargetFamily, _ device: Device?) -> Diagnostic {
    let known = Device.all.filter { $0.singlePortMemories != nil }
    return wrongMemory(
      "\(device?.part ?? "target \(target.rawValue)") has no SPRAM for weights",
      "leave --weight-memory spram out, or give"
        + " \(known.map { "--target \($0.family.rawValue) --device \($0.name)" }.joined(separator: " or "))"
    )
  }

  fileprivate static func tooWide(
    _ bits: Int, _ memories: SinglePortMemories, _ device: Device
  ) -> Diagnostic {
    wrongMemory(
      "weights of \(bits) bits do not fit the SPRAM of the \(device.part), whose words have"
        + " \(memories.width)", "give --weight-bits \(memories.width) or less")
  }

  fileprivate static func tooManyLanes(
    _ lanes: Int, _ memories: SinglePortMemories, _ device: Device
  ) -> Diagnostic {
    wrongMemory(
      "\(lanes) lanes need an SPRAM block each, the \(device.part) has \(memories.count)",
      "give --lanes \(memories.count) or fewer")
  }

  fileprivate static func tooDeep(
    _ schedule: Schedule, _ memories: SinglePortMemories, _ device: Device
  ) -> Diagnostic {
    wrongMemory(
      "\(schedule.period) weights a lane do not fit an SPRAM block of the \(device.part), which has"
        + " \(memories.depth) words",
      schedule.lanes < memories.count
        ? "give --lanes \(memories.count)" : "choose a larger device with --device")
  }

  private static func wrongMemory(_ message: String, _ hint: String) -> Diagnostic {
    Diagnostic(id: "weight-memory", message, hint: hint, exitCode: .usage)
  }
}
