import Diagnostics

/// A module of a PyTorch state_dict: the tensors whose names begin alike.
struct StateDictModule {
  enum Kind {
    /// nn.LSTM, nn.GRU or a single cell of these; `gates` is 4 or 3.
    case recurrent(gates: Int, layers: Int, isCell: Bool)
    case linear
  }

  /// What stands before the last point of the names; empty if nothing does.
  let name: String
  let kind: Kind
  let inputCount: Int
  let outputCount: Int

  /// The full name of one of the module's tensors.
  func tensor(_ leaf: String) -> String { name.isEmpty ? leaf : name + "." + leaf }

  var isRecurrent: Bool {
    switch kind {
    case .recurrent: true
    case .linear: false
    }
  }

  /// As `--layers` names it.
  var choice: String { name.isEmpty ? "." : name }

  var summary: String {
    let type =
      switch kind {
      case .recurrent(let gates, _, _): gates == 4 ? "LSTM" : "GRU"
      case .linear: "Linear"
      }
    return "\(Diagnostic.quoted(name)): \(type), \(inputCount) inputs, \(outputCount) outputs"
  }
}

/// All modules of a file, and the tensors that belong to none that is known.
struct StateDictModules {
  let modules: [StateDictModule]
  let others: [String]

  init(_ shapes: [String: [Int]], file: String) throws(Diagnostic) {
    var leaves: [String: [String]] = [:]
    for name in shapes.keys.sorted() {
      let end = name.lastIndex(of: ".")
      let prefix = end.map { String(name[..<$0]) } ?? ""
      let leaf = end.map { String(name[name.index(after: $0)...]) } ?? name
      leaves[prefix, default: []].append(leaf)
    }
    var modules: [StateDictModule] = []
    var others: [String] = []
    for (name, leaves) in leaves.sorted(by: { $0.key < $1.key }) {
      if let module = try Self.module(name, leaves, shapes, file) {
        modules.append(module)
      } else {
        others += leaves.map { name.isEmpty ? $0 : name + "." + $0 }
      }
    }
    self.modules = modules
    self.others = others
  }

  private static func module(
    _ name: String, _ leaves: [String], _ shapes: [String: [Int]], _ file: String
  ) throws(Diagnostic) -> StateDictModule? {
    func shape(_ leaf: String) -> [Int]? {
      shapes[name.isEmpty ? leaf : name + "." + leaf]
    }
    let recurrent = leaves.compactMap(RecurrentLeaf.init)
    guard !recurrent.isEmpty else {
      guard Set(leaves).isSubset(of: ["weight", "bias"]), let shape = shape("weight"),
        shape.count == 2
      else { return nil }
      return StateDictModule(
        name: name, kind: .linear, inputCount: shape[1], outputCount: shape[0])
    }
    if let leaf = recurrent.first(where: { $0.isReverse }) {
      throw .bidirectional(name, leaf.text, file)
    }
    if let leaf = recurrent.first(where: { $0.path == "hr" }) {
      throw .projection(name, leaf.text, file)
    }
    guard recurrent.count == leaves.count else { return nil }
    let isCell = recurrent.contains { $0.layer == nil }
    let count = (recurrent.compactMap(\.layer).max() ?? 0) + 1
    for layer in 0..<count {
      for path in ["ih", "hh"] {
        let leaf = "weight_\(path)" + (isCell ? "" : "_l\(layer)")
        guard let shape = shape(leaf) else { throw .missingTensor(name, leaf, file) }
        guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else {
          throw .notAMatrix(name, leaf, shape, file)
        }
      }
    }
    let ending = isCell ? "" : "_l0"
    guard let input = shape("weight_ih" + ending), let first = shape("weight_hh" + ending) else {
      preconditionFailure("both have been looked at")
    }
    let gates = first[0] / first[1]
    guard first[0] % first[1] == 0, gates == 3 || gates == 4 else {
      throw .otherCell(name, first, file)
    }
    return StateDictModule(
      name: name, kind: .recurrent(gates: gates, layers: count, isCell: isCell),
      inputCount: input[1], outputCount: first[1])
  }
}

/// The last part of the name of a recurrent layer's tensor, such as `weight_ih_l0_reverse`.
private struct RecurrentLeaf {
  let text: String
  /// `ih`, `hh` or `hr`.
  let path: Substring
  /// Nil for a cell's.
  let layer: Int?
  let isReverse: Bool

  init?(_ text: String) {
    self.text = text
    var parts = text.split(separator: "_", omittingEmptySubsequences: false)[...]
    guard let kind = parts.popFirst(), kind == "weight" || kind == "bias",
      let path = parts.popFirst(), ["ih", "hh", "hr"].contains(path)
    else { return nil }
    self.path = path
    if let number = parts.first, number.hasPrefix("l"), let layer = Int(number.dropFirst()),
      (0..<1000).contains(layer)
    {
      self.layer = layer
      parts.removeFirst()
    } else {
      layer = nil
    }
    isReverse = parts.first == "reverse"
    if isReverse { parts.removeFirst() }
    guard parts.isEmpty else { return nil }
  }
}

extension Diagnostic {
  private static func layer(_ name: String) -> String {
    name.isEmpty ? "the recurrent layer" : "layer \(quoted(name))"
  }

  fileprivate static func bidirectional(
    _ name: String, _ leaf: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "bidirectional",
      "\(layer(name)) is bidirectional: it holds \(quoted(leaf)), which reads the sequence from its end",
      at: SourceLocation(file: file),
      hint: "hardware sees one step after the other: train with bidirectional=False")
  }

  fileprivate static func projection(
    _ name: String, _ leaf: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "projection", "\(layer(name)) projects its outputs: it holds \(quoted(leaf))",
      at: SourceLocation(file: file), hint: "train with proj_size=0")
  }

  fileprivate static func missingTensor(
    _ name: String, _ leaf: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "missing-tensor", "\(layer(name)) lacks \(quoted(leaf))", at: SourceLocation(file: file))
  }

  fileprivate static func notAMatrix(
    _ name: String, _ leaf: String, _ shape: [Int], _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "tensor-shape",
      "\(quoted(leaf)) of \(layer(name)) has shape \(shape), expected two dimensions",
      at: SourceLocation(file: file))
  }

  fileprivate static func otherCell(
    _ name: String, _ shape: [Int], _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "unknown-cell",
      "\(layer(name)) has recurrent weights of shape \(shape); an LSTM has 4 rows for each column,"
        + " a GRU 3",
      at: SourceLocation(file: file),
      hint: shape[0] == shape[1]
        ? "an nn.RNN does not say which function it has: use nn.LSTM or nn.GRU" : nil)
  }
}
