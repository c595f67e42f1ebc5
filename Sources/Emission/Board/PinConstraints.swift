import Boards

/// Which pin is which, and how fast the clocks are, in the languages of each family's tools.
struct PinConstraints {
  let board: Board
  /// Megahertz that the core's clock has to reach.
  let coreMHz: Double
  let family: PhaseLockedLoop
  let withFlash: Bool
  /// First lines of the file.
  let banner: [String]

  /// Ending of the file.
  var ending: String {
    switch family {
    case .ice40: "pcf"
    case .ecp5: "lpf"
    case .gowin: "cst"
    case .xilinx: "xdc"
    }
  }

  var text: String { text(lines, comment: family == .gowin ? "// " : "# ") }

  /// A file for the clocks alone, where pins have a language without them.
  var clockText: String? {
    guard family == .gowin else { return nil }
    return text(
      [("link_clk", Double(board.clock.mhz)), ("core_clk", coreMHz)].map { net, megahertz in
        "create_clock -period \(1000 / megahertz) [get_nets \(net)]"
      }, comment: "# ")
  }

  private func text(_ lines: [String], comment: String) -> String {
    (banner.map { comment + $0 } + [""] + lines).joined(separator: "\n") + "\n"
  }

  private var pins: [(port: String, pin: String)] { board.pins(withFlash: withFlash) }
  private func pulls(_ port: String) -> Bool { port == "button" && board.button.pullUp == true }
  private var standard: String { board.standard ?? "LVCMOS33" }

  private var lines: [String] {
    switch family {
    case .ice40:
      // The second clock has no pin: it is known by the name of its wire.
      pins.map { "set_io \(pulls($0.port) ? "-pullup yes " : "")\($0.port) \($0.pin)" }
        + ["", "set_frequency link_clk \(board.clock.mhz)", "set_frequency core_clk \(coreMHz)"]
    case .ecp5:
      pins.flatMap { port, pin in
        [
          "LOCATE COMP \"\(port)\" SITE \"\(pin)\";",
          "IOBUF PORT \"\(port)\" IO_TYPE=\(standard)"
            + " PULLMODE=\(pulls(port) ? "UP" : "NONE");",
        ]
      } + [
        "", "FREQUENCY PORT \"clk\" \(board.clock.mhz) MHZ;",
        "FREQUENCY NET \"core_clk\" \(coreMHz) MHZ;",
      ]
    case .gowin:
      pins.flatMap { port, pin in
        [
          "IO_LOC \"\(port)\" \(pin);",
          "IO_PORT \"\(port)\" IO_TYPE=\(standard)\(pulls(port) ? " PULL_MODE=UP" : "");",
        ]
      }
    case .xilinx:
      pins.map { port, pin in
        "set_property -dict {PACKAGE_PIN \(pin) IOSTANDARD \(standard)"
          + "\(pulls(port) ? " PULLUP TRUE" : "")} [get_ports \(port)]"
      } + [
        "", "create_clock -period \(1000.0 / Double(board.clock.mhz)) [get_ports clk]",
        "set_clock_groups -asynchronous -group [get_clocks -of_objects [get_nets link_clk]]"
          + " -group [get_clocks -of_objects [get_nets core_clk]]",
      ]
    }
  }
}
