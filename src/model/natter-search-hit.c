/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "config.h"

#include <string.h>

#include "natter-channel.h"
#include "natter-handshake.h"
#include "natter-member.h"
#include "natter-mention.h"
#include "natter-parser.h"
#include "natter-search-hit-private.h"
#include "natter-server.h"

struct _NatterSearchHit
{
  GObject            parent_instance;

  NatterServer      *server;
  NatterMember      *author;
  NatterSearchQuery *query;
  char              *key;
  char              *channel;
  char              *thread_id;
  char              *message_id;
  char              *author_name;
  char              *content;
  gint64             time;
};

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_CHANNEL_NAME,
  PROP_THREAD_ID,
  PROP_MESSAGE_ID,
  PROP_AUTHOR,
  PROP_AUTHOR_NAME,
  PROP_CONTENT,
  PROP_TIME,
  PROP_QUERY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterSearchHit, natter_search_hit, G_TYPE_OBJECT)

static void
natter_search_hit_finalize (GObject *object)
{
  NatterSearchHit *self = NATTER_SEARCH_HIT (object);

  g_clear_object (&self->server);
  g_clear_object (&self->author);
  g_clear_pointer (&self->query, natter_search_query_unref);
  g_free (self->key);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->message_id);
  g_free (self->author_name);
  g_free (self->content);
  G_OBJECT_CLASS (natter_search_hit_parent_class)->finalize (object);
}

static void
natter_search_hit_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  NatterSearchHit *self = NATTER_SEARCH_HIT (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_CHANNEL_NAME:
      g_value_set_string (value, self->channel);
      break;
    case PROP_THREAD_ID:
      g_value_set_string (value, self->thread_id);
      break;
    case PROP_MESSAGE_ID:
      g_value_set_string (value, self->message_id);
      break;
    case PROP_AUTHOR:
      g_value_set_object (value, self->author);
      break;
    case PROP_AUTHOR_NAME:
      g_value_set_string (value, natter_search_hit_get_author_name (self));
      break;
    case PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;
    case PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_search_hit_class_init (NatterSearchHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_search_hit_finalize;
  object_class->get_property = natter_search_hit_get_property;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER, notified);
  properties[PROP_CHANNEL_NAME] = g_param_spec_string ("channel-name", NULL, NULL, NULL, notified);
  properties[PROP_THREAD_ID] = g_param_spec_string ("thread-id", NULL, NULL, NULL, notified);
  properties[PROP_MESSAGE_ID] = g_param_spec_string ("message-id", NULL, NULL, NULL, notified);
  properties[PROP_AUTHOR] = g_param_spec_object ("author", NULL, NULL, NATTER_TYPE_MEMBER, notified);
  properties[PROP_AUTHOR_NAME] = g_param_spec_string ("author-name", NULL, NULL, NULL, notified);
  properties[PROP_CONTENT] = g_param_spec_string ("content", NULL, NULL, NULL, notified);
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, 0, G_MAXINT64, 0, notified);
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, NATTER_TYPE_SEARCH_QUERY, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_search_hit_init (NatterSearchHit *self)
{
}

/* (transfer full): what tells it from all others; two identities on one server see the same message */
char *
_natter_search_hit_make_key (NatterServer *server,
                             const char   *message_id)
{
  return g_strconcat (natter_address_get_text (natter_server_get_address (server)), "\n", message_id, NULL);
}

NatterSearchHit *
_natter_search_hit_new (NatterServer            *server,
                        const char              *channel,
                        const char              *thread_id,
                        const NatterMessageData *message)
{
  NatterSearchHit *self = g_object_new (NATTER_TYPE_SEARCH_HIT, NULL);

  self->server = g_object_ref (server);
  self->author = g_object_ref (natter_server_intern_member (server, message->author));
  self->key = _natter_search_hit_make_key (server, message->id);
  self->channel = g_strdup (channel);
  self->thread_id = g_strdup (thread_id);
  self->message_id = g_strdup (message->id);
  self->author_name = g_strdup (message->alias_name);
  self->content = g_strdup (message->content);
  self->time = MAX (message->time, 0);
  return self;
}

