/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"
#include "natter-timeline-private.h"

/* How many originals of replies are remembered that the timeline does not hold. */
#define MAX_QUOTES 200

/* What a reply answers. Asked for once, whatever the answer is. */
typedef struct
{
  char     *author_name; /* NULL until the answer is there */
  char     *content;
  gboolean  is_gone;
} Quote;

void
_natter_quote_free (gpointer data)
{
  Quote *quote = data;

  g_free (quote->author_name);
  g_free (quote->content);
  g_free (quote);
}

static Quote *
remember (NatterChannel *self,
          const char    *id)
{
  Quote *quote = g_new0 (Quote, 1);
  char *key = g_strdup (id);

  g_hash_table_replace (self->quotes, key, quote);
  g_queue_push_tail (&self->quote_ids, key);
  while (g_queue_get_length (&self->quote_ids) > MAX_QUOTES)
    g_hash_table_remove (self->quotes, g_queue_pop_head (&self->quote_ids));
  return quote;
}

/* Tells a reply what it answers, as far as that was found out apart from the timeline. */
void
_natter_channel_quote (NatterChannel *self,
                       NatterMessage *message)
{
  const char *id = natter_message_get_reply_to_id (message);
  Quote *quote = id != NULL ? g_hash_table_lookup (self->quotes, id) : NULL;

  if (quote == NULL)
    return;
  if (quote->is_gone)
    _natter_message_set_reply_gone (message);
  else if (quote->author_name != NULL)
    _natter_message_set_reply (message, quote->author_name, quote->content);
}

static void
quote_all (NatterChannel *self,
           const char    *id)
{
  for (guint i = 0; self->timeline != NULL && i < self->timeline->items->len; i++)
    if (g_strcmp0 (natter_message_get_reply_to_id (self->timeline->items->pdata[i]), id) == 0)
      _natter_channel_quote (self, self->timeline->items->pdata[i]);
}

/* A message was changed (@content is its text) or deleted (@content is %NULL). */
void
_natter_channel_quote_changed (NatterChannel *self,
                               const char    *id,
                               const char    *content)
{
  Quote *quote = g_hash_table_lookup (self->quotes, id);

  if (quote != NULL)
    {
      quote->is_gone = content == NULL;
      g_set_str (&quote->content, content);
    }
  for (guint i = 0; self->timeline != NULL && i < self->timeline->items->len; i++)
    {
      NatterMessage *message = self->timeline->items->pdata[i];

      if (g_strcmp0 (natter_message_get_reply_to_id (message), id) != 0)
        continue;
      if (content != NULL)
        _natter_message_set_reply (message, NULL, content);
      else
        _natter_message_set_reply_gone (message);
    }
}

typedef struct
{
  GWeakRef  channel;
  char     *id;
} QuoteCall;

static void
quote_call_free (QuoteCall *call)
{
  g_weak_ref_clear (&call->channel);
  g_free (call->id);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (QuoteCall, quote_call_free)

static void
forget (NatterChannel *self,
        const char    *id)
{
  gpointer key;

  if (!g_hash_table_lookup_extended (self->quotes, id, &key, NULL))
    return;
  g_queue_remove (&self->quote_ids, key);
  g_hash_table_remove (self->quotes, id);
}

static void
on_original (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(QuoteCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  const NatterMessageData *original = NULL;
  Quote *quote;

  if (self == NULL || self->server == NULL)
    return;
  quote = g_hash_table_lookup (self->quotes, call->id);
  if (quote == NULL)
    return;
  if (packet != NULL && packet->kind == NATTER_PACKET_MESSAGE)
    original = packet->message.message;
  if (original == NULL && !g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      forget (self, call->id);
      return;
    }
  quote->is_gone = original == NULL;
  if (original != NULL)
    {
      NatterMember *author = natter_server_intern_member (self->server, original->author);

      g_set_str (&quote->author_name, original->alias_name != NULL ? original->alias_name : natter_member_get_name (author));
      g_set_str (&quote->content, original->content);
    }
  quote_all (self, call->id);
}

/**
 * natter_channel_fetch_original:
 * @self: a channel
 * @message: a reply in it
 *
 * To be called when a reply is shown: what it answers is asked for, once, unless that is known.
 */
void
natter_channel_fetch_original (NatterChannel *self,
                               NatterMessage *message)
{
  const char *id;
  QuoteCall *call;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  id = natter_message_get_reply_to_id (message);
  if (id == NULL || natter_message_get_reply_text (message) != NULL || natter_message_get_reply_gone (message)
      || g_hash_table_contains (self->quotes, id) || self->server == NULL
      || natter_server_get_state (self->server) != NATTER_CONNECTION_READY)
    return;
  remember (self, id);
  call = g_new0 (QuoteCall, 1);
  g_weak_ref_init (&call->channel, self);
  call->id = g_strdup (id);
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_get (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), id), NULL, on_original, call);
}
