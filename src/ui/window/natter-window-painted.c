/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include "natter-timeline.h"

/* A window that nobody sees is not painted. */
#define LONGEST_WAIT_MS 1000

/* What is known of the channel is in the list. */
static gboolean
is_filled (NatterWindow *self)
{
  return self->channel == NULL || !natter_timeline_get_loading (natter_channel_get_timeline (self->channel));
}

static void
stop_waiting (NatterPaintWait *wait)
{
  if (wait->clock != NULL)
    g_clear_signal_handler (&wait->handler, wait->clock);
  g_clear_object (&wait->clock);
  if (wait->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (wait->window), wait->tick);
  wait->tick = 0;
  g_clear_handle_id (&wait->source, g_source_remove);
}

static gboolean
call_back_cb (gpointer data)
{
  NatterPaintWait *wait = data;

  wait->source = 0;
  stop_waiting (wait);
  wait->painted (wait->data);
  return G_SOURCE_REMOVE;
}

/* What waits for the paint may take long; the frame, which is not yet on its way, must not wait for that. */
static void
after_paint_cb (GdkFrameClock   *clock,
                NatterPaintWait *wait)
{
  stop_waiting (wait);
  wait->source = g_idle_add (call_back_cb, wait);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  NatterPaintWait *wait = data;

  if (!is_filled (wait->window))
    return G_SOURCE_CONTINUE;
  wait->tick = 0;
  wait->clock = g_object_ref (clock);
  wait->handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), wait);
  return G_SOURCE_REMOVE;
}

static void
start_waiting (NatterWindow            *self,
               NatterPaintWait         *wait,
               NatterWindowPaintedFunc  painted,
               gpointer                 data)
{
  stop_waiting (wait);
  wait->window = self;
  wait->painted = painted;
  wait->data = data;
  wait->source = g_timeout_add (LONGEST_WAIT_MS, call_back_cb, wait);
  wait->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, wait, NULL);
}

/**
 * natter_window_when_painted:
 * @self: the window
 * @painted: (scope async): called once, unless the window is closed before
 * @data: for @painted
 *
 * Calls back when what is known without the network has been painted, or after a second.
 */
void
natter_window_when_painted (NatterWindow            *self,
                            NatterWindowPaintedFunc  painted,
                            gpointer                 data)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (painted != NULL);

  start_waiting (self, &self->first_paint, painted, data);
}

static void
fill_members (gpointer data)
{
  NatterWindow *self = data;

  natter_members_pane_set_server (self->members_pane, self->server);
  gtk_widget_set_visible (GTK_WIDGET (self->members_pane), TRUE);
}

/* Shows the members of the server. There may be many, and what one reads comes first. */
void
_natter_window_show_members (NatterWindow *self)
{
  stop_waiting (&self->members_paint);
  natter_members_pane_set_server (self->members_pane, NULL);
  if (self->server != NULL)
    start_waiting (self, &self->members_paint, fill_members, self);
}

/* The window is about to go. */
void
_natter_window_stop_waiting (NatterWindow *self)
{
  stop_waiting (&self->first_paint);
  stop_waiting (&self->members_paint);
}
