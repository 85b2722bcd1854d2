/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-forum-page"

#include "config.h"

#include "natter-forum-page.h"

#include <glib/gi18n.h>

#include "natter-hint-page.h"
#include "natter-new-thread-dialog.h"
#include "natter-server.h"
#include "natter-thread-row.h"
#include "natter-window.h"

/**
 * NatterForumPage:
 *
 * The threads of a forum, those written in last first.
 *
 * Properties: forum (nullable). Signal "chosen" (NatterChannel): the person wants to see that thread.
 */
struct _NatterForumPage
{
  AdwBin parent_instance;

  NatterChannel   *forum;
  GSignalGroup    *forum_signals;
  GSignalGroup    *server_signals;
  GSignalGroup    *found_signals;
  GtkSorter       *sorter;
  GtkStringFilter *filter;
  GListModel      *found;
  GtkEditable     *search;
  GtkWidget       *new_button;
  GtkStack        *stack;
  GtkListBox      *list;
};

enum
{
  PROP_0,
  PROP_FORUM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint chosen;

G_DEFINE_FINAL_TYPE (NatterForumPage, natter_forum_page, ADW_TYPE_BIN)

static void
choose (NatterForumPage *self,
        NatterChannel   *thread)
{
  g_signal_emit (self, chosen, 0, thread);
}

static void
update_new (NatterForumPage *self)
{
  NatterServer *server = self->forum != NULL ? natter_channel_get_server (self->forum) : NULL;
  gboolean may = self->forum != NULL && (natter_channel_get_rights (self->forum) & NATTER_MAY_CREATE_THREAD) != 0;

  gtk_widget_set_visible (self->new_button, may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "forum.new-thread",
                                 may && server != NULL && natter_server_get_state (server) == NATTER_CONNECTION_READY);
}

static void
update_stack (NatterForumPage *self)
{
  guint n_found = self->found != NULL ? g_list_model_get_n_items (self->found) : 0;
  guint n_threads = self->forum != NULL ? g_list_model_get_n_items (natter_channel_get_threads (self->forum)) : 0;

  gtk_stack_set_visible_child_name (self->stack, n_found > 0 ? "threads" : n_threads > 0 ? "not-found" : "empty");
}

static void
on_state (NatterForumPage *self)
{
  update_new (self);
  natter_channel_load_threads (self->forum);
}

static void
on_search_changed (NatterForumPage *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (self->search));
  update_stack (self);
}

static void
on_search_activate (NatterForumPage *self)
{
  g_autoptr(NatterChannel) first = self->found != NULL ? g_list_model_get_item (self->found, 0) : NULL;

  if (first != NULL)
    choose (self, first);
}

static void
on_row_activated (NatterForumPage *self,
                  GtkListBoxRow   *row)
{
  choose (self, natter_thread_row_get_thread (NATTER_THREAD_ROW (row)));
}

