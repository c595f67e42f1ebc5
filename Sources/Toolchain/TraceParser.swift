import Diagnostics

/// Reads the result file of a testbench (sim/README.md).
struct TraceParser {
  /// Width of the output stream, for the sign.
  let outputBytes: Int

  func parse(_ bytes: [UInt8]) throws(Diagnostic) -> SimulationTrace {
    var trace = SimulationTrace()
    trace.beats.reserveCapacity(bytes.count / (2 * outputBytes + 12))
    var isComplete = false
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      var fields = Fields(line)
      guard let end = read(&fields, into: &trace) else { throw .notAResult(line: number + 1) }
      isComplete = end
    }
    guard isComplete else { throw .notAResult(line: nil) }
    return trace
  }

  /// Whether the line was the closing one; nil if it is none of a result.
  private func read(_ fields: inout Fields, into trace: inout SimulationTrace) -> Bool? {
    let keyword = fields.word()
    if keyword.elementsEqual("out".utf8) {
      guard let data = fields.number(radix: 16), let last = fields.number(),
        let cycle = fields.number()
      else { return nil }
      trace.beats.append(.init(value: signed(data), isLast: last != 0, cycle: Int(cycle)))
      return false
    }
    switch String(decoding: keyword, as: UTF8.self) {
    case "in_first":
      guard let cycle = fields.number() else { return nil }
      trace.firstInputs.append(Int(cycle))
    case "in_last":
      guard let cycle = fields.number() else { return nil }
      trace.lastInputs.append(Int(cycle))
    case "step_done":
      guard let cycle = fields.number() else { return nil }
      trace.stepsDone.append(Int(cycle))
    case "frame_error":
      // An unknown level, possible under Icarus, is told by a violation of its own.
      let level = fields.word()
      guard let cycle = fields.number() else { return nil }
      trace.errorChanges.append(
        .init(isError: level.elementsEqual("1".utf8), cycle: Int(cycle)))
    case "violation":
      guard let cycle = fields.number() else { return nil }
      trace.violations.append(.init(cycle: Int(cycle), text: fields.remainder()))
    case "timeout":
      guard let cycle = fields.number() else { return nil }
      trace.timeout = .init(cycle: Int(cycle), text: fields.remainder())
    case "end":
      guard let cycles = fields.number() else { return nil }
      trace.cycles = Int(cycles)
      return true
    default: return nil
    }
    return false
  }

  private func signed(_ data: UInt64) -> Int64 {
    let unused = UInt64(64 - 8 * outputBytes)
    return Int64(bitPattern: data << unused) >> Int64(unused)
  }
}

/// The words of one line.
private struct Fields {
  private var rest: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) { rest = line }

  mutating func word() -> ArraySlice<UInt8> {
    let word = rest.prefix { $0 != UInt8(ascii: " ") }
    rest = rest[word.endIndex...].dropFirst()
    return word
  }

  /// An unknown digit, possible under Icarus and told by a violation of its own, counts as zero.
  mutating func number(radix: UInt64 = 10) -> UInt64? {
    let digits = word()
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for digit in digits {
      let digitValue: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digitValue = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digitValue = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
        digitValue = 0
      default: return nil
      }
      guard UInt64(digitValue) < radix else { return nil }
      value = value &* radix &+ UInt64(digitValue)
    }
    return value
  }

  func remainder() -> String { String(decoding: rest, as: UTF8.self) }
}

extension Diagnostic {
  fileprivate static func notAResult(line: Int?) -> Self {
    Self(
      id: "internal-error",
      "internal error in the testbench: the result "
        + (line.map { "has a bad line \($0)" } ?? "ends too early") + "; please report",
      exitCode: .internalError)
  }
}
