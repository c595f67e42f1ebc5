import Diagnostics

/// Tensors by name, as files of PyTorch's state_dicts hold them.
protocol TensorCollection {
  /// Shapes of all tensors, whether or not their numbers can be weights.
  var shapes: [String: [Int]] { get }
  /// Order of the gates as the file itself tells it, nil if it does not.
  var gateOrder: String? { get }

  /// The numbers of a tensor that `shapes` names.
  func tensor(_ name: String) throws(Diagnostic) -> Tensor
}
