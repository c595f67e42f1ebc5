import Foundation
import GoldenCases
import XCTest

final class PrecisionTests: ProgramTestCase {
  private static let parity = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples/parity")

  private func example(_ name: String) -> String {
    Self.parity.appendingPathComponent(name).path
  }

  private var counts: [String] {
    ["--num-inputs", "2", "--num-outputs", "1", "--constant-input", "1=1"]
  }

  private func point(_ report: [String: Any], _ body: ([String: Any]) -> Bool) -> [String: Any]? {
    (report["points"] as? [[String: Any]])?.first(where: body)
  }

  func testWhatIsChosenKeepsTheGoalWhenItIsGenerated() throws {
    let run = try succeed(
      ["precision", example("net.spec"), "--data", example("data.csv"), "--max-error", "2e-3"]
        + ["--json"] + counts)
    let report = try object(run)
    XCTAssertEqual(report["command"] as? String, "precision")
    XCTAssertEqual(report["steps"] as? Int, 3400)
    XCTAssertEqual(report["randomData"] as? Bool, false)
    let chosen = try XCTUnwrap(point(report) { $0["isChosen"] as? Bool == true })
    let widths = try XCTUnwrap(chosen["widths"] as? [String: Int])
    let options = [
      "--weight-bits", "\(widths["weights"] ?? 0)", "--activation-bits",
      "\(widths["activations"] ?? 0)", "--state-bits", "\(widths["states"] ?? 0)",
      "--calibrate", example("data.csv"),
    ]
    let simulated = try object(
      try succeed(
        ["simulate", example("net.spec"), "--data", example("data.csv"), "--engine", "model"]
          + ["--json"] + options + counts))
    XCTAssertEqual(simulated["maxAbsError"] as? Double, chosen["largestError"] as? Double)
    XCTAssertLessThanOrEqual(try XCTUnwrap(simulated["maxAbsError"] as? Double), 2e-3)

    let generated = try succeed(
      ["generate", example("net.spec"), "--calibrate", example("data.csv"), "--max-error", "2e-3"]
        + ["-o", "out"] + counts)
    XCTAssertTrue(generated.contains("weights \(widths["weights"] ?? 0) bits,"), generated)
    XCTAssertTrue(generated.contains(" chosen"), generated)
    let again = try object(
      try succeed(["simulate", "out", "--data", example("data.csv"), "--engine", "model", "--json"])
    )
    XCTAssertEqual(again["maxAbsError"] as? Double, chosen["largestError"] as? Double)
  }

  func testLabelsDecideWhereTheyAreGiven() throws {
    let text = try succeed(
      ["precision", example("net.spec"), "--data", example("data.csv"), "--labels"]
        + [example("labels.csv"), "--max-accuracy-loss", "0", "--target", "ecp5"] + counts)
    XCTAssertTrue(text.contains("floating point  100.0 % of the judged steps are right"), text)
    XCTAssertTrue(text.contains("next            lstmg-hdl generate \(example("net.spec"))"), text)
    XCTAssertTrue(text.contains("LUTs"), text)
  }

  func testWithoutDataTheReportSaysSo() throws {
    let golden = GoldenCase.named("fanout-gater")
    try place(golden)
    let text = try succeed(["precision", golden.specName] + counts(golden))
    XCTAssertTrue(text.contains("none given: random inputs of -1.0 to 1.0"), text)
    XCTAssertTrue(
      text.contains("as declared; states may be anything that their format holds"), text)
    XCTAssertFalse(text.contains("chosen"), text)
  }

  func testUsage() throws {
    let golden = GoldenCase.named("fanout-gater")
    try place(golden)
    for (words, message) in [
      (["--max-error", "0.1", "--max-accuracy-loss", "1"], "Give either --max-error or"),
      (["--max-accuracy-loss", "1"], "need --labels"),
      (["--labels", "labels.csv"], "--labels need --data"),
      (["--calibrate", "inputs.csv"], "leave --calibrate out"),
      (["--data", "inputs.csv", "--input-range", "-1:1"], "leave --input-range out"),
      (["--max-error=-1"], "not a number of at least 0"),
    ] {
      let run = try run(["precision", golden.specName] + words + counts(golden))
      XCTAssertEqual(run.status, 64, run.error)
      XCTAssertTrue(run.error.contains(message), run.error)
    }
    let unreachable = try run(
      ["precision", golden.specName, "--max-error", "1e-9"] + counts(golden))
    XCTAssertEqual(unreachable.status, 1, unreachable.error)
    XCTAssertTrue(unreachable.error.contains("goal-out-of-reach"), unreachable.error)
  }
}
