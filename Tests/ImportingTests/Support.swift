import Diagnostics
import Foundation
import GoldenCases
import NetSpec
import Network
import Simulation
import XCTest

@testable import Importing

/// A file of the safetensors format, made as its documents say.
struct SafetensorsText {
  var metadata: [String: String] = [:]
  private var header: [String] = []
  private var data: [UInt8] = []

  mutating func add(_ name: String, _ shape: [Int], _ values: [Double], type: String = "F64") {
    let start = data.count
    for value in values {
      switch type {
      case "F64": append(value.bitPattern)
      case "F32": append(Float(value).bitPattern)
      default: preconditionFailure("the test has bytes for \(type)")
      }
    }
    note(name, shape, type, start)
  }

  mutating func add(_ name: String, _ shape: [Int], bytes: [UInt8], type: String) {
    let start = data.count
    data += bytes
    note(name, shape, type, start)
  }

  var bytes: [UInt8] {
    var entries = header
    if !metadata.isEmpty {
      let words = metadata.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
      entries.insert("\"__metadata__\":{\(words.joined(separator: ","))}", at: 0)
    }
    return Self.bytes(header: "{\(entries.joined(separator: ","))}", data)
  }

  /// Any header and data.
  static func bytes(header: String, _ data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    let text = Array(header.utf8)
    let size = length ?? UInt64(text.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * UInt64($0))) } + text + data
  }

  private mutating func note(_ name: String, _ shape: [Int], _ type: String, _ start: Int) {
    header.append(
      "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":[\(shape.map(String.init).joined(separator: ","))],"
        + "\"data_offsets\":[\(start),\(data.count)]}")
  }

  private mutating func append<Word: FixedWidthInteger>(_ word: Word) {
    withUnsafeBytes(of: word.littleEndian) { data += $0 }
  }
}

extension SeededGenerator {
  mutating func values(_ count: Int, _ bound: Double = 0.8) -> [Double] {
    (0..<count).map { _ in value(in: -bound...bound) }
  }

  mutating func rows(_ rows: Int, _ columns: Int, _ bound: Double = 0.8) -> [[Double]] {
    (0..<rows).map { _ in values(columns, bound) }
  }

  mutating func cell(gates: Int, inputs: Int, units: Int, biased: Bool = true) -> CellWeights {
    let zeros = [Double](repeating: 0, count: gates * units)
    return CellWeights(
      input: rows(gates * units, inputs), recurrent: rows(gates * units, units),
      inputBias: biased ? values(gates * units) : zeros,
      recurrentBias: biased ? values(gates * units) : zeros)
  }
}

/// Runs a network's float reference and something else over the same random inputs.
///
/// Both sum the same products in double precision, in different orders: with weights below 1 and a
/// dozen terms a step differs by some 1e-15, and gates do not amplify that over these few steps.
func assertSameOutputs(
  _ network: Network, seed: UInt64, steps: Int = 12, tolerance: Double = 1e-12,
  _ label: String = "", file: StaticString = #filePath, line: UInt = #line,
  _ step: (_ x: [Double]) -> [Double]
) {
  var random = SeededGenerator(seed: seed &+ 0x5EED)
  var simulator = FloatSimulator(network)
  var largest = 0.0
  for number in 0..<steps {
    let x = random.values(network.inputCount, 1)
    simulator.step(x)
    let expected = step(x)
    guard simulator.outputs.count == expected.count else {
      return XCTFail("\(label): \(simulator.outputs.count) outputs", file: file, line: line)
    }
    for (output, (actual, wanted)) in zip(simulator.outputs, expected).enumerated() {
      largest = max(largest, abs(wanted))
      XCTAssertEqual(
        actual, wanted, accuracy: tolerance, "\(label), seed \(seed), step \(number), \(output)",
        file: file, line: line)
    }
  }
  // Two networks of nothing but zeros agree in anything.
  XCTAssertGreaterThan(largest, 1e-3, "\(label), seed \(seed)", file: file, line: line)
}

/// Reads a file that is right, and takes its text there and back: what `generate` will see.
func imported(
  _ bytes: [UInt8], _ name: String, _ configure: (inout Importer) -> Void = { _ in }
) throws -> ImportedNetwork {
  var importer = Importer()
  configure(&importer)
  let result = try importer.read(bytes, file: name)
  let network = result.network
  let text = NetSpecPrinter().text(network, dialect: .seed)
  let document = try NetSpecReader(outputCount: network.outputCount)
    .read(Array(text.utf8), file: "net.spec")
  XCTAssertEqual(document.network.inputCount, network.inputCount, "inputs as the text tells them")
  XCTAssertEqual(document.network.connections, network.connections)
  XCTAssertEqual(
    document.network.nodes.map(\.initialActivation), network.nodes.map(\.initialActivation))
  return result
}

/// The error of a file that is refused.
func refusal(
  _ bytes: [UInt8], _ name: String, file: StaticString = #filePath, line: UInt = #line,
  _ configure: (inout Importer) -> Void = { _ in }
) -> Diagnostic? {
  var importer = Importer()
  configure(&importer)
  do {
    _ = try importer.read(bytes, file: name)
    XCTFail("the file was read", file: file, line: line)
    return nil
  } catch {
    XCTAssertEqual(error.location?.file, name, file: file, line: line)
    return error
  }
}
