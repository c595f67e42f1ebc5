import Boards
import Diagnostics
import Emission
import Foundation
import Toolchain

/// Sends the bitstream of a built folder to its board.
public struct BoardFlash: Sendable {
  public let record: BitstreamRecord
  /// What has to run, in this order.
  public let jobs: [Job]
  /// Whether the bitstream stays when the board loses its power.
  public let isPermanent: Bool

  /// Plans it; an error if the bitstream is not that of the folder's network. `permanent` asks for the
  /// flash memory in place of the device's own.
  public init(folder: String, permanent: Bool) throws {
    // Tells of a netSpec or options that were changed since.
    let subject = try SimulationSubject(folder: folder)
    let manifest = try Manifest(folder: folder)
    guard let board = subject.options.board else { throw Diagnostic.noBitstream(folder) }
    record = try BitstreamRecord(folder: folder)
    let file = "\(folder)/\(BoardBuild.folder)/\(record.file)"
    guard record.hash == manifest.hash, record.board == board.name else {
      throw Diagnostic.otherNetwork(file, record, manifest.hash)
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Diagnostic.noBitstream(folder)
    }
    var sum = SHA256()
    sum.update(data)
    guard sum.finish() == record.sha256 else { throw Diagnostic.changed(file) }
    let loader = BoardLoader(board)
    isPermanent = permanent || loader.reachesFlashOnly
    let weights = FlashImage.path(Identifier(manifest.name))
    let first =
      manifest.files.contains(weights)
      ? [loader.dataJob("\(folder)/\(weights)", address: FlashImage.address)] : []
    jobs = first + [loader.bitstreamJob(file, permanent: permanent)]
  }
}

extension BoardLoader {
  /// The loader's commands for a board.
  public init(_ board: Board) {
    self.init(options: board.loader, reachesFlashOnly: board.loadsFlashOnly ?? false)
  }
}

extension Diagnostic {
  fileprivate static func noBitstream(_ folder: String) -> Diagnostic {
    Diagnostic(
      id: "no-bitstream", "the folder holds no bitstream", at: SourceLocation(file: folder),
      hint: "lstmg-hdl build \(folder) --board NAME", exitCode: .missingFile)
  }

  fileprivate static func otherNetwork(
    _ file: String, _ record: BitstreamRecord, _ hash: String
  ) -> Diagnostic {
    Diagnostic(
      id: "other-network",
      "the bitstream is of another network or board: \(record.board), hash"
        + " \(record.hash.prefix(12))..., and the folder has hash \(hash.prefix(12))...",
      at: SourceLocation(file: file), hint: "build the folder again", exitCode: .checkFailed)
  }

  fileprivate static func changed(_ file: String) -> Diagnostic {
    Diagnostic(
      id: "changed", "the file has changed since it was built", at: SourceLocation(file: file),
      hint: "build the folder again", exitCode: .checkFailed)
  }
}
