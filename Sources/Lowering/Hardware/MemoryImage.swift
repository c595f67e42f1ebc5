/// Contents of one memory of the hardware.
public struct MemoryImage: Sendable {
  /// What follows the network's name in the file's name, such as `lane03`.
  public let suffix: String
  /// What a word consists of, for the reader of the file.
  public let summary: String
  public let words: [BitWord]
  /// Whether the hardware writes into this memory.
  public var isWritten = false
  /// Fields of a word, as ranges of its bits, that another training may change; elsewhere a read-only
  /// memory depends on shape and formats alone.
  public var trained: [Range<Int>] = []
  /// A remark on each word; empty where there are too many words to read.
  public let remarks: [String]

  /// Contents from elsewhere than a network.
  public init(
    suffix: String, summary: String, words: [BitWord], isWritten: Bool = false,
    trained: [Range<Int>] = [], remarks: [String] = []
  ) {
    self.suffix = suffix
    self.summary = summary
    self.words = words
    self.isWritten = isWritten
    self.trained = trained
    self.remarks = remarks
  }
}
