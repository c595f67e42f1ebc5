import Diagnostics
import Foundation

/// Turns Ctrl-C, a polite kill and the end of a terminal into the cancellation of a piece of work, so that the programs it
/// started end with it and its temporary files go.
public struct InterruptHandler: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  public init() {}

  /// Runs the work; one of the signals cancels it, waits for its end, and throws `interrupted`.
  public func run<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let (arrivals, arrival) = AsyncStream<Void>.makeStream()
    // Before the work starts, so that no signal falls between.
    let sources = Self.signals.map { number in
      // Not SIG_IGN, which the programs started here would inherit.
      signal(number) { _ in }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrival.yield() }
      source.resume()
      return source
    }
    defer {
      for source in sources { source.cancel() }
      for number in Self.signals { signal(number, SIG_DFL) }
    }
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        for await _ in arrivals { return nil }
        throw CancellationError()
      }
      // The end of the group waits for the work, which cancels its programs first.
      defer { group.cancelAll() }
      guard let result = try await group.next() ?? nil else { throw Diagnostic.interrupted }
      return result
    }
  }
}
