/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static JsonNode *
webhook_to_json (TsWebhook *webhook,
                 gboolean   with_token)
{
  JsonObject *object = ts_object ("id", ts_string (webhook->id),
                                  "channel", ts_string (webhook->channel),
                                  "name", ts_string (webhook->name),
                                  NULL);

  if (with_token)
    ts_set (object, "token", ts_string (webhook->token));
  ts_set (object, "created_by", ts_string (webhook->created_by));
  ts_set (object, "created_at", ts_float (webhook->created_at));
  ts_set (object, "avatar", ts_string (webhook->avatar));
  return ts_of_object (object);
}

static void
answer_webhook (TsCall    *call,
                TsWebhook *webhook,
                gboolean   with_token)
{
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "webhook", webhook_to_json (webhook, with_token));
  ts_call_answer (call, packet);
}

static void
webhook_create (TsCall *call)
{
  const char *channel_name = ts_call_string (call, "channel");
  const char *name = ts_call_string (call, "name");
  g_autofree char *stripped = NULL;
  JsonObject *channel;
  TsWebhook *webhook;

  if (!ts_call_needs (call, "manage_server"))
    return;
  if (channel_name == NULL || *channel_name == '\0')
    {
      ts_call_error (call, "Channel is required");
      return;
    }
  if (name == NULL || *name == '\0')
    {
      ts_call_error (call, "Webhook name is required");
      return;
    }
  channel = ts_channel_find (call->state, channel_name);
  if (channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }
  if (strcmp (ts_channel_type (channel), "text") != 0)
    {
      ts_call_error (call, "Webhooks can only be created for text channels");
      return;
    }

  stripped = ts_python_strip (name);
  webhook = ts_webhook_new (call->state, channel_name, stripped, call->user->id);
  ts_audit (call->state, "webhook_create", "server_management", call->user->id, webhook->id, stripped,
            ts_object ("channel", ts_string (channel_name), NULL));
  answer_webhook (call, webhook, TRUE);
}

static TsWebhook *
find_webhook (TsCall *call)
{
  TsWebhook *webhook;

  if (!ts_truthy (ts_get (call->request, "id")))
    {
      ts_call_error (call, "Webhook ID is required");
      return NULL;
    }

  webhook = ts_webhook_find (call->state, ts_call_string (call, "id"));
  if (webhook == NULL)
    ts_call_error (call, "Webhook not found");
  return webhook;
}

static void
webhook_get (TsCall *call)
{
  TsWebhook *webhook = find_webhook (call);

  if (webhook != NULL)
    answer_webhook (call, webhook, FALSE);
}

/* All tokens, to everybody */
static void
webhook_list (TsCall *call)
{
  const char *channel = ts_call_string (call, "channel");
  JsonArray *webhooks;
  JsonObject *packet;

  if (channel != NULL && ts_channel_find (call->state, channel) == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }

  webhooks = json_array_new ();
  for (guint i = 0; i < call->state->webhooks->len; i++)
    {
      TsWebhook *webhook = g_ptr_array_index (call->state->webhooks, i);

      if (channel == NULL || strcmp (webhook->channel, channel) == 0)
        json_array_add_element (webhooks, webhook_to_json (webhook, TRUE));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "webhooks", ts_of_array (webhooks));
  ts_call_answer (call, packet);
}

static void
webhook_update (TsCall *call)
{
  JsonNode *name = ts_get (call->request, "name");
  gboolean has_avatar = ts_get (call->request, "avatar") != NULL;
  g_autofree char *stripped = NULL;
  TsWebhook *webhook;
  JsonObject *changes;

  if (!ts_call_needs (call, "manage_server"))
    return;
  webhook = find_webhook (call);
  if (webhook == NULL)
    return;

  if (name != NULL)
    {
      stripped = ts_is_string (name) ? ts_python_strip (json_node_get_string (name)) : g_strdup ("");
      if (*stripped == '\0')
        {
          ts_call_error (call, "Webhook name must be a non-empty string");
          return;
        }
      g_set_str (&webhook->name, stripped);
    }
  if (has_avatar)
    g_set_str (&webhook->avatar, ts_call_string (call, "avatar"));
  if (name == NULL && !has_avatar)
    {
      ts_call_error (call, "No updates provided");
      return;
    }

  changes = json_object_new ();
  if (name != NULL)
    ts_set (changes, "name", ts_string (webhook->name));
  if (has_avatar)
    ts_set (changes, "avatar", ts_string (webhook->avatar));
  ts_audit (call->state, "webhook_update", "server_management", call->user->id, webhook->id, webhook->name,
            changes);
  answer_webhook (call, webhook, TRUE);
}

static void
webhook_delete (TsCall *call)
{
  TsWebhook *webhook;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_server"))
    return;
  webhook = find_webhook (call);
  if (webhook == NULL)
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_string (webhook->id));
  ts_set (packet, "deleted", ts_bool (TRUE));
  ts_audit (call->state, "webhook_delete", "server_management", call->user->id, webhook->id, webhook->name, NULL);
  g_ptr_array_remove (call->state->webhooks, webhook);
  ts_call_answer (call, packet);
}

/* Changes nothing */
static void
webhook_regenerate (TsCall *call)
{
  TsWebhook *webhook;

  if (!ts_call_needs (call, "manage_server"))
    return;
  webhook = find_webhook (call);
  if (webhook == NULL)
    return;

  ts_audit (call->state, "webhook_regenerate", "server_management", call->user->id, webhook->id, webhook->name,
            NULL);
  answer_webhook (call, webhook, TRUE);
}

const TsCommand ts_commands_webhooks[] = {
  { "webhook_create", webhook_create },
  { "webhook_get", webhook_get },
  { "webhook_list", webhook_list },
  { "webhook_update", webhook_update },
  { "webhook_delete", webhook_delete },
  { "webhook_regenerate", webhook_regenerate },
  { NULL },
};
