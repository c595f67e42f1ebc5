import Boards
import Foundation

/// The rules of udev that say who may reach a USB device.
///
/// They are played for a device that is plugged in, as far as its identifiers decide: keys that look at anything
/// else do not match.
struct UdevRules {
  /// A file of rules.
  struct File {
    let path: String
    let text: String

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// Who may read and write a device, and which file says so.
  enum Access: Hashable {
    case everyone(String)
    /// Whoever sits at the machine.
    case seat(String)
    case group(String, String)
  }

  /// Where udev looks; the first folder that has a file of a name counts.
  static let folders = [
    "/etc/udev/rules.d", "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
    "/usr/lib/udev/rules.d",
    "/lib/udev/rules.d",
  ]
  /// Gives the seat what has been tagged before.
  private static let seatFile = "73-seat-late.rules"

  private let files: [File]

  /// In any order of names.
  init(_ files: [File]) { self.files = files.sorted { $0.name < $1.name } }

  /// Those of this machine.
  init(folders: [String] = UdevRules.folders) {
    var files: [String: File] = [:]
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.hasSuffix(".rules") && files[name] == nil {
        let path = folder + "/" + name
        guard let data = FileManager.default.contents(atPath: path) else { continue }
        files[name] = File(path: path, text: String(decoding: data, as: UTF8.self))
      }
    }
    self.init(Array(files.values))
  }

  /// Nil where only root may.
  func access(to device: USBDevice) -> Access? {
    var (mode, group) = (0, "root")
    var (modeFile, tagFile): (String, String?) = ("", nil)
    for file in files {
      var rules = Self.rules(in: file.text)[...]
      while let rule = rules.popFirst() {
        guard rule.allSatisfy({ $0.matches(device) }) else { continue }
        for word in rule {
          switch (word.key, word.operation) {
          case ("MODE", "="), ("MODE", ":="):
            (mode, modeFile) = (Int(word.value, radix: 8) ?? 0, file.path)
          case ("GROUP", "="), ("GROUP", ":="): group = word.value
          case ("TAG", "="), ("TAG", "+="):
            if word.value == "uaccess", file.name < Self.seatFile { tagFile = file.path }
          case ("TAG", "-="): if word.value == "uaccess" { tagFile = nil }
          case ("GOTO", "="):
            rules = rules.drop {
              $0.first.map { ($0.key, $0.value) != ("LABEL", word.value) } ?? true
            }
          default: break
          }
        }
      }
    }
    if mode & 0o006 == 0o006 { return .everyone(modeFile) }
    if let tagFile { return .seat(tagFile) }
    return mode & 0o060 == 0o060 && group != "root" ? .group(group, modeFile) : nil
  }

  /// A key with its operator and its value.
  private struct Word {
    let key: String
    let operation: String
    let value: String

    /// Whether it matches; what assigns always does.
    func matches(_ device: USBDevice) -> Bool {
      guard operation == "==" || operation == "!=" else { return true }
      let known: [String: String] = [
        "ACTION": "add", "SUBSYSTEM": "usb", "SUBSYSTEMS": "usb", "ENV{DEVTYPE}": "usb_device",
        "ENV{MAJOR}": "189", "ATTR{idVendor}": device.vendor, "ATTRS{idVendor}": device.vendor,
        "ATTR{idProduct}": device.product, "ATTRS{idProduct}": device.product,
      ]
      let isEqual =
        known[key].map { actual in
          value.split(separator: "|", omittingEmptySubsequences: false).contains {
            fnmatch(String($0), actual, 0) == 0
          }
        } ?? false
      return isEqual == (operation == "==")
    }
  }

  /// Lines of the file, without comments.
  private static func rules(in text: String) -> [[Word]] {
    text.replacingOccurrences(of: "\\\n", with: "").split(separator: "\n")
      .filter { !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") }
      .map { line in
        let words = #/([A-Za-z_]+(?:\{[^}]*\})?)\s*(==|!=|\+=|-=|:=|=)\s*e?"((?:[^"\\]|\\.)*)"/#
        return line.matches(of: words).map { match in
          Word(
            key: String(match.1), operation: String(match.2), value: String(match.3))
        }
      }
  }
}
