import Boards
import Lowering

/// Sizes of the serial link that a design needs; the twin of parameters of `lstmg_board`.
public struct LinkShape: Hashable, Sendable {
  /// Bits of an address of the memory for requests: its upper half holds the longest frame twice, its
  /// lower half the identity.
  public let requestBits: Int
  /// Bits of an address of the memory for replies: more than one block of COBS.
  public let replyBits = 9
  /// Bits of a count of elements, states or bytes of the identity.
  public let countBits: Int
  public let states: StateWords
  /// Frames of inputs that the memory for requests has room for.
  public let framesAtOnce: Int

  /// Type, sequence number and CRC of a frame, and its length in the memory.
  private static let overhead = 6

  public init(_ design: HardwareDesign) {
    states = StateWords(design)
    let frame = Self.overhead + design.network.inputs.count * design.dataBits / 8
    requestBits = max(9, 1 + StateWords.bits(2 * frame + 1))
    // One byte stays free.
    framesAtOnce = ((1 << (requestBits - 1)) - 1) / frame
    countBits = StateWords.bits(
      max(design.inputBeats, design.outputBeats, states.count, BoardIdentity.byteCount))
  }

  /// Contents of the memory for requests.
  func image(_ identity: BoardIdentity) -> MemoryImage {
    let bytes = identity.bytes
    return MemoryImage(
      suffix: "identity",
      summary: "what the board says of itself; received frames lie in the upper half",
      words: (0..<1 << requestBits).map { index in
        var word = BitWord()
        word.append(index < bytes.count ? Int64(bytes[index]) : 0, bits: 8)
        return word
      }, isWritten: true)
  }
}
