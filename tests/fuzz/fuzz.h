/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a target of the fuzzer has. The same file is built with libFuzzer, where the compiler has it, and into a
 * test that feeds it mutations of real input. */

/* One input; returns 0. It may crash, and nothing else. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
/* Real input; of GString */
GPtrArray *fuzz_seeds (void);
/* What to put into it anywhere, and what to put in the place of a value if it is JSON (none if not) */
extern const char *const fuzz_words[];
extern const char *const fuzz_values[];

/* A mutation of one of @seeds: (transfer full) */
GString *fuzz_mutate (GRand             *rand,
                      GPtrArray         *seeds,
                      const char *const *words,
                      const char *const *values);
