import Boards
import XCTest

@testable import Compilation

/// Who may reach a board's USB chip, by the rules of udev.
final class UdevRulesTests: XCTestCase {
  private let dual = USBDevice("0403:6010")!
  private let single = USBDevice("0403:6015")!

  private func access(_ text: String, _ device: USBDevice, in name: String = "60-mine.rules")
    -> UdevRules.Access?
  {
    // What every system has comes before it.
    let usual = """
      # SUBSYSTEM=="usb", MODE="0666"
      SUBSYSTEM=="tty", GROUP="dialout", MODE="0666"
      SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", MODE="0664"
      """
    return UdevRules([
      .init(path: "/b/\(name)", text: text), .init(path: "/a/50-udev-default.rules", text: usual),
    ]).access(to: device)
  }

  func testARuleIsForItsDeviceAlone() {
    let rule = """
      ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6010", MODE="0660", GROUP="plugdev", TAG+="uaccess"
      """
    XCTAssertEqual(access(rule, dual), .seat("/b/60-mine.rules"))
    XCTAssertNil(access(rule, single))
    XCTAssertNil(access("", dual))
  }

  func testPatterns() {
    for product in ["6010|6015", "60*", "601[05]", "????"] {
      let rule = """
        SUBSYSTEM=="usb", ATTR{idVendor}=="0403", \\
          ATTR{idProduct}=="\(product)", MODE:="0666"
        """
      XCTAssertEqual(access(rule, single), .everyone("/b/60-mine.rules"), product)
    }
    for other in [
      #"ATTR{idVendor}!="0403", MODE="0666""#, #"ATTR{idVendor}=="04", MODE="0666""#,
      #"SUBSYSTEM=="tty", ATTRS{idVendor}=="0403", MODE="0666""#,
      #"ATTRS{idVendor}=="0403", ATTRS{serial}=="7", MODE="0666""#,
      #"ATTRS{idVendor}=="0403", ENV{ID_MM_DEVICE_IGNORE}="1""#,
      #"  # ATTRS{idVendor}=="0403", MODE="0666""#, #"ATTR{idVendor}=="0403", MODE="0660""#,
    ] {
      XCTAssertNil(access(other, single), other)
    }
  }

  func testGroups() {
    XCTAssertEqual(
      access(#"ATTR{idVendor}=="0403", MODE="664", GROUP="plugdev""#, single),
      .group("plugdev", "/b/60-mine.rules"))
    XCTAssertNil(access(#"ATTR{idVendor}=="0403", MODE="644", GROUP="plugdev""#, single))
  }

  /// In the form of openFPGALoader's file, whose tag comes too late where its name begins with 99.
  func testJumps() {
    let rules = """
      ACTION!="add|change", GOTO="end"
      SUBSYSTEM=="gpio", MODE="0664", GROUP="plugdev", TAG+="uaccess"
      SUBSYSTEM!="usb|tty|hidraw", GOTO="end"
      ATTRS{idVendor}=="0403", ATTRS{idProduct}=="6010", GOTO="known"
      GOTO="end"
      LABEL="known"
      MODE="664", GROUP="plugdev", TAG+="uaccess"
      LABEL="end"
      """
    XCTAssertEqual(access(rules, dual, in: "70-loader.rules"), .seat("/b/70-loader.rules"))
    XCTAssertEqual(
      access(rules, dual, in: "99-loader.rules"), .group("plugdev", "/b/99-loader.rules"))
    XCTAssertNil(access(rules, single, in: "70-loader.rules"))
  }

  func testTheLastRuleCounts() {
    let rules = #"ATTR{idVendor}=="0403", MODE="0666", TAG+="uaccess""#
    XCTAssertNil(access(rules + "\n" + #"MODE="0600", TAG-="uaccess""#, dual))
  }

  func testAFileHidesThoseOfItsNameInLaterFolders() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lstmg-udev-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    for (folder, text) in [("etc", "# none"), ("lib", #"ATTR{idVendor}=="0403", MODE="0666""#)] {
      let url = root.appendingPathComponent(folder)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url.appendingPathComponent("60-a.rules"))
    }
    let folders = ["etc", "lib"].map { root.appendingPathComponent($0).path }
    XCTAssertNil(UdevRules(folders: folders).access(to: dual))
    XCTAssertNotNil(UdevRules(folders: folders.reversed()).access(to: dual))
  }
}
