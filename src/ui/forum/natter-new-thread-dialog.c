/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-new-thread-dialog"

#include "config.h"

#include "natter-new-thread-dialog.h"

#include <glib/gi18n.h>

#include "natter-dialog-focus.h"
#include "natter-error-text.h"

/**
 * NatterNewThreadDialog:
 *
 * Asks for the title and the first message of a thread. Signal "created" (NatterChannel): the thread is there.
 */
struct _NatterNewThreadDialog
{
  AdwDialog parent_instance;

  NatterChannel *forum;
  AdwBanner     *banner;
  GtkEditable   *title_row;
  GtkTextBuffer *buffer;
  GtkWidget     *text;
  GtkWidget     *placeholder;
  GtkWidget     *create_button;
  guint          busy : 1;
};

static guint created;

G_DEFINE_FINAL_TYPE (NatterNewThreadDialog, natter_new_thread_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (NatterNewThreadDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

static char *
dup_title (NatterNewThreadDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->title_row)));
}

static void
on_changed (NatterNewThreadDialog *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *text = dup_text (self);

  gtk_widget_set_sensitive (self->create_button, *title != '\0' && *text != '\0' && !self->busy);
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  /* What was written is not thrown away by a key. */
  adw_dialog_set_can_close (ADW_DIALOG (self), *title == '\0' && *text == '\0' && !self->busy);
}

static void
set_busy (NatterNewThreadDialog *self,
          gboolean               busy)
{
  self->busy = !!busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->title_row), !busy);
  gtk_widget_set_sensitive (self->text, !busy);
  on_changed (self);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterNewThreadDialog) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterChannel) thread = natter_channel_create_thread_finish (NATTER_CHANNEL (source), result, &error);

  set_busy (self, FALSE);
  if (thread != NULL)
    {
      g_signal_emit (self, created, 0, thread);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  else
    {
      g_autofree char *text = natter_error_text_dup (error);

      adw_banner_set_title (self->banner, text);
      adw_banner_set_revealed (self->banner, TRUE);
    }
}

static void
on_create (NatterNewThreadDialog *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *text = dup_text (self);

  adw_banner_set_revealed (self->banner, FALSE);
  set_busy (self, TRUE);
  natter_channel_create_thread_async (self->forum, title, text, on_created, g_object_ref (self));
}

static void
on_cancel (NatterNewThreadDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_discard (NatterNewThreadDialog *self,
            const char            *answer)
{
  if (g_str_equal (answer, "discard"))
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
natter_new_thread_dialog_close_attempt (AdwDialog *dialog)
{
  NatterNewThreadDialog *self = NATTER_NEW_THREAD_DIALOG (dialog);
  AdwDialog *question;

  if (self->busy)
    return;
  question = adw_alert_dialog_new (_("Discard Thread?"), _("What you wrote will be lost."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "keep", _("_Keep Writing"), "discard", _("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "keep");
  g_signal_connect_object (question, "response", G_CALLBACK (on_discard), self, G_CONNECT_SWAPPED);
  adw_dialog_present (question, GTK_WIDGET (self));
}

static void
natter_new_thread_dialog_dispose (GObject *object)
{
  NatterNewThreadDialog *self = NATTER_NEW_THREAD_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_NEW_THREAD_DIALOG);
  g_clear_object (&self->forum);

  G_OBJECT_CLASS (natter_new_thread_dialog_parent_class)->dispose (object);
}

static void
natter_new_thread_dialog_class_init (NatterNewThreadDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_new_thread_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = natter_new_thread_dialog_close_attempt;

  created = g_signal_new ("created", NATTER_TYPE_NEW_THREAD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                          1, NATTER_TYPE_CHANNEL);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-new-thread-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, text);
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, placeholder);
  gtk_widget_class_bind_template_child (widget_class, NatterNewThreadDialog, create_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
}

static void
natter_new_thread_dialog_init (NatterNewThreadDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_dialog_begin_at (ADW_DIALOG (self), GTK_WIDGET (self->title_row));
}

/**
 * natter_new_thread_dialog_new:
 * @forum: where the thread is to be
 *
 * Returns: (transfer floating): a dialog to begin a thread
 */
AdwDialog *
natter_new_thread_dialog_new (NatterChannel *forum)
{
  NatterNewThreadDialog *self = g_object_new (NATTER_TYPE_NEW_THREAD_DIALOG, NULL);

  self->forum = g_object_ref (forum);
  return ADW_DIALOG (self);
}
