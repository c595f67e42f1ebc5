// Testbench of one generated core under Icarus: plays stimulus, records results.
//
// Twin of lstmg_tb.cpp: both read the same stimulus and write the same result, cycle for cycle;
// the two formats and the rules of a cycle are in README.md. Under Verilator this module is only
// the core with `step_done` added to its ports, so that both simulators show the same names.
//
//   vvp FILE [-fst] +stimulus=FILE +result=FILE [+wave=FILE]
//
// Macros: LSTMG_TOP, name of the core; LSTMG_INPUT_BITS and LSTMG_OUTPUT_BITS, widths of the
// streams' data, multiples of 8 up to 64. LSTMG_NETLIST, if the core is a netlist, in which nothing
// shows when a step is done. LSTMG_FLASH, if the core loads its weights from a flash memory, whose
// contents +flash=FILE names. LSTMG_STATES, if the core has ports that show its states.
`default_nettype none

module lstmg_tb
`ifdef VERILATOR
(
  input  wire                          clk,
  input  wire                          rst,
  input  wire [`LSTMG_INPUT_BITS-1:0]  s_axis_tdata,
  input  wire                          s_axis_tvalid,
  output wire                          s_axis_tready,
  input  wire                          s_axis_tlast,
  input  wire                          s_axis_tuser,
  output wire [`LSTMG_OUTPUT_BITS-1:0] m_axis_tdata,
  output wire                          m_axis_tvalid,
  input  wire                          m_axis_tready,
  output wire                          m_axis_tlast,
  output wire                          frame_error,
  output wire                          step_done,
  output wire                          loading,
  output wire                          load_error
);
`else
;
  reg                           clk;
  reg                           rst;
  reg  [`LSTMG_INPUT_BITS-1:0]  s_axis_tdata;
  reg                           s_axis_tvalid;
  wire                          s_axis_tready;
  reg                           s_axis_tlast;
  reg                           s_axis_tuser;
  wire [`LSTMG_OUTPUT_BITS-1:0] m_axis_tdata;
  wire                          m_axis_tvalid;
  reg                           m_axis_tready;
  wire                          m_axis_tlast;
  wire                          frame_error;
  wire                          step_done;
  wire                          loading;
  wire                          load_error;
`endif
`ifdef LSTMG_FLASH
  wire flash_cs_n;
  wire flash_sck;
  wire flash_mosi;
  wire flash_miso;
  lstmg_flash u_flash (.cs_n(flash_cs_n), .sck(flash_sck), .mosi(flash_mosi), .miso(flash_miso));
  assign loading = !flash_cs_n;
`else
  assign loading = 1'b0;
  assign load_error = 1'b0;
`endif

  `LSTMG_TOP dut (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(s_axis_tdata),
    .s_axis_tvalid(s_axis_tvalid),
    .s_axis_tready(s_axis_tready),
    .s_axis_tlast(s_axis_tlast),
    .s_axis_tuser(s_axis_tuser),
    .m_axis_tdata(m_axis_tdata),
    .m_axis_tvalid(m_axis_tvalid),
    .m_axis_tready(m_axis_tready),
    .m_axis_tlast(m_axis_tlast),
`ifdef LSTMG_FLASH
    .flash_cs_n(flash_cs_n),
    .flash_sck(flash_sck),
    .flash_mosi(flash_mosi),
    .flash_miso(flash_miso),
    .load_error(load_error),
`endif
`ifdef LSTMG_STATES
    // What a board shows to a host.
    /* verilator lint_off PINCONNECTEMPTY */
    .state_write(),
    .state_slot(),
    .state_data(),
    /* verilator lint_on PINCONNECTEMPTY */
`endif
    .frame_error(frame_error)
  );
`ifdef LSTMG_NETLIST
  assign step_done = 1'b0;
`else
  assign step_done = dut.u_core.step_done;
`endif

`ifndef VERILATOR
  localparam integer ResetCycles = 3;
  // A frame longer than this never ends: without a limit it would fill the disk.
  localparam integer LongestFrame = 1 << 20;

  localparam integer ItemEnd = 0;
  localparam integer ItemBeat = 1;
  localparam integer ItemWait = 2;
  localparam integer ItemReset = 3;

  // Files.
  reg [8*4096-1:0] path;
  reg [8*16-1:0]   word;
  integer          stimulus;
  integer          result;
  integer          character;
  integer          fields;

  // Settings.
  reg        ready_always;
  reg [31:0] ready_state;
  reg [31:0] ready_permille;
  reg [63:0] outputs;
  reg [63:0] timeout;
  reg [63:0] settle;

  // The item of the stimulus under way: a beat with the idle cycles still before it, or a wait or
  // a reset with the output frames that it waits for.
  integer                      item;
  reg [`LSTMG_INPUT_BITS-1:0]  item_data;
  integer                      item_last;
  integer                      item_user;
  reg [63:0]                   item_count;
  reg                          started;

  // The run.
  reg [63:0]                   cycle;
  reg [63:0]                   inputs;
  reg [63:0]                   frames;
  reg [63:0]                   frame_length;
  reg [63:0]                   quiet;
  reg [63:0]                   settled;
  integer                      reset_left;
  reg                          finished;
  reg                          active;
  reg                          accepted;
  reg                          moving;
  reg                          reset;
  reg                          valid;
  reg                          ready;
  reg                          first_input;
  reg                          held;
  reg                          held_last;
  reg [`LSTMG_OUTPUT_BITS-1:0] held_data;
  reg                          last_error;
  reg                          unknown_told;

  initial begin
    clk = 1'b0;
    rst = 1'b1;
    s_axis_tvalid = 1'b0;
    s_axis_tdata = 0;
    s_axis_tlast = 1'b0;
    s_axis_tuser = 1'b0;
    m_axis_tready = 1'b0;
    ready_always = 1'b1;
    ready_state = 32'd1;
    ready_permille = 32'd1000;
    outputs = 64'd0;
    timeout = 64'd100000;
    settle = 64'd16;
    started = 1'b0;
    cycle = 64'd0;
    inputs = 64'd0;
    frames = 64'd0;
    frame_length = 64'd0;
    quiet = 64'd0;
    settled = 64'd0;
    finished = 1'b0;
    reset = 1'b1;
    reset_left = ResetCycles;
    valid = 1'b0;
    ready = 1'b0;
    first_input = 1'b1;
    held = 1'b0;
    held_last = 1'b0;
    held_data = 0;
    last_error = 1'b0;
    unknown_told = 1'b0;
    open;
    advance;
    while (!finished) begin
      #5 clk = 1'b1;
      #5 clk = 1'b0;
    end
    $fdisplay(result, "end %0d", cycle);
    $fclose(result);
    $finish(0);
  end

  // At the rising edge the core's registers still hold their old values here: what this block
  // reads is what the core showed before the edge, and what it assigns is seen after it.
  always @(posedge clk) begin
    sample;
    drive;
    cycle = cycle + 64'd1;
  end

  task open;
    begin
      stimulus = 0;
      result = 0;
      if ($value$plusargs("stimulus=%s", path)) stimulus = $fopen(path, "r");
      if (stimulus == 0) begin
        $display("error: cannot open the stimulus; give +stimulus=FILE");
        $finish(0);
      end
      if ($value$plusargs("result=%s", path)) result = $fopen(path, "w");
      if (result == 0) begin
        $display("error: cannot create the result; give +result=FILE");
        $finish(0);
      end
      if ($value$plusargs("wave=%s", path)) begin
        $dumpfile(path);
        $dumpvars(0, dut);
      end
    end
  endtask

  task bad_line;
    begin
      $display("error: not a line of a stimulus, after %0d input beats", inputs);
      moving = 1'b0;
      $finish(0);
    end
  endtask

  // Reads on to the next beat, wait or reset.
  task advance;
    begin
      moving = 1'b1;
      item_count = 64'd0;
      while (moving) begin
        character = $fgetc(stimulus);
        // Blank, and the tab and line ends of every system.
        while (character == 32 || (character >= 9 && character <= 13)) begin
          character = $fgetc(stimulus);
        end
        if (character < 0) begin
          item = ItemEnd;
          moving = 1'b0;
        end else if (character == "#") begin
          while (character >= 0 && character != "\n") character = $fgetc(stimulus);
        end else begin
          fields = $ungetc(character, stimulus);
          if (character >= "g" && character <= "z") read_command;
          else read_beat;
        end
      end
    end
  endtask

  task read_beat;
    begin
      fields = $fscanf(stimulus, "%h %d %d %d", item_data, item_last, item_user, item_count);
      if (fields != 4) bad_line;
      item = ItemBeat;
      started = 1'b1;
      moving = 1'b0;
    end
  endtask

  task read_command;
    begin
      fields = $fscanf(stimulus, "%s", word);
      if (word == "wait" || word == "reset") begin
        if ($fscanf(stimulus, "%d", item_count) != 1) bad_line;
        item = word == "wait" ? ItemWait : ItemReset;
        started = 1'b1;
        moving = 1'b0;
      end else if (started) begin
        bad_line;
      end else begin
        read_setting;
      end
    end
  endtask

  task read_setting;
    begin
      fields = 0;
      if (word == "outputs") fields = $fscanf(stimulus, "%d", outputs);
      else if (word == "timeout") fields = $fscanf(stimulus, "%d", timeout);
      else if (word == "settle") fields = $fscanf(stimulus, "%d", settle);
      else if (word == "ready") begin
        fields = $fscanf(stimulus, "%s", word);
        ready_always = word == "always";
        if (word == "random") begin
          fields = $fscanf(stimulus, "%d %d", ready_state, ready_permille) - 1;
          if (ready_state == 32'd0) ready_state = 32'd1;
        end else if (word != "always") fields = 0;
      end
      if (fields != 1) bad_line;
    end
  endtask

  // What the core shows just before the rising edge of this cycle.
  task sample;
    begin
      active = 1'b0;
      accepted = 1'b0;
      if (cycle >= ResetCycles && frame_error !== last_error) begin
        last_error = frame_error;
        $fdisplay(result, "frame_error %b %0d", frame_error, cycle);
      end
      if (reset) begin
        held = 1'b0;
        active = 1'b1;
      end else begin
        if (loading) active = 1'b1;
        if (load_error) begin
          $fdisplay(result, "violation %0d load_error: the flash memory is not that of the core",
                    cycle);
          finished = 1'b1;
        end
        sample_unknown;
        sample_input;
        if (step_done) begin
          $fdisplay(result, "step_done %0d", cycle);
          active = 1'b1;
        end
        sample_output;
      end
    end
  endtask

  // Only this simulator knows of unknown values; one line is enough.
  task sample_unknown;
    if (!unknown_told) begin
      unknown_told = 1'b1;
      if ((^{s_axis_tready, m_axis_tvalid, frame_error, step_done, load_error}) === 1'bx) begin
        $fdisplay(result, "violation %0d unknown value on a control output", cycle);
      end else if (m_axis_tvalid && (^{m_axis_tdata, m_axis_tlast}) === 1'bx) begin
        $fdisplay(result, "violation %0d unknown value on m_axis_tdata or m_axis_tlast", cycle);
      end else begin
        unknown_told = 1'b0;
      end
    end
  endtask

  task sample_input;
    if (valid && s_axis_tready) begin
      accepted = 1'b1;
      active = 1'b1;
      inputs = inputs + 64'd1;
      if (first_input) $fdisplay(result, "in_first %0d", cycle);
      if (item_last != 0) $fdisplay(result, "in_last %0d", cycle);
      first_input = item_last != 0;
    end
  endtask

  task sample_output;
    begin
      if (held && !m_axis_tvalid) begin
        $fdisplay(result, "violation %0d m_axis_tvalid fell before m_axis_tready", cycle);
      end else if (held && m_axis_tdata !== held_data) begin
        $fdisplay(result, "violation %0d m_axis_tdata changed before m_axis_tready", cycle);
      end else if (held && m_axis_tlast !== held_last) begin
        $fdisplay(result, "violation %0d m_axis_tlast changed before m_axis_tready", cycle);
      end
      held = m_axis_tvalid && !ready;
      held_data = m_axis_tdata;
      held_last = m_axis_tlast;
      if (m_axis_tvalid && ready) begin
        active = 1'b1;
        $fdisplay(result, "out %h %b %0d", m_axis_tdata, m_axis_tlast, cycle);
        frame_length = m_axis_tlast ? 64'd0 : frame_length + 64'd1;
        if (m_axis_tlast) frames = frames + 64'd1;
        if (frame_length > LongestFrame) begin
          $fdisplay(result, "violation %0d m_axis frame without end", cycle);
          finished = 1'b1;
        end
      end
    end
  endtask

  // The inputs from this rising edge on.
  task drive;
    begin
      if (accepted) begin
        valid = 1'b0;
        advance;
      end
      if (reset) begin
        reset_left = reset_left - 1;
        reset = reset_left != 0;
      end
      moving = !reset && !valid;
      while (moving) step;
      if (!finished) watch;
      if (reset) begin
        ready = 1'b0;
      end else if (ready_always) begin
        ready = 1'b1;
      end else begin
        ready_state = ready_state ^ (ready_state << 13);
        ready_state = ready_state ^ (ready_state >> 17);
        ready_state = ready_state ^ (ready_state << 5);
        ready = ready_state % 32'd1000 < ready_permille;
      end
      rst <= reset;
      s_axis_tvalid <= valid;
      s_axis_tdata <= item_data;
      s_axis_tlast <= item_last != 0;
      s_axis_tuser <= item_user != 0;
      m_axis_tready <= ready;
    end
  endtask

  // One move through the stimulus; `moving` stays set if another may follow in the same cycle.
  task step;
    begin
      moving = 1'b0;
      if (item == ItemBeat) begin
        if (item_count != 64'd0) begin
          item_count = item_count - 64'd1;
          active = 1'b1;
        end else begin
          valid = 1'b1;
        end
      end else if (item != ItemEnd && frames >= item_count) begin
        if (item == ItemReset) begin
          reset = 1'b1;
          reset_left = ResetCycles;
          first_input = 1'b1;
          frame_length = 64'd0;
        end
        advance;
        moving = !reset;
      end
    end
  endtask

  // Ends the run when everything came, or when nothing comes any more.
  task watch;
    if ((item == ItemEnd && frames >= outputs && !reset) || frames > outputs) begin
      finished = settled >= settle;
      settled = settled + 64'd1;
    end else begin
      quiet = active ? 64'd0 : quiet + 64'd1;
      if (quiet >= timeout) begin
        $fwrite(result, "timeout %0d ", cycle);
        if (valid) begin
          $fdisplay(result, "s_axis_tready for input beat %0d", inputs + 64'd1);
        end else begin
          $fwrite(result, "output frame %0d ", frames + 64'd1);
          if (item == ItemWait) $fdisplay(result, "before a wait");
          else if (item == ItemReset) $fdisplay(result, "before a reset");
          else $fdisplay(result, "of %0d", outputs);
        end
        finished = 1'b1;
      end
    end
  endtask
`endif
endmodule

`default_nettype wire
