/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-memory"

#include "config.h"

#include "natter-memory.h"

#include <glib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* A start, or a window that goes, takes some frames. */
#define SETTLE_S 3

static guint source;

static gboolean
give_back_cb (gpointer data)
{
  source = 0;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  return G_SOURCE_REMOVE;
}

/**
 * natter_memory_give_back_soon:
 *
 * Gives the system what has been freed, when what goes on now is over. To be called where much memory was used for a
 * short time: the C library keeps it otherwise, as it lies between what is still used. From the main thread.
 */
void
natter_memory_give_back_soon (void)
{
  if (source == 0)
    source = g_timeout_add_seconds_full (G_PRIORITY_LOW, SETTLE_S, give_back_cb, NULL, NULL);
}
