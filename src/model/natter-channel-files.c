/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-credentials.h"
#include "natter-file-private.h"
#include "natter-server-private.h"
#include "natter-session.h"

/**
 * natter_channel_get_files:
 * @self: a channel
 *
 * Returns: (transfer none): a list of #NatterFile: what is to go with the message that is being written
 */
GListModel *
natter_channel_get_files (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return G_LIST_MODEL (self->files);
}

static void
set_send_waits (NatterChannel *self,
                gboolean       waits)
{
  if (self->send_waits == !!waits)
    return;
  self->send_waits = !!waits;
  g_object_notify (G_OBJECT (self), "send-waits");
}

/* The last file may have come, or have been taken away. */
static void
send_if_due (NatterChannel *self)
{
  g_autoptr(GPtrArray) files = self->send_waits ? _natter_channel_dup_ready_files (self) : NULL;

  if (files == NULL)
    return;
  set_send_waits (self, FALSE);
  natter_channel_send_draft (self);
}

/**
 * natter_channel_send_draft_soon:
 * @self: a channel
 *
 * Sends what is written with its files as soon as the server has all of them: natter_channel_send_draft(). A file that
 * failed has to be tried again or taken away first.
 */
void
natter_channel_send_draft_soon (NatterChannel *self)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  set_send_waits (self, TRUE);
  send_if_due (self);
}

/**
 * natter_channel_get_send_waits:
 * @self: a channel
 *
 * Returns: whether what is written is sent as soon as the server has its files
 */
gboolean
natter_channel_get_send_waits (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->send_waits;
}

/**
 * natter_channel_add_file:
 * @self: a channel
 * @file: what to send
 * @name: (nullable): the name that others see; %NULL for the file's own
 *
 * Lets a file go with the message that is being written, and begins to send it.
 *
 * Returns: (transfer none): it
 */
NatterFile *
natter_channel_add_file (NatterChannel *self,
                         GFile         *file,
                         const char    *name)
{
  g_autoptr(NatterFile) item = NULL;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  item = _natter_file_new (self, file, name);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (send_if_due), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->files, item);
  return item;
}

/**
 * natter_channel_remove_file:
 * @self: a channel
 * @file: one of its files
 *
 * Takes it away again. What the server has of it goes by itself after a while.
 */
void
natter_channel_remove_file (NatterChannel *self,
                            NatterFile    *file)
{
  guint position;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_FILE (file));

  if (!g_list_store_find (self->files, file, &position))
    return;
  _natter_file_stop (file);
  g_list_store_remove (self->files, position);
  send_if_due (self);
}

/**
 * natter_channel_check_upload:
 * @self: a channel
 * @error: why one may not: %NATTER_ERROR_DISCONNECTED, %NATTER_ERROR_PERMISSION, %NATTER_ERROR_ROTUR for accounts of the server
 *   (of which servers take no files, protocol 13.1)
 *
 * Returns: whether one may send files here
 */
gboolean
natter_channel_check_upload (NatterChannel  *self,
                             GError        **error)
{
  NatterServer *server;
  NatterHandshake *handshake;
  NatterAccount *account;
  NatterCredentials *credentials;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  server = self->server;
  handshake = server != NULL ? natter_server_get_handshake (server) : NULL;
  account = server != NULL ? natter_server_get_account (server) : NULL;
  credentials = server != NULL && server->session != NULL ? natter_session_get_credentials (server->session) : NULL;
  if (handshake == NULL)
    g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
  else if (!natter_handshake_get_uploads (handshake))
    g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_PERMISSION, "Attachments are disabled");
  else if (account == NULL || natter_account_get_kind (account) != NATTER_ACCOUNT_ROTUR || credentials == NULL
           || natter_credentials_get_rotur (credentials) == NULL)
    g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_ROTUR, "Only Rotur accounts can send files");
  else
    return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): NatterAttachmentData, owned by the files; NULL while the server does not have all of them */
GPtrArray *
_natter_channel_dup_ready_files (NatterChannel *self)
{
  g_autoptr(GPtrArray) attachments = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->files)); i++)
    {
      g_autoptr(NatterFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);

      if (natter_file_get_state (file) != NATTER_FILE_READY)
        return NULL;
      g_ptr_array_add (attachments, (gpointer) _natter_file_get_attachment (file));
    }
  return g_steal_pointer (&attachments);
}

void
_natter_channel_files_were_sent (NatterChannel *self)
{
  g_list_store_remove_all (self->files);
}
