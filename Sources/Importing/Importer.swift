import Diagnostics

/// Turns a file of another program into a network, or into what is wrong with it.
public struct Importer: Sendable {
  /// Nil: name and content of the file decide.
  public var format: ImportFormat?
  /// Layers to take, in their order; nil where the file leaves no choice.
  public var layers: [LayerChoice]?

  public init() {}

  /// Reads a file; its name is for messages and for telling the format.
  public func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> ImportedNetwork {
    guard bytes.count <= ImportLimits.bytes else {
      throw .tooLarge("bytes", bytes.count, ImportLimits.bytes, file)
    }
    guard let format = format ?? ImportFormat.detected(bytes, file: file) else {
      throw .unknownFormat(file)
    }
    switch format {
    case .safetensors:
      let contents = try SafetensorsFile(bytes, file: file)
      return try StateDictReader(contents, choices: layers, file: file).read()
    }
  }
}

/// A layer that the caller picks by name.
public struct LayerChoice: Hashable, Sendable {
  public let name: String
  /// The function of a dense layer.
  public let function: String?

  /// From `NAME` or `NAME:FUNCTION`; `.` stands for tensors without a prefix.
  public init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = parts[0] == "." ? "" : String(parts[0])
    function = parts.count == 2 ? String(parts[1]) : nil
  }
}

extension Diagnostic {
  fileprivate static func unknownFormat(_ file: String) -> Diagnostic {
    let names = ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      id: "unknown-format", "neither name nor content tells the format",
      at: SourceLocation(file: file), hint: "add --format, one of \(names)", exitCode: .usage)
  }
}
