/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-frame-watch"

#include "config.h"

#include "natter-frame-watch.h"

#include <time.h>

#include "natter-trace.h"

/* What a person notices: three frames at 60 Hz. */
#define LATE_MS 50.0
/* How often the number of frames is written, in µs. */
#define FRAMES_EVERY (G_USEC_PER_SEC / 4)

typedef struct
{
  GSource source;
  gint64  awake_since; /* monotonic µs, 0 while the loop waits */
  double  busy_before; /* ms */
} LoopSource;

/* The milliseconds of the processor that this thread has had: what it waited for others is not in it. */
static double
get_busy (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1000.0 + now.tv_nsec / 1000000.0;
}

/* Before the loop waits: everything that was ready has been dispatched. */
static gboolean
loop_source_prepare (GSource *source, int *timeout)
{
  LoopSource *self = (LoopSource *) source;

  *timeout = -1;
  if (self->awake_since != 0)
    {
      double ms = (g_get_monotonic_time () - self->awake_since) / 1000.0;

      if (ms > LATE_MS)
        natter_trace ("main-loop-stall", "d:took", ms, "d:busy", get_busy () - self->busy_before);
      self->awake_since = 0;
    }
  return FALSE;
}

static gboolean
loop_source_check (GSource *source)
{
  LoopSource *self = (LoopSource *) source;

  self->awake_since = g_get_monotonic_time ();
  self->busy_before = get_busy ();
  return FALSE;
}

static gboolean
loop_source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs loop_source_funcs = {
  .prepare = loop_source_prepare,
  .check = loop_source_check,
  .dispatch = loop_source_dispatch,
};

/* Never ready itself, so it wakes nobody up; of the first priority, so it is asked in every turn of the loop. */
static void
watch_main_loop (void)
{
  static gboolean watching = FALSE;
  g_autoptr(GSource) source = NULL;

  if (watching)
    return;
  watching = TRUE;
  source = g_source_new (&loop_source_funcs, sizeof (LoopSource));
  g_source_set_static_name (source, "[natter] main loop watch");
  g_source_set_priority (source, G_MININT);
  g_source_attach (source, NULL);
}

static gint64 frame_start;
static double frame_busy;
static gint64 n_frames;
static gint64 frames_told; /* monotonic µs */

static void
before_paint_cb (GdkFrameClock *clock, gpointer data)
{
  frame_start = g_get_monotonic_time ();
  frame_busy = get_busy ();
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  gint64 now = g_get_monotonic_time ();
  double ms = (now - frame_start) / 1000.0;

  n_frames++;
  if (ms > LATE_MS)
    natter_trace ("frame-late", "d:took", ms, "d:busy", get_busy () - frame_busy);
  if (now - frames_told > FRAMES_EVERY)
    {
      frames_told = now;
      natter_trace ("frames", "i:count", n_frames);
    }
}

static void
realize_cb (GtkWidget *window, gpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_paint_cb), window, G_CONNECT_DEFAULT);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), window, G_CONNECT_DEFAULT);
}

/**
 * natter_frame_watch_start:
 * @window: a window that is not realized yet
 *
 * Writes the trace events `frame-late` for frames of @window, and `main-loop-stall` for turns of the main loop, that
 * took over 50 ms, with the time that the program itself was busy in it; and from time to time `frames`, how many were drawn. Does nothing when there is no trace.
 */
void
natter_frame_watch_start (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (!natter_trace_enabled ())
    return;
  watch_main_loop ();
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
}
