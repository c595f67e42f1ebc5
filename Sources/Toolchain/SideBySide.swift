import Diagnostics

/// Independent pieces of work at the same time.
enum SideBySide {
  /// Results in the order of the pieces; the first failure cancels the others.
  static func run<Result: Sendable>(
    _ pieces: [@Sendable () async throws -> Result]
  ) async throws(Diagnostic) -> [Result] {
    do {
      return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        for (index, piece) in pieces.enumerated() {
          group.addTask {
            // In two lines: the optimiser of Swift 6.3.1 can lose a number that is captured and
            // stands before an `await` in the same tuple.
            let result = try await piece()
            return (index, result)
          }
        }
        var results: [Int: Result] = [:]
        for try await (index, result) in group { results[index] = result }
        return pieces.indices.compactMap { results[$0] }
      }
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw .interrupted
    }
  }
}
