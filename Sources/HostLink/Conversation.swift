import Diagnostics

/// What went wrong between two frames.
public enum LinkFault: Error, Hashable, Sendable {
  /// No whole reply in time.
  case silent
  /// The reply to a later request came first: one was lost.
  case lost
  /// Bytes that do not end and answer nothing.
  case noisy
  case refused(Request, Refusal?)
}

/// Asks a board, and keeps requests and replies together.
public struct Conversation: Sendable {
  /// One request of a stream.
  public struct Question: Hashable, Sendable {
    public let request: Request
    public let payload: [UInt8]

    public init(_ request: Request, _ payload: [UInt8] = []) {
      self.request = request
      self.payload = payload
    }
  }

  /// Bytes without an end that no board would send.
  private static let longestReply = 1 << 20

  private let port: SerialPort
  /// Longest time between a request and its reply.
  private let patience: Duration
  private var number: UInt8 = 0
  private var bytes: [UInt8] = []
  /// Frames from the board that were wrong in a bit.
  public private(set) var brokenReplies = 0

  public init(_ port: SerialPort, patience: Duration) {
    self.port = port
    self.patience = patience
  }

  /// The payload of one reply.
  public mutating func ask(_ request: Request, _ payload: [UInt8] = []) async throws -> [UInt8] {
    try await ask([Question(request, payload)], window: 1) { _ in }[0]
  }

  /// The payloads of all replies. Up to `window` requests are on their way at a time, so that the line
  /// is busy in both directions; `progress` gets the number of replies so far.
  public mutating func ask(
    _ questions: [Question], window: Int, progress: (Int) -> Void
  ) async throws -> [[UInt8]] {
    var replies: [[UInt8]] = []
    replies.reserveCapacity(questions.count)
    var sent = 0
    let first = number
    var end = ContinuousClock.now + patience
    while replies.count < questions.count {
      var burst: [UInt8] = []
      while sent < questions.count, sent - replies.count < window {
        burst +=
          questions[sent].request.frame(number: number, payload: questions[sent].payload)
          .encoded
        number &+= 1
        sent += 1
      }
      if !burst.isEmpty { try await port.write(burst) }
      let frame = try await next(before: end)
      let place = frame.number &- first &- UInt8(truncatingIfNeeded: replies.count)
      // Replies to requests that were given up may still come.
      guard Int(place) < sent - replies.count else { continue }
      guard place == 0 else { throw LinkFault.lost }
      let question = questions[replies.count]
      guard frame.type == question.request.replyType else {
        throw LinkFault.refused(question.request, frame.payload.first.flatMap(Refusal.init))
      }
      replies.append(frame.payload)
      end = ContinuousClock.now + patience
      progress(replies.count)
    }
    return replies
  }

  /// Ends whatever either side has left open, and waits until the board is silent.
  public mutating func settle() async throws {
    let end = ContinuousClock.now + patience * 4
    try await port.write([0, 0])
    while !(try await port.read(within: patience / 4)).isEmpty {
      guard ContinuousClock.now < end else { throw LinkFault.noisy }
    }
    bytes = []
  }

  /// The next whole frame.
  private mutating func next(before end: ContinuousClock.Instant) async throws -> Frame {
    while true {
      while let zero = bytes.firstIndex(of: 0) {
        let encoded = Array(bytes[..<zero])
        bytes.removeSubrange(...zero)
        if let frame = Frame(encoded: encoded) { return frame }
        if !encoded.isEmpty { brokenReplies += 1 }
      }
      if bytes.count > Self.longestReply {
        bytes = []
        brokenReplies += 1
      }
      let rest = end - ContinuousClock.now
      guard rest > .zero else { throw LinkFault.silent }
      bytes += try await port.read(within: rest)
    }
  }
}
