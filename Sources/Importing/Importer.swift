import Diagnostics

/// Turns a file of another program into a network, or into what is wrong with it.
public struct Importer: Sendable {
  /// Nil: name and content of the file decide.
  public var format: ImportFormat?
  /// Layers to take, in their order; nil where the file leaves no choice.
  public var layers: [LayerChoice]?
  /// For a format that does not tell them, which they then tell.
  public var sizes: NetworkSizes?

  public init() {}

  /// Reads a file; its name is for messages and for telling the format.
  public func read(_ bytes: [UInt8], file: String) throws(Diagnostic) -> ImportedNetwork {
    guard bytes.count <= ImportLimits.bytes else {
      throw .tooLarge("bytes", bytes.count, ImportLimits.bytes, file)
    }
    let detected = try detected(bytes, file)
    guard let format = format ?? detected else { throw .unknownFormat(file) }
    if let unused = unusedOption(format) { throw .unusedOption(unused, format, file) }
    switch format {
    case .safetensors:
      return try StateDictReader(
        try SafetensorsFile(bytes, file: file), format, choices: layers, file: file
      ).read()
    case .rtneural:
      let json = try JSONFile(bytes, file: file)
      if try json.keys().contains("layers") {
        if layers != nil { throw .unusedOption("--layers", format, file) }
        return try RTNeuralReader(json, file: file).read()
      }
      return try StateDictReader(
        try JSONStateDict(json, file: file), format, choices: layers, file: file
      ).read()
    case .onnx:
      var reader = ONNXReader(try ONNXFile(bytes, name: file))
      return try reader.read()
    case .synaptic:
      return try SynapticReader(try JSONFile(bytes, file: file), file: file).read()
    case .dll:
      guard let sizes else { throw .missingSizes(file) }
      var reader = try DLLReader(bytes, sizes, file: file)
      return try reader.read()
    }
  }

  private func detected(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> ImportFormat? {
    if format != nil { return nil }
    return sizes == nil ? try .detected(bytes, file: file) : .dll
  }

  /// An option that the format leaves without a meaning.
  private func unusedOption(_ format: ImportFormat) -> String? {
    switch format {
    case .safetensors, .rtneural: sizes == nil ? nil : "--sizes"
    case .onnx, .synaptic: layers != nil ? "--layers" : sizes != nil ? "--sizes" : nil
    case .dll: layers == nil ? nil : "--layers"
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
  fileprivate static func unusedOption(
    _ option: String, _ format: ImportFormat, _ file: String
  ) -> Diagnostic {
    Diagnostic(
      id: "unused-option", "\(option) means nothing for this file of \(format.title)",
      at: SourceLocation(file: file), hint: "leave \(option) out", exitCode: .usage)
  }

  fileprivate static func unknownFormat(_ file: String) -> Diagnostic {
    let names = ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    return Diagnostic(
      id: "unknown-format", "neither name nor content tells the format",
      at: SourceLocation(file: file), hint: "add --format, one of \(names)", exitCode: .usage)
  }
}
