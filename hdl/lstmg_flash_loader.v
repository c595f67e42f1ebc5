`default_nettype none
// Copies the weights of all lanes from a serial flash memory into theirs (SPI mode 0).
//
// After a pause it wakes the memory (0xAB), pauses again and reads (0x03, three bytes of address) words
// of 16 bits, the upper byte and in it the upper bit first:
//
//   MAGIC, two words            the same for every core
//   IDENTITY, two words         of this core
//   LANES * DEPTH words         weights, all of one lane before those of the next
//   check, two words            CRC-32 of everything before them: polynomial 0x04C11DB7, register all
//                               ones at first, neither reflected nor inverted
//
// A head that is another one or a wrong check raises failed_o, and after a pause all begins again, until
// an image is right; failed_o falls then.
//
// Latency: 2 * HALF_PERIOD cycles a bit and PAUSE_CYCLES a pause; loaded_o rises five cycles after the last
//          bit was taken.
// Reset:   everything begins again, loaded_o and failed_o fall.
module lstmg_flash_loader #(
  parameter integer LANES = 1,
  // Words of a lane, 2 or more, bits of their addresses and bits that are used of each, 1 to 16.
  parameter integer DEPTH = 2,
  parameter integer ADDRESS_BITS = 1,
  parameter integer WEIGHT_BITS = 16,
  parameter [31:0]  IDENTITY = 32'd0,
  // First byte of the image.
  parameter [23:0]  FLASH_ADDRESS = 24'h100000,
  // Cycles before each of the two commands, 2 or more; the memory wakes in some microseconds.
  parameter integer PAUSE_CYCLES = 2048,
  // Cycles for which the clock of the memory is low, and high; 1 or more.
  parameter integer HALF_PERIOD = 1
) (
  input  wire                    clk_i,
  input  wire                    rst_i,
  // Flash memory
  output reg                     cs_n_o,
  output reg                     sck_o,
  output wire                    mosi_o,
  input  wire                    miso_i,
  // Memories of the lanes: one bit a lane, address and word for all
  output wire [LANES-1:0]        load_write_o,
  output wire [ADDRESS_BITS-1:0] load_address_o,
  output wire [WEIGHT_BITS-1:0]  load_data_o,
  // Status
  output reg                     loaded_o,
  output reg                     failed_o
);

  // "LSTG"
  localparam [31:0] MAGIC = 32'h4C535447;
  localparam [31:0] POLYNOMIAL = 32'h04C11DB7;
  localparam [7:0]  WAKE = 8'hAB;
  localparam [7:0]  READ = 8'h03;

  localparam integer PAUSE_BITS = $clog2(PAUSE_CYCLES);
  localparam [31:0]  LAST_PAUSE = PAUSE_CYCLES - 1;
  localparam integer HALF_BITS = HALF_PERIOD > 1 ? $clog2(HALF_PERIOD) : 1;
  localparam [31:0]  LAST_HALF = HALF_PERIOD - 1;
  localparam [31:0]  LAST_ADDRESS = DEPTH - 1;
  localparam [63:0]  FIRST_LANE = 64'd1;

  // What goes on at the pins.
  localparam [2:0] ASLEEP = 3'd0;
  localparam [2:0] WAKING = 3'd1;
  localparam [2:0] AWAKE = 3'd2;
  localparam [2:0] ASKING = 3'd3;
  localparam [2:0] READING = 3'd4;
  localparam [2:0] DONE = 3'd5;
  reg [2:0] state_q;

  // Part of the image.
  localparam [1:0] HEAD = 2'd0;
  localparam [1:0] WEIGHTS = 2'd1;
  localparam [1:0] CHECK = 2'd2;
  reg [1:0] part_q;

  // ---- time
  reg [PAUSE_BITS-1:0] pause_q;
  reg                  is_paused_q;
  reg [HALF_BITS-1:0]  half_q;
  wire                 shifts = state_q == WAKING || state_q == ASKING || state_q == READING;
  wire                 tick = half_q == LAST_HALF[HALF_BITS-1:0];
  // The memory's clock falls at the end of this cycle.
  wire                 falls = shifts && tick && sck_o;
  always @(posedge clk_i) begin
    pause_q     <= rst_i || shifts ? {PAUSE_BITS{1'b0}} : pause_q + 1'b1;
    is_paused_q <= !rst_i && !shifts && pause_q == LAST_PAUSE[PAUSE_BITS-1:0];
    half_q      <= !shifts || tick ? {HALF_BITS{1'b0}} : half_q + 1'b1;
  end

  // ---- pins; a command's bits change as the clock falls, and a bit that the memory shows is taken then
  reg [31:0] command_q;
  reg [4:0]  bits_q;
  reg        miso_q;
  // A bit has been taken; it is the last one of its word.
  reg        taken_q;
  reg        last_q;
  wire       is_last_bit = falls && bits_q == 5'd0;
  wire       ends;
  wire       is_wrong;
  assign mosi_o = command_q[31];
  always @(posedge clk_i) begin
    miso_q  <= miso_i;
    taken_q <= state_q == READING && falls && !rst_i;
    last_q  <= is_last_bit;
    if (shifts && tick) sck_o <= !sck_o;
    if (falls) begin
      command_q <= {command_q[30:0], 1'b0};
      bits_q    <= bits_q - 5'd1;
    end
    case (state_q)
      ASLEEP: if (is_paused_q) begin
        state_q   <= WAKING;
        cs_n_o    <= 1'b0;
        command_q <= {WAKE, 24'd0};
        bits_q    <= 5'd7;
      end
      WAKING: if (is_last_bit) begin
        state_q <= AWAKE;
        cs_n_o  <= 1'b1;
      end
      AWAKE: if (is_paused_q) begin
        state_q   <= ASKING;
        cs_n_o    <= 1'b0;
        command_q <= {READ, FLASH_ADDRESS};
        bits_q    <= 5'd31;
      end
      ASKING: if (is_last_bit) begin
        state_q <= READING;
        bits_q  <= 5'd15;
      end
      READING: begin
        if (is_last_bit) bits_q <= 5'd15;
        if (ends) begin
          state_q <= is_wrong ? ASLEEP : DONE;
          cs_n_o  <= 1'b1;
          sck_o   <= 1'b0;
        end
      end
      default: ;
    endcase
    if (rst_i) begin
      state_q <= ASLEEP;
      cs_n_o  <= 1'b1;
      sck_o   <= 1'b0;
    end
  end

  // ---- words, a cycle after their last bit
  reg [15:0] word_q;
  reg        word_valid_q;
  reg [31:0] check_q;
  always @(posedge clk_i) begin
    word_valid_q <= taken_q && last_q && !rst_i;
    if (taken_q) begin
      word_q  <= {word_q[14:0], miso_q};
      check_q <= {check_q[30:0], 1'b0} ^ (check_q[31] ^ miso_q ? POLYNOMIAL : 32'd0);
    end
    if (state_q == ASKING) check_q <= 32'hFFFFFFFF;
  end

  // ---- the image
  reg [1:0]              index_q;
  reg [LANES-1:0]        lane_q;
  reg [ADDRESS_BITS-1:0] address_q;
  // Words are far apart: a cycle more does not matter.
  reg                    is_last_address_q;
  always @(posedge clk_i) is_last_address_q <= address_q == LAST_ADDRESS[ADDRESS_BITS-1:0];
  reg [15:0]             expected;
  always @*
    case (index_q)
      2'd0:    expected = MAGIC[31:16];
      2'd1:    expected = MAGIC[15:0];
      2'd2:    expected = IDENTITY[31:16];
      default: expected = IDENTITY[15:0];
    endcase

  // Found in two cycles: parts that differ, then all of them. The check runs over itself too, which
  // leaves nothing.
  reg [3:0] head_differs_q;
  reg [7:0] check_differs_q;
  reg       is_head_q;
  reg       is_check_q;
  reg       ends_q;
  reg       is_wrong_q;
  integer   index;
  always @(posedge clk_i) begin
    for (index = 0; index < 4; index = index + 1)
      head_differs_q[index] <= word_q[4*index +: 4] != expected[4*index +: 4];
    for (index = 0; index < 8; index = index + 1)
      check_differs_q[index] <= check_q[4*index +: 4] != 4'd0;
    is_head_q  <= word_valid_q && part_q == HEAD && !rst_i;
    is_check_q <= word_valid_q && part_q == CHECK && index_q[0] && !rst_i;
    ends_q     <= (is_check_q || (is_head_q && head_differs_q != 4'd0)) && !rst_i;
    is_wrong_q <= is_head_q || check_differs_q != 8'd0;
  end
  assign ends     = ends_q;
  assign is_wrong = is_wrong_q;

  // A weight is stored a cycle after it has come.
  reg  [LANES-1:0] store_q;
  reg              is_stored_q;
  wire             stores = word_valid_q && part_q == WEIGHTS && !rst_i;
  wire [LANES:0]   next_lane = {lane_q, 1'b0};
  always @(posedge clk_i) begin
    store_q     <= lane_q & {LANES{stores}};
    is_stored_q <= stores;
  end
  always @(posedge clk_i) begin
    if (word_valid_q)
      case (part_q)
        HEAD: begin
          index_q <= index_q + 2'd1;
          if (index_q == 2'd3) part_q <= WEIGHTS;
        end
        CHECK:   index_q <= index_q + 2'd1;
        default: ;
      endcase
    if (is_stored_q) begin
      address_q <= is_last_address_q ? {ADDRESS_BITS{1'b0}} : address_q + 1'b1;
      if (is_last_address_q) begin
        lane_q <= next_lane[LANES-1:0];
        if (next_lane[LANES]) part_q <= CHECK;
      end
    end
    if (state_q == ASKING) begin
      part_q    <= HEAD;
      index_q   <= 2'd0;
      lane_q    <= FIRST_LANE[LANES-1:0];
      address_q <= {ADDRESS_BITS{1'b0}};
    end
    if (ends) begin
      loaded_o <= !is_wrong;
      failed_o <= is_wrong;
    end
    if (rst_i) begin
      loaded_o <= 1'b0;
      failed_o <= 1'b0;
    end
  end

  wire unused = &{1'b0, word_q};
  assign load_write_o   = store_q;
  assign load_address_o = address_q;
  assign load_data_o    = word_q[WEIGHT_BITS-1:0];

endmodule
`default_nettype wire
