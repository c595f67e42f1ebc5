import Diagnostics
import Foundation

/// Asynchronous work for callers that are not.
public enum Blocking {
  /// Waits for the work. Only for threads that run no task: a waiting thread serves no other task.
  @available(*, noasync)
  public static func run<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) throws -> Result {
    let box = Box<Result>()
    let semaphore = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        box.result = .success(try await work())
      } catch {
        box.result = .failure(error)
      }
      semaphore.signal()
    }
    semaphore.wait()
    guard let result = box.result else { preconditionFailure("the work ended without a result") }
    return try result.get()
  }

  /// Written before the signal and read after it, never at the same time.
  private final class Box<Result>: @unchecked Sendable {
    var result: Swift.Result<Result, any Error>?
  }
}
