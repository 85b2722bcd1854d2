/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-time-out-dialog"

#include "config.h"

#include "natter-time-out-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-plain-name.h"
#include "natter-server-moderation.h"

static const struct
{
  const char *text;
  guint       seconds;
} spans[] = {
  { N_("1 Minute"), 60 },
  { N_("5 Minutes"), 5 * 60 },
  { N_("1 Hour"), 60 * 60 },
  { N_("1 Day"), 24 * 60 * 60 },
  { N_("1 Week"), 7 * 24 * 60 * 60 },
};

/* What is asked, until it is done. */
typedef struct
{
  GtkWidget     *parent;
  NatterServer  *server;
  NatterMember  *member;
  NatterChannel *channel;
  AdwComboRow   *span;
  GtkEditable   *reason; /* NULL: none can be told */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_object_unref (question->server);
  g_object_unref (question->member);
  g_clear_object (&question->channel);
  g_free (question);
}

static void
say (GtkWidget  *widget,
     const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL));
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GtkWidget) parent = data;
  g_autoptr(GError) error = NULL;

  if (natter_server_time_out_finish (NATTER_SERVER (source), result, &error))
    {
      say (parent, _("Timed out"));
    }
  else
    {
      /* Translators: why it did not work, in a sentence */
      g_autofree char *text = g_strdup_printf (_("Nobody was timed out. %s"), natter_error_text_get_summary (error));

      say (parent, text);
    }
}

static void
on_answer (AdwAlertDialog *dialog,
           const char     *answer,
           Question       *question)
{
  g_autofree char *reason = NULL;

  if (!g_str_equal (answer, "time-out"))
    return;
  if (question->reason != NULL)
    reason = g_strstrip (g_strdup (gtk_editable_get_text (question->reason)));
  natter_server_time_out_async (question->server, question->member, spans[adw_combo_row_get_selected (question->span)].seconds,
                                question->channel, reason, on_done, g_object_ref (question->parent));
}

static GtkWidget *
make_rows (Question *question)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr(GtkStringList) texts = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    gtk_string_list_append (texts, _(spans[i].text));
  question->span = ADW_COMBO_ROW (adw_combo_row_new ());
  /* Translators: before a span of time, such as "5 Minutes" */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->span), C_("time-out", "For"));
  adw_combo_row_set_model (question->span, G_LIST_MODEL (texts));
  adw_combo_row_set_selected (question->span, 1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (question->span));
  if (question->channel != NULL && natter_server_may_give_reason (question->server))
    {
      GtkWidget *row = adw_entry_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Reason"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      question->reason = GTK_EDITABLE (row);
    }
  return group;
}

static char *
dup_body (Question *question)
{
  g_autofree char *channel = NULL;

  if (question->reason == NULL)
    return g_strdup (_("They can read, but not write, until then."));
  channel = natter_plain_name (natter_channel_get_title (question->channel));
  /* Translators: the name of a channel */
  return g_strdup_printf (_("They can read, but not write, until then. The reason is shown to everyone in #%s."), channel);
}

/**
 * natter_time_out_dialog_present:
 * @parent: over what it is asked, and where it is said what came of it
 * @server: where the person is
 * @member: the person
 * @channel: (nullable): where a reason would be told
 *
 * Asks for how long to keep somebody from writing, and does it.
 */
void
natter_time_out_dialog_present (GtkWidget     *parent,
                                NatterServer  *server,
                                NatterMember  *member,
                                NatterChannel *channel)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (NATTER_IS_SERVER (server));
  g_return_if_fail (NATTER_IS_MEMBER (member));

  name = natter_plain_name (natter_member_get_name (member));
  /* Translators: the name of a person */
  title = g_strdup_printf (_("Time Out %s?"), name);
  question = g_new0 (Question, 1);
  question->parent = g_object_ref (parent);
  question->server = g_object_ref (server);
  question->member = g_object_ref (member);
  question->channel = channel != NULL ? g_object_ref (channel) : NULL;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (title, NULL));
  adw_alert_dialog_set_extra_child (dialog, make_rows (question));
  body = dup_body (question);
  adw_alert_dialog_set_body (dialog, body);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "time-out", _("_Time Out"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "time-out", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_answer), question, question_free, 0);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}
