import Assets
import Foundation
import Lowering
import XCTest

@testable import Emission
@testable import Toolchain

/// Blocks of an iCE40 as they are cut here and as `hdl/ice40` puts them together: read through our model
/// of the cell and through the one that comes with yosys.
final class BlockContentsTests: XCTestCase {
  /// Width and depth; blocks of every shape, alone and in rows and columns, and blocks they take.
  private static let shapes = [
    (9, 40, 1), (16, 256, 1), (23, 271, 3), (16, 600, 3), (5, 700, 2), (2, 1500, 1), (3, 2048, 2),
    (7, 2100, 5), (33, 300, 5),
  ]

  private var images: [MemoryImage] {
    Self.shapes.enumerated().map { index, shape in
      var state = UInt64(index + 1)
      return MemoryImage(
        suffix: "m\(index)", summary: "words that look random",
        words: (0..<shape.1).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          var word = BitWord()
          word.append(Int64(bitPattern: state >> 24), bits: shape.0)
          return word
        }, isWritten: true)
    }
  }

  /// Every memory is read from its first word to its last, then overwritten with other words.
  private func testbench() -> String {
    let cases = Self.shapes.enumerated().map { index, shape in
      let (width, depth, _) = shape
      return """
          reg [\(width - 1):0] words\(index) [0:\(depth - 1)];
          wire [\(width - 1):0] data\(index);
          initial $readmemh("t_m\(index).memh", words\(index));
          lstmg_ram #(.WIDTH(\(width)), .DEPTH(\(depth)), .ADDRESS_BITS(12), .IMAGE("t_m\(index).memh"))
            u_m\(index) (.clk_i(clk), .write_i(write && address < \(depth)), .write_address_i(address),
              .write_data_i(~words\(index)[address]), .read_i(!write), .clear_i(1'b0),
              .read_address_i(address), .read_data_o(data\(index)));
          always @(negedge clk)
            if ($time > 0 && !write && address < \(depth)) begin
              read = read + 1;
              if (data\(index) !== (words\(index)[address] ^ {\(width){inverted}})) differing = differing + 1;
            end

        """
    }.joined()
    return """
      module testbench;
        reg clk = 1'b0, write = 1'b0, inverted = 1'b0;
        reg [11:0] address = 12'd0;
        integer read = 0, differing = 0, pass, index;
      \(cases)
        initial begin
          for (pass = 0; pass < 3; pass = pass + 1) begin
            write = pass == 1;
            inverted = pass == 2;
            for (index = 0; index < 2100; index = index + 1) begin
              address = index;
              #1 clk = 1'b1;
              #1 clk = 1'b0;
              #1;
            end
          end
          #1 $display("%0d words, %0d differ", read, differing);
        end
      endmodule

      """
  }

  func testBlocksOfICE40() async throws {
    let assets = AssetLocator()
    for (image, shape) in zip(images, Self.shapes) {
      XCTAssertEqual(BlockContents(image, .ice40).blocks.count, shape.2, "\(shape)")
    }
    let ours = try assets.text("hdl/ice40/sim/SB_RAM40_4K.v")
    let theirs = try await CellModels(runner: JobRunner()).text(of: .ice40)
    var files = ["testbench.v": testbench()]
    files["memories.v"] = try MemoryFileEmitter(
      name: Identifier("t"), family: .ice40, banner: "//", assets: assets
    ).text(images)
    for name in [
      "ice40/lstmg_block.v", "ice40/lstmg_blocks.v", "ice40/lstmg_ram.v", "lstmg_delay.v",
    ] {
      files[String(name.split(separator: "/").last ?? "")] = try assets.text("hdl/\(name)")
    }
    let words = Self.shapes.reduce(0) { $0 + $1.1 }
    for (whose, model) in [("ours", ours), ("of yosys", theirs)] {
      try withTemporaryFolder { folder in
        for (name, text) in files.merging(["cells.v": model], uniquingKeysWith: { $1 }) {
          try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        for image in images {
          try Data(image.words.map { $0.hexadecimal + "\n" }.joined().utf8)
            .write(to: folder.appendingPathComponent("t_\(image.suffix).memh"))
        }
        let build = try execute(
          ["iverilog", "-g2005", "-s", "testbench", "-o", "t.vvp", "cells.v"] + files.keys.sorted(),
          in: folder)
        XCTAssertEqual(build.status, 0, build.log)
        let run = try execute(["vvp", "-n", "t.vvp"], in: folder)
        XCTAssertEqual(
          String(decoding: run.output, as: UTF8.self), "\(2 * words) words, 0 differ\n", whose)
      }
    }
  }

  // MARK: Bits that never change

  private func fixed(_ words: [Int64], trained: [Range<Int>]) -> (free: String, ones: String) {
    let bits = FixedBits(
      MemoryImage(
        suffix: "m", summary: "",
        words: words.map { value in
          var word = BitWord()
          word.append(value, bits: 6)
          return word
        }, trained: trained))
    return (bits.free, bits.ones)
  }

  func testFixedBitsAreThoseThatNoTrainingChanges() {
    XCTAssert(fixed([0b101_001, 0b100_011], trained: []) == ("6'b001010", "6'b100001"))
    XCTAssert(fixed([0b101_001, 0b100_011], trained: [0..<3]) == ("6'b001111", "6'b100000"))
    // A field of nothing but zeros has no weights.
    XCTAssert(fixed([0b101_000, 0b100_000], trained: [0..<3]) == ("6'b001000", "6'b100000"))
    XCTAssert(
      fixed([0b101_000, 0b100_100], trained: [0..<2, 2..<3]) == ("6'b001100", "6'b100000"))
  }
}
