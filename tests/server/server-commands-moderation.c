/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define DEFAULT_ENTRIES 100
#define MAX_ENTRIES 200

/* Puts or takes the "banned" role, in the list that new accounts share, too; FALSE when nothing changes */
static gboolean
set_banned (TsUser   *user,
            gboolean  banned)
{
  guint position;
  gboolean has = g_ptr_array_find_with_equal_func (user->roles, "banned", g_str_equal, &position);

  if (has == banned)
    return FALSE;

  if (banned)
    g_ptr_array_insert (user->roles, 0, g_strdup ("banned"));
  else
    g_ptr_array_remove_index (user->roles, position);
  return TRUE;
}

gboolean
ts_ban (TsState    *state,
        const char *actor,
        TsUser     *user,
        gboolean    banned)
{
  if (!set_banned (user, banned))
    return FALSE;

  ts_audit (state, banned ? "user_ban" : "user_unban", "user_moderation", actor,
            user->id, user->username, NULL);
  return TRUE;
}

static void
ban (TsCall     *call,
     gboolean    banned,
     const char *done)
{
  JsonNode *given = ts_get (call->request, "user");
  TsUser *user;
  JsonObject *packet;

  if (!ts_call_needs_owner (call))
    return;
  if (!ts_truthy (given))
    {
      ts_call_error (call, "User parameter is required");
      return;
    }

  user = ts_user_find (call->state, ts_call_string (call, "user"));
  packet = ts_call_reply (call);
  ts_set (packet, "user", user != NULL ? ts_string (user->username) : ts_clone (given));
  ts_set (packet, done, ts_bool (user != NULL && ts_ban (call->state, call->user->id, user, banned)));
  ts_call_answer (call, packet);
}

static void
user_ban (TsCall *call)
{
  ban (call, TRUE, "banned");
}

static void
user_unban (TsCall *call)
{
  ban (call, FALSE, "unbanned");
}

static void
users_banned_list (TsCall *call)
{
  JsonArray *names;
  JsonObject *packet;

  if (!ts_call_needs_owner (call))
    return;

  names = json_array_new ();
  for (guint i = 0; i < call->state->users->len; i++)
    {
      TsUser *user = g_ptr_array_index (call->state->users, i);

      if (ts_user_is_banned (user))
        json_array_add_string_element (names, user->username);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "users", ts_of_array (names));
  ts_call_answer (call, packet);
}

static TsConnection *
first_connection (TestServer *server,
                  TsUser     *user)
{
  for (guint i = 0; user != NULL && i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      if (g_strcmp0 (connection->user_id, user->id) == 0)
        return connection;
    }

  return NULL;
}

static void
user_timeout (TsCall *call)
{
  JsonNode *timeout = ts_get (call->request, "timeout");
  TsUser *user;
  TsConnection *target;
  JsonObject *packet;

  if (!ts_call_needs_owner (call))
    return;
  if (!ts_truthy (ts_get (call->request, "user")))
    {
      ts_call_error (call, "User parameter is required");
      return;
    }
  if (!ts_is_int (timeout) || json_node_get_int (timeout) <= 0)
    {
      ts_call_error (call, "Timeout must be a positive integer");
      return;
    }

  user = ts_user_find (call->state, ts_call_string (call, "user"));
  if (user != NULL && call->server->limiter != NULL)
    {
      ts_rate_limiter_set_timeout (call->server->limiter, user->id, json_node_get_int (timeout));
      target = first_connection (call->server, user);
      if (target != NULL)
        ts_connection_send (target, ts_object ("cmd", ts_string ("rate_limit"),
                                               "reason", ts_string ("User timeout set"),
                                               "length", ts_int (json_node_get_int (timeout) * 1000),
                                               NULL));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "user", ts_clone (ts_get (call->request, "user")));
  ts_set (packet, "timeout", ts_clone (timeout));
  ts_call_answer (call, packet);
}

static void
rate_limit_status (TsCall *call)
{
  const char *name = ts_call_string (call, "user");
  TsUser *user = call->user;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (call->server->limiter == NULL)
    {
      ts_call_error (call, "Rate limiter not available or disabled");
      return;
    }
  if (name != NULL && *name != '\0')
    user = ts_user_find (call->state, name);
  if (user != call->user && !ts_user_has_role (call->user, "owner"))
    {
      ts_call_error (call, "Access denied: can only check your own rate limit status");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "user", ts_string (user != NULL ? user->username : name));
  ts_set (packet, "status",
          ts_of_object (ts_rate_limiter_status (call->server->limiter, user != NULL ? user->id : name)));
  ts_call_answer (call, packet);
}

