// Testbench of a board under Verilator: a serial line to its pins, from a script or a pseudo-terminal.
//
//   Vdut +script=FILE +replies=FILE       plays the script, writes what the board sends, and ends
//   Vdut +terminal                        prints the name of a pseudo-terminal, and talks to whoever
//                                         opens it until its standard input ends
//
// A line of a script is one of
//   send HEX ...      bytes, each as a start bit, eight data bits and a stop bit
//   broken HEX ...    the same with a low stop bit
//   low CYCLES        the line is low for so long, then high: a glitch or a break
//   wait CYCLES       nothing for so long
//   await FRAMES      until the board has sent so many zeros since the start
//   press CYCLES      the reset button is down for so long
// The replies hold a line for each frame: its bytes in hexadecimal digits, without the zero at its end.
//
// Macro LSTMG_CLOCKS_PER_BIT: cycles of a bit. LSTMG_BUTTON: level of the button while it is down.

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "verilated.h"
#include "Vdut.h"

namespace {

constexpr int clocksPerBit = LSTMG_CLOCKS_PER_BIT;
constexpr int buttonDown = LSTMG_BUTTON;
// A board that has not sent what a script awaits for so long never will.
constexpr uint64_t patience = 5'000'000;
// Cycles in which configuration holds everything in reset.
constexpr int resetCycles = 512;
// Cycles without a byte in either direction after which a terminal's board runs only now and then.
constexpr uint64_t restless = 200'000;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "error: %s\n", message.c_str());
  std::exit(1);
}

// One cycle of the board's clock, and the line in both directions.
class Board {
 public:
  Board() {
    top_->rx = 1;
    top_->button = !buttonDown;
  }

  void button(bool isDown) { top_->button = isDown ? buttonDown : !buttonDown; }

  // The level of the line for one cycle; returns whether a byte from the board is complete.
  bool cycle(bool level) {
    top_->rx = level;
    top_->clk = 1;
    top_->eval();
    top_->clk = 0;
    top_->eval();
    ++cycles_;
    return listen(top_->tx);
  }

  uint8_t received() const { return byte_; }
  uint64_t cycles() const { return cycles_; }
  void finish() { top_->final(); }

 private:
  // Bits are taken in their middle, counted from the edge of the start bit.
  bool listen(bool level) {
    if (place_ < 0) {
      if (!level) place_ = 0;
      return false;
    }
    ++place_;
    if (place_ % clocksPerBit != clocksPerBit / 2) return false;
    const int bit = place_ / clocksPerBit;
    if (bit >= 1 && bit <= 8) {
      byte_ = static_cast<uint8_t>(byte_ >> 1 | (level ? 0x80 : 0));
    } else if (bit == 9) {
      if (!level) fail("the board sent a byte without a stop bit");
      place_ = -1;
      return true;
    }
    return false;
  }

  std::unique_ptr<Vdut> top_ = std::make_unique<Vdut>();
  uint64_t cycles_ = 0;
  int place_ = -1;
  uint8_t byte_ = 0;
};

// Levels of the line for one byte, cycle by cycle.
template <typename Cycle>
void shift(uint8_t byte, bool stop, Cycle&& cycle) {
  for (int bit = 0; bit < 10; ++bit) {
    const bool level = bit == 0 ? false : bit == 9 ? stop : (byte >> (bit - 1) & 1) != 0;
    for (int count = 0; count < clocksPerBit; ++count) cycle(level);
  }
}

class Script {
 public:
  Script(Board& board, const std::string& path, const std::string& replies)
      : board_(board), script_(path), replies_(replies) {
    if (!script_) fail("cannot read " + path);
    if (!replies_) fail("cannot write " + replies);
  }

  void run() {
    idle(resetCycles);
    std::string line;
    for (int number = 1; std::getline(script_, line); ++number) {
      std::istringstream words(line);
      std::string command;
      if (words >> command && !play(command, words)) {
        fail("line " + std::to_string(number) + " of the script: " + line);
      }
    }
    if (!frame_.empty()) fail("the board sent half a frame");
    replies_.flush();
    if (!replies_) fail("cannot write the replies");
  }

