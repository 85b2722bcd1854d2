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
  const char * const *permissions = natter_account_get_permissions (account);
  g_autofree char *joined = permissions != NULL ? g_strjoinv (" ", (char **) permissions) : NULL;
  g_autofree char *blocked = g_strjoinv ("\n", (char **) natter_account_get_blocked (account));
  const NatterStoredAccount stored = {
    .id = (char *) natter_account_get_id (account),
    .kind = natter_account_get_kind (account),
    .name = (char *) natter_account_get_name (account),
    .server = (char *) natter_account_get_server (account),
    .rotur_id = (char *) _natter_account_get_rotur_id (account),
    .picture = (char *) natter_account_get_picture (account),
    .token_kind = natter_account_get_token_kind (account),
    .permissions = joined,
    .blocked = *blocked != '\0' ? blocked : NULL,
    .by_query = _natter_account_get_by_query (account),
    .status = natter_account_get_status (account),
    .status_text = (char *) natter_account_get_status_text (account),
  };

  natter_store_save_account_async (self->store, &stored, NULL, NULL, NULL);
}

static void
on_account_changed (NatterSession *self,
                    GParamSpec    *pspec,
                    NatterAccount *account)
{
  if (self->store != NULL)
    save_account (self, account);
}

static void
on_status (NatterSession *self,
           GParamSpec    *pspec,
           NatterAccount *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (natter_server_get_account (server) == account)
        _natter_server_send_status (server);
    }
}

static void
add_account (NatterSession *self,
             NatterAccount *account)
{
  const char * const signals[] = { "notify::name", "notify::picture", "notify::permissions", "notify::by-query",
                                 "notify::blocked", "notify::status" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (account, signals[i], G_CALLBACK (on_account_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::status", G_CALLBACK (on_status), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->accounts, account);
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
on_setting_changed (NatterSession *self,
                    const char    *place,
                    const char    *key,
                    const char    *value,
                    NatterServer  *server)
{
  const NatterStoredSetting stored = {
    .server_id = (char *) natter_server_get_id (server),
    .place = (char *) place,
    .key = (char *) key,
    .value = (char *) value,
  };

  if (self->store != NULL)
    natter_store_save_setting_async (self->store, &stored, NULL, NULL, NULL);
}

static void
watch_server (NatterSession *self,
              NatterServer  *server)
{
  const char * const signals[] = { "notify::name", "notify::icon", "notify::last-channel", "notify::account" };
  const char * const counts[] = { "notify::unread", "notify::mentions", "notify::muted" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (server, signals[i], G_CALLBACK (on_server_changed), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_signal_connect_object (server, counts[i], G_CALLBACK (_natter_session_sum_folders), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "setting-changed", G_CALLBACK (on_setting_changed), self, G_CONNECT_SWAPPED);
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
  g_auto(GStrv) permissions = NULL;
  g_auto(GStrv) blocked = NULL;

  if (find_account (self, stored->id) != NULL)
    return;
  account = natter_account_new (stored->id,
                                stored->kind == NATTER_ACCOUNT_ROTUR ? NATTER_ACCOUNT_ROTUR : NATTER_ACCOUNT_SERVER,
                                stored->name, stored->server);
  _natter_account_set_rotur_id (account, stored->rotur_id);
  _natter_account_set_picture (account, stored->picture);
  _natter_account_set_token_kind (account, CLAMP (stored->token_kind, NATTER_TOKEN_UNKNOWN, NATTER_TOKEN_RENEWED));
  _natter_account_set_by_query (account, stored->by_query != 0);
  permissions = stored->permissions != NULL ? g_strsplit (stored->permissions, " ", 0) : NULL;
  _natter_account_set_permissions (account, (const char * const *) permissions);
  blocked = stored->blocked != NULL ? g_strsplit (stored->blocked, "\n", 0) : NULL;
  natter_account_set_blocked (account, (const char * const *) blocked);
  natter_account_set_status (account, CLAMP (stored->status, NATTER_STATUS_OFFLINE, NATTER_STATUS_INVISIBLE), stored->status_text);
  add_account (self, account);
}

static NatterGroup *
find_folder (NatterSession *self,
             const char    *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i++)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i);

      if (g_str_equal (natter_group_get_id (folder), id))
        return folder; /* the list holds it */
    }
  return NULL;
}

static void
add_stored_folder (NatterSession            *self,
                   const NatterStoredFolder *stored)
{
  g_autoptr(NatterGroup) folder = natter_group_new (stored->id, stored->name);

  natter_group_set_color (folder, (guint) MAX (stored->color, 0));
  natter_group_set_collapsed (folder, stored->collapsed);
  _natter_session_add_folder (self, folder);
}

static void
set_stored_settings (NatterServer *server,
                     GPtrArray    *settings)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const NatterStoredSetting *setting = settings->pdata[i];

      if (g_str_equal (setting->server_id, natter_server_get_id (server)))
        natter_server_set_setting (server, setting->place, setting->key, setting->value);
    }
  _natter_server_refresh_mutes (server);
}

/* (transfer full) (nullable) */
static NatterServer *
make_stored_server (NatterSession            *self,
                    const NatterStoredServer *stored,
                    GPtrArray                *settings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse_plain (stored->address, &error);
  g_autoptr(NatterServer) server = NULL;

  if (address == NULL)
    {
      g_warning ("A server was kept with a wrong address: %s", error->message);
      return NULL;
    }
  server = natter_server_new (stored->id, address, self);
  _natter_server_set_name (server, stored->name);
  _natter_server_set_icon (server, stored->icon);
  natter_server_set_last_channel (server, stored->last_channel);
  natter_server_set_account (server, stored->account_id != NULL ? find_account (self, stored->account_id) : NULL);
  _natter_server_set_group (server, find_folder (self, stored->folder_id));
  set_stored_settings (server, settings);
  natter_connection_set_persistent (natter_server_get_connection (server), TRUE);
  watch_server (self, server);
  return g_steal_pointer (&server);
}

/* All at once: what shows them does its work once, and not for each of them again. */
static void
add_stored_servers (NatterSession *self,
                    GPtrArray     *stored,
                    GPtrArray     *settings)
{
  g_autoptr(GPtrArray) servers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < stored->len; i++)
    {
      NatterServer *server = make_stored_server (self, stored->pdata[i], settings);

      if (server != NULL)
        g_ptr_array_add (servers, server);
    }
  g_list_store_splice (self->servers, g_list_model_get_n_items (G_LIST_MODEL (self->servers)), 0, servers->pdata, servers->len);
}