static void
rate_limit_reset (TsCall *call)
{
  const char *name = ts_call_string (call, "user");
  TsUser *user;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_server"))
    return;
  if (name == NULL || *name == '\0')
    {
      ts_call_error (call, "User parameter is required");
      return;
    }
  if (call->server->limiter == NULL)
    {
      ts_call_error (call, "Rate limiter not available or disabled");
      return;
    }

  user = ts_user_find (call->state, name);
  ts_rate_limiter_reset (call->server->limiter, user != NULL ? user->id : name);
  packet = ts_call_reply (call);
  ts_set (packet, "user", ts_string (name));
  ts_set (packet, "val", ts_string_printf ("Rate limit reset for user %s", name));
  ts_call_answer (call, packet);
}

static gboolean
may_read_log (TsCall *call)
{
  if (!ts_call_knows_user (call))
    return FALSE;
  if (ts_user_may (call->state, call->user, "view_audit_log") || ts_user_may (call->state, call->user, "manage_users"))
    return TRUE;

  ts_call_error (call, "Access denied: 'view_audit_log' or 'manage_users' permission required");
  return FALSE;
}

static gboolean
is_wanted (TsCall     *call,
           JsonObject *entry,
           double      after)
{
  static const struct { const char *filter; const char *member; } filters[] = {
    { "category", "category" },
    { "action", "action" },
    { "actor", "actor_id" },
    { "target", "target_id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      const char *wanted = ts_call_string (call, filters[i].filter);

      if (wanted != NULL && *wanted != '\0' && g_strcmp0 (ts_get_string (entry, filters[i].member), wanted) != 0)
        return FALSE;
    }

  return ts_get_number (entry, "timestamp", 0) > after;
}

static gboolean
get_after (TsCall *call,
           double *after)
{
  JsonNode *node = ts_get (call->request, "after");
  char *end;

  *after = -1;
  if (!ts_is_set (call->request, "after"))
    return TRUE;
  if (ts_is_number (node))
    {
      *after = json_node_get_double (node);
      return TRUE;
    }
  if (ts_is_string (node))
    {
      *after = g_ascii_strtod (json_node_get_string (node), &end);
      if (*end == '\0' && end != json_node_get_string (node))
        return TRUE;
    }

  ts_call_error (call, "After must be a valid Unix timestamp");
  return FALSE;
}

static void
modlog_get (TsCall *call)
{
  gint64 limit = ts_get_int (call->request, "limit", DEFAULT_ENTRIES);
  gint64 offset = ts_get_int (call->request, "offset", 0);
  gint64 total = 0;
  JsonArray *entries;
  JsonObject *packet;
  double after;

  if (!may_read_log (call))
    return;
  if (limit < 1 || limit > MAX_ENTRIES)
    {
      ts_call_error (call, "Limit must be between 1 and 200");
      return;
    }
  if (offset < 0)
    {
      ts_call_error (call, "Offset must be a non-negative integer");
      return;
    }
  if (!get_after (call, &after))
    return;

  entries = json_array_new ();
  for (guint i = call->state->audit->len; i > 0; i--)
    {
      JsonObject *entry = g_ptr_array_index (call->state->audit, i - 1);

      if (!is_wanted (call, entry, after))
        continue;
      if (total >= offset && total < offset + limit)
        json_array_add_object_element (entries, json_object_ref (entry));
      total++;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "entries", ts_of_array (entries));
  ts_set (packet, "total", ts_int (total));
  ts_set (packet, "offset", ts_int (offset));
  ts_set (packet, "limit", ts_int (limit));
  ts_call_answer (call, packet);
}

static void
count_up (JsonObject *counts,
          const char *name)
{
  ts_set (counts, name, ts_int (ts_get_int (counts, name, 0) + 1));
}

static void
modlog_summary (TsCall *call)
{
  JsonObject *actions;
  JsonObject *categories;
  JsonObject *packet;

  if (!may_read_log (call))
    return;

  actions = json_object_new ();
  categories = json_object_new ();
  for (guint i = call->state->audit->len; i > 0; i--)
    {
      JsonObject *entry = g_ptr_array_index (call->state->audit, i - 1);
      const char *category = ts_get_string (entry, "category");
      g_autofree char *name = g_strdup_printf ("%s.%s", category, ts_get_string (entry, "action"));

      count_up (actions, name);
      count_up (categories, category);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "action_counts", ts_of_object (actions));
  ts_set (packet, "category_totals", ts_of_object (categories));
  ts_set (packet, "total", ts_int (call->state->audit->len));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_moderation[] = {
  { "user_ban", user_ban },
  { "user_unban", user_unban },
  { "users_banned_list", users_banned_list },
  { "user_timeout", user_timeout },
  { "rate_limit_status", rate_limit_status },
  { "rate_limit_reset", rate_limit_reset },
  { "modlog_get", modlog_get },
  { "modlog_summary", modlog_summary },
  { NULL },
};
