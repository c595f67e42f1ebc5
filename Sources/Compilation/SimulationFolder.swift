import Assets
import Diagnostics
import Emission
import Lowering
import Toolchain
import Verification

/// The files below `sim/`: testbenches, a Makefile, and a short stimulus with what must come out, so
/// that the core runs with plain make and a Verilog simulator.
struct SimulationFolder {
  private static let sequences = 3
  private static let steps = 8
  /// Only cores with loaded weights have one.
  private static let flashModel = "lstmg_flash.v"
  /// Only cores with a board.
  private static let boardProgram = "lstmg_board_tb.cpp"

  private let design: HardwareDesign
  private let name: Identifier
  private let assets: AssetLocator
  private let showsStates: Bool

  init(
    _ design: HardwareDesign, name: Identifier, assets: AssetLocator, showsStates: Bool
  ) {
    self.design = design
    self.name = name
    self.assets = assets
    self.showsStates = showsStates
  }

  func artefacts() throws(DiagnosticList) -> [Artefact] {
    var artefacts: [Artefact] = []
    for file in try assets.files(in: "sim")
    where (design.loadsWeights || file != Self.flashModel)
      && (showsStates || file != Self.boardProgram)
    {
      artefacts.append(Artefact(path: "sim/\(file)", text: try assets.text("sim/\(file)")))
    }
    let words = stimulus()
    artefacts.append(Artefact(path: "sim/config.mk", text: settings))
    artefacts.append(
      Artefact(
        path: "sim/stimulus.txt",
        contents: HardwareRun.stimulus(words, ready: .always).text(
          inputBytes: design.dataBits / 8)))
    artefacts.append(Artefact(path: "sim/expected.txt", text: expected(words)))
    return artefacts
  }

  /// Macros of `lstmg_tb.v`, as `Makefile` makes them of the settings.
  var macros: [String] {
    [
      "-DLSTMG_TOP=\(name)", "-DLSTMG_INPUT_BITS=\(design.dataBits)",
      "-DLSTMG_OUTPUT_BITS=\(design.dataBits)",
    ] + (design.loadsWeights ? ["-DLSTMG_FLASH"] : []) + (showsStates ? ["-DLSTMG_STATES"] : [])
  }

  private var settings: String {
    """
    TOP := \(name)
    INPUT_BITS := \(design.dataBits)
    OUTPUT_BITS := \(design.dataBits)

    """ + (design.loadsWeights ? "FLASH := ../\(FlashImage.path(name))\n" : "")
      + (showsStates ? "STATES := 1\n" : "")
  }

  /// Words from the whole range of every input, the same in every run.
  private func stimulus() -> WordSequences {
    var state: UInt64 = 2012
    let bits = UInt64(design.network.plan.activationBits)
    func word() -> Int32 {
      // A linear congruential generator (Knuth's MMIX) is random enough for a demonstration.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: Int64(bitPattern: state) >> Int64(64 - bits))
    }
    return WordSequences(
      sequences: (0..<Self.sequences).map { _ in
        (0..<Self.steps).map { _ in design.network.inputs.map { _ in word() } }
      })
  }

  private func expected(_ words: WordSequences) -> String {
    let mask = UInt64.max >> UInt64(64 - design.dataBits)
    let digits = design.dataBits / 4
    var text = ""
    for frame in ModelRun.outputs(of: design.network, words).joined() {
      for (index, word) in frame.enumerated() {
        let hex = String(UInt64(bitPattern: Int64(word)) & mask, radix: 16)
        let padding = String(repeating: "0", count: digits - hex.count)
        text += "\(padding)\(hex) \(index == frame.count - 1 ? 1 : 0)\n"
      }
    }
    return text
  }
}
