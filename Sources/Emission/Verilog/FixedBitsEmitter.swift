import Assets
import Diagnostics
import Lowering

/// Writes the Verilog file that tells synthesis which bits of read-only memories never change, where it
/// gets markers instead of their contents.
struct FixedBitsEmitter {
  let name: Identifier
  let banner: String
  let assets: AssetLocator

  func text(_ images: [MemoryImage]) throws(DiagnosticList) -> String {
    let cases = images.filter { !$0.isWritten }.enumerated().map { index, image in
      let bits = FixedBits(image)
      return """
            \(index == 0 ? "if" : "end else if") (IMAGE == "\(name)_\(image.suffix).memh") begin : gen_\(image.suffix)
              assign word_o = (word_i & \(bits.free)) | \(bits.ones);
        """
    }
    return try StrictTemplate("fixed_bits.v", assets: assets).render([
      "banner": banner, "cases": cases.joined(separator: "\n"),
    ])
  }
}

/// Bits of an image that are the same in every word. One of a trained field counts only if the whole
/// field is zero everywhere: then the network has nothing to train there.
struct FixedBits {
  /// Verilog's literals of the bits that change, and of those that are always one.
  let free: String
  let ones: String

  init(_ image: MemoryImage) {
    let width = image.words.map(\.width).max() ?? 1
    func bits(_ word: BitWord) -> [Bool] {
      (0..<width).map { word.bits(from: $0, count: 1) == 1 }
    }
    let first = image.words.first.map(bits) ?? []
    var isFixed = [Bool](repeating: true, count: width)
    for word in image.words {
      for (index, bit) in bits(word).enumerated() where bit != first[index] {
        isFixed[index] = false
      }
    }
    for field in image.trained where !field.allSatisfy({ isFixed[$0] && !first[$0] }) {
      for index in field { isFixed[index] = false }
    }
    free = Self.literal(isFixed.map(!))
    ones = Self.literal(zip(isFixed, first).map { $0 && $1 })
  }

  /// The lowest bit first.
  private static func literal(_ bits: [Bool]) -> String {
    "\(bits.count)'b" + bits.reversed().map { $0 ? "1" : "0" }.joined()
  }
}
