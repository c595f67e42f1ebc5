import Assets
import Boards
import DataSets
import Diagnostics
import Emission
import Foundation
import Toolchain

/// Makes the bitstream of a design for its board.
///
/// The clock of the core is the fastest that the PLL makes and place and route closes. Without a wish it is
/// found in two rounds: all seeds with a goal beyond the expected clock, then the best seed once more with
/// the PLL set to what it reached, which leaves the placement as it is.
public struct BoardBuild: Sendable {
  /// What is wanted of place and route in the first round, by the clock rate that is hoped for.
  private static let ambition = 1.125
  /// Attempts to close at the next lower setting of the PLL, should placement differ.
  private static let attempts = 3
  static let folder = "bitstream"
  static let report = "report.json"

  public struct Result: Sendable {
    /// Everything to write: the generated files with the final clock, and the bitstream.
    public let artefacts: [Artefact]
    public let board: BoardDesign
    /// In the order of the seeds.
    public let placements: [BitstreamBuild.Placement]
    public let best: BitstreamBuild.Placement
    /// Path of the bitstream in the output folder.
    public let bitstream: String
    public let byteCount: Int
  }

  private let compiled: CompiledDesign
  private let seeds: [Int]
  /// Megahertz; nil for the fastest.
  private let wish: Double?
  private let assets: AssetLocator
  private let runner: JobRunner
  private let progress: @Sendable (String) -> Void

  public init(
    _ compiled: CompiledDesign, seeds: Int, clockMHz: Double?, assets: AssetLocator,
    runner: JobRunner, progress: @escaping @Sendable (String) -> Void
  ) {
    self.compiled = compiled
    self.seeds = Array(1...seeds)
    wish = clockMHz
    self.assets = assets
    self.runner = runner
    self.progress = progress
  }

  public func run(in folder: String) async throws -> Result {
    guard let expected = compiled.board else { preconditionFailure("a build is for a board") }
    guard let flow = BitstreamFlow(expected, name: compiled.name, folder: folder) else {
      throw Diagnostic.noOpenTools(expected.board)
    }
    let build = BitstreamBuild(
      flow, runner: runner,
      tools: try ToolEnvironment(assets: assets).tools(for: flow.family, runner: runner))
    try await build.checkTools()
    guard let wish else { return try await fastest(expected, build) }
    let board = try BoardDesign(expected.board, expected.family, atMost: wish)
    let artefacts = try await synthesise(board, goal: board.clock.coreMHz, build)
    let placements = try await place(seeds, build)
    return try await finish(
      artefacts, board, placements, best(placements, board.board), build)
  }

  private func fastest(_ expected: BoardDesign, _ build: BitstreamBuild) async throws -> Result {
    let goal = expected.hoped * Self.ambition
    var artefacts = try await synthesise(expected, goal: goal, build)
    let placements = try await place(seeds, build)
    var best = best(placements, expected.board)
    // Where place and route does not know all delays, the board says what is safe.
    var limit = min(rate(best), expected.board.clock.core ?? .infinity)
    for _ in 0..<Self.attempts {
      let board = try BoardDesign(expected.board, expected.family, atMost: limit)
      if board.clock != expected.clock {
        artefacts = try await synthesise(board, goal: goal, build)
        best = try await place([best.seed], build)[0]
      }
      if rate(best) >= board.clock.coreMHz {
        return try await finish(artefacts, board, placements, best, build)
      }
      limit = rate(best)
    }
    throw Diagnostic.notClosed(limit, best.seed)
  }

  /// Writes everything that tools read into their folder and makes the netlist.
  private func synthesise(
    _ board: BoardDesign, goal: Double, _ build: BitstreamBuild
  ) async throws -> [Artefact] {
    let artefacts = try compiled.artefacts(assets: assets, board: board)
    let wanted = try compiled.artefacts(assets: assets, board: board, goalMHz: goal)
    for artefact in wanted
    where artefact.path.hasPrefix("rtl/") || artefact.path.hasPrefix(BoardEmitter.folder + "/") {
      let name = artefact.path.split(separator: "/").last.map(String.init) ?? artefact.path
      try AtomicFileWriter().write(artefact.contents, to: build.flow.folder + "/" + name)
    }
    progress("synthesising for \(board.board.title)")
    try await build.synthesise()
    return artefacts
  }

