extension Schedule {
  /// The same program on more lanes, of which some idle: more lanes are never slower than fewer.
  ///
  /// Lanes that idle stand behind those of their unit that work, so that sums arrive as they did; a
  /// unit whose lanes would be too many gets an idle unit beside it.
  func widened(to wide: Int, largestGroup: Int, bound: (_ units: Int) -> LowerBound) -> Schedule? {
    guard wide % units == 0 else { return nil }
    let group = wide / units
    if group <= largestGroup, (group - lanesPerUnit) % lanesPerStream == 0 {
      let idle = [[LaneSlot]](
        repeating: .init(repeating: .idle, count: period), count: group - lanesPerUnit)
      let slots = (0..<units).flatMap { unit in
        laneSlots[unit * lanesPerUnit..<(unit + 1) * lanesPerUnit] + idle
      }
      return replacing(wide, units, slots, operations, captures, bound(units))
    }
    guard wide % lanesPerUnit == 0, wide / lanesPerUnit <= 64 else { return nil }
    let more = wide / lanesPerUnit - units
    return replacing(
      wide, units + more,
      laneSlots
        + .init(repeating: .init(repeating: .idle, count: period), count: wide - lanes),
      operations + .init(repeating: .init(repeating: nil, count: period), count: more),
      captures + .init(repeating: .init(repeating: nil, count: period), count: more),
      bound(units + more))
  }

  private func replacing(
    _ lanes: Int, _ units: Int, _ laneSlots: [[LaneSlot]], _ operations: [[UnitOperation?]],
    _ captures: [[Int?]], _ bound: LowerBound
  ) -> Schedule {
    Schedule(
      profile: profile, lanes: lanes, units: units, lanesPerStream: lanesPerStream, period: period,
      stages: stages,
      laneSlots: laneSlots, operations: operations, captures: captures,
      capturesPerUnit: capturesPerUnit, captureAgeBits: captureAgeBits, writeBack: writeBack,
      lastResult: lastResult, outputResult: outputResult, inputRelease: inputRelease, bound: bound)
  }
}
