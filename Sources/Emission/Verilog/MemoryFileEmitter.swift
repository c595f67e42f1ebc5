import Assets
import Diagnostics
import Lowering

/// Writes the Verilog file that gives block memories their contents as parameters, for families whose
/// memories are instantiated: a parameter cannot come from `$readmemh`.
struct MemoryFileEmitter {
  let name: Identifier
  let banner: String
  let assets: AssetLocator

  /// Sixteen words of 18 bits, each in 20, as one literal.
  private static let wordsOfLiteral = 16

  func text(_ images: [MemoryImage]) throws(DiagnosticList) -> String {
    var cases: [String] = []
    var modules: [String] = []
    for image in images where image.words.count <= BlockContents.maxDepth {
      let module = "\(name)_\(image.suffix)"
      cases.append(
        try render(
          "memory_case.v",
          [
            "keyword": cases.isEmpty ? "if" : "end else if",
            "file": "\(module).memh", "label": image.suffix, "module": module,
          ]))
      let blocks = BlockContents(image).blocks
      modules.append(
        try render(
          "memory_image.v",
          [
            "summary": image.summary, "module": module,
            "contents": blocks.enumerated().map(literal).joined(separator: "\n"),
            "choice": choice(blocks.count),
          ]))
    }
    return try render(
      "memories.v",
      ["banner": banner, "cases": cases.joined(), "images": modules.joined()])
  }

  private func render(
    _ template: String, _ names: [String: String]
  ) throws(DiagnosticList) -> String {
    try StrictTemplate(template, assets: assets).render(names)
  }

  /// By number; zeros beyond the last one.
  private func choice(_ blocks: Int) -> String {
    (0..<blocks).map { "BLOCK == \($0) ? BLOCK_\($0) : " }.joined() + "20480'd0"
  }

  private func literal(_ index: Int, _ words: [UInt32]) -> String {
    let lines = stride(from: words.count, to: 0, by: -Self.wordsOfLiteral).map { end in
      "    320'h" + digits(words[end - Self.wordsOfLiteral..<end])
    }
    return "  localparam [20479:0] BLOCK_\(index) = {\n" + lines.joined(separator: ",\n") + "};"
  }

  /// Hexadecimal digits, most significant first, without leading zeros.
  private func digits(_ words: ArraySlice<UInt32>) -> String {
    let text = words.reversed().map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 5 - digits.count) + digits
    }.joined()
    let significant = text.drop { $0 == "0" }
    return significant.isEmpty ? "0" : String(significant)
  }
}
