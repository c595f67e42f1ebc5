import DataSets
import Lowering
import Simulation

/// What one thread of a `ModelRun` played.
struct ModelWork: Sendable {
  struct Sequence: Sendable {
    /// Its position among all sequences.
    let index: Int
    /// By step, by input.
    let words: [[Int32]]
    /// By step, by output; as many as were played.
    var frames: [[Int32]] = []
    /// Nil unless asked for.
    var states: DataSequence?
  }

  private(set) var sequences: [Sequence] = []
  private(set) var saturations = SaturationCounts()

  /// Takes sequences from a queue until it is empty, `laneCount` of them at a time at most.
  init(
    _ queue: SequenceQueue, _ network: QuantisedNetwork, laneCount: Int, keepsStates: Bool,
    isCancelled: () -> Bool = { false }
  ) {
    let reader = keepsStates ? StateReader(network) : nil
    if laneCount >= Self.lanesWorthABatch, BatchSimulator.serves(network) {
      let lanes = min(laneCount, BatchSimulator.laneCount)
      play(queue, BatchSimulator(network), laneCount: lanes, reader, isCancelled)
    } else if FastSimulator.serves(network) {
      play(queue, OneLane(FastSimulator(network)), laneCount: 1, reader, isCancelled)
    } else {
      play(queue, OneLane(FixedPointSimulator(network)), laneCount: 1, reader, isCancelled)
    }
  }

  /// A step of a whole batch takes about as long as three of a single sequence.
  private static let lanesWorthABatch = 4

  private mutating func play<Engine: LaneEngine>(
    _ queue: SequenceQueue, _ engine: Engine, laneCount: Int, _ reader: StateReader?,
    _ isCancelled: () -> Bool
  ) {
    var engine = engine
    var lanes = [Sequence?](repeating: nil, count: laneCount)
    for lane in lanes.indices { lanes[lane] = next(queue, &engine, lane, reader) }
    var steps = 0
    while lanes.contains(where: { $0 != nil }) {
      if steps % 64 == 0, isCancelled() { queue.stop() }
      if queue.hasStopped { return }
      steps += 1
      for lane in lanes.indices {
        guard let words = lanes[lane]?.nextWords else { continue }
        engine.setInputs(words, lane: lane)
      }
      engine.step()
      for lane in lanes.indices where lanes[lane] != nil {
        lanes[lane]?.record(engine, lane, reader)
        guard lanes[lane]?.nextWords == nil, let sequence = lanes[lane] else { continue }
        sequences.append(sequence)
        saturations = saturations + engine.takeSaturations(lane: lane)
        lanes[lane] = next(queue, &engine, lane, reader)
      }
    }
  }

  /// The next sequence with any steps, and the lane ready for it.
  private mutating func next(
    _ queue: SequenceQueue, _ engine: inout some LaneEngine, _ lane: Int, _ reader: StateReader?
  ) -> Sequence? {
    while let index = queue.take() {
      var sequence = Sequence(index: index, words: queue.sequences[index])
      sequence.states = reader.map { DataSequence(columnCount: $0.columnCount) }
      if !sequence.words.isEmpty {
        sequence.frames.reserveCapacity(sequence.words.count)
        engine.reset(lane)
        _ = engine.takeSaturations(lane: lane)
        return sequence
      }
      sequences.append(sequence)
    }
    return nil
  }
}

extension ModelWork.Sequence {
  /// Input words of the step that comes; nil behind the last one.
  fileprivate var nextWords: [Int32]? {
    frames.count < words.count ? words[frames.count] : nil
  }

  fileprivate mutating func record(
    _ engine: some LaneEngine, _ lane: Int, _ reader: StateReader?
  ) {
    frames.append(engine.outputs(lane: lane))
    guard let reader else { return }
    states?.append(reader.states { engine.wideState($0, lane: lane) })
  }
}
