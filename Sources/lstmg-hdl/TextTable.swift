/// Lines of a name and a value, the values in one column.
struct TextTable {
  private var rows: [(name: String, value: String)] = []

  mutating func add(_ name: String, _ value: String) { rows.append((name, value)) }

  /// Continues the value of the last line.
  mutating func add(_ value: String) { rows.append(("", value)) }

  var text: String {
    let width = rows.reduce(0) { max($0, $1.name.count) } + 2
    return rows.map { name, value in
      name + String(repeating: " ", count: width - name.count) + value
    }.joined(separator: "\n")
  }
}

/// Numbers as people read them.
enum Readable {
  /// Digits in groups of three.
  static func count(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number.magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return (number < 0 ? "-" : "") + text
  }

  /// `1 input`, `2 inputs`.
  static func count(_ number: Int, _ thing: String) -> String {
    "\(count(number)) \(thing)\(number == 1 ? "" : "s")"
  }

  /// Tenths of a per cent; only the whole is 100 %.
  static func percent(_ part: Double) -> String {
    let tenths = min(Int((part * 1000).rounded()), part < 1 ? 999 : 1000)
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// So many digits behind the point.
  static func fixed(_ value: Double, digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    guard digits > 0 else { return count(scaled) }
    let fraction = String(scaled % scale + scale).dropFirst()
    return "\(count(scaled / scale)).\(fraction)"
  }

  /// Three significant digits.
  static func error(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    // Digits of the mantissa by hand: formats of C strings would need another module's locale.
    var exponent = 0
    var mantissa = value
    while mantissa >= 9.995 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 0.9995 {
      mantissa *= 10
      exponent -= 1
    }
    let digits = Int((mantissa * 100).rounded())
    let fraction = digits % 100
    return "\(digits / 100).\(fraction < 10 ? "0" : "")\(fraction)"
      + (exponent == 0 ? "" : "e\(exponent)")
  }
}
