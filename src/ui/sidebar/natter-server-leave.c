/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-leave"

#include "config.h"

#include "natter-server-leave.h"

#include <glib/gi18n.h>

#include "natter-outbox.h"
#include "natter-session.h"

/* To read that something is lost, and to think about it */
#define UNSENT_SECONDS 30

static NatterSession *
dup_session (NatterServer *server)
{
  NatterSession *session = NULL;

  g_object_get (server, "session", &session, NULL);
  return session;
}

static void
undo_cb (NatterServer *server, AdwToast *toast)
{
  g_autoptr(NatterSession) session = dup_session (server);
  NatterWindow *window = g_object_get_data (G_OBJECT (toast), "natter-window");

  if (session != NULL && natter_session_restore_server (session, server))
    natter_window_select_server (window, server);
}

static void
dismissed_cb (NatterServer *server)
{
  g_autoptr(NatterSession) session = dup_session (server);

  if (session != NULL)
    natter_session_forget_server (session, server);
}

/* What was written and not sent goes with the server. */
static char *
dup_removed_text (NatterServer *server, guint n_unsent)
{
  if (n_unsent == 0)
    /* Translators: %s is the name of a server. */
    return g_strdup_printf (_("Removed “%s”"), natter_server_get_name (server));
  /* The number first: in a narrow window the end is cut off. */
  /* Translators: %u is a number of messages, %s the name of a server. */
  return g_strdup_printf (ngettext ("%u unsent message removed with “%s”", "%u unsent messages removed with “%s”", n_unsent),
                          n_unsent, natter_server_get_name (server));
}

/**
 * natter_server_remove:
 * @window: says so, and offers to undo it
 * @server: a server of the list
 *
 * Takes a server out of the list. The account on it stays.
 */
void
natter_server_remove (NatterWindow *window, NatterServer *server)
{
  g_autoptr(NatterSession) session = dup_session (server);
  NatterOutbox *outbox = natter_server_get_outbox (server);
  guint n_unsent = natter_outbox_get_n_pending (outbox) + natter_outbox_get_n_failed (outbox);
  g_autofree char *text = dup_removed_text (server, n_unsent);
  AdwToast *toast;

  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, "button-label", _("_Undo"),
                        "priority", ADW_TOAST_PRIORITY_HIGH, NULL);
  if (n_unsent > 0)
    adw_toast_set_timeout (toast, UNSENT_SECONDS);
  g_object_set_data (G_OBJECT (toast), "natter-window", window);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), g_object_ref (server), (GClosureNotify) g_object_unref, G_CONNECT_SWAPPED);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), g_object_ref (server), (GClosureNotify) g_object_unref, G_CONNECT_SWAPPED);
  natter_session_remove_server (session, server);
  natter_window_add_toast (window, toast);
}

static void
left_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterWindow) window = data;
  g_autoptr(GError) error = NULL;

  if (!natter_session_leave_server_finish (NATTER_SESSION (object), result, &error))
    natter_window_show_error (window, error);
}

static void
chosen_cb (NatterServer *server, const char *response, AdwAlertDialog *dialog)
{
  NatterWindow *window = g_object_get_data (G_OBJECT (dialog), "natter-window");
  g_autoptr(NatterSession) session = dup_session (server);

  if (session != NULL && g_str_equal (response, "leave"))
    natter_session_leave_server_async (session, server, NULL, left_cb, g_object_ref (window));
}

/**
 * natter_server_ask_to_leave:
 * @window: over what
 * @server: a server of the list, connected
 *
 * Says what is lost by leaving a server, and does it when that is wanted.
 */
void
natter_server_ask_to_leave (NatterWindow *window, NatterServer *server)
{
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  NatterAccount *account = natter_server_get_account (server);
  gboolean rotur = account != NULL && natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR;

  adw_alert_dialog_format_heading (ADW_ALERT_DIALOG (dialog), _("Leave “%s”?"), natter_server_get_name (server));
  if (rotur)
    adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), _("Your membership is deleted on the server, with your roles and your nickname there. Your messages stay. Your Rotur account stays, so you can join again."));
  else
    adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _("Your account “%s” is deleted on the server, with its password, roles and nickname. This can’t be undone, and somebody else can take the name. Your messages stay."),
                                  account != NULL ? natter_account_get_name (account) : "");
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "leave", rotur ? _("_Leave Server") : _("_Delete Account and Leave"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "natter-window", window);
  g_signal_connect_data (dialog, "response", G_CALLBACK (chosen_cb), g_object_ref (server), (GClosureNotify) g_object_unref, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}
