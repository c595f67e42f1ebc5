import Foundation

/// Verilog for the tests of cell models, and a testbench that compares two versions of it.
enum CellDesigns {
  /// Inputs and outputs with their bits, besides `clk`.
  struct Ports {
    let inputs: [(name: String, bits: Int)]
    let outputs: [(name: String, bits: Int)]
    /// Verilog that keeps the inputs from asking for what is undefined.
    var rule = ""

    var list: String {
      let inputs = inputs.map { "input wire [\($0.bits - 1):0] \($0.name)" }
      let outputs = outputs.map { "output wire [\($0.bits - 1):0] \($0.name)" }
      return (["input wire clk"] + inputs + outputs).joined(separator: ",\n  ")
    }
  }

  static let readOnlyPorts = Ports(
    inputs: [("a", 14)],
    outputs: [("q36", 30), ("q18", 16), ("q9", 9), ("q4", 4), ("q2", 2), ("q1", 1)])
  static let readOnly =
    "module dut (\n  \(readOnlyPorts.list)\n);\n"
    + [("q36", 30, 9), ("q18", 16, 11), ("q9", 9, 11), ("q4", 4, 12), ("q2", 2, 13), ("q1", 1, 14)]
    .map { name, width, bits in
      """
        (* ram_style = "block" *) reg [\(width - 1):0] memory_\(name) [0:\((1 << bits) - 1)];
        reg [\(width - 1):0] word_\(name);
        initial $readmemh("w\(width).memh", memory_\(name));
        always @(posedge clk) word_\(name) <= memory_\(name)[a[\(bits - 1):0]];
        assign \(name) = word_\(name);

      """
    }.joined() + "endmodule\n"

  /// A true dual port and a pseudo dual port of 36 bits. Few addresses, so that they meet often.
  static let twoPortsPorts = Ports(
    inputs: [
      ("write_a", 1), ("bytes_a", 2), ("address_a", 10), ("data_a", 18),
      ("write_b", 1), ("address_b", 10), ("data_b", 18),
      ("bytes_w", 4), ("address_w", 9), ("data_w", 36),
      ("read_r", 1), ("clear_r", 1), ("address_r", 9),
    ],
    outputs: [("q_a", 18), ("q_b", 18), ("q_r", 36)],
    rule: """
          address_a = address_a & 10'h21f;
          address_b = address_b & 10'h21f;
          if (address_a == address_b) address_b = address_b ^ 10'd1;
          address_w = address_w & 9'h10f;
          address_r = address_r & 9'h10f;
          if (address_w == address_r) address_r = address_r ^ 9'd1;

      """)
  static let twoPorts = """
    module dut (
      \(twoPortsPorts.list)
    );
      (* ram_style = "block", no_rw_check *) reg [17:0] memory [0:1023];
      reg [17:0] word_a;
      reg [17:0] word_b;
      initial $readmemh("w18.memh", memory);
      assign q_a = word_a;
      assign q_b = word_b;
      always @(posedge clk)
        if (write_a) begin
          if (bytes_a[0]) memory[address_a][8:0] <= data_a[8:0];
          if (bytes_a[1]) memory[address_a][17:9] <= data_a[17:9];
        end else word_a <= memory[address_a];
      always @(posedge clk)
        if (write_b) memory[address_b] <= data_b;
        else word_b <= memory[address_b];

      (* ram_style = "block", no_rw_check *) reg [35:0] wide [0:511];
      reg [35:0] word_r;
      integer index;
      initial $readmemh("w36.memh", wide);
      assign q_r = word_r;
      always @(posedge clk) begin
        for (index = 0; index < 4; index = index + 1)
          if (bytes_w[index]) wide[address_w][9*index+:9] <= data_w[9*index+:9];
        if (clear_r) word_r <= 36'd0;
        else if (read_r) word_r <= wide[address_r];
      end
    endmodule

    """

