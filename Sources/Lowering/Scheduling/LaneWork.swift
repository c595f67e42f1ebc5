/// What lanes have to do: bundles of sums whose sources they read together.
///
/// The lanes of a source stream work in lock step: in every cycle one value goes to all of them, and
/// each multiplies it by a weight of its own, which is zero where its sum does not contain the value.
/// Where a lane has a stream for itself, every bundle is a single sum.
///
/// Positions number the values of all bundles, those of one bundle in a row.
struct LaneWork {
  /// By bundle: its sums, in the order of the lanes that form them.
  let members: [[Int32]]
  /// By bundle: its positions.
  let positions: [Range<Int>]
  /// By sum: the bundle that it belongs to, and its place in it.
  let bundleOfSum: [Int32]
  let memberOfSum: [Int32]
  /// By position.
  let bundleOfPosition: [Int32]
  /// By position: the cell that makes what is read, or -1, and whether it is that of the step before.
  let cellOfPosition: [Int32]
  let readsPrevious: [Bool]
  /// By cell: positions that read its value, of this step and of the next one.
  let currentPositions: Grouping
  let previousPositions: Grouping
  /// By bundle: where its terms begin in `terms`, which holds, by position and member, an index into
  /// the network's terms, or -1.
  private let firstTerms: [Int32]
  private let terms: [Int32]

  var positionCount: Int { bundleOfPosition.count }

  init(_ network: QuantisedNetwork, _ bundles: [Bundle], cellOfValue: [Int32]) {
    members = bundles.map(\.sums)
    var positions: [Range<Int>] = []
    var bundleOfSum = [Int32](repeating: 0, count: network.sums.count)
    var memberOfSum = bundleOfSum
    var bundleOfPosition: [Int32] = []
    var cellOfPosition: [Int32] = []
    var readsPrevious: [Bool] = []
    var firstTerms: [Int32] = []
    var terms: [Int32] = []
    terms.reserveCapacity(network.terms.count)
    for (index, bundle) in bundles.enumerated() {
      for (member, sum) in bundle.sums.enumerated() {
        bundleOfSum[Int(sum)] = Int32(index)
        memberOfSum[Int(sum)] = Int32(member)
      }
      firstTerms.append(Int32(terms.count))
      let first = bundleOfPosition.count
      terms += bundle.terms
      for row in stride(from: 0, to: bundle.terms.count, by: bundle.sums.count) {
        guard let term = bundle.terms[row..<row + bundle.sums.count].first(where: { $0 >= 0 })
        else { preconditionFailure("a value of a bundle is read by one of its sums") }
        let source = network.terms[Int(term)].source
        bundleOfPosition.append(Int32(index))
        cellOfPosition.append(cellOfValue[source.value])
        readsPrevious.append(source.age == .previous)
      }
      positions.append(first..<bundleOfPosition.count)
    }
    self.positions = positions
    self.bundleOfSum = bundleOfSum
    self.memberOfSum = memberOfSum
    self.bundleOfPosition = bundleOfPosition
    self.cellOfPosition = cellOfPosition
    self.readsPrevious = readsPrevious
    self.firstTerms = firstTerms
    self.terms = terms
    func readers(_ isPrevious: Bool) -> Grouping {
      Grouping(
        groups: network.cells.count,
        keys: cellOfPosition.indices.map {
          readsPrevious[$0] == isPrevious ? cellOfPosition[$0] : -1
        })
    }
    currentPositions = readers(false)
    previousPositions = readers(true)
  }

  /// What a lane multiplies by the value at a position: an index into the network's terms, or nil
  /// where it has nothing to add.
  func term(at position: Int, member: Int) -> Int32? {
    let bundle = Int(bundleOfPosition[position])
    guard member < members[bundle].count else { return nil }
    let row = (position - positions[bundle].lowerBound) * members[bundle].count
    let term = terms[Int(firstTerms[bundle]) + row + member]
    return term < 0 ? nil : term
  }
}

/// Sums that the lanes of a source stream form together.
struct Bundle {
  /// Indices into the network's sums.
  var sums: [Int32]
  /// For every value that is read, one term by sum: indices into the network's terms, or -1 where the
  /// sum does not contain the value.
  var terms: [Int32]

  /// A sum by itself.
  init(_ sum: Int, in network: QuantisedNetwork) {
    sums = [Int32(sum)]
    terms = network.sums[sum].terms.map(Int32.init)
  }

  init(sums: [Int32], terms: [Int32]) {
    self.sums = sums
    self.terms = terms
  }
}
