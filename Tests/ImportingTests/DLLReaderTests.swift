import GoldenCases
import XCTest

@testable import Importing

final class DLLReaderTests: XCTestCase {
  private func floats(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in
      withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { Array($0) }
    }
  }

  /// A row for each source.
  private func columns(_ rows: [[Double]]) -> [Double] {
    rows[0].indices.flatMap { column in rows.map { $0[column] } }
  }

  func testTheFileIsReadInItsOrder() throws {
    for seed in 0..<6 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let units = Int(seed) + 1
      var w = random.cell(gates: 4, inputs: 2, units: units)
      w.recurrentBias = .init(repeating: 0, count: 4 * units)
      // What single precision holds is what the network has.
      func rounded(_ values: [Double]) -> [Double] { values.map { Double(Float($0)) } }
      w.input = w.input.map(rounded)
      w.recurrent = w.recurrent.map(rounded)
      w.inputBias = rounded(w.inputBias)
      let head = (random.rows(2, units).map(rounded), rounded(random.values(2)))
      var bytes: [UInt8] = []
      // i, g, f, o; this test's order is i, f, g, o.
      for gate in [0, 2, 1, 3] {
        bytes += floats(columns(Array(w.recurrent[w.rows(gate)])))
        bytes += floats(columns(Array(w.input[w.rows(gate)])))
        bytes += floats(Array(w.inputBias[w.rows(gate)]))
      }
      bytes += floats(columns(head.0)) + floats(head.1)
      let result = try imported(bytes, "weights.dat") {
        $0.sizes = NetworkSizes(inputs: 2, units: units, outputs: 2)
      }
      XCTAssertEqual(result.format, .dll)
      XCTAssertEqual(result.parameterCount, bytes.count / 4)
      XCTAssertEqual(result.constantCount, 1)
      var state = StraightLine.DLLState(units: units)
      assertSameOutputs(result.network, seed: seed) { x in
        StraightLine.dll(w, x, &state)
        return StraightLine.sum(StraightLine.product(head.0, state.h), head.1)
      }
    }
  }

  func testSizesMustBeGivenAndFit() {
    let bytes = [UInt8](repeating: 0, count: 4 * (4 * (4 + 2 + 2) + 2 + 1))
    func fault(_ inputs: Int, _ units: Int, _ outputs: Int, _ count: Int? = nil) -> String? {
      refusal(Array(bytes.prefix(count ?? bytes.count)), "w.dat") {
        $0.sizes = NetworkSizes(inputs: inputs, units: units, outputs: outputs)
      }?.id
    }
    XCTAssertEqual(fault(1, 2, 2), "byte-count")
    XCTAssertEqual(fault(1, 2, 1, bytes.count - 1), "byte-count")
    XCTAssertEqual(fault(0, 2, 1), "bad-sizes")
    XCTAssertEqual(fault(1, -2, 1), "bad-sizes")
    XCTAssertEqual(fault(.max, .max, .max), "bad-sizes")
    XCTAssertEqual(refusal(bytes, "w.dat") { $0.format = .dll }?.id, "missing-sizes")
    XCTAssertEqual(
      refusal(bytes, "w.dat") {
        $0.sizes = NetworkSizes(inputs: 1, units: 2, outputs: 1)
        $0.layers = [LayerChoice("a")]
      }?.id, "unused-option")
  }
}