  static let productsPorts = Ports(
    inputs: [("a", 18), ("b", 18), ("u", 16), ("v", 16)],
    outputs: [("signed_product", 36), ("unsigned_product", 32), ("mixed_product", 34)])
  static let products = """
    module dut (
      \(productsPorts.list)
    );
      assign signed_product = $signed(a) * $signed(b);
      assign unsigned_product = u * v;
      assign mixed_product = $signed({1'b0, u}) * $signed(a);
    endmodule

    """

  /// Two multipliers, the second one fed by the first one's shift output, and a memory of bytes that
  /// is read 36 bits at a time.
  static let registeredPorts = Ports(
    inputs: [
      ("a", 18), ("b", 18), ("enable", 3), ("clear", 3), ("shift", 1), ("sign", 1),
      ("write", 1), ("select", 3), ("address_w", 11), ("data_w", 9), ("address_r", 9),
      ("read", 1), ("show", 1), ("empty", 1),
    ],
    outputs: [("p", 36), ("next", 36), ("word", 36)],
    rule: """
          address_w = address_w & 11'h41f;
          address_r = address_r & 9'h107;
          if (address_w[10:2] == address_r) address_r = address_r ^ 9'd1;
          // Resets are rare, enables frequent, else nothing gets through.
          clear = clear & $random & $random & $random;
          enable = enable | $random;
          empty = empty & $random & $random;
          if (cycle % 2 == 0) select = 3'b101;

      """)

  private static func bus(_ cell: String, _ wire: String, _ count: Int, from first: Int = 0)
    -> String
  {
    (0..<count).map { ".\(cell)\($0)(\(wire)[\($0 + first)])" }.joined(separator: ", ")
  }

  static let registered = """
    module dut (
      \(registeredPorts.list)
    );
      wire [17:0] cascade;
      MULT18X18D #(
        .REG_INPUTA_CLK("CLK0"), .REG_INPUTB_CLK("CLK0"), .REG_PIPELINE_CLK("CLK0"),
        .REG_PIPELINE_CE("CE1"), .REG_PIPELINE_RST("RST1"), .REG_OUTPUT_CLK("CLK0"),
        .REG_OUTPUT_CE("CE2"), .REG_OUTPUT_RST("RST2")
      ) first (
        \(bus("A", "a", 18)), \(bus("B", "b", 18)), \(bus("P", "p", 36)),
        \(bus("SROA", "cascade", 18)), .SIGNEDA(sign), .SIGNEDB(1'b1), .SOURCEA(1'b0),
        .SOURCEB(1'b0), .CLK0(clk), .CE0(enable[0]), .CE1(enable[1]), .CE2(enable[2]),
        .RST0(clear[0]), .RST1(clear[1]), .RST2(clear[2])
      );
      MULT18X18D #(
        .REG_OUTPUT_CLK("CLK3"), .REG_OUTPUT_CE("CE3"), .REG_OUTPUT_RST("RST3"),
        .RESETMODE("ASYNC")
      ) second (
        \(bus("A", "a", 18)), \(bus("B", "b", 18)), \(bus("P", "next", 36)),
        \(bus("SRIA", "cascade", 18)), .SIGNEDA(1'b0), .SIGNEDB(sign), .SOURCEA(shift),
        .SOURCEB(1'b0), .CLK3(clk), .CE3(1'b1), .RST3(1'b0)
      );
      DP16KD #(
        .DATA_WIDTH_A(9), .DATA_WIDTH_B(36), .REGMODE_A("OUTREG"), .REGMODE_B("OUTREG"),
        .CSDECODE_A("0b101"), .INITVAL_00(320'h3ffff_00001)
      ) memory (
        .CLKA(clk), .CEA(1'b1), .OCEA(1'b1), .WEA(write), .RSTA(1'b0), .CSA0(select[0]),
        .CSA1(select[1]), .CSA2(select[2]), .ADA0(1'b0), .ADA1(1'b0), .ADA2(1'b0),
        \((0..<11).map { ".ADA\($0 + 3)(address_w[\($0)])" }.joined(separator: ", ")),
        \(bus("DIA", "data_w", 9)), .CLKB(clk), .CEB(read), .OCEB(show), .WEB(1'b0),
        .RSTB(empty), .CSB0(1'b0), .CSB1(1'b0), .CSB2(1'b0), .ADB0(1'b0), .ADB1(1'b0),
        .ADB2(1'b0), .ADB3(1'b0), .ADB4(1'b0),
        \((0..<9).map { ".ADB\($0 + 5)(address_r[\($0)])" }.joined(separator: ", ")),
        \(bus("DOA", "word", 18)), \(bus("DOB", "word", 18, from: 18))
      );
    endmodule

    """

