// Testbench of one generated core under Verilator: plays stimulus, records results.
//
// Twin of lstmg_tb.v: both read the same stimulus and write the same result, cycle for cycle; the
// two formats and the rules of a cycle are in README.md. The clocked object is the module
// `lstmg_tb` of that file, which adds the core's `step_done` to its ports.
//
//   Vdut +stimulus=FILE +result=FILE [+wave=FILE] [+flash=FILE]
//
// A wave needs a model made with --trace (VCD) or --trace-fst (FST). Ports of up to 64 bits.

#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "verilated.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
using Wave = VerilatedFstC;
#elif VM_TRACE
#include "verilated_vcd_c.h"
using Wave = VerilatedVcdC;
#endif
#include "Vdut.h"

namespace {

constexpr int resetCycles = 3;
constexpr int hexDigits = (LSTMG_OUTPUT_BITS + 3) / 4;
constexpr uint64_t inputMask = ~uint64_t{0} >> (64 - LSTMG_INPUT_BITS);
// A frame longer than this never ends: without a limit it would fill the disk.
constexpr uint64_t longestFrame = 1u << 20;

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "error: %s\n", message.c_str());
  std::exit(1);
}

struct Settings {
  bool readyAlways = true;
  uint32_t readyState = 1;
  uint32_t readyPermille = 1000;
  uint64_t outputs = 0;
  uint64_t timeout = 100000;
  uint64_t settle = 16;
};

struct Item {
  enum Kind { end, beat, wait, reset } kind = end;
  uint64_t data = 0;
  bool last = false;
  bool user = false;
  uint64_t count = 0;  // beat: idle cycles before it; wait, reset: output frames before it
};

// Reads the stimulus a line at a time.
class Stimulus {
 public:
  Stimulus(const std::string& path, Settings& settings)
      : path_(path), file_(std::fopen(path.c_str(), "r")), settings_(settings) {
    if (!file_) fail("cannot open the stimulus " + path);
    std::setvbuf(file_, nullptr, _IOFBF, 1 << 20);
  }
  ~Stimulus() { std::fclose(file_); }

  Item next() {
    while (std::fgets(line_, sizeof line_, file_)) {
      ++lineNumber_;
      cursor_ = line_;
      if (atEnd() || *cursor_ == '#') continue;
      if (std::isxdigit(static_cast<unsigned char>(*cursor_))) return beat();
      const std::string word = this->word();
      if (word == "wait") return started(Item::wait);
      if (word == "reset") return started(Item::reset);
      setting(word);
    }
    return Item();
  }

 private:
  Item beat() {
    Item item = started(Item::beat, 16);
    item.data &= inputMask;
    item.last = number();
    item.user = number();
    item.count = number();
    return item;
  }

  // A beat's first number is its data, that of a command its count.
  Item started(Item::Kind kind, int base = 10) {
    Item item;
    item.kind = kind;
    (base == 16 ? item.data : item.count) = number(base);
    started_ = true;
    return item;
  }

  void setting(const std::string& word) {
    if (started_) bad();
    if (word == "outputs") {
      settings_.outputs = number();
    } else if (word == "timeout") {
      settings_.timeout = number();
    } else if (word == "settle") {
      settings_.settle = number();
    } else if (word == "ready") {
      ready();
    } else {
      bad();
    }
  }

  void ready() {
    const std::string mode = word();
    if (mode != "random" && mode != "always") bad();
    settings_.readyAlways = mode == "always";
    if (settings_.readyAlways) return;
    const uint32_t seed = static_cast<uint32_t>(number());
    settings_.readyState = seed ? seed : 1;
    settings_.readyPermille = static_cast<uint32_t>(number());
  }

  bool atEnd() {
    while (std::isspace(static_cast<unsigned char>(*cursor_))) ++cursor_;
    return !*cursor_;
  }

  uint64_t number(int base = 10) {
    char* end;
    const uint64_t value = std::strtoull(cursor_, &end, base);
    if (end == cursor_) bad();
    cursor_ = end;
    return value;
  }

  std::string word() {
    atEnd();
    const char* start = cursor_;
    while (*cursor_ && !std::isspace(static_cast<unsigned char>(*cursor_))) ++cursor_;
    return std::string(start, cursor_);
  }

  [[noreturn]] void bad() {
    fail(path_ + ":" + std::to_string(lineNumber_) + ": not a line of a stimulus");
  }

