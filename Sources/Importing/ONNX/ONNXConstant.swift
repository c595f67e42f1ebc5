import Diagnostics
import Numerals

extension ONNXValue.Constant {
  private static let countLimit = 1 << 27

  /// Decodes a tensor of the graph; its numbers are finite.
  init(_ tensor: ONNXTensorProto, name: String, file: String) throws(Diagnostic) {
    let shown = Diagnostic.quoted(name)
    guard tensor.dataLocation == 0 else { throw .externalData(name, file) }
    var count = 1
    var shape: [Int] = []
    for dimension in tensor.dims {
      let (product, overflows) = count.multipliedReportingOverflow(by: Int(dimension))
      guard dimension >= 0, !overflows, product <= Self.countLimit, shape.count < 8 else {
        throw .tensor("\(shown) has the shape \(tensor.dims.prefix(8))", file)
      }
      count = product
      shape.append(Int(dimension))
    }
    let type: BinaryNumber
    let listed: [Double]
    switch tensor.dataType {
    case 1: (type, listed) = (.float32, tensor.floatData.map(Double.init))
    case 11: (type, listed) = (.float64, tensor.doubleData)
    case 10: (type, listed) = (.float16, Self.halves(tensor, .float16))
    case 16: (type, listed) = (.bfloat16, Self.halves(tensor, .bfloat16))
    case 6: (type, listed) = (.int32, tensor.int32Data.map(Double.init))
    case 7: (type, listed) = (.int64, tensor.int64Data.map(Double.init))
    default: throw .tensorKind(name, Int(tensor.dataType), file)
    }
    var values = listed
    if !tensor.rawData.isEmpty {
      guard listed.isEmpty, tensor.rawData.count == count * type.size else {
        throw .tensor(
          "\(shown) of shape \(shape) takes \(count * type.size) bytes, there are"
            + " \(tensor.rawData.count)", file)
      }
      values = type.values([UInt8](tensor.rawData), in: 0..<tensor.rawData.count)
    }
    guard values.count == count else {
      throw .tensor("\(shown) of shape \(shape) holds \(values.count) numbers", file)
    }
    // Checks that they are finite.
    self.init(
      name: name, shape: shape,
      values: try Tensor(name, shape: shape, values, file: file).values,
      isInteger: type == .int32 || type == .int64)
  }

  /// Halves are stored in the lower bits of integers.
  private static func halves(_ tensor: ONNXTensorProto, _ type: BinaryNumber) -> [Double] {
    let bytes = tensor.int32Data.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    return type.values(bytes, in: 0..<bytes.count)
  }

  /// The number that all elements are, if they are; nil for none at all.
  var uniformValue: Double? {
    values.allSatisfy { $0 == values.first } ? values.first : nil
  }

  /// Whole numbers, such as axes; nil for others. Ends of ranges are often as large as can be.
  var integers: [Int]? {
    guard isInteger else { return nil }
    return values.map { $0 >= 0x1p62 ? .max : $0 <= -0x1p62 ? .min : Int($0) }
  }

  var origin: LayerOrigin.TensorShape { .init(name, shape) }

  /// The same numbers in another shape of as many.
  func shaped(_ shape: [Int]) -> Self {
    precondition(shape.reduce(1, *) == values.count)
    return Self(name: name, shape: shape, values: values, isInteger: isInteger)
  }

  /// Dimensions in another order.
  func transposed(_ order: [Int]) -> Self {
    let turned = order.map { shape[$0] }
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    var result: [Double] = []
    result.reserveCapacity(values.count)
    var place = [Int](repeating: 0, count: shape.count)
    for _ in values {
      result.append(values[zip(place, order).reduce(0) { $0 + $1.0 * strides[$1.1] }])
      for axis in place.indices.reversed() {
        place[axis] += 1
        if place[axis] < turned[axis] { break }
        place[axis] = 0
      }
    }
    return Self(name: name, shape: turned, values: result, isInteger: isInteger)
  }
}

extension Diagnostic {
  fileprivate static func externalData(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "external-data", "\(quoted(name)) lies in another file", at: SourceLocation(file: file),
      hint:
        "export with the weights inside: onnx.save(onnx.load(name), other, save_as_external_data=False)"
    )
  }

  fileprivate static func tensor(_ fault: String, _ file: String) -> Diagnostic {
    Diagnostic(id: "bad-tensor", fault, at: SourceLocation(file: file))
  }

  fileprivate static func tensorKind(
    _ name: String, _ type: Int, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "tensor-type", "\(quoted(name)) is of ONNX's type \(type)",
      at: SourceLocation(file: file),
      hint: "weights are float, double, float16 or bfloat16: export without quantisation")
  }
}
