/* The step of ModelKernels.h in one instruction set, SET; SUMS is how many sums are formed at a
 * time, as many as its registers hold. */

static INLINE vector NAME(load)(const double *rows, int32_t row) {
  return *(const vector *)(rows + (size_t)row * LSTMG_LANES);
}

static INLINE void NAME(store)(double *rows, int32_t row, vector words) {
  *(vector *)(rows + (size_t)row * LSTMG_LANES) = words;
}

static INLINE vector NAME(rounded)(vector words, struct lstmg_rounding by) {
  return words * by.scale + by.tie + TO_INTEGER - TO_INTEGER;
}

static INLINE vector NAME(below)(vector words, double top) {
  vector tops = top;
  return words < tops ? words : tops;
}

static INLINE vector NAME(limited)(vector words, double top) {
  vector lowest = -top - 1, result = NAME(below)(words, top);
  return result > lowest ? result : lowest;
}

static INLINE vector NAME(counted)(vector words, double top, integers *saturated) {
  vector result = NAME(limited)(words, top);
  *saturated -= result != words;
  return result;
}

/* Terms of `count` sources for `sums` sums whose weights lie `stride` apart. */
static INLINE const double *NAME(add)(
    vector *totals, const int sums, const double *rows, const int32_t *sources, int count,
    const double *weights, int stride) {
  for (int source = 0; source < count; ++source, weights += stride) {
    vector words = NAME(load)(rows, sources[source]);
    UNROLL for (int sum = 0; sum < sums; ++sum) totals[sum] += words * weights[sum];
  }
  return weights;
}

static INLINE void NAME(form)(
    const struct lstmg_program *program, const struct lstmg_lanes *lanes,
    const struct lstmg_block *block, int column, const int sums) {
  vector totals[SUMS];
  UNROLL for (int sum = 0; sum < sums; ++sum) totals[sum] = 0;
  const int32_t *sources = program->sources + block->sources;
  const double *weights = program->weights + block->weights + column;
  weights = NAME(add)(totals, sums, lanes->rows[LSTMG_CURRENT], sources, block->current_count,
                      weights, block->width);
  NAME(add)(totals, sums, lanes->rows[LSTMG_PREVIOUS], sources + block->current_count,
            block->previous_count, weights, block->width);
  UNROLL for (int sum = 0; sum < sums; ++sum)
    NAME(store)(lanes->rows[LSTMG_SUMS], block->results + column + sum, totals[sum]);
}

/* The lines of four segments, loaded in pairs and transposed. */
static INLINE four_lines NAME(lines)(
    const struct lstmg_program *program, int64_t a, int64_t b, int64_t c, int64_t d) {
  const pair *lines = (const pair *)program->lines;
  four ac = __builtin_shufflevector(lines[a], lines[c], 0, 1, 2, 3);
  four bd = __builtin_shufflevector(lines[b], lines[d], 0, 1, 2, 3);
  return (four_lines){__builtin_shufflevector(ac, bd, 0, 4, 2, 6),
                      __builtin_shufflevector(ac, bd, 1, 5, 3, 7)};
}

/* The logistic function less one half, in units of a product. */
static INLINE vector NAME(centred)(const struct lstmg_program *program, vector argument) {
  integers sign = (integers)argument & INT64_MIN;
  /* The most negative word has no positive twin: it takes its neighbour's value. Doubled arguments of
   * tanh end there, too. */
  vector magnitude = NAME(below)((vector)((integers)argument ^ sign), program->argument_top);
  integers segments = ((integers)(magnitude + TO_INTEGER) & 0xFFFFFFFF) >> program->offset_bits;
  four_lines a = NAME(lines)(program, segments[0], segments[1], segments[2], segments[3]);
  four_lines b = NAME(lines)(program, segments[4], segments[5], segments[6], segments[7]);
  vector starts = __builtin_shufflevector(a.starts, b.starts, 0, 1, 2, 3, 4, 5, 6, 7);
  vector slopes = __builtin_shufflevector(a.slopes, b.slopes, 0, 1, 2, 3, 4, 5, 6, 7);
  return (vector)((integers)(starts + slopes * magnitude) ^ sign);
}