  std::string path_;
  std::FILE* file_;
  Settings& settings_;
  char line_[256];
  const char* cursor_ = line_;
  uint64_t lineNumber_ = 0;
  bool started_ = false;
};

class Bench {
 public:
  Bench(const std::string& stimulus, const std::string& result)
      : stimulus_(stimulus, settings_), result_(std::fopen(result.c_str(), "w")) {
    if (!result_) fail("cannot create the result " + result);
    std::setvbuf(result_, nullptr, _IOFBF, 1 << 20);
    item_ = stimulus_.next();
    idle_ = item_.count;
  }

  // Everything up to the closing line.
  void run(VerilatedContext& context, const std::string& wave) {
    context_ = &context;
    dut_ = std::make_unique<Vdut>(&context);
    openWave(wave);
    dut_->rst = 1;
    dut_->s_axis_tvalid = 0;
    dut_->m_axis_tready = 0;
    for (; !finished_; ++cycle_) {
      dut_->clk = 0;
      evaluate(10 * cycle_);
      sample();
      dut_->clk = 1;
      dut_->eval();
      drive();
      // Only a wave needs what the new inputs do before the clock falls.
      if (tracing_) evaluate(10 * cycle_ + 5);
    }
    std::fprintf(result_, "end %llu\n", ull(cycle_));
    if (std::fclose(result_)) fail("cannot write the result");
    dut_->final();
    closeWave();
  }

 private:
  static unsigned long long ull(uint64_t value) { return value; }

  // What the core shows just before the rising edge of this cycle.
  void sample() {
    active_ = false;
    accepted_ = false;
    if (cycle_ >= resetCycles && dut_->frame_error != frameError_) {
      frameError_ = dut_->frame_error;
      std::fprintf(result_, "frame_error %d %llu\n", frameError_, ull(cycle_));
    }
    if (reset_) {
      held_ = false;
      active_ = true;
      return;
    }
    if (dut_->loading) active_ = true;
    if (dut_->load_error) {
      violation("load_error: the flash memory is not that of the core");
      finished_ = true;
    }
    sampleInput();
    if (dut_->step_done) {
      event("step_done");
      active_ = true;
    }
    sampleOutput();
  }

  void sampleInput() {
    if (!valid_ || !dut_->s_axis_tready) return;
    accepted_ = true;
    active_ = true;
    ++inputs_;
    if (firstInput_) event("in_first");
    if (item_.last) event("in_last");
    firstInput_ = item_.last;
  }

  void sampleOutput() {
    const uint64_t data = dut_->m_axis_tdata;
    const bool last = dut_->m_axis_tlast;
    if (held_) {
      if (!dut_->m_axis_tvalid) violation("m_axis_tvalid fell before m_axis_tready");
      else if (data != heldData_) violation("m_axis_tdata changed before m_axis_tready");
      else if (last != heldLast_) violation("m_axis_tlast changed before m_axis_tready");
    }
    held_ = dut_->m_axis_tvalid && !ready_;
    heldData_ = data;
    heldLast_ = last;
    if (!dut_->m_axis_tvalid || !ready_) return;
    active_ = true;
    std::fprintf(result_, "out %0*llx %d %llu\n", hexDigits, ull(data), last, ull(cycle_));
    frameLength_ = last ? 0 : frameLength_ + 1;
    if (last) ++frames_;
    if (frameLength_ > longestFrame) {
      violation("m_axis frame without end");
      finished_ = true;
    }
  }

  // The inputs from this rising edge on.
  void drive() {
    if (accepted_) {
      valid_ = false;
      advance();
    }
    if (reset_ && --resetLeft_ == 0) reset_ = false;
    while (!reset_ && !valid_ && step()) {
    }
    if (!finished_) watch();
    ready_ = !reset_ && nextReady();
    dut_->rst = reset_;
    dut_->s_axis_tvalid = valid_;
    dut_->s_axis_tdata = item_.data;
    dut_->s_axis_tlast = item_.last;
    dut_->s_axis_tuser = item_.user;
    dut_->m_axis_tready = ready_;
  }

  // One move through the stimulus; true if another may follow in the same cycle.
  bool step() {
    switch (item_.kind) {
      case Item::end:
        return false;
      case Item::beat:
        if (idle_) {
          --idle_;
          active_ = true;
          return false;
        }
        valid_ = true;
        return false;
      case Item::wait:
        if (frames_ < item_.count) return false;
        advance();
        return true;
      case Item::reset:
        if (frames_ < item_.count) return false;
        reset_ = true;
        resetLeft_ = resetCycles;
        firstInput_ = true;
        frameLength_ = 0;
        advance();
        return false;
    }
    return false;
  }

