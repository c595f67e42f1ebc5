extension RollingSchedule {
  /// Makes known, to the lanes of its unit, when a sum can be gone on with.
  mutating func post(_ step: Int, _ sum: Int) {
    let end = Int32(problem.network.sums[sum].terms.upperBound)
    let taken = steps[step].taken[sum]
    guard taken < end else { return }
    let known = steps[step].known[sum] - taken
    let isKnown = taken + known == end
    let start = isKnown ? steps[step].start(sum, count: known) : .max
    if isKnown { post(Event(time: start, step: Int32(step), sum: Int32(sum))) }
    // The first terms may be there long before the last ones.
    guard known >= settings.minimumRun, steps[step].posted[sum] != taken else { return }
    let early = steps[step].start(sum, count: settings.minimumRun)
    guard early < start - settings.minimumRun else { return }
    steps[step].posted[sum] = taken
    post(Event(time: early, step: Int32(step), sum: Int32(sum)))
  }

  private mutating func post(_ event: Event) {
    let unit = problem.unit(ofSum: Int(event.sum))
    events[unit].insert(event)
    wakeLanes(of: unit, at: event.time)
  }

  private mutating func wakeLanes(of unit: Int, at time: Int32) {
    for lane in parked[unit] {
      laneQueue.insert(LaneTime(time: max(lane.time, time, now), lane: lane.lane))
    }
    parked[unit].removeAll(keepingCapacity: true)
  }

  /// Gives a lane that is free at some time the next run, or lets it wait.
  mutating func advance(_ lane: LaneTime) {
    now = lane.time
    let unit = Int(lane.lane) / problem.lanesPerUnit
    while let event = events[unit].min, event.time <= now {
      events[unit].removeMin()
      enqueue(event, unit)
    }
    if let ready = choose(for: lane, unit) {
      place(ready, on: lane, unit)
    } else if let event = events[unit].min {
      laneQueue.insert(LaneTime(time: event.time, lane: lane.lane))
    } else {
      parked[unit].append(lane)
    }
  }

  private mutating func enqueue(_ event: Event, _ unit: Int) {
    let (step, sum) = (Int(event.step), Int(event.sum))
    let count = steps[step].available(sum, at: now)
    guard count > 0 else { return }
    let taken = steps[step].taken[sum]
    let isWhole = Int(taken + count) == problem.network.sums[sum].terms.upperBound
    guard isWhole || count >= settings.minimumRun else { return }
    let ready = Ready(
      key: steps[step].release + dueTimes[Int(problem.cellOfSum[sum])], step: event.step,
      sum: event.sum, taken: taken, count: count)
    insert(ready, unit)
  }

  /// The most urgent entry whose sum meets no other in the chain, or the most urgent one at all.
  private mutating func choose(for lane: LaneTime, _ unit: Int) -> Ready? {
    guard let first = next(unit) else { return nil }
    if arrivesAlone(first, on: lane, unit) { return first }
    passedOver.removeAll(keepingCapacity: true)
    passedOver.append(first)
    var chosen = first
    while passedOver.count < 5, let other = next(unit) {
      if arrivesAlone(other, on: lane, unit) {
        chosen = other
        break
      }
      passedOver.append(other)
    }
    for ready in passedOver where ready != chosen { insert(ready, unit) }
    return chosen
  }

  private mutating func arrivesAlone(_ ready: Ready, on lane: LaneTime, _ unit: Int) -> Bool {
    let all = steps[Int(ready.step)].available(Int(ready.sum), at: lane.time)
    let member = lane.lane % Int32(problem.lanesPerUnit)
    return arrivalSlots[unit].isFree(Int(lane.time + runLength(all, unit) - 1 + member))
  }

  private mutating func insert(_ ready: Ready, _ unit: Int) {
    let sum = Int(ready.sum)
    let isWhole = Int(ready.taken + ready.count) == problem.network.sums[sum].terms.upperBound
    if isWhole { whole[unit].insert(ready) } else { parts[unit].insert(ready) }
    waiting[unit] += ready.count
  }

  /// The most urgent entry that still holds.
  private mutating func next(_ unit: Int) -> Ready? {
    while let ready = whole[unit].min, isStale(ready) {
      waiting[unit] -= ready.count
      whole[unit].removeMin()
    }
    while let ready = parts[unit].min, isStale(ready) {
      waiting[unit] -= ready.count
      parts[unit].removeMin()
    }
    let takesPart =
      switch (whole[unit].min, parts[unit].min) {
      case (let sum?, let part?): settings.isEager && part.key < sum.key
      case (.some, nil): false
      case (nil, _): true
      }
    let ready = takesPart ? parts[unit].popMin() : whole[unit].popMin()
    if let ready { waiting[unit] -= ready.count }
    return ready
  }

  private func isStale(_ ready: Ready) -> Bool {
    steps[Int(ready.step)].taken[Int(ready.sum)] != ready.taken
  }

  private mutating func place(_ ready: Ready, on lane: LaneTime, _ unit: Int) {
    let all = steps[Int(ready.step)].available(Int(ready.sum), at: lane.time)
    place(runLength(all, unit), ofSum: Int(ready.sum), Int(ready.step), on: lane, unit)
  }

  private mutating func place(
    _ count: Int32, ofSum sum: Int, _ step: Int, on lane: LaneTime, _ unit: Int
  ) {
    let member = lane.lane % Int32(problem.lanesPerUnit)
    // Two sums may not meet in the capture chain: wait until the arrival is free.
    let arrival = arrivalSlots[unit].firstFree(from: Int(lane.time + count - 1 + member))
    let start = Int32(arrival) - member + 1 - count
    arrivalSlots[unit].take(arrival)
    steps[step].place(
      .init(
        lane: lane.lane, start: start, first: steps[step].taken[sum], count: count,
        sum: Int32(sum)), arrival: Int32(arrival))
    steps[step].taken[sum] += count
    laneQueue.insert(LaneTime(time: start + count, lane: lane.lane))
    if Int(steps[step].taken[sum]) == problem.network.sums[sum].terms.upperBound {
      satisfy(problem.cellOfSum[sum], in: step)
      finishCells()
    } else {
      post(step, sum)
    }
  }

  /// Long runs cost fewer operations; short ones let the lanes of a unit end together.
  private func runLength(_ all: Int32, _ unit: Int) -> Int32 {
    guard settings.cutsSums else { return all }
    let lanes = Int32(problem.lanesPerUnit)
    let share = (waiting[unit] + all + lanes - 1) / lanes
    let count = min(all, max(settings.minimumRun, share))
    return all - count < max(2, settings.minimumRun / 2) ? all : count
  }
}
