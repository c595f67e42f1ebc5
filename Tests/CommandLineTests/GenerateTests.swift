import Foundation
import GoldenCases
import XCTest

final class GenerateTests: ProgramTestCase {
  private let parity = GoldenCase.named("trained-parity")
  private let small = GoldenCase.named("csv-biased-cells")

  func testTwoProcessesWriteTheSameBytes() throws {
    try place(small)
    for name in ["first", "second"] { try succeed(["generate", "net.csv", "-o", name]) }
    let first = try files(below: "first")
    XCTAssertEqual(first, try files(below: "second"))
    XCTAssertGreaterThan(first.count, 20)
  }

  func testGeneratedTextNamesNeitherPlaceNorTimeNorHost() throws {
    try place(small)
    try succeed(["generate", work.appendingPathComponent("net.csv").path, "-o", "out"])
    let year = Calendar(identifier: .gregorian).component(.year, from: Date())
    let words = [
      "/tmp", "/home", "/root", folder.lastPathComponent,
      Self.program.deletingLastPathComponent().path,
      "\(year)-", "-\(year)", ProcessInfo.processInfo.hostName,
    ].filter { $0.count > 3 && $0 != "localhost" }
    for (path, data) in try files(below: "out") {
      let text = String(decoding: data, as: UTF8.self)
      for word in words { XCTAssertFalse(text.contains(word), "\(path) contains \(word)") }
    }
  }

  func testTheFolderHoldsWhatTheManifestLists() throws {
    try place(parity)
    let report = try object(
      try succeed(
        ["generate", "net.spec", "-o", "out", "--json", "--name", "parity"] + counts(parity)))
    let listed = try XCTUnwrap(report["files"] as? [String])
    XCTAssertEqual(listed, try files(below: "out").keys.sorted())
    for name in ["rtl/parity.v", "c/parity.h", "sim/Makefile", "parity.core", "manifest.json"] {
      XCTAssertTrue(listed.contains(name), name)
    }
    let manifest = try object(try read("out/manifest.json"))
    XCTAssertEqual(manifest["files"] as? [String], listed)
    XCTAssertEqual(manifest["hash"] as? String, report["hash"] as? String)
    XCTAssertTrue(try read("out/c/parity.h").contains(try XCTUnwrap(report["hash"] as? String)))
  }

  func testJSONHasExactlyTheContractsKeys() throws {
    try place(parity)
    let report = try object(
      try succeed(["generate", "net.spec", "-o", "out", "--json"] + counts(parity)))
    XCTAssertEqual(
      report.keys.sorted(),
      [
        "bound", "command", "computeLatencyCycles", "connections", "cyclesPerStep", "files",
        "formats", "gateProducts", "hash", "inputs", "lanes", "latencyCycles", "levels",
        "macsPerStep", "nodeUnits", "nodes", "outputs", "resources", "schema", "utilization",
      ])
    XCTAssertEqual(report["schema"] as? String, "lstmg-hdl/1")
    XCTAssertEqual(report["command"] as? String, "generate")
    XCTAssertEqual(report["nodes"] as? Int, 19)
    XCTAssertEqual(report["connections"] as? Int, 89)
    XCTAssertEqual(report["gateProducts"] as? Int, 16)
    XCTAssertEqual(report["levels"] as? Int, 6)
    let bound = try XCTUnwrap(report["bound"] as? [String: Any])
    XCTAssertEqual(bound.keys.sorted(), ["cycles", "term"])
    XCTAssertLessThanOrEqual(
      try XCTUnwrap(bound["cycles"] as? Int), try XCTUnwrap(report["cyclesPerStep"] as? Int))
  }

  func testTheHashFollowsEveryDecision() throws {
    try place(small)
    func hash(_ options: [String]) throws -> String {
      let lanes = options.contains("--lanes") ? [] : ["--lanes", "1"]
      let report = try object(
        try succeed(["generate", "net.csv", "-o", "out", "--json"] + lanes + options))
      return try XCTUnwrap(report["hash"] as? String)
    }
    let variants = [
      [], ["--lanes", "2"], ["--weight-bits", "12"], ["--activation-bits", "12"],
      ["--state-bits", "24"], ["--state-integer-bits", "9"], ["--input-range", "-4:4"],
      ["--constant-input", "2=1"], ["--name", "other"], ["--profile", "medium"],
      ["--calibrate", "inputs.csv"],
    ]
    let hashes = try variants.map(hash)
    XCTAssertEqual(Set(hashes).count, variants.count)
    XCTAssertEqual(try hash([]), hashes[0])
  }