 private:
  bool play(const std::string& command, std::istringstream& words) {
    if (command == "send" || command == "broken") {
      unsigned value = 0;
      for (std::string word; words >> word;) {
        if (std::sscanf(word.c_str(), "%2x", &value) != 1) return false;
        shift(static_cast<uint8_t>(value), command == "send", [&](bool level) { cycle(level); });
        if (command == "broken") idle(2 * clocksPerBit);
      }
      return true;
    }
    uint64_t count = 0;
    if (!(words >> count)) return false;
    if (command == "wait") {
      idle(count);
    } else if (command == "low") {
      for (uint64_t index = 0; index < count; ++index) cycle(false);
    } else if (command == "press") {
      board_.button(true);
      idle(count);
      board_.button(false);
    } else if (command == "await") {
      for (uint64_t waited = 0; frames_ < count; ++waited) {
        if (waited == patience) fail("the board answers no more");
        cycle(true);
      }
    } else {
      return false;
    }
    return true;
  }

  void idle(uint64_t cycles) {
    for (uint64_t index = 0; index < cycles; ++index) cycle(true);
  }

  void cycle(bool level) {
    if (!board_.cycle(level)) return;
    if (board_.received() != 0) {
      char digits[3];
      std::snprintf(digits, sizeof digits, "%02x", board_.received());
      frame_ += digits;
      return;
    }
    replies_ << frame_ << '\n';
    frame_.clear();
    ++frames_;
  }

  Board& board_;
  std::ifstream script_;
  std::ofstream replies_;
  std::string frame_;
  uint64_t frames_ = 0;
};

class Terminal {
 public:
  explicit Terminal(Board& board) : board_(board) {
    main_ = posix_openpt(O_RDWR | O_NOCTTY);
    if (main_ < 0 || grantpt(main_) != 0 || unlockpt(main_) != 0) fail("no pseudo-terminal");
    const char* name = ptsname(main_);
    // Kept open, so that the line does not end with whoever talked last.
    other_ = open(name, O_RDWR | O_NOCTTY);
    termios settings{};
    if (other_ < 0 || tcgetattr(other_, &settings) != 0) fail("no pseudo-terminal");
    cfmakeraw(&settings);
    tcsetattr(other_, TCSANOW, &settings);
    for (int count = 0; count < resetCycles; ++count) listen();
    std::printf("%s\n", name);
    std::fflush(stdout);
  }

  // Until standard input ends.
  void run() {
    uint64_t last = 0;
    for (;;) {
      const bool isIdle = pending_.empty() && board_.cycles() - last > restless;
      if (!receive(isIdle ? 20 : 0)) return;
      if (pending_.empty()) {
        for (int count = 0; count < 10 * clocksPerBit; ++count) listen();
      } else {
        const uint8_t byte = pending_.front();
        pending_.pop_front();
        last = board_.cycles();
        shift(byte, true, [&](bool level) { listen(level); });
      }
      if (hasSpoken_) last = board_.cycles();
      hasSpoken_ = false;
    }
  }

 private:
  // Takes what has been written to the terminal; false when standard input has ended.
  bool receive(int milliseconds) {
    pollfd files[2] = {{main_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    if (poll(files, 2, milliseconds) <= 0) return true;
    uint8_t bytes[256];
    if (files[1].revents != 0 && read(STDIN_FILENO, bytes, sizeof bytes) <= 0) return false;
    if (files[0].revents & POLLIN) {
      const ssize_t count = read(main_, bytes, sizeof bytes);
      for (ssize_t index = 0; index < count; ++index) pending_.push_back(bytes[index]);
    }
    return true;
  }

  void listen(bool level = true) {
    if (!board_.cycle(level)) return;
    const uint8_t byte = board_.received();
    hasSpoken_ = true;
    if (write(main_, &byte, 1) != 1) fail("the pseudo-terminal takes nothing");
  }

  Board& board_;
  int main_ = -1;
  int other_ = -1;
  bool hasSpoken_ = false;
  std::deque<uint8_t> pending_;
};

std::string option(const char* name) {
  const std::string prefix = std::string(name) + "=";
  const char* match = Verilated::commandArgsPlusMatch(prefix.c_str());
  return *match == '\0' ? "" : match + 1 + prefix.size();
}

}  // namespace

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  Board board;
  if (*Verilated::commandArgsPlusMatch("terminal") != '\0') {
    Terminal(board).run();
  } else {
    Script(board, option("script"), option("replies")).run();
  }
  board.finish();
  return 0;
}
