import Diagnostics

/// Operators that give numbers of the graph, and sizes of values.
extension ONNXReader {
  /// What leaves its input as it is.
  func passed(_ node: ONNXNode) throws(Diagnostic) -> [ONNXValue] {
    let value = try value(node, 0)
    switch node.proto.opType {
    case "Cast":
      let type = try node.integer("to", default: 1)
      if case .data = value, ![1, 10, 11, 16].contains(type) {
        throw node.refused("to", "turns data into ONNX's type \(type)")
      }
      // A cast to an integer would cut fractions off.
      if case .constant(let constant) = value, !constant.isInteger, ![1, 10, 11, 16].contains(type)
      {
        throw node.refused("to", "turns numbers into ONNX's type \(type)")
      }
    case "Dropout":
      try node.allow(["ratio", "seed"])
      if case .constant(let isTraining)? = try training(node), isTraining.values != [0] {
        throw node.refused("is in training mode", hint: "export after model.eval()")
      }
    default: break
    }
    let rest = node.refused("gives a second result that nothing can read")
    return [value] + Array(repeating: .refused(rest), count: max(0, node.proto.output.count - 1))
  }

  func constant(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    if let tensor = node.tensor("value") {
      return constant(tensor, node.proto.output.first ?? node.proto.name)
    }
    var tensor = ONNXTensorProto()
    if let numbers = try node.integers("value_ints") {
      tensor.dataType = 7
      tensor.dims = [Int64(numbers.count)]
      tensor.int64Data = numbers.map(Int64.init)
    } else if node.has("value_int") {
      tensor.dataType = 7
      tensor.int64Data = [Int64(try node.integer("value_int", default: 0))]
    } else if node.has("value_float") {
      tensor.dataType = 11
      tensor.doubleData = [try node.real("value_float", default: 0)]
    } else {
      throw node.refused("holds no numbers")
    }
    return constant(tensor, node.proto.output.first ?? node.proto.name)
  }

  func constantOfShape(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    guard let tensor = node.tensor("value") else { return .uniform(0) }
    guard case .constant(let constant) = constant(tensor, "value"), constant.values.count == 1
    else { throw node.refused("value", "is not one number") }
    return .uniform(constant.values[0])
  }

  /// Spreads a number over a shape.
  func expand(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    let value = try value(node, 0)
    switch value {
    case .constant(let constant):
      guard let number = constant.uniformValue else {
        throw node.refused("spreads numbers that are not all the same")
      }
      return .uniform(number)
    case .uniform, .sizes: return value
    case .data, .refused: throw node.refused("spreads data")
    }
  }

  /// Sizes, and what is computed of them and of constants: shapes of initial states are made so.
  func sizes(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    if node.proto.opType == "Shape" { return .sizes }
    var uniform: [Double] = []
    for index in node.proto.input.indices where node.input(index) != nil {
      switch try value(node, index) {
      case .data: throw node.refused("is not supported for data")
      case .uniform(let number): uniform.append(number)
      case .constant, .sizes, .refused: break
      }
    }
    // Pieces of what is the same everywhere.
    guard let number = uniform.first else { return .sizes }
    guard node.proto.opType != "Mul", uniform.allSatisfy({ $0 == number }) else {
      throw node.refused("is not supported for initial states")
    }
    return .uniform(number)
  }

  private func training(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue? {
    node.input(2) == nil ? nil : try value(node, 2)
  }
}
