/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts and tokens, and what the control interface changes of them */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#include "server-state.h"

#include <gio/gio.h>

static const char *const permissions[] = {
  "account:view", "account:profile", "account:email", "account:signins", "validators:generate", "friends:view",
  "friends:request", "friends:accept", "friends:remove", "friends:cancel", "blocked:view", "blocked:manage",
  "groups:view", "groups:invite", "files:view", "files:manage", "posts:view", "posts:create", "emojis:view",
  "emojis:manage", "reports:create", NULL,
};

gboolean
rotur_is_permission (const char *name)
{
  return g_strv_contains (permissions, name);
}

static void
account_free (RoturAccount *account)
{
  g_free (account->username);
  g_free (account->id);
  g_free (account->token);
  g_free (account->password);
  g_ptr_array_unref (account->friends);
  g_ptr_array_unref (account->requests);
  g_ptr_array_unref (account->blocked);
  g_free (account->bio);
  g_free (account->pronouns);
  g_free (account->tier);
  g_free (account);
}

static void
token_free (RoturToken *token)
{
  g_free (token->token);
  g_free (token->id);
  g_free (token->name);
  g_free (token->username);
  g_ptr_array_unref (token->permissions);
  g_free (token->client_id);
  g_free (token->refresh);
  g_free (token);
}

static void
link_free (RoturLink *link)
{
  g_free (link->code);
  g_free (link->token);
  g_clear_pointer (&link->permissions, g_ptr_array_unref);
  g_free (link->name);
  g_free (link);
}

static void
code_free (RoturCode *code)
{
  g_free (code->code);
  g_free (code->client_id);
  g_free (code->redirect_uri);
  g_free (code->challenge);
  g_free (code->username);
  g_clear_pointer (&code->scopes, g_ptr_array_unref);
  g_free (code->access_token);
  g_free (code);
}

static void
grant_free (RoturGrant *grant)
{
  g_free (grant->refresh);
  g_free (grant->client_id);
  g_free (grant->username);
  g_clear_pointer (&grant->scopes, g_ptr_array_unref);
  g_free (grant);
}

void
rotur_tokens_init (Rotur *self)
{
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) account_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) token_free);
  self->validators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) link_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) code_free);
  self->grants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) grant_free);
  self->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
rotur_tokens_clear (Rotur *self)
{
  g_ptr_array_unref (self->accounts);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->validators);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->grants);
  g_hash_table_unref (self->spent);
}

RoturAccount *
rotur_account_find (Rotur      *self,
                    const char *name_or_id)
{
  for (guint i = 0; name_or_id != NULL && i < self->accounts->len; i++)
    {
      RoturAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_ascii_strcasecmp (account->username, name_or_id) == 0 || strcmp (account->id, name_or_id) == 0)
        return account;
    }

  return NULL;
}

/**
 * rotur_token_new:
 * @token: (nullable): %NULL makes one
 * @permissions: (transfer full)
 */
RoturToken *
rotur_token_new (Rotur      *self,
                 const char *token,
                 const char *username,
                 GPtrArray  *given)
{
  RoturToken *new_token = g_new0 (RoturToken, 1);
  g_autofree char *random = ts_random_text (32);
  g_autofree char *hex = rotur_random_hex (8);

  new_token->token = token != NULL ? g_strdup (token) : g_strconcat ("rotur_st_", random, NULL);
  new_token->id = g_strconcat ("st_", hex, NULL);
  new_token->username = g_strdup (username);
  new_token->permissions = given;
  g_hash_table_replace (self->tokens, new_token->token, new_token);
  return new_token;
}

/* Returns: (transfer full): the non-empty parts */
GPtrArray *
rotur_split (const char *list,
             const char *separators)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) split = g_strsplit_set (list != NULL ? list : "", separators, -1);

  for (guint i = 0; split[i] != NULL; i++)
    {
      if (*g_strstrip (split[i]) != '\0')
        g_ptr_array_add (parts, g_strdup (split[i]));
    }

  return parts;
}

/* Returns: (transfer full): what is left of @wanted after the person switched off what the "grant" switch leaves out */
GPtrArray *
rotur_limit_grant (Rotur     *self,
                   GPtrArray *wanted)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < wanted->len; i++)
    {
      const char *name = g_ptr_array_index (wanted, i);

      if (self->granted == NULL || g_ptr_array_find_with_equal_func (self->granted, name, g_str_equal, NULL))
        g_ptr_array_add (left, g_strdup (name));
    }

  return left;
}