void
_natter_search_hit_update (NatterSearchHit         *self,
                           const NatterMessageData *message)
{
  if (g_set_str (&self->content, message->content))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

void
_natter_search_hit_set_query (NatterSearchHit   *self,
                              NatterSearchQuery *query)
{
  if (self->query == query)
    return;
  g_clear_pointer (&self->query, natter_search_query_unref);
  self->query = natter_search_query_ref (query);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

const char *
_natter_search_hit_get_key (NatterSearchHit *self)
{
  return self->key;
}

/**
 * natter_search_hit_get_server:
 * @self: a hit
 *
 * Returns: (transfer none): where it is
 */
NatterServer *
natter_search_hit_get_server (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->server;
}

/**
 * natter_search_hit_get_channel:
 * @self: a hit
 *
 * Returns: (transfer none) (nullable): the channel, %NULL when the server does not list it any more
 */
NatterChannel *
natter_search_hit_get_channel (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->channel != NULL ? natter_server_lookup_channel (self->server, self->channel) : NULL;
}

/**
 * natter_search_hit_get_channel_name:
 * @self: a hit
 *
 * Returns: (transfer none) (nullable): the name by which the server knows the channel
 */
const char *
natter_search_hit_get_channel_name (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->channel;
}

/**
 * natter_search_hit_get_thread_id:
 * @self: a hit
 *
 * Returns: (transfer none) (nullable): the thread, %NULL for the channel itself
 */
const char *
natter_search_hit_get_thread_id (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->thread_id;
}

/**
 * natter_search_hit_get_message_id:
 * @self: a hit
 *
 * Returns: (transfer none): id of the message
 */
const char *
natter_search_hit_get_message_id (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->message_id;
}

/**
 * natter_search_hit_get_author:
 * @self: a hit
 *
 * Returns: (transfer none): who wrote it
 */
NatterMember *
natter_search_hit_get_author (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->author;
}

/**
 * natter_search_hit_get_author_name:
 * @self: a hit
 *
 * Returns: (transfer none): what to show as the author's name
 */
const char *
natter_search_hit_get_author_name (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->author_name != NULL ? self->author_name : natter_member_get_name (self->author);
}

/**
 * natter_search_hit_get_content:
 * @self: a hit
 *
 * Returns: (transfer none): the source of its text
 */
const char *
natter_search_hit_get_content (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  return self->content;
}

/**
 * natter_search_hit_dup_plain:
 * @self: a hit
 *
 * Returns: (transfer full): its text without marks, in one line, without what is hidden; of a very long one the start
 */
char *
natter_search_hit_dup_plain (NatterSearchHit *self)
{
  g_autoptr(NatterDocument) document = NULL;
  g_autoptr(NatterDocument) shown = NULL;
  NatterHandshake *handshake;
  gboolean is_new;

  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);

  handshake = natter_server_get_handshake (self->server);
  is_new = handshake != NULL && natter_handshake_is_new_generation (handshake);
  /* Not less than this: what is hidden is known as such only with its end. */
  document = natter_document_parse (self->content, (gssize) MIN (strlen (self->content), NATTER_DOCUMENT_SHORT),
                                    is_new ? NATTER_DIALECT_NEW : NATTER_DIALECT_OLD);
  shown = natter_server_resolve_document (self->server, document);
  return natter_document_get_plain (shown, NATTER_PLAIN_ONE_LINE | NATTER_PLAIN_HIDE_SPOILERS);
}

/**
 * natter_search_hit_get_time:
 * @self: a hit
 *
 * Returns: when it was sent, in microseconds since 1970
 */
gint64
natter_search_hit_get_time (NatterSearchHit *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), 0);

  return self->time;
}

/**
 * natter_search_hit_get_ranges:
 * @self: a hit
 * @text: what is shown of it
 *
 * Returns: (transfer full) (element-type NatterSearchRange): the parts of @text that were looked for, in bytes, in order
 *   and apart. There may be none: words of attachments, embeds and spoilers are found, too
 */
GArray *
natter_search_hit_get_ranges (NatterSearchHit *self,
                              const char      *text)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (self->query == NULL)
    return g_array_new (FALSE, FALSE, sizeof (NatterSearchRange));
  return natter_search_query_find (self->query, text);
}