  static let registeredPlain = """
    module plain (
      \(registeredPorts.list)
    );
      reg signed [18:0] factor_a = 0;
      reg signed [18:0] factor_b = 0;
      reg signed [37:0] product = 0;
      reg signed [37:0] result = 0;
      reg        [35:0] second = 0;
      wire       [17:0] source = shift ? factor_a[17:0] : a;
      wire signed [37:0] source_product = $signed({1'b0, source}) * $signed({sign & b[17], b});
      assign p = result[35:0];
      assign next = second;
      always @(posedge clk) begin
        if (clear[0]) factor_a <= 0;
        else if (enable[0]) factor_a <= {sign & a[17], a};
        if (clear[0]) factor_b <= 0;
        else if (enable[0]) factor_b <= {b[17], b};
        if (clear[1]) product <= 0;
        else if (enable[1]) product <= factor_a * factor_b;
        if (clear[2]) result <= 0;
        else if (enable[2]) result <= product;
        second <= source_product[35:0];
      end

      reg [8:0]  memory [0:2047];
      reg [35:0] latch = 0;
      reg [35:0] shown = 0;
      integer index;
      initial begin
        for (index = 0; index < 2048; index = index + 1) memory[index] = 0;
        memory[0] = 9'd1;
        memory[2] = 9'h1ff;
        memory[3] = 9'h1ff;
      end
      assign word = shown;
      always @(posedge clk) begin
        if (write && select == 3'b101) memory[address_w] <= data_w;
        if (empty) latch <= 0;
        else if (read)
          latch <= {memory[{address_r, 2'd3}], memory[{address_r, 2'd2}],
                    memory[{address_r, 2'd1}], memory[{address_r, 2'd0}]};
        if (empty) shown <= 0;
        else if (show) shown <= latch;
      end
    endmodule

    """

  /// Random inputs for both modules; the first cycles fill registers without a value.
  static func testbench(_ ports: Ports) -> String {
    func connections(_ suffix: String) -> String {
      ([".clk(clk)"] + ports.inputs.map { ".\($0.name)(\($0.name))" }
        + ports.outputs.map { ".\($0.name)(\($0.name)_\(suffix))" }).joined(separator: ", ")
    }
    func all(_ suffix: String) -> String {
      "{" + ports.outputs.map { "\($0.name)_\(suffix)" }.joined(separator: ", ") + "}"
    }
    return """
      module testbench;
        reg clk = 1'b0;
        integer cycle;
        integer differing = 0;
        \(ports.inputs.map { "reg [\($0.bits - 1):0] \($0.name);" }.joined(separator: "\n  "))
        \(ports.outputs.map { "wire [\($0.bits - 1):0] \($0.name)_plain, \($0.name)_dut;" }
          .joined(separator: "\n  "))
        plain u_plain (\(connections("plain")));
        dut u_dut (\(connections("dut")));
        initial begin
          for (cycle = 0; cycle < 2000; cycle = cycle + 1) begin
            \(ports.inputs.map { "\($0.name) = {$random, $random};" }.joined(separator: "\n      "))
      \(ports.rule)
            #5 clk = 1'b1;
            #5;
            if (cycle >= 20 && \(all("plain")) !== \(all("dut"))) differing = differing + 1;
            clk = 1'b0;
          end
          $display("%0d cycles, %0d differ", cycle, differing);
        end
      endmodule

      """
  }
}
