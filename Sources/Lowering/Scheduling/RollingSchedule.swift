import HeapModule

/// Plays a greedy scheduler over several steps, one beginning every `period` slots, until each step
/// is placed like the one before it: then the placement of one step is a program that repeats.
///
/// Source streams take the most urgent available values as time goes on, node units finish cells as
/// soon as their sums and operands are there. As steps overlap, a stream that has nothing left to do
/// for one step goes on with what is already known of the next. Streams serve bundles of sums, see
/// `LaneWork`.
struct RollingSchedule {
  /// What distinguishes attempts; none of it changes a result.
  struct Settings: Hashable {
    /// Parts of bundles are not shorter than this, except the last one.
    var minimumRun: Int32
    /// Whether the more urgent of a whole bundle and a part of one comes first, or the whole always.
    var isEager: Bool
    /// How far, in periods, the work of a unit's first cluster of cells comes before that of its last.
    var stagger: Double
    /// Whether bundles are cut so that the streams of a unit share what is there.
    var cutsBundles: Bool
  }

  struct Ready: Comparable {
    /// Latest useful start, smaller is more urgent.
    let key: Int32
    let step: Int32
    let bundle: Int32
    /// Positions taken and available when the entry was made.
    let taken: Int32
    let count: Int32
    static func < (a: Ready, b: Ready) -> Bool {
      (a.key, a.step, a.bundle) < (b.key, b.step, b.bundle)
    }
  }

  struct Event: Comparable {
    let time: Int32
    let step: Int32
    let bundle: Int32
    static func < (a: Event, b: Event) -> Bool {
      (a.time, a.step, a.bundle) < (b.time, b.step, b.bundle)
    }
  }

  struct StreamTime: Comparable {
    let time: Int32
    let stream: Int32
    static func < (a: StreamTime, b: StreamTime) -> Bool {
      (a.time, a.stream) < (b.time, b.stream)
    }
  }

  let problem: ScheduleProblem
  let period: Int32
  let settings: Settings
  let heights: [Int32]
  /// By bundle: slots after a step's release at which it should be begun.
  let dueTimes: [Int32]
  var steps: [StepPlacement] = []
  let rows: RowBuilder

  var events: [Heap<Event>]
  var whole: [Heap<Ready>]
  var parts: [Heap<Ready>]
  /// By unit: positions in `whole` and `parts`.
  var waiting: [Int32]
  var streamQueue = Heap<StreamTime>()
  var parked: [[StreamTime]]
  var arrivalSlots: [SlotTimeline]
  var unitSlots: [SlotTimeline]
  var wideSlots: [SlotTimeline]
  var resultSlots: [SlotTimeline]
  var busSlots = SlotTimeline()
  /// By cycle of writing: units that read what is on the bus, units that write for themselves.
  var busReaders: [UInt64] = []
  var localWriters: [UInt64] = []
  var finishable: [(step: Int32, cell: Int32)] = []
  /// Entries that wait while another one is chosen.
  var passedOver: [Ready] = []
  /// Time of the stream served last: a woken one must not act before what others already know.
  var now: Int32 = 0

  init(_ problem: ScheduleProblem, period: Int, _ settings: Settings) {
    self.problem = problem
    rows = RowBuilder(problem)
    self.period = Int32(period)
    self.settings = settings
    let heights = problem.heights(period: period)
    self.heights = heights
    let cellTimes = heights.indices.map {
      Int32(problem.turns[$0] * settings.stagger * Double(period)) - heights[$0]
    }
    dueTimes = problem.work.members.indices.map { bundle in
      problem.cells(ofBundle: bundle).map { cellTimes[Int($0)] }.min() ?? 0
    }
    let units = problem.units
    events = .init(repeating: Heap(), count: units)
    whole = .init(repeating: Heap(), count: units)
    parts = whole
    waiting = .init(repeating: 0, count: units)
    parked = .init(repeating: [], count: units)
    arrivalSlots = .init(repeating: SlotTimeline(), count: units)
    unitSlots = arrivalSlots
    wideSlots = arrivalSlots
    resultSlots = arrivalSlots
    for stream in 0..<problem.streams {
      streamQueue.insert(StreamTime(time: 0, stream: Int32(stream)))
    }
  }

  /// Index of a step from which on all are alike, or nil if that did not come about.
  mutating func run(maximumSteps: Int) -> Int? {
    var compared = 1
    var streak = 0
    var growth = 0
    while true {
      let nextRelease = Int32(steps.count) * period
      if let stream = streamQueue.min, stream.time < nextRelease {
        streamQueue.removeMin()
        advance(stream)
      } else {
        guard steps.count < maximumSteps, !isFallingBehind() else { return nil }
        beginStep()
      }
      while compared < steps.count, steps[compared].unplacedCells == 0 {
        let isAlike = steps[compared].fingerprint == steps[compared - 1].fingerprint
        streak = isAlike ? streak + 1 : 0
        if streak > 0, streak >= stages(ofStep: compared) { return compared }
        let isLater = length(ofStep: compared) > length(ofStep: compared - 1)
        growth = isLater ? growth + 1 : 0
        // Each step takes longer than the one before: they cannot follow one another so fast.
        if growth > 4 { return nil }
        compared += 1
      }
    }
  }

  /// Periods in which a step has anything in the pipelines.
  private func stages(ofStep step: Int) -> Int {
    let end = length(ofStep: step) + problem.profile.result(.longTable) + 1
    return (end + Int(period) - 1) / Int(period)
  }

  private func length(ofStep step: Int) -> Int {
    Int((steps[step].finishes.max() ?? 0) - steps[step].release)
  }

  /// The last step that is completely placed, if steps keep up.
  var lastCompleteStep: Int? {
    guard let last = steps.indices.last(where: { steps[$0].unplacedCells == 0 }), last > 0,
      steps.count - last <= 5
    else { return nil }
    return last
  }

  /// More steps in work than any useful program has.
  private func isFallingBehind() -> Bool {
    steps.count > 8 && steps[steps.count - 8].unplacedCells > 0
  }

  private mutating func beginStep() {
    let index = steps.count
    let release = Int32(index) * period
    now = max(now, release)
    steps.append(StepPlacement(problem, release: release, isFirst: index == 0))
    let network = problem.network
    let work = problem.work
    for bundle in work.positions.indices {
      for position in work.positions[bundle] {
        let cell = Int(work.cellOfPosition[position])
        let readsPrevious = work.readsPrevious[position]
        if cell < 0 || (index == 0 && readsPrevious) {
          steps[index].learn(Int32(position), ofBundle: bundle, at: release)
        } else if readsPrevious, steps[index - 1].finishes[cell] >= 0 {
          steps[index].learn(
            Int32(position), ofBundle: bundle, at: availability(cell, step: index - 1))
        }
      }
      post(index, bundle)
    }
    if index > 0 {
      for cell in network.cells.indices where steps[index - 1].finishes[cell] >= 0 {
        steps[index].missing[cell] -= network.cells[cell].stateSlot == nil ? 0 : 1
        for reader in problem.previousCells[cell] { steps[index].missing[Int(reader)] -= 1 }
      }
    }
    let ready = network.cells.indices.filter { steps[index].missing[$0] == 0 }
    for cell in ready.sorted(by: { (heights[$0], $1) < (heights[$1], $0) }) {
      finishable.append((Int32(index), Int32(cell)))
    }
    finishCells()
  }

  /// From when on lanes and units can read a cell's value of a step.
  func availability(_ cell: Int, step: Int) -> Int32 {
    steps[step].finishes[cell] + problem.toRead[cell]
  }
}
