import Foundation
import GoldenCases
import XCTest

final class SimulateTests: ProgramTestCase {
  private let contract = [
    "accuracy", "command", "computeLatencyCycles", "cyclesPerStep", "engine", "latencyCycles",
    "maxAbsError", "mismatches", "rmsError", "saturations", "schema", "sequences",
    "sequencesRight", "steps",
  ]

  func testEveryEngineAgreesOnSmallNetworks() throws {
    for name in ["minimal-1node", "csv-biased-cells"] {
      let golden = GoldenCase.named(name)
      try place(golden)
      let generated = try object(
        try succeed(
          ["generate", golden.specName, "-o", "out", "--json", "--input-range", "-4:4"]
            + counts(golden)))
      var outputs: [String: String] = [:]
      for engine in ["verilator", "icarus", "model", "c"] {
        let report = try object(
          try succeed([
            "simulate", "out", "--data", "inputs.csv", "--engine", engine, "--json", "--output",
            "\(engine).csv",
          ]))
        XCTAssertEqual(report["mismatches"] as? Int, 0, "\(name) \(engine)")
        XCTAssertLessThan(
          try XCTUnwrap(report["maxAbsError"] as? Double), 1e-3, "\(name) \(engine)")
        outputs[engine] = try read("\(engine).csv")
        if engine == "verilator" || engine == "icarus" {
          for key in ["cyclesPerStep", "computeLatencyCycles", "latencyCycles"] {
            XCTAssertEqual(
              report[key] as? Int, generated[key] as? Int, "\(name) \(engine) \(key)")
          }
        }
      }
      XCTAssertEqual(Set(outputs.values).count, 1, name)
    }
  }

  func testTheFloatEngineReproducesOutputsAndStates() throws {
    let golden = GoldenCase.named("csv-biased-cells")
    try place(golden)
    try succeed([
      "simulate", "net.csv", "--data", "inputs.csv", "--engine", "float", "--expect", "outputs.csv",
      "--tolerance", "1e-12", "--states", "found.csv",
    ])
    let wanted = try read("states.csv").split(whereSeparator: { ",\n".contains($0) })
    let found = try read("found.csv").split(whereSeparator: { ",\n".contains($0) })
    XCTAssertEqual(found.count, wanted.count)
    for (a, b) in zip(found, wanted) {
      XCTAssertEqual(try XCTUnwrap(Double(a)), try XCTUnwrap(Double(b)), accuracy: 1e-12)
    }
  }

  func testTheModelsStatesLieNearTheFloatOnes() throws {
    let golden = GoldenCase.named("fanout-gater")
    try place(golden)
    for engine in ["model", "float"] {
      try succeed(
        [
          "simulate", "net.spec", "--data", "inputs.csv", "--engine", engine, "--states",
          "\(engine).csv", "--input-range", "-4:4",
        ] + counts(golden))
    }
    let model = try read("model.csv").split(whereSeparator: { ",\n".contains($0) })
    let float = try read("float.csv").split(whereSeparator: { ",\n".contains($0) })
    XCTAssertEqual(model.count, float.count)
    XCTAssertNotEqual(model, float)
    for (a, b) in zip(model, float) {
      XCTAssertEqual(try XCTUnwrap(Double(a)), try XCTUnwrap(Double(b)), accuracy: 1e-3)
    }
  }

