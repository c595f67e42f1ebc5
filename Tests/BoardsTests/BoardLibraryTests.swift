import Assets
import Diagnostics
import XCTest

@testable import Boards

final class BoardLibraryTests: XCTestCase {
  private let library = BoardLibrary(assets: AssetLocator())

  func testEveryBoardIsReadable() throws {
    XCTAssertEqual(
      try library.all().map(\.name),
      [
        "arty-a7-100t", "arty-a7-35t", "icebreaker", "tangnano20k", "ulx3s-12f", "ulx3s-25f",
        "ulx3s-45f", "ulx3s-85f",
      ])
  }

  func testOneMegabaudDividesEveryOscillator() throws {
    for board in try library.all() {
      XCTAssertEqual(board.clocksPerBit * board.uart.baud, board.clock.mhz * 1_000_000, board.name)
    }
  }

  func testEveryBoardTellsItsUSBChip() throws {
    for board in try library.all() {
      XCTAssertEqual(board.usb.map(\.vendor), ["0403"], board.name)
    }
    // Manifests hold boards, and a chip of the cable makes no other design.
    let text = String(
      decoding: try JSONEncoder().encode(try library.board("icebreaker")), as: UTF8.self)
    XCTAssertFalse(text.contains("6010"))
  }

  func testPinsOfTheICEBreaker() throws {
    let pins = try library.board("icebreaker").pins(withFlash: true)
    XCTAssertEqual(
      pins.map { "\($0.port) \($0.pin)" },
      [
        "clk 35", "rx 6", "tx 9", "button 10", "led_activity 37", "led_error 11",
        "flash_cs_n 16", "flash_sck 15", "flash_mosi 14", "flash_miso 17",
      ])
  }

  private static let complete = """
    title: Mine
    device: up5k
    clock: {pin: "35", mhz: 12}
    uart: {fromHost: "6", toHost: "9", baud: 1000000}
    button: {pin: "10", activeLow: true}
    leds: {activity: "37", error: "11", activeLow: true}
    loader: [-b, mine]
    """

  func testABoardOfTheUsersOwn() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "my board \(UUID().uuidString).yaml"
    ).path
    try Data(Self.complete.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let board = try library.board(path)
    XCTAssertEqual(board.title, "Mine")
    XCTAssertTrue(path.hasSuffix("\(board.name).yaml"))
  }

  private func message(_ old: String, _ new: String) -> String {
    do {
      let text = Self.complete.replacingOccurrences(of: old, with: new)
      XCTAssertNotEqual(text, Self.complete)
      _ = try BoardFile.board(text, named: "mine", at: "mine.yaml")
      return "read"
    } catch {
      return error.diagnostics[0].message
    }
  }

  func testBadDescriptionsSayWhatIsWrong() {
    XCTAssertEqual(
      message("title: Mine\n", ""), "this is no description of a board: 'title' is missing")
    XCTAssertEqual(
      message("{pin: \"10\", ", "{"), "this is no description of a board: 'button.pin' is missing")
    XCTAssertTrue(message("mhz: 12", "mhz: fast").contains("'clock.mhz'"))
    XCTAssertTrue(message("title:", "titel:").contains("'titel' is none of button, clock, device"))
    XCTAssertTrue(message("1000000", "4000000").contains("4000000 baud is too fast"))
    let odd = message("1000000", "250000")
    XCTAssertTrue(
      odd.contains("'uart.baud' is 250000, which the host's serial ports cannot be set to"), odd)
    XCTAssertTrue(odd.contains(" 230400, "), odd)
    XCTAssertEqual(message("1000000", "921600"), "read", "0.2 % off")
    XCTAssertTrue(message("1000000", "2500000").contains("the nearest rate is 2400000"))
    for wrong in ["0", "-12", "99999999999999"] {
      let told = message("mhz: 12", "mhz: \(wrong)")
      XCTAssertTrue(told.contains("'clock.mhz' is \(wrong), not 1 to 1000"), told)
    }
    XCTAssertTrue(message("mhz: 12", "mhz: 12, core: -5").contains("'clock.core' is -5.0"))
    XCTAssertTrue(message("1000000", "0").contains("'uart.baud' is 0"))
    XCTAssertTrue(
      message("{pin: \"10\", ", "{pin: \"10\", pulUp: true, ").contains("'button.pulUp' means"))
    XCTAssertTrue(message("pin: \"10\"", "pin: \"6; rm x\"").contains("'6; rm x' is no pin"))
    XCTAssertTrue(message("pin: \"10\"", "pin: \"\"").contains("'' is no pin; button has it"))
    XCTAssertTrue(
      message("pin: \"10\"", "pin: \"35\"").contains("pin '35' belongs to clk and button"))
    XCTAssertTrue(message("title: Mine", "title: My \"board\"").contains("'title' is empty or"))
    let usb = "[-b, mine]\nusb: "
    XCTAssertEqual(message("[-b, mine]", usb + "[\"0403:6010\", \"1D50:6146\"]"), "read")
    for wrong in ["\"0403\"", "\"0403:60101\"", "\"0403:601x\"", "\"0403:6010:\""] {
      let told = message("[-b, mine]", usb + "[\(wrong)]")
      XCTAssertTrue(told.contains("is no vendor:product"), told)
    }
    XCTAssertTrue(message("[-b, mine]", "[-b").contains("this is no description of a board"))
  }

  func testAnUnknownDeviceIsToldAsTheDescriptionIsRead() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-hdl-\(UUID().uuidString).yaml"
    ).path
    try Data(Self.complete.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    XCTAssertThrowsError(
      try BoardLibrary(assets: AssetLocator(), devices: ["up6k", "x"]).board(path)
    ) { error in
      let diagnostic = (error as? DiagnosticList)?.diagnostics.first
      XCTAssertEqual(
        diagnostic?.message,
        "this is no description of a board: 'device' is 'up5k', which is none of up6k, x")
      XCTAssertEqual(diagnostic?.location?.file, path)
    }
  }

  func testAnUnknownBoardTellsTheKnownOnes() {
    XCTAssertThrowsError(try library.board("icebraker")) { error in
      let list = (error as? DiagnosticList)?.diagnostics ?? []
      XCTAssertEqual(list.first?.message, "there is no board 'icebraker'")
      XCTAssertTrue(list.first?.notes.first?.message.contains("icebreaker") == true)
    }
  }
}