/* Value words of wide states behind their bias. */
static INLINE vector NAME(output)(
    const struct lstmg_program *program, const struct lstmg_run *run, const int function,
    vector biased, integers *saturated) {
  if (function == LSTMG_IDENTITY || function == LSTMG_RELU) {
    vector zero = 0;
    if (function == LSTMG_RELU) biased = biased > zero ? biased : zero;
    return NAME(counted)(NAME(rounded)(biased, run->result), program->activation_top, saturated);
  }
  vector argument =
      NAME(counted)(NAME(rounded)(biased, run->result), program->argument_top, saturated);
  if (function == LSTMG_LOGISTIC) {
    struct lstmg_rounding by = program->logistic;
    by.tie += program->logistic_half;
    return NAME(below)(
        NAME(rounded)(NAME(centred)(program, argument), by), program->activation_top);
  }
  /* tanh(x) = 2 logistic(2x) - 1. */
  return NAME(limited)(
      NAME(rounded)(NAME(centred)(program, argument + argument), program->tanh),
      program->activation_top);
}

static INLINE vector NAME(operand)(
    const struct lstmg_lanes *lanes, const struct lstmg_addend_shape *shape,
    const struct lstmg_addend *addend) {
  vector words = NAME(load)(lanes->rows[shape->base], addend->row);
  return NAME(rounded)(words, shape->alignment) + addend->constant;
}

static INLINE void NAME(evaluate)(
    const struct lstmg_program *program, const struct lstmg_lanes *lanes,
    const struct lstmg_run *run, const int function) {
  const struct lstmg_cell *cell = program->cells + run->cells;
  const struct lstmg_addend *addend = program->addends + run->addends;
  const struct lstmg_addend_shape *shapes = program->shapes + run->shapes;
  integers states = 0, results = 0;
  for (int index = 0; index < run->count; ++index, ++cell) {
    vector sum = 0;
    for (int place = 0; place < run->addend_count; ++place, ++addend) {
      vector operand = NAME(operand)(lanes, &shapes[place], addend);
      if (run->is_gated)
        sum += operand * NAME(load)(lanes->rows[shapes[place].gater_base], addend->gater_row);
      else
        sum += operand;
    }
    if (run->is_gated) sum = NAME(rounded)(sum, program->gain);
    vector wide = NAME(counted)(sum, program->wide_top, &states);
    if (run->has_state) {
      vector state = NAME(limited)(NAME(rounded)(wide, program->state), program->state_top);
      NAME(store)(lanes->rows[LSTMG_STATES], cell->state, state);
    }
    if (run->is_node) NAME(store)(lanes->wides, cell->value, wide);
    if (run->has_bias) wide += NAME(operand)(lanes, &shapes[run->addend_count], addend++);
    NAME(store)(lanes->rows[LSTMG_CURRENT], cell->value,
                NAME(output)(program, run, function, wide, &results));
  }
  integers *saturations = (integers *)lanes->saturations;
  saturations[LSTMG_STATE_SATURATIONS] += states;
  saturations[function == LSTMG_LOGISTIC || function == LSTMG_TANH ? LSTMG_ARGUMENT_SATURATIONS
                                                                  : LSTMG_LINEAR_SATURATIONS] +=
      results;
}

static void NAME(step)(const struct lstmg_program *program, const struct lstmg_lanes *lanes) {
  for (int index = 0; index < program->level_count; ++index) {
    const struct lstmg_level *level = &program->levels[index];
    for (int place = level->blocks; place < level->blocks_end; ++place) {
      const struct lstmg_block *block = &program->blocks[place];
      int column = 0;
      for (; column + SUMS <= block->width; column += SUMS)
        NAME(form)(program, lanes, block, column, SUMS);
      for (; column < block->width; column += 2) NAME(form)(program, lanes, block, column, 2);
    }
    for (int place = level->runs; place < level->runs_end; ++place) {
      const struct lstmg_run *run = &program->runs[place];
      switch (run->function) {
      case LSTMG_LOGISTIC: NAME(evaluate)(program, lanes, run, LSTMG_LOGISTIC); break;
      case LSTMG_TANH: NAME(evaluate)(program, lanes, run, LSTMG_TANH); break;
      case LSTMG_IDENTITY: NAME(evaluate)(program, lanes, run, LSTMG_IDENTITY); break;
      default: NAME(evaluate)(program, lanes, run, LSTMG_RELU);
      }
    }
  }
}
