import Assets
import Boards
import Emission
import Foundation
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// The generated files of a board in a temporary folder, and their model in Verilator.
struct BoardFolder {
  static let provenance = Provenance(
    version: "1.2.3", source: "net.spec", sourceHash: String(repeating: "0f", count: 32),
    options: "")
  static let name = Identifier("golden")

  let url: URL
  let model: BoardModel

  static func use<Result>(
    _ design: HardwareDesign, board: String, family: PhaseLockedLoop, primitives: String?,
    withClients: Bool = false, _ body: (BoardFolder) async throws -> Result
  ) async throws -> Result {
    let assets = AssetLocator()
    let description = try BoardLibrary(assets: assets).board(board)
    let clock = try XCTUnwrap(
      ClockPlan.fastest(atMost: 50, for: family, oscillatorMHz: description.clock.mhz))
    let emitter = BoardEmitter(
      design, board: description, clock: clock, family: family, name: name,
      provenance: provenance, assets: assets)
    let verilog = VerilogEmitter(
      design, name: name, provenance: provenance, assets: assets, primitives: primitives,
      boardImages: emitter.images, showsStates: true)
    var artefacts = try verilog.emit() + verilog.cells() + emitter.emit()
    artefacts.append(
      Artefact(
        path: "sim/lstmg_board_tb.cpp", text: try assets.text("sim/lstmg_board_tb.cpp")))
    if withClients {
      artefacts += try HostClientEmitter(
        design, board: description, identity: emitter.identity, name: name,
        provenance: provenance, assets: assets
      ).emit()
      artefacts.append(
        try CHeaderEmitter(
          design.network, name: name.text, version: provenance.version,
          sourceName: provenance.source, sourceHash: provenance.sourceHash, options: ""
        ).emit())
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-board-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for artefact in artefacts {
      let url = folder.appendingPathComponent(artefact.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(artefact.contents).write(to: url)
    }
    let model = BoardModel(
      folder: folder.path, top: BoardEmitter.top(name), clocksPerBit: description.clocksPerBit,
      buttonIsLow: description.button.activeLow)
    return try await body(BoardFolder(url: folder, model: model))
  }
}
