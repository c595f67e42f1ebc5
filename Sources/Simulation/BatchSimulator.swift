import FixedPoint
import Lowering
import ModelKernels

/// Runs a quantised network on several sequences at once, one a lane, as `FixedPointSimulator` runs
/// it on one, word for word: for sweeps over data sets.
///
/// An instance belongs to one thread at a time.
public final class BatchSimulator {
  /// Sequences that a step serves.
  public static let laneCount = Int(LSTMG_LANES)

  public let network: QuantisedNetwork
  private let program: LaneProgram
  private let kernel: lstmg_program
  private let evaluate:
    @convention(c) (UnsafePointer<lstmg_program>?, UnsafePointer<lstmg_lanes>?) -> Void
  private var lanes: lstmg_lanes
  private let words: UnsafeMutableBufferPointer<Double>
  private let sums: UnsafeMutableBufferPointer<Double>
  private let states: UnsafeMutableBufferPointer<Double>
  private let wides: UnsafeMutableBufferPointer<Double>
  private let counts: UnsafeMutableBufferPointer<SIMD8<Int64>>
  /// Where the words of this step and those of the next one lie.
  private var current: UnsafeMutablePointer<Double>
  private var next: UnsafeMutablePointer<Double>

  /// Whether floating point holds all numbers of a network exactly, the sums of gated addends
  /// included; see `FastSimulator.serves`.
  ///
  /// A sum below 2^52 is exact with half of its last bit. Divided by a gain of one, 8 or more, it is
  /// small enough to be rounded.
  public static func serves(_ network: QuantisedNetwork) -> Bool {
    FastSimulator.serves(network) && network.nodeSumBound < 1 << 52
  }

  /// Instruction sets that this processor has, the widest last.
  static var instructionSets: [Int] {
    (0..<Int(LSTMG_INSTRUCTION_SETS)).filter { lstmg_step_for(Int32($0)) != nil }
  }

  public convenience init(_ network: QuantisedNetwork) {
    self.init(network, instructionSet: Self.instructionSets.last ?? Int(LSTMG_BASELINE))
  }

  init(_ network: QuantisedNetwork, instructionSet: Int) {
    precondition(Self.serves(network), "see serves")
    guard let step = lstmg_step_for(Int32(instructionSet)) else {
      preconditionFailure("see instructionSets")
    }
    evaluate = step
    self.network = network
    program = LaneProgram(network)
    kernel = program.kernel
    let row = Self.laneCount
    let count = network.initialValues.count
    words = .aligned([Double](repeating: 0, count: 2 * count * row))
    sums = .aligned([Double](repeating: 0, count: program.sums.resultCount * row))
    states = .aligned([Double](repeating: 0, count: network.initialStates.count * row))
    wides = .aligned([Double](repeating: 0, count: count * row))
    counts = .aligned([SIMD8<Int64>](repeating: .zero, count: Int(LSTMG_SATURATIONS)))
    current = words.start
    next = words.start + count * row
    lanes = lstmg_lanes()
    lanes.rows.0 = sums.start
    lanes.rows.3 = states.start
    lanes.wides = wides.start
    lanes.saturations = UnsafeMutableRawPointer(counts.start)
      .assumingMemoryBound(to: Int64.self)
    for lane in 0..<row {
      sums[program.sums.one * row + lane] = Double(1 << (network.plan.activationBits - 1))
      for _ in 0..<2 {
        reset(lane)
        swap(&current, &next)
      }
    }
  }

  deinit {
    words.deallocate()
    sums.deallocate()
    states.deallocate()
    wides.deallocate()
    counts.deallocate()
  }

  /// Restores the initial values and states of a lane; counters go on.
  public func reset(_ lane: Int) {
    for (value, word) in network.initialValues.enumerated() {
      current[value * Self.laneCount + lane] = Double(word)
    }
    for (slot, state) in network.initialStates.enumerated() {
      states[slot * Self.laneCount + lane] = Double(state)
    }
  }

  /// Words of a lane's next step, in the formats of `network.inputs`; without new ones they are
  /// arbitrary.
  public func setInputs(_ words: [Int32], lane: Int) {
    precondition(words.count == network.inputs.count, "one word for each streamed input")
    for (value, word) in zip(network.inputs, words) {
      next[value * Self.laneCount + lane] = Double(word)
    }
  }

  /// One time step of all lanes.
  public func step() {
    swap(&current, &next)
    lanes.rows.1 = current
    lanes.rows.2 = next
    withUnsafePointer(to: kernel) { kernel in
      withUnsafePointer(to: lanes) { evaluate(kernel, $0) }
    }
  }

  /// Value word of this step (inputs, nodes, products).
  public func word(_ value: ValueID, lane: Int) -> Int32 {
    Int32(current[value * Self.laneCount + lane])
  }

  /// Output words in the formats of `network.outputs`.
  public func outputs(lane: Int) -> [Int32] { network.outputs.map { word($0, lane: lane) } }

  /// Wide state word of a value of this step; products and inputs stay 0.
  public func wideState(_ value: ValueID, lane: Int) -> Int64 {
    Int64(wides[value * Self.laneCount + lane])
  }

  /// Stored state words by state slot.
  public func states(lane: Int) -> [Int64] {
    network.initialStates.indices.map { Int64(states[$0 * Self.laneCount + lane]) }
  }

  /// What saturated in a lane since the last call.
  public func takeSaturations(lane: Int) -> SaturationCounts {
    var taken = SaturationCounts()
    taken.state = Int(counts[Int(LSTMG_STATE_SATURATIONS)][lane])
    taken.argument = Int(counts[Int(LSTMG_ARGUMENT_SATURATIONS)][lane])
    taken.linear = Int(counts[Int(LSTMG_LINEAR_SATURATIONS)][lane])
    for kind in counts.indices { counts[kind][lane] = 0 }
    return taken
  }
}
