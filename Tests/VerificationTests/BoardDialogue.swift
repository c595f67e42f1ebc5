import Emission
import HostLink
import Lowering
import Simulation
import XCTest

@testable import Verification

/// What a host says to a board to see that it computes as the model does: a ping, steps of every sequence with
/// a reset before them, then questions for states and counts.
struct BoardDialogue {
  /// What the board has to say of itself.
  struct Identity {
    let hash: String
    let version: [Int]
    let name: String
  }

  let design: HardwareDesign
  /// Input words, by sequence, by step.
  let sequences: [[[Int32]]]

  private var width: Int { design.dataBits / 8 }

  /// In their order, numbered from zero.
  var requests: [Frame] {
    let steps = sequences.flatMap { sequence in
      [(Request.reset, [UInt8]())]
        + sequence.map { (Request.step, Words.bytes($0.map(Int64.init), width: width)) }
    }
    return ([(.ping, [])] + steps + [(.readStates, []), (.readCounts, [])]).enumerated().map {
      $1.0.frame(number: UInt8(truncatingIfNeeded: $0), payload: $1.1)
    }
  }

  /// Every answer is the model's, in every bit.
  func check(
    _ replies: [Frame], from board: Identity, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let requests = requests
    XCTAssertEqual(replies.map(\.number), requests.map(\.number), file: file, line: line)
    XCTAssertEqual(
      replies.map(\.type), requests.map { $0.type | Request.replyBit }, file: file, line: line)
    guard replies.count == requests.count else { return }

    let identity = try XCTUnwrap(BoardIdentity(bytes: replies[0].payload), file: file, line: line)
    XCTAssertEqual(identity.hash, board.hash, file: file, line: line)
    XCTAssertEqual(identity.version, board.version, file: file, line: line)
    XCTAssertEqual(identity.name, board.name, file: file, line: line)
    XCTAssertEqual(identity.inputs, design.network.inputs.count, file: file, line: line)
    XCTAssertEqual(identity.outputs, design.network.outputs.count, file: file, line: line)
    XCTAssertEqual(identity.elementBytes, width, file: file, line: line)

    var simulator = FixedPointSimulator(design.network)
    var expected: [[Int64]] = []
    for sequence in sequences {
      simulator.reset()
      for step in sequence {
        simulator.step(step)
        expected.append(simulator.outputs.map(Int64.init))
      }
    }
    let frames = replies.filter { $0.type == Request.step.replyType }
    XCTAssertEqual(
      frames.map { Words.words($0.payload, width: width) }, expected, file: file, line: line)

    let states = Words.words(replies[replies.count - 2].payload, width: Words.width)
    XCTAssertEqual(states.count, identity.states, file: file, line: line)
    XCTAssertEqual(
      StateWords.places(design).map { $0 < states.count ? states[$0] : nil },
      simulator.states, file: file, line: line)
    XCTAssertFalse(simulator.states.isEmpty, file: file, line: line)
    XCTAssertEqual(
      Words.words(replies[replies.count - 1].payload, width: Words.width),
      [Int64(design.replyLatency), Int64(expected.count), 0], file: file, line: line)
  }
}
