/* Runs the generated C header over data: both twins, one line a step.
 *
 *   cc -std=c99 -O2 -DLSTMG_NAME=xor -DLSTMG_MACRO=XOR '-DLSTMG_HEADER="../c/xor.h"' lstmg_run.c
 *   ./a.out INPUT OUTPUT
 *
 * A line of INPUT: 1 if the state is reset before this step or else 0, the words of the inputs, then
 * their values. A line of OUTPUT: the words of the outputs (fixed-point twin), then the values of
 * the float twin.
 */
#include LSTMG_HEADER

#include <stdio.h>
#include <stdlib.h>

#define LSTMG_JOINED(a, b) a##b
#define LSTMG_JOIN(a, b) LSTMG_JOINED(a, b)
#define LSTMG_(suffix) LSTMG_JOIN(LSTMG_NAME, suffix)
#define LSTMG_SIZE(suffix) LSTMG_JOIN(LSTMG_MACRO, suffix)

enum { inputs = LSTMG_SIZE(_INPUTS), outputs = LSTMG_SIZE(_OUTPUTS) };

static int fail(const char *message)
{
  fprintf(stderr, "error: %s\n", message);
  return 1;
}

int main(int count, char **arguments)
{
  static LSTMG_(_state_t) real_state;
  static LSTMG_(_q_state_t) state;
  static float real_in[inputs > 0 ? inputs : 1], real_out[outputs];
  static int32_t in[inputs > 0 ? inputs : 1], out[outputs];
  FILE *input, *output;
  int reset, i;
  if (count != 3) return fail("usage: lstmg_run INPUT OUTPUT");
  input = fopen(arguments[1], "r");
  output = fopen(arguments[2], "w");
  if (!input || !output) return fail("cannot open a file");
  while (fscanf(input, "%d", &reset) == 1) {
    if (reset) {
      LSTMG_(_reset)(&real_state);
      LSTMG_(_q_reset)(&state);
    }
    for (i = 0; i < inputs; ++i) {
      long word;
      if (fscanf(input, "%ld", &word) != 1) return fail("a word is missing");
      in[i] = (int32_t)word;
    }
    for (i = 0; i < inputs; ++i)
      if (fscanf(input, "%f", &real_in[i]) != 1) return fail("a value is missing");
    LSTMG_(_q_step)(&state, in, out);
    LSTMG_(_step)(&real_state, real_in, real_out);
    for (i = 0; i < outputs; ++i) fprintf(output, "%ld ", (long)out[i]);
    for (i = 0; i < outputs; ++i) fprintf(output, "%.9g ", (double)real_out[i]);
    fprintf(output, "\n");
  }
  fclose(input);
  return fclose(output) ? fail("cannot write the output") : 0;
}
