/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include "natter-timeline.h"

/* A window that nobody sees is not painted. */
#define LONGEST_WAIT_MS 1000

/* Whether what is kept of the channel has come. */
static gboolean
is_filled (NatterWindow *self)
{
  return self->channel == NULL || !natter_timeline_get_loading (natter_channel_get_timeline (self->channel));
}

static void
stop_waiting (NatterWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  g_clear_handle_id (&self->first_paint_source, g_source_remove);
  if (clock != NULL)
    g_clear_signal_handler (&self->first_paint_handler, clock);
  self->first_paint_handler = 0;
}

static void
call_back (NatterWindow *self)
{
  NatterWindowPaintedFunc painted = self->painted;

  stop_waiting (self);
  self->painted = NULL;
  if (painted != NULL)
    painted (self->painted_data);
}

static void
after_paint_cb (NatterWindow *self)
{
  if (is_filled (self))
    call_back (self);
}

static gboolean
waited_long_cb (gpointer data)
{
  NatterWindow *self = data;

  self->first_paint_source = 0;
  call_back (self);
  return G_SOURCE_REMOVE;
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
  GdkFrameClock *clock;

  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (painted != NULL);

  stop_waiting (self);
  self->painted = painted;
  self->painted_data = data;
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  if (clock != NULL)
    self->first_paint_handler = g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), self,
                                                         G_CONNECT_SWAPPED);
  self->first_paint_source = g_timeout_add (LONGEST_WAIT_MS, waited_long_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
stop_waiting_with_members (NatterWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  g_clear_handle_id (&self->members_source, g_source_remove);
  if (clock != NULL)
    g_clear_signal_handler (&self->members_handler, clock);
  self->members_handler = 0;
}

static void
fill_members (NatterWindow *self)
{
  stop_waiting_with_members (self);
  natter_members_pane_set_server (self->members_pane, self->server);
}

static void
members_after_paint_cb (NatterWindow *self)
{
  if (self->channel != NULL && is_filled (self))
    fill_members (self);
}

static gboolean
members_waited_long_cb (gpointer data)
{
  NatterWindow *self = data;

  self->members_source = 0;
  fill_members (self);
  return G_SOURCE_REMOVE;
}

/* Shows the members of the server. There may be many, and what one reads comes first. */
void
_natter_window_show_members (NatterWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  stop_waiting_with_members (self);
  natter_members_pane_set_server (self->members_pane, NULL);
  if (self->server == NULL)
    return;
  if (clock != NULL)
    self->members_handler = g_signal_connect_object (clock, "after-paint", G_CALLBACK (members_after_paint_cb), self,
                                                     G_CONNECT_SWAPPED);
  self->members_source = g_timeout_add (LONGEST_WAIT_MS, members_waited_long_cb, self);
}

/* The window is about to go. */
void
_natter_window_stop_waiting (NatterWindow *self)
{
  stop_waiting (self);
  stop_waiting_with_members (self);
  self->painted = NULL;
}
