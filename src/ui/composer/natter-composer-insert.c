/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-composer"

#include "config.h"

#include "natter-composer-insert.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include <string.h>

#include "natter-composer.h"
#include "natter-emoji-picker.h"

typedef struct
{
  GtkTextView    *view;
  NatterFileTray *tray;
  char           *text;
  guint           max_length;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->view);
  g_object_unref (paste->tray);
  g_free (paste->text);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
insert (GtkTextView *view,
        const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
on_long_answered (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(Paste) paste = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "file"))
    natter_file_tray_add_text (paste->tray, paste->text);
  else if (g_str_equal (answer, "text"))
    insert (paste->view, paste->text);
  gtk_widget_grab_focus (GTK_WIDGET (paste->view));
}

/* @paste: (transfer full) */
static void
offer_file (Paste *paste)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Send as a File?"), NULL));

  adw_alert_dialog_format_body (dialog, ngettext ("The text is longer than a message may be: %u character.",
                                                  "The text is longer than a message may be: %u characters.",
                                                  paste->max_length), paste->max_length);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "text", _("_Paste as Text"), "file", _("Send as _File"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "file", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "file");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (paste->view), NULL, on_long_answered, paste);
}

static void
on_text (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Paste) paste = data;
  g_autoptr(GError) error = NULL;

  paste->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  if (paste->text == NULL)
    {
      g_debug ("Nothing to paste: %s", error != NULL ? error->message : "no text");
      return;
    }
  if (paste->max_length > 0 && g_utf8_strlen (paste->text, -1) > paste->max_length
      && gtk_widget_get_root (GTK_WIDGET (paste->view)) != NULL)
    offer_file (g_steal_pointer (&paste));
  else
    insert (paste->view, paste->text);
}

/**
 * natter_composer_paste_text:
 * @view: the entry
 * @clipboard: a clipboard
 * @tray: where files are put
 * @max_length: characters that a message may have, 0: any number
 *
 * Pastes text as it reads, without its looks. A text that is too long for a message is offered as a file.
 */
void
natter_composer_paste_text (GtkTextView    *view,
                            GdkClipboard   *clipboard,
                            NatterFileTray *tray,
                            guint           max_length)
{
  Paste *paste = g_new0 (Paste, 1);

  paste->view = g_object_ref (view);
  paste->tray = g_object_ref (tray);
  paste->max_length = max_length;
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, paste);
}

static void
on_emoji (GtkTextView *view,
          const char  *emoji)
{
  insert (view, emoji);
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

/* It is made when it is wanted. */
static void
create_picker (GtkMenuButton *button,
               gpointer       view)
{
  GtkWidget *composer = gtk_widget_get_ancestor (GTK_WIDGET (button), NATTER_TYPE_COMPOSER);
  GtkWidget *picker;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  picker = natter_emoji_picker_new ();
  g_object_bind_property (composer, "channel", picker, "channel", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (picker, "picked", G_CALLBACK (on_emoji), view, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, picker);
}

/**
 * natter_composer_offer_emojis:
 * @button: a button of a composer
 * @view: the entry
 *
 * Lets the button offer emojis.
 */
void
natter_composer_offer_emojis (GtkMenuButton *button,
                              GtkTextView   *view)
{
  gtk_menu_button_set_create_popup_func (button, create_picker, view, NULL);
}

/**
 * natter_composer_insert_quote:
 * @buffer: what is being written
 * @text: what somebody said
 *
 * Puts @text on lines of its own, each with the sign of a quote.
 */
void
natter_composer_insert_quote (GtkTextBuffer *buffer,
                              const char    *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GString) quote = g_string_new (NULL);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (!gtk_text_iter_starts_line (&cursor))
    g_string_append_c (quote, '\n');
  for (gsize i = 0; lines[i] != NULL; i++)
    g_string_append_printf (quote, "> %s\n", g_strchomp (lines[i]));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, quote->str, quote->len);
  gtk_text_buffer_end_user_action (buffer);
}

static gboolean
on_key_elsewhere (GtkWidget             *composer,
                  guint                  key,
                  guint                  code,
                  GdkModifierType        modifiers,
                  GtkEventControllerKey *controller)
{
  GtkRoot *root = gtk_widget_get_root (composer);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gunichar c = gdk_keyval_to_unicode (key);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || c <= ' ' || c == 0x7f
      || !gtk_widget_get_mapped (composer) || focus == NULL || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)
      || !gtk_widget_grab_focus (composer))
    return GDK_EVENT_PROPAGATE;
  focus = gtk_root_get_focus (root);
  return focus != NULL && GTK_IS_TEXT_VIEW (focus) && gtk_event_controller_key_forward (controller, focus);
}

/**
 * natter_composer_catch_typing:
 * @composer: a composer
 * @place: a widget that holds it and more
 *
 * What is typed in @place, and is of no use there, goes into the entry.
 */
void
natter_composer_catch_typing (GtkWidget *composer,
                              GtkWidget *place)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_elsewhere), composer, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (place, keys);
}
