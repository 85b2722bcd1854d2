/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-preferences-dialog"

#include "config.h"

#include "natter-preferences-dialog.h"

#include <glib/gi18n.h>

#include "natter-account-page.h"
#include "natter-account-row.h"
#include "natter-address-setting.h"
#include "natter-error-text.h"
#include "natter-media.h"
#include "natter-rotur-sign-in-dialog.h"

struct _NatterPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  NatterSession *session;
  GSettings     *settings;
  GCancellable  *cancellable;
  AdwComboRow   *style_row;
  AdwSpinRow    *text_size_row;
  AdwComboRow   *layout_row;
  AdwSwitchRow  *notifications_row;
  AdwSwitchRow  *previews_row;
  AdwSwitchRow  *sound_row;
  AdwSwitchRow  *announce_row;
  AdwSwitchRow  *background_row;
  AdwSwitchRow  *autostart_row;
  AdwSwitchRow  *typing_row;
  AdwSwitchRow  *read_marks_row;
  AdwComboRow   *remote_media_row;
  AdwSpinRow    *cache_size_row;
  AdwActionRow  *kept_row;
  GtkListBox    *servers_list;
  GtkListBox    *accounts_list;
  AdwEntryRow   *discovery_row;
  AdwEntryRow   *direct_row;
  AdwEntryRow   *rotur_row;
  AdwEntryRow   *client_row;
};

G_DEFINE_FINAL_TYPE (NatterPreferencesDialog, natter_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
say (NatterPreferencesDialog *self, const char *text)
{
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL));
}

static void
say_error (NatterPreferencesDialog *self, const GError *error)
{
  g_autofree char *text = natter_error_text_dup (error);

  say (self, text);
}

static void
size_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterPreferencesDialog) self = data;
  g_autoptr(GError) error = NULL;
  guint64 size = natter_cache_get_size_finish (NATTER_CACHE (object), result, &error);
  g_autofree char *text = NULL;
  g_autofree char *subtitle = NULL;

  if (error != NULL)
    return;
  text = g_format_size (size);
  /* Translators: %s is an amount such as “12.3 MB”. */
  subtitle = g_strdup_printf (_("%s, for reading and searching offline"), text);
  adw_action_row_set_subtitle (self->kept_row, subtitle);
}

static void
update_size (NatterPreferencesDialog *self)
{
  natter_cache_get_size_async (natter_session_get_cache (self->session), self->cancellable, size_cb, g_object_ref (self));
}

static void
cleared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterPreferencesDialog) self = data;
  g_autoptr(GError) error = NULL;

  if (natter_cache_clear_finish (NATTER_CACHE (object), result, &error))
    say (self, _("Kept messages cleared"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_error (self, error);
  update_size (self);
}

static void
files_cleared_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterPreferencesDialog) self = data;
  g_autoptr(GError) error = NULL;

  if (natter_file_cache_clear_finish (NATTER_FILE_CACHE (object), result, &error))
    say (self, _("Pictures and files cleared"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_error (self, error);
}

static void
clear_messages_cb (NatterPreferencesDialog *self)
{
  natter_cache_clear_async (natter_session_get_cache (self->session), NULL, NULL, self->cancellable, cleared_cb, g_object_ref (self));
}

static void
clear_server_cb (NatterPreferencesDialog *self, GtkButton *button)
{
  natter_cache_clear_async (natter_session_get_cache (self->session), g_object_get_data (G_OBJECT (button), "server"), NULL,
                            self->cancellable, cleared_cb, g_object_ref (self));
}

static void
clear_files_cb (NatterPreferencesDialog *self)
{
  if (natter_media_get_cache () != NULL)
    natter_file_cache_clear_async (natter_media_get_cache (), self->cancellable, files_cleared_cb, g_object_ref (self));
}

static void
account_removed_cb (NatterPreferencesDialog *self)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
}

static void
account_cb (NatterPreferencesDialog *self, NatterAccountRow *row)
{
  AdwNavigationPage *page = natter_account_page_new (self->session, natter_account_row_get_account (row));

  g_signal_connect_object (page, "removed", G_CALLBACK (account_removed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), page);
}

static void
add_account_cb (NatterPreferencesDialog *self)
{
  adw_dialog_present (natter_rotur_sign_in_dialog_new (self->session), GTK_WIDGET (self));
}

static void
accounts_changed_cb (NatterPreferencesDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->accounts_list), g_list_model_get_n_items (natter_session_get_accounts (self->session)) > 0);
}

static GtkWidget *
make_account_row (gpointer item, gpointer data)
{
  return natter_account_row_new (item);
}

