/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server itself, its plugins (of which there are none) and web push (which goes nowhere) */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static JsonObject *
server_packet (TsState *state)
{
  TsConfig *config = &state->config;

  return ts_object ("cmd", ts_string ("server_update"),
                    "name", ts_string (config->name),
                    "icon", ts_string (config->icon != NULL ? config->icon : ""),
                    "banner", ts_string (config->banner != NULL ? config->banner : ""),
                    NULL);
}

static void
server_update (TsCall *call)
{
  static const struct { const char *name; const char *shown; } members[] = {
    { "name", "Name" }, { "icon", "Icon" }, { "banner", "Banner" },
  };
  TsConfig *config = &call->state->config;
  char **targets[] = { &config->name, &config->icon, &config->banner };
  gboolean changed = FALSE;

  if (!ts_call_needs (call, "manage_server"))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (ts_is_set (call->request, members[i].name) && !ts_is_string (ts_get (call->request, members[i].name)))
        {
          ts_call_error (call, "%s must be a string or null", members[i].shown);
          return;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!ts_is_set (call->request, members[i].name))
        continue;
      g_set_str (targets[i], ts_call_string (call, members[i].name));
      changed = TRUE;
    }
  if (!changed)
    {
      ts_call_error (call, "No updates provided");
      return;
    }

  ts_audit (call->state, "server_update", "server_management", call->user->id, NULL, NULL, NULL);
  ts_call_announce (call, server_packet (call->state), NULL);
  ts_call_answer (call, server_packet (call->state));
}

static void
plugins_list (TsCall *call)
{
  JsonObject *packet;

  if (!ts_call_needs_owner (call))
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "plugins", ts_of_object (json_object_new ()));
  ts_call_answer (call, packet);
}

static void
plugins_reload (TsCall *call)
{
  const char *plugin = ts_call_string (call, "plugin");
  JsonObject *packet;

  if (!ts_call_needs_owner (call))
    return;
  if (plugin != NULL)
    {
      ts_call_error (call, "Failed to reload plugin '%s'", plugin);
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "val", ts_string ("All plugins reloaded successfully"));
  ts_call_answer (call, packet);
}

static void
push_get_vapid (TsCall *call)
{
  ts_call_answer (call, ts_object ("cmd", ts_string ("push_vapid"),
                                   "key", ts_string ("BBQ9ewyhOT_g7hSZVwpMWVe0tGorc35kGOCLnIgW8OCoIQ8l6Va3Fxxq"
                                                     "ebpkJMSIT3AZdmnbaav8P73uZck1y7s"),
                                   NULL));
}

static void
push_subscribe (TsCall *call)
{
  JsonObject *subscription = ts_get_object (call->request, "subscription");
  JsonObject *keys = ts_get_object (subscription, "keys");

  if (subscription == NULL || json_object_get_size (subscription) == 0)
    ts_call_error (call, "Missing subscription object");
  else if (!ts_truthy (ts_get (subscription, "endpoint")) || !ts_truthy (ts_get (keys, "p256dh"))
           || !ts_truthy (ts_get (keys, "auth")))
    ts_call_error (call, "subscription must include endpoint, keys.p256dh and keys.auth");
  else
    ts_call_answer (call, ts_object ("cmd", ts_string ("push_subscribed"),
                                     "success", ts_bool (TRUE),
                                     "device_fingerprint", ts_string ("0123456789abcdef"),
                                     NULL));
}

static void
push_unsubscribe (TsCall *call)
{
  if (!ts_truthy (ts_get (call->request, "endpoint")))
    ts_call_error (call, "Missing endpoint");
  else
    ts_call_answer (call, ts_object ("cmd", ts_string ("push_unsubscribed"), "success", ts_bool (TRUE), NULL));
}

const TsCommand ts_commands_server[] = {
  { "server_update", server_update },
  { "plugins_list", plugins_list },
  { "plugins_reload", plugins_reload },
  { "push_get_vapid", push_get_vapid },
  { "push_subscribe", push_subscribe },
  { "push_unsubscribe", push_unsubscribe },
  { NULL },
};
