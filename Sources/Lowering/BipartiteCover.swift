/// Minimum vertex cover of a bipartite graph by König's theorem: a maximum matching (Hopcroft and
/// Karp) and the vertices reached from its free right vertices by alternating paths.
///
/// Among the minimum covers it takes the one with the most right vertices; the order of vertices
/// and edges decides the rest, so the result is the same in every run.
struct BipartiteCover {
  private let edges: [[Int]]
  private let rightCount: Int
  private var matchOfLeft: [Int]
  private var matchOfRight: [Int]

  /// `edges[l]` lists the right neighbours of left vertex l.
  init(edges: [[Int]], rightCount: Int) {
    self.edges = edges
    self.rightCount = rightCount
    matchOfLeft = [Int](repeating: -1, count: edges.count)
    matchOfRight = [Int](repeating: -1, count: rightCount)
  }

  /// Which left and which right vertices form the cover.
  mutating func minimumCover() -> (left: [Bool], right: [Bool]) {
    while augmentAlongShortestPaths() {}
    return coverFromFreeRightVertices()
  }

  /// One phase of Hopcroft and Karp; false when the matching is maximum.
  private mutating func augmentAlongShortestPaths() -> Bool {
    let distances = distancesFromFreeLeftVertices()
    guard let distances else { return false }
    var next = [Int](repeating: 0, count: edges.count)
    for left in edges.indices where matchOfLeft[left] < 0 {
      augment(from: left, distances, &next)
    }
    return true
  }

  private func distancesFromFreeLeftVertices() -> [Int]? {
    var distances = [Int](repeating: .max, count: edges.count)
    var queue: [Int] = []
    for left in edges.indices where matchOfLeft[left] < 0 {
      distances[left] = 0
      queue.append(left)
    }
    var reachesFree = false
    var head = 0
    while head < queue.count {
      let left = queue[head]
      head += 1
      for right in edges[left] {
        let owner = matchOfRight[right]
        if owner < 0 {
          reachesFree = true
        } else if distances[owner] == .max {
          distances[owner] = distances[left] + 1
          queue.append(owner)
        }
      }
    }
    return reachesFree ? distances : nil
  }

  /// Depth-first search with an explicit stack (paths may be long) along the level graph.
  private mutating func augment(from root: Int, _ distances: [Int], _ next: inout [Int]) {
    var path = [root]
    var used: [Int] = []
    while let left = path.last {
      guard next[left] < edges[left].count else {
        path.removeLast()
        if !used.isEmpty { used.removeLast() }
        continue
      }
      let right = edges[left][next[left]]
      next[left] += 1
      let owner = matchOfRight[right]
      if owner < 0 {
        used.append(right)
        for (vertex, partner) in zip(path, used) {
          matchOfLeft[vertex] = partner
          matchOfRight[partner] = vertex
        }
        return
      }
      if distances[owner] == distances[left] + 1 {
        used.append(right)
        path.append(owner)
      }
    }
  }

  private func coverFromFreeRightVertices() -> (left: [Bool], right: [Bool]) {
    var leftOfRight = [[Int]](repeating: [], count: rightCount)
    for left in edges.indices { for right in edges[left] { leftOfRight[right].append(left) } }
    var reachedLeft = [Bool](repeating: false, count: edges.count)
    var reachedRight = matchOfRight.map { $0 < 0 }
    var queue = reachedRight.indices.filter { reachedRight[$0] }
    while let right = queue.popLast() {
      for left in leftOfRight[right] where !reachedLeft[left] {
        reachedLeft[left] = true
        let partner = matchOfLeft[left]
        if partner >= 0, !reachedRight[partner] {
          reachedRight[partner] = true
          queue.append(partner)
        }
      }
    }
    return (reachedLeft, reachedRight.map { !$0 })
  }
}
