import Diagnostics

/// Operators that move dimensions and leave numbers alone.
extension ONNXReader {
  func transpose(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["perm"])
    let value = try value(node, 0)
    let rank: Int
    switch value {
    case .data(let data): rank = data.axes.count
    case .constant(let constant): rank = constant.shape.count
    case .uniform, .sizes, .refused: return value
    }
    let order = try node.integers("perm") ?? Array((0..<rank).reversed())
    guard order.sorted() == Array(0..<rank) else {
      throw node.refused("perm", "is \(order) for \(rank) dimensions")
    }
    if case .data(var data) = value {
      data.axes = order.map { data.axes[$0] }
      return .data(data)
    }
    guard case .constant(let constant) = value else { return value }
    return .constant(constant.transposed(order))
  }

  func squeeze(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    let value = try value(node, 0)
    let listed = try axes(node)
    switch value {
    case .data(var data):
      let removed = try listed.map { list throws(Diagnostic) in
        try places(list, rank: data.axes.count, node)
      }
      for place in (removed ?? Set(data.axes.indices)).sorted(by: >) {
        if isUnit(data.axes[place]) {
          data.axes.remove(at: place)
        } else if removed != nil || data.axes[place] == .features && data.width == 1 {
          throw node.refused("takes away dimension \(place), whose size is not known to be 1")
        }
      }
      return .data(data)
    case .constant(let constant):
      let removed = try listed.map { list throws(Diagnostic) in
        try places(list, rank: constant.shape.count, node)
      }
      let taken = removed ?? Set(constant.shape.indices.filter { constant.shape[$0] == 1 })
      guard taken.allSatisfy({ constant.shape[$0] == 1 }) else {
        throw node.refused("takes away a dimension of \(constant.shape) that is not 1")
      }
      return .constant(
        constant.shaped(
          constant.shape.indices.filter { !taken.contains($0) }.map { constant.shape[$0] }))
    case .uniform, .sizes, .refused: return value
    }
  }

  func unsqueeze(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    let value = try value(node, 0)
    guard let listed = try axes(node) else { throw node.refused("lacks axes") }
    switch value {
    case .data(var data):
      let added = try places(listed, rank: data.axes.count + listed.count, node)
      for place in added.sorted() { data.axes.insert(.unit, at: place) }
      return .data(data)
    case .constant(let constant):
      var shape = constant.shape
      for place in try places(listed, rank: shape.count + listed.count, node).sorted() {
        shape.insert(1, at: place)
      }
      return .constant(constant.shaped(shape))
    case .uniform, .sizes, .refused: return value
    }
  }

  /// Supported where it only adds or takes away dimensions of size 1.
  func reshape(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["allowzero"])
    let value = try value(node, 0)
    guard case .data(var data) = value else {
      if case .constant(let constant) = value { return try reshaped(constant, node) }
      return value
    }
    let shape = try constant(node, 1, "dimensions")
    guard try node.integer("allowzero", default: 0) == 0, let sizes = shape.integers else {
      throw node.refused("has dimensions that cannot be followed")
    }
    let old = data.axes
    guard let new = Reshaping(old, width: data.width, sizes: inputSizes).axes(sizes) else {
      throw node.refused(
        "changes more than dimensions of size 1: from \(old.count) dimensions to \(sizes)",
        hint: "export with Squeeze, or with the layers in a row without reshaping")
    }
    data.axes = new
    return .data(data)
  }

  func flatten(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    try node.allow(["axis"])
    guard case .data(var data) = try value(node, 0) else { return try value(node, 0) }
    let axis = try node.integer("axis", default: 1)
    let place = axis < 0 ? axis + data.axes.count : axis
    guard data.axes.indices.contains(place), data.axes.last == .features else {
      throw node.refused("axis", "is \(axis)")
    }
    let kept = data.axes[..<place].filter { !isUnit($0) }
    guard kept.count <= 1, data.axes[place...].dropLast().allSatisfy(isUnit) else {
      throw node.refused("joins dimensions that are not of size 1")
    }
    data.axes = [kept.first ?? .unit, .features]
    return .data(data)
  }

  /// Whether a dimension is known to be of size 1.
  func isUnit(_ axis: ONNXValue.Axis) -> Bool {
    switch axis {
    case .unit: true
    case .input(let index): inputSizes[index] == 1
    case .features: false
    }
  }

  private func reshaped(
    _ constant: ONNXValue.Constant, _ node: ONNXNode
  ) throws(Diagnostic) -> ONNXValue {
    let wanted = try self.constant(node, 1, "dimensions")
    guard var sizes = wanted.integers else { throw node.refused("has dimensions of fractions") }
    for (place, size) in sizes.enumerated() where size == 0 && place < constant.shape.count {
      sizes[place] = constant.shape[place]
    }
    if let open = sizes.firstIndex(of: -1) {
      let rest = sizes.enumerated().reduce(1) { $1.offset == open ? $0 : $0 &* $1.element }
      sizes[open] = rest > 0 ? constant.values.count / rest : 0
    }
    let isExact =
      sizes.count <= 8 && sizes.allSatisfy { (0...1 << 27).contains($0) }
      && sizes.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue })
        == constant.values.count
    guard isExact else { throw node.refused("turns shape \(constant.shape) into \(sizes)") }
    return .constant(constant.shaped(sizes))
  }

  /// Axes from the attribute or, in newer versions, from an input; nil for all of size 1.
  private func axes(_ node: ONNXNode) throws(Diagnostic) -> [Int]? {
    try node.allow(["axes"])
    if let listed = try node.integers("axes") { return listed }
    guard node.input(1) != nil else { return nil }
    guard let listed = try constant(node, 1, "axes").integers else {
      throw node.refused("has axes that are no integers")
    }
    return listed
  }

  private func places(
    _ axes: [Int], rank: Int, _ node: ONNXNode
  ) throws(Diagnostic) -> Set<Int> {
    var places: Set<Int> = []
    for axis in axes {
      let place = axis < 0 ? axis + rank : axis
      guard (0..<rank).contains(place), places.insert(place).inserted else {
        throw node.refused("has axis \(axis) among \(rank) dimensions")
      }
    }
    return places
  }
}

