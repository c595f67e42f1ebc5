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
  private final class ModelBoard: @unchecked Sendable {
    private let design: HardwareDesign
    private var simulator: FixedPointSimulator
    private var bytes: [UInt8] = []
    private var frames = 0
    private var steps = 0
    /// Numbers of the step requests, from the start, that get lost on their way to the board and back.
    let losesRequests: Set<Int>
    let losesReplies: Set<Int>

    init(_ design: HardwareDesign, losesRequests: Set<Int> = [], losesReplies: Set<Int> = []) {
      self.design = design
      self.losesRequests = losesRequests
      self.losesReplies = losesReplies
      simulator = FixedPointSimulator(design.network)
    }

    func answer(_ arrived: [UInt8]) -> [UInt8] {
      bytes += arrived
      var replies: [UInt8] = []
      while let zero = bytes.firstIndex(of: 0) {
        let frame = Frame(encoded: Array(bytes[..<zero]))
        bytes.removeSubrange(...zero)
        guard let frame, let request = Request(rawValue: frame.type),
          let payload = serve(request, frame.payload)
        else { continue }
        replies +=
          Frame(type: request.replyType, number: frame.number, payload: payload).encoded
      }
      return replies
    }

    private func serve(_ request: Request, _ payload: [UInt8]) -> [UInt8]? {
      let width = design.dataBits / 8
      switch request {
      case .ping: return [1]
      case .reset:
        simulator.reset()
        return []
      case .readStates:
        var words = [Int64](repeating: 0, count: StateWords(design).count)
        for (place, state) in zip(StateWords.places(design), simulator.states) {
          words[place] = state
        }
        return Words.bytes(words, width: 4)
      case .readCounts:
        return Words.bytes([Int64(design.replyLatency), Int64(frames), 5], width: 4)
      case .step:
        steps += 1
        if losesRequests.contains(steps) { return nil }
        simulator.step(Words.words(payload, width: width).map(Int32.init))
        frames += 1
        if losesReplies.contains(steps) { return nil }
        return Words.bytes(
          design.network.outputs.map { Int64(simulator.values[$0]) }, width: width)
      }
    }
  }

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
