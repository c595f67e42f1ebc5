import FixedPoint
import Lowering

/// Turns data into input words: rounds to each input's format and holds what lies outside its range.
public struct InputQuantiser: Sendable {
  private let formats: [QFormat]
  /// Positions among all inputs, the constant ones left out.
  public let count: Int

  public init(_ network: QuantisedNetwork) {
    formats = network.inputs.map { network.valueFormats[$0] }
    count = formats.count
  }

  /// Words of one step; every value out of range is counted as a saturation.
  public func words(
    _ values: some Collection<Double>, saturations: inout SaturationCounts
  ) -> [Int32] {
    precondition(values.count == count, "one value for each streamed input")
    return zip(values, formats).map { value, format in
      if !format.contains(value) { saturations.input += 1 }
      return Int32(format.word(value))
    }
  }
}