/// Follows a change of shape that keeps every dimension but those of size 1.
private struct Reshaping {
  private let old: [ONNXValue.Axis]
  private let width: Int
  private let sizes: [Int?]

  init(_ old: [ONNXValue.Axis], width: Int, sizes: [Int?]) {
    self.old = old
    self.width = width
    self.sizes = sizes
  }

  /// What the new dimensions mean; nil if that cannot be told.
  func axes(_ wanted: [Int]) -> [ONNXValue.Axis]? {
    guard wanted.count(where: { $0 == -1 }) <= 1, wanted.allSatisfy({ $0 >= -1 }) else {
      return nil
    }
    var rest = old.filter { size($0) != 1 }[...]
    var new: [ONNXValue.Axis] = []
    for (place, size) in wanted.enumerated() {
      // 0 copies the dimension at the same place.
      let isCopy = size == 0
      if isCopy, place >= old.count { return nil }
      let exact = isCopy ? self.size(old[place]) : size
      if exact == 1 {
        new.append(
          width == 1 && rest.first == .features && place == wanted.count - 1 ? .features : .unit)
        if new.last == .features { rest.removeFirst() }
        continue
      }
      guard let next = rest.popFirst() else { return nil }
      if isCopy {
        guard old[place] == next else { return nil }
      } else if size != -1 {
        guard self.size(next) == size else { return nil }
      }
      new.append(next)
    }
    return rest.isEmpty && new.last == .features ? new : nil
  }

  /// The size of a dimension, nil if it is open. Values of a step always count as themselves.
  private func size(_ axis: ONNXValue.Axis) -> Int? {
    switch axis {
    case .unit: 1
    case .input(let index): sizes[index]
    case .features: width == 1 ? nil : width
    }
  }
}
