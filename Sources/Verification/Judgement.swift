import DataSets
import Diagnostics

/// Rules by which outputs are held against labels.
public enum Judge: String, CaseIterable, Sendable {
  /// Every output lies on its label's side of 0.5.
  case threshold
  /// The largest output is where the largest label is.
  case argmax
  /// The same, asked only of the last judged step of a sequence.
  case lastArgmax = "last-argmax"
  /// Every output whose label is above 0.5 exceeds every other one.
  case rank
}

/// How many judged steps and sequences come out right.
public struct Judgement: Hashable, Sendable {
  public private(set) var steps = 0
  public private(set) var stepsRight = 0
  /// Sequences with at least one judged step.
  public private(set) var sequences = 0
  /// Those of them whose judged steps are all right.
  public private(set) var sequencesRight = 0
  /// The first step judged wrong, both counted from 0.
  public private(set) var firstWrong: (sequence: Int, step: Int)?

  /// Part of the judged steps that is right; nil if nothing is judged.
  public var accuracy: Double? { steps == 0 ? nil : Double(stepsRight) / Double(steps) }

  /// Labels have the shape of the outputs, a row for every step; for `argmax` and `lastArgmax` a
  /// row may be the number of the class instead.
  public init(_ outputs: DataSet, labels: DataSet, judge: Judge) {
    for (index, (results, wanted)) in zip(outputs.sequences, labels.sequences).enumerated() {
      let judged = (0..<wanted.count).filter { wanted[$0].values != nil }
      let chosen = judge == .lastArgmax ? judged.suffix(1) : judged[...]
      guard !chosen.isEmpty else { continue }
      var right = 0
      for step in chosen {
        guard let row = results[step].values, let label = wanted[step].values else { continue }
        if judge.accepts(Array(row), label: Array(label)) {
          right += 1
        } else if firstWrong == nil {
          firstWrong = (index, step)
        }
      }
      steps += chosen.count
      stepsRight += right
      sequences += 1
      if right == chosen.count { sequencesRight += 1 }
    }
  }

  public static func == (a: Judgement, b: Judgement) -> Bool {
    (a.steps, a.stepsRight, a.sequences, a.sequencesRight)
      == (b.steps, b.stepsRight, b.sequences, b.sequencesRight)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(steps)
    hasher.combine(stepsRight)
    hasher.combine(sequencesRight)
  }
}

extension Judge {
  fileprivate func accepts(_ outputs: [Double], label: [Double]) -> Bool {
    switch self {
    case .threshold:
      zip(outputs, label).allSatisfy { output, label in (output > 0.5) == (label > 0.5) }
    case .argmax, .lastArgmax:
      isClass(label, of: outputs)
        ? Double(largest(outputs)) == label[0] : largest(outputs) == largest(label)
    case .rank:
      lowest(outputs, label) { $0 > 0.5 } > -lowest(outputs.map { -$0 }, label) { $0 <= 0.5 }
    }
  }

  private func isClass(_ label: [Double], of outputs: [Double]) -> Bool {
    label.count == 1 && outputs.count > 1
  }

  /// The first of the largest values.
  private func largest(_ values: [Double]) -> Int {
    values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
  }

  private func lowest(
    _ outputs: [Double], _ label: [Double], _ isMeant: (Double) -> Bool
  ) -> Double {
    zip(outputs, label).reduce(.infinity) { isMeant($1.1) ? min($0, $1.0) : $0 }
  }
}
