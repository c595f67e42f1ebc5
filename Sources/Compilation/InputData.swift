import DataSets
import Diagnostics
import FixedPoint
import Lowering
import Network

/// The data of a simulation or a calibration, with the places of its values in the file.
public struct InputData: Sendable {
  public let file: String
  public let data: DataSet
  /// All that the file holds, which labels and expected outputs go with.
  public let whole: DataSet
  private let bytes: [UInt8]

  /// Reads data with one value for each input that is not constant; `data` are the first sequences, so
  /// many of them, nil for all.
  public init(
    _ path: String, for network: Network, constantInputs: [Int: Double], sequences: Int? = nil
  ) throws(DiagnosticList) {
    let expected = network.inputCount - constantInputs.count
    file = path
    do throws(Diagnostic) {
      bytes = try FileReader().read(path)
    } catch {
      throw DiagnosticList([error])
    }
    do throws(DiagnosticList) {
      whole = try DataSetReader(columnCount: expected).read(bytes, file: path)
    } catch {
      throw Self.explained(error, network, constantInputs)
    }
    data = whole.first(sequences)
    if data.stepCount == 0 { throw DiagnosticList([.noSteps(path)]) }
    if expected > 0, let row = Self.firstRowWithoutValues(data) {
      throw DiagnosticList([.noValues(expected, at: DataPlaces(bytes, file: path).row(row))])
    }
  }

  /// A warning about the values outside their inputs' declared ranges, nil if there are none.
  public func rangeWarning(_ network: QuantisedNetwork) -> Diagnostic? {
    var count = 0
    var first: (row: Int, column: Int, value: Double)?
    var row = 0
    for step in data.sequences.lazy.flatMap(\.steps) {
      for (column, (value, range)) in zip(step.values ?? [], network.inputRanges).enumerated()
      where !range.contains(value) {
        count += 1
        if first == nil { first = (row, column, value) }
      }
      row += 1
    }
    guard let first else { return nil }
    return .outOfRange(
      first.value, network, input: first.column, count: count,
      at: DataPlaces(bytes, file: file).value(row: first.row, column: first.column),
      (first.row, first.column))
  }

  /// One error for all rows of a wrong width: they share one cause, which the hint tells.
  private static func explained(
    _ list: DiagnosticList, _ network: Network, _ constantInputs: [Int: Double]
  ) -> DiagnosticList {
    let widths = list.diagnostics.filter { $0.id == "value-count" }
    guard let first = widths.first else { return list }
    return DiagnosticList(
      list.diagnostics.filter { $0.id != "value-count" && $0.id != "too-many-errors" }
        + [first.explainingColumns(network, constantInputs, others: widths.count - 1)])
  }

  private static func firstRowWithoutValues(_ data: DataSet) -> Int? {
    data.sequences.lazy.flatMap(\.steps).enumerated().first { $0.element.values == nil }?.offset
  }
}

/// Finds lines and columns of rows that have been read already.
struct DataPlaces {
  private let lines: [(number: Int, text: ArraySlice<UInt8>)]
  private let file: String

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    var lines: [(number: Int, text: ArraySlice<UInt8>)] = []
    // An array of numpy has no lines.
    let text = DataSetReader.isArray(bytes) ? [] : bytes
    let pieces = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() {
      let content = piece.prefix { $0 != UInt8(ascii: "#") }
      if content.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
        lines.append((index + 1, content))
      }
    }
    self.lines = lines
  }

  /// The place of a row, counted from 0 over all sequences.
  func row(_ row: Int) -> SourceLocation { value(row: row, column: 0) }

  /// The place of a value of a row.
  func value(row: Int, column: Int) -> SourceLocation {
    guard row < lines.count else { return SourceLocation(file: file) }
    let (number, text) = lines[row]
    var start = text.startIndex
    for _ in 0..<column {
      guard let comma = text[start...].firstIndex(of: UInt8(ascii: ",")) else { break }
      start = comma + 1
    }
    while start < text.endIndex, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    return SourceLocation(file: file, line: number, column: start - text.startIndex + 1)
  }
}

extension Diagnostic {
  /// Adds to a wrong number of values what the network expects, and why.
  fileprivate func explainingColumns(
    _ network: Network, _ constantInputs: [Int: Double], others: Int
  ) -> Diagnostic {
    let inputs = network.inputCount == 1 ? "1 input" : "\(network.inputCount) inputs"
    let indices = constantInputs.keys.sorted().map(String.init).joined(separator: ", ")
    let hint =
      constantInputs.isEmpty
      ? "the network has \(inputs); if one of them is constant, such as a bias,"
        + " name it with --constant-input INDEX=VALUE"
      : "the network has \(inputs); \(indices) \(constantInputs.count == 1 ? "is" : "are")"
        + " constant and must be left out of the data"
    return Diagnostic(
      severity, id: id, message, at: location,
      notes: notes
        + (others == 0 ? [] : [Note("and \(others) more \(others == 1 ? "row" : "rows") like it")]),
      hint: hint,
      exitCode: exitCode)
  }

  fileprivate static func noSteps(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "no-steps", "the file holds no time step", at: SourceLocation(file: file),
      hint: "write '-' for each step of a network without inputs")
  }

  fileprivate static func noValues(_ expected: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      id: "step-without-values",
      "a step without values, but the network has \(expected) input\(expected == 1 ? "" : "s")",
      at: location, hint: "'-' is for networks without inputs, and for targets and labels")
  }

  fileprivate static func outOfRange(
    _ value: Double, _ network: QuantisedNetwork, input: Int, count: Int,
    at location: SourceLocation, _ place: (row: Int, column: Int)
  ) -> Diagnostic {
    let range = network.inputRanges[input]
    let format = network.valueFormats[network.inputs[input]]
    let held =
      format.contains(value)
      ? "" : ", and its format \(format) holds it at \(format.value(format.word(value)))"
    let others = count == 1 ? "" : "; \(count - 1) more like it"
    return Diagnostic(
      .warning, id: "input-out-of-range",
      "row \(place.row + 1), column \(place.column + 1): \(value) lies outside the range"
        + " \(range.lowerBound) to \(range.upperBound) of input \(network.inputs[input])\(held)"
        + "\(others)",
      at: location,
      hint: "widen the range with --input-range LO:HI, or measure it with --calibrate DATA")
  }
}
