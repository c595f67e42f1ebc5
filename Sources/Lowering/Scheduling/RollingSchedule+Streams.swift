extension RollingSchedule {
  /// Makes known, to the streams of its unit, when a bundle can be gone on with.
  mutating func post(_ step: Int, _ bundle: Int) {
    let end = Int32(problem.work.positions[bundle].upperBound)
    let taken = steps[step].taken[bundle]
    guard taken < end else { return }
    let known = steps[step].known[bundle] - taken
    let isKnown = taken + known == end
    let start = isKnown ? steps[step].start(bundle, count: known) : .max
    if isKnown { post(Event(time: start, step: Int32(step), bundle: Int32(bundle))) }
    // The first values may be there long before the last ones.
    guard known >= settings.minimumRun, steps[step].posted[bundle] != taken else { return }
    let early = steps[step].start(bundle, count: settings.minimumRun)
    guard early < start - settings.minimumRun else { return }
    steps[step].posted[bundle] = taken
    post(Event(time: early, step: Int32(step), bundle: Int32(bundle)))
  }

  private mutating func post(_ event: Event) {
    let unit = problem.unit(ofBundle: Int(event.bundle))
    events[unit].insert(event)
    wakeStreams(of: unit, at: event.time)
  }

  private mutating func wakeStreams(of unit: Int, at time: Int32) {
    for stream in parked[unit] {
      streamQueue.insert(StreamTime(time: max(stream.time, time, now), stream: stream.stream))
    }
    parked[unit].removeAll(keepingCapacity: true)
  }

  /// Gives a stream that is free at some time the next run, or lets it wait.
  mutating func advance(_ stream: StreamTime) {
    now = stream.time
    let unit = Int(stream.stream) / problem.streamsPerUnit
    while let event = events[unit].min, event.time <= now {
      events[unit].removeMin()
      enqueue(event, unit)
    }
    if let ready = choose(for: stream, unit) {
      place(ready, on: stream, unit)
    } else if let event = events[unit].min {
      streamQueue.insert(StreamTime(time: event.time, stream: stream.stream))
    } else {
      parked[unit].append(stream)
    }
  }

  private mutating func enqueue(_ event: Event, _ unit: Int) {
    let (step, bundle) = (Int(event.step), Int(event.bundle))
    let count = steps[step].available(bundle, at: now)
    guard count > 0 else { return }
    let taken = steps[step].taken[bundle]
    let isWhole = Int(taken + count) == problem.work.positions[bundle].upperBound
    guard isWhole || count >= settings.minimumRun else { return }
    let ready = Ready(
      key: steps[step].release + dueTimes[bundle], step: event.step,
      bundle: event.bundle, taken: taken, count: count)
    insert(ready, unit)
  }

  /// The most urgent entry whose sums meet no other in the chain, or the most urgent one at all.
  private mutating func choose(for stream: StreamTime, _ unit: Int) -> Ready? {
    guard let first = next(unit) else { return nil }
    if arrivesAlone(first, on: stream, unit) { return first }
    passedOver.removeAll(keepingCapacity: true)
    passedOver.append(first)
    var chosen = first
    while passedOver.count < 5, let other = next(unit) {
      if arrivesAlone(other, on: stream, unit) {
        chosen = other
        break
      }
      passedOver.append(other)
    }
    for ready in passedOver where ready != chosen { insert(ready, unit) }
    return chosen
  }

  private mutating func arrivesAlone(_ ready: Ready, on stream: StreamTime, _ unit: Int) -> Bool {
    let arrival = stream.time + runLength(ready, at: stream.time, unit) - 1
    return arriveAlone(arrival + problem.chainDelay(ofStream: stream.stream), unit)
  }

  /// Whether a run whose first sum arrives in a slot has the chain for itself.
  private mutating func arriveAlone(_ arrival: Int32, _ unit: Int) -> Bool {
    for member in 0..<Int32(problem.lanesPerStream)
    where !arrivalSlots[unit].isFree(Int(arrival + member * problem.arrivalSpacing)) {
      return false
    }
    return true
  }

  /// The first slot from which on the sums of a run can arrive.
  private mutating func firstArrival(from slot: Int32, _ unit: Int) -> Int32 {
    var arrival = slot
    while true {
      arrival = Int32(arrivalSlots[unit].firstFree(from: Int(arrival)))
      if arriveAlone(arrival, unit) { return arrival }
      arrival += 1
    }
  }

  private mutating func insert(_ ready: Ready, _ unit: Int) {
    let bundle = Int(ready.bundle)
    let isWhole = Int(ready.taken + ready.count) == problem.work.positions[bundle].upperBound
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
      case (let bundle?, let part?): settings.isEager && part.key < bundle.key
      case (.some, nil): false
      case (nil, _): true
      }
    let ready = takesPart ? parts[unit].popMin() : whole[unit].popMin()
    if let ready { waiting[unit] -= ready.count }
    return ready
  }

  private func isStale(_ ready: Ready) -> Bool {
    steps[Int(ready.step)].taken[Int(ready.bundle)] != ready.taken
  }

  private mutating func place(_ ready: Ready, on stream: StreamTime, _ unit: Int) {
    let count = runLength(ready, at: stream.time, unit)
    place(count, ofBundle: Int(ready.bundle), Int(ready.step), on: stream, unit)
  }

  private mutating func place(
    _ count: Int32, ofBundle bundle: Int, _ step: Int, on stream: StreamTime, _ unit: Int
  ) {
    // Two sums may not meet in the capture chain: wait until the arrivals are free.
    let delay = problem.chainDelay(ofStream: stream.stream)
    let arrival = firstArrival(from: stream.time + count - 1 + delay, unit)
    let start = arrival - delay + 1 - count
    for member in 0..<Int32(problem.lanesPerStream) {
      arrivalSlots[unit].take(Int(arrival + member * problem.arrivalSpacing))
    }
    steps[step].place(
      .init(
        stream: stream.stream, start: start, first: steps[step].taken[bundle], count: count,
        bundle: Int32(bundle)), arrival: arrival)
    steps[step].taken[bundle] += count
    streamQueue.insert(StreamTime(time: start + count, stream: stream.stream))
    if Int(steps[step].taken[bundle]) == problem.work.positions[bundle].upperBound {
      for cell in problem.cells(ofBundle: bundle) { satisfy(cell, in: step) }
      finishCells()
    } else {
      post(step, bundle)
    }
  }

  /// Long runs cost fewer operations; short ones let the streams of a unit end together.
  private func runLength(_ ready: Ready, at time: Int32, _ unit: Int) -> Int32 {
    let (step, bundle) = (Int(ready.step), Int(ready.bundle))
    let all = steps[step].available(bundle, at: time)
    let count = settings.cutsBundles ? shareOfUnit(all, unit) : all
    let end = Int32(problem.work.positions[bundle].upperBound)
    let rest = end - steps[step].taken[bundle] - count
    let missing = problem.shortestRun - rest
    return rest > 0 && missing > 0 && count - missing >= problem.shortestRun
      ? count - missing : count
  }

  private func shareOfUnit(_ all: Int32, _ unit: Int) -> Int32 {
    let streams = Int32(problem.streamsPerUnit)
    let share = (waiting[unit] + all + streams - 1) / streams
    let count = min(all, max(settings.minimumRun, share))
    return all - count < max(2, settings.minimumRun / 2) ? all : count
  }
}
