import Compilation
import Toolchain

/// What `build` says on standard output.
struct BuildReport {
  let compiled: CompiledDesign
  let result: BoardBuild.Result
  let folder: String
  /// Folder whose routed design was taken; nil for a build of its own.
  let reused: String?

  private var clock: Double { result.board.clock.coreMHz }
  /// Of the core's clock, in the order of the seeds.
  private var rates: [Double] { result.placements.compactMap { $0.report.clock("core_clk") } }
  private var reached: Double { result.best.report.clock("core_clk") ?? 0 }
  private var median: Double {
    let sorted = rates.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
  /// Of a build of its own; what was reused had been judged.
  private var hold: HoldReport? { reused == nil ? result.best.hold : nil }
  /// What place and route counts, as far as the design takes any of it.
  private var resources: [(kind: String, use: PlacementReport.Use)] {
    result.best.report.utilization.filter { $0.value.used > 0 }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
  private var microseconds: Double { Double(compiled.design.schedule.period) / clock }
  private var latency: Double { Double(compiled.design.latency) / clock }

  var json: String {
    JSONText.object(
      Body(
        board: result.board.board.name, bitstream: "\(folder)/\(result.bitstream)",
        bytes: result.byteCount, clockMHz: clock, reachedMHz: reached,
        fmax: .init(
          min: rates.min() ?? 0, median: median, max: rates.max() ?? 0),
        seeds: result.placements.map {
          .init(seed: $0.seed, mhz: $0.report.clock("core_clk") ?? 0)
        },
        seed: result.best.seed,
        holdViolations: hold.map {
          .init(reported: $0.count, shown: $0.shown, broken: $0.broken)
        },
        utilization: Dictionary(uniqueKeysWithValues: resources.map { ($0.kind, $0.use) }),
        cyclesPerStep: compiled.design.schedule.period, microsecondsPerStep: microseconds,
        latencyMicroseconds: latency, hash: compiled.hash, reused: reused))
  }

  private struct Body: Encodable {
    struct Rates: Encodable { let min, median, max: Double }
    struct Hold: Encodable { let reported, shown, broken: Int }
    struct Seed: Encodable {
      let seed: Int
      let mhz: Double
    }

    let schema = Manifest.schema
    let command = "build"
    let board, bitstream: String
    let bytes: Int
    let clockMHz, reachedMHz: Double
    let fmax: Rates
    let seeds: [Seed]
    let seed: Int
    let holdViolations: Hold?
    let utilization: [String: PlacementReport.Use]
    let cyclesPerStep: Int
    let microsecondsPerStep, latencyMicroseconds: Double
    let hash: String
    let reused: String?
  }

  var text: String {
    var table = TextTable()
    let design = compiled.design
    table.add("board", result.board.board.title)
    table.add(
      "core",
      "\(Readable.count(design.schedule.lanes, "lane")), profile"
        + " \(compiled.choice.profile.rawValue): \(compiled.choice.reason)")
    table.add(
      "clock",
      "\(Readable.fixed(clock, digits: 1)) MHz, place and route reached"
        + " \(Readable.fixed(reached, digits: 1)) MHz with seed \(result.best.seed)")
    if rates.count > 1 {
      table.add(
        "seeds",
        "\(rates.count): \(Readable.fixed(rates.min() ?? 0, digits: 1)) / \(Readable.fixed(median, digits: 1)) /"
          + " \(Readable.fixed(rates.max() ?? 0, digits: 1)) MHz (min, median, max)")
    }
    if let hold, hold.count > 0 {
      table.add(
        "hold times",
        "nextpnr calls \(Readable.count(hold.count, "path")) violated; the \(hold.shown) that it shows keep"
          + " theirs by the figures that it shows")
    }
    if let reused { table.add("reused", "placement and wires of \(reused)") }
    table.add(
      "step",
      "\(Readable.count(design.schedule.period, "cycle")), \(Readable.fixed(microseconds, digits: 3)) us;"
        + " latency \(Readable.fixed(latency, digits: 3)) us")
    for (index, resource) in resources.enumerated() {
      let part = Double(resource.use.used) / Double(max(1, resource.use.available))
      table.add(
        index == 0 ? "resources" : "",
        "\(resource.kind) \(Readable.count(resource.use.used)) of"
          + " \(Readable.count(resource.use.available)) (\(Readable.percent(part)))")
    }
    table.add("hash", compiled.hash)
    table.add(
      "bitstream",
      "\(folder)/\(result.bitstream) (\(Readable.count(result.byteCount, "byte")))")
    return table.text
  }
}
