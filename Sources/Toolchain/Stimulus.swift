/// What a testbench feeds to a core, and when it may stop.
public struct Stimulus: Hashable, Sendable {
  /// One element on the input stream.
  public struct Beat: Hashable, Sendable {
    public var value: Int64
    /// Whether it is the last one of its frame.
    public var isLast: Bool
    /// Whether a new sequence starts with it.
    public var startsSequence: Bool
    /// Cycles without a beat before this one.
    public var idleCycles: Int

    public init(_ value: Int64, isLast: Bool, startsSequence: Bool = false, idleCycles: Int = 0) {
      self.value = value
      self.isLast = isLast
      self.startsSequence = startsSequence
      self.idleCycles = idleCycles
    }
  }

  public enum Item: Hashable, Sendable {
    case beat(Beat)
    /// No further input before that many output frames have come since the start of the run.
    case wait(outputFrames: Int)
    /// The same wait, then three cycles with `rst`.
    case reset(outputFrames: Int)
  }

  /// When the receiver takes an output beat.
  public enum Ready: Hashable, Sendable {
    case always
    /// In that many of thousand cycles, drawn from a generator of our own.
    case random(seed: UInt32, permille: Int)
  }

  public var items: [Item]
  /// Output frames that end the run.
  public var outputFrames: Int
  public var ready: Ready
  /// Cycles in which nothing moves before the run is given up.
  public var timeout: Int
  /// Cycles after the last expected frame in which something unexpected would still be seen.
  public var settlingCycles: Int

  public init(
    _ items: [Item] = [], outputFrames: Int = 0, ready: Ready = .always, timeout: Int = 100_000,
    settlingCycles: Int = 16
  ) {
    self.items = items
    self.outputFrames = outputFrames
    self.ready = ready
    self.timeout = timeout
    self.settlingCycles = settlingCycles
  }

  /// Adds a frame that will be answered by one output frame.
  public mutating func append(
    frame values: some Collection<Int64>, startsSequence: Bool = false, idleCycles: Int = 0
  ) {
    for (index, value) in values.enumerated() {
      let beat = Beat(
        value, isLast: index == values.count - 1, startsSequence: startsSequence && index == 0,
        idleCycles: index == 0 ? idleCycles : 0)
      items.append(.beat(beat))
    }
    outputFrames += 1
  }

  /// The text that both testbenches read (sim/README.md) for an input stream of that width.
  public func text(inputBytes: Int) -> [UInt8] {
    let mask = UInt64.max >> (64 - 8 * UInt64(inputBytes))
    var text = Array(header.utf8)
    text.reserveCapacity(text.count + items.count * (2 * inputBytes + 8))
    for item in items {
      switch item {
      case .beat(let beat):
        let digits = String(UInt64(bitPattern: beat.value) & mask, radix: 16)
        text.append(contentsOf: digits.utf8)
        text.append(contentsOf: beat.isLast ? " 1 ".utf8 : " 0 ".utf8)
        text.append(contentsOf: beat.startsSequence ? "1 ".utf8 : "0 ".utf8)
        text.append(contentsOf: String(beat.idleCycles).utf8)
      case .wait(let frames): text.append(contentsOf: "wait \(frames)".utf8)
      case .reset(let frames): text.append(contentsOf: "reset \(frames)".utf8)
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private var header: String {
    let readiness =
      switch ready {
      case .always: "always"
      case .random(let seed, let permille): "random \(seed) \(permille)"
      }
    return """
      outputs \(outputFrames)
      ready \(readiness)
      timeout \(timeout)
      settle \(settlingCycles)

      """
  }
}
