`default_nettype none
// Answers the requests of a host, one at a time.
//
//   request                                    reply
//   0x01  ping                                 identity of the bitstream
//   0x02  step, elements of the input frame    elements of the output frame
//   0x03  reset: the next step begins anew     nothing
//   0x04  read states                          4 bytes for each stored state
//   0x05  read counts                          latency, steps, bad frames: 4 bytes each
//
// A frame carries a type, a sequence number and what the table says, numbers with their lowest byte first.
// A reply has the type plus 0x80 and the request's sequence number. A request that cannot be served is
// answered with type 0xFF and two bytes: reason and type of the request.
//
// Handshake: see lstmg_request_buffer and lstmg_reply_buffer; to the core ready/valid, an answer for each
//            output element and each question.
// Reset:     forgets the request.
module lstmg_host #(
  // Elements of a frame, 0 or more inputs, 1 or more outputs; bytes of an element, 1 to 4.
  parameter integer INPUTS = 1,
  parameter integer OUTPUTS = 1,
  parameter integer ELEMENT_BYTES = 2,
  // Stored states, 0 or more, and bytes of the identity, 1 or more.
  parameter integer STATES = 0,
  parameter integer IDENTITY_BYTES = 64,
  // Bits of a count of bytes in a frame.
  parameter integer LENGTH_BITS = 8,
  // Bits of a count of elements, states or bytes of the identity.
  parameter integer COUNT_BITS = 8
) (
  input  wire                   clk_i,
  input  wire                   rst_i,
  // Requests
  input  wire                   frame_i,
  input  wire [LENGTH_BITS-1:0] left_i,
  input  wire [7:0]             data_i,
  input  wire                   valid_i,
  output wire                   take_o,
  output wire                   image_o,
  output wire [LENGTH_BITS-1:0] image_address_o,
  // Replies
  output reg  [7:0]             data_o,
  output wire                   valid_o,
  output wire                   last_o,
  input  wire                   ready_i,
  // To the core: an element of a frame, or a question for a state or a count
  output wire                   core_asks_state_o,
  output wire                   core_asks_count_o,
  output wire                   core_last_o,
  output wire                   core_reset_o,
  output wire [31:0]            core_data_o,
  output wire                   core_valid_o,
  input  wire                   core_ready_i,
  // From the core
  input  wire [31:0]            answer_i,
  input  wire                   answer_valid_i,
  output wire                   answer_ready_o,
  // Status: the core can take steps; frames that were not taken; a request has come; one was refused
  input  wire                   able_i,
  input  wire                   bad_i,
  output wire                   served_o,
  output wire                   refused_o
);

  localparam [7:0] PING = 8'h01;
  localparam [7:0] STEP = 8'h02;
  localparam [7:0] RESET = 8'h03;
  localparam [7:0] STATE = 8'h04;
  localparam [7:0] COUNTS = 8'h05;
  localparam [7:0] REFUSED = 8'hFF;
  // Reasons.
  localparam [7:0] UNKNOWN_TYPE = 8'd1;
  localparam [7:0] WRONG_LENGTH = 8'd2;
  localparam [7:0] NOT_ABLE = 8'd3;

  // A network without inputs takes an element of any value.
  localparam integer BEATS = INPUTS > 0 ? INPUTS : 1;
  localparam [31:0] INPUT_BYTES = INPUTS * ELEMENT_BYTES;
  localparam [31:0] LAST_BEAT = BEATS - 1;
  localparam [31:0] LAST_OUTPUT = OUTPUTS - 1;
  localparam [31:0] LAST_STATE = STATES - 1;
  localparam [31:0] LAST_IDENTITY = IDENTITY_BYTES - 1;
  localparam [31:0] LAST_COUNT = 2;
  localparam [31:0] LAST_BYTE = ELEMENT_BYTES - 1;

  localparam [3:0] IDLE = 4'd0;
  localparam [3:0] NUMBER = 4'd1;
  localparam [3:0] CHECK = 4'd2;
  localparam [3:0] ELEMENT = 4'd3;
  localparam [3:0] FEED = 4'd4;
  localparam [3:0] DROP = 4'd5;
  localparam [3:0] REPLY_TYPE = 4'd6;
  localparam [3:0] REPLY_NUMBER = 4'd7;
  localparam [3:0] ASK = 4'd8;
  localparam [3:0] AWAIT = 4'd9;
  localparam [3:0] WORD = 4'd10;
  localparam [3:0] COPY = 4'd11;
  localparam [3:0] REASON = 4'd12;
  localparam [3:0] BLAMED = 4'd13;
  reg [3:0] state_q;

  reg [7:0]            type_q;
  reg [7:0]            number_q;
  // Zero as long as nothing is wrong.
  reg [7:0]            reason_q;
  // The next step begins anew.
  reg                  reset_q;
  // Element, state, count or byte of the identity; byte of an element or an answer.
  reg [COUNT_BITS-1:0] index_q;
  reg [1:0]            byte_q;
  reg [31:0]           word_q;
  reg [31:0]           bad_q;

  // ---- request
  wire [LENGTH_BITS-1:0] expected =
      type_q == STEP ? INPUT_BYTES[LENGTH_BITS-1:0] : {LENGTH_BITS{1'b0}};
  wire                   is_known = type_q >= PING && type_q <= COUNTS;
  wire [LENGTH_BITS-1:0] rest = frame_i ? left_i : {LENGTH_BITS{1'b0}};
  wire                   is_last_byte = byte_q == LAST_BYTE[1:0];
  wire                   is_last_beat = index_q == LAST_BEAT[COUNT_BITS-1:0];
  wire                   takes =
      state_q == IDLE || state_q == NUMBER || state_q == ELEMENT || state_q == DROP;
  assign take_o = takes && frame_i && valid_i;

  // ---- place in what is sent
  wire [31:0] last_index =
      type_q == STEP ? LAST_OUTPUT : type_q == STATE ? LAST_STATE
      : type_q == COUNTS ? LAST_COUNT : LAST_IDENTITY;
  wire        is_last_index = index_q == last_index[COUNT_BITS-1:0];

  // ---- core; the last count is our own
  wire [31:0] index = {{(32 - COUNT_BITS){1'b0}}, index_q};
  wire        is_own = type_q == COUNTS && is_last_index;
  wire        is_asking = state_q == ASK && !is_own;
  assign core_asks_state_o = is_asking && type_q == STATE;
  assign core_asks_count_o = is_asking && type_q == COUNTS;
  assign core_last_o       = is_last_beat;
  assign core_reset_o      = reset_q;
  assign core_data_o       = is_asking ? index : word_q;
  assign core_valid_o      = state_q == FEED || is_asking;
  assign answer_ready_o    = state_q == AWAIT;

  // ---- reply
  wire is_last_of_word = type_q == STEP ? is_last_byte : byte_q == 2'd3;
  wire is_empty = reason_q == 8'd0 && (type_q == RESET || (type_q == STATE && STATES == 0));
  assign image_o         = state_q == COPY;
  assign image_address_o = index[LENGTH_BITS-1:0];
  assign valid_o =
      state_q == REPLY_TYPE || state_q == REPLY_NUMBER || state_q == WORD || state_q == REASON
      || state_q == BLAMED || (state_q == COPY && valid_i);
  assign last_o =
      (state_q == REPLY_NUMBER && is_empty) || (state_q == WORD && is_last_of_word && is_last_index)
      || (state_q == COPY && is_last_index) || state_q == BLAMED;
  wire is_sent = valid_o && ready_i;
  always @(*) begin
    case (state_q)
      REPLY_TYPE:   data_o = reason_q != 8'd0 ? REFUSED : type_q | 8'h80;
      REPLY_NUMBER: data_o = number_q;
      COPY:         data_o = data_i;
      REASON:       data_o = reason_q;
      BLAMED:       data_o = type_q;
      default:      data_o = word_q[7:0];
    endcase
  end

  assign served_o  = state_q == CHECK;
  assign refused_o = state_q == BLAMED;

  always @(posedge clk_i) begin
    if (bad_i && !(&bad_q)) bad_q <= bad_q + 32'd1;
    case (state_q)
      IDLE: if (take_o) begin
        type_q  <= data_i;
        state_q <= NUMBER;
      end
      NUMBER: if (take_o) begin
        number_q <= data_i;
        state_q  <= CHECK;
      end
      CHECK: begin
        index_q  <= {COUNT_BITS{1'b0}};
        byte_q   <= 2'd0;
        word_q   <= 32'd0;
        reason_q <= !is_known ? UNKNOWN_TYPE : rest != expected ? WRONG_LENGTH
                    : !able_i && type_q != PING ? NOT_ABLE : 8'd0;
        if (!is_known || rest != expected || (!able_i && type_q != PING)) state_q <= DROP;
        else if (type_q != STEP)                                          state_q <= REPLY_TYPE;
        else                                          state_q <= INPUTS > 0 ? ELEMENT : FEED;
        if (type_q == RESET && rest == expected) reset_q <= 1'b1;
      end
      ELEMENT: if (take_o) begin
        word_q <= word_q | {24'd0, data_i} << {byte_q, 3'd0};
        byte_q <= is_last_byte ? 2'd0 : byte_q + 2'd1;
        if (is_last_byte) state_q <= FEED;
      end
      FEED: if (core_ready_i) begin
        word_q  <= 32'd0;
        index_q <= is_last_beat ? {COUNT_BITS{1'b0}} : index_q + 1'b1;
        state_q <= is_last_beat ? REPLY_TYPE : ELEMENT;
        if (is_last_beat) reset_q <= 1'b0;
      end
      DROP: if (!frame_i) state_q <= REPLY_TYPE;
      REPLY_TYPE: if (is_sent) state_q <= REPLY_NUMBER;
      REPLY_NUMBER: if (is_sent) begin
        state_q <= is_empty ? IDLE : reason_q != 8'd0 ? REASON : type_q == PING ? COPY
                   : type_q == STEP ? AWAIT : ASK;
      end
      ASK: if (is_own) begin
        word_q  <= bad_q;
        state_q <= WORD;
      end else if (core_ready_i) begin
        state_q <= AWAIT;
      end
      AWAIT: if (answer_valid_i) begin
        word_q  <= answer_i;
        state_q <= WORD;
      end
      WORD: if (is_sent) begin
        word_q <= {8'd0, word_q[31:8]};
        byte_q <= is_last_of_word ? 2'd0 : byte_q + 2'd1;
        if (is_last_of_word) begin
          index_q <= index_q + 1'b1;
          state_q <= is_last_index ? IDLE : type_q == STEP ? AWAIT : ASK;
        end
      end
      COPY: if (is_sent) begin
        index_q <= index_q + 1'b1;
        if (is_last_index) state_q <= IDLE;
      end
      REASON: if (is_sent) state_q <= BLAMED;
      default: if (is_sent) state_q <= IDLE;
    endcase
    if (rst_i) begin
      state_q <= IDLE;
      reset_q <= 1'b1;
      bad_q   <= 32'd0;
    end
  end

  wire unused = &{1'b0, index[31:LENGTH_BITS], last_index[31:COUNT_BITS]};

endmodule
`default_nettype wire
