import Assets
import Boards
import Diagnostics
import Emission
import Lowering
import NetSpec
import Toolchain

/// A netSpec with everything that was made of it.
public struct CompiledDesign: Sendable {
  public let document: NetSpecDocument
  public let name: Identifier
  /// File name of the netSpec, without its folder.
  public let source: String
  public let options: ResolvedOptions
  public let design: HardwareDesign
  /// Why the design has its lanes and its profile.
  public let choice: ConfigurationChoice
  /// The device that was meant, if any.
  public let device: Device?
  /// What place and route is expected to report.
  public let prediction: Prediction
  /// The canonical text of the network.
  public let specText: String
  /// SHA-256 of everything that decides about the result: program version, name, options, network.
  public let hash: String
  /// The board with the clock that is expected; nil for a core alone.
  public let board: BoardDesign?

  public init(
    _ document: NetSpecDocument, name: String, source: String, options: CompilerOptions,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(DiagnosticList) {
    let (design, choice) = try Pipeline(options, progress: progress).design(document.network)
    self.document = document
    self.name = Identifier(name)
    self.source = source
    self.design = design
    self.choice = choice
    device = options.device ?? options.target.device
    prediction = Prediction(
      design, target: options.target,
      model: FittedModel.measured(for: options).model(of: options.target, choice.profile))
    self.options = ResolvedOptions(options, choice)
    specText = Self.text(of: document)
    hash = Self.hash(document, self.name, self.options, specText)
    board = try BoardDesign(options, choice)
  }

  /// What the design needs more of than its device has; nil if it fits or no device is meant.
  public var shortage: String? { device.flatMap { $0.shortage(prediction) } }

  /// The canonical text of a document's network.
  static func text(of document: NetSpecDocument) -> String {
    NetSpecPrinter().text(
      document.network, dialect: document.dialect, carriesStates: document.carriesStates)
  }

  /// The hash of a design; `text` is the canonical text of its network.
  static func hash(
    _ document: NetSpecDocument, _ name: Identifier, _ options: ResolvedOptions, _ text: String
  ) -> String {
    let network = document.network
    var hash = SHA256()
    hash.update(
      """
      lstmg-hdl \(ProgramVersion.text)
      \(name) \(document.dialect.rawValue) \(network.inputCount) \(network.outputCount)
      \(options.canonicalText)

      """.utf8)
    hash.update(text.utf8)
    return hash.finish()
  }

  /// Every file of the output folder; `board` takes the place of the one with the expected clock.
  ///
  /// Those for place and route differ: constraints ask for `goalMHz` instead of the clock, and blocks
  /// hold markers. What claims to come from `manifest` can be compared with the files of that folder.
  public func artefacts(
    assets: AssetLocator, board: BoardDesign? = nil, goalMHz: Double? = nil,
    claiming manifest: Manifest? = nil, with integrations: Set<Integration> = []
  ) throws(DiagnosticList) -> [Artefact] {
    let provenance = Provenance(
      version: ProgramVersion.text, source: manifest?.source ?? source,
      sourceHash: manifest?.hash ?? hash, options: optionWords)
    let board = board ?? self.board
    let emitter = board.map {
      boardEmitter($0, provenance, assets: assets, goalMHz: goalMHz)
    }
    let host = emitter.map { emitter in
      HostClientEmitter(
        design, board: emitter.board, identity: emitter.identity, name: name,
        provenance: provenance, assets: assets)
    }
    let verilog = VerilogEmitter(
      design, name: name, provenance: provenance, assets: assets,
      primitives: options.target.primitives, boardImages: emitter?.images ?? [],
      showsStates: emitter != nil, holdsMarkers: goalMHz != nil)
    var artefacts = try verilog.emit()
    artefacts.append(
      try CHeaderEmitter(
        design.network, name: name.text, version: provenance.version, sourceName: source,
        sourceHash: hash, options: optionWords, assets: assets
      ).emit())
    let simulation = SimulationFolder(
      design, name: name, assets: assets, showsStates: emitter != nil)
    artefacts += try simulation.artefacts()
    artefacts += try verilog.cells()
    artefacts += try emitter?.emit() ?? []
    artefacts += try host?.emit() ?? []
    let rebuilding = board.map { board in
      RebuildFiles(
        board: board, name: name,
        flashImage: design.loadsWeights ? FlashImage.path(name) : nil, provenance: provenance,
        assets: assets)
    }
    artefacts += try rebuilding?.artefacts(artefacts) ?? []
    artefacts.append(
      try FuseSoCEmitter(name: name, provenance: provenance, assets: assets).emit(
        paths: artefacts.map(\.path), macros: simulation.macros, board: rebuilding?.fuseSoC))
    let others = artefacts.map(\.path)
    for integration in Integration.allCases where integrations.contains(integration) {
      artefacts += try IntegrationEmitter(
        design, name: name, provenance: provenance, assets: assets
      ).emit(integration, paths: others)
    }
    artefacts.append(Artefact(path: Manifest.specName, text: specText))
    let manifest = Manifest(
      name: name.text, source: source, hash: hash, dialect: document.dialect, options: options,
      design: DesignReport(design),
      files: (artefacts.map(\.path) + [Manifest.fileName]).sorted())
    artefacts.append(Artefact(path: Manifest.fileName, text: manifest.text()))
    return artefacts.sorted { $0.path < $1.path }
  }

  private func boardEmitter(
    _ board: BoardDesign, _ provenance: Provenance, assets: AssetLocator, goalMHz: Double? = nil
  ) -> BoardEmitter {
    BoardEmitter(
      design, board: board.board, clock: board.clock, family: board.family, name: name,
      provenance: provenance, assets: assets, goalMHz: goalMHz)
  }

  /// What belongs into the block memories of the design on a board, by the marker that place and route
  /// got in its place; empty where memories are inferred.
  func blockContents(assets: AssetLocator, board: BoardDesign) -> [[UInt32]: [UInt32]] {
    guard let family = options.target.primitives.flatMap({ BlockFamily(rawValue: $0) }) else {
      return [:]
    }
    let provenance = Provenance(
      version: ProgramVersion.text, source: source, sourceHash: hash, options: optionWords)
    let images = design.images + boardEmitter(board, provenance, assets: assets).images
    return BlockMarkers(family).contents(of: images)
  }

  /// What one would type for the same design.
  private var optionWords: String {
    let network = document.network
    return "--dialect \(document.dialect.rawValue) --num-inputs \(network.inputCount)"
      + " --num-outputs \(network.outputCount) --name \(name) \(options.words)"
  }
}
