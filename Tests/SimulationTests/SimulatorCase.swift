import FixedPoint
import GoldenCases
import Lowering
import NetSpec
import Network
import Simulation

/// A quantised network and input words for several sequences of steps.
struct SimulatorCase {
  let label: String
  let network: QuantisedNetwork
  /// By sequence, by step, by input.
  private(set) var sequences: [[[Int32]]]

  /// Arbitrary words of the inputs' formats, the outermost ones among them.
  private init(
    _ label: String, _ network: Network, _ formats: NumberFormats, sequences: Int, seed: UInt64
  ) throws {
    self.label = label
    let quantised = try Quantiser(.init(formats: formats, inputRange: -3...3)).quantise(
      GateFactorer().factor(Levelizer().levelize(network)))
    var random = SeededGenerator(seed: seed)
    self.network = quantised
    self.sequences = (0..<sequences).map { sequence in
      (0..<6 + sequence % 3).map { _ in
        quantised.inputs.map { value in
          let format = quantised.valueFormats[value]
          if random.chance(0.1) { return Int32(format.maxWord) }
          if random.chance(0.1) { return Int32(format.minWord) }
          return Int32(random.value(in: Double(format.minWord)...Double(format.maxWord)))
        }
      }
    }
  }

  /// A small network whose every property depends on the seed, number formats included; in every
  /// other one weights are large where the formats admit them. Nil where they admit none.
  static func random(seed: UInt64, sequences: Int) -> SimulatorCase? {
    let shape = RandomNetwork.varied(seed: seed)
    let formats = formats(seed)
    func drawn(_ shape: RandomNetwork) throws -> SimulatorCase {
      try SimulatorCase(
        "seed \(seed)", shape.network(seed: seed), formats, sequences: sequences, seed: seed)
    }
    var heavy = shape
    heavy.weightLimit = Double(1 << (formats.state.integerBits - 2))
    let large = seed % 2 == 1 ? try? drawn(heavy) : nil
    return large ?? (try? drawn(shape))
  }

  /// All golden networks in several widths.
  static func golden(sequences: Int) throws -> [SimulatorCase] {
    try GoldenCase.all.flatMap { golden in
      let network = try NetSpecReader(
        dialect: golden.dialect, inputCount: golden.inputCount, outputCount: golden.outputCount
      ).read(golden.specBytes, file: golden.specName).network
      return try [(16, 16), (18, 18), (8, 8)].map { weightBits, activationBits in
        try SimulatorCase(
          "\(golden.name), \(activationBits) bits", network,
          .init(weightBits: weightBits, activationBits: activationBits), sequences: sequences,
          seed: 1)
      }
    }
  }

  /// 2^17 inputs of 18 bits with weights of 18 bits, all words as large as they can be, or nearly so.
  static func widestSum() throws -> SimulatorCase {
    let count = 1 << 17
    let inputs = (0..<count).map { _ in Node(state: 0, function: .logistic, initialActivation: 0) }
    let sum = Node(state: 0, function: .identity, initialActivation: 0)
    let network = Network(
      nodes: inputs + [sum], inputCount: count, outputCount: 1,
      connections: (0..<count).map { source in
        Connection(
          destination: NodeID(count), source: NodeID(source),
          weight: source % 97 == 0 ? 0.00183 : 0.00195)
      }, extendedTraces: [])
    var simulated = try SimulatorCase(
      "widest sum", network, .init(weightBits: 18, activationBits: 18), sequences: 0, seed: 1)
    simulated.sequences = [[Int32.min, .max, .min + 5, -1, 0]].map { ends in
      ends.map { end in
        simulated.network.inputs.map { value in
          let format = simulated.network.valueFormats[value]
          return Int32(min(max(Int64(end), format.minWord), format.maxWord)) ^ Int32(value % 3 & 1)
        }
      }
    }
    return simulated
  }

  private static func formats(_ seed: UInt64) -> NumberFormats {
    let activationBits = [8, 18, 12, 4, 16][Int(seed % 5)]
    let weightBits = [8, 16, 18, 6][Int(seed / 5 % 4)]
    let stateWidth = [32, 20, 16, 12, 8][Int(seed / 20 % 5)]
    return NumberFormats(
      weightBits: weightBits, activationBits: activationBits,
      state: NumberFormats.defaultState(width: stateWidth))
  }
}

/// Everything that a step leaves, to be compared.
struct StepWords: Equatable {
  var values: [Int32]
  var states: [Int64]
  var wideStates: [Int64]
  var outputs: [Int32]

  init(_ simulator: FixedPointSimulator) {
    values = simulator.values
    states = simulator.states
    wideStates = simulator.wideStates
    outputs = simulator.outputs
  }

  init(_ simulator: FastSimulator) {
    let values = simulator.network.initialValues.indices
    self.values = values.map { simulator[$0] }
    states = simulator.states
    wideStates = values.map { simulator.wideState($0) }
    outputs = simulator.outputs
  }

  init(_ simulator: BatchSimulator, lane: Int) {
    let values = simulator.network.initialValues.indices
    self.values = values.map { simulator.word($0, lane: lane) }
    states = simulator.states(lane: lane)
    wideStates = values.map { simulator.wideState($0, lane: lane) }
    outputs = simulator.outputs(lane: lane)
  }
}
