import Compilation

/// What was considered before a design was chosen, as a table for people.
struct ChoiceTable {
  private let considered: [ConsideredConfiguration]

  /// Nil where there was nothing to choose.
  init?(_ choice: ConfigurationChoice) {
    guard choice.considered.count > 1 else { return nil }
    considered = choice.considered
  }

  /// A line for every configuration that was tried, and how many were not.
  var text: String {
    var table = ColumnTable([
      "configuration", "bound", "period", "MHz", "us", "LUTs", "flip-flops", "multipliers",
      "blocks", "verdict",
    ])
    for configuration in considered {
      guard let prediction = configuration.prediction else { continue }
      table.add([
        "\(Readable.count(configuration.lanes, "lane")), \(configuration.profile.rawValue)",
        Readable.count(configuration.boundCycles),
        configuration.cyclesPerStep.map { Readable.count($0) } ?? "-",
        prediction.clockMHz.map { Readable.fixed($0, digits: 0) } ?? "-",
        prediction.periodMicroseconds.map { Readable.fixed($0, digits: 3) } ?? "-",
        prediction.luts.map { Readable.count($0) } ?? "-",
        prediction.flipFlops.map { Readable.count($0) } ?? "-",
        Readable.count(prediction.multipliers), Readable.count(prediction.memoryBlocks),
        verdict(configuration),
      ])
    }
    let skipped = considered.count { $0.prediction == nil }
    let rest =
      "\(skipped) more \(skipped == 1 ? "was" : "were") not tried: lower bounds or sizes rule them out"
    return table.text + (skipped > 0 ? "\n" + rest : "")
  }

  private func verdict(_ configuration: ConsideredConfiguration) -> String {
    switch configuration.verdict {
    case .chosen: "chosen"
    case .doesNotFit: "does not fit: " + configuration.reason
    case .worse, .notTried: configuration.reason
    }
  }
}
