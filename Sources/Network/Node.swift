/// One node of an LSTM-g network with the values that a reset restores.
public struct Node: Hashable, Sendable {
  /// Initial state s. Input nodes keep it unused so that it prints back unchanged.
  public var state: Double
  public var function: ActivationFunction
  /// Initial activation y: what a reader of the previous step sees in the first step.
  public var initialActivation: Double
  /// Line of the netSpec that declared this node, for comments in generated text.
  public var line: Int?

  public init(
    state: Double, function: ActivationFunction, initialActivation: Double, line: Int? = nil
  ) {
    self.state = state
    self.function = function
    self.initialActivation = initialActivation
    self.line = line
  }
}
