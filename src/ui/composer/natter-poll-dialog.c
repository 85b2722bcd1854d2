/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-poll-dialog"

#include "config.h"

#include "natter-poll-dialog.h"

#include <glib/gi18n.h>

#include "natter-dialog-focus.h"
#include "natter-error-text.h"

#define MIN_ANSWERS 2
#define MAX_ANSWERS 10

/**
 * NatterPollDialog:
 *
 * Asks what a poll is about. There is always one more entry than answers, up to what servers take.
 */
struct _NatterPollDialog
{
  AdwDialog            parent_instance;

  AdwBanner           *banner;
  GtkEditable         *question;
  AdwPreferencesGroup *answers;
  AdwSwitchRow        *several;
  AdwSpinRow          *hours;

  NatterChannel       *channel;
  GPtrArray           *rows; /* GtkEditable, owned by the group */
  guint                sending : 1;
};

G_DEFINE_FINAL_TYPE (NatterPollDialog, natter_poll_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

/* (transfer full): what was written as answers */
static GStrv
dup_answers (NatterPollDialog *self)
{
  g_autoptr(GStrvBuilder) answers = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *text = dup_text (self->rows->pdata[i]);

      if (*text != '\0')
        g_strv_builder_add (answers, text);
    }
  return g_strv_builder_end (answers);
}

static void add_row (NatterPollDialog *self);

static void
update (NatterPollDialog *self)
{
  g_autofree char *question = dup_text (self->question);
  g_auto(GStrv) answers = dup_answers (self);
  g_autofree char *last = dup_text (self->rows->pdata[self->rows->len - 1]);

  if (*last != '\0' && self->rows->len < MAX_ANSWERS)
    add_row (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "poll.create",
                                 *question != '\0' && g_strv_length (answers) >= MIN_ANSWERS && !self->sending);
}

static void
add_row (NatterPollDialog *self)
{
  GtkWidget *row = adw_entry_row_new ();
  /* Translators: one of the answers that a poll offers; a number */
  g_autofree char *title = g_strdup_printf (_("Answer %u"), self->rows->len + 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->answers, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterPollDialog) self = data;
  g_autoptr(GError) error = NULL;

  self->sending = FALSE;
  if (natter_channel_create_poll_finish (NATTER_CHANNEL (source), result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  adw_banner_set_title (self->banner, natter_error_text_get_summary (error));
  adw_banner_set_revealed (self->banner, TRUE);
  update (self);
}

static void
on_create (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  NatterPollDialog *self = NATTER_POLL_DIALOG (widget);
  g_autofree char *question = dup_text (self->question);
  g_auto(GStrv) answers = dup_answers (self);

  self->sending = TRUE;
  adw_banner_set_revealed (self->banner, FALSE);
  update (self);
  natter_channel_create_poll_async (self->channel, question, (const char * const *) answers,
                                    adw_switch_row_get_active (self->several), (guint) adw_spin_row_get_value (self->hours),
                                    on_created, g_object_ref (self));
}

static void
on_cancel (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
natter_poll_dialog_dispose (GObject *object)
{
  NatterPollDialog *self = NATTER_POLL_DIALOG (object);

  g_clear_object (&self->channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_POLL_DIALOG);
  G_OBJECT_CLASS (natter_poll_dialog_parent_class)->dispose (object);
}

static void
natter_poll_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (NATTER_POLL_DIALOG (object)->rows);
  G_OBJECT_CLASS (natter_poll_dialog_parent_class)->finalize (object);
}

static void
natter_poll_dialog_class_init (NatterPollDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_poll_dialog_dispose;
  object_class->finalize = natter_poll_dialog_finalize;

  gtk_widget_class_install_action (widget_class, "poll.create", NULL, on_create);
  gtk_widget_class_install_action (widget_class, "poll.cancel", NULL, on_cancel);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-poll-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterPollDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, NatterPollDialog, question);
  gtk_widget_class_bind_template_child (widget_class, NatterPollDialog, answers);
  gtk_widget_class_bind_template_child (widget_class, NatterPollDialog, several);
  gtk_widget_class_bind_template_child (widget_class, NatterPollDialog, hours);
}

static void
natter_poll_dialog_init (NatterPollDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_dialog_begin_at (ADW_DIALOG (self), GTK_WIDGET (self->question));
  for (guint i = 0; i < MIN_ANSWERS; i++)
    add_row (self);
  g_signal_connect_object (self->question, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * natter_poll_dialog_new:
 * @channel: where the poll is to be
 *
 * Returns: (transfer floating): a dialog that makes a poll
 */
NatterPollDialog *
natter_poll_dialog_new (NatterChannel *channel)
{
  NatterPollDialog *self;

  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);

  self = g_object_new (NATTER_TYPE_POLL_DIALOG, NULL);
  self->channel = g_object_ref (channel);
  return self;
}
