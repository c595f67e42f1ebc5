import Diagnostics
import Foundation
import SwiftProtobuf

/// A decoded file of the ONNX format.
struct ONNXFile {
  /// Far more than graphs around recurrent networks have, and than one of them takes in memory.
  private static let messageLimit = 1 << 18
  /// Versions of the standard operators whose meaning is known.
  private static let versions = 7...23

  let graph: ONNXGraphProto
  /// Version of the standard operators.
  let version: Int
  let name: String

  init(_ bytes: [UInt8], name: String) throws(Diagnostic) {
    let count = ProtobufScan.messageCount(
      bytes, ProtobufScan.onnx, limit: Self.messageLimit)
    guard count <= Self.messageLimit else {
      throw .tooLarge("messages", count, Self.messageLimit, name)
    }
    var options = BinaryDecodingOptions()
    options.messageDepthLimit = 16
    options.discardUnknownFields = true
    let model: ONNXModelProto
    do {
      model = try ONNXModelProto(serializedBytes: bytes, options: options)
    } catch {
      throw .notONNX(name)
    }
    guard model.hasGraph, !model.graph.node.isEmpty else { throw .noGraph(name) }
    let version = model.opsetImport.first { ["", "ai.onnx"].contains($0.domain) }?.version ?? 0
    guard Self.versions.contains(Int(clamping: version)) else {
      throw .operatorVersion(Int(clamping: version), Self.versions, name)
    }
    graph = model.graph
    self.version = Int(version)
    self.name = name
  }
}

extension Diagnostic {
  fileprivate static func notONNX(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "bad-protobuf", "the file is cut off or no protobuf of an ONNX model",
      at: SourceLocation(file: file), hint: "export the network again")
  }

  fileprivate static func noGraph(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "no-layers", "the file holds no graph of operators", at: SourceLocation(file: file))
  }

  fileprivate static func operatorVersion(
    _ version: Int, _ known: ClosedRange<Int>, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "operator-version",
      version == 0
        ? "the file does not tell the version of its operators"
        : "the file uses version \(version) of the operators, known are \(known.lowerBound) to"
          + " \(known.upperBound)",
      at: SourceLocation(file: file), hint: "export the network with opset_version=17")
  }
}