static void
load_account (Rotur      *self,
              JsonObject *data)
{
  const char *username = ts_get_string (data, "username");
  RoturAccount *account;
  g_autofree char *lower = NULL;

  if (username == NULL)
    return;

  lower = g_ascii_strdown (username, -1);
  account = g_new0 (RoturAccount, 1);
  account->username = g_strdup (username);
  account->id = g_strdup (ts_get_string (data, "id"));
  account->token = g_strdup (ts_get_string (data, "token"));
  account->password = g_strdup (ts_get_string (data, "password"));
  account->banned = ts_get_bool (data, "banned", FALSE);
  account->tos_missing = ts_get_bool (data, "tos_missing", FALSE);
  account->friends = ts_get_strings (data, "friends");
  account->requests = ts_get_strings (data, "requests");
  account->blocked = ts_get_strings (data, "blocked");
  account->bio = g_strdup (ts_get_string (data, "bio"));
  account->pronouns = g_strdup (ts_get_string (data, "pronouns"));
  account->tier = g_strdup (ts_get_string (data, "tier"));
  account->currency = ts_get_number (data, "currency", 0);
  account->followers = ts_get_int (data, "followers", 0);
  account->following = ts_get_int (data, "following", 0);
  account->index = self->accounts->len + 1;
  if (account->id == NULL)
    account->id = g_uuid_string_random ();
  if (account->token == NULL)
    account->token = g_strconcat ("tok-", lower, NULL);
  if (account->password == NULL)
    account->password = g_strconcat (username, "-pass", NULL);
  if (account->tier == NULL)
    account->tier = g_strdup ("Free");

  g_ptr_array_add (self->accounts, account);
}

static void
load_each (Rotur      *self,
           JsonObject *seed,
           const char *name,
           void      (*load) (Rotur *self, JsonObject *data))
{
  JsonArray *array = ts_get_array (seed, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        load (self, json_node_get_object (node));
    }
}

static void
load_token (Rotur      *self,
            JsonObject *data)
{
  RoturToken *token = rotur_token_new (self, ts_get_string (data, "token"), ts_get_string (data, "username"),
                                       ts_get_strings (data, "permissions"));

  token->name = g_strdup (ts_get_string (data, "name"));
}

/* Public client, any port of loopback, path /callback: what people would register for the program */
static const char built_in[] =
  "{\"accounts\": ["
  "{\"username\": \"Juno\", \"id\": \"6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0001\", \"friends\": [\"pavel\"], \"tier\": \"Max\"},"
  "{\"username\": \"pavel\", \"id\": \"6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0002\", \"friends\": [\"Juno\"],"
  " \"requests\": [\"tove\"], \"tier\": \"Drive\"},"
  "{\"username\": \"mika\", \"id\": \"6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0003\", \"bio\": \"pixels & tea ☕\", \"tier\": \"Pro\","
  " \"followers\": 3, \"following\": 1, \"currency\": 12.5},"
  "{\"username\": \"tove\", \"id\": \"6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0004\"},"
  "{\"username\": \"outlaw\", \"banned\": true}, {\"username\": \"notos\", \"tos_missing\": true}],"
  "\"tokens\": ["
  "{\"token\": \"rotur_st_demo_full\", \"username\": \"pavel\", \"permissions\":"
  " [\"account:view\", \"validators:generate\", \"friends:view\", \"friends:request\", \"friends:accept\","
  " \"friends:remove\", \"blocked:view\", \"blocked:manage\"]},"
  "{\"token\": \"rotur_st_demo_readonly\", \"username\": \"pavel\", \"permissions\": [\"account:view\"]}],"
  "\"clients\": {\"app_0123456789abcdef\": {\"name\": \"Natter\", \"redirect_uris\":"
  " [\"http://127.0.0.1:*/callback\"]}}}";

/**
 * rotur_load:
 * @seed: (nullable): "rotur" of the seed file; %NULL for the built-in accounts
 */
void
rotur_load (Rotur      *self,
            JsonObject *seed)
{
  g_autoptr(JsonNode) fallback = NULL;

  if (seed == NULL)
    {
      fallback = ts_json_parse (built_in, strlen (built_in), NULL);
      seed = json_node_get_object (fallback);
    }

  load_each (self, seed, "accounts", load_account);
  load_each (self, seed, "tokens", load_token);
  self->may_2026 = ts_get_bool (seed, "may_2026", FALSE);
  if (ts_get_object (seed, "clients") != NULL)
    {
      json_object_unref (self->clients);
      self->clients = ts_clone_object (ts_get_object (seed, "clients"));
    }
  if (ts_get_array (seed, "discovery") != NULL)
    {
      json_node_unref (self->discovery);
      self->discovery = ts_clone (ts_get (seed, "discovery"));
    }
}

