/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-address-setting"

#include "config.h"

#include "natter-address-setting.h"

#include "natter-error-text.h"

typedef struct
{
  GSettings          *settings;
  char               *key;
  NatterAddressCheck  check;
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_object_unref (setting->settings);
  g_free (setting->key);
  g_free (setting);
}

static Setting *
get_setting (AdwEntryRow *row)
{
  return g_object_get_data (G_OBJECT (row), "setting");
}

static void
show (AdwEntryRow *row)
{
  Setting *setting = get_setting (row);
  g_autofree char *text = g_settings_get_string (setting->settings, setting->key);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

/* What can't be used stays there to be mended, and what was used before stays in use. */
static void
applied_cb (AdwEntryRow *row)
{
  Setting *setting = get_setting (row);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (row), ADW_TYPE_PREFERENCES_DIALOG);
  g_autoptr(GError) error = NULL;
  g_autofree char *message = NULL;

  if (setting->check == NULL || setting->check (text, &error))
    {
      g_settings_set_string (setting->settings, setting->key, text);
      show (row);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  message = natter_error_text_dup (error);
  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", message, NULL));
}

/**
 * natter_address_setting_bind:
 * @row: a row
 * @settings: where what is typed is kept
 * @key: of a text
 * @check: (nullable): whether an address can be used
 *
 * Lets @row show the setting, and set it when the person applies what they typed.
 */
void
natter_address_setting_bind (AdwEntryRow *row, GSettings *settings, const char *key, NatterAddressCheck check)
{
  g_autofree char *signal = NULL;
  Setting *setting;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (key != NULL);

  setting = g_new0 (Setting, 1);
  setting->settings = g_object_ref (settings);
  setting->key = g_strdup (key);
  setting->check = check;
  g_object_set_data_full (G_OBJECT (row), "setting", setting, setting_free);
  signal = g_strconcat ("changed::", key, NULL);
  show (row);
  adw_entry_row_set_show_apply_button (row, TRUE);
  g_signal_connect (row, "apply", G_CALLBACK (applied_cb), NULL);
  g_signal_connect_object (settings, signal, G_CALLBACK (show), row, G_CONNECT_SWAPPED);
}
