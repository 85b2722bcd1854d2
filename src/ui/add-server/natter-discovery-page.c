/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-discovery-page"

#include "config.h"

#include "natter-discovery-page.h"

#include <glib/gi18n.h>

#include "natter-discovery-row.h"
#include "natter-error-text.h"

struct _NatterDiscoveryPage
{
  AdwNavigationPage parent_instance;

  GSettings          *settings;
  GCancellable       *cancellable;
  GListStore         *servers;
  GtkFilterListModel *shown;
  GtkStringList      *tags;
  GtkStack           *stack;
  AdwStatusPage      *consent_page;
  AdwStatusPage      *error_page;
  GtkSearchEntry     *search_entry;
  GtkDropDown        *tag_drop_down;
  GtkScrolledWindow  *scroller;
  GtkListBox         *list;
  guint               look_source;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterDiscoveryPage, natter_discovery_page, ADW_TYPE_NAVIGATION_PAGE)

/* (nullable): the tag that is chosen; the first line is for all */
static const char *
get_tag (NatterDiscoveryPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->tag_drop_down);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->tags, selected) : NULL;
}

static gboolean
filter (gpointer item, gpointer data)
{
  NatterDiscoveryPage *self = data;

  return natter_discovered_server_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), get_tag (self));
}

static gboolean
is_in_sight (NatterDiscoveryPage *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds)
         && bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

static gboolean
look_cb (gpointer data)
{
  NatterDiscoveryPage *self = data;
  GtkListBoxRow *row;

  self->look_source = 0;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (gtk_widget_get_mapped (GTK_WIDGET (row)) && is_in_sight (self, GTK_WIDGET (row)))
        natter_discovery_row_seen (NATTER_DISCOVERY_ROW (row));
    }
  return G_SOURCE_REMOVE;
}

/* When the rows have their places. */
static void
look_soon (NatterDiscoveryPage *self)
{
  if (self->look_source == 0)
    self->look_source = g_idle_add_full (G_PRIORITY_LOW, look_cb, self, NULL);
}

static void
filter_changed_cb (NatterDiscoveryPage *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  look_soon (self);
}

static void
collect_tags (NatterDiscoveryPage *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterDiscoveredServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);
      char **tags = natter_discovered_server_get_data (server)->tags;

      for (guint j = 0; tags[j] != NULL; j++)
        if (g_hash_table_add (seen, tags[j]))
          gtk_string_list_append (self->tags, tags[j]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tag_drop_down), g_hash_table_size (seen) > 0);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterDiscoveryPage) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = natter_discovery_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (list == NULL)
    {
      g_autofree char *text = natter_error_text_dup (error);

      adw_status_page_set_description (self->error_page, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_list_store_remove_all (self->servers);
  g_ptr_array_set_free_func (list, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr(NatterDiscoveredServer) server = natter_discovered_server_new (list->pdata[i]);

      g_list_store_append (self->servers, server);
    }
  collect_tags (self);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  look_soon (self);
}

static void
load (NatterDiscoveryPage *self)
{
  g_autofree char *address = g_settings_get_string (self->settings, "discovery-address");

  gtk_stack_set_visible_child_name (self->stack, "loading");
  natter_discovery_load_async (address, self->cancellable, loaded_cb, g_object_ref (self));
}

/* The yes is for this address; with another one it is asked again. */
static void
load_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterDiscoveryPage *self = NATTER_DISCOVERY_PAGE (widget);
  g_autofree char *address = g_settings_get_string (self->settings, "discovery-address");

  g_settings_set_string (self->settings, "discovery-allowed", address);
  load (self);
}

static void
row_activated_cb (NatterDiscoveryPage *self, GtkListBoxRow *row)
{
  NatterDiscoveredServer *server = natter_discovery_row_get_server (NATTER_DISCOVERY_ROW (row));

  g_signal_emit (self, signals[CHOSEN], 0, natter_address_get_text (natter_discovered_server_get_data (server)->address));
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  return natter_discovery_row_new (item);
}

static void
natter_discovery_page_dispose (GObject *object)
{
  NatterDiscoveryPage *self = NATTER_DISCOVERY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->look_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_DISCOVERY_PAGE);
  g_clear_object (&self->shown);
  g_clear_object (&self->servers);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (natter_discovery_page_parent_class)->dispose (object);
}

static void
natter_discovery_page_class_init (NatterDiscoveryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_discovery_page_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-discovery-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, consent_page);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, tag_drop_down);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, tags);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryPage, list);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "discovery.load", NULL, load_action);
}

static void
natter_discovery_page_init (NatterDiscoveryPage *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->servers = g_list_store_new (NATTER_TYPE_DISCOVERED_SERVER);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->servers)),
                                           GTK_FILTER (gtk_custom_filter_new (filter, self, NULL)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, NULL, NULL);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
}

/**
 * natter_discovery_page_set_settings:
 * @self: the page
 * @settings: where the address of the list is, and whether it may be fetched
 */
void
natter_discovery_page_set_settings (NatterDiscoveryPage *self, GSettings *settings)
{
  g_return_if_fail (NATTER_IS_DISCOVERY_PAGE (self));

  g_set_object (&self->settings, settings);
}

/**
 * natter_discovery_page_show:
 * @self: the page
 *
 * The person has come to the page: fetches the list when that was allowed once, and asks otherwise.
 */
void
natter_discovery_page_show (NatterDiscoveryPage *self)
{
  g_autofree char *address = NULL;
  g_autofree char *allowed = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GUri) uri = NULL;

  g_return_if_fail (NATTER_IS_DISCOVERY_PAGE (self));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->servers)) > 0)
    return;
  address = g_settings_get_string (self->settings, "discovery-address");
  allowed = g_settings_get_string (self->settings, "discovery-allowed");
  if (g_str_equal (address, allowed))
    {
      load (self);
      return;
    }
  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  /* Translators: %s is the name of a website. */
  text = g_strdup_printf (_("The list of public servers comes from %s. The servers on it are asked for their pictures and for how many people are there. All of them learn the address of your computer, and nothing else of you."),
                          uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : address);
  adw_status_page_set_description (self->consent_page, text);
  gtk_stack_set_visible_child_name (self->stack, "consent");
}
