#include "ModelKernels.h"

#include <stddef.h>

/* Vectors of any instruction set: the compiler divides them among its registers. All functions that
 * take them are inlined, so that no calling convention matters. */
#pragma clang diagnostic ignored "-Wpsabi"
typedef double vector __attribute__((ext_vector_type(LSTMG_LANES)));
typedef int64_t integers __attribute__((ext_vector_type(LSTMG_LANES)));
typedef double pair __attribute__((ext_vector_type(2)));
typedef double four __attribute__((ext_vector_type(4)));
typedef struct {
  four starts, slopes;
} four_lines;

#define INLINE inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define JOINED(name, set) name##_##set
#define JOIN(name, set) JOINED(name, set)
#define NAME(name) JOIN(name, SET)

/* Next to it, a number of magnitude 2^51 at most loses its fraction: to the nearest integer, ties
 * to even ones. */
static const double TO_INTEGER = 0x1.8p52;

#define SET baseline
#define SUMS 2
#include "step.h"
#undef SET
#undef SUMS

#ifdef __x86_64__
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET avx2
#define SUMS 4
#include "step.h"
#undef SET
#undef SUMS
#pragma clang attribute pop
#endif

lstmg_step *lstmg_step_for(int instruction_set) {
  switch (instruction_set) {
  case LSTMG_BASELINE: return step_baseline;
#ifdef __x86_64__
  case LSTMG_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? step_avx2 : NULL;
#endif
  default: return NULL;
  }
}