/* What was kept. */
void
_natter_session_add_stored (NatterSession           *self,
                            const NatterStoredLists *lists)
{
  for (guint i = 0; i < lists->accounts->len; i++)
    add_stored_account (self, lists->accounts->pdata[i]);
  for (guint i = 0; i < lists->folders->len; i++)
    add_stored_folder (self, lists->folders->pdata[i]);
  add_stored_servers (self, lists->servers, lists->settings);
  _natter_session_tidy (self);
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
      _natter_server_adopt_drafts (server, old);
      _natter_server_adopt_acts (server, old);
      natter_store_remove_server_async (self->store, natter_server_get_id (old), NULL, NULL, NULL);
      natter_cache_remove_server (self->cache, natter_server_get_id (old));
      _natter_server_set_group (server, natter_server_get_group (old));
      watch_server (self, server);
      _natter_server_copy_settings (server, old);
      g_list_store_splice (self->servers, i, 1, (gpointer *) &server, 1);
      return;
    }
  watch_server (self, server);
  g_list_store_append (self->servers, server);
}

/* Puts it into the list, unless it is there, and keeps it. */
void
_natter_session_keep_account (NatterSession *self,
                              NatterAccount *account)
{
  if (!g_list_store_find (self->accounts, account, NULL))
    add_account (self, account);
  save_account (self, account);
}

void
_natter_session_forget_account (NatterSession *self,
                                NatterAccount *account)
{
  guint position;

  g_signal_handlers_disconnect_by_data (account, self);
  natter_store_remove_account_async (self->store, natter_account_get_id (account), NULL, NULL, NULL);
  if (g_list_store_find (self->accounts, account, &position))
    g_list_store_remove (self->accounts, position);
}

/* Puts both into the lists, unless they are there, and keeps them. */
void
_natter_session_keep (NatterSession *self,
                      NatterServer  *server,
                      NatterAccount *account)
{
  _natter_session_keep_account (self, account);
  natter_server_set_account (server, account);
  natter_connection_set_persistent (natter_server_get_connection (server), TRUE);
  natter_account_set_needs_sign_in (account, FALSE);
  put_in_list (self, server);
  save_server (self, server);
  _natter_session_find_twins (self);
  _natter_session_save_order (self);
}

/* Takes it out of the list, and nothing more. */
void
_natter_session_take_out (NatterSession *self,
                          NatterServer  *server)
{
  g_autoptr(NatterServer) kept = g_object_ref (server);
  guint position;

  if (!g_list_store_find (self->servers, server, &position))
    return;
  g_signal_handlers_disconnect_by_data (server, self);
  natter_server_disconnect (server);
  g_list_store_remove (self->servers, position);
  _natter_session_find_twins (self);
  _natter_session_sum_folders (self);
}

/* Puts it into the list again, after it was taken out. */
void
_natter_session_put_back (NatterSession *self,
                          NatterServer  *server,
                          guint          position)
{
  watch_server (self, server);
  g_list_store_insert (self->servers, MIN (position, g_list_model_get_n_items (G_LIST_MODEL (self->servers))), server);
  _natter_session_find_twins (self);
  _natter_session_sum_folders (self);
  natter_server_connect (server);
}
