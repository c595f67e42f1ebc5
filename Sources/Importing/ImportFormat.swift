import Diagnostics
import Foundation

/// Formats that networks are imported from.
public enum ImportFormat: String, CaseIterable, Sendable {
  /// State of a PyTorch module with nn.LSTM or nn.GRU.
  case safetensors
  /// A graph of ONNX operators.
  case onnx
  /// Layers of RTNeural, or a state_dict of PyTorch, in JSON.
  case rtneural
  /// A network of Synaptic in JSON.
  case synaptic
  /// Weights of the library DLL without a header.
  case dll

  /// What people call it.
  public var title: String {
    switch self {
    case .safetensors: "safetensors (PyTorch)"
    case .onnx: "ONNX"
    case .rtneural: "RTNeural"
    case .synaptic: "Synaptic"
    case .dll: "DLL"
    }
  }

  /// The format that a file's name or its content tells; nil if neither does. Fails if the file
  /// begins like one of several formats and is damaged.
  public static func detected(
    _ bytes: [UInt8], file: String
  ) throws(Diagnostic) -> ImportFormat? {
    var name = file.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".safetensors") { return .safetensors }
    if name.hasSuffix(".onnx") { return .onnx }
    guard JSONFile.mayBe(bytes) else { return nil }
    let keys = try JSONFile(bytes, file: file).keys()
    if keys.contains("neurons") { return .synaptic }
    let isState = keys.contains { $0 == "state_dict" || $0.contains("weight_") }
    return isState || keys.contains("layers") ? .rtneural : nil
  }
}
