import Lowering
import Numerals

/// Contents of block memories that say nothing but which block of which image they stand for.
///
/// Synthesis and place and route get these, so that no cell and no wire depends on what the images hold,
/// and that every block can be told in the routed design, where its contents are then put in.
public struct BlockMarkers {
  private let family: BlockFamily

  public init(_ family: BlockFamily) { self.family = family }

  /// What belongs into each block of the images, by its marker.
  public func contents(of images: [MemoryImage]) -> [[UInt32]: [UInt32]] {
    var contents: [[UInt32]: [UInt32]] = [:]
    for image in images where isCut(image) {
      for (index, block) in BlockContents(image, family).blocks.enumerated() {
        let previous = contents.updateValue(block, forKey: marker(image.suffix, index))
        precondition(previous == nil, "two blocks of one marker")
      }
    }
    return contents
  }

  /// Whether an image lies in blocks that are instantiated.
  func isCut(_ image: MemoryImage) -> Bool { image.words.count <= family.maxDepth ?? .max }

  /// The words of one block, the same in every version of this program.
  func marker(_ suffix: String, _ block: Int) -> [UInt32] {
    // FNV-1a: any number that differs for every block will do.
    let seed = "\(suffix) \(block)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    var numbers = SplitMix64(seed: seed)
    return (0..<family.wordsOfBlock).map { _ in
      UInt32(truncatingIfNeeded: numbers.next() >> UInt64(64 - family.wordBits))
    }
  }
}
