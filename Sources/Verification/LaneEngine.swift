import Lowering
import Simulation

/// Plays sequences side by side, one a lane.
protocol LaneEngine {
  mutating func reset(_ lane: Int)
  /// Input words of a lane's next step.
  mutating func setInputs(_ words: [Int32], lane: Int)
  /// One time step of all lanes; what lanes without new inputs do is arbitrary.
  mutating func step()
  func outputs(lane: Int) -> [Int32]
  func wideState(_ value: ValueID, lane: Int) -> Int64
  /// What saturated in a lane since the last call.
  mutating func takeSaturations(lane: Int) -> SaturationCounts
}

extension BatchSimulator: LaneEngine {}

/// A simulator of one sequence as an engine of one lane.
struct OneLane<Simulator: StepSimulator>: LaneEngine {
  private var simulator: Simulator
  private var inputs: [Int32] = []
  private var taken = SaturationCounts()

  init(_ simulator: Simulator) { self.simulator = simulator }

  mutating func reset(_ lane: Int) { simulator.reset() }
  mutating func setInputs(_ words: [Int32], lane: Int) { inputs = words }
  mutating func step() { simulator.step(inputs) }
  func outputs(lane: Int) -> [Int32] { simulator.outputs }
  func wideState(_ value: ValueID, lane: Int) -> Int64 { simulator.wideState(value) }

  mutating func takeSaturations(lane: Int) -> SaturationCounts {
    defer { taken = simulator.saturations }
    return simulator.saturations - taken
  }
}
