import Foundation

/// Progress of work that takes minutes: what is being done, and for how long already.
struct ProgressTicker: Sendable {
  private let console: Console

  init(_ console: Console) { self.console = console }

  /// Runs the work; the last words that it said are shown with the seconds since then.
  func run<Result: Sendable>(
    _ work: @escaping @Sendable (@escaping @Sendable (String) -> Void) async throws -> Result
  ) async throws -> Result {
    let last = LastWords()
    let ticks = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(1))
        if let (words, seconds) = last.current, seconds >= 2 {
          console.tick("\(words) (\(seconds) s)")
        }
      }
    }
    defer { ticks.cancel() }
    return try await work { words in
      last.set(words)
      console.progress(words)
    }
  }

  private final class LastWords: @unchecked Sendable {
    private let lock = NSLock()
    private var words: String?
    private var start = ContinuousClock.now

    func set(_ words: String) {
      lock.withLock {
        self.words = words
        start = .now
      }
    }

    /// The words and the whole seconds since they were said.
    var current: (String, Int64)? {
      lock.withLock { words.map { ($0, (ContinuousClock.now - start).components.seconds) } }
    }
  }
}
