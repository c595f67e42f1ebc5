/// Slots of one resource over time, each used at most once; finds the next free one in nearly
/// constant time (a union-find whose roots are free slots).
struct SlotTimeline {
  private var next: [Int32] = []

  /// The first free slot at or after `slot`.
  mutating func firstFree(from slot: Int) -> Int {
    grow(to: slot)
    var root = slot
    while root < next.count, Int(next[root]) != root { root = Int(next[root]) }
    grow(to: root)
    // Path compression: every slot passed points to the root.
    var cursor = slot
    while cursor != root {
      let following = Int(next[cursor])
      next[cursor] = Int32(root)
      cursor = following
    }
    return root
  }

  mutating func isFree(_ slot: Int) -> Bool {
    grow(to: slot)
    return Int(next[slot]) == slot
  }

  mutating func take(_ slot: Int) {
    grow(to: slot + 1)
    next[slot] = Int32(slot + 1)
  }

  private mutating func grow(to slot: Int) {
    while next.count <= slot { next.append(Int32(next.count)) }
  }
}
