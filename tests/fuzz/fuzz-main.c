/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

/* Stands in for libFuzzer where the compiler lacks it: runs the files that it is given. */
int
main (int   argc,
      char *argv[])
{
  for (int i = 1; i < argc; i++)
    {
      g_autofree char *data = NULL;
      gsize length;

      if (!g_file_get_contents (argv[i], &data, &length, NULL))
        {
          fprintf (stderr, "%s can't be read\n", argv[i]);
          return EXIT_FAILURE;
        }
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
    }

  return EXIT_SUCCESS;
}
