import XCTest

@testable import Toolchain

/// Both simulators on the same core: what one shows, the other shows in the same cycle.
final class EngineTests: FolderTestCase {
  private let engines: [any SimulationEngine] = [
    VerilatorEngine(testbenchFolder: testbenchFolder, cache: sharedCache),
    IcarusEngine(testbenchFolder: testbenchFolder),
  ]

  /// The trace on which both agree.
  private func simulate(
    _ design: AdderDesign, _ stimulus: Stimulus, line: UInt = #line
  ) async throws -> SimulationTrace {
    let written = try design.write(to: folder)
    let first = try await engines[0].simulate(written, stimulus)
    let second = try await engines[1].simulate(written, stimulus)
    XCTAssertEqual(first, second, line: line)
    return first
  }

  func testFramesAreAnsweredInOrderWithSignedValues() async throws {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, -2, 3], startsSequence: true)
    stimulus.append(frame: [-32768, 32767, 0])
    stimulus.append(frame: [7, 8, 9], startsSequence: true)
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.frames, [[2, 0], [1, -65535], [24, -10]])
  }

  func testEventsCarryTheCycleOfTheirClockEdge() async throws {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3], startsSequence: true)
    let trace = try await simulate(AdderDesign(), stimulus)
    // Edges 0 to 2 see the reset; the first beat is driven at edge 2 and taken at edge 3.
    XCTAssertEqual(trace.firstInputs, [3])
    XCTAssertEqual(trace.lastInputs, [5])
    // The noise register went 1, 2, 4 by edge 5; the count of 4 is seen as zero at edge 10.
    XCTAssertEqual(trace.stepsDone, [10])
    XCTAssertEqual(trace.beats.map(\.cycle), [11, 12])
    XCTAssertEqual(trace.beats.map(\.isLast), [false, true])
    XCTAssertEqual(trace.cycles, 12 + 1 + 16)
  }

  func testGapsAndBackPressureChangeTimesAndNoValues() async throws {
    var generator = SeededGenerator(seed: 11)
    var frames: [(values: [Int64], starts: Bool)] = []
    var stimulus = Stimulus(ready: .random(seed: 5, permille: 300))
    for index in 0..<200 {
      let values = (0..<3).map { _ in Int64(Int16(truncatingIfNeeded: generator.next())) }
      frames.append((values, index % 9 == 0))
      stimulus.append(
        frame: values, startsSequence: index % 9 == 0, idleCycles: Int(generator.next() % 4))
    }
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.frames, AdderDesign.answers(frames))
    stimulus.ready = .always
    let swift = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(swift.frames, trace.frames)
    XCTAssertLessThan(swift.cycles, trace.cycles)
  }

  func testIdleCyclesLieBeforeTheirBeat() async throws {
    var stimulus = Stimulus([
      .beat(.init(1, isLast: false, startsSequence: true, idleCycles: 4)),
      .beat(.init(2, isLast: false)),
      .beat(.init(3, isLast: true, idleCycles: 3)),
    ])
    stimulus.outputFrames = 1
    let trace = try await simulate(AdderDesign(), stimulus)
    XCTAssertEqual(trace.firstInputs, [7])
    XCTAssertEqual(trace.lastInputs, [12])
  }

  func testFramesOfWrongLengthRaiseTheErrorUntilASequenceStarts() async throws {
    var stimulus = Stimulus([.beat(.init(9, isLast: true, startsSequence: true))])
    stimulus.append(frame: [1, 2, 3], idleCycles: 2)
    stimulus.append(frame: [4, 5, 6], startsSequence: true)
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.errorChanges.map(\.isError), [true, false])
    XCTAssertEqual(trace.errorChanges[0].cycle, trace.firstInputs[0] + 1)
    XCTAssertEqual(trace.errorChanges[1].cycle, trace.firstInputs[2] + 1)
    XCTAssertEqual(trace.frames.last, [15, -7])
  }

  func testResetComesAfterTheFramesBeforeIt() async throws {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3])
    stimulus.items.append(.reset(outputFrames: 1))
    stimulus.append(frame: [1, 1, 1])
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.frames, [[6, -4], [3, -1]])
    // The edge at which the frame went; three edges with reset; the edge that takes the next beat.
    XCTAssertEqual(trace.firstInputs[1], trace.beats[1].cycle + 4)
  }

  func testResetThatDoesNotWaitLosesTheFrameUnderWay() async throws {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3])
    stimulus.items.append(.reset(outputFrames: 0))
    stimulus.append(frame: [1, 1, 1])
    stimulus.outputFrames = 1
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.frames, [[3, -1]])
  }

  func testWaitHoldsTheInputUntilTheOutputCame() async throws {
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3])
    stimulus.items.append(.wait(outputFrames: 1))
    stimulus.append(frame: [1, 1, 1])
    let trace = try await simulate(AdderDesign(), stimulus).checked()
    XCTAssertEqual(trace.firstInputs[1], trace.beats[1].cycle + 1)
  }

  func testValidThatFallsIsAViolation() async throws {
    var design = AdderDesign()
    design.change(\.core, "phase_q == Show;", "phase_q == Show && noise_q[0];")
    let trace = try await simulate(design, slowReader())
    XCTAssertEqual(trace.violations.first?.text, "m_axis_tvalid fell before m_axis_tready")
    let diagnostic = try await failure { try trace.checked() }
    XCTAssertEqual(diagnostic.id, "stream-violation")
    XCTAssertEqual(diagnostic.exitCode, .checkFailed)
  }

  func testDataThatChangesIsAViolation() async throws {
    var design = AdderDesign()
    design.change(\.top, "difference : sum;", "difference : sum + {23'd0, flip_q};")
    design.change(\.top, "reg         second_q;", "reg         second_q;\n  reg         flip_q;")
    design.change(\.top, "if (rst) second_q", "flip_q <= !flip_q && !rst;\n    if (rst) second_q")
    let trace = try await simulate(design, slowReader())
    XCTAssertEqual(trace.violations.first?.text, "m_axis_tdata changed before m_axis_tready")
  }

  private func slowReader() -> Stimulus {
    var stimulus = Stimulus(ready: .random(seed: 1, permille: 20), timeout: 1000)
    stimulus.append(frame: [1, 2, 3])
    return stimulus
  }

  func testInputThatIsNotTakenIsATimeout() async throws {
    var design = AdderDesign()
    design.change(\.core, "assign ready_o = phase_q == Collect;", "assign ready_o = 1'b0;")
    var stimulus = Stimulus(timeout: 50)
    stimulus.append(frame: [1, 2, 3])
    let trace = try await simulate(design, stimulus)
    XCTAssertEqual(trace.timeout?.text, "s_axis_tready for input beat 1")
    let diagnostic = try await failure { try trace.checked() }
    XCTAssertEqual(
      diagnostic.message,
      "nothing moved up to cycle 52 while waiting for s_axis_tready for input beat 1")
  }

  func testOutputThatDoesNotComeIsATimeout() async throws {
    var design = AdderDesign()
    design.change(\.core, "assign valid_o = phase_q == Show;", "assign valid_o = 1'b0;")
    var stimulus = Stimulus(timeout: 50)
    stimulus.append(frame: [1, 2, 3])
    var trace = try await simulate(design, stimulus)
    XCTAssertEqual(trace.timeout?.text, "output frame 1 of 1")
    stimulus.items.append(.wait(outputFrames: 1))
    trace = try await simulate(design, stimulus)
    XCTAssertEqual(trace.timeout?.text, "output frame 1 before a wait")
    stimulus.items[3] = .reset(outputFrames: 1)
    trace = try await simulate(design, stimulus)
    XCTAssertEqual(trace.timeout?.text, "output frame 1 before a reset")
  }

  func testOutputTooManyIsSeen() async throws {
    var stimulus = Stimulus(settlingCycles: 40)
    stimulus.append(frame: [1, 2, 3])
    stimulus.append(frame: [1, 2, 3])
    stimulus.outputFrames = 1
    let trace = try await simulate(AdderDesign(), stimulus)
    XCTAssertEqual(trace.frames.count, 2)
  }

  func testWaveformsNameTheSignalsOfTheCore() async throws {
    let design = try AdderDesign().write(to: folder)
    var stimulus = Stimulus()
    stimulus.append(frame: [1, 2, 3])
    for engine in engines {
      let path = folder + "/wave.vcd"
      _ = try await engine.simulate(design, stimulus, wave: path)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for name in ["module lstmg_tb", "module dut", "module u_core", " phase_q ", "1ns"] {
        XCTAssertTrue(text.contains(name), "\(name) by \(engine)")
      }
      try FileManager.default.removeItem(atPath: path)
      _ = try await engine.simulate(design, stimulus, wave: folder + "/wave.fst")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/wave.fst"))
      // A header block: type 0, length 329.
      XCTAssertEqual([UInt8](bytes.prefix(9)), [0, 0, 0, 0, 0, 0, 0, 1, 73], "by \(engine)")
      try FileManager.default.removeItem(atPath: folder + "/wave.fst")
    }
  }

  func testWaveformOfAnotherFormatIsRefused() async throws {
    let design = try AdderDesign().write(to: folder)
    for engine in engines {
      let diagnostic = try await failure {
        try await engine.simulate(design, Stimulus(), wave: "wave.txt")
      }
      XCTAssertEqual(diagnostic.id, "wave-format")
      XCTAssertEqual(diagnostic.location?.file, "wave.txt")
    }
  }

  func testFolderWithoutVerilogIsAnError() async throws {
    let design = SimulatedDesign(folder: folder, top: "adder", inputBytes: 2, outputBytes: 3)
    for engine in engines {
      let diagnostic = try await failure { try await engine.simulate(design, Stimulus()) }
      XCTAssertEqual(diagnostic.id, "missing-file")
      XCTAssertEqual(diagnostic.exitCode, .missingFile)
    }
  }

  func testNoTemporaryFoldersAreLeft() async throws {
    let design = try AdderDesign().write(to: folder)
    for engine in engines { _ = try await engine.simulate(design, Stimulus()) }
    XCTAssertEqual(names(in: folder), ["adder.v", "adder_core.v", "offsets.memh"])
  }
}
