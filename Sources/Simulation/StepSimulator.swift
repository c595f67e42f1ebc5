import Lowering

/// Plays one sequence, step by step.
public protocol StepSimulator {
  /// Restores the initial values and states; counters go on.
  mutating func reset()
  /// One time step; `inputs` are words in the formats of the network's inputs.
  mutating func step(_ inputs: [Int32])
  /// Output words in the formats of the network's outputs.
  var outputs: [Int32] { get }
  /// Wide state word of a value of this step; products and inputs stay 0.
  func wideState(_ value: ValueID) -> Int64
  var saturations: SaturationCounts { get }
}

extension FastSimulator: StepSimulator {}

extension FixedPointSimulator: StepSimulator {
  public func wideState(_ value: ValueID) -> Int64 { wideStates[value] }
}