static void
show_accounts (NatterPreferencesDialog *self)
{
  GListModel *accounts = natter_session_get_accounts (self->session);

  gtk_list_box_bind_model (self->accounts_list, accounts, make_account_row, NULL, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
}

static gboolean
check_web (const char *text, GError **error)
{
  g_autoptr(NatterRotur) rotur = natter_rotur_new (text, error);

  return rotur != NULL;
}

/* Empty is for none. */
static gboolean
check_server (const char *text, GError **error)
{
  g_autoptr(NatterAddress) address = *text != '\0' ? natter_address_parse_plain (text, error) : NULL;

  return *text == '\0' || address != NULL;
}

static void
reset_addresses_cb (NatterPreferencesDialog *self)
{
  const char * const keys[] = { "discovery-address", "direct-messages-server", "rotur-address", "rotur-client-id" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (self->settings, keys[i]);
}

/* Nothing else would keep what was started without a window. */
static void
background_changed_cb (NatterPreferencesDialog *self)
{
  if (!g_settings_get_boolean (self->settings, "run-in-background") && g_settings_get_boolean (self->settings, "autostart"))
    g_settings_set_boolean (self->settings, "autostart", FALSE);
}

static void
shortcuts_cb (NatterPreferencesDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.shortcuts", NULL);
}

static GtkWidget *
make_server_row (gpointer item, gpointer data)
{
  NatterServer *server = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Clear"));
  /* Translators: read by a screen reader; %s is the name of a server. */
  g_autofree char *description = g_strdup_printf (_("Clear kept messages of %s"), natter_server_get_name (server));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), natter_server_get_name (server));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_object_set_data_full (G_OBJECT (button), "server", g_strdup (natter_server_get_id (server)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clear_server_cb), data, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* Settings have names for what rows have by position. */
static gboolean
position_from_name (GValue *value, GVariant *variant, gpointer data)
{
  const char * const *names = data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
name_from_position (const GValue *value, const GVariantType *type, gpointer data)
{
  const char * const *names = data;
  guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) names) ? g_variant_new_string (names[position]) : NULL;
}

static gboolean
position_from_switch (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_uint (value, g_variant_get_boolean (variant) ? 1 : 0);
  return TRUE;
}

static GVariant *
switch_from_position (const GValue *value, const GVariantType *type, gpointer data)
{
  return g_variant_new_boolean (g_value_get_uint (value) == 1);
}

static void
bind_choice (NatterPreferencesDialog *self, const char *key, AdwComboRow *row, const char * const *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, position_from_name, name_from_position,
                                (gpointer) names, NULL);
}

static void
bind_settings (NatterPreferencesDialog *self)
{
  static const char * const styles[] = { "system", "light", "dark", NULL };
  static const char * const remote_media[] = { "never", "ask", "always", NULL };

  bind_choice (self, "style", self->style_row, styles);
  bind_choice (self, "remote-media", self->remote_media_row, remote_media);
  g_settings_bind (self->settings, "text-size", self->text_size_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "cache-size", self->cache_size_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "compact", self->layout_row, "selected", G_SETTINGS_BIND_DEFAULT,
                                position_from_switch, switch_from_position, NULL, NULL);
  g_settings_bind (self->settings, "notifications", self->notifications_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-previews", self->previews_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-sound", self->sound_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "announce-messages", self->announce_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "run-in-background", self->background_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "autostart", self->autostart_row, "active", G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (self->settings, "run-in-background", self->autostart_row, "sensitive", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::run-in-background", G_CALLBACK (background_changed_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "send-typing", self->typing_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "send-read-marks", self->read_marks_row, "active", G_SETTINGS_BIND_DEFAULT);
  natter_address_setting_bind (self->discovery_row, self->settings, "discovery-address", check_web);
  natter_address_setting_bind (self->direct_row, self->settings, "direct-messages-server", check_server);
  natter_address_setting_bind (self->rotur_row, self->settings, "rotur-address", check_web);
  natter_address_setting_bind (self->client_row, self->settings, "rotur-client-id", NULL);
}

/* The desktop starts Natter as it is without a profile of its own. */
static gboolean
can_start_with_desktop (void)
{
  GApplication *application = g_application_get_default ();

  return application == NULL || !(g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE);
}

static void
natter_preferences_dialog_dispose (GObject *object)
{
  NatterPreferencesDialog *self = NATTER_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (natter_preferences_dialog_parent_class)->dispose (object);
}

static void
natter_preferences_dialog_class_init (NatterPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_preferences_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, style_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, text_size_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, layout_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, notifications_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, previews_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, sound_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, announce_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, autostart_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, typing_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, remote_media_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, cache_size_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, kept_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, servers_list);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, read_marks_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, accounts_list);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, discovery_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, direct_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, rotur_row);
  gtk_widget_class_bind_template_child (widget_class, NatterPreferencesDialog, client_row);
  gtk_widget_class_bind_template_callback (widget_class, clear_messages_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_files_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_account_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_addresses_cb);
  gtk_widget_class_bind_template_callback (widget_class, shortcuts_cb);
}

static void
natter_preferences_dialog_init (NatterPreferencesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_preferences_dialog_new:
 * @session: the session, whose messages are kept
 * @settings: what is set
 *
 * Returns: (transfer floating): a dialog for a #NatterWindow
 */
AdwDialog *
natter_preferences_dialog_new (NatterSession *session, GSettings *settings)
{
  NatterPreferencesDialog *self = g_object_new (NATTER_TYPE_PREFERENCES_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  bind_settings (self);
  gtk_widget_set_visible (GTK_WIDGET (self->autostart_row), can_start_with_desktop ());
  gtk_list_box_bind_model (self->servers_list, natter_session_get_servers (session), make_server_row, self, NULL);
  show_accounts (self);
  update_size (self);
  return ADW_DIALOG (self);
}
