/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Emoji, polls, webhooks, attachments and the audit log */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

/* The id is one above the highest present one, so that of a deleted last emoji comes again */
TsEmoji *
ts_emoji_new (TsState    *self,
              const char *name,
              const char *extension,
              GBytes     *bytes)
{
  TsEmoji *emoji = g_new0 (TsEmoji, 1);

  for (guint i = 0; i < self->emojis->len; i++)
    emoji->id = MAX (emoji->id, ((TsEmoji *) g_ptr_array_index (self->emojis, i))->id + 1);
  emoji->name = g_strdup (name);
  emoji->file_name = g_strdup_printf ("%u.%s", emoji->id, extension);
  emoji->mime_type = g_strconcat ("image/", strcmp (extension, "jpg") == 0 ? "jpeg" : extension, NULL);
  emoji->bytes = g_bytes_ref (bytes);

  g_ptr_array_add (self->emojis, emoji);
  return emoji;
}

TsEmoji *
ts_emoji_find (TsState *self,
               guint    id)
{
  for (guint i = 0; i < self->emojis->len; i++)
    {
      TsEmoji *emoji = g_ptr_array_index (self->emojis, i);

      if (emoji->id == id)
        return emoji;
    }

  return NULL;
}

void
ts_vote_free (TsVote *vote)
{
  g_free (vote->user);
  json_node_unref (vote->option);
  g_free (vote);
}

TsPoll *
ts_poll_new (TsState *self)
{
  TsPoll *poll = g_new0 (TsPoll, 1);

  poll->id = ts_new_id ();
  poll->created_at = ts_now ();
  poll->votes = g_ptr_array_new_with_free_func ((GDestroyNotify) ts_vote_free);
  g_ptr_array_add (self->polls, poll);
  return poll;
}

TsPoll *
ts_poll_find (TsState    *self,
              const char *poll_id,
              const char *message_id)
{
  for (guint i = 0; i < self->polls->len; i++)
    {
      TsPoll *poll = g_ptr_array_index (self->polls, i);

      if (poll_id != NULL ? strcmp (poll->id, poll_id) == 0 : g_strcmp0 (poll->message_id, message_id) == 0)
        return poll;
    }

  return NULL;
}

TsWebhook *
ts_webhook_new (TsState    *self,
                const char *channel,
                const char *name,
                const char *created_by)
{
  TsWebhook *webhook = g_new0 (TsWebhook, 1);
  g_autofree char *first = ts_new_id ();
  g_autofree char *second = ts_new_id ();
  g_auto(GStrv) parts = g_strsplit (second, "-", -1);
  g_autofree char *tail = g_strjoinv ("", parts);

  webhook->id = ts_new_id ();
  webhook->channel = g_strdup (channel);
  webhook->name = g_strdup (name);
  webhook->token = g_strconcat (first, tail, NULL);
  webhook->created_by = g_strdup (created_by);
  webhook->created_at = ts_now ();
  g_ptr_array_add (self->webhooks, webhook);
  return webhook;
}

TsWebhook *
ts_webhook_find (TsState    *self,
                 const char *id)
{
  for (guint i = 0; id != NULL && i < self->webhooks->len; i++)
    {
      TsWebhook *webhook = g_ptr_array_index (self->webhooks, i);

      if (strcmp (webhook->id, id) == 0)
        return webhook;
    }

  return NULL;
}

TsWebhook *
ts_webhook_find_by_token (TsState    *self,
                          const char *token)
{
  for (guint i = 0; i < self->webhooks->len; i++)
    {
      TsWebhook *webhook = g_ptr_array_index (self->webhooks, i);

      if (strcmp (webhook->token, token) == 0)
        return webhook;
    }

  return NULL;
}

/* @id: (nullable): NULL for a new one */
TsAttachment *
ts_attachment_new (TsState    *self,
                   const char *id)
{
  TsAttachment *attachment = g_new0 (TsAttachment, 1);

  attachment->id = id != NULL ? g_strdup (id) : ts_new_id ();
  g_hash_table_insert (self->attachments, attachment->id, attachment);
  return attachment;
}

/* NULL also when its time is over */
TsAttachment *
ts_attachment_find (TsState    *self,
                    const char *id)
{
  TsAttachment *attachment = id != NULL ? g_hash_table_lookup (self->attachments, id) : NULL;

  return attachment != NULL && attachment->expires_at > ts_now () ? attachment : NULL;
}

JsonObject *
ts_attachment_to_json (TsState      *self,
                       TsAttachment *attachment)
{
  const char *base = self->config.url != NULL ? self->config.url : "";
  JsonObject *object = ts_object ("id", ts_string (attachment->id),
                                  "name", ts_string (attachment->name),
                                  "mime_type", ts_string (attachment->mime_type),
                                  "size", ts_int (g_bytes_get_size (attachment->bytes)),
                                  "url", ts_string_printf ("%s/attachments/%s", base, attachment->id),
                                  "expires_at", ts_float (attachment->expires_at),
                                  "permanent", ts_bool (attachment->permanent),
                                  NULL);

  if (attachment->width > 0)
    {
      ts_set (object, "width", ts_int (attachment->width));
      ts_set (object, "height", ts_int (attachment->height));
    }

  return object;
}

/* (transfer full) (nullable) @details */
void
ts_audit (TsState    *self,
          const char *action,
          const char *category,
          const char *actor,
          const char *target,
          const char *target_name,
          JsonObject *details)
{
  double now = ts_now ();

  g_ptr_array_add (self->audit,
                   ts_object ("id", ts_string_printf ("%" G_GINT64_FORMAT "-%s", (gint64) (now * 1000), actor),
                              "action", ts_string (action),
                              "category", ts_string (category),
                              "actor_id", ts_string (actor),
                              "actor_name", ts_string (ts_user_name (self, actor)),
                              "target_id", ts_string (target),
                              "target_name", ts_string (target_name),
                              "details", ts_of_object (details != NULL ? details : json_object_new ()),
                              "timestamp", ts_float (now),
                              NULL));
}
