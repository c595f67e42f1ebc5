import Lowering

/// A memory image cut into block memories; twin of `lstmg_rom` and `lstmg_ram` in `hdl/ecp5` and of
/// `lstmg_blocks` in `hdl/ice40`.
struct BlockContents {
  /// Words of the family's widest shape, by block.
  let blocks: [[UInt32]]

  init(_ image: MemoryImage, _ family: BlockFamily) {
    let width = image.words.map(\.width).max() ?? 1
    switch family {
    case .ecp5: blocks = Self.ecp5(image, width: width)
    case .ice40: blocks = Self.ice40(image, width: width)
    }
  }

  private static func empty(_ family: BlockFamily, count: Int) -> [[UInt32]] {
    let block = [UInt32](repeating: 0, count: family.wordsOfBlock)
    return [[UInt32]](repeating: block, count: count)
  }

  // MARK: ECP5

  /// A block gives columns as wide as it can at the image's depth. Two columns of 18 bits with at most
  /// 512 words share a block where nothing is written, the second one in its upper half.
  private static func ecp5(_ image: MemoryImage, width: Int) -> [[UInt32]] {
    let depth = image.words.count
    let half = BlockFamily.ecp5.wordsOfBlock / 2
    let column = columnBits(depth: depth)
    let isPaired = !image.isWritten && depth <= half && width > column
    let columns = (width + column - 1) / column
    var blocks = empty(.ecp5, count: isPaired ? (columns + 1) / 2 : columns)
    for index in 0..<columns {
      let block = isPaired ? index / 2 : index
      let start = isPaired && index % 2 == 1 ? half : 0
      for (address, word) in image.words.enumerated() {
        let (row, shift) = place(of: address, columnBits: column)
        blocks[block][start + row] |= word.bits(from: index * column, count: column) << shift
      }
    }
    return blocks
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

  // MARK: iCE40

  /// Columns and rows of whatever width takes the fewest blocks, of equal ones the narrowest. Narrow
  /// words of one row are as many addresses apart as a block has rows, and their bits lie side by side.
  private static func ice40(_ image: MemoryImage, width: Int) -> [[UInt32]] {
    let family = BlockFamily.ice40
    let depth = image.words.count
    func ceiling(_ number: Int, _ divisor: Int) -> Int { (number + divisor - 1) / divisor }
    func depthOfBlock(_ column: Int) -> Int {
      family.wordsOfBlock * family.wordBits / column
    }
    func count(_ column: Int) -> Int {
      ceiling(width, column) * ceiling(depth, depthOfBlock(column))
    }
    // Of equal ones the first.
    let column = [4, 8, 16].reduce(2) { count($1) < count($0) ? $1 : $0 }
    let columns = ceiling(width, column)
    let wordsOfRow = family.wordBits / column
    var blocks = empty(family, count: count(column))
    for (address, word) in image.words.enumerated() {
      let (row, inner) = address.quotientAndRemainder(dividingBy: depthOfBlock(column))
      let (place, line) = inner.quotientAndRemainder(dividingBy: family.wordsOfBlock)
      for index in 0..<columns {
        let bits = word.bits(from: index * column, count: column)
        for bit in 0..<column where bits >> UInt32(bit) & 1 == 1 {
          blocks[row * columns + index][line] |= 1 << UInt32(bit * wordsOfRow + place)
        }
      }
    }
    return blocks
  }
}