static gboolean
is_one_of (JsonObject         *command,
           const char         *member,
           const char *const  *values,
           GError            **error)
{
  JsonNode *node = ts_get (command, member);
  const char *value = ts_get_string (command, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || (value != NULL && g_strv_contains (values, value)))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "\"%s\" does not know this value", member);
  return FALSE;
}

static gboolean
set_switches (Rotur       *self,
              JsonObject  *command,
              GError     **error)
{
  static const char *const apis[] = { "may-2026", "later", NULL };
  static const char *const attacks[] = { "wrong-state", "no-state", "wrong-issuer", "deny", "no-token", "wrong-token",
                                         NULL };

  if (!is_one_of (command, "api", apis, error) || !is_one_of (command, "attack", attacks, error))
    return FALSE;

  if (ts_get_string (command, "api") != NULL)
    self->may_2026 = strcmp (ts_get_string (command, "api"), "may-2026") == 0;
  self->delay_ms = ts_get_int (command, "delay", self->delay_ms);
  self->status = ts_get_int (command, "status", self->status);
  self->limited = ts_get_bool (command, "limited", self->limited);
  if (ts_get (command, "browser_user") != NULL)
    g_set_str (&self->browser_user, ts_get_string (command, "browser_user"));
  if (ts_get (command, "attack") != NULL)
    g_set_str (&self->attack, ts_get_string (command, "attack"));
  if (ts_get (command, "grant") != NULL)
    {
      g_clear_pointer (&self->granted, g_ptr_array_unref);
      if (ts_get_array (command, "grant") != NULL)
        self->granted = ts_get_strings (command, "grant");
    }

  return TRUE;
}

static gboolean
expire_token (gpointer key,
              gpointer value,
              gpointer user_data)
{
  RoturToken *token = value;

  return token->client_id != NULL;
}

static JsonObject *
describe (Rotur *self)
{
  JsonArray *requests = json_array_new ();

  for (guint i = 0; i < self->log->len; i++)
    json_array_add_object_element (requests, json_object_ref (g_ptr_array_index (self->log, i)));

  return ts_object ("url", ts_string (self->url),
                    "api", ts_string (self->may_2026 ? "may-2026" : "later"),
                    "tokens", ts_int (g_hash_table_size (self->tokens)),
                    "grants", ts_int (g_hash_table_size (self->grants)),
                    "requests", ts_of_array (requests),
                    NULL);
}

/**
 * rotur_control:
 * @command: switches to set, see README.md
 *
 * Returns: (transfer full): how things are now
 */
JsonObject *
rotur_control (Rotur       *self,
               JsonObject  *command,
               GError     **error)
{
  const char *renamed = ts_get_string (command, "rename");
  const char *link = ts_get_string (command, "link");

  if (!set_switches (self, command, error))
    return NULL;
  if (ts_get_object (command, "account") != NULL)
    load_account (self, ts_get_object (command, "account"));
  if (ts_get_object (command, "token") != NULL)
    load_token (self, ts_get_object (command, "token"));
  if (ts_get_object (command, "clients") != NULL)
    {
      json_object_unref (self->clients);
      self->clients = ts_clone_object (ts_get_object (command, "clients"));
    }
  if (ts_get_bool (command, "expire_access_tokens", FALSE))
    g_hash_table_foreach_remove (self->tokens, expire_token, NULL);
  if (ts_get_bool (command, "forget_validators", FALSE))
    g_hash_table_remove_all (self->validators);
  if (ts_get_string (command, "revoke") != NULL)
    g_hash_table_remove (self->tokens, ts_get_string (command, "revoke"));

  if (renamed != NULL)
    {
      RoturAccount *account = rotur_account_find (self, renamed);

      if (account != NULL && ts_get_string (command, "to") != NULL)
        g_set_str (&account->username, ts_get_string (command, "to"));
    }
  if (link != NULL)
    {
      RoturLink *found = g_hash_table_lookup (self->links, link);
      RoturAccount *account = rotur_account_find (self, ts_get_string (command, "user"));

      if (found == NULL || account == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No such code or account");
          return NULL;
        }
      g_set_str (&found->token, self->may_2026
                 ? account->token
                 : rotur_token_new (self, NULL, account->username,
                                    rotur_limit_grant (self, found->permissions))->token);
    }

  return describe (self);
}
