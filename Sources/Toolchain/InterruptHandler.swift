import Diagnostics
import Foundation

/// Turns Ctrl-C and a polite kill into the cancellation of a piece of work, so that the programs it
/// started end with it and its temporary files go.
public struct InterruptHandler: Sendable {
  public init() {}

  /// Runs the work; SIGINT and SIGTERM cancel it meanwhile.
  public func run<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM].map { number in
      // Not SIG_IGN, which the programs started here would inherit.
      signal(number) { _ in }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { task.cancel() }
      source.resume()
      return source
    }
    defer {
      sources.forEach { $0.cancel() }
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try await withTaskCancellationHandler {
      do {
        return try await task.value
      } catch is CancellationError {
        throw Diagnostic.interrupted
      }
    } onCancel: {
      task.cancel()
    }
  }
}
