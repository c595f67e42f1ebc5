import XCTest

@testable import Toolchain

/// Our models of an iCE40's flip-flops, which sleep, against those that come with yosys, which do not.
final class FlipFlopModelTests: FolderTestCase {
  private static let models = testbenchFolder + "/../hdl/ice40/netlist"
  /// Cells and the inputs that they have beside clock and data.
  private static let cells = [
    ("SB_DFF", ""), ("SB_DFFE", "E"), ("SB_DFFSR", "R"), ("SB_DFFSS", "S"), ("SB_DFFESR", "ER"),
    ("SB_DFFESS", "ES"),
  ]

  /// Inputs change with edges of the clock, as those behind other flip-flops do, between them, and twice in a cycle.
  private var testbench: String {
    let instances = Self.cells.enumerated().map { index, cell in
      let ports = (["C", "D"] + cell.1.map(String.init)).map { ".\($0)(\($0))" }
        .joined(separator: ", ")
      return """
          \(cell.0) ours\(index) (\(ports), .Q(ours[\(index)]));
          their_\(cell.0) theirs\(index) (\(ports), .Q(theirs[\(index)]));

        """
    }.joined()
    let last = Self.cells.count - 1
    return """
      module testbench;
        reg C = 1'b0, D = 1'b0, E = 1'b1, R = 1'b0, S = 1'b0;
        wire [\(last):0] ours, theirs;
        integer cycle, differing = 0;
        reg [\(last):0] ones = 0, zeros = 0;
      \(instances)
        always @(posedge C) if ($random & 1) {D, E, R, S} <= $random;
        initial begin
          for (cycle = 0; cycle < 2000; cycle = cycle + 1) begin
            #1 C = 1'b1;
            #1 if (ours !== theirs) differing = differing + 1;
            if ($random & 1) {D, E, R, S} = $random;
            #1 C = 1'b0;
            #1 if ($random & 1) {D, E, R, S} = $random;
            if (ours !== theirs) differing = differing + 1;
            ones = ones | ours;
            zeros = zeros | ~ours;
          end
          $display("%0d cycles, %0d differ, %b", cycle, differing, ones & zeros);
        end
      endmodule

      """
  }

  private func verdict(changing change: (old: String, new: String)? = nil) async throws -> String {
    let runner = JobRunner(logFolder: folder)
    let theirs = try await CellModels(runner: runner).text(of: .ice40)
    let ours = try Self.cells.map { cell in
      let text = try String(contentsOfFile: "\(Self.models)/\(cell.0).v", encoding: .utf8)
      return change.map { text.replacingOccurrences(of: $0.old, with: $0.new) } ?? text
    }.joined()
    try write(
      theirs.replacingOccurrences(of: "module SB_DFF", with: "module their_SB_DFF"),
      to: "theirs.v")
    try write(ours, to: "ours.v")
    try write(testbench, to: "testbench.v")
    try await runner.run(
      Job(
        .tool(.iverilog),
        ["-g2005", "-s", "testbench", "-o", "t.vvp", "testbench.v", "ours.v", "theirs.v"],
        in: folder))
    return try await runner.run(Job(.tool(.vvp), ["-n", "t.vvp"], in: folder))
  }

  func testTheyAreThoseOfYosys() async throws {
    let equal = "2000 cycles, 0 differ, 111111\n"
    var verdict = try await verdict()
    XCTAssertEqual(verdict, equal)
    for change in [
      ("wait (next !== Q);", "wait (D !== Q);"), ("E ?", "!E ?"), ("@(posedge C)", "@(negedge C)"),
      ("1'b1 : D", "1'b0 : D"), ("(R ?", "(!R ?"),
    ] {
      verdict = try await self.verdict(changing: change)
      XCTAssertNotEqual(verdict, equal, "\(change)")
    }
  }
}
