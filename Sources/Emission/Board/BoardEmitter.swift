import Assets
import Boards
import Diagnostics
import Lowering

/// Writes what stands between a core and a board: top module, serial link, PLL and pins.
public struct BoardEmitter: Sendable {
  /// Folder of the files.
  public static let folder = "board"
  /// What rebuilds the bitstream with plain make.
  public static let makefile = "Makefile"

  private let design: HardwareDesign
  public let board: Board
  private let clock: ClockPlan
  private let family: PhaseLockedLoop
  private let name: Identifier
  private let provenance: Provenance
  private let assets: AssetLocator
  /// What constraints ask for; nil for the clock that the PLL makes.
  private let goalMHz: Double?

  public init(
    _ design: HardwareDesign, board: Board, clock: ClockPlan, family: PhaseLockedLoop,
    name: Identifier, provenance: Provenance, assets: AssetLocator, goalMHz: Double? = nil
  ) {
    self.design = design
    self.board = board
    self.clock = clock
    self.family = family
    self.name = name
    self.provenance = provenance
    self.assets = assets
    self.goalMHz = goalMHz
  }

  /// Name of the top module.
  public static func top(_ name: Identifier) -> String { "\(name)_board" }

  /// What the bitstream will say of itself.
  public var identity: BoardIdentity {
    BoardIdentity(design, clock, name: name, provenance: provenance)
  }

  /// Memories beside those of the core.
  public var images: [MemoryImage] { [LinkShape(design).image(identity)] }

  /// Files of the folder `board`.
  public func emit() throws(DiagnosticList) -> [Artefact] {
    var artefacts: [Artefact] = []
    for (file, source) in try modules().sorted(by: { $0.key < $1.key }) {
      artefacts.append(Artefact(path: "\(Self.folder)/\(file)", text: try assets.text(source)))
    }
    // What simulators take for the PLL.
    artefacts.append(
      Artefact(path: "sim/board/lstmg_pll.v", text: try assets.text("hdl/board/lstmg_pll.v")))
    let top = Self.top(name)
    artefacts.append(Artefact(path: "\(Self.folder)/\(top).v", text: try topModule()))
    let pins = PinConstraints(
      board: board, coreMHz: goalMHz ?? clock.coreMHz, family: family,
      withFlash: design.loadsWeights,
      banner: provenance.banner(prefix: ""))
    artefacts.append(Artefact(path: "\(Self.folder)/\(top).\(pins.ending)", text: pins.text))
    if let clocks = pins.clockText {
      artefacts.append(Artefact(path: "\(Self.folder)/\(top).sdc", text: clocks))
    }
    return artefacts
  }

  /// Hand-written modules by the name of their file: the family's PLL in place of the general one.
  private func modules() throws(DiagnosticList) -> [String: String] {
    var modules: [String: String] = [:]
    for folder in ["hdl/board", "hdl/board/\(family.rawValue)"] {
      for file in try assets.files(in: folder)
      where file.hasSuffix(".v") && !file.contains("/") {
        modules[file] = "\(folder)/\(file)"
      }
    }
    return modules
  }

  private func topModule() throws(DiagnosticList) -> String {
    let link = LinkShape(design)
    let states = link.states
    let withFlash = design.loadsWeights
    return try StrictTemplate("board.v", assets: assets).render([
      "banner": provenance.banner(prefix: "// ").joined(separator: "\n"),
      "title": board.title,
      "clocks":
        "Oscillator \(board.clock.mhz) MHz, core \(TextFormat.megahertz(clock.coreMHz)) MHz.",
      "top": Self.top(name), "name": name.text,
      "pll": parameters([
        ("OSCILLATOR_MHZ", "\(clock.oscillatorMHz)"),
        ("OSCILLATOR_TEXT", "\"\(clock.oscillatorMHz)\""),
        ("REFERENCE_DIVIDER", "\(clock.reference)"), ("FEEDBACK_DIVIDER", "\(clock.feedback)"),
        ("OUTPUT_DIVIDER", "\(clock.output)"), ("RANGE", "\(clock.range)"),
      ]),
      "board": parameters([
        ("CLOCK_HZ", "\(board.clock.mhz * 1_000_000)"),
        ("CLOCKS_PER_BIT", "\(board.clocksPerBit)"),
        ("INPUTS", "\(design.network.inputs.count)"), ("OUTPUTS", "\(design.outputBeats)"),
        ("DATA_BITS", "\(design.dataBits)"), ("UNITS", "\(states.units)"),
        ("UNIT_BITS", "\(states.unitBits)"), ("STATE_SLOT_BITS", "\(states.slotBits)"),
        ("STATE_BITS", "\(states.stateBits)"),
        ("IDENTITY_BYTES", "\(BoardIdentity.byteCount)"), ("COUNT_BITS", "\(link.countBits)"),
        ("REQUEST_BITS", "\(link.requestBits)"), ("REPLY_BITS", "\(link.replyBits)"),
        ("IMAGE", "\"\(name)_identity.memh\""),
      ]),
      "dataTop": "\(design.dataBits - 1)", "unitsTop": "\(states.units - 1)",
      "slotsTop": "\(states.units * states.slotBits - 1)",
      "statesTop": "\(states.units * states.stateBits - 1)",
      "button": board.button.activeLow ? "!button" : "button",
      "activity": board.leds.activeLow ? "!activity" : "activity",
      "error": board.leds.activeLow ? "!error" : "error",
      "pins": withFlash ? Self.flashPins : "", "flash": withFlash ? Self.flashConnections : "",
      "failure": withFlash ? "  wire        load_error;\n" : "",
      "failed": withFlash ? "load_error" : "1'b0",
    ])
  }

  private static let flashPins = """
    ,
      // Serial flash memory with the weights
      output wire flash_cs_n,
      output wire flash_sck,
      output wire flash_mosi,
      input  wire flash_miso
    """
  private static let flashConnections = """
    ,
        .flash_cs_n   (flash_cs_n),
        .flash_sck    (flash_sck),
        .flash_mosi   (flash_mosi),
        .flash_miso   (flash_miso),
        .load_error   (load_error)
    """

  private func parameters(_ list: [(name: String, value: String)]) -> String {
    list.map { "    .\(TextFormat.padded($0.name, to: 17))(\($0.value))" }
      .joined(separator: ",\n")
  }
}
