import Diagnostics
import Emission
import HostLink
import Lowering

/// Plays sequences to a board over its serial link and reads what it did.
public struct BoardRun: Sendable {
  /// Times that a sequence is begun again where the line loses a frame.
  private static let repetitions = 3
  /// How long a board may take to load its weights after a reset.
  private static let loadingTime = Duration.seconds(5)
  /// Requests on their way at a time, at most: more hide no delay of a USB adapter.
  private static let widestWindow = 16
  /// Round trips that are timed one by one.
  private static let pings = 9

  /// By frame, in order: words of the output stream.
  public let frames: [[Int64]]
  /// As stored after the last step, by state slot of the network.
  public let states: [Int64]
  /// Cycles from the last input element to the first output element, of the last step.
  public let replyLatency: Int
  /// Output frames that the core gave, including those of sequences that were begun again.
  public let framesGiven: Int
  /// Frames that the board forgot because a bit was wrong, since its reset.
  public let badFrames: Int
  /// Sequences that were begun again.
  public let repeats: Int
  /// Of pings one after the other, in ascending order.
  public let roundTrips: [Duration]
  /// Of all sequences, with the replies.
  public let elapsed: Duration

  /// `progress` gets the number of steps that have been answered.
  public init(
    _ design: HardwareDesign, _ inputs: WordSequences, over conversation: inout Conversation,
    progress: (Int) -> Void
  ) async throws {
    let width = design.dataBits / 8
    let window = min(Self.widestWindow, LinkShape(design).framesAtOnce)
    roundTrips = try await Self.time(&conversation)
    try await Self.awaitWeights(&conversation)
    let before = try await Self.counts(&conversation)
    let start = ContinuousClock.now
    var frames: [[Int64]] = []
    frames.reserveCapacity(inputs.stepCount)
    var repeats = 0
    for sequence in inputs.sequences {
      let questions =
        [Conversation.Question(.reset)]
        + sequence.map { .init(.step, Words.bytes($0.map(Int64.init), width: width)) }
      let answered = frames.count
      var replies: [[UInt8]]?
      var attempts = 0
      while replies == nil {
        do {
          replies = try await conversation.ask(questions, window: window) {
            progress(answered + max(0, $0 - 1))
          }
        } catch let fault as LinkFault {
          // A step that got lost on its way to the board or back: the state tells not which.
          if case .refused = fault { throw fault }
          attempts += 1
          guard attempts < Self.repetitions else { throw fault }
          try await conversation.settle()
        }
      }
      repeats += attempts
      frames += (replies ?? []).dropFirst().map { Words.words($0, width: width) }
    }
    elapsed = ContinuousClock.now - start
    self.frames = frames
    self.repeats = repeats
    let words = Words.words(
      try await Self.ask(.readStates, &conversation), width: Words.width)
    states = StateWords.places(design).map { $0 < words.count ? words[$0] : 0 }
    let after = try await Self.counts(&conversation)
    replyLatency = after[BoardCount.latency.rawValue]
    framesGiven = after[BoardCount.steps.rawValue] - before[BoardCount.steps.rawValue]
    badFrames = after[BoardCount.badFrames.rawValue]
  }

  private static func time(_ conversation: inout Conversation) async throws -> [Duration] {
    var times: [Duration] = []
    for _ in 0..<pings {
      var start = ContinuousClock.now
      _ = try await ask(.ping, &conversation) { start = ContinuousClock.now }
      times.append(ContinuousClock.now - start)
    }
    return times.sorted()
  }

  /// A board that loads its weights refuses requests of the core until it has them.
  private static func awaitWeights(_ conversation: inout Conversation) async throws {
    let end = ContinuousClock.now + loadingTime
    while true {
      do {
        _ = try await ask(.reset, &conversation)
        return
      } catch LinkFault.refused(.reset, .notAble) where ContinuousClock.now < end {
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// The reply to a request that may be repeated, after lost frames again; `repeated` is told.
  private static func ask(
    _ request: Request, _ conversation: inout Conversation, repeated: () -> Void = {}
  ) async throws -> [UInt8] {
    for _ in 1..<repetitions {
      do { return try await conversation.ask(request) } catch LinkFault.silent, LinkFault.lost {
        try await conversation.settle()
        repeated()
      }
    }
    return try await conversation.ask(request)
  }

  private static func counts(_ conversation: inout Conversation) async throws -> [Int] {
    let bytes = try await ask(.readCounts, &conversation)
    let counts = Words.words(bytes, width: Words.width).map { Int(UInt32(truncatingIfNeeded: $0)) }
    guard counts.count == BoardCount.allCases.count else {
      throw LinkFault.refused(.readCounts, nil)
    }
    return counts
  }
}
