/// What `lstmg_input_port` does when elements always wait at its door: whether the next frame is
/// complete when the next step could begin; the sequencer hears of it a cycle later.
struct InputPortModel {
  /// Elements of a frame, or 0 for the dummy beat of a network without inputs.
  let beats: Int
  let release: Int
  let period: Int
  /// Cycles, after a step was taken, in which results are on their way to the bus.
  let busy: [Bool]

  var isReady: Bool {
    guard release < period - 1 else { return false }
    var isFull = true
    var isHeld = false
    var isWaiting = false
    var isTaken = true
    var accepted = 0
    for cycle in 0..<period - 1 {
      let isReleased = cycle == release
      let isBlocked = isHeld && busy[cycle]
      let accepts = !isFull && !isWaiting
      if accepts { accepted += 1 }
      if accepts && accepted == max(1, beats) {
        isFull = true
      } else if isReleased {
        isFull = false
      }
      let arrives = isWaiting || (accepts && beats > 0)
      isHeld = isBlocked || arrives
      isWaiting = isBlocked && arrives
      if isReleased { isTaken = false }
    }
    return isFull && !isHeld && !isTaken
  }
}
