import Diagnostics
import Lowering
import Network

/// From a network to hardware: one list, read from top to bottom.
public struct Pipeline: Sendable {
  public let options: CompilerOptions
  /// Schedules that need not be made again.
  var schedules = ScheduleCache()
  /// Told what is being done, for people who wait.
  private let progress: @Sendable (String) -> Void

  public init(
    _ options: CompilerOptions, progress: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.options = options
    self.progress = progress
  }

  /// Runs the passes up to a stage and yields what that stage made.
  public func run(_ network: Network, upTo last: Stage) throws(DiagnosticList) -> StageValue {
    if last == .network { return .network(network) }

    // Bind every read to this step or the previous one, fold what never changes: nothing below
    // needs to know the order of activation any more.
    let levelled = Levelizer(constantInputs: options.constantInputs).levelize(network)
    if last == .levelled { return .levelled(levelled) }

    // Place the gate products while weights are still exact and a product may be shared.
    let factored = GateFactorer().factor(levelled)
    if last == .factored { return .factored(factored) }

    // Fix every format and round every weight: from here on all is integers, and results are final.
    let quantised = try Quantiser(options.quantisation).quantise(factored)
    if last == .quantised { return .quantised(quantised) }

    // Give every product a lane and a cycle; this decides about time alone.
    var chooser = ConfigurationChooser(options: options)
    chooser.schedules = schedules
    chooser.progress = progress
    let choice = try chooser.choose(quantised)

    // Prove that choice before anything is written: a wrong schedule must never become hardware.
    do { try ScheduleChecker(quantised, choice.schedule).check() } catch {
      throw DiagnosticList([.wrongSchedule(error)])
    }
    if last == .schedule { return .schedule(choice, quantised) }

    // Lay out memories and words: the one source for everything that is written.
    let design = HardwareDesign(
      quantised, choice.schedule, program: options.target.programForm,
      loadsWeights: choice.weightMemory == .spram)
    return .design(design, choice)
  }

  /// The network in integers: what is computed.
  public func quantised(_ network: Network) throws(DiagnosticList) -> QuantisedNetwork {
    guard case .quantised(let result) = try run(network, upTo: .quantised) else {
      preconditionFailure("the pipeline yields the stage it was asked for")
    }
    return result
  }

  /// The hardware, and why it has its lanes and its profile.
  public func design(
    _ network: Network
  ) throws(DiagnosticList) -> (design: HardwareDesign, choice: ConfigurationChoice) {
    guard case .design(let design, let choice) = try run(network, upTo: .design) else {
      preconditionFailure("the pipeline yields the stage it was asked for")
    }
    return (design, choice)
  }
}

extension Diagnostic {
  fileprivate static func wrongSchedule(_ violation: ScheduleChecker.Violation) -> Diagnostic {
    Diagnostic(
      id: "wrong-schedule",
      "internal error in Scheduler: cycle \(violation.cycle), \(violation.description); please report",
      exitCode: .internalError)
  }
}
