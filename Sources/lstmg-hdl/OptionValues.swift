import ArgumentParser
import Boards
import Compilation
import Diagnostics
import Emission
import FixedPoint
import Importing
import Lowering

/// An input with the value that it keeps.
struct ConstantInput: Hashable, Sendable {
  let index: Int
  let value: Double
}

/// A kind of memory, or none: the program chooses.
struct WeightMemoryRequest: Hashable, Sendable {
  let memory: WeightMemory?
}

/// Reads the values of options; what is out of range is a usage error.
enum OptionValues {
  @Sendable
  static func lanes(_ text: String) throws -> LaneRequest {
    text == "auto" ? .automatic : .exactly(try integer(text, in: Scheduler.laneCounts, or: "auto"))
  }

  @Sendable
  static func sources(_ text: String) throws -> SourceRequest {
    switch text {
    case "auto": .automatic
    case "own": .own
    case "shared": .shared
    default:
      .exactly(try integer(text, in: Scheduler.laneCountsOfStreams, or: "own', 'shared' or 'auto"))
    }
  }

  @Sendable
  static func integrations(_ text: String) throws -> Set<Integration> {
    Set(
      try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let integration = Integration(rawValue: String(word)) else {
          let names = Integration.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("'\(word)' is not one of \(names)")
        }
        return integration
      })
  }

  @Sendable
  static func weightMemory(_ text: String) throws -> WeightMemoryRequest {
    if text == "auto" { return WeightMemoryRequest(memory: nil) }
    guard let memory = WeightMemory(rawValue: text) else {
      throw ValidationError("'\(text)' is not one of auto, block, spram")
    }
    return WeightMemoryRequest(memory: memory)
  }

  @Sendable
  static func device(_ text: String) throws -> Device {
    guard let device = Device.named(text) else {
      throw ValidationError("'\(text)' is not one of \(deviceNames)")
    }
    return device
  }

  static let deviceNames = Device.all.map(\.name).joined(separator: ", ")

  /// The device of a board.
  static func device(_ board: Board) throws -> Device {
    guard let device = Device.named(board.device) else { throw Diagnostic.unknownDevice(board) }
    return device
  }

  @Sendable
  static func megahertz(_ text: String) throws -> Double {
    guard let value = finite(text[...]), value > 0 else {
      throw ValidationError("'\(text)' is not a clock rate in MHz above 0")
    }
    return value
  }

  @Sendable
  static func microseconds(_ text: String) throws -> Double {
    guard let value = finite(text[...]), value > 0 else {
      throw ValidationError("'\(text)' is not a number above 0")
    }
    return value
  }

  @Sendable
  static func operandBits(_ text: String) throws -> Int {
    try integer(text, in: NumberFormats.operandWidths)
  }

  @Sendable
  static func stateBits(_ text: String) throws -> Int {
    try integer(text, in: NumberFormats.stateWidths)
  }

  @Sendable
  static func stateIntegerBits(_ text: String) throws -> Int { try integer(text, in: 0...30) }

  @Sendable
  static func constant(_ text: String) throws -> ConstantInput {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let value = finite(parts[1]) else {
      throw ValidationError("'\(text)' is not an index and a finite number, such as 1=1.0")
    }
    return ConstantInput(index: index, value: value)
  }

  @Sendable
  static func range(_ text: String) throws -> ClosedRange<Double> {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let low = finite(parts[0]), let high = finite(parts[1])
    else { throw ValidationError("'\(text)' is not a range of finite numbers, such as -2:2") }
    guard low <= high else { throw ValidationError("'\(text)': \(low) is above \(high)") }
    return low...high
  }

  @Sendable
  static func tolerance(_ text: String) throws -> Double {
    guard let value = finite(text[...]), value >= 0 else {
      throw ValidationError("'\(text)' is not a number of at least 0")
    }
    return value
  }

  @Sendable
  static func part(_ text: String) throws -> Double {
    guard let value = finite(text[...]), (0...1).contains(value) else {
      throw ValidationError("'\(text)' is not a number from 0 to 1")
    }
    return value
  }

  @Sendable
  static func sizes(_ text: String) throws -> NetworkSizes {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let inputs = numbers[0], let units = numbers[1],
      let outputs = numbers[2]
    else { throw ValidationError("'\(text)' is not three whole numbers, such as 28,100,10") }
    return NetworkSizes(inputs: inputs, units: units, outputs: outputs)
  }

  private static func finite(_ text: Substring) -> Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private static func integer(
    _ text: String, in range: ClosedRange<Int>, or word: String? = nil
  ) throws -> Int {
    guard let value = Int(text), range.contains(value) else {
      let alternative = word.map { " or '\($0)'" } ?? ""
      throw ValidationError(
        "'\(text)' is not one of \(range.lowerBound) to \(range.upperBound)\(alternative)")
    }
    return value
  }
}

extension Diagnostic {
  fileprivate static func unknownDevice(_ board: Board) -> Diagnostic {
    Diagnostic(
      id: "unknown-device", "the device '\(board.device)' of \(board.title) is not known",
      notes: [Note("known are \(OptionValues.deviceNames)")], exitCode: .usage)
  }
}
