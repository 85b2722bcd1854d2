/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-server-private.h"
#include "natter-session-private.h"

/* A server that may be put back. */
typedef struct
{
  NatterServer *server;
  guint         position;
} Removed;

static Removed *
find_removed (NatterSession *self,
              NatterServer  *server)
{
  for (guint i = 0; i < self->removed->len; i++)
    {
      Removed *removed = self->removed->pdata[i];

      if (removed->server == server)
        return removed;
    }
  return NULL;
}

static void
drop_removed (NatterSession *self,
              Removed       *removed)
{
  g_ptr_array_remove (self->removed, removed);
  g_object_unref (removed->server);
  g_free (removed);
}

/**
 * natter_session_remove_server:
 * @self: a session
 * @server: one of its servers
 *
 * Disconnects and takes it out of the list. The account on the server stays. It can be put back until it is forgotten,
 * which happens with natter_session_forget_server() or at the end of the session.
 */
void
natter_session_remove_server (NatterSession *self,
                              NatterServer  *server)
{
  Removed *removed;
  guint position;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));

  if (!g_list_store_find (self->servers, server, &position))
    return;
  removed = g_new0 (Removed, 1);
  removed->server = g_object_ref (server);
  removed->position = position;
  g_ptr_array_add (self->removed, removed);
  _natter_session_take_out (self, server);
}

/**
 * natter_session_restore_server:
 * @self: a session
 * @server: a server that was removed
 *
 * Puts it back to where it was, and connects.
 *
 * Returns: whether it is in the list; not when it was forgotten
 */
gboolean
natter_session_restore_server (NatterSession *self,
                               NatterServer  *server)
{
  Removed *removed;

  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);
  g_return_val_if_fail (NATTER_IS_SERVER (server), FALSE);

  removed = find_removed (self, server);
  if (removed == NULL)
    return FALSE;
  _natter_session_put_back (self, server, removed->position);
  drop_removed (self, removed);
  _natter_session_tidy (self);
  return TRUE;
}

/**
 * natter_session_forget_server:
 * @self: a session
 * @server: a server that was removed
 *
 * Forgets all that is kept of it. Does nothing when it was put back.
 */
void
natter_session_forget_server (NatterSession *self,
                              NatterServer  *server)
{
  Removed *removed;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));

  removed = find_removed (self, server);
  if (removed == NULL)
    return;
  natter_store_remove_server_async (self->store, natter_server_get_id (server), NULL, NULL, NULL);
  natter_cache_remove_server (self->cache, natter_server_get_id (server));
  drop_removed (self, removed);
  _natter_session_tidy (self);
  _natter_session_save_order (self);
}

void
_natter_session_forget_removed (NatterSession *self)
{
  while (self->removed->len > 0)
    natter_session_forget_server (self, ((Removed *) self->removed->pdata[0])->server);
}

static gboolean
is_used (NatterSession *self,
         NatterAccount *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (natter_server_get_account (server) == account)
        return TRUE;
    }
  return FALSE;
}

/* An account of a server is gone with its server; a Rotur account is not. */
static void
forget_account (NatterSession *self,
                NatterAccount *account)
{
  if (account == NULL || natter_account_get_kind (account) != NATTER_ACCOUNT_SERVER || is_used (self, account)
      || !g_list_store_find (self->accounts, account, NULL))
    return;
  natter_secrets_forget_async (self->secrets, natter_account_get_id (account), NULL, NULL, NULL);
  _natter_session_forget_account (self, account);
}

static void
on_left (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  NatterServer *server = g_task_get_task_data (task);
  g_autoptr(NatterAccount) account = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  server->leaving = FALSE;
  if (packet == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_object (&account, natter_server_get_account (server));
  natter_session_remove_server (self, server);
  natter_session_forget_server (self, server);
  forget_account (self, account);
  g_task_return_boolean (task, TRUE);
}

/**
 * natter_session_leave_server_async:
 * @self: a session
 * @server: one of its servers, connected
 * @cancellable: (nullable): gives up waiting; the server may do it all the same
 * @callback: called when it is done
 * @data: for @callback
 *
 * Deletes what the server has of the person, as far as servers do, and takes the server out of the list. An account of
 * the server is gone then, and its password is forgotten.
 */
void
natter_session_leave_server_async (NatterSession       *self,
                                   NatterServer        *server,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_session_leave_server_async);
  g_task_set_task_data (task, g_object_ref (server), g_object_unref);
  server->leaving = TRUE;
  natter_connection_request_async (natter_server_get_connection (server), natter_command_user_leave (), cancellable,
                                   on_left, g_steal_pointer (&task));
}

/**
 * natter_session_leave_server_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why it did not work; the server is in the list then
 *
 * Returns: whether the person has left
 */
gboolean
natter_session_leave_server_finish (NatterSession  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
