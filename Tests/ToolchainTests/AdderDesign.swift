import Foundation

@testable import Toolchain

/// A small core with the interface of a generated one: frames of three inputs, answered after a
/// varying time with the running sum and with the first input less the others.
struct AdderDesign {
  var core = AdderDesign.coreText
  var top = AdderDesign.topText
  /// Added to the sum and to the difference.
  var offsets: [Int] = [0, 0]

  /// Replaces a piece of text that must be there.
  mutating func change(_ part: WritableKeyPath<Self, String>, _ old: String, _ new: String) {
    precondition(self[keyPath: part].contains(old), "not in the text: \(old)")
    self[keyPath: part] = self[keyPath: part].replacingOccurrences(of: old, with: new)
  }

  /// Writes the files into a folder.
  func write(to folder: String) throws -> SimulatedDesign {
    let image = offsets.map { String(format: "%06x\n", $0) }.joined()
    for (name, text) in [
      ("adder.v", top), ("adder_core.v", core), ("offsets.memh", image),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    return SimulatedDesign(folder: folder, top: "adder", inputBytes: 2, outputBytes: 3)
  }

  /// What the core answers to frames, of which some start a sequence.
  static func answers(_ frames: [(values: [Int64], starts: Bool)]) -> [[Int64]] {
    var total: Int64 = 0
    return frames.map { frame in
      if frame.starts { total = 0 }
      total += frame.values.reduce(0, +)
      return [total, frame.values.dropFirst().reduce(frame.values[0], -)]
    }
  }

  private static let topText = """
    // Frames of three inputs, answered with two outputs: running sum, and first minus the others.
    `default_nettype none

    module adder (
      input  wire        clk,
      input  wire        rst,
      input  wire [15:0] s_axis_tdata,
      input  wire        s_axis_tvalid,
      output wire        s_axis_tready,
      input  wire        s_axis_tlast,
      input  wire        s_axis_tuser,
      output wire [23:0] m_axis_tdata,
      output wire        m_axis_tvalid,
      input  wire        m_axis_tready,
      output wire        m_axis_tlast,
      output wire        frame_error
    );
      wire [23:0] sum;
      wire [23:0] difference;
      reg         second_q;

      adder_core u_core (
        .clk_i(clk),
        .rst_i(rst),
        .data_i(s_axis_tdata),
        .valid_i(s_axis_tvalid),
        .ready_o(s_axis_tready),
        .last_i(s_axis_tlast),
        .user_i(s_axis_tuser),
        .sum_q(sum),
        .difference_q(difference),
        .valid_o(m_axis_tvalid),
        .ready_i(m_axis_tready && second_q),
        .error_q(frame_error)
      );

      assign m_axis_tdata = second_q ? difference : sum;
      assign m_axis_tlast = second_q;

      always @(posedge clk) begin
        if (m_axis_tvalid && m_axis_tready) second_q <= !second_q;
        if (rst) second_q <= 1'b0;
      end
    endmodule

    `default_nettype wire

    """

  private static let coreText = """
    // Sum and difference of a frame's inputs, after a latency drawn from a register and an image.
    `default_nettype none

    module adder_core (
      input  wire        clk_i,
      input  wire        rst_i,
      // inputs
      input  wire [15:0] data_i,
      input  wire        valid_i,
      output wire        ready_o,
      input  wire        last_i,
      input  wire        user_i,
      // results
      output reg  [23:0] sum_q,
      output reg  [23:0] difference_q,
      output wire        valid_o,
      input  wire        ready_i,
      output reg         error_q
    );
      localparam [1:0] Collect = 2'd0;
      localparam [1:0] Compute = 2'd1;
      localparam [1:0] Show = 2'd2;

      reg  [23:0] offsets [0:1];
      reg  [1:0]  phase_q;
      reg  [1:0]  count_q;
      reg  [3:0]  noise_q;
      reg  [3:0]  wait_q;
      reg  [23:0] total_q;
      wire [23:0] value = {{8{data_i[15]}}, data_i};
      wire [23:0] base = (user_i && count_q == 2'd0) ? 24'd0 : total_q;
      wire        step_done = phase_q == Compute && wait_q == 4'd0;

      initial $readmemh("offsets.memh", offsets);

      assign ready_o = phase_q == Collect;
      assign valid_o = phase_q == Show;

      // The running total goes on from frame to frame until a frame with `user_i`.
      always @(posedge clk_i) begin
        noise_q <= {noise_q[2:0], noise_q[3] ^ noise_q[2]};
        if (phase_q == Collect && valid_i) begin
          total_q <= base + value;
          difference_q <= count_q == 2'd0 ? value : difference_q - value;
          count_q <= count_q + 2'd1;
          if (user_i && count_q == 2'd0) error_q <= 1'b0;
          if (last_i) begin
            count_q <= 2'd0;
            wait_q <= noise_q;
            if (count_q == 2'd2) phase_q <= Compute;
            else error_q <= 1'b1;
          end
        end
        if (phase_q == Compute) begin
          wait_q <= wait_q - 4'd1;
          if (step_done) begin
            sum_q <= total_q + offsets[0];
            difference_q <= difference_q + offsets[1];
            phase_q <= Show;
          end
        end
        if (phase_q == Show && ready_i) phase_q <= Collect;
        if (rst_i) begin
          phase_q <= Collect;
          count_q <= 2'd0;
          total_q <= 24'd0;
          noise_q <= 4'd1;
          error_q <= 1'b0;
        end
      end
    endmodule

    `default_nettype wire

    """
}
