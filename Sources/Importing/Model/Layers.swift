import Network

/// What one gate, or the candidate, of every unit of a layer sums up: W x + U h + b.
public struct GateWeights: Hashable, Sendable {
  /// W, units by inputs.
  public let input: Matrix
  /// U, units by units.
  public let recurrent: Matrix
  /// b; nil for none. Formats with two biases add them where only the sum counts.
  public let bias: [Double]?

  public init(input: Matrix, recurrent: Matrix, bias: [Double]?) {
    precondition(input.rows == recurrent.rows && recurrent.rows == recurrent.columns)
    precondition(bias == nil || bias?.count == input.rows)
    self.input = input
    self.recurrent = recurrent
    self.bias = bias
  }

  /// Those of 1 - logistic(a) = logistic(-a).
  var negated: GateWeights {
    GateWeights(
      input: input.negated, recurrent: recurrent.negated, bias: bias?.map { -$0 })
  }
}

/// A layer of LSTM cells:
///
///     i, f = gate(W x + U h' + b + p * c')      o = gate(W x + U h' + b + p * c)
///     c = f * c' + i * cell(W x + U h' + b)     h = o * output(c)
///
/// with h' and c' of the step before and peepholes p where there are any.
public struct LSTMLayer: Hashable, Sendable {
  /// What the forget gate carries over.
  public enum Feedback: Hashable, Sendable {
    /// c, as above.
    case state
    /// output(c), except that of the first step, which is c: the cell of the library DLL.
    case squashed
  }

  /// Weights of a unit's own state into its gates, one a unit.
  public struct Peepholes: Hashable, Sendable {
    public let input: [Double]
    public let forget: [Double]
    public let output: [Double]

    public init(input: [Double], forget: [Double], output: [Double]) {
      self.input = input
      self.forget = forget
      self.output = output
    }
  }

  public var inputGate: GateWeights
  public var forgetGate: GateWeights
  public var cell: GateWeights
  public var outputGate: GateWeights
  public var peepholes: Peepholes?
  public var gateFunction = ActivationFunction.logistic
  public var cellFunction = ActivationFunction.tanh
  public var outputFunction = ActivationFunction.tanh
  public var feedback = Feedback.state
  /// h and c before the first step, one a unit; nil for 0.
  public var initialOutput: [Double]?
  public var initialState: [Double]?

  public init(
    inputGate: GateWeights, forgetGate: GateWeights, cell: GateWeights, outputGate: GateWeights
  ) {
    self.inputGate = inputGate
    self.forgetGate = forgetGate
    self.cell = cell
    self.outputGate = outputGate
  }

  public var unitCount: Int { inputGate.input.rows }
}

/// A layer of GRU cells:
///
///     r, z = logistic(W x + U h' + b)
///     n = candidate(W x + b + r * (U h' + d))   or   candidate(W x + b + U (r * h') + d)
///     h = (1 - z) * n + z * h'
public struct GRULayer: Hashable, Sendable {
  /// Where the reset gate stands.
  public enum Reset: Hashable, Sendable {
    /// Behind the recurrent product and its bias: the first form, `linear_before_reset` = 1.
    case afterProduct
    /// Before it: the second form, `linear_before_reset` = 0.
    case beforeProduct
  }

  public var reset: GateWeights
  public var update: GateWeights
  /// W, U and b.
  public var candidate: GateWeights
  /// d.
  public var recurrentBias: [Double]?
  public var resetPlace: Reset
  public var candidateFunction = ActivationFunction.tanh
  /// h before the first step, one a unit; nil for 0.
  public var initialOutput: [Double]?

  public init(
    reset: GateWeights, update: GateWeights, candidate: GateWeights, recurrentBias: [Double]?,
    resetPlace: Reset
  ) {
    self.reset = reset
    self.update = update
    self.candidate = candidate
    self.recurrentBias = recurrentBias
    self.resetPlace = resetPlace
  }

  public var unitCount: Int { reset.input.rows }
}

/// A fully connected layer without recurrence: y = function(W x + b).
public struct DenseLayer: Hashable, Sendable {
  /// Units by inputs.
  public var weights: Matrix
  public var bias: [Double]?
  public var function: ActivationFunction

  public init(weights: Matrix, bias: [Double]?, function: ActivationFunction = .identity) {
    precondition(bias == nil || bias?.count == weights.rows)
    self.weights = weights
    self.bias = bias
    self.function = function
  }
}
