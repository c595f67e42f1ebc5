import Assets
import Boards
import Emission
import Toolchain

/// What a build and `--reuse` have in common: from a routed design to the files of the folder.
extension BoardBuild {
  /// Puts contents into a routed design, makes its bitstream, and everything to write.
  static func packed(
    _ compiled: CompiledDesign, _ artefacts: [Artefact], _ board: BoardDesign, _ routed: [UInt8],
    _ placements: [BitstreamBuild.Placement], _ best: BitstreamBuild.Placement,
    _ report: [UInt8], _ build: BitstreamBuild, assets: AssetLocator
  ) async throws -> Result {
    let bytes = try await build.pack(
      routed, best, contents: compiled.blockContents(assets: assets, board: board))
    let path = "\(folder)/\(build.flow.bitstream)"
    // What a flash memory holds and what it is told by belong together.
    let kept = compiled.design.loadsWeights ? nil : build.flow.keptRouting.map { ($0, routed) }
    let record = BitstreamRecord(
      compiled, board, file: build.flow.bitstream, bytes: bytes, seed: best.seed, routed: kept)
    var files = [
      Artefact(path: path, contents: bytes),
      Artefact(path: "\(folder)/\(Self.report)", contents: report),
      Artefact(path: "\(folder)/\(BitstreamRecord.fileName)", text: record.text),
    ]
    if let (name, routed) = kept {
      files.append(Artefact(path: "\(folder)/\(name)", contents: routed))
    }
    let all = Manifest.listing(files, in: artefacts)
    return Result(
      artefacts: all.sorted { $0.path < $1.path }, board: board,
      placements: placements, best: best, bitstream: path, byteCount: bytes.count)
  }
}
