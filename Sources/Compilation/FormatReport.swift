import FixedPoint
import Lowering

/// The formats of a design, as reports and the manifest give them.
public struct FormatReport: Hashable, Codable, Sendable {
  /// Qm.n with a sign bit.
  public struct Format: Hashable, Codable, Sendable {
    public let format: String
    public let bits: Int
    public let integerBits: Int
    public let fractionBits: Int

    init(_ format: QFormat) {
      self.format = format.description
      bits = format.width
      integerBits = format.integerBits
      fractionBits = format.fractionBits
    }
  }

  /// The format of one element of a stream.
  public struct Element: Hashable, Codable, Sendable {
    /// Index of the node.
    public let node: Int
    public let format: String
    public let integerBits: Int
    public let fractionBits: Int
  }

  public let weightBits: Int
  public let activation: Format
  public let state: Format
  public let operand: Format
  public let argument: Format
  public let streamBits: Int
  public let inputs: [Element]
  public let outputs: [Element]

  init(_ design: HardwareDesign) {
    let network = design.network
    let plan = network.plan
    weightBits = plan.weightBits
    activation = Format(QFormat(integerBits: 0, width: plan.activationBits))
    state = Format(plan.formats.state)
    operand = Format(plan.operand)
    argument = Format(plan.table.argument)
    streamBits = design.dataBits
    func elements(_ values: [ValueID]) -> [Element] {
      values.map { value in
        let format = network.valueFormats[value]
        return Element(
          node: value, format: format.description, integerBits: format.integerBits,
          fractionBits: format.fractionBits)
      }
    }
    inputs = elements(network.inputs)
    outputs = elements(network.outputs)
  }
}
