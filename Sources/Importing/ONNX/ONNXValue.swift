import Diagnostics

/// What is known of a value of an ONNX graph.
enum ONNXValue {
  /// Numbers that do not depend on the network's input.
  case constant(Constant)
  /// The same number everywhere, in a shape that depends on the input: initial states are such.
  case uniform(Double)
  /// Sizes of values and what is computed of them: good for shapes of constants only.
  case sizes
  /// What layers so far make of the network's input.
  case data(Data)
  /// Something that is not supported; an error only if it is needed.
  case refused(Diagnostic)

  /// Numbers of the graph itself.
  struct Constant {
    let name: String
    let shape: [Int]
    let values: [Double]
    /// Of integers; they tell axes and shapes.
    let isInteger: Bool
  }

  /// One dimension of data.
  enum Axis: Hashable {
    /// A dimension of the network's input, such as time or batch.
    case input(Int)
    /// One of size 1 that operators add and take away.
    case unit
    /// The values of one step.
    case features
  }

  struct Data {
    /// What has been passed; every value has its own row of layers, so branches cannot disturb it.
    var layers: [Layer] = []
    var axes: [Axis]
    /// Whether it is the last step's, not one of every step.
    var isLastStep = false
    /// The dimension that is time, once a recurrent layer has said so.
    var time: Axis?
    /// Values of one step.
    var width: Int

    /// The place of the values of one step among the dimensions.
    var featureAxis: Int? { axes.firstIndex(of: .features) }
  }
}
