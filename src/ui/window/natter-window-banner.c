/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window-banner"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"

static void
show (NatterWindow *self, const char *text, const char *button, const char *action)
{
  adw_banner_set_title (self->banner, text);
  adw_banner_set_button_label (self->banner, button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->banner), action);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
show_reason (NatterWindow *self, const GError *reason, const char *fallback, const char *button, const char *action)
{
  g_autofree char *text = reason != NULL ? natter_error_text_dup (reason) : g_strdup (fallback);

  show (self, text, button, action);
}

/**
 * _natter_window_update_banner:
 * @self: the window
 *
 * Says what is the matter with the connection to the server shown, and what to do; nothing when all is well.
 */
void
_natter_window_update_banner (NatterWindow *self)
{
  NatterConnectionState state = self->server != NULL ? natter_server_get_state (self->server) : NATTER_CONNECTION_READY;
  const GError *reason = self->server != NULL ? natter_server_get_reason (self->server) : NULL;
  NatterAccount *account = self->server != NULL ? natter_server_get_account (self->server) : NULL;
  gboolean needs_sign_in = account == NULL || natter_account_get_needs_sign_in (account);

  /* What is shown is what was known when the connection was lost. */
  if (state == NATTER_CONNECTION_READY)
    gtk_widget_remove_css_class (GTK_WIDGET (self->split), "offline");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->split), "offline");

  switch (state)
    {
    case NATTER_CONNECTION_OFFLINE:
      show (self, _("Not connected to this server."), _("_Try Again"), "win.reconnect");
      break;
    case NATTER_CONNECTION_WAITING:
      {
        g_autofree char *text = NULL;

        /* Translators: %s is a sentence that says what went wrong. */
        text = g_strdup_printf (_("%s Natter keeps trying."), reason != NULL ? natter_error_text_get_summary (reason) : _("The connection was lost."));
        show (self, text, _("_Try Again"), "win.reconnect");
      }
      break;
    case NATTER_CONNECTION_REFUSED:
      show_reason (self, reason, _("The server refused the connection."), _("_Try Again"), "win.reconnect");
      break;
    case NATTER_CONNECTION_HANDSHAKE:
      /* Without a password nothing was sent, so nobody refused anything. */
      if (needs_sign_in && g_error_matches (reason, NATTER_ERROR, NATTER_ERROR_SIGN_IN))
        reason = NULL;
      if (natter_server_get_handshake (self->server) != NULL && (needs_sign_in || reason != NULL))
        show_reason (self, reason, _("You are not signed in to this server."), _("_Sign In"), "win.sign-in");
      else
        adw_banner_set_revealed (self->banner, FALSE); /* signing in; the keyring may be asking */
      break;
    case NATTER_CONNECTION_CONNECTING:
    case NATTER_CONNECTION_AUTHENTICATING:
      /* What was said before stays: the try may fail as well, and a banner that comes and goes helps nobody. */
      break;
    case NATTER_CONNECTION_READY:
    default:
      adw_banner_set_revealed (self->banner, FALSE);
      break;
    }
}
