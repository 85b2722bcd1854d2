/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Runs the main loop until @condition holds. A test that waits in vain fails; none waits for time to pass. */
#define wait_for(condition)                                                                  \
  G_STMT_START                                                                               \
    {                                                                                        \
      guint in_vain = g_timeout_add_seconds_once (30, wait_failed, (gpointer) #condition);   \
      while (!(condition))                                                                   \
        g_main_context_iteration (NULL, TRUE);                                               \
      g_source_remove (in_vain);                                                             \
    }                                                                                        \
  G_STMT_END

static inline void
wait_failed (gpointer condition)
{
  g_error ("Waited in vain for: %s", (const char *) condition);
}

/* Runs whatever is ready now. */
static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
