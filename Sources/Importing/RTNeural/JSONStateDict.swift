import Diagnostics

/// A state_dict of PyTorch in JSON, as RTNeural's helpers for PyTorch read it: tensors as lists, at the top
/// or below `state_dict`.
struct JSONStateDict: TensorCollection {
  private let tensors: [String: NestedNumbers]
  private let file: String

  init(_ json: JSONFile, file: String) throws(Diagnostic) {
    self.file = file
    if try json.keys().contains("state_dict") {
      let envelope = try json.decode(Envelope.self)
      // What programs around RTNeural write beside the weights.
      if let skip = envelope.settings?.skip, skip != 0 { throw .skip("model_data.skip", file) }
      tensors = envelope.tensors
    } else {
      tensors = try json.decode([String: NestedNumbers].self)
    }
  }

  var shapes: [String: [Int]] { tensors.mapValues(\.shape) }
  var gateOrder: String? { nil }

  func tensor(_ name: String) throws(Diagnostic) -> Tensor {
    guard let numbers = tensors[name] else {
      preconditionFailure("the caller has seen the shapes")
    }
    return try numbers.tensor(name, file: file)
  }

  private struct Envelope: Decodable {
    struct Settings: Decodable {
      let skip: Double?
    }

    let settings: Settings?
    let tensors: [String: NestedNumbers]

    private enum CodingKeys: String, CodingKey {
      case settings = "model_data"
      case tensors = "state_dict"
    }
  }
}

extension Diagnostic {
  static func skip(_ key: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "skip-connection",
      "\(quoted(key)) asks for the input to be added to the output, which is not supported",
      at: SourceLocation(file: file), hint: "train without, or add the input outside the network")
  }
}
