import Lowering

/// A memory image cut into block memories of 1,024 words of 18 bits; twin of `lstmg_rom` and
/// `lstmg_ram` in `hdl/ecp5`.
///
/// A block gives columns as wide as it can at the image's depth. Two columns of 18 bits with at most
/// 512 words share a block where nothing is written, the second one in its upper half.
struct BlockContents {
  /// Words of 18 bits, by block.
  let blocks: [[UInt32]]

  private static let wordsOfBlock = 1024
  /// The deepest memory that needs no selection behind its blocks.
  static let maxDepth = 16_384

  init(_ image: MemoryImage) {
    let depth = image.words.count
    precondition(depth <= Self.maxDepth)
    let width = image.words.map(\.width).max() ?? 1
    let column = Self.columnBits(depth: depth)
    let isPaired = !image.isWritten && depth <= Self.wordsOfBlock / 2 && width > column
    let columns = (width + column - 1) / column
    var blocks = [[UInt32]](
      repeating: [UInt32](repeating: 0, count: Self.wordsOfBlock),
      count: isPaired ? (columns + 1) / 2 : columns)
    for index in 0..<columns {
      let block = isPaired ? index / 2 : index
      let start = isPaired && index % 2 == 1 ? Self.wordsOfBlock / 2 : 0
      for (address, word) in image.words.enumerated() {
        let (row, shift) = Self.place(of: address, columnBits: column)
        blocks[block][start + row] |= word.bits(from: index * column, count: column) << shift
      }
    }
    self.blocks = blocks
  }

  private static func columnBits(depth: Int) -> Int {
    switch depth {
    case ...1024: 18
    case ...2048: 9
    case ...4096: 4
    case ...8192: 2
    default: 1
    }
  }

  /// Word of 18 bits and lowest bit of an item. Below 9 bits a byte is 8 bits of 9.
  private static func place(of address: Int, columnBits: Int) -> (row: Int, shift: UInt32) {
    guard columnBits < 18 else { return (address, 0) }
    let itemsOfByte = columnBits == 9 ? 1 : 8 / columnBits
    let byte = address / itemsOfByte
    return (byte / 2, UInt32(byte % 2 * 9 + address % itemsOfByte * columnBits))
  }
}
