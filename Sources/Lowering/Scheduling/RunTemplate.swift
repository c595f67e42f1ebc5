/// Which runs of terms a lane takes in which order, whatever the step: taken from one step of a
/// rolling schedule, for another one that follows it.
///
/// A greedy schedule may repeat itself only every few steps. With the order of the runs fixed, starts
/// can only be put off, and every step does so as the one before it, if the order allows the period.
struct RunTemplate {
  struct Entry {
    /// Slot after the step's release before which the run does not start.
    let start: Int32
    let sum: Int32
    let count: Int32
  }

  /// By lane, in the order in which one period takes them; entries of steps that began earlier
  /// stand among those of the newest.
  let entries: [[Entry]]
  let period: Int32

  init(_ placement: StepPlacement, lanes: Int, period: Int32) {
    self.period = period
    var entries = [[Entry]](repeating: [], count: lanes)
    for run in placement.runs {
      entries[Int(run.lane)].append(
        Entry(start: run.start - placement.release, sum: run.sum, count: run.count))
    }
    self.entries = entries.map { lane in
      lane.sorted { ($0.start % period, $0.start) < ($1.start % period, $1.start) }
    }
  }

  /// How many steps before the newest one an entry belongs to.
  func age(of entry: Entry) -> Int { Int(entry.start / period) }
}
