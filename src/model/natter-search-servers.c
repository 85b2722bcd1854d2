/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-search-private.h"
#include "natter-server-private.h"

#include <string.h>

/* Each channel is a question of its own. */
#define MAX_ASKED 5

/* Servers look for a text anywhere: less than this is in nearly everything. */
#define MIN_ASKED 2

/* Whether a name starts like one of those that were typed. */
static gboolean
is_meant (const char  *name,
          char       **typed)
{
  g_autofree char *folded = g_utf8_casefold (name != NULL ? name : "", -1);

  for (guint i = 0; typed[i] != NULL; i++)
    {
      g_autofree char *start = g_utf8_casefold (typed[i], -1);

      if (g_str_has_prefix (folded, start))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_server_meant (NatterSearch *self,
                 NatterServer *server)
{
  char **typed = self->query->servers;

  return typed[0] == NULL || is_meant (natter_server_get_name (server), typed)
         || is_meant (natter_address_get_host (natter_server_get_address (server)), typed);
}

/* (transfer full): ids of the servers on which to look */
char **
_natter_search_find_servers (NatterSearch *self)
{
  GListModel *servers = natter_session_get_servers (self->session);
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (is_server_meant (self, server))
        g_strv_builder_add (ids, natter_server_get_id (server));
    }
  return g_strv_builder_end (ids);
}

/* (transfer full): user names of the people who are shown under the names that were typed */
char **
_natter_search_find_authors (NatterSearch *self)
{
  GListModel *servers = natter_session_get_servers (self->session);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; self->query->from[0] != NULL && i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);
      GListModel *members = natter_server_get_members (server);

      for (guint j = 0; j < g_list_model_get_n_items (members); j++)
        {
          g_autoptr(NatterMember) member = g_list_model_get_item (members, j);

          if (is_meant (natter_member_get_name (member), self->query->from))
            g_strv_builder_add (names, natter_member_get_username (member));
        }
    }
  return g_strv_builder_end (names);
}

static gboolean
has_link (const NatterMessageData *message)
{
  return strstr (message->content, "://") != NULL;
}

static gboolean
has_picture (const NatterMessageData *message)
{
  for (guint i = 0; i < message->attachments->len; i++)
    {
      const NatterAttachmentData *attachment = message->attachments->pdata[i];

      if (attachment->mime_type != NULL && g_ascii_strncasecmp (attachment->mime_type, "image/", 6) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether what a server found for the words is what was looked for. */
static gboolean
fits (NatterSearch            *self,
      NatterServer            *server,
      const NatterMessageData *message)
{
  const NatterSearchQuery *query = self->query;
  NatterMember *author = natter_server_intern_member (server, message->author);

  if (query->from[0] != NULL && !is_meant (message->author, query->from)
      && !is_meant (natter_member_get_name (author), query->from))
    return FALSE;
  if ((query->after != 0 && message->time < query->after) || (query->before != 0 && message->time >= query->before))
    return FALSE;
  if ((query->has & NATTER_SEARCH_HAS_LINK) != 0 && !has_link (message))
    return FALSE;
  if ((query->has & NATTER_SEARCH_HAS_FILE) != 0 && message->attachments->len == 0)
    return FALSE;
  return (query->has & NATTER_SEARCH_HAS_IMAGE) == 0 || has_picture (message);
}

typedef struct
{
  GWeakRef       search;
  NatterChannel *channel;
} Question;

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->search);
  g_object_unref (question->channel);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

void
_natter_search_take_found (NatterSearch  *self,
                           NatterChannel *channel,
                           GPtrArray     *messages)
{
  NatterServer *server = natter_channel_get_server (channel);
  const NatterCachePlace place = _natter_channel_get_place (channel);

  for (guint i = 0; server != NULL && i < messages->len; i++)
    {
      const NatterMessageData *message = messages->pdata[i];
      const char *thread_id = place.thread_id != NULL ? place.thread_id : message->thread_id;

      if (fits (self, server, message) && !_natter_server_is_deleting (server, place.channel, thread_id, message->id))
        g_ptr_array_add (self->found, _natter_search_make_hit (self, server, place.channel, thread_id, message));
    }
  _natter_search_publish (self);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(Question) question = data;
  g_autoptr(NatterSearch) self = g_weak_ref_get (&question->search);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->n_asked > 0)
    self->n_asked--;
  /* What is kept was found all the same. */
  if (packet == NULL)
    g_debug ("A server did not search: %s", error->message);
  else if (packet->kind == NATTER_PACKET_MESSAGES_FOUND)
    _natter_search_take_found (self, question->channel, packet->history.messages);
  _natter_search_update_loading (self);
}

static gboolean
can_be_asked (NatterChannel *channel)
{
  NatterChannelType kind = natter_channel_get_kind (channel);
  NatterServer *server = natter_channel_get_server (channel);

  return server != NULL && natter_server_get_state (server) == NATTER_CONNECTION_READY
         && (kind == NATTER_CHANNEL_TEXT || kind == NATTER_CHANNEL_CHAT || kind == NATTER_CHANNEL_THREAD);
}

static void
ask (NatterSearch  *self,
     NatterChannel *channel,
     const char    *words)
{
  Question *question;

  if (!can_be_asked (channel) || self->n_asked >= MAX_ASKED)
    return;
  if (natter_channel_get_thread_id (channel) != NULL)
    {
      _natter_search_read_thread (self, channel, words);
      return;
    }
  question = g_new0 (Question, 1);
  g_weak_ref_init (&question->search, self);
  question->channel = g_object_ref (channel);
  self->n_asked++;
  natter_connection_request_async (natter_server_get_connection (natter_channel_get_server (channel)),
                                   natter_command_messages_search (natter_channel_get_name (channel), words),
                                   self->cancellable, on_found, question);
}

/* Where the person is comes first. */
static void
ask_forum (NatterSearch  *self,
           NatterChannel *forum,
           const char    *words)
{
  GListModel *threads = natter_channel_get_threads (forum);
  gboolean is_here = self->channel != NULL && natter_channel_get_parent (self->channel) == forum;

  if (is_here)
    ask (self, self->channel, words);
  for (guint i = 0; i < g_list_model_get_n_items (threads); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      if (!is_here || thread != self->channel)
        ask (self, thread, words);
    }
}

static void
ask_named (NatterSearch *self,
           NatterServer *server,
           const char   *words)
{
  GListModel *channels = natter_server_get_channels (server);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      if (!is_meant (natter_channel_get_name (channel), self->query->in))
        continue;
      if (natter_channel_get_kind (channel) == NATTER_CHANNEL_FORUM)
        ask_forum (self, channel, words);
      else
        ask (self, channel, words);
    }
}

/* Asks for what is not kept: in the channels that were named, or where the person is. */
void
_natter_search_ask_servers (NatterSearch *self)
{
  GListModel *servers = natter_session_get_servers (self->session);
  g_autofree char *words = natter_search_query_dup_words (self->query);

  if (g_utf8_strlen (words, -1) < MIN_ASKED)
    return;
  if (self->query->in[0] == NULL)
    {
      NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

      if (server != NULL && is_server_meant (self, server))
        ask (self, self->channel, words);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (is_server_meant (self, server))
        ask_named (self, server, words);
    }
}
