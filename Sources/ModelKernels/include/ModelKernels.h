/* One time step of the fixed-point model for several sequences at once.
 *
 * Every word is a row of LSTMG_LANES doubles, one for each sequence. All words, sums and products
 * are integers, or integers divided by powers of two, that a double holds exactly: the caller has
 * proved so (BatchSimulator.serves). Fused and separate multiplications and additions thus give the
 * same.
 */
#ifndef MODEL_KERNELS_H
#define MODEL_KERNELS_H

#include <stdint.h>

enum { LSTMG_LANES = 8 };

/* Where rows lie: the places of struct lstmg_lanes.rows. */
enum { LSTMG_SUMS, LSTMG_CURRENT, LSTMG_PREVIOUS, LSTMG_STATES, LSTMG_BASES };

/* Kinds of saturations that are counted, each in a row of its own. */
enum {
  LSTMG_STATE_SATURATIONS,
  LSTMG_ARGUMENT_SATURATIONS,
  LSTMG_LINEAR_SATURATIONS,
  LSTMG_SATURATIONS
};

enum { LSTMG_LOGISTIC, LSTMG_TANH, LSTMG_IDENTITY, LSTMG_RELU };

/* Takes x to the integer nearest to x * scale, ties upwards: tie is half the last bit of x * scale,
 * or 0 where that has no fraction. */
struct lstmg_rounding {
  double scale, tie;
};

/* Sums side by side that read the same values in the same order. */
struct lstmg_block {
  int32_t width; /* 16, 8, 4 or 2 */
  int32_t current_count, previous_count;
  int32_t sources; /* the first in lstmg_program.sources, those of this step first */
  int32_t weights; /* the first in lstmg_program.weights, width of them for each source */
  int32_t results; /* the first row of the sums */
};

/* What an addend does: (round(row) + constant) * gater's row. */
struct lstmg_addend_shape {
  int32_t base, gater_base;
  struct lstmg_rounding alignment;
};

struct lstmg_addend {
  int32_t row, gater_row;
  double constant;
};

struct lstmg_cell {
  int32_t value, state;
};

/* Cells that differ in rows and constants alone. */
struct lstmg_run {
  int32_t count;
  int32_t cells, addends, shapes; /* the first of each; all cells share the shapes */
  int32_t addend_count;           /* of one cell, its bias not counted; that stands behind them */
  int32_t is_gated, has_bias, has_state, is_node;
  int32_t function;
  struct lstmg_rounding result; /* of the wide state to the argument or to a linear output */
};

/* What one dependence level does: blocks, then runs; each the first and the end. */
struct lstmg_level {
  int32_t blocks, blocks_end, runs, runs_end;
};

/* A network, level after level; memory that the caller owns. */
struct lstmg_program {
  const struct lstmg_level *levels;
  const struct lstmg_block *blocks;
  const struct lstmg_run *runs;
  const struct lstmg_cell *cells;
  const struct lstmg_addend *addends;
  const struct lstmg_addend_shape *shapes;
  const int32_t *sources;
  const double *weights;
  /* Of every segment of the table its line's value at argument 0, less one half, and its slope, in
   * units of a product. */
  const double *lines;
  int32_t level_count;
  int32_t offset_bits; /* of an argument inside a segment */
  struct lstmg_rounding gain, state, logistic, tanh;
  double logistic_half; /* added to logistic's product, scaled */
  /* The largest words; the smallest ones are their complements. */
  double wide_top, state_top, argument_top, activation_top;
};

/* What a step changes: rows, wide states by value, counts of saturations. */
struct lstmg_lanes {
  double *rows[LSTMG_BASES];
  double *wides;
  int64_t *saturations;
};

typedef void lstmg_step(const struct lstmg_program *program, const struct lstmg_lanes *lanes);

/* Instruction sets: what every processor has, and wider registers of some. */
enum { LSTMG_BASELINE, LSTMG_AVX2, LSTMG_INSTRUCTION_SETS };

/* The step in an instruction set; null where this processor has it not. */
lstmg_step *lstmg_step_for(int instruction_set);

#endif
