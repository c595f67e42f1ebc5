/// Indices sorted into groups, in flat arrays.
struct Grouping {
  private let starts: [Int32]
  private let members: [Int32]

  /// Index i belongs to group `keys[i]`, or to none where that is negative.
  init(groups: Int, keys: [Int32]) {
    var starts = [Int32](repeating: 0, count: groups + 1)
    for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    var next = starts
    var members = [Int32](repeating: 0, count: Int(starts[groups]))
    for (index, key) in keys.enumerated() where key >= 0 {
      members[Int(next[Int(key)])] = Int32(index)
      next[Int(key)] += 1
    }
    self.starts = starts
    self.members = members
  }

  subscript(group: Int) -> ArraySlice<Int32> {
    members[Int(starts[group])..<Int(starts[group + 1])]
  }
}
