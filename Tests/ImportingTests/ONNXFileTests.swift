import Foundation
import GoldenCases
import SwiftProtobuf
import XCTest

@testable import Importing

final class ONNXFileTests: XCTestCase {
  private let file = "model.onnx"

  private func example() throws -> [UInt8] {
    let folder = try XCTUnwrap(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
    return [UInt8](try Data(contentsOf: folder.appendingPathComponent("lstm-stacked.onnx")))
  }

  private func field(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
    var length = contents.count
    var bytes = [number << 3 | 2]
    while length > 127 {
      bytes.append(UInt8(length & 127) | 128)
      length >>= 7
    }
    return bytes + [UInt8(length)] + contents
  }

  func testEveryCutIsRefused() throws {
    let bytes = try example()
    for count in 0..<bytes.count {
      // Cut between two fields, a file may still be a protobuf, but no network.
      XCTAssertNotNil(refusal(Array(bytes[..<count]), file)?.id, "\(count) bytes")
    }
  }

  func testBytesThatChangeNeverCrash() throws {
    let bytes = try example()
    var random = SeededGenerator(seed: 77)
    for _ in 0..<4000 {
      var changed = bytes
      for _ in 0...random.below(4) {
        changed[random.below(changed.count)] = UInt8(random.below(256))
      }
      _ = try? Importer().read(changed, file: file)
    }
  }

  func testNestedMessagesAreNotFollowed() {
    // Attributes may hold graphs, and graphs nodes with attributes: field 6 of 5 of 1.
    var inner: [UInt8] = []
    for _ in 0..<20_000 {
      inner = field(1, field(5, field(6, inner)))
      if inner.count > 1 << 20 { break }
    }
    XCTAssertNotNil(refusal(field(7, inner), file))
    // Groups, which have no length, within groups.
    XCTAssertEqual(
      refusal([UInt8](repeating: 0x0B, count: 1 << 20), file)?.id, "bad-protobuf")
  }

  func testEmptyMessagesWithoutEndAreRefusedBeforeTheyAreDecoded() {
    let nodes = [UInt8](repeating: 0, count: 1 << 20).enumerated().map { index, _ in
      index % 2 == 0 ? UInt8(0x0A) : 0
    }
    XCTAssertEqual(
      ProtobufScan.messageCount(field(7, nodes), ProtobufScan.onnx, limit: 1 << 18), 1 << 18 + 1)
    XCTAssertEqual(refusal(field(7, nodes), file)?.id, "too-large")
  }

  func testTheCountOfMessagesIsThatOfTheFile() throws {
    // 21 operators, 14 weights, an input and an output with their types, shapes and dimensions, a version,
    // the graph; attributes.
    var model = ONNXModelProto()
    model.graph.node = Array(repeating: ONNXNodeProto(), count: 21)
    model.graph.node[3].attribute = [ONNXAttributeProto(), ONNXAttributeProto()]
    model.graph.initializer = [ONNXTensorProto()]
    let bytes = [UInt8](try model.serializedData())
    XCTAssertEqual(
      ProtobufScan.messageCount(bytes, ProtobufScan.onnx, limit: 1000), 1 + 21 + 2 + 1)
  }

  func testTensorsThatLieAreRefused() {
    func fault(_ change: (inout ONNXTensorProto) -> Void, line: UInt = #line) -> String? {
      var graph = GraphBuilder(input: [nil, nil, 1])
      for (name, shape) in [("W", [1, 4, 1]), ("R", [1, 4, 1])] {
        graph.constant(name, shape, [1, 1, 1, 1])
      }
      change(&graph.model.graph.initializer[0])
      graph.add("LSTM", ["x", "W", "R"], ["Y"])
      return refusal(graph.bytes("Y"), file, line: line)?.id
    }
    XCTAssertEqual(fault { $0.dims = [1, 4, -1] }, "bad-tensor")
    XCTAssertEqual(fault { $0.dims = [1 << 40, 1 << 40] }, "bad-tensor")
    XCTAssertEqual(fault { $0.dims = [.max, .max] }, "bad-tensor")
    XCTAssertEqual(fault { $0.dims = [1, 5, 1] }, "bad-tensor")
    XCTAssertEqual(fault { $0.dims = [4, 1] }, "operator")
    XCTAssertEqual(fault { $0.doubleData[2] = .nan }, "not-finite")
    XCTAssertEqual(fault { $0.rawData = Data([1, 2, 3]) }, "bad-tensor")
    XCTAssertEqual(fault { $0.dataType = 3 }, "tensor-type")
    XCTAssertEqual(fault { $0.dataLocation = 1 }, "external-data")
  }
}
