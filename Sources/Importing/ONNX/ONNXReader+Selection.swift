import Diagnostics

/// Operators that take one step out of a sequence.
extension ONNXReader {
  /// The last step, as `output[:, -1]` is exported.
  func gather(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["axis"])
    let value = try value(node, 0)
    guard case .data(var data) = value else { return try sizes(node) }
    let axis = try node.integer("axis", default: 0)
    let place = axis < 0 ? axis + data.axes.count : axis
    guard data.axes.indices.contains(place) else { throw node.refused("axis", "is \(axis)") }
    let indices = try constant(node, 1, "indices")
    guard let index = indices.integers?.first, indices.values.count == 1 else {
      throw node.refused("takes more than one index")
    }
    try take(index, from: place, of: &data, node)
    if indices.shape.isEmpty {
      data.axes.remove(at: place)
    } else {
      data.axes[place] = .unit
    }
    return .data(data)
  }

  /// The last step, as `output[:, -1:]` is exported; or everything.
  func slice(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["axes", "starts", "ends"])
    let value = try value(node, 0)
    guard case .data(var data) = value else { return try sizes(node) }
    let starts = try list(node, "starts", 1)
    let ends = try list(node, "ends", 2)
    let axes = try list(node, "axes", 3) ?? starts.map { Array($0.indices) }
    let steps = try list(node, "steps", 4)
    guard let starts, let ends, let axes, starts.count == ends.count, starts.count == axes.count,
      steps?.allSatisfy({ $0 == 1 }) ?? true
    else { throw node.refused("takes other pieces than whole ranges") }
    for (axis, (start, end)) in zip(axes, zip(starts, ends)) {
      let place = axis < 0 ? axis + data.axes.count : axis
      guard data.axes.indices.contains(place) else { throw node.refused("has axis \(axis)") }
      let size = self.size(data.axes[place], data)
      let toEnd = size.map { end >= $0 } ?? (end >= 1 << 31 - 1)
      if start == 0, toEnd { continue }
      // One step: from -1, or between two neighbours.
      guard toEnd && (start == -1 || start + 1 == size) || start >= 0 && end == start + 1 else {
        throw node.refused("takes dimension \(place) from \(start) to \(end)")
      }
      try take(start, from: place, of: &data, node)
      data.axes[place] = .unit
    }
    return .data(data)
  }

  /// Takes one element of a dimension: any of one of size 1, the last one of time.
  private func take(
    _ index: Int, from place: Int, of data: inout ONNXValue.Data, _ node: ONNXNode
  ) throws(Diagnostic) {
    let axis = data.axes[place]
    let size = size(axis, data)
    if axis != .features, size == 1, [0, -1].contains(index), axis != data.time { return }
    guard let time = data.time, axis == time, index == -1 || index + 1 == size else {
      throw node.refused(
        "takes element \(index) of dimension \(place)",
        hint:
          "the network gives an output in every step; of a sequence only the last one can be taken")
    }
    data.isLastStep = true
  }

  private func size(_ axis: ONNXValue.Axis, _ data: ONNXValue.Data) -> Int? {
    switch axis {
    case .unit: 1
    case .input(let index): inputSizes[index]
    case .features: data.width
    }
  }

  /// A list from an input or, in old versions, from an attribute; nil if it is left out.
  private func list(
    _ node: ONNXNode, _ name: String, _ index: Int
  ) throws(Diagnostic) -> [Int]? {
    if let listed = try node.integers(name) { return listed }
    guard node.input(index) != nil else { return nil }
    guard let listed = try constant(node, index, name).integers else {
      throw node.refused("has \(name) that are no integers")
    }
    return listed
  }
}
