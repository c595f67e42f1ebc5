import Diagnostics
import Network

/// Checks inputs that a user declares constant.
public struct ConstantInputs: Sendable {
  /// Pairs of index and value, as given.
  private let pairs: [(index: Int, value: Double)]

  public init(_ pairs: [(index: Int, value: Double)]) { self.pairs = pairs }

  /// Values by input index.
  public func values(for network: Network) throws(DiagnosticList) -> [Int: Double] {
    var values: [Int: Double] = [:]
    var problems: [Diagnostic] = []
    for (index, value) in pairs {
      if !(0..<network.inputCount).contains(index) {
        problems.append(.unknownInput(index, network))
      } else if values.updateValue(value, forKey: index) != nil {
        problems.append(.constantTwice(index))
      }
    }
    guard problems.isEmpty else { throw DiagnosticList(problems) }
    return values
  }
}

extension Diagnostic {
  fileprivate static func unknownInput(_ index: Int, _ network: Network) -> Diagnostic {
    let inputs =
      network.inputCount == 0
      ? "the network has no inputs" : "the inputs are 0 to \(network.inputCount - 1)"
    return Diagnostic(
      id: "unknown-input", "--constant-input \(index): \(inputs)", exitCode: .usage)
  }

  fileprivate static func constantTwice(_ index: Int) -> Diagnostic {
    Diagnostic(
      id: "constant-twice", "--constant-input \(index) is given twice", exitCode: .usage)
  }
}
