import Compilation

/// What a search for widths says on standard output.
struct PrecisionSummary {
  let result: PrecisionResult
  let goal: PrecisionGoal?
  let data: PrecisionData
  let dataFile: String?
  let inputRange: ClosedRange<Double>

  /// Everything, with the command that generates what was chosen.
  func text(spec: String) -> String {
    var table = TextTable()
    addRun(to: &table)
    if let chosen = result.chosen, let options = result.options {
      table.add("chosen", Self.widths(chosen))
      let data = dataFile.map { " --calibrate \($0)" } ?? ""
      table.add(
        "next", "lstmg-hdl generate \(spec)\(data)\(Self.words(chosen.widths, options)) -o DIR")
    }
    return table.text + "\n\n" + points
  }

  /// What is told beside a design that was made with the chosen widths.
  var shortText: String {
    var table = TextTable()
    addRun(to: &table)
    return table.text + "\n\n" + points
  }

  private func addRun(to table: inout TextTable) {
    let amount =
      "\(Readable.count(data.data.stepCount, "step")) in"
      + " \(Readable.count(data.data.sequences.count, "sequence"))"
    if data.isRandom {
      table.add(
        "data",
        "none given: random inputs of \(inputRange.lowerBound) to \(inputRange.upperBound), \(amount)"
      )
      table.add("ranges", "as declared; states may be anything that their format holds")
    } else {
      table.add("data", "\(dataFile ?? "-"): \(amount)")
      table.add("ranges", "from the data, with a factor of 2 for states and linear outputs")
    }
    if let accuracy = data.accuracy {
      table.add("floating point", "\(Readable.percent(accuracy)) of the judged steps are right")
    }
    switch goal {
    case .error(let limit)?: table.add("goal", "largest error at most \(Readable.error(limit))")
    case .accuracyLoss(let points)?:
      table.add("goal", "at most \(points) per cent points less than floating point")
    case nil: break
    }
    table.add(
      "proved",
      "accumulators hold every sum, whatever arrives; 'a step' bounds the error that one step adds")
    table.add("measured", "\(Readable.count(result.measuredCount, "choice")) of widths")
  }

  /// The points as a table for people.
  private var points: String {
    let hasAccuracy = data.accuracy != nil
    let hasTime = result.points.contains { $0.prediction?.periodMicroseconds != nil }
    var head = ["weights, activations, states", "error"]
    if hasAccuracy { head.append("right") }
    head += ["a step", "ratio", "saturated", "sums", "stored bits", "lanes"]
    if hasTime { head += ["us", "LUTs", "flip-flops"] }
    head += ["multipliers", "blocks", ""]
    var table = ColumnTable(head)
    for point in result.points {
      var row = [
        "\(point.widths.weights), \(point.widths.activations), \(point.widths.states)"
          + " (\(point.stateFormat))", Readable.error(point.largestError),
      ]
      if hasAccuracy { row.append(point.accuracy.map { Readable.percent($0) } ?? "-") }
      row += [
        Readable.error(point.stepBound), Readable.error(point.ratio),
        Readable.count(point.saturations), "\(point.laneSumBits), \(point.nodeSumBits)",
        Readable.count(point.storedBits), point.lanes.map { Readable.count($0) } ?? "-",
      ]
      let hardware = point.prediction
      if hasTime {
        row += [
          hardware?.periodMicroseconds.map { Readable.fixed($0, digits: 3) } ?? "-",
          hardware?.luts.map { Readable.count($0) } ?? "-",
          hardware?.flipFlops.map { Readable.count($0) } ?? "-",
        ]
      }
      row += [
        hardware.map { Readable.count($0.multipliers) } ?? "-",
        hardware.map { Readable.count($0.memoryBlocks) } ?? "-",
        point.isChosen ? "chosen" : point.meetsGoal ? "kept" : "",
      ]
      table.add(row)
    }
    return table.text
  }

  private static func widths(_ point: PrecisionPoint) -> String {
    "weights of \(point.widths.weights) bits, activations of \(point.widths.activations), states of"
      + " \(point.widths.states) (\(point.stateFormat)): largest error"
      + " \(Readable.error(point.largestError))"
      + (point.accuracy.map { ", \(Readable.percent($0)) right" } ?? "")
  }

  private static func words(_ widths: Widths, _ options: CompilerOptions) -> String {
    let target =
      options.board.map { " --board \($0.name)" } ?? " --target \(options.target.rawValue)"
    let constants = options.constantInputs.sorted { $0.key < $1.key }
      .map { " --constant-input \($0.key)=\($0.value)" }.joined()
    return target
      + " --weight-bits \(widths.weights) --activation-bits \(widths.activations)"
      + " --state-bits \(widths.states)" + constants
  }

  /// `schema`, `command`, the data, and all points.
  func json(command: String) -> String { JSONText.object(Body(self, command)) }

  private struct Body: Encodable {
    let schema = Manifest.schema
    let command: String
    let steps, sequences, measured: Int
    let randomData: Bool
    let floatAccuracy, maxError, maxAccuracyLoss: Double?
    let points: [PrecisionPoint]

    init(_ summary: PrecisionSummary, _ command: String) {
      self.command = command
      steps = summary.data.data.stepCount
      sequences = summary.data.data.sequences.count
      measured = summary.result.measuredCount
      randomData = summary.data.isRandom
      floatAccuracy = summary.data.accuracy
      switch summary.goal {
      case .error(let limit)?: (maxError, maxAccuracyLoss) = (limit, nil)
      case .accuracyLoss(let points)?: (maxError, maxAccuracyLoss) = (nil, points)
      case nil: (maxError, maxAccuracyLoss) = (nil, nil)
      }
      points = summary.result.points
    }
  }
}
