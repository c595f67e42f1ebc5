import FixedPoint

/// What a user decides about numbers; lanes and pipeline follow later and never change a result.
public struct QuantisationOptions: Sendable {
  public var formats: NumberFormats
  /// Largest magnitude the data of every input may have, -limit ... limit inclusive.
  public var inputRange: ClosedRange<Double>
  /// Ranges of single inputs, by input index, that replace `inputRange`.
  public var inputRanges: [Int: ClosedRange<Double>]
  /// Largest magnitude seen of identity and relu outputs, by node; derived bounds otherwise.
  public var calibratedMagnitudes: [Int: Double]
  /// Room that formats leave at least, where the network has that shape; nil for what it needs.
  public var room: FormatRoom?

  public init(
    formats: NumberFormats = .init(), inputRange: ClosedRange<Double> = -1...1,
    inputRanges: [Int: ClosedRange<Double>] = [:], calibratedMagnitudes: [Int: Double] = [:],
    room: FormatRoom? = nil
  ) {
    self.formats = formats
    self.inputRange = inputRange
    self.inputRanges = inputRanges
    self.calibratedMagnitudes = calibratedMagnitudes
    self.room = room
  }
}
