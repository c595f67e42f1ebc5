import Diagnostics
import Foundation
import XCTest

@testable import Toolchain

/// Our models of the ECP5's cells against plain Verilog, on random stimulus: as yosys uses the cells,
/// and with the registers that it never uses.
final class CellModelTests: FolderTestCase {
  /// Verilog with the module `dut`, what it is compared with, and its ports.
  private struct Case {
    let name: String
    let verilog: String
    let plain: String
    let ports: CellDesigns.Ports

    init(_ name: String, _ verilog: String, _ ports: CellDesigns.Ports, plain: String? = nil) {
      self.name = name
      self.verilog = verilog
      self.ports = ports
      self.plain =
        plain ?? verilog.replacingOccurrences(of: "module dut", with: "module plain")
    }
  }

  private let readOnly = Case("rom", CellDesigns.readOnly, CellDesigns.readOnlyPorts)
  private let twoPorts = Case("ram", CellDesigns.twoPorts, CellDesigns.twoPortsPorts)
  private let products = Case("mul", CellDesigns.products, CellDesigns.productsPorts)
  private let registered = Case(
    "reg", CellDesigns.registered, CellDesigns.registeredPorts,
    plain: CellDesigns.registeredPlain)

  /// Synthesises a case and puts its testbench beside the netlist.
  private func build(_ work: Case) async throws -> Netlist {
    for path in ["", "/rtl", "/netlist"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(work.name)\(path)", withIntermediateDirectories: true)
    }
    try write(work.verilog, to: "\(work.name)/rtl/dut.v")
    for (name, width, depth) in Self.images {
      try write(image(width, depth), to: "\(work.name)/rtl/\(name)")
    }
    try write(work.plain, to: "\(work.name)/plain.v")
    try write(CellDesigns.testbench(work.ports), to: "\(work.name)/testbench.v")
    return try await NetlistBuild(.ecp5, models: [ecp5Models]).make(
      SimulatedDesign(
        folder: "\(folder)/\(work.name)/rtl", top: "dut", inputBytes: 2, outputBytes: 2),
      in: "\(folder)/\(work.name)/netlist"
    ).netlist
  }

  /// What the testbench of a case that was built says with models from that folder.
  private func verdict(_ work: Case, models: String = ecp5Models) async throws -> String {
    let program = "\(folder)/\(work.name)/testbench.vvp"
    let sources =
      ["testbench.v", "plain.v", "netlist/netlist.v", "netlist/cells.v"].map { "../" + $0 }
      + (try VerilogFolder(models).sources()).map { models + "/" + $0 }
    let runner = JobRunner(logFolder: folder)
    let warnings = try await runner.run(
      Job(
        .tool(.iverilog),
        [
          "-g2005", "-Wall", "-Wno-portbind", "-Wno-timescale", "-s", "testbench", "-o", program,
        ] + sources, in: "\(folder)/\(work.name)/rtl"))
    XCTAssertEqual(warnings, "")
    return try await runner.run(
      Job(.tool(.vvp), ["-n", program], in: "\(folder)/\(work.name)/rtl"))
  }

  private static let images = [
    ("w30.memh", 30, 512), ("w16.memh", 16, 2048), ("w9.memh", 9, 2048), ("w4.memh", 4, 4096),
    ("w2.memh", 2, 8192), ("w1.memh", 1, 16384), ("w18.memh", 18, 1024), ("w36.memh", 36, 512),
  ]

  /// Words that look random but are the same in every run.
  private func image(_ width: Int, _ depth: Int) -> String {
    var state = UInt64(width)
    return (0..<depth).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return String(state >> (64 - UInt64(width)), radix: 16) + "\n"
    }.joined()
  }

  private static let equal = "2000 cycles, 0 differ\n"

  func testReadOnlyMemoriesOfEveryWidth() async throws {
    let cells = try await build(readOnly)
    let verdict = try await verdict(readOnly)
    XCTAssertEqual(verdict, Self.equal)
    XCTAssertEqual(
      Set(cells.cells("DP16KD").compactMap { $0.number("DATA_WIDTH_A") }), [1, 2, 4, 9, 36])
  }

  func testTwoPortMemoriesWithByteEnables() async throws {
    let cells = try await build(twoPorts)
    let verdict = try await verdict(twoPorts)
    XCTAssertEqual(verdict, Self.equal)
    XCTAssertEqual(cells.cells("DP16KD").count, 2)
  }

  func testProductsOfEverySign() async throws {
    let cells = try await build(products)
    let verdict = try await verdict(products)
    XCTAssertEqual(verdict, Self.equal)
    XCTAssertEqual(cells.cells("MULT18X18D").count, 3)
  }

  /// And each change of a model is seen by one of these designs.
  func testRegistersAndWrongModels() async throws {
    let cells = try await build(registered)
    let verdict = try await verdict(registered)
    XCTAssertEqual(verdict, Self.equal)
    XCTAssertEqual(
      cells.cells("MULT18X18D").map { $0.text("REG_PIPELINE_CLK") }.sorted { $0 ?? "" < $1 ?? "" },
      [nil, "CLK0"])
    XCTAssertEqual(cells.cells("DP16KD").first?.text("REGMODE_A"), "OUTREG")

    _ = try await build(readOnly)
    let changes = [
      (readOnly, "DP16KD.v", "6'd18", "6'd17"),
      (readOnly, "DP16KD.v", "40*row+20", "40*row+18"),
      (registered, "DP16KD.v", "if (OCEB)", "if (1'b1)"),
      (registered, "DP16KD.v", "CSDECODE_A[16]", "CSDECODE_A[8]"),
      (registered, "DP16KD.v", "REGMODE_B == \"OUTREG\"", "REGMODE_B == \"NOREG\""),
      (registered, "MULT18X18D.v", "a[18] & a[17]", "a[17]"),
      (registered, "MULT18X18D.v", "SOURCEA ?", "SOURCEB ?"),
      (registered, "lstmg_ecp5_register.v", "enable_i[ENABLE[1:0]]", "enable_i[0]"),
      (registered, "lstmg_ecp5_register.v", "if (reset) ", "if (reset && enable) "),
    ]
    for (work, file, old, new) in changes {
      let models = folder + "/models"
      try? FileManager.default.removeItem(atPath: models)
      try FileManager.default.copyItem(atPath: ecp5Models, toPath: models)
      let text = try String(contentsOfFile: models + "/" + file, encoding: .utf8)
      XCTAssertTrue(text.contains(old), "\(file): \(old)")
      try write(text.replacingOccurrences(of: old, with: new), to: "models/" + file)
      let verdict = try await self.verdict(work, models: models)
      XCTAssertFalse(verdict.hasSuffix(" 0 differ\n"), "\(new) in place of \(old)")
    }
  }
}

/// Our models of the ECP5's cells.
let ecp5Models = testbenchFolder + "/../hdl/ecp5/sim"
