import Diagnostics
import Foundation

/// Runs a `BitstreamFlow` in its folder.
public struct BitstreamBuild: Sendable {
  /// One place and route.
  public struct Placement: Hashable, Sendable {
    public let seed: Int
    public let report: PlacementReport
    public let hold: HoldReport

    public init(seed: Int, report: PlacementReport, hold: HoldReport = .none) {
      self.seed = seed
      self.report = report
      self.hold = hold
    }
  }

  public let flow: BitstreamFlow
  private let runner: JobRunner
  private let tools: BitstreamTools

  public init(_ flow: BitstreamFlow, runner: JobRunner, tools: BitstreamTools) {
    self.flow = flow
    self.runner = runner
    self.tools = tools
  }

  /// Every tool that will be wanted is there: told before the first one has run for minutes.
  public func checkTools() async throws(Diagnostic) {
    for tool in flow.family.tools { _ = try await tools.path(of: tool) }
  }

  /// The same of the one that packs.
  public func checkPacker() async throws(Diagnostic) {
    _ = try await tools.path(of: flow.family.packer)
  }

  /// Makes the netlist of all Verilog in the folder.
  public func synthesise() async throws(Diagnostic) {
    let sources = try VerilogFolder(flow.folder).sources()
    try Files.write(
      Array(flow.synthesisCommands(sources).utf8), to: flow.folder + "/" + flow.synthesisScript)
    try await run(flow.synthesisJob)
    let log = String(
      decoding: try Files.read(flow.folder + "/" + flow.synthesisLog), as: UTF8.self)
    let findings = SynthesisLog.findings(in: log)
    guard findings.isEmpty else {
      throw Diagnostic(
        id: "synthesis-warning", "yosys objects to \(flow.top)",
        notes: findings.map { Diagnostic.Note($0) },
        exitCode: .checkFailed)
    }
  }

  /// Runs a job with the program of the family's that serves.
  @discardableResult
  private func run(_ job: Job) async throws(Diagnostic) -> String {
    guard case .tool(let tool) = job.program else { return try await runner.run(job) }
    return try await runner.run(
      Job(.file(tools.path(of: tool)), job.arguments, in: job.workingDirectory))
  }

  public func place(seed: Int) async throws(Diagnostic) -> Placement {
    let path = flow.folder + "/" + flow.report(seed: seed)
    // That of an earlier run says nothing of this one.
    unlink(path)
    let log = try await run(flow.placementJob(seed: seed))
    guard FileManager.default.fileExists(atPath: path) else { throw .noReport(seed) }
    return Placement(
      seed: seed, report: try PlacementReport(json: try Files.read(path)),
      hold: HoldReport(log: log))
  }

  /// A placement as it was routed.
  public func routed(_ placement: Placement) throws(Diagnostic) -> [UInt8] {
    try Files.read(flow.folder + "/" + flow.routed(seed: placement.seed))
  }

  /// The bitstream of a routed design, with these contents in the place of what stands for them.
  public func pack(
    _ routed: [UInt8], _ placement: Placement, contents: [[UInt32]: [UInt32]]
  ) async throws(Diagnostic) -> [UInt8] {
    let filled =
      try RoutedMemories(flow.family)?.filled(routed, with: contents, placement.report) ?? routed
    try Files.write(filled, to: flow.folder + "/" + flow.filled)
    try await run(flow.packingJob(flow.filled))
    return try Files.read(flow.folder + "/" + flow.bitstream)
  }

  /// nextpnr's report of a placement, as it wrote it.
  public func report(_ placement: Placement) throws(Diagnostic) -> [UInt8] {
    try Files.read(flow.folder + "/" + flow.report(seed: placement.seed))
  }
}

extension Diagnostic {
  fileprivate static func noReport(_ seed: Int) -> Diagnostic {
    Diagnostic(
      id: "tool-failed", "nextpnr has ended without a report for seed \(seed)",
      exitCode: .checkFailed)
  }
}
