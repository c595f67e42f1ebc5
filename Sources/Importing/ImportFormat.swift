import Foundation

/// Formats that networks are imported from.
public enum ImportFormat: String, CaseIterable, Sendable {
  /// State of a PyTorch module with nn.LSTM or nn.GRU.
  case safetensors

  /// What people call it.
  public var title: String {
    switch self {
    case .safetensors: "safetensors (PyTorch)"
    }
  }

  /// The format that a file's name or its first bytes tell; nil if neither does.
  public static func detected(_ bytes: [UInt8], file: String) -> ImportFormat? {
    var name = file.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    if name.hasSuffix(".safetensors") { return .safetensors }
    return nil
  }
}
