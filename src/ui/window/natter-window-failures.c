/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-act-text.h"
#include "natter-plain-name.h"

/* What is refused where the person is no more, or not yet, is told all the same: it may have waited for days. */

typedef struct
{
  NatterWindow  *window; /* unowned: it holds the toast that holds this */
  NatterChannel *channel;
  char          *message_id;
} Failure;

static void
failure_free (gpointer  data,
              GClosure *closure)
{
  Failure *failure = data;

  g_object_unref (failure->channel);
  g_free (failure->message_id);
  g_free (failure);
}

static void
show_cb (AdwToast *toast,
         Failure  *failure)
{
  NatterServer *server = natter_channel_get_server (failure->channel);

  if (server != NULL)
    natter_window_show_message (failure->window, server, natter_channel_get_name (failure->channel), failure->message_id);
}

/* Those of the channel in sight are told by its conversation, those of threads by their list. */
void
_natter_window_act_failed (NatterWindow  *self,
                           NatterChannel *channel,
                           const char    *message_id,
                           NatterAct      act,
                           const GError  *error)
{
  g_autofree char *name = natter_plain_name (natter_channel_get_title (channel));
  g_autofree char *what = natter_act_text_dup (act, error);
  g_autofree char *text = NULL;
  AdwToast *toast;
  Failure *failure;

  if ((channel == self->channel && !self->searching) || act == NATTER_ACT_THREAD)
    return;
  /* Translators: a channel, and what did not work in it */
  text = g_strdup_printf (_("%1$s: %2$s"), name, what);
  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, "button-label", _("_Show"), NULL);
  failure = g_new0 (Failure, 1);
  failure->window = self;
  failure->channel = g_object_ref (channel);
  failure->message_id = g_strdup (message_id);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_cb), failure, failure_free, G_CONNECT_DEFAULT);
  natter_window_add_toast (self, toast);
}
