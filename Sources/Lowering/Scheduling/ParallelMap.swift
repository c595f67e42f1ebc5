import Dispatch
import Synchronization

/// Maps a few elements whose results take long on all processors.
public enum ParallelMap {
  /// The results in the order of the elements, whatever the order in which they were made.
  public static func results<Element: Sendable, Result: Sendable>(
    of elements: [Element], _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: elements.count))
    withoutActuallyEscaping(transform) { transform in
      DispatchQueue.concurrentPerform(iterations: elements.count) { index in
        let result = transform(elements[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
