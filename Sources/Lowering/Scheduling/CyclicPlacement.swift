/// Turns one step of a rolling schedule into a program that repeats every period.
///
/// Steps of a rolling schedule may differ from one another for ever although each keeps up. Here one
/// of them is folded into a single period and what collides is put off, over and over, until nothing
/// moves any more. What reads the step before relies on a latest finish of every cell; as long as
/// all cells keep theirs, it does not matter that steps could have been placed in another way.
struct CyclicPlacement {
  /// A run of values: one captured part of every sum of a bundle. Times are slots since the step's
  /// release.
  struct Run {
    let bundle: Int32
    /// Range in the order of positions.
    var first: Int32
    var count: Int32
    var start: Int32
    var stream: Int32 = -1
  }

  let problem: ScheduleProblem
  let period: Int32
  let minimumRun: Int32
  /// Whether runs that reach too far into the next period are cut at once, or only if they stay so.
  let cutsAtOnce: Bool
  /// Positions, grouped by bundle.
  let order: [Int32]
  var runs: [Run]
  /// By unit: indices into `runs`.
  var runsOfUnit: [[Int32]]
  /// By cell: the finish that readers in the next step rely on, and the one that it has.
  var promised: [Int32]
  var finishes: [Int32]
  let heights: [Int32]
  private(set) var operations: [StepPlacement.Operation] = []

  init(
    _ problem: ScheduleProblem, _ step: StepPlacement, period: Int32, heights: [Int32],
    minimumRun: Int32, cutsAtOnce: Bool
  ) {
    self.problem = problem
    self.period = period
    self.minimumRun = minimumRun
    self.cutsAtOnce = cutsAtOnce
    self.heights = heights
    order = step.order
    runs = step.runs.map {
      Run(bundle: $0.bundle, first: $0.first, count: $0.count, start: $0.start - step.release)
    }
    var runsOfUnit = [[Int32]](repeating: [], count: problem.units)
    for (index, run) in runs.enumerated() {
      runsOfUnit[problem.unit(ofBundle: Int(run.bundle))].append(Int32(index))
    }
    self.runsOfUnit = runsOfUnit
    finishes = step.finishes.map { $0 - step.release }
    promised = finishes
  }

  /// The settled placement, or nil if it does not come to rest.
  mutating func settled(maximumSweeps: Int) -> StepPlacement? {
    let limit = (finishes.max() ?? 0) + period
    guard placeRuns() else { return nil }
    for _ in 0..<maximumSweeps {
      let rows = CyclicRows(problem, period: period, heights: heights, promised: promised)
      guard rows.place(runs, near: finishes) else { return nil }
      finishes = rows.finishes
      operations = rows.operations
      var isLate = false
      for cell in finishes.indices where finishes[cell] > promised[cell] {
        promised[cell] = finishes[cell]
        isLate = true
        guard finishes[cell] <= limit else { return nil }
      }
      let isPutOff = putOffRuns()
      if isPutOff, !placeRuns() { return nil }
      if !isLate && !isPutOff { return placement }
    }
    return nil
  }

  /// Lets every run start no earlier than its values are there; false if all did.
  private mutating func putOffRuns() -> Bool {
    var isPutOff = false
    for index in runs.indices {
      let run = runs[index]
      var start = run.start
      for offset in 0..<run.count {
        let position = Int(order[Int(run.first + offset)])
        let cell = Int(problem.work.cellOfPosition[position])
        guard cell >= 0 else { continue }
        let time =
          problem.work.readsPrevious[position] ? promised[cell] - period : finishes[cell]
        start = max(start, time + problem.toRead[cell] - offset)
      }
      if start > run.start {
        runs[index].start = start
        isPutOff = true
      }
    }
    return isPutOff
  }

  private var placement: StepPlacement {
    StepPlacement(
      order: order,
      runs: runs.map {
        .init(
          stream: $0.stream, start: $0.start, first: $0.first, count: $0.count, bundle: $0.bundle)
      }, operations: operations, finishes: finishes)
  }
}
