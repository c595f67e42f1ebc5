import Diagnostics

/// Numbers of a file under one name: finite, and as many as the shape says.
struct Tensor: Hashable, Sendable {
  let name: String
  let shape: [Int]
  let values: [Double]
  private let file: String

  /// Fails if a number is infinite, not a number, or beyond what sums may hold.
  init(_ name: String, shape: [Int], _ values: [Double], file: String) throws(Diagnostic) {
    precondition(values.count == shape.reduce(1, *), "shape \(shape), \(values.count) values")
    self.name = name
    self.shape = shape
    self.values = values
    self.file = file
    // Not !(x <= limit) for each number: this form is one vectorised loop over usual files.
    var largest = 0.0
    var sum = 0.0
    for value in values {
      largest = max(largest, abs(value))
      sum += value * 0
    }
    guard sum == 0, largest <= ImportLimits.magnitude else { throw notFinite() }
  }

  var origin: LayerOrigin.TensorShape { .init(name, shape) }

  /// Fails if the shape is another one; `meaning` says what it should be.
  func expect(_ expected: [Int], _ meaning: String) throws(Diagnostic) {
    guard shape == expected else {
      throw Diagnostic(
        id: "tensor-shape",
        "\(Diagnostic.quoted(name)) has shape \(shape), expected \(expected): \(meaning)",
        at: SourceLocation(file: file))
    }
  }

  /// A tensor of two dimensions as a matrix.
  var matrix: Matrix {
    precondition(shape.count == 2, "a matrix has two dimensions")
    return Matrix(rows: shape[0], columns: shape[1], values)
  }

  private func notFinite() -> Diagnostic {
    let index = values.firstIndex { !(abs($0) <= ImportLimits.magnitude) } ?? 0
    var place: [Int] = []
    var rest = index
    for size in shape.reversed() {
      place.insert(rest % size, at: 0)
      rest /= size
    }
    let count = values.count { !(abs($0) <= ImportLimits.magnitude) }
    let others = count == 1 ? "" : ", and \(count - 1) more like it"
    let fault =
      values[index].isFinite
      ? "which is too large (max \(ImportLimits.magnitude))" : "which is not a finite number"
    return Diagnostic(
      id: "not-finite",
      "\(Diagnostic.quoted(name)) holds \(values[index]) at \(place), \(fault)\(others)",
      at: SourceLocation(file: file), hint: "the training has diverged, or the file is damaged")
  }
}
