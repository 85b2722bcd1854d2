/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-find"

#include "config.h"

#include "natter-search-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "natter-entry-list.h"
#include "natter-error-text.h"
#include "natter-search-row.h"
#include "natter-server.h"

/**
 * NatterSearchPage:
 *
 * A search over all that was written anywhere, beside what else is shown.
 *
 * Signals: "chosen" (#NatterSearchHit), the person wants to see it in its place; "stopped", the person wants back.
 */
struct _NatterSearchPage
{
  AdwBin              parent_instance;

  GtkSearchEntry     *entry;
  GtkMenuButton      *filters;
  GtkListBox         *filters_list;
  AdwBanner          *banner;
  GtkStack           *stack;
  GtkScrolledWindow  *window;
  GtkListView        *list;

  NatterSession      *session;
  NatterSearch       *search;
  GtkSingleSelection *selection;
  GSignalGroup       *server_signals; /* of the server that is asked */
};

enum
{
  CHOSEN,
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterSearchPage, natter_search_page, ADW_TYPE_BIN)

/* Translators: before the colon is what Natter understands, so that stays; what is after it in examples is yours. */
static const struct
{
  const char *text; /* what is typed */
  const char *example;
  const char *meaning;
} filters[] = {
  { "from:", N_("from:name"), N_("Written by a person") },
  { "in:", N_("in:channel"), N_("In a channel") },
  { "server:", N_("server:name"), N_("On a server") },
  { "has:link", N_("has:link"), N_("With a link") },
  { "has:file", N_("has:file"), N_("With a file") },
  { "has:image", N_("has:image"), N_("With a picture") },
  { "after:", N_("after:2025-12-31"), N_("On that day or later; “today” and “yesterday” work, too") },
  { "before:", N_("before:2025-12-31"), N_("Before that day") },
};

static void
on_setup_row (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, natter_search_row_new ());
}

static void
on_bind_row (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  g_autofree char *summary = natter_search_row_describe (gtk_list_item_get_item (item));

  natter_search_row_set_hit (NATTER_SEARCH_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  gtk_list_item_set_accessible_label (item, summary);
}

static void
on_unbind_row (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  natter_search_row_set_hit (NATTER_SEARCH_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activate (NatterSearchPage *self,
             guint             position)
{
  g_autoptr(NatterSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->search), position);

  if (hit != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, hit);
}

static void
on_stop (NatterSearchPage *self)
{
  g_signal_emit (self, signals[STOPPED], 0);
}

/* Wherever in the page the keyboard is. */
static gboolean
on_escape (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  on_stop (NATTER_SEARCH_PAGE (widget));
  return GDK_EVENT_STOP;
}

static gboolean
is_empty (NatterSearchPage *self)
{
  g_autofree char *text = g_strdup (natter_search_get_text (self->search));

  return *g_strstrip (text) == '\0';
}

static void
update (NatterSearchPage *self)
{
  NatterServer *server = g_signal_group_dup_target (self->server_signals);
  const GError *error = natter_search_get_error (self->search);
  gboolean is_offline = server != NULL && natter_server_get_state (server) != NATTER_CONNECTION_READY;
  g_autofree char *text = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->search)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "results");
  else if (is_empty (self))
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    gtk_stack_set_visible_child_name (self->stack, natter_search_get_loading (self->search) ? "loading" : "nothing");

  if (is_offline)
    text = g_strdup (_("Not connected: only what is kept on this computer is found."));
  else if (error != NULL)
    text = natter_error_text_dup (error);
  if (text != NULL)
    adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, text != NULL);
  g_clear_object (&server);
}

/* There may be room for more than what came. */
static void
load_more (NatterSearchPage *self)
{
  if (!natter_search_get_at_end (self->search) && !natter_search_get_loading (self->search))
    natter_search_load_more (self->search);
}

static void
on_edge_reached (NatterSearchPage *self,
                 GtkPositionType   edge)
{
  if (edge == GTK_POS_BOTTOM)
    load_more (self);
}

static void
on_changed (NatterSearchPage *self)
{
  if (self->search == NULL)
    return;
  natter_search_set_text (self->search, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
  update (self);
}

static void
on_filter_activated (NatterSearchPage *self,
                     GtkListBoxRow    *row)
{
  const char *filter = filters[gtk_list_box_row_get_index (row)].text;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *longer = g_strdup_printf ("%s%s%s%s", text, *text == '\0' || g_str_has_suffix (text, " ") ? "" : " ",
                                             filter, g_str_has_suffix (filter, ":") ? "" : " ");

  gtk_menu_button_popdown (self->filters);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), longer);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
