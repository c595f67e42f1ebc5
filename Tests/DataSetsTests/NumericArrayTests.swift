import DataSets
import Diagnostics
import XCTest

final class NumericArrayTests: XCTestCase {
  /// A file as numpy.save writes it.
  private func npy(
    _ type: String, _ shape: String, _ data: [UInt8], order: String = "False",
    version: UInt8 = 1, header: String? = nil
  ) -> [UInt8] {
    let text =
      header ?? "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }          \n"
    let count = text.utf8.count
    let size = version == 1 ? 2 : 4
    return [0x93] + Array("NUMPY".utf8) + [version, 0]
      + (0..<size).map { UInt8(count >> (8 * $0) & 255) } + Array(text.utf8) + data
  }

  private func read(_ bytes: [UInt8], columns: Int? = nil) throws -> DataSet {
    try DataSetReader(columnCount: columns).read(bytes, file: "t.npy")
  }

  private func fault(_ bytes: [UInt8], columns: Int? = nil, line: UInt = #line) -> String? {
    do {
      _ = try read(bytes, columns: columns)
      XCTFail("the file was read", line: line)
      return nil
    } catch {
      return (error as? DiagnosticList)?.diagnostics.first?.id
    }
  }

  private func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
  }

  func testDimensionsAreSequencesStepsAndValues() throws {
    let data = floats([1, 2, 3, 4, 5, 6, 7, 8])
    XCTAssertEqual(
      rows(try read(npy("<f4", "(2, 2, 2)", data))), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    XCTAssertEqual(
      rows(try read(npy("<f4", "(4, 2)", data))), [[[1, 2], [3, 4], [5, 6], [7, 8]]])
    XCTAssertEqual(
      rows(try read(npy("<f4", "(8,)", data), columns: 1)),
      [[[1], [2], [3], [4], [5], [6], [7], [8]]])
    XCTAssertEqual(try read(npy("<f4", "(0, 2)", [])).stepCount, 0)
  }

  func testKindsOfNumbersAndVersions() throws {
    for (type, bytes, values) in [
      ("<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0xBF], [-1.5]), (">f4", [0x3F, 0x80, 0, 0], [1]),
      ("<f2", [0x00, 0x3C], [1]), ("|u1", [255], [255]), ("|i1", [255], [-1]),
      ("<i2", [0xFE, 0xFF], [-2]), (">i2", [0xFF, 0xFE], [-2]), ("<u2", [0xFE, 0xFF], [65534]),
      ("<i4", [3, 0, 0, 0], [3]), ("<u4", [3, 0, 0, 0x80], [2_147_483_651]),
      ("<i8", [255, 255, 255, 255, 255, 255, 255, 255], [-1]),
      ("<u8", [3, 0, 0, 0, 0, 0, 0, 0], [3]), ("|b1", [1], [1]),
    ] as [(String, [UInt8], [Double])] {
      for version in 1...3 as ClosedRange<UInt8> {
        let data = try read(npy(type, "(1, 1)", bytes, version: version))
        XCTAssertEqual(rows(data), [[values]], type)
      }
    }
  }

  func testWhatTheHeaderLeavesOpenIsRefused() {
    let one = floats([1])
    XCTAssertEqual(fault(npy("<c8", "(1,)", one + one)), "array-type")
    XCTAssertEqual(fault(npy("|O", "(1,)", one)), "array-type")
    XCTAssertEqual(
      fault(
        npy("", "", one, header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}")
      ),
      "array-type")
    XCTAssertEqual(fault(npy("<f4", "(1, 1)", one, order: "True")), "array-order")
    XCTAssertEqual(fault(npy("<f4", "(1, 1, 1, 1)", one)), "array-shape")
    XCTAssertEqual(fault(npy("<f4", "()", one)), "array-shape")
    XCTAssertEqual(fault(npy("<f4", "(1, 1)", one), columns: 2), "value-count")
    XCTAssertEqual(fault(npy("<f4", "(1, 0)", [])), "value-count")
    XCTAssertEqual(fault(npy("<f4", "(1,)", one, version: 9)), "bad-array")
    for header in ["", "{", "{'descr': '<f4'}", "{'shape': (1,)}", "{'descr': '<f4", "[]"] {
      XCTAssertEqual(fault(npy("", "", one, header: header)), "bad-array", header)
    }
    for shape in ["(2,)", "(-1,)", "(99999999999,)", "(4294967296, 4294967296)", "(x)"] {
      XCTAssertEqual(fault(npy("<f4", shape, one)), "bad-array", shape)
    }
    XCTAssertEqual(fault(npy("<f4", "(1, 1)", floats([.nan]))), "not-finite")
  }

  func testEveryCutIsTold() {
    let bytes = npy("<f4", "(2, 1)", floats([1, 2]))
    for count in 6..<bytes.count {
      XCTAssertEqual(fault(Array(bytes[..<count])), "bad-array", "\(count) bytes")
    }
  }
}
