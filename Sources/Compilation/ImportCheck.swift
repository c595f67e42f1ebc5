import DataSets
import Diagnostics
import FixedPoint
import Network
import Simulation
import Verification

/// How far an imported network lies from what the program it comes from has recorded: as it was
/// imported, and after quantisation.
public struct ImportCheck: Sendable {
  /// Tolerance where none is given, as a part of the largest expected magnitude, or of 1 if that is
  /// less: some hundred times what single precision loses in a few dozen steps, and far less than
  /// any wrong weight does.
  public static let relativeTolerance = 1e-4

  public let steps: Int
  public let sequences: Int
  /// Rows of outputs that were compared.
  public let rows: Int
  /// Largest error of the imported network that passes.
  public let tolerance: Double
  /// Of the float reference.
  public let imported: ErrorMeasure
  /// Of the fixed-point model.
  public let quantised: ErrorMeasure
  public let saturations: SaturationCounts
  public let formats: NumberFormats
  /// The range of inputs that the model had.
  public let inputRange: ClosedRange<Double>
  /// Rows whose largest output is where the largest expected one is; nil for a single output.
  public let sameClass: (imported: Int, quantised: Int)?

  public var passes: Bool { imported.largest <= tolerance }

  /// Runs the network over inputs. Expected outputs are a row for each step, or one for each
  /// sequence, which its last step is held against.
  public init(
    _ network: Network, inputs: String, expected: String, tolerance: Double?
  ) throws {
    let input = try InputData(inputs, for: network, constantInputs: [:])
    let reference = try ReferenceData(
      expected, outputCount: network.outputCount, shape: input.data, allowsLastSteps: true
    ).data
    let expectedRows = reference.sequences.lazy.flatMap(\.steps).compactMap(\.values)
    steps = input.data.stepCount
    sequences = input.data.sequences.count
    rows = expectedRows.count
    guard rows > 0 else { throw Diagnostic.nothingExpected(expected) }
    let largest = expectedRows.reduce(1) { max($0, $1.reduce(0) { max($0, abs($1)) }) }
    self.tolerance = tolerance ?? largest * Self.relativeTolerance
    let float = try FloatRun(network, constantInputs: [:], input.data)
    imported = ErrorMeasure(float.outputs, against: reference)
    var options = CompilerOptions()
    options.inputRange = Self.range(of: input.data, atLeast: options.inputRange)
    let integers = try Pipeline(options).quantised(network)
    let model = try ModelRun(integers, WordSequences(input.data, for: integers))
    let words = OutputValues(integers).data(model.outputs)
    quantised = ErrorMeasure(words, against: reference)
    saturations = model.saturations
    formats = options.formats
    inputRange = options.inputRange
    sameClass =
      network.outputCount < 2
      ? nil
      : (Self.sameClass(float.outputs, reference), Self.sameClass(words, reference))
  }

  /// The default range, or the next power of two that holds all values.
  private static func range(
    of data: DataSet, atLeast range: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    var largest = range.upperBound
    for step in data.sequences.lazy.flatMap(\.steps) {
      for value in step.values ?? [] {
        while abs(value) > largest { largest *= 2 }
      }
    }
    return -largest...largest
  }

  private static func sameClass(_ outputs: DataSet, _ reference: DataSet) -> Int {
    zip(outputs.sequences, reference.sequences).reduce(0) { sum, pair in
      sum
        + zip(pair.0.steps, pair.1.steps).count { row, expected in
          guard let row = row.values, let expected = expected.values else { return false }
          return place(row) == place(expected)
        }
    }
  }

  private static func place(_ row: ArraySlice<Double>) -> Int {
    row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex } ?? 0
  }
}

extension Diagnostic {
  fileprivate static func nothingExpected(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "nothing-expected", "the file holds no row of outputs", at: SourceLocation(file: file))
  }
}