natter_search_page_dispose (GObject *object)
{
  NatterSearchPage *self = NATTER_SEARCH_PAGE (object);

  g_clear_object (&self->server_signals);
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SEARCH_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->search);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_search_page_parent_class)->dispose (object);
}

static void
natter_search_page_class_init (NatterSearchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_search_page_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, NATTER_TYPE_SEARCH_HIT);
  signals[STOPPED] = g_signal_new ("stopped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, entry);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, filters);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, filters_list);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, banner);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, window);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_row);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, on_escape, NULL);
}

static void
fill_filters (NatterSearchPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(filters[i].example));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(filters[i].meaning));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->filters_list, row);
    }
}

static void
natter_search_page_init (NatterSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_entry_list_attach (GTK_EDITABLE (self->entry), self->list, natter_search_row_describe);
  fill_filters (self);
  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (update), self);
}

/**
 * natter_search_page_new:
 *
 * Returns: (transfer floating): a page that looks nowhere
 */
GtkWidget *
natter_search_page_new (void)
{
  return g_object_new (NATTER_TYPE_SEARCH_PAGE, NULL);
}

/**
 * natter_search_page_set_session:
 * @self: a page with no session
 * @session: where to look
 *
 * To be called once.
 */
void
natter_search_page_set_session (NatterSearchPage *self,
                                NatterSession    *session)
{
  g_return_if_fail (NATTER_IS_SEARCH_PAGE (self));
  g_return_if_fail (self->search == NULL);

  self->session = g_object_ref (session);
  self->search = natter_search_new (session);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->search)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->search, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->search, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "notify::error", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
append_filter (GString    *text,
               const char *filter,
               const char *value)
{
  g_autofree char *plain = g_strdup (value);

  g_strdelimit (plain, "\"", ' '); /* there is no way to write one */
  if (strpbrk (plain, " \t") != NULL)
    g_string_append_printf (text, "%s\"%s\" ", filter, plain);
  else
    g_string_append_printf (text, "%s%s ", filter, plain);
}

static char *
make_filters (NatterSearchPage *self,
              NatterChannel    *channel)
{
  GString *text = g_string_new (NULL);
  NatterChannel *forum = natter_channel_get_parent (channel);

  /* The name of a thread is nothing that people know. */
  append_filter (text, "in:", natter_channel_get_name (forum != NULL ? forum : channel));
  /* Other servers have a channel of that name as well. */
  if (g_list_model_get_n_items (natter_session_get_servers (self->session)) > 1)
    append_filter (text, "server:", natter_server_get_name (natter_channel_get_server (channel)));
  return g_string_free_and_steal (text);
}

/**
 * natter_search_page_start:
 * @self: a page with a session
 * @channel: (nullable): where the person is
 * @only_here: whether to look in @channel alone
 *
 * Puts the keyboard where one types. What was looked for last is still there, selected, unless the search is to be in one
 * channel and was not.
 */
void
natter_search_page_start (NatterSearchPage *self,
                          NatterChannel    *channel,
                          gboolean          only_here)
{
  const char *text;

  g_return_if_fail (NATTER_IS_SEARCH_PAGE (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  g_signal_group_set_target (self->server_signals, channel != NULL ? natter_channel_get_server (channel) : NULL);
  natter_search_set_channel (self->search, channel);
  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (only_here && channel != NULL)
    {
      g_autofree char *start = make_filters (self, channel);

      if (!g_str_has_prefix (text, start))
        gtk_editable_set_text (GTK_EDITABLE (self->entry), start);
      gtk_editable_select_region (GTK_EDITABLE (self->entry), g_utf8_strlen (start, -1), -1);
    }
  else if (g_str_has_prefix (text, "in:"))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  update (self);
}

/**
 * natter_search_page_set_text:
 * @self: a page with a session
 * @text: what to look for
 *
 * Looks for @text as if it had been typed.
 */
void
natter_search_page_set_text (NatterSearchPage *self,
                             const char       *text)
{
  g_return_if_fail (NATTER_IS_SEARCH_PAGE (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
