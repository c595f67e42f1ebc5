import Emission
import GoldenCases
import Lowering
import Toolchain
import XCTest

@testable import Verification

/// Rules of the generated core's streams: back-pressure, resets, frames of a wrong length.
final class StreamTests: XCTestCase {
  private struct Core {
    let hardware: GoldenHardware
    let design: HardwareDesign

    init(
      _ name: String = "skip-connections-auto", lanes: Int = 4, profile: PipelineProfile = .shallow
    ) throws {
      hardware = try GoldenHardware(name)
      let scheduler = Scheduler(lanes: lanes, profile: profile)
      design = HardwareDesign(
        hardware.quantised, scheduler.schedule(hardware.quantised), program: .operations)
    }

    func run(
      _ stimulus: Stimulus, engine: any SimulationEngine = Engines.verilator
    ) async throws -> SimulationTrace {
      try await TemporaryCore.use(design) { name, folder in
        let bytes = design.dataBits / 8
        return try await engine.simulate(
          SimulatedDesign(
            folder: folder, top: name.text, inputBytes: bytes, outputBytes: bytes), stimulus
        ).checked()
      }
    }

    /// Input words of the first steps of the golden case, all in one sequence.
    func frames(_ count: Int) -> [[Int32]] {
      Array(hardware.inputs.sequences.joined().prefix(count))
    }

    /// Output frames of the model on sequences of input words.
    func model(_ sequences: [[[Int32]]]) throws -> [[Int64]] {
      try ModelRun(hardware.quantised, WordSequences(sequences: sequences)).outputs
        .joined().map { $0.map(Int64.init) }
    }
  }

  private func beats(
    _ words: [Int32], last: Int? = nil, startsSequence: Bool = false
  ) -> [Stimulus.Item] {
    words.enumerated().map { index, word in
      .beat(
        .init(
          Int64(word), isLast: index == (last ?? words.count - 1),
          startsSequence: startsSequence && index == 0))
    }
  }

  func testBackPressureAndGapsAtRandomCyclesChangeNothing() async throws {
    // The pipeline from the frame memory to the output has one, two or three registers.
    for profile in [PipelineProfile.shallow, .medium, .deep] {
      try await checkBackPressure(profile)
    }
  }

  private func checkBackPressure(_ profile: PipelineProfile) async throws {
    let core = try Core(profile: profile)
    let expected = try core.model(core.hardware.inputs.sequences)
    for seed in UInt32(1)...6 {
      var stimulus = HardwareRun.stimulus(
        core.hardware.inputs, ready: .random(seed: seed, permille: Int(seed) * 150))
      var generator = SeededGenerator(seed: UInt64(seed))
      for index in stimulus.items.indices {
        guard case .beat(var beat) = stimulus.items[index], generator.next() % 4 == 0 else {
          continue
        }
        beat.idleCycles = Int(generator.next() % 200)
        stimulus.items[index] = .beat(beat)
      }
      let engines: [any SimulationEngine] =
        seed == 1
        ? [Engines.verilator, Engines.icarus] : [Engines.verilator]
      for engine in engines {
        let trace = try await core.run(stimulus, engine: engine)
        XCTAssertEqual(trace.frames, expected, "seed \(seed), \(profile)")
        XCTAssertTrue(trace.errorChanges.isEmpty, "seed \(seed), \(profile)")
      }
    }
  }

  func testAReceiverThatStopsForLongLosesNoFrame() async throws {
    // More steps than output banks, and a receiver that takes one beat in hundred cycles.
    for profile in [PipelineProfile.shallow, .deep] {
      let core = try Core("minimal-selfloop", lanes: 1, profile: profile)
      let trace = try await core.run(
        HardwareRun.stimulus(core.hardware.inputs, ready: .random(seed: 3, permille: 10)))
      XCTAssertEqual(trace.frames, try core.model(core.hardware.inputs.sequences), "\(profile)")
    }
  }

