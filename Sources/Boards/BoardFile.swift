import Diagnostics
import Foundation
import HostLink
import Yams

/// Reads the description of one board.
enum BoardFile {
  static let ending = ".yaml"
  /// Cycles of a bit that the receiver of the serial line needs.
  private static let fewestClocksPerBit = 4
  /// How far the rate of the serial line may be off: half of what ten bits forgive.
  private static let largestBaudError = 0.02

  /// `devices` are the names that a description may have for its device; nil if any may be.
  static func board(
    _ text: String, named name: String, at path: String, devices: [String]? = nil
  ) throws(DiagnosticList) -> Board {
    var board: Board
    do {
      let nodes = try Yams.load(yaml: text) as? [String: Any] ?? [:]
      try rejectUnknown(nodes, path)
      board = try YAMLDecoder().decode(Board.self, from: text)
      board.name = name
      try rejectUnknown(within: nodes, board, path)
    } catch let error as DiagnosticList {
      throw error
    } catch let error as YamlError {
      throw DiagnosticList([.malformed("\(error)", path)])
    } catch let error as DecodingError {
      throw DiagnosticList([.malformed(Self.text(of: error), path)])
    } catch {
      throw DiagnosticList([.malformed(error.localizedDescription, path)])
    }
    if let devices, !devices.contains(board.device) {
      throw DiagnosticList([
        .malformed(
          "'device' is '\(board.device)', which is none of \(devices.joined(separator: ", "))", path
        )
      ])
    }
    try check(board, path)
    return board
  }

  private static func check(_ board: Board, _ path: String) throws(DiagnosticList) {
    func require(_ isGood: Bool, _ reason: @autoclosure () -> String) throws(DiagnosticList) {
      guard isGood else { throw DiagnosticList([.malformed(reason(), path)]) }
    }
    try require(
      (1...1000).contains(board.clock.mhz), "'clock.mhz' is \(board.clock.mhz), not 1 to 1000")
    if let core = board.clock.core {
      try require((1...1000).contains(core), "'clock.core' is \(core), not 1 to 1000")
    }
    try require(
      SerialPort.rates.contains(board.uart.baud),
      "'uart.baud' is \(board.uart.baud), which the host's serial ports cannot be set to: they know"
        + " \(SerialPort.rates.map(String.init).joined(separator: ", "))")
    // It stands between quotation marks in generated programs.
    try require(
      !board.title.isEmpty && !board.title.contains { "\"\\".contains($0) || $0.isNewline },
      "'title' is empty or has quotation marks, backslashes or more than one line")
    var ports: [String: String] = [:]
    for (port, pin) in board.pins(withFlash: true) {
      try require(
        !pin.isEmpty && pin.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") },
        "'\(pin)' is no pin; \(port) has it")
      try require(ports[pin] == nil, "pin '\(pin)' belongs to \(ports[pin] ?? "") and \(port)")
      ports[pin] = port
    }
    guard board.clocksPerBit >= fewestClocksPerBit else {
      throw DiagnosticList([
        .malformed(
          "\(board.uart.baud) baud is too fast for a clock of \(board.clock.mhz) MHz:"
            + " a bit has to take \(fewestClocksPerBit) cycles", path)
      ])
    }
    let reached = Double(board.clock.mhz) * 1e6 / Double(board.clocksPerBit)
    guard abs(reached / Double(board.uart.baud) - 1) <= largestBaudError else {
      throw DiagnosticList([
        .malformed(
          "\(board.uart.baud) baud cannot be made of \(board.clock.mhz) MHz:"
            + " the nearest rate is \(Int(reached.rounded()))", path)
      ])
    }
  }

  private static func rejectUnknown(
    _ nodes: [String: Any], _ path: String
  ) throws(DiagnosticList) {
    let keys = Set(Board.CodingKeys.allCases.map(\.rawValue)).subtracting(["name"])
      .union(Board.HostKeys.allCases.map(\.rawValue))
    guard let unknown = nodes.keys.sorted().first(where: { !keys.contains($0) }) else { return }
    throw DiagnosticList([
      .malformed("'\(unknown)' is none of \(keys.sorted().joined(separator: ", "))", path)
    ])
  }

  /// Keys below another one that the description of a board does not have: those that were not read.
  private static func rejectUnknown(
    within nodes: [String: Any], _ board: Board, _ path: String
  ) throws {
    let read = try JSONSerialization.jsonObject(with: JSONEncoder().encode(board))
    guard let read = read as? [String: Any] else { return }
    for (key, node) in nodes.sorted(by: { $0.key < $1.key }) {
      guard let node = node as? [String: Any], let known = read[key] as? [String: Any] else {
        continue
      }
      guard let unknown = node.keys.sorted().first(where: { known[$0] == nil }) else { continue }
      throw DiagnosticList([
        .malformed("'\(key).\(unknown)' means nothing, see the descriptions that come along", path)
      ])
    }
  }

  private static func text(of error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      (context.codingPath + (last.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
    return switch error {
    case .keyNotFound(let key, let context): "'\(place(context, key))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(place(context))' is of another kind than expected"
    case .dataCorrupted(let context): "'\(place(context))': \(context.debugDescription)"
    @unknown default: "\(error)"
    }
  }
}

extension Diagnostic {
  static func malformed(_ reason: String, _ path: String) -> Diagnostic {
    Diagnostic(
      id: "malformed-board", "this is no description of a board: \(reason)",
      at: SourceLocation(file: path), hint: "boards/README.md says what one holds")
  }
}
