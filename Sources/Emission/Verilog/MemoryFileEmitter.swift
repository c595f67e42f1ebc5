import Assets
import Diagnostics
import Lowering

/// Writes the Verilog file that gives block memories their contents as parameters, for families whose
/// memories are instantiated: a parameter cannot come from `$readmemh`.
struct MemoryFileEmitter {
  let name: Identifier
  let family: BlockFamily
  let banner: String
  let assets: AssetLocator
  /// Whether blocks hold markers instead of their words.
  var holdsMarkers = false

  private static let wordsOfLiteral = 16

  func text(_ images: [MemoryImage]) throws(DiagnosticList) -> String {
    let markers = BlockMarkers(family)
    var cases: [String] = []
    var modules: [String] = []
    for image in images where markers.isCut(image) {
      let module = "\(name)_\(image.suffix)"
      cases.append(
        try render(
          "memory_case.v",
          [
            "keyword": cases.isEmpty ? "if" : "end else if",
            "file": "\(module).memh", "label": image.suffix, "module": module,
            "passed": passed(indent: 8), "connections": connections(indent: 8),
          ]))
      var blocks = BlockContents(image, family).blocks
      if holdsMarkers { blocks = blocks.indices.map { markers.marker(image.suffix, $0) } }
      modules.append(
        try render(
          "memory_image.v",
          [
            "summary": image.summary, "module": module,
            "contents": blocks.enumerated().map(literal).joined(separator: "\n"),
            "choice": choice(blocks.count), "parameters": parameters, "ports": ports,
            "passed": passed(indent: 4), "connections": connections(indent: 4),
          ]))
    }
    return try render(
      "memories.v",
      [
        "banner": banner, "cases": cases.joined(), "images": modules.joined(),
        "parameters": parameters, "ports": ports, "passed": passed(indent: 8),
        "connections": connections(indent: 8),
      ])
  }

  private func render(
    _ template: String, _ names: [String: String]
  ) throws(DiagnosticList) -> String {
    try StrictTemplate(template, assets: assets).render(names)
  }

  // MARK: What all of these modules have

  private var parameters: String {
    family.parameters.map { "  parameter integer \($0.name) = \($0.value)" }
      .joined(separator: ",\n")
  }

  private var ports: String {
    family.ports.map { port in
      let range = port.bits == 1 ? "" : "[\(port.bits - 1):0]"
      return "  \(port.isOutput ? "output" : "input ") wire \(TextFormat.padded(range, to: 7))"
        + port.name
    }.joined(separator: ",\n")
  }

  private func passed(indent: Int) -> String { list(family.parameters.map(\.name), indent) }
  private func connections(indent: Int) -> String { list(family.ports.map(\.name), indent) }

  /// Each name connected with what has the same name.
  private func list(_ names: [String], _ indent: Int) -> String {
    let width = names.map(\.count).max() ?? 0
    return names.map { name in
      String(repeating: " ", count: indent) + ".\(TextFormat.padded(name, to: width))(\(name))"
    }.joined(separator: ",\n")
  }

  // MARK: Contents

  /// By number; zeros beyond the last one.
  private func choice(_ blocks: Int) -> String {
    (0..<blocks).map { "BLOCK == \($0) ? BLOCK_\($0) : " }.joined() + "\(family.contentBits)'d0"
  }

  private func literal(_ index: Int, _ words: [UInt32]) -> String {
    let bits = Self.wordsOfLiteral * family.wordDigits * 4
    let lines = stride(from: words.count, to: 0, by: -Self.wordsOfLiteral).map { end in
      "    \(bits)'h" + digits(words[end - Self.wordsOfLiteral..<end])
    }
    return "  localparam [\(family.contentBits - 1):0] BLOCK_\(index) = {\n"
      + lines.joined(separator: ",\n") + "};"
  }

  /// Hexadecimal digits, most significant first, without leading zeros.
  private func digits(_ words: ArraySlice<UInt32>) -> String {
    let text = words.reversed().map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: family.wordDigits - digits.count) + digits
    }.joined()
    let significant = text.drop { $0 == "0" }
    return significant.isEmpty ? "0" : String(significant)
  }
}