  private func place(
    _ seeds: [Int], _ build: BitstreamBuild
  ) async throws -> [BitstreamBuild.Placement] {
    var placements: [BitstreamBuild.Placement] = []
    for seed in seeds {
      let so = placements.map { rate($0) }.max().map { ", \(Self.text($0)) MHz so far" } ?? ""
      progress("place and route, seed \(seed)\(seeds.count > 1 ? " of \(seeds.count)" : "")\(so)")
      placements.append(try await build.place(seed: seed))
    }
    return placements
  }

  /// What the core's clock reaches; the link's has to reach the oscillator's.
  private func rate(_ placement: BitstreamBuild.Placement) -> Double {
    placement.report.clock("core_clk") ?? 0
  }

  /// What the serial link's clock reaches; nil where it is not told.
  private func linkRate(_ placement: BitstreamBuild.Placement) -> Double? {
    placement.report.clocks.filter { !$0.key.contains("core_clk") }.values.min()
  }

  /// The fastest core of those that keep hold times and whose link keeps up with the oscillator; of equal
  /// ones the first.
  private func best(
    _ placements: [BitstreamBuild.Placement], _ board: Board
  ) -> BitstreamBuild.Placement {
    let oscillator = Double(board.clock.mhz)
    let held = placements.filter { $0.hold.broken == 0 }
    let closed = held.filter { (linkRate($0) ?? oscillator) >= oscillator }
    let candidates = [closed, held, placements].first { !$0.isEmpty } ?? placements
    return candidates.dropFirst().reduce(candidates[0]) { rate($1) > rate($0) ? $1 : $0 }
  }

  private func finish(
    _ artefacts: [Artefact], _ board: BoardDesign, _ placements: [BitstreamBuild.Placement],
    _ best: BitstreamBuild.Placement, _ build: BitstreamBuild
  ) async throws -> Result {
    guard rate(best) >= board.clock.coreMHz else {
      throw Diagnostic.tooSlow(board.clock.coreMHz, rate(best), placements.count)
    }
    let oscillator = Double(board.board.clock.mhz)
    if let link = linkRate(best), link < oscillator {
      throw Diagnostic.linkTooSlow(oscillator, link, placements.count)
    }
    if best.hold.broken > 0 { throw Diagnostic.notHeld(best, placements.count) }
    progress("making the bitstream")
    return try await Self.packed(
      compiled, artefacts, board, try build.routed(best), placements, best,
      try build.report(best), build, assets: assets)
  }

  static func text(_ megahertz: Double) -> String { String(format: "%.1f", megahertz) }
}

extension Diagnostic {
  fileprivate static func noOpenTools(_ board: Board) -> Diagnostic {
    Diagnostic(
      id: "no-open-tools", "no open tools make a bitstream for \(board.title)",
      hint: "'generate --board \(board.name)' writes a script for Vivado, which is untried",
      exitCode: .usage)
  }

  fileprivate static func tooSlow(_ wanted: Double, _ reached: Double, _ seeds: Int) -> Diagnostic {
    Diagnostic(
      id: "timing-failed",
      "the clock of \(BoardBuild.text(wanted)) MHz is not reached: the best of"
        + " \(seeds) seed\(seeds == 1 ? "" : "s") makes \(BoardBuild.text(reached)) MHz",
      hint: "try more seeds, leave --clock-mhz out, or ask for less", exitCode: .checkFailed)
  }

  fileprivate static func linkTooSlow(
    _ wanted: Double, _ reached: Double, _ seeds: Int
  ) -> Diagnostic {
    Diagnostic(
      id: "timing-failed",
      "the serial link does not reach the oscillator's \(BoardBuild.text(wanted)) MHz with any of"
        + " \(seeds) seed\(seeds == 1 ? "" : "s"): \(BoardBuild.text(reached)) MHz",
      hint: "try more seeds, or a smaller core", exitCode: .checkFailed)
  }

  fileprivate static func notHeld(
    _ placement: BitstreamBuild.Placement, _ seeds: Int
  ) -> Diagnostic {
    Diagnostic(
      id: "timing-failed",
      "data changes before the end of its hold time: nextpnr counts \(placement.hold.count) such paths with"
        + " seed \(placement.seed), the best of \(seeds)",
      hint: "try more seeds", exitCode: .checkFailed)
  }

  fileprivate static func notClosed(_ reached: Double, _ seed: Int) -> Diagnostic {
    Diagnostic(
      id: "timing-failed",
      "seed \(seed) was placed otherwise when the PLL was set to what it had reached;"
        + " the last time it made \(BoardBuild.text(reached)) MHz",
      hint: "ask for less: --clock-mhz \(Int(reached * 0.9))", exitCode: .checkFailed)
  }
}
