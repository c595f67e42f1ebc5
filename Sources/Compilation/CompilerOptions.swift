import Boards
import FixedPoint
import Lowering

/// Depth of the hardware's pipelines by name.
public enum ProfileName: String, CaseIterable, Codable, Sendable {
  case shallow, medium, balanced, deep, segmented

  public var profile: PipelineProfile {
    switch self {
    case .shallow: .shallow
    case .medium: .medium
    case .balanced: .balanced
    case .deep: .deep
    case .segmented: .segmented
    }
  }
}

/// Where the weights of lanes lie.
public enum WeightMemory: String, CaseIterable, Codable, Sendable {
  /// In block memories, whose contents come with the configuration of the device.
  case block
  /// In single-port memories (SPRAM), loaded from a flash memory at the start.
  case spram
}

/// What a user decides about a design; nil stands for the target's or the network's default.
public struct CompilerOptions: Sendable {
  public var target = TargetFamily.generic
  /// The device that has to hold the design; nil for the target's own.
  public var device: Device?
  /// The board that the core is for, with a serial link beside it; nil for the core alone.
  public var board: Board?
  public var lanes = LaneRequest.automatic
  public var profile: ProfileName?
  public var sources = SourceRequest.automatic
  /// Nil for block memories, unless only single-port memories make the design fit.
  public var weightMemory: WeightMemory?
  /// Longest time of a step that is allowed; the smallest configuration that keeps it is chosen.
  public var stepMicroseconds: Double?
  public var weightBits: Int?
  public var activationBits: Int?
  public var stateBits: Int?
  public var stateIntegerBits: Int?
  public var inputRange: ClosedRange<Double> = -1...1
  /// Values of inputs that never change, by input index.
  public var constantInputs: [Int: Double] = [:]
  public var calibration: Calibration?
  /// Formats of hardware that is there; nil for what the network needs.
  public var formatRoom: FormatRoom?

  public init() {}

  /// Widths and the state's format.
  public var formats: NumberFormats {
    let width = stateBits ?? 32
    var state = NumberFormats.defaultState(width: width)
    if let seen = calibration?.stateIntegerBits {
      state = QFormat(integerBits: min(seen, width - 2), width: width)
    }
    if let stateIntegerBits { state = QFormat(integerBits: stateIntegerBits, width: width) }
    return NumberFormats(
      weightBits: weightBits ?? target.operandBits,
      activationBits: activationBits ?? target.operandBits, state: state)
  }

  /// Everything that decides about numbers.
  public var quantisation: QuantisationOptions {
    QuantisationOptions(
      formats: formats, inputRange: inputRange, inputRanges: calibration?.inputRanges ?? [:],
      calibratedMagnitudes: calibration?.linearMagnitudes ?? [:], room: formatRoom)
  }
}
