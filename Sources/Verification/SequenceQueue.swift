import Synchronization

/// Sequences that wait for a free lane, whichever thread it belongs to.
///
/// The longest come first, so that all lanes end at about the same time.
final class SequenceQueue: Sendable {
  let sequences: [[[Int32]]]
  private let order: [Int]
  private let taken = Atomic(0)
  private let isStopped = Atomic(false)

  init(_ sequences: [[[Int32]]]) {
    self.sequences = sequences
    order = sequences.indices.sorted {
      (sequences[$1].count, $0) < (sequences[$0].count, $1)
    }
  }

  /// How many lanes can be busy nearly all the time.
  var parallelism: Int {
    let longest = order.first.map { sequences[$0].count } ?? 0
    guard longest > 0 else { return 1 }
    return (sequences.reduce(0) { $0 + $1.count } + longest - 1) / longest
  }

  /// The next sequence's position; nil when all of them are taken or the run was stopped.
  func take() -> Int? {
    guard !hasStopped else { return nil }
    let place = taken.add(1, ordering: .relaxed).oldValue
    return place < order.count ? order[place] : nil
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  var hasStopped: Bool { isStopped.load(ordering: .relaxed) }
}
