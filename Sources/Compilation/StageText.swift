import Foundation
import Lowering

/// A stage of the pipeline as JSON: keys sorted, lists in the network's order, the same text for the
/// same stage.
public struct StageText: Sendable {
  private let value: StageValue

  public init(_ value: StageValue) { self.value = value }

  public var json: String {
    switch value {
    case .network(let network): text(NetworkText(network))
    case .levelled(let levelled): text(LevelledText(levelled))
    case .factored(let factored): text(FactoredText(factored))
    case .quantised(let quantised): text(QuantisedText(quantised))
    case .schedule(let choice, let quantised): text(ScheduleText(choice, quantised))
    case .design(let design, _): text(DesignText(design))
    }
  }

  private func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      preconditionFailure("a stage holds nothing but finite numbers and text")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// A value and the step it belongs to.
struct OperandText: Encodable {
  let value: Int
  let age: String

  init(_ operand: Operand) {
    value = operand.value
    age = operand.age == .current ? "current" : "previous"
  }
}
