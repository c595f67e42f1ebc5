/// Sorts items with small integer keys in linear time. Applied once per key, least significant key
/// first, it sorts by several keys, because it keeps the order of equal ones.
enum CountingSort {
  /// The items' positions in ascending order of their keys, which lie in 0 ..< keyCount.
  static func order(count: Int, keyCount: Int, key: (Int) -> Int) -> [Int32] {
    sort(count: count, keyCount: keyCount, item: { Int32($0) }, key: key)
  }

  /// Sorts positions that are already in the order of less significant keys.
  static func order(_ positions: [Int32], keyCount: Int, key: (Int) -> Int) -> [Int32] {
    sort(
      count: positions.count, keyCount: keyCount, item: { positions[$0] },
      key: { key(Int(positions[$0])) })
  }

  private static func sort(
    count: Int, keyCount: Int, item: (Int) -> Int32, key: (Int) -> Int
  ) -> [Int32] {
    var next = [Int32](repeating: 0, count: keyCount + 1)
    for index in 0..<count { next[key(index) + 1] += 1 }
    for value in 0..<keyCount { next[value + 1] += next[value] }
    var sorted = [Int32](repeating: 0, count: count)
    for index in 0..<count {
      let value = key(index)
      sorted[Int(next[value])] = item(index)
      next[value] += 1
    }
    return sorted
  }
}
