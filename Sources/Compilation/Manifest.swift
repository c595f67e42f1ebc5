import Diagnostics
import Emission
import Foundation
import NetSpec

/// What a generated folder says of itself in `manifest.json`; with `net.spec` beside it, all that
/// `simulate` needs.
public struct Manifest: Hashable, Codable, Sendable {
  public static let fileName = "manifest.json"
  public static let specName = "net.spec"
  public static let schema = ArtefactWriter.schema

  public let schema: String
  public let version: String
  public let name: String
  /// File name of the netSpec that was given.
  public let source: String
  public let hash: String
  /// How to read `net.spec`.
  public let dialect: String
  public let options: ResolvedOptions
  public let design: DesignReport
  public private(set) var files: [String]

  /// The text of the file; the same for the same design.
  func text() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("a manifest holds nothing but finite numbers and text")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// Adds files to those of a folder and to its manifest.
  static func listing(_ files: [Artefact], in artefacts: [Artefact]) -> [Artefact] {
    artefacts.map { artefact in
      guard artefact.path == fileName,
        var manifest = try? JSONDecoder().decode(Self.self, from: Data(artefact.contents))
      else { return artefact }
      manifest.files = (manifest.files + files.map(\.path)).sorted()
      return Artefact(path: fileName, text: manifest.text())
    } + files
  }

  /// Reads the manifest of a generated folder.
  public init(folder: String) throws(DiagnosticList) {
    let path = folder + "/" + Self.fileName
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DiagnosticList([.noManifest(folder)])
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: data)
    } catch {
      throw DiagnosticList([.badManifest(path)])
    }
    guard schema == Self.schema else { throw DiagnosticList([.otherSchema(schema, path)]) }
  }

  init(
    name: String, source: String, hash: String, dialect: Dialect, options: ResolvedOptions,
    design: DesignReport, files: [String]
  ) {
    schema = Self.schema
    version = ProgramVersion.text
    self.name = name
    self.source = source
    self.hash = hash
    self.dialect = dialect.rawValue
    self.options = options
    self.design = design
    self.files = files
  }
}

extension Diagnostic {
  fileprivate static func noManifest(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "missing-manifest", "the folder holds no \(Manifest.fileName)",
      at: SourceLocation(file: folder), hint: "name a folder that 'lstmg-hdl generate' has written",
      exitCode: .missingFile)
  }

  fileprivate static func badManifest(_ path: String) -> Diagnostic {
    Diagnostic(
      id: "malformed-manifest", "this is not a manifest of lstmg-hdl \(ProgramVersion.text)",
      at: SourceLocation(file: path), hint: "generate the folder again")
  }

  fileprivate static func otherSchema(_ schema: String, _ path: String) -> Diagnostic {
    Diagnostic(
      id: "malformed-manifest", "the manifest has schema \(schema), not \(Manifest.schema)",
      at: SourceLocation(file: path), hint: "generate the folder again")
  }
}
