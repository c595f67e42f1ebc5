import Diagnostics

/// Independent pieces of work at the same time.
public enum SideBySide {
  /// Results in the order of the pieces; the first failure cancels the others. Without a `limit` all
  /// pieces run at once, otherwise so many.
  public static func run<Result: Sendable>(
    _ pieces: [@Sendable () async throws -> Result], limit: Int? = nil
  ) async throws(Diagnostic) -> [Result] {
    do {
      return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var waiting = pieces.enumerated().makeIterator()
        func start() {
          guard let (index, piece) = waiting.next() else { return }
          group.addTask {
            // In two lines: the optimiser of Swift 6.3.1 can lose a number that is captured and
            // stands before an `await` in the same tuple.
            let result = try await piece()
            return (index, result)
          }
        }
        for _ in 0..<min(limit ?? pieces.count, pieces.count) { start() }
        var results: [Int: Result] = [:]
        for try await (index, result) in group {
          results[index] = result
          start()
        }
        return pieces.indices.compactMap { results[$0] }
      }
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw .interrupted
    }
  }
}
