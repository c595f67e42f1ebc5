import Boards
import FixedPoint
import Foundation
import Lowering

/// Every decision behind a design, defaults and automatic choices filled in: with the network's text
/// it is all that another run needs for the same result.
public struct ResolvedOptions: Hashable, Codable, Sendable {
  public let target: TargetFamily
  public let profile: ProfileName
  /// Nil for a core alone.
  public let board: Board?
  public let lanes: Int
  public let lanesPerStream: Int
  /// Nil for block memories.
  public let weightMemory: WeightMemory?
  public let weightBits: Int
  public let activationBits: Int
  public let stateBits: Int
  public let stateIntegerBits: Int
  public let inputRange: ClosedRange<Double>
  public let constantInputs: [Int: Double]
  public let calibration: Calibration?
  /// Nil where formats are those that the network needs.
  public let formatRoom: FormatRoom?

  init(_ options: CompilerOptions, _ choice: ConfigurationChoice) {
    let formats = options.formats
    target = options.target
    profile = choice.profile
    board = options.board
    lanes = choice.schedule.lanes
    lanesPerStream = choice.schedule.lanesPerStream
    weightMemory = choice.weightMemory == .block ? nil : choice.weightMemory
    weightBits = formats.weightBits
    activationBits = formats.activationBits
    stateBits = formats.state.width
    stateIntegerBits = formats.state.integerBits
    inputRange = options.inputRange
    constantInputs = options.constantInputs
    calibration = options.calibration
    formatRoom = options.formatRoom
  }

  /// The same decisions as a user's options.
  public var compilerOptions: CompilerOptions {
    var options = CompilerOptions()
    options.target = target
    options.profile = profile
    options.board = board
    options.lanes = .exactly(lanes)
    options.sources = .exactly(lanesPerStream)
    options.weightMemory = weightMemory ?? .block
    options.weightBits = weightBits
    options.activationBits = activationBits
    options.stateBits = stateBits
    options.stateIntegerBits = stateIntegerBits
    options.inputRange = inputRange
    options.constantInputs = constantInputs
    options.calibration = calibration
    options.formatRoom = formatRoom
    return options
  }

  /// The words of a command line that decide the same, for the head of generated files.
  var words: String {
    var words = [board.map { "--board \($0.name)" } ?? "--target \(target.rawValue)"]
    words.append("--lanes \(lanes)")
    words.append("--sources \(lanesPerStream == 1 ? "own" : "\(lanesPerStream)")")
    if let weightMemory { words.append("--weight-memory \(weightMemory.rawValue)") }
    words.append("--profile \(profile.rawValue)")
    words += [
      "--weight-bits \(weightBits)", "--activation-bits \(activationBits)",
      "--state-bits \(stateBits)", "--state-integer-bits \(stateIntegerBits)",
    ]
    if inputRange != -1...1 {
      words.append("--input-range \(inputRange.lowerBound):\(inputRange.upperBound)")
    }
    for (index, value) in constantInputs.sorted(by: { $0.key < $1.key }) {
      words.append("--constant-input \(index)=\(value)")
    }
    if calibration != nil { words.append("--calibrate (ranges in manifest.json)") }
    if formatRoom != nil { words.append("--reuse (formats in manifest.json)") }
    return words.joined(separator: " ")
  }
}

extension ResolvedOptions {
  /// One text for one value, for hashing.
  var canonicalText: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("options hold nothing but finite numbers and text")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