  func testJSONHasExactlyTheContractsKeys() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    for engine in ["verilator", "model", "float"] {
      let report = try object(
        try succeed([
          "simulate", "net.csv", "--data", "inputs.csv", "--engine", engine, "--json",
        ]))
      XCTAssertEqual(report.keys.sorted(), contract, engine)
      XCTAssertEqual(report["engine"] as? String, engine)
    }
    let report = try object(
      try succeed(["simulate", "net.csv", "--data", "inputs.csv", "--engine", "c", "--json"]))
    XCTAssertEqual(report.keys.sorted(), (contract + ["floatTwin"]).sorted())
    let counts = try XCTUnwrap(report["saturations"] as? [String: Int])
    XCTAssertEqual(counts.keys.sorted(), ["argument", "input", "linear", "state", "total"])
  }

  func testProcessesThatShareTheSequencesGiveWhatOneGives() throws {
    let golden = GoldenCase.named("trained-parity")
    try place(golden)
    var reports: [NSDictionary] = []
    var outputs: [String] = []
    for jobs in ["1", "3"] {
      let report = try object(
        try succeed(
          [
            "simulate", "net.spec", "--data", "inputs.csv", "--labels", "expected.csv", "--jobs",
            jobs, "--json", "-o", "out.csv",
          ] + counts(golden)))
      XCTAssertEqual(report["mismatches"] as? Int, 0)
      XCTAssertEqual(report["sequencesRight"] as? Int, 70)
      reports.append(report as NSDictionary)
      outputs.append(try read("out.csv"))
    }
    XCTAssertEqual(outputs[0], outputs[1])
    XCTAssertEqual(reports[0], reports[1])
  }

  func testOnlyTheFirstSequencesRun() throws {
    let golden = GoldenCase.named("trained-parity")
    try place(golden)
    func outputs(_ options: [String]) throws -> (report: [String: Any], text: String) {
      let report = try object(
        try succeed(
          [
            "simulate", "net.spec", "--data", "inputs.csv", "--labels", "expected.csv",
            "--engine", "model", "--json", "-o", "out.csv",
          ] + options + counts(golden)))
      return (report, try read("out.csv"))
    }
    let all = try outputs([])
    let first = try outputs(["--sequences", "7"])
    XCTAssertEqual(first.report["sequences"] as? Int, 7)
    XCTAssertEqual(first.report["sequencesRight"] as? Int, 7)
    XCTAssertTrue(all.text.hasPrefix(first.text.trimmingCharacters(in: .newlines) + "\n"))
    XCTAssertEqual(try outputs(["--sequences", "700"]).text, all.text)
  }

  func testParityIsJudgedRight() throws {
    let golden = GoldenCase.named("trained-parity")
    try place(golden)
    let report = try object(
      try succeed(
        [
          "simulate", "net.spec", "--data", "inputs.csv", "--engine", "model", "--labels",
          "expected.csv", "--judge", "threshold", "--json",
        ] + counts(golden)))
    XCTAssertEqual(report["steps"] as? Int, 3400)
    XCTAssertEqual(report["sequences"] as? Int, 70)
    XCTAssertEqual(report["sequencesRight"] as? Int, 70)
    XCTAssertEqual(report["accuracy"] as? Double, 1)
    // One label turned round: one sequence and one step are wrong.
    var lines = try read("expected.csv").split(separator: "\n", omittingEmptySubsequences: false)
    let judged = try XCTUnwrap(lines.firstIndex { $0 == "1.0" || $0 == "1" })
    lines[judged] = "0"
    try write(lines.joined(separator: "\n"), to: "wrong.csv")
    let spoilt = try run(
      [
        "simulate", "net.spec", "--data", "inputs.csv", "--engine", "float", "--labels",
        "wrong.csv", "--min-accuracy", "1", "--json",
      ] + counts(golden))
    XCTAssertEqual(spoilt.status, 1)
    XCTAssertEqual(try object(spoilt.output)["sequencesRight"] as? Int, 69)
    XCTAssertTrue(
      spoilt.error.contains("error: 99.9 % of the judged steps are right, wanted 100.0 %"),
      spoilt.error)
  }

  func testReberIsJudgedByRank() throws {
    let golden = GoldenCase.named("trained-reber")
    try place(golden)
    let report = try object(
      try succeed(
        [
          "simulate", "net.spec", "--data", "inputs.csv", "--engine", "model", "--labels",
          "expected.csv", "--judge", "rank", "--json",
        ] + counts(golden)))
    XCTAssertEqual(report["sequencesRight"] as? Int, 150)
  }

  func testTheFirstMismatchIsNamedWhenAWeightIsCorrupted() throws {
    let golden = GoldenCase.named("csv-biased-cells")
    try place(golden)
    try succeed(["generate", "net.csv", "-o", "out", "--name", "net"])
    var lines = try read("out/rtl/net_lane00.memh").split(separator: "\n").map(String.init)
    // The last digit belongs to the weight; the term stays where it is.
    let target = try XCTUnwrap(lines.lastIndex { $0.contains("last") })
    let digit = lines[target].firstIndex(of: " ").map { lines[target].index(before: $0) }
    let position = try XCTUnwrap(digit)
    // The upper digits of the weight: enough to show in an output.
    let upper = lines[target].index(position, offsetBy: -2)
    lines[target].replaceSubrange(upper...upper, with: lines[target][upper] == "0" ? "7" : "0")
    try write(lines.joined(separator: "\n") + "\n", to: "out/rtl/net_lane00.memh")
    let run = try run(["simulate", "out", "--data", "inputs.csv", "--json", "--engine", "icarus"])
    XCTAssertEqual(run.status, 1, run.error)
    let report = try object(run.output)
    XCTAssertGreaterThan(try XCTUnwrap(report["mismatches"] as? Int), 0)
    let first = try XCTUnwrap(report["firstMismatch"] as? [String: Any])
    XCTAssertEqual(
      first.keys.sorted(), ["actual", "expected", "node", "output", "sequence", "step"])
    let place = try [
      "sequence", "step", "output", "node", "actual", "expected",
    ].map { try XCTUnwrap(first[$0] as? Int) }
    XCTAssertTrue(
      run.error.contains(
        "note: first: sequence \(place[0] + 1), step \(place[1] + 1), output \(place[2])"
          + " (node \(place[3])): \(place[4]), expected \(place[5])"), run.error)
    XCTAssertNotEqual(place[4], place[5])
  }

  func testDataOutOfRangeSaturateAreCountedAndWarnedOfOnce() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0.5,0.5,1\n0.5, 2.5,1\n# held\n-3,0,1\n", to: "far.csv")
    let run = try run(["simulate", "net.csv", "--data", "far.csv", "--engine", "model", "--json"])
    XCTAssertEqual(run.status, 0, run.error)
    let counts = try XCTUnwrap(try object(run.output)["saturations"] as? [String: Int])
    XCTAssertEqual(counts["input"], 2)
    XCTAssertEqual(run.errorLines.count, 2, run.error)
    XCTAssertEqual(
      run.errorLines.first,
      "far.csv:2:6: warning: row 2, column 2: 2.5 lies outside the range -1.0 to 1.0 of input 1,"
        + " and its format Q1.14 holds it at 1.99993896484375; 1 more like it"
        + " [input-out-of-range]")
    let wide = try self.run([
      "simulate", "net.csv", "--data", "far.csv", "--engine", "model", "--input-range", "-4:4",
    ])
    XCTAssertEqual(wide.error, "")
  }

  func testDataOutsideTheDeclaredRangeAreCountedEvenWhereTheFormatHoldsThem() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0.5,1.5,1\n", to: "near.csv")
    let run = try run(["simulate", "net.csv", "--data", "near.csv", "--engine", "model", "--json"])
    let counts = try XCTUnwrap(try object(run.output)["saturations"] as? [String: Int])
    XCTAssertEqual(counts["input"], 1)
    XCTAssertTrue(run.error.contains("1.5 lies outside the range -1.0 to 1.0"), run.error)
  }

  func testAnOutputNeverReplacesAnInputOrAnotherOutput() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let before = try read("inputs.csv")
    let simulate = ["simulate", "net.csv", "--data", "inputs.csv", "--engine", "model"]
    for arguments in [
      ["-o", "inputs.csv"], ["--states", "./inputs.csv"], ["-o", "x.csv", "--states", "x.csv"],
      ["-o", "net.csv"],
    ] {
      XCTAssertEqual(try run(simulate + arguments).status, 64, "\(arguments)")
    }
    XCTAssertEqual(try run(["print", "net.csv", "-o", "net.csv"]).status, 64)
    XCTAssertEqual(try read("inputs.csv"), before)
    XCTAssertFalse(exists("x.csv"))
  }

  func testLabelsThatCannotFailAreRefused() throws {
    try place(GoldenCase.named("trained-parity"))
    try write("1,1\n0,1\n", to: "two.csv")
    try write("9\n9\n", to: "classes.csv")
    try write("-\n-\n", to: "nothing.csv")
    let simulate =
      ["simulate", "net.spec", "--data", "two.csv", "--engine", "model"]
      + counts(GoldenCase.named("trained-parity"))
    let classes = try run(simulate + ["--labels", "classes.csv", "--judge", "argmax"])
    XCTAssertEqual(classes.status, 64)
    XCTAssertTrue(classes.error.contains("the network has one output"), classes.error)
    let nothing = try run(simulate + ["--labels", "nothing.csv", "--min-accuracy", "1"])
    XCTAssertEqual(nothing.status, 1)
    XCTAssertTrue(nothing.error.contains("the labels judge no step"), nothing.error)
    XCTAssertEqual(
      try run(simulate + ["--labels", "nothing.csv", "--min-accuracy", "2"]).status, 64)
  }

  func testOutputsMirrorTheDatasShape() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try write("0,0,1\n1,0,1\n\n\n0,1,1\n", to: "shape.csv")
    try succeed([
      "simulate", "net.csv", "--data", "shape.csv", "--engine", "model", "-o", "found.csv",
    ])
    let lines = try read("found.csv").split(separator: "\n", omittingEmptySubsequences: false)
    XCTAssertEqual(
      lines.map { $0.isEmpty ? 0 : $0.split(separator: ",").count }, [2, 2, 0, 2, 0])
  }

  func testExpectedOutputsBeyondTheToleranceFail() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    let run = try run([
      "simulate", "net.csv", "--data", "inputs.csv", "--engine", "model", "--expect",
      "outputs.csv", "--tolerance", "1e-9",
    ])
    XCTAssertEqual(run.status, 1)
    XCTAssertTrue(run.error.contains("[unexpected-output]"), run.error)
    XCTAssertTrue(run.error.contains("tolerance 1.00e-9"), run.error)
  }

  func testConstantInputsAreLeftOutOfTheData() throws {
    let golden = GoldenCase.named("trained-parity")
    try place(golden)
    let bits = try read("inputs.csv").split(separator: "\n", omittingEmptySubsequences: false)
      .prefix(50).map { $0.split(separator: ",").first.map(String.init) ?? "" }
    try write(bits.joined(separator: "\n") + "\n", to: "bits.csv")
    try write(
      bits.map { $0.isEmpty ? "" : $0 + ",1" }.joined(separator: "\n") + "\n", to: "both.csv")
    try succeed(
      ["simulate", "net.spec", "--data", "both.csv", "--engine", "float", "-o", "a.csv"]
        + counts(golden))
    let constant = ["--constant-input", "1=1"] + counts(golden)
    try succeed(
      ["simulate", "net.spec", "--data", "bits.csv", "--engine", "float", "-o", "b.csv"] + constant)
    XCTAssertEqual(try read("a.csv"), try read("b.csv"))
    let run = try run(
      ["simulate", "net.spec", "--data", "both.csv", "--engine", "float"] + constant)
    XCTAssertEqual(run.status, 65)
    XCTAssertEqual(
      run.errorLines.first,
      "both.csv:1:\((bits.first?.count ?? 0) + 2): error: row 1 has 2 values, expected 1 [value-count]"
    )
    XCTAssertEqual(
      run.errorLines.last,
      "  hint: the network has 2 inputs; 1 is constant and must be left out of the data")
  }

  func testAWaveformIsWritten() throws {
    try place(GoldenCase.named("minimal-1node"))
    try succeed([
      "simulate", "net.spec", "--num-outputs", "1", "--num-inputs", "0", "--data", "inputs.csv",
      "--engine", "icarus", "--wave", "wave.vcd",
    ])
    XCTAssertTrue(try read("wave.vcd").contains("$timescale"))
  }

  /// The folder has instances of the family's cells and models of them, which the netlist's own take
  /// the place of.
  func testTheNetlistOfAGeneratedFolderRuns() throws {
    try place(GoldenCase.named("minimal-1node"))
    try write("-\n-\n-\n", to: "steps.csv")
    try succeed([
      "generate", "net.spec", "--num-outputs", "1", "--num-inputs", "0", "-o", "out", "--name",
      "net", "--target", "ecp5",
    ])
    let command = ["simulate", "out", "--data", "steps.csv", "--engine", "icarus", "--netlist"]
    let text = try succeed(command + ["ecp5"])
    XCTAssertTrue(text.contains("every word equals the fixed-point model"), text)
    XCTAssertFalse(text.contains("last input to last result"), text)
    let wrong = try run([
      "simulate", "out", "--data", "steps.csv", "--engine", "model", "--netlist", "ecp5",
    ])
    XCTAssertEqual(wrong.status, 64)
    XCTAssertTrue(wrong.error.contains("--netlist needs --engine icarus"), wrong.error)
  }

  func testAChangedFolderIsRefused() throws {
    try place(GoldenCase.named("csv-biased-cells"))
    try succeed(["generate", "net.csv", "-o", "out"])
    let text = try read("out/net.spec")
    try write(text.replacingOccurrences(of: "0.1", with: "0.2"), to: "out/net.spec")
    let run = try run(["simulate", "out", "--data", "inputs.csv", "--engine", "float"])
    XCTAssertEqual(run.status, 65)
    XCTAssertTrue(run.error.contains("[stale-folder]"), run.error)
  }
}
