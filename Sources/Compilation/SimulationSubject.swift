import Diagnostics
import Emission
import Foundation
import NetSpec

/// What is simulated: a netSpec compiled on the way, or a folder that was generated before.
public struct SimulationSubject: Sendable {
  public let document: NetSpecDocument
  public let name: String
  public let source: String
  public let options: CompilerOptions
  /// The generated folder; nil for a netSpec.
  public let folder: String?

  public init(
    _ document: NetSpecDocument, name: String, source: String, options: CompilerOptions
  ) {
    self.document = document
    self.name = name
    self.source = source
    self.options = options
    folder = nil
  }

  /// A folder that `generate` has written; one whose network or options have changed since is
  /// refused, because the files beside them would belong to another design.
  public init(folder: String) throws(DiagnosticList) {
    let manifest = try Manifest(folder: folder)
    var loader = SpecLoader()
    loader.dialect = Dialect(rawValue: manifest.dialect)
    loader.inputCount = manifest.design.inputs
    loader.outputCount = manifest.design.outputs
    document = try loader.load(folder + "/" + Manifest.specName)
    name = manifest.name
    source = manifest.source
    options = manifest.options.compilerOptions
    self.folder = folder
    let hash = CompiledDesign.hash(
      document, Identifier(name), manifest.options, CompiledDesign.text(of: document))
    guard hash == manifest.hash else { throw DiagnosticList([.stale(folder)]) }
  }

  public static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The design; that of a folder is the very one its files were made from.
  public func compiled(
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(DiagnosticList) -> CompiledDesign {
    try CompiledDesign(
      document, name: name, source: source, options: options, progress: progress)
  }
}

extension Diagnostic {
  fileprivate static func stale(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "stale-folder",
      "\(Manifest.specName) or \(Manifest.fileName) has changed since the folder was generated,"
        + " or another version of lstmg-hdl generated it",
      at: SourceLocation(file: folder), hint: "generate the folder again")
  }
}
