import Diagnostics

extension Diagnostic {
  static func inputShape(_ shape: [Int?], _ file: String) -> Diagnostic {
    Diagnostic(
      id: "input-shape", "'in_shape' does not end in the number of inputs",
      at: SourceLocation(file: file))
  }

  static func layerShape(_ name: String, _ shape: [Int?], _ file: String) -> Diagnostic {
    Diagnostic(
      id: "layer-shape", "the shape of \(quoted(name)) does not end in its number of units",
      at: SourceLocation(file: file))
  }

  static func layerType(_ name: String, _ type: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "layer-type", "\(quoted(name)) is of type \(quoted(type))",
      at: SourceLocation(file: file),
      hint:
        "supported are lstm, gru, dense, time-distributed-dense, and activation behind a dense layer"
    )
  }

  static func tensorCount(
    _ name: String, _ actual: Int, _ expected: Int, _ meaning: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "tensor-count",
      "\(quoted(name)) has \(actual) tensors, expected \(expected): \(meaning)",
      at: SourceLocation(file: file))
  }

  static func recurrentFunction(
    _ name: String, _ function: String, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "layer-function",
      "\(quoted(name)) names the function \(quoted(function)), which RTNeural itself does not heed",
      at: SourceLocation(file: file), hint: "train with activation='tanh'")
  }

  static func layerFunction(_ name: String, _ function: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "layer-function", "\(quoted(name)) has the function \(quoted(function))",
      at: SourceLocation(file: file), hint: "supported are sigmoid, tanh, relu and none")
  }

  static func softmax(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "softmax", "\(quoted(name)) ends in softmax, which is no function of a single node",
      at: SourceLocation(file: file),
      hint: "leave it out of the file: the largest output is the same without it")
  }

  static func looseActivation(_ name: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "loose-activation",
      "\(quoted(name)) is a function that stands behind no dense layer without one",
      at: SourceLocation(file: file))
  }

  static func gain(_ key: String, _ gain: Double, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "gain", "\(quoted(key)) asks for a gain of \(gain) dB, which is not part of the network",
      at: SourceLocation(file: file), hint: "scale the signal outside the network")
  }
}
