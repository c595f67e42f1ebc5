import Diagnostics
import Network

extension ONNXReader {
  /// alpha A B + beta C with data in A.
  func gemm(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["alpha", "beta", "transA", "transB"])
    if try node.integer("transA", default: 0) != 0 {
      throw node.refused("transA", "turns the data", hint: "export with nn.Linear")
    }
    let (data, weights) = try operands(node)
    guard data.axes.count == 2 else {
      throw node.refused("reads data of \(data.axes.count) dimensions, expected 2")
    }
    let turned = try node.integer("transB", default: 0) != 0
    let alpha = try node.real("alpha", default: 1)
    let beta = try node.real("beta", default: 1)
    let matrix = try self.matrix(weights, data, node, rowsAreUnits: turned)
    var tensors = [weights.origin]
    var bias: [Double]?
    if node.input(2) != nil {
      let c = try constant(node, 2, "biases")
      bias = try self.bias(c, matrix.rows, node).map { beta * $0 }
      tensors.append(c.origin)
    }
    let scaled = Matrix(
      rows: matrix.rows, columns: matrix.columns, matrix.values.map { alpha * $0 })
    try checkScaled(scaled.values + (bias ?? []), node)
    return .data(
      try behind(
        data, dense(scaled, bias, node, tensors, alpha == 1 && beta == 1 ? [] : ["scaled"]), node))
  }

  /// Data times weights.
  func product(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow([])
    let (data, weights) = try operands(node)
    let matrix = try self.matrix(weights, data, node, rowsAreUnits: false)
    return .data(try behind(data, dense(matrix, nil, node, [weights.origin], []), node))
  }

  /// A bias behind a product.
  func sum(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow([])
    var operands = (try value(node, 0), try value(node, 1))
    if case .constant = operands.0 { operands = (operands.1, operands.0) }
    guard case .data(var data) = operands.0, case .constant(let constant) = operands.1 else {
      throw node.refused(
        "adds two values that both depend on the input",
        hint: "layers must stand in a row, without connections around them")
    }
    guard let layer = data.layers.last, case .dense(var dense) = layer.kind,
      dense.function == .identity, data.axes.last == .features
    else { throw node.refused("adds constants to something else than a product") }
    let bias = try self.bias(constant, data.width, node)
    dense.bias = dense.bias.map { zip($0, bias).map { $0 + $1 } } ?? bias
    try checkScaled(dense.bias ?? [], node)
    let origin = LayerOrigin(
      name: layer.origin.name, tensors: layer.origin.tensors + [constant.origin],
      remarks: layer.origin.remarks)
    data.layers[data.layers.count - 1] = Layer(.dense(dense), origin: origin)
    return .data(data)
  }

  /// A function behind a dense layer that has none.
  func function(
    _ node: ONNXNode, _ function: ActivationFunction
  ) throws(Diagnostic) -> ONNXValue {
    try node.allow([])
    guard case .data(var data) = try value(node, 0), let layer = data.layers.last,
      case .dense(var dense) = layer.kind, dense.function == .identity
    else {
      throw node.refused(
        "stands behind something else than a dense layer",
        hint: "functions are supported behind Gemm, MatMul and Add")
    }
    dense.function = function
    data.layers[data.layers.count - 1] = Layer(.dense(dense), origin: layer.origin)
    return .data(data)
  }

  private func operands(
    _ node: ONNXNode
  ) throws(Diagnostic) -> (ONNXValue.Data, ONNXValue.Constant) {
    guard case .data(let data) = try value(node, 0), data.axes.last == .features else {
      throw node.refused("does not multiply the values of a step, which are the last dimension")
    }
    return (data, try constant(node, 1, "weights"))
  }

  private func matrix(
    _ weights: ONNXValue.Constant, _ data: ONNXValue.Data, _ node: ONNXNode, rowsAreUnits: Bool
  ) throws(Diagnostic) -> Matrix {
    guard weights.shape.count == 2, weights.shape[rowsAreUnits ? 1 : 0] == data.width,
      weights.values.count > 0
    else {
      throw node.refused(
        "has weights \(Diagnostic.quoted(weights.name)) of shape \(weights.shape) for"
          + " \(data.width) values")
    }
    let matrix = Matrix(rows: weights.shape[0], columns: weights.shape[1], weights.values)
    return rowsAreUnits ? matrix : matrix.transposed
  }

  /// One number a unit, from a constant that is spread over all other dimensions.
  private func bias(
    _ constant: ONNXValue.Constant, _ width: Int, _ node: ONNXNode
  ) throws(Diagnostic) -> [Double] {
    if constant.values.count == 1 { return Array(repeating: constant.values[0], count: width) }
    guard constant.values.count == width, constant.shape.last == width else {
      throw node.refused(
        "has biases \(Diagnostic.quoted(constant.name)) of shape \(constant.shape) for \(width)"
          + " values")
    }
    return constant.values
  }

  private func checkScaled(_ values: [Double], _ node: ONNXNode) throws(Diagnostic) {
    guard values.allSatisfy({ abs($0) <= ImportLimits.magnitude }) else {
      throw node.refused("makes weights that are too large (max \(ImportLimits.magnitude))")
    }
  }

  private func dense(
    _ weights: Matrix, _ bias: [Double]?, _ node: ONNXNode, _ tensors: [LayerOrigin.TensorShape],
    _ remarks: [String]
  ) -> Layer {
    Layer(
      .dense(DenseLayer(weights: weights, bias: bias)),
      origin: LayerOrigin(name: node.proto.name, tensors: tensors, remarks: remarks))
  }
}