static void
on_new_thread (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  NatterForumPage *self = NATTER_FORUM_PAGE (widget);
  AdwDialog *dialog = natter_new_thread_dialog_new (self->forum);

  g_signal_connect_object (dialog, "created", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static int
compare_threads (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  NatterChannel *first = NATTER_CHANNEL ((gpointer) a);
  NatterChannel *second = NATTER_CHANNEL ((gpointer) b);
  gint64 earlier = natter_channel_get_activity (first);
  gint64 later = natter_channel_get_activity (second);

  if (natter_channel_get_pinned (first) != natter_channel_get_pinned (second))
    return natter_channel_get_pinned (first) ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  if (natter_channel_get_archived (first) != natter_channel_get_archived (second))
    return natter_channel_get_archived (first) ? GTK_ORDERING_LARGER : GTK_ORDERING_SMALLER;
  return earlier > later ? GTK_ORDERING_SMALLER : earlier < later ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

/* Of the row, which goes when the order changes: so nobody is told twice. */
static void
on_order_changed (GtkWidget *row)
{
  NatterForumPage *self = NATTER_FORUM_PAGE (gtk_widget_get_ancestor (row, NATTER_TYPE_FORUM_PAGE));

  if (self != NULL)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
on_act_failed (GtkWidget     *row,
               NatterMessage *message,
               NatterAct      act,
               const GError  *error)
{
  GtkRoot *root = gtk_widget_get_root (row);

  if (act == NATTER_ACT_THREAD && gtk_widget_get_mapped (row) && NATTER_IS_WINDOW (root))
    natter_window_show_error (NATTER_WINDOW (root), error);
}

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  GtkWidget *row = natter_thread_row_new (item);

  g_signal_connect_object (item, "notify::activity", G_CALLBACK (on_order_changed), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "act-failed", G_CALLBACK (on_act_failed), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::archived", G_CALLBACK (on_order_changed), row, G_CONNECT_SWAPPED);
  return row;
}

static void
natter_forum_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FORUM:
      g_value_set_object (value, natter_forum_page_get_forum (NATTER_FORUM_PAGE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_forum_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FORUM:
      natter_forum_page_set_forum (NATTER_FORUM_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_forum_page_dispose (GObject *object)
{
  NatterForumPage *self = NATTER_FORUM_PAGE (object);

  natter_forum_page_set_forum (self, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_FORUM_PAGE);

  G_OBJECT_CLASS (natter_forum_page_parent_class)->dispose (object);
}

static void
natter_forum_page_finalize (GObject *object)
{
  NatterForumPage *self = NATTER_FORUM_PAGE (object);

  g_clear_object (&self->forum_signals);
  g_clear_object (&self->server_signals);
  g_clear_object (&self->found_signals);
  g_clear_object (&self->sorter);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (natter_forum_page_parent_class)->finalize (object);
}

static void
natter_forum_page_class_init (NatterForumPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_forum_page_get_property;
  object_class->set_property = natter_forum_page_set_property;
  object_class->dispose = natter_forum_page_dispose;
  object_class->finalize = natter_forum_page_finalize;

  properties[PROP_FORUM] =
    g_param_spec_object ("forum", NULL, NULL, NATTER_TYPE_CHANNEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  chosen = g_signal_new ("chosen", NATTER_TYPE_FORUM_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                         NATTER_TYPE_CHANNEL);

  gtk_widget_class_install_action (widget_class, "forum.new-thread", NULL, on_new_thread);
  g_type_ensure (NATTER_TYPE_HINT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-forum-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterForumPage, search);
  gtk_widget_class_bind_template_child (widget_class, NatterForumPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, NatterForumPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterForumPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
natter_forum_page_init (NatterForumPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->forum_signals = g_signal_group_new (NATTER_TYPE_CHANNEL);
  g_signal_group_connect_swapped (self->forum_signals, "notify::rights", G_CALLBACK (update_new), self);
  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (on_state), self);
  self->found_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->found_signals, "items-changed", G_CALLBACK (update_stack), self);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_threads, NULL, NULL));
  self->filter = gtk_string_filter_new (gtk_property_expression_new (NATTER_TYPE_CHANNEL, NULL, "title"));
  gtk_string_filter_set_match_mode (self->filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
}

/**
 * natter_forum_page_new:
 *
 * Returns: (transfer floating): a page with no forum
 */
GtkWidget *
natter_forum_page_new (void)
{
  return g_object_new (NATTER_TYPE_FORUM_PAGE, NULL);
}

/**
 * natter_forum_page_get_forum:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the forum that it shows
 */
NatterChannel *
natter_forum_page_get_forum (NatterForumPage *self)
{
  g_return_val_if_fail (NATTER_IS_FORUM_PAGE (self), NULL);

  return self->forum;
}

static void
show_threads (NatterForumPage *self)
{
  g_autoptr(GListModel) found = NULL;

  if (self->forum != NULL)
    {
      GtkFilterListModel *filtered =
        gtk_filter_list_model_new (g_object_ref (natter_channel_get_threads (self->forum)),
                                   g_object_ref (GTK_FILTER (self->filter)));

      found = G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->sorter)));
    }
  g_set_object (&self->found, found);
  gtk_list_box_bind_model (self->list, found, make_row, NULL, NULL);
  g_signal_group_set_target (self->found_signals, found);
}

/**
 * natter_forum_page_set_forum:
 * @self: a page
 * @forum: (nullable): the forum to show
 */
void
natter_forum_page_set_forum (NatterForumPage *self,
                             NatterChannel   *forum)
{
  g_return_if_fail (NATTER_IS_FORUM_PAGE (self));
  g_return_if_fail (forum == NULL || NATTER_IS_CHANNEL (forum));

  if (!g_set_object (&self->forum, forum))
    return;
  gtk_editable_set_text (self->search, "");
  gtk_string_filter_set_search (self->filter, NULL);
  g_signal_group_set_target (self->forum_signals, forum);
  g_signal_group_set_target (self->server_signals, forum != NULL ? natter_channel_get_server (forum) : NULL);
  show_threads (self);
  update_stack (self);
  update_new (self);
  if (forum != NULL)
    natter_channel_load_threads (forum);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORUM]);
}
