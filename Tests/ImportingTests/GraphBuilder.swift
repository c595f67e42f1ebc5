import Foundation
import SwiftProtobuf

@testable import Importing

/// Builds ONNX graphs operator by operator.
struct GraphBuilder {
  var model = ONNXModelProto()

  init(input: [Int64?], opset: Int64 = 17) {
    var version = ONNXOperatorSetIdProto()
    version.version = opset
    model.opsetImport = [version]
    addInput("x", input)
  }

  mutating func addInput(_ name: String, _ shape: [Int64?]) {
    var value = ONNXValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = 1
    value.type.tensorType.shape.dim = shape.map { size in
      var dimension = ONNXTensorShapeProto.Dimension()
      if let size { dimension.dimValue = size } else { dimension.dimParam = "n" }
      return dimension
    }
    model.graph.input.append(value)
  }

  mutating func constant(_ name: String, _ shape: [Int], _ values: [Double]) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dataType = 11
    tensor.dims = shape.map(Int64.init)
    tensor.doubleData = values
    model.graph.initializer.append(tensor)
  }

  mutating func integers(_ name: String, _ values: [Int64], isScalar: Bool = false) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dataType = 7
    tensor.dims = isScalar ? [] : [Int64(values.count)]
    tensor.rawData = Data(values.flatMap { withUnsafeBytes(of: $0.littleEndian) { Array($0) } })
    model.graph.initializer.append(tensor)
  }

  mutating func add(
    _ type: String, _ inputs: [String], _ outputs: [String],
    _ change: (inout ONNXNodeProto) -> Void = { _ in }
  ) {
    var node = ONNXNodeProto()
    node.opType = type
    node.name = type.lowercased()
    node.input = inputs
    node.output = outputs
    change(&node)
    model.graph.node.append(node)
  }

  /// The file, with one output.
  func bytes(_ output: String) -> [UInt8] {
    var model = model
    var value = ONNXValueInfoProto()
    value.name = output
    model.graph.output = [value]
    return [UInt8](try! model.serializedData())
  }
}

extension ONNXNodeProto {
  private mutating func append(
    _ name: String, _ type: Int32, _ change: (inout ONNXAttributeProto) -> Void
  ) {
    var attribute = ONNXAttributeProto()
    attribute.name = name
    attribute.type = type
    change(&attribute)
    self.attribute.append(attribute)
  }

  mutating func set(_ name: String, real value: Float) { append(name, 1) { $0.f = value } }
  mutating func set(_ name: String, _ value: Int64) { append(name, 2) { $0.i = value } }
  mutating func set(_ name: String, _ text: String) { append(name, 3) { $0.s = Data(text.utf8) } }
  mutating func set(_ name: String, _ values: [Int64]) { append(name, 7) { $0.ints = values } }
  mutating func set(_ name: String, _ texts: [String]) {
    append(name, 8) { $0.strings = texts.map { Data($0.utf8) } }
  }
}