  func testTuserResetsBeforeTheStep() async throws {
    let core = try Core()
    let frames = core.frames(9)
    var stimulus = Stimulus()
    for (index, frame) in frames.enumerated() {
      stimulus.items += beats(frame, startsSequence: index == 3 || index == 4)
    }
    stimulus.outputFrames = frames.count
    let sequences = [Array(frames[0..<3]), [frames[3]], Array(frames[4...])]
    let trace = try await core.run(stimulus)
    XCTAssertEqual(trace.frames, try core.model(sequences))
    // The reset costs no cycle: steps keep their period.
    XCTAssertEqual(
      Set(zip(trace.stepsDone, trace.stepsDone.dropFirst()).map { $1 - $0 }),
      [core.design.schedule.period])
  }

  func testTheFirstStepAfterRstStartsFromTheInitialImageWithoutTuser() async throws {
    let core = try Core()
    let frames = core.frames(6)
    var stimulus = Stimulus()
    for frame in frames[..<4] { stimulus.items += beats(frame) }
    stimulus.items.append(.reset(outputFrames: 4))
    for frame in frames[4...] { stimulus.items += beats(frame) }
    stimulus.outputFrames = frames.count
    let trace = try await core.run(stimulus)
    XCTAssertEqual(
      trace.frames, try core.model([Array(frames[..<4]), Array(frames[4...])]))
  }

  func testAFrameThatIsTooShortRaisesAnErrorAndChangesNothing() async throws {
    try await checkBadFrame { frame in self.beats(Array(frame.dropLast())) }
  }

  func testAFrameThatIsTooLongRaisesAnErrorAndChangesNothing() async throws {
    try await checkBadFrame { frame in self.beats(frame + frame + [7]) }
  }

  func testAFrameOfTwiceTheLengthIsOneBadFrame() async throws {
    try await checkBadFrame { frame in self.beats(frame + frame) }
  }

  func testABadFrameWithTuserDoesNotReset() async throws {
    try await checkBadFrame { frame in
      self.beats(Array(frame.dropLast()), startsSequence: true)
    }
  }

  /// Good frames around a bad one: the outputs are those of the good ones, the error stays until a
  /// good frame with tuser.
  private func checkBadFrame(_ bad: ([Int32]) -> [Stimulus.Item]) async throws {
    let core = try Core()
    let frames = core.frames(8)
    var stimulus = Stimulus()
    stimulus.items = beats(frames[0], startsSequence: true) + beats(frames[1])
    stimulus.items += bad(frames[2].map { ~$0 })
    stimulus.items += beats(frames[3]) + beats(frames[4])
    stimulus.items += beats(frames[5], startsSequence: true) + beats(frames[6])
    stimulus.outputFrames = 6
    let trace = try await core.run(stimulus)
    XCTAssertEqual(
      trace.frames,
      try core.model([[frames[0], frames[1], frames[3], frames[4]], Array(frames[5...6])]))
    XCTAssertEqual(trace.errorChanges.map(\.isError), [true, false])
    guard trace.errorChanges.count == 2 else { return }
    // Frames as the testbench counts them: 0, 1, the bad one, 3, 4, then the one with tuser.
    XCTAssertGreaterThan(trace.errorChanges[0].cycle, trace.lastInputs[1])
    XCTAssertEqual(trace.errorChanges[1].cycle, trace.lastInputs[5] + 2)
  }

  func testRstClearsTheError() async throws {
    let core = try Core()
    let frames = core.frames(3)
    var stimulus = Stimulus()
    stimulus.items = beats(frames[0]) + beats(Array(frames[1].dropLast()))
    stimulus.items.append(.reset(outputFrames: 1))
    stimulus.items += beats(frames[2])
    stimulus.outputFrames = 2
    let trace = try await core.run(stimulus)
    XCTAssertEqual(trace.frames, try core.model([[frames[0]], [frames[2]]]))
    XCTAssertEqual(trace.errorChanges.map(\.isError), [true, false])
  }

  func testANetworkWithoutInputsTakesOneDummyBeatAStep() async throws {
    let core = try Core("minimal-1node", lanes: 1)
    var stimulus = Stimulus()
    for index in 0..<5 {
      stimulus.items += beats([Int32(index * 77)], startsSequence: index == 0)
    }
    stimulus.outputFrames = 5
    let trace = try await core.run(stimulus)
    XCTAssertEqual(trace.frames, try core.model([[[], [], [], [], []]]))
  }
}
