import DataSets
import FixedPoint
import GoldenCases
import Lowering
import Simulation
import XCTest

@testable import Verification

/// The model over many sequences: in lanes and threads, what it gives one after the other.
final class ModelRunTests: XCTestCase {
  func testEverySequenceIsPlayedAsAlone() throws {
    for seed in [3, 17, 20, 44] as [UInt64] {
      for network in try [Self.quantised(seed, .init()), Self.wide(seed)] {
        let inputs = Self.sequences(of: network, count: 30, seed: seed)
        let expected = Expected(network, inputs)
        for threads in [1, 2, 5] {
          let label = "seed \(seed), \(threads) threads"
          let run = try ModelRun(
            network, WordSequences(sequences: inputs, inputSaturations: 7), keepsStates: true,
            threads: threads)
          XCTAssertEqual(run.outputs, expected.outputs, label)
          XCTAssertEqual(run.states, expected.states, label)
          XCTAssertEqual(run.saturations.total, expected.saturations.total + 7, label)
          XCTAssertEqual(run.saturations.state, expected.saturations.state, label)
          XCTAssertEqual(run.saturations.argument, expected.saturations.argument, label)
          XCTAssertEqual(run.saturations.linear, expected.saturations.linear, label)
        }
        XCTAssertEqual(
          ModelRun.outputs(of: network, WordSequences(sequences: inputs)), expected.outputs)
      }
    }
  }

  /// Only the normative model itself has room for the sums of such networks.
  func testMoreTermsThanDoublesHold() throws {
    var shape = RandomNetwork()
    shape.inputs = 1 << 17 + 1
    shape.outputs = 1
    shape.nodes = shape.inputs + 1
    shape.density = 1
    shape.gating = 0
    let network = try Quantiser(.init(formats: .init(weightBits: 18, activationBits: 18)))
      .quantise(GateFactorer().factor(Levelizer().levelize(shape.network(seed: 1))))
    XCTAssertFalse(FastSimulator.serves(network))
    let inputs = (0..<4).map { sequence in
      [network.inputs.map { Int32($0 % 1000 - 500 * sequence) }]
    }
    let run = try ModelRun(network, WordSequences(sequences: inputs))
    XCTAssertEqual(run.outputs, Expected(network, inputs).outputs)
  }

  func testAnyNumberOfSequences() throws {
    let network = try Self.quantised(20, .init())
    for count in 0...10 {
      let inputs = Self.sequences(of: network, count: count, seed: 1)
      let run = try ModelRun(network, WordSequences(sequences: inputs), threads: 2)
      XCTAssertEqual(run.outputs, Expected(network, inputs).outputs, "\(count) sequences")
      XCTAssertEqual(run.states.sequences.count, 0)
    }
  }

  func testTheLongestSequencesComeFirst() {
    let lengths = [3, 0, 5, 5, 1]
    let queue = SequenceQueue(lengths.map { [[Int32]](repeating: [], count: $0) })
    XCTAssertEqual(queue.parallelism, 3)
    XCTAssertEqual((0..<6).map { _ in queue.take() }, [2, 3, 0, 4, 1, nil])
  }

  func testAStoppedQueueGivesNothing() {
    let queue = SequenceQueue([[[]], [[]]])
    XCTAssertEqual(queue.take(), 0)
    queue.stop()
    XCTAssertNil(queue.take())
  }

  func testACancelledTaskEndsTheRun() async throws {
    let network = try Self.quantised(20, .init())
    let inputs = WordSequences(sequences: Self.sequences(of: network, count: 20, seed: 1))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try ModelRun(network, inputs)
    }
    let result = await task.result
    XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError) }
  }

  private static func quantised(
    _ seed: UInt64, _ formats: NumberFormats, weightLimit: Double = 1
  ) throws -> QuantisedNetwork {
    var shape = RandomNetwork.varied(seed: seed)
    shape.weightLimit = weightLimit
    return try Quantiser(.init(formats: formats)).quantise(
      GateFactorer().factor(Levelizer().levelize(shape.network(seed: seed))))
  }

  /// One that batches do not serve.
  private static func wide(_ seed: UInt64) throws -> QuantisedNetwork {
    let formats = NumberFormats(weightBits: 18, activationBits: 18)
    for offset in 0..<300 as Range<UInt64> {
      // Some seeds need wider accumulators than there are.
      let network = try? quantised(seed + offset, formats, weightLimit: 256)
      if let network, !BatchSimulator.serves(network) { return network }
    }
    throw NoSeed()
  }

  private struct NoSeed: Error {}

  /// Sequences of 0 to 8 steps.
  private static func sequences(
    of network: QuantisedNetwork, count: Int, seed: UInt64
  ) -> [[[Int32]]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<random.below(9)).map { _ in
        network.inputs.map { value in
          let format = network.valueFormats[value]
          return Int32(random.value(in: Double(format.minWord)...Double(format.maxWord)))
        }
      }
    }
  }

  /// What the normative model gives.
  private struct Expected {
    var outputs: [[[Int32]]] = []
    var states: DataSet
    var saturations: SaturationCounts

    init(_ network: QuantisedNetwork, _ inputs: [[[Int32]]]) {
      states = DataSet(columnCount: network.network.nodeCount)
      var simulator = FixedPointSimulator(network)
      let reader = StateReader(network)
      for sequence in inputs {
        simulator.reset()
        var rows = DataSequence(columnCount: reader.columnCount)
        outputs.append(
          sequence.map { step in
            simulator.step(step)
            rows.append(reader.states { simulator.wideStates[$0] })
            return simulator.outputs
          })
        states.append(rows)
      }
      saturations = simulator.saturations
    }
  }
}