  void advance() {
    item_ = stimulus_.next();
    idle_ = item_.count;
  }

  // Ends the run when everything came, or when nothing comes any more.
  void watch() {
    const bool complete = item_.kind == Item::end && frames_ >= settings_.outputs;
    if ((complete && !reset_) || frames_ > settings_.outputs) {
      finished_ = settled_++ >= settings_.settle;
      return;
    }
    quiet_ = active_ ? 0 : quiet_ + 1;
    if (quiet_ < settings_.timeout) return;
    std::fprintf(result_, "timeout %llu %s\n", ull(cycle_), awaited().c_str());
    finished_ = true;
  }

  std::string awaited() const {
    if (valid_) return "s_axis_tready for input beat " + std::to_string(inputs_ + 1);
    const std::string frame = "output frame " + std::to_string(frames_ + 1);
    if (item_.kind == Item::wait) return frame + " before a wait";
    if (item_.kind == Item::reset) return frame + " before a reset";
    return frame + " of " + std::to_string(settings_.outputs);
  }

  bool nextReady() {
    if (settings_.readyAlways) return true;
    uint32_t& x = settings_.readyState;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return x % 1000 < settings_.readyPermille;
  }

  void event(const char* name) { std::fprintf(result_, "%s %llu\n", name, ull(cycle_)); }

  void violation(const char* rule) {
    std::fprintf(result_, "violation %llu %s\n", ull(cycle_), rule);
  }

#if VM_TRACE
  void openWave(const std::string& path) {
    if (path.empty()) return;
    tracing_ = true;
    context_->traceEverOn(true);
    wave_ = std::make_unique<Wave>();
    dut_->trace(wave_.get(), 99);
    wave_->open(path.c_str());
    if (!wave_->isOpen()) fail("cannot create the wave " + path);
  }
  void evaluate(uint64_t time) {
    dut_->eval();
    if (tracing_) wave_->dump(time);
  }
  void closeWave() {
    if (tracing_) wave_->close();
  }
  std::unique_ptr<Wave> wave_;
#else
  void openWave(const std::string& path) {
    if (!path.empty()) fail("a wave needs a model made with --trace or --trace-fst");
  }
  void evaluate(uint64_t) { dut_->eval(); }
  void closeWave() {}
#endif

  Settings settings_;
  Stimulus stimulus_;
  std::FILE* result_;
  VerilatedContext* context_ = nullptr;
  std::unique_ptr<Vdut> dut_;
  bool tracing_ = false;

  uint64_t cycle_ = 0;
  uint64_t inputs_ = 0;
  uint64_t frames_ = 0;
  uint64_t frameLength_ = 0;
  uint64_t quiet_ = 0;
  uint64_t settled_ = 0;
  bool finished_ = false;
  bool active_ = false;

  Item item_;
  uint64_t idle_ = 0;
  bool reset_ = true;
  int resetLeft_ = resetCycles;
  bool valid_ = false;
  bool accepted_ = false;
  bool firstInput_ = true;
  bool ready_ = false;
  bool held_ = false;
  bool heldLast_ = false;
  uint64_t heldData_ = 0;
  bool frameError_ = false;
};

std::string option(int count, char** values, const char* name) {
  const std::string prefix = std::string("+") + name + "=";
  for (int index = 1; index < count; ++index) {
    if (std::strncmp(values[index], prefix.c_str(), prefix.size()) == 0) {
      return values[index] + prefix.size();
    }
  }
  return std::string();
}

}  // namespace

int main(int argumentCount, char** arguments) {
  const std::string stimulus = option(argumentCount, arguments, "stimulus");
  const std::string result = option(argumentCount, arguments, "result");
  if (stimulus.empty() || result.empty()) {
    fail("usage: Vdut +stimulus=FILE +result=FILE [+wave=FILE]");
  }
  VerilatedContext context;
  // Registers without a reset start with noise, the same in every run: a result that depends on
  // one of them is wrong here as it would be on a chip.
  context.randSeed(1);
  context.randReset(2);
  context.commandArgs(argumentCount, arguments);
  Bench(stimulus, result).run(context, option(argumentCount, arguments, "wave"));
  return 0;
}
