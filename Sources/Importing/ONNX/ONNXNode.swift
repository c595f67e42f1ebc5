import Diagnostics

/// An operator of the graph, with the attributes that its reader asks for; what nobody asks for is
/// refused.
struct ONNXNode {
  let proto: ONNXNodeProto
  let file: String
  private let attributes: [String: ONNXAttributeProto]

  init(_ proto: ONNXNodeProto, index: Int, file: String) throws(Diagnostic) {
    self.proto = proto
    self.file = file
    title =
      "\(proto.opType.isEmpty ? "a node" : Self.word(proto.opType)) "
      + (proto.name.isEmpty ? "(node \(index))" : Diagnostic.quoted(proto.name))
    var attributes: [String: ONNXAttributeProto] = [:]
    for attribute in proto.attribute {
      guard attributes.updateValue(attribute, forKey: attribute.name) == nil else {
        throw Diagnostic(
          id: "duplicate-attribute",
          "\(title) has the attribute \(Diagnostic.quoted(attribute.name)) twice",
          at: SourceLocation(file: file))
      }
    }
    self.attributes = attributes
  }

  /// What messages call it, such as `LSTM 'lstm1'`.
  let title: String

  private static func word(_ name: String) -> String {
    String(Diagnostic.quoted(name).dropFirst().dropLast())
  }

  /// The name of an input; nil if it is left out.
  func input(_ index: Int) -> String? {
    index < proto.input.count && !proto.input[index].isEmpty ? proto.input[index] : nil
  }

  func integer(_ name: String, default value: Int) throws(Diagnostic) -> Int {
    guard let attribute = attributes[name] else { return value }
    guard attribute.type == 2, let number = Int(exactly: attribute.i) else {
      throw refused(name, "is no integer")
    }
    return number
  }

  func real(_ name: String, default value: Double) throws(Diagnostic) -> Double {
    guard let attribute = attributes[name] else { return value }
    guard attribute.type == 1, attribute.f.isFinite else { throw refused(name, "is no number") }
    return Double(attribute.f)
  }

  func integers(_ name: String) throws(Diagnostic) -> [Int]? {
    guard let attribute = attributes[name] else { return nil }
    guard attribute.type == 7 else { throw refused(name, "is no list of integers") }
    return attribute.ints.map { Int($0) }
  }

  func text(_ name: String, default value: String) throws(Diagnostic) -> String {
    guard let attribute = attributes[name] else { return value }
    guard attribute.type == 3 else { throw refused(name, "is no text") }
    return String(decoding: attribute.s, as: UTF8.self)
  }

  func texts(_ name: String) throws(Diagnostic) -> [String]? {
    guard let attribute = attributes[name] else { return nil }
    guard attribute.type == 8 else { throw refused(name, "is no list of texts") }
    return attribute.strings.map { String(decoding: $0, as: UTF8.self) }
  }

  func tensor(_ name: String) -> ONNXTensorProto? {
    guard let attribute = attributes[name], attribute.type == 4 else { return nil }
    return attribute.t
  }

  func has(_ name: String) -> Bool { attributes[name] != nil }

  /// Fails if there is an attribute that the reader does not know: it might change the meaning.
  func allow(_ known: Set<String>) throws(Diagnostic) {
    for name in attributes.keys.sorted() where !known.contains(name) {
      throw refused(name, "is not supported", hint: "export the network without it")
    }
  }

  /// An error about one attribute.
  func refused(_ attribute: String, _ fault: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      id: "attribute", "attribute \(Diagnostic.quoted(attribute)) of \(title) \(fault)",
      at: SourceLocation(file: file), hint: hint)
  }

  /// An error about the operator.
  func refused(_ fault: String, hint: String? = nil) -> Diagnostic {
    Diagnostic(
      id: "operator", "\(title) \(fault)", at: SourceLocation(file: file), hint: hint)
  }
}
