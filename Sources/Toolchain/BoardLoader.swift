/// Commands of openFPGALoader for a board.
public struct BoardLoader: Hashable, Sendable {
  /// Options that name the board.
  public let options: [String]
  /// Whether it reaches nothing of the board but its flash memory.
  public let reachesFlashOnly: Bool

  public init(options: [String], reachesFlashOnly: Bool) {
    self.options = options
    self.reachesFlashOnly = reachesFlashOnly
  }

  /// Sends a bitstream to the device, or writes it to the flash memory that the device starts from.
  public func bitstreamJob(_ file: String, permanent: Bool) -> Job {
    Job(.tool(.openFPGALoader), options + (permanent ? ["-f"] : []) + [file])
  }

  /// Writes bytes into the flash memory, from an address on.
  public func dataJob(_ file: String, address: Int) -> Job {
    Job(.tool(.openFPGALoader), options + ["-f", "-o", "\(address)", file])
  }
}