  func testWidthsFollowTheTarget() throws {
    try place(small)
    for (target, bits) in [("ice40", 16), ("ecp5", 18)] {
      let stage = try object(
        try succeed(["generate", "net.csv", "--emit-stage", "quantised", "--target", target]))
      XCTAssertEqual(stage["weightBits"] as? Int, bits, target)
      XCTAssertEqual(stage["activationBits"] as? Int, bits, target)
    }
  }

  func testAutomaticLanesStayWithinTheTargetAndSayWhy() throws {
    let golden = GoldenCase.named("random-50")
    try place(golden)
    let report = try succeed(
      ["generate", "net.spec", "-o", "out", "--target", "ice40"] + counts(golden))
    XCTAssertTrue(
      report.contains("1: 2 would need 10 multipliers, iCE40UP5K has 8"), report)
  }

  func testPackedSpecsAndStandardInputAreRead() throws {
    try place(small)
    let plain = try object(
      try succeed(["generate", "net.csv", "-o", "out", "--json", "--name", "net"]))
    let piped = try run(
      ["generate", "-", "-o", "piped", "--json"], input: small.specBytes)
    XCTAssertEqual(piped.status, 0, piped.error)
    XCTAssertEqual(try object(piped.output)["hash"] as? String, plain["hash"] as? String)
    let golden = GoldenCase.named("csv-biased-cells")
    let packed = try gzip(golden.specBytes, as: "tiny.csv.gz")
    let report = try succeed(["generate", packed, "-o", "unpacked"])
    XCTAssertTrue(report.hasPrefix("network        tiny: 17 nodes"), report)
  }

  func testEveryStageIsTheSameJSONInTwoProcesses() throws {
    try place(small)
    var texts: Set<String> = []
    for stage in ["network", "levelled", "factored", "quantised", "schedule", "design"] {
      let arguments = ["generate", "net.csv", "--lanes", "1", "--emit-stage", stage]
      let text = try succeed(arguments)
      XCTAssertFalse(try object(text).isEmpty, stage)
      XCTAssertEqual(text, try succeed(arguments), stage)
      texts.insert(text)
    }
    XCTAssertEqual(texts.count, 6)
    XCTAssertFalse(exists("out"))
  }

  func testCalibrationNarrowsTheStateToWhatTheDataNeed() throws {
    try place(parity)
    let report = try object(
      try succeed(
        [
          "generate", "net.spec", "-o", "out", "--json", "--lanes", "1", "--calibrate",
          "inputs.csv",
        ]
          + counts(parity)))
    let formats = try XCTUnwrap(report["formats"] as? [String: Any])
    let state = try XCTUnwrap(formats["state"] as? [String: Any])
    // The largest state is 99.7: seven bits, and one of headroom.
    XCTAssertEqual(state["format"] as? String, "Q8.23")
  }

  func testTheReportIsAnAlignedTable() throws {
    try place(parity)
    let lines = try succeed(["generate", "net.spec", "-o", "out"] + counts(parity))
      .split(separator: "\n")
    XCTAssertTrue(lines.contains { $0.contains("56 -> 16 gate products, 6 levels") })
    for line in lines {
      let columns = Array(line)
      XCTAssertTrue(
        columns.count > 15 && columns[14] == " " && columns[15] != " " || line.hasPrefix(" "),
        String(line))
    }
  }

  private func gzip(_ bytes: [UInt8], as name: String) throws -> String {
    let plain = work.appendingPathComponent("plain")
    try Data(bytes).write(to: plain)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-c", plain.path]
    let packed = work.appendingPathComponent(name)
    try Data().write(to: packed)
    process.standardOutput = try FileHandle(forWritingTo: packed)
    try process.run()
    process.waitUntilExit()
    return name
  }
}
