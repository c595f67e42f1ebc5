import Emission
import Foundation
import GoldenCases
import HostLink
import Lowering
import Simulation
import XCTest

@testable import Verification

/// What a host does when the line loses frames. The board is the model behind a pseudo-terminal.
final class BoardRunTests: XCTestCase {
  private func run(
    losesRequests: Set<Int> = [], losesReplies: Set<Int> = []
  ) async throws -> (BoardRun, ModelRun, [[[Int32]]]) {
    let hardware = try GoldenHardware("mixed-modes")
    let design = HardwareDesign(
      hardware.quantised, Scheduler(lanes: 1, profile: .shallow).schedule(hardware.quantised))
    let inputs = WordSequences(
      sequences: [hardware.inputs.sequences[0], Array(hardware.inputs.sequences[0].prefix(3))])
    let board = ModelBoard(design, losesRequests: losesRequests, losesReplies: losesReplies)
    let terminal = try PseudoTerminal { board.answer($0) }
    defer { terminal.hangUp() }
    var conversation = Conversation(
      try SerialPort(terminal.path, baud: 1_000_000), patience: .milliseconds(200))
    var told = 0
    let run = try await BoardRun(design, inputs, over: &conversation) { told = $0 }
    XCTAssertEqual(told, inputs.stepCount)
    var simulator = FixedPointSimulator(hardware.quantised)
    for step in inputs.sequences[1] { simulator.step(step) }
    XCTAssertEqual(run.states, simulator.states)
    XCTAssertEqual(run.replyLatency, design.replyLatency)
    XCTAssertEqual(run.badFrames, 5)
    return (run, try ModelRun(hardware.quantised, inputs), inputs.sequences)
  }

  private func check(_ run: BoardRun, _ model: ModelRun) {
    XCTAssertEqual(Comparison(expected: model.outputs, actual: run.frames).mismatches, 0)
    XCTAssertEqual(run.frames.count, model.outputs.joined().count)
  }

  func testALineWithoutFaults() async throws {
    let (run, model, inputs) = try await run()
    check(run, model)
    XCTAssertEqual(run.repeats, 0)
    XCTAssertEqual(run.framesGiven, inputs.joined().count)
  }

  /// A step whose reply got lost must not be taken twice.
  func testSequencesBeginAgain() async throws {
    // The second loss comes after everything that was on its way at the first one.
    let length = try GoldenHardware("mixed-modes").inputs.sequences[0].count
    XCTAssertGreaterThan(length, 20)
    let (run, model, inputs) = try await run(losesRequests: [2], losesReplies: [length])
    check(run, model)
    XCTAssertEqual(run.repeats, 2)
    XCTAssertGreaterThan(run.framesGiven, inputs.joined().count)
  }

  func testALineThatIsTooBad() async throws {
    do {
      _ = try await run(losesReplies: Set(1...100))
      XCTFail("nothing was answered, and it ended well")
    } catch let fault as LinkFault {
      XCTAssertEqual(fault, .silent)
    }
  }
}
