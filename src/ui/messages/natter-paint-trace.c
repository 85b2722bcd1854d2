/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-paint-trace"

#include "config.h"

#include "natter-paint-trace.h"

#include "natter-channel.h"
#include "natter-message.h"
#include "natter-trace.h"

static void
on_after_paint (GdkFrameClock  *clock,
                NatterTimeline *timeline)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (timeline));
  g_autoptr(NatterMessage) last = n_items > 0 ? g_list_model_get_item (G_LIST_MODEL (timeline), n_items - 1) : NULL;
  const char *id = last != NULL ? natter_message_get_id (last) : NULL;

  g_signal_handlers_disconnect_by_func (clock, on_after_paint, timeline);
  natter_trace ("timeline-painted",
                "s:channel", natter_channel_get_name (natter_timeline_get_channel (timeline)),
                "i:count", (gint64) n_items,
                "s:last", id != NULL ? id : "");
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       timeline)
{
  /* Layout and painting of this frame are still to come. */
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_after_paint), timeline, G_CONNECT_DEFAULT);
  return G_SOURCE_REMOVE;
}

/**
 * natter_paint_trace_timeline:
 * @widget: shows @timeline
 * @timeline: what has just come to be shown
 *
 * Writes the `timeline-painted` event after the frame that shows @timeline. Does nothing when nothing is traced.
 */
void
natter_paint_trace_timeline (GtkWidget      *widget,
                             NatterTimeline *timeline)
{
  if (natter_trace_enabled ())
    gtk_widget_add_tick_callback (widget, on_tick, g_object_ref (timeline), g_object_unref);
}
