import Diagnostics
import Foundation

/// Runs a `BitstreamFlow` in its folder.
public struct BitstreamBuild: Sendable {
  /// One place and route.
  public struct Placement: Hashable, Sendable {
    public let seed: Int
    public let report: PlacementReport

    public init(seed: Int, report: PlacementReport) {
      self.seed = seed
      self.report = report
    }
  }

  public let flow: BitstreamFlow
  private let runner: JobRunner

  public init(_ flow: BitstreamFlow, runner: JobRunner) {
    self.flow = flow
    self.runner = runner
  }

  /// Every tool that will be wanted is there: told before the first one has run for minutes.
  public func checkTools() throws(Diagnostic) {
    for tool in flow.family.tools { _ = try runner.locator.path(of: tool) }
  }

  /// The same of the one that packs.
  public func checkPacker() throws(Diagnostic) {
    _ = try runner.locator.path(of: flow.family.packer)
  }

  /// Makes the netlist of all Verilog in the folder.
  public func synthesise() async throws(Diagnostic) {
    let sources = try VerilogFolder(flow.folder).sources()
    try Files.write(
      Array(flow.synthesisCommands(sources).utf8), to: flow.folder + "/" + flow.synthesisScript)
    try await runner.run(job(flow.synthesisJob))
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

  private func job(_ job: Job) -> Job {
    guard case .tool(let tool) = job.program, flow.family.packagedTools.contains(tool),
      let path = runner.locator.packaged(tool)
    else { return job }
    return Job(.file(path), job.arguments, in: job.workingDirectory)
  }

  public func place(seed: Int) async throws(Diagnostic) -> Placement {
    let path = flow.folder + "/" + flow.report(seed: seed)
    // That of an earlier run says nothing of this one.
    unlink(path)
    try await runner.run(flow.placementJob(seed: seed))
    return Placement(
      seed: seed, report: try PlacementReport(json: try Files.read(path), file: path))
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
    try await runner.run(flow.packingJob(flow.filled))
    return try Files.read(flow.folder + "/" + flow.bitstream)
  }

  /// nextpnr's report of a placement, as it wrote it.
  public func report(_ placement: Placement) throws(Diagnostic) -> [UInt8] {
    try Files.read(flow.folder + "/" + flow.report(seed: placement.seed))
  }
}
