/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-account-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"

static void
save_account (NatterSession *self,
              NatterAccount *account)
{
  const NatterStoredAccount stored = {
    .id = (char *) natter_account_get_id (account),
    .kind = natter_account_get_kind (account),
    .name = (char *) natter_account_get_name (account),
    .server = (char *) natter_account_get_server (account),
    .rotur_id = (char *) _natter_account_get_rotur_id (account),
  };

  natter_store_save_account_async (self->store, &stored, NULL, NULL, NULL);
}

static void
save_server (NatterSession *self,
             NatterServer  *server)
{
  NatterAccount *account = natter_server_get_account (server);
  const NatterStoredServer stored = {
    .id = (char *) natter_server_get_id (server),
    .address = (char *) natter_address_get_text (natter_server_get_address (server)),
    .account_id = account != NULL ? (char *) natter_account_get_id (account) : NULL,
    .name = server->name,
    .icon = server->icon,
    .last_channel = server->last_channel,
  };

  natter_store_save_server_async (self->store, &stored, NULL, NULL, NULL);
}

static void
on_server_changed (NatterSession *self,
                   GParamSpec    *pspec,
                   NatterServer  *server)
{
  if (self->store != NULL)
    save_server (self, server);
}

static void
watch_server (NatterSession *self,
              NatterServer  *server)
{
  const char * const signals[] = { "notify::name", "notify::icon", "notify::last-channel", "notify::account" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (server, signals[i], G_CALLBACK (on_server_changed), self, G_CONNECT_SWAPPED);
}

static NatterAccount *
find_account (NatterSession *self,
              const char    *id)
{
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr(NatterAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (g_strcmp0 (natter_account_get_id (account), id) == 0)
        return account; /* the list holds it */
    }
  return NULL;
}

static void
add_stored_account (NatterSession             *self,
                    const NatterStoredAccount *stored)
{
  g_autoptr(NatterAccount) account = NULL;

  if (find_account (self, stored->id) != NULL)
    return;
  account = natter_account_new (stored->id,
                                stored->kind == NATTER_ACCOUNT_ROTUR ? NATTER_ACCOUNT_ROTUR : NATTER_ACCOUNT_SERVER,
                                stored->name, stored->server);
  _natter_account_set_rotur_id (account, stored->rotur_id);
  g_list_store_append (self->accounts, account);
}

static void
add_stored_server (NatterSession            *self,
                   const NatterStoredServer *stored)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse_plain (stored->address, &error);
  g_autoptr(NatterServer) server = NULL;

  if (address == NULL)
    {
      g_warning ("A server was kept with a wrong address: %s", error->message);
      return;
    }
  server = natter_server_new (stored->id, address, self);
  _natter_server_set_name (server, stored->name);
  _natter_server_set_icon (server, stored->icon);
  natter_server_set_last_channel (server, stored->last_channel);
  natter_server_set_account (server, stored->account_id != NULL ? find_account (self, stored->account_id) : NULL);
  natter_connection_set_persistent (natter_server_get_connection (server), TRUE);
  watch_server (self, server);
  g_list_store_append (self->servers, server);
  natter_server_connect (server);
}

/* What was kept. */
void
_natter_session_add_stored (NatterSession           *self,
                            const NatterStoredLists *lists)
{
  for (guint i = 0; i < lists->accounts->len; i++)
    add_stored_account (self, lists->accounts->pdata[i]);
  for (guint i = 0; i < lists->servers->len; i++)
    add_stored_server (self, lists->servers->pdata[i]);
}

/* (nullable): an account of that name on the server with that address */
NatterAccount *
_natter_session_find_server_account (NatterSession *self,
                                     const char    *name,
                                     const char    *server)
{
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr(NatterAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);

      if (natter_account_get_kind (account) == NATTER_ACCOUNT_SERVER
          && g_strcmp0 (natter_account_get_server (account), server) == 0
          && g_ascii_strcasecmp (natter_account_get_name (account), name) == 0)
        return account; /* the list holds it */
    }
  return NULL;
}

/* (nullable): the Rotur account with that id, or, where one of the ids is not known, that name */
NatterAccount *
_natter_session_find_rotur_account (NatterSession *self,
                                    const char    *rotur_id,
                                    const char    *name)
{
  guint n_accounts = g_list_model_get_n_items (G_LIST_MODEL (self->accounts));

  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr(NatterAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), i);
      const char *id = _natter_account_get_rotur_id (account);

      if (natter_account_get_kind (account) != NATTER_ACCOUNT_ROTUR)
        continue;
      if (id != NULL && rotur_id != NULL ? g_str_equal (id, rotur_id)
                                         : g_ascii_strcasecmp (natter_account_get_name (account), name) == 0)
        return account; /* the list holds it */
    }
  return NULL;
}

/* Whoever joins a server anew that is in the list with the same account gets the new one in its place. */
static void
put_in_list (NatterSession *self,
             NatterServer  *server)
{
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));

  for (guint i = 0; i < n_servers; i++)
    {
      g_autoptr(NatterServer) old = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (old == server)
        return;
      if (natter_server_get_account (old) != natter_server_get_account (server)
          || !natter_address_equal (natter_server_get_address (old), natter_server_get_address (server)))
        continue;
      g_signal_handlers_disconnect_by_data (old, self);
      natter_server_disconnect (old);
      _natter_outbox_adopt (server->outbox, old->outbox);
      natter_store_remove_server_async (self->store, natter_server_get_id (old), NULL, NULL, NULL);
      watch_server (self, server);
      g_list_store_splice (self->servers, i, 1, (gpointer *) &server, 1);
      return;
    }
  watch_server (self, server);
  g_list_store_append (self->servers, server);
}

static void
save_order (NatterSession *self)
{
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) order = NULL;

  for (guint i = 0; i < n_servers; i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      g_strv_builder_add (ids, natter_server_get_id (server));
    }
  order = g_strv_builder_end (ids);
  natter_store_order_servers_async (self->store, (const char * const *) order, NULL, NULL, NULL);
}

/* Puts both into the lists, unless they are there, and keeps them. */
void
_natter_session_keep (NatterSession *self,
                      NatterServer  *server,
                      NatterAccount *account)
{
  if (!g_list_store_find (self->accounts, account, NULL))
    g_list_store_append (self->accounts, account);
  save_account (self, account);
  natter_server_set_account (server, account);
  natter_connection_set_persistent (natter_server_get_connection (server), TRUE);
  natter_account_set_needs_sign_in (account, FALSE);
  put_in_list (self, server);
  save_server (self, server);
  save_order (self);
}

void
_natter_session_forget_server (NatterSession *self,
                               NatterServer  *server)
{
  g_autoptr(NatterServer) kept = g_object_ref (server);
  guint position;

  if (!g_list_store_find (self->servers, server, &position))
    return;
  g_signal_handlers_disconnect_by_data (server, self);
  natter_server_disconnect (server);
  natter_store_remove_server_async (self->store, natter_server_get_id (server), NULL, NULL, NULL);
  g_list_store_remove (self->servers, position);
}
