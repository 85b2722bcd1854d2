/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rail-drag"

#include "config.h"

#include "natter-rail-drag.h"

#include <glib/gi18n.h>

static const char * const classes[] = { "drop-before", "drop-after", "drop-into" };

/* What lies in one's hand, on its way. */
typedef struct
{
  NatterSession  *session;
  GObject        *item;
  GObject        *target;
  NatterPlacement placement;
} Drop;

static void
drop_free (gpointer data)
{
  Drop *drop = data;

  g_object_unref (drop->session);
  g_object_unref (drop->item);
  g_object_unref (drop->target);
  g_free (drop);
}

static void
show_placement (GtkWidget *row, int placement)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (classes); i++)
    {
      if (i == placement)
        gtk_widget_add_css_class (row, classes[i]);
      else
        gtk_widget_remove_css_class (row, classes[i]);
    }
}

/* A server goes into what is under it when it is near the middle; a folder goes beside it. */
static NatterPlacement
find_placement (GtkWidget *row, GObject *item, double y)
{
  double share = y / MAX (1, gtk_widget_get_height (row));

  if (NATTER_IS_SERVER (item) && share > 0.3 && share < 0.7)
    return NATTER_PLACE_INTO;
  return share < 0.5 ? NATTER_PLACE_BEFORE : NATTER_PLACE_AFTER;
}

static gboolean
place_cb (gpointer data)
{
  Drop *drop = data;

  if (drop->placement == NATTER_PLACE_INTO && NATTER_IS_SERVER (drop->target))
    {
      NatterServer *target = NATTER_SERVER (drop->target);
      NatterGroup *folder = natter_server_get_group (target);

      if (folder == NULL)
        folder = natter_session_new_folder (drop->session, _("New Folder"), target);
      natter_session_set_folder (drop->session, NATTER_SERVER (drop->item), folder);
    }
  else
    natter_session_place (drop->session, drop->item, drop->target, drop->placement);
  return G_SOURCE_REMOVE;
}

static GdkDragAction
motion_cb (GtkDropTarget *controller, double x, double y, GObject *target)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  const GValue *value = gtk_drop_target_get_value (controller);
  GObject *item = value != NULL ? g_value_get_object (value) : NULL;

  if (item == NULL || item == target)
    {
      show_placement (row, -1);
      return 0;
    }
  show_placement (row, (int) find_placement (row, item, y));
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *controller)
{
  show_placement (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), -1);
}

/* The row is replaced by what is done, so that is done when the drop is over. */
static gboolean
drop_cb (GtkDropTarget *controller, const GValue *value, double x, double y, GObject *target)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GObject *item = g_value_get_object (value);
  Drop *drop;

  show_placement (row, -1);
  if (item == NULL || item == target)
    return FALSE;
  drop = g_new0 (Drop, 1);
  drop->session = g_object_ref (g_object_get_data (G_OBJECT (controller), "natter-session"));
  drop->item = g_object_ref (item);
  drop->target = g_object_ref (target);
  drop->placement = find_placement (row, item, y);
  g_idle_add_full (G_PRIORITY_DEFAULT, place_cb, drop, drop_free);
  return TRUE;
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, gtk_widget_get_width (row) / 2, gtk_widget_get_height (row) / 2);
}

/**
 * natter_rail_drag_add:
 * @row: a row of the rail
 * @session: whose servers are there
 * @item: the server or the folder that it shows
 *
 * Lets the row be dragged, and others be dropped on it: beside it, or into it.
 */
void
natter_rail_drag_add (GtkWidget *row, NatterSession *session, GObject *item)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_MOVE);
  g_autoptr(GdkContentProvider) content = gdk_content_provider_new_typed (G_OBJECT_TYPE (item), item);
  GType types[] = { NATTER_TYPE_SERVER, NATTER_TYPE_GROUP };

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_drag_source_set_content (source, content);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (target, TRUE);
  g_object_set_data_full (G_OBJECT (target), "natter-session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), item, 0);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), NULL);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}
