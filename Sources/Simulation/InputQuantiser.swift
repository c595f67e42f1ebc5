import FixedPoint
import Lowering

/// Turns data into input words: rounds to each input's format and holds at its limits what lies
/// beyond them.
public struct InputQuantiser: Sendable {
  private let formats: [QFormat]
  private let ranges: [ClosedRange<Double>]
  /// Positions among all inputs, the constant ones left out.
  public let count: Int

  public init(_ network: QuantisedNetwork) {
    formats = network.inputs.map { network.valueFormats[$0] }
    ranges = network.inputRanges
    count = formats.count
  }

  /// Words of one step; every value outside its declared range is counted.
  public func words(
    _ values: some Collection<Double>, saturations: inout SaturationCounts
  ) -> [Int32] {
    precondition(values.count == count, "one value for each streamed input")
    return zip(values, zip(formats, ranges)).map { value, input in
      if !input.1.contains(value) { saturations.input += 1 }
      return Int32(input.0.word(value))
    }
  }
}
