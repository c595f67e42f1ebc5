/// Small helpers that give generated text its shape.
enum TextFormat {
  /// Breaks a text at spaces into lines of at most `width` characters; later lines are indented.
  static func wrap(_ text: String, width: Int, indent: String = "  ") -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = indent + word
      }
    }
    return lines + (line.isEmpty ? [] : [line])
  }

  /// `1 lane`, `2 lanes`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// At least so many digits.
  static func hexadecimal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// To the nearest kilohertz.
  static func megahertz(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
