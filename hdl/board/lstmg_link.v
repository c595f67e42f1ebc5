`default_nettype none
// Conversation with a host over a serial line: from its pins to the words that go to and come from the core.
//
// Whatever comes over the line, the next good frame is answered: bytes with a broken stop bit, frames with a
// wrong CRC, halves of frames and frames without room are forgotten, and counted where a frame ended.
//
// Reset: forgets everything in flight.
module lstmg_link #(
  // Cycles of a bit of the line, 4 or more.
  parameter integer CLOCKS_PER_BIT = 12,
  // See lstmg_host.
  parameter integer INPUTS = 1,
  parameter integer OUTPUTS = 1,
  parameter integer ELEMENT_BYTES = 2,
  parameter integer STATES = 0,
  parameter integer IDENTITY_BYTES = 64,
  parameter integer COUNT_BITS = 8,
  // Bits of an address of the memories for requests and replies, see there.
  parameter integer REQUEST_BITS = 9,
  parameter integer REPLY_BITS = 9,
  // Name of the memory image with the identity.
  parameter IMAGE = ""
) (
  input  wire        clk_i,
  input  wire        rst_i,
  // Line
  input  wire        rx_i,
  output wire        tx_o,
  // To and from the core
  output wire        core_asks_state_o,
  output wire        core_asks_count_o,
  output wire        core_last_o,
  output wire        core_reset_o,
  output wire [31:0] core_data_o,
  output wire        core_valid_o,
  input  wire        core_ready_i,
  input  wire [31:0] answer_i,
  input  wire        answer_valid_i,
  output wire        answer_ready_o,
  // Status
  input  wire        able_i,
  output wire        served_o,
  output wire        failed_o
);

  wire [7:0] received;
  wire       received_valid;
  lstmg_uart_receiver #(.CLOCKS_PER_BIT(CLOCKS_PER_BIT)) u_receiver (
    .clk_i  (clk_i),
    .rst_i  (rst_i),
    .rx_i   (rx_i),
    .data_o (received),
    .valid_o(received_valid)
  );

  wire [7:0] decoded;
  wire       decoded_valid;
  wire       ended;
  wire       is_good;
  lstmg_cobs_decoder u_decoder (
    .clk_i  (clk_i),
    .rst_i  (rst_i),
    .data_i (received),
    .valid_i(received_valid),
    .data_o (decoded),
    .valid_o(decoded_valid),
    .end_o  (ended),
    .good_o (is_good)
  );

  wire                    bad;
  wire                    frame;
  wire [REQUEST_BITS-2:0] left;
  wire [7:0]              request;
  wire                    request_valid;
  wire                    take;
  wire                    image;
  wire [REQUEST_BITS-2:0] image_address;
  lstmg_request_buffer #(.ADDRESS_BITS(REQUEST_BITS), .IMAGE(IMAGE)) u_requests (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .data_i         (decoded),
    .valid_i        (decoded_valid),
    .end_i          (ended),
    .good_i         (is_good),
    .bad_o          (bad),
    .frame_o        (frame),
    .left_o         (left),
    .data_o         (request),
    .valid_o        (request_valid),
    .take_i         (take),
    .image_i        (image),
    .image_address_i(image_address)
  );

  wire [7:0] reply;
  wire       reply_valid;
  wire       reply_last;
  wire       reply_ready;
  wire       refused;
  lstmg_host #(
    .INPUTS        (INPUTS),
    .OUTPUTS       (OUTPUTS),
    .ELEMENT_BYTES (ELEMENT_BYTES),
    .STATES        (STATES),
    .IDENTITY_BYTES(IDENTITY_BYTES),
    .LENGTH_BITS   (REQUEST_BITS - 1),
    .COUNT_BITS    (COUNT_BITS)
  ) u_host (
    .clk_i            (clk_i),
    .rst_i            (rst_i),
    .frame_i          (frame),
    .left_i           (left),
    .data_i           (request),
    .valid_i          (request_valid),
    .take_o           (take),
    .image_o          (image),
    .image_address_o  (image_address),
    .data_o           (reply),
    .valid_o          (reply_valid),
    .last_o           (reply_last),
    .ready_i          (reply_ready),
    .core_asks_state_o(core_asks_state_o),
    .core_asks_count_o(core_asks_count_o),
    .core_last_o      (core_last_o),
    .core_reset_o     (core_reset_o),
    .core_data_o      (core_data_o),
    .core_valid_o     (core_valid_o),
    .core_ready_i     (core_ready_i),
    .answer_i         (answer_i),
    .answer_valid_i   (answer_valid_i),
    .answer_ready_o   (answer_ready_o),
    .able_i           (able_i),
    .bad_i            (bad),
    .served_o         (served_o),
    .refused_o        (refused)
  );
  assign failed_o = bad || refused;

  wire [7:0] sent;
  wire       sent_valid;
  wire       sent_ready;
  lstmg_reply_buffer #(.ADDRESS_BITS(REPLY_BITS)) u_replies (
    .clk_i  (clk_i),
    .rst_i  (rst_i),
    .data_i (reply),
    .valid_i(reply_valid),
    .last_i (reply_last),
    .ready_o(reply_ready),
    .data_o (sent),
    .valid_o(sent_valid),
    .ready_i(sent_ready)
  );

  lstmg_uart_transmitter #(.CLOCKS_PER_BIT(CLOCKS_PER_BIT)) u_transmitter (
    .clk_i  (clk_i),
    .rst_i  (rst_i),
    .data_i (sent),
    .valid_i(sent_valid),
    .ready_o(sent_ready),
    .tx_o   (tx_o)
  );

endmodule
`default_nettype wire
