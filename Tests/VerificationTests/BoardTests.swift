import Boards
import Emission
import Foundation
import GoldenCases
import HostLink
import Lowering
import Simulation
import Toolchain
import XCTest

@testable import Verification

/// A board's top module in Verilator, driven at the pins of its serial line.
final class BoardTests: XCTestCase {
  /// What a host says, as a script of the testbench.
  private struct Conversation {
    var script = ""
    private var awaited = 0
    private var number: UInt8 = 0

    mutating func send(_ bytes: [UInt8]) {
      script += "send " + bytes.map { String(format: "%02x", $0) }.joined(separator: " ") + "\n"
    }

    mutating func ask(_ request: Request, _ payload: [UInt8] = []) {
      ask(request.frame(number: number, payload: payload))
      number &+= 1
    }

    /// Sends a frame and waits for one more answer than before.
    mutating func ask(_ request: Frame) {
      send(request.encoded)
      awaited += 1
      script += "await \(awaited)\n"
    }
  }

  private func talk(
    to design: HardwareDesign, board: String, family: PhaseLockedLoop, primitives: String?,
    _ conversation: Conversation
  ) async throws -> [Frame] {
    try await BoardFolder.use(design, board: board, family: family, primitives: primitives) {
      try await $0.model.play(conversation.script).map { line in
        try XCTUnwrap(Frame(encoded: line), "the board sent \(line)")
      }
    }
  }

  /// Steps of all sequences, each with a reset before it; then states and counts.
  private func checkSteps(
    _ name: String, lanes: Int, units: Int, profile: PipelineProfile, board: String,
    family: PhaseLockedLoop, primitives: String?, sequences: Int, steps: Int
  ) async throws {
    let hardware = try GoldenHardware(name)
    let schedule = Scheduler(lanes: lanes, profile: profile).schedule(hardware.quantised)
    XCTAssertEqual(schedule.units, units)
    let design = HardwareDesign(hardware.quantised, schedule)
    let inputs = hardware.inputs.sequences.prefix(sequences).map { Array($0.prefix(steps)) }
    let dialogue = BoardDialogue(design: design, sequences: inputs)
    var conversation = Conversation()
    for request in dialogue.requests { conversation.ask(request) }
    let frames = try await talk(
      to: design, board: board, family: family, primitives: primitives, conversation)
    try dialogue.check(
      frames,
      from: .init(hash: BoardFolder.provenance.sourceHash, version: [1, 2, 3], name: "golden"))
  }

  func testTheDistractedSequenceNetworkOnAnICEBreaker() async throws {
    try await checkSteps(
      "trained-dsr", lanes: 1, units: 1, profile: .segmented, board: "icebreaker",
      family: .ice40, primitives: "ice40", sequences: 2, steps: 12)
  }

  /// Two units, identity in a block memory that is instantiated.
  func testTwoUnitsOnAULX3S() async throws {
    try await checkSteps(
      "trained-reber", lanes: 32, units: 2, profile: .balanced, board: "ulx3s-25f",
      family: .ecp5, primitives: "ecp5", sequences: 2, steps: 6)
  }

  // MARK: What is no good frame

  private func small() throws -> (HardwareDesign, [UInt8]) {
    let hardware = try GoldenHardware("mixed-modes")
    let design = HardwareDesign(
      hardware.quantised, Scheduler(lanes: 1, profile: .shallow).schedule(hardware.quantised))
    let step = hardware.inputs.sequences[0][0].map(Int64.init)
    return (design, Words.bytes(step, width: design.dataBits / 8))
  }

  func testRequestsThatCannotBeServedAreRefused() async throws {
    let (design, step) = try small()
    var conversation = Conversation()
    conversation.ask(.step, step + [0])
    conversation.ask(.step, Array(step.dropLast()))
    conversation.ask(.ping, [1])
    conversation.send(Frame(type: 0x77, number: 200, payload: [1, 2, 3]).encoded)
    conversation.ask(.ping)
    conversation.script += "await 5\n"
    let frames = try await talk(
      to: design, board: "icebreaker", family: .ice40, primitives: nil, conversation)
    XCTAssertEqual(frames[0], Frame(type: 0xFF, number: 0, payload: [2, 2]))
    XCTAssertEqual(frames[1], Frame(type: 0xFF, number: 1, payload: [2, 2]))
    XCTAssertEqual(frames[2], Frame(type: 0xFF, number: 2, payload: [2, 1]))
    XCTAssertEqual(frames[3], Frame(type: 0xFF, number: 200, payload: [1, 0x77]))
    XCTAssertEqual(frames[4].type, Request.ping.replyType)
  }

  /// Noise of every kind, and behind each of it a good frame, which is answered.
  func testTheNextGoodFrameIsAnswered() async throws {
    let (design, step) = try small()
    var generator = SeededGenerator(seed: 4)
    var conversation = Conversation()
    conversation.ask(.step, step)
    for round in 0..<24 {
      var bytes = Request.step.frame(number: 99, payload: step).encoded
      switch round % 8 {
      case 0: bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      case 1: bytes = Array(bytes.prefix(bytes.count / 2))
      case 2: bytes[Int.random(in: 0..<bytes.count - 1, using: &generator)] ^= 0x10
      case 3: bytes = [UInt8](repeating: 0, count: 5)
      case 4: bytes = (0..<600).map { _ in UInt8.random(in: 1...255, using: &generator) }
      case 5: conversation.script += "low \(Int.random(in: 1...5, using: &generator))\n"
      case 6: conversation.script += "low 500\nwait 24\n"
      default:
        conversation.script += "broken " + String(format: "%02x ", bytes[0]) + "41 42\n"
      }
      if round % 8 < 5 { conversation.send(bytes) }
      // Ends whatever was left open.
      conversation.send([0])
      conversation.ask(.step, step)
    }
    conversation.ask(.readCounts)
    let frames = try await talk(
      to: design, board: "icebreaker", family: .ice40, primitives: nil, conversation)
    // Noise may be refused, if its CRC happens to be right; it never is here.
    XCTAssertEqual(frames.count, 26)
    XCTAssertTrue(frames.dropLast().allSatisfy { $0.type == Request.step.replyType })
    let counts = Words.words(frames[25].payload, width: Words.width)
    XCTAssertEqual(counts[1], 25)
    XCTAssertGreaterThan(counts[2], 11)
  }

  func testTheButtonForgetsEverything() async throws {
    let (design, step) = try small()
    var conversation = Conversation()
    conversation.ask(.step, step)
    conversation.ask(.step, step)
    conversation.send(Array(Request.step.frame(number: 9, payload: step).encoded.dropLast(3)))
    conversation.script += "press 100\nwait 600\n"
    conversation.ask(.step, step)
    conversation.ask(.readCounts)
    let frames = try await talk(
      to: design, board: "ulx3s-25f", family: .ecp5, primitives: nil, conversation)
    XCTAssertEqual(frames.count, 4)
    XCTAssertEqual(frames[2].payload, frames[0].payload)
    XCTAssertEqual(Words.words(frames[3].payload, width: Words.width)[1], 1)
  }
}
