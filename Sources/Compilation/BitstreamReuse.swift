import Assets
import Diagnostics
import Emission
import Foundation
import NetSpec
import Toolchain

/// Puts a retrained network into the routed design of one that was built before: neither synthesis nor
/// place and route, as nothing but contents of block memories depends on weights.
public struct BitstreamReuse: Sendable {
  /// Folder that `build` has written.
  public let folder: String
  public let manifest: Manifest
  private let subject: SimulationSubject
  private let record: BitstreamRecord
  private let routed: [UInt8]
  private let report: [UInt8]

  public init(folder: String) throws(DiagnosticList) {
    self.folder = folder
    // Refuses a folder that is not as it was written.
    subject = try SimulationSubject(folder: folder)
    manifest = try Manifest(folder: folder)
    if manifest.options.weightMemory == .spram { throw DiagnosticList([.loadedWeights(folder)]) }
    do throws(Diagnostic) {
      let contents = try Self.read("\(BoardBuild.folder)/\(BitstreamRecord.fileName)", folder)
      let record = try? JSONDecoder().decode(BitstreamRecord.self, from: Data(contents))
      guard let record else { throw .noBitstream(folder) }
      guard let name = record.routed, let sum = record.routedSHA256 else {
        throw .notKept(folder, manifest.options.board?.title)
      }
      self.record = record
      routed = try Self.read("\(BoardBuild.folder)/\(name)", folder)
      guard BitstreamRecord.sum(routed) == sum else { throw .changed(folder, name) }
      report = try Self.read("\(BoardBuild.folder)/\(BoardBuild.report)", folder)
    } catch {
      throw DiagnosticList([error])
    }
  }

  private static func read(_ path: String, _ folder: String) throws(Diagnostic) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: folder + "/" + path) else {
      throw .noBitstream(folder)
    }
    return [UInt8](data)
  }

  /// The retrained network with the decisions of the folder.
  public func compiled(
    _ document: NetSpecDocument, source: String,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(DiagnosticList) -> CompiledDesign {
    try CompiledDesign(
      document, name: manifest.name, source: source,
      options: FormatReuse(built: subject).options(for: document.network), progress: progress)
  }

  /// Fails where anything but contents of memories differs.
  public func run(
    _ compiled: CompiledDesign, in workFolder: String, assets: AssetLocator, runner: JobRunner
  ) async throws -> BoardBuild.Result {
    guard let expected = compiled.board,
      let flow = BitstreamFlow(expected, name: compiled.name, folder: workFolder)
    else { throw Diagnostic.noBitstream(folder) }
    let build = BitstreamBuild(
      flow, runner: runner,
      tools: try ToolEnvironment(assets: assets).tools(for: flow.family, runner: runner))
    try await build.checkPacker()
    let board = try BoardDesign(expected.board, expected.family, atMost: record.coreMHz)
    let differences = DesignDifferences(
      manifest, compiled,
      try compiled.artefacts(assets: assets, board: board, claiming: manifest), folder: folder)
    guard differences.isEmpty else {
      throw Diagnostic.otherDesign(folder, differences.notes)
    }
    let placement = BitstreamBuild.Placement(
      // Its hold times were judged when it was built.
      seed: record.seed,
      report: try PlacementReport(
        json: report, file: "\(folder)/\(BoardBuild.folder)/\(BoardBuild.report)"))
    return try await BoardBuild.packed(
      compiled, try compiled.artefacts(assets: assets, board: board), board, routed, [placement],
      placement, report, build, assets: assets)
  }
}

extension Diagnostic {
  private static let fullBuild = "build again without --reuse"

  fileprivate static func noBitstream(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "no-bitstream", "the folder holds no bitstream that 'lstmg-hdl build' has written",
      at: SourceLocation(file: folder), hint: fullBuild, exitCode: .missingFile)
  }

  fileprivate static func notKept(_ folder: String, _ board: String?) -> Diagnostic {
    Diagnostic(
      id: "not-reusable",
      "the memories of \(board ?? "this board")'s family are inferred by synthesis: which bits of the"
        + " bitstream hold them is not known",
      at: SourceLocation(file: folder), hint: fullBuild, exitCode: .checkFailed)
  }

  fileprivate static func loadedWeights(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "not-reusable",
      "this core loads its weights from a flash memory, and its logic knows the image by them",
      at: SourceLocation(file: folder), hint: fullBuild, exitCode: .checkFailed)
  }

  fileprivate static func changed(_ folder: String, _ name: String) -> Diagnostic {
    Diagnostic(
      id: "stale-folder", "\(name) has changed since the bitstream was made",
      at: SourceLocation(file: folder), hint: fullBuild)
  }

  fileprivate static func otherDesign(_ folder: String, _ notes: [String]) -> Diagnostic {
    Diagnostic(
      id: "other-design",
      "the network makes other hardware than the bitstream's: a full build is needed",
      at: SourceLocation(file: folder), notes: notes.map { Diagnostic.Note($0) },
      hint: fullBuild, exitCode: .checkFailed)
  }
}
