/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-outbox"

#include "config.h"

#include "natter-outbox-private.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-member.h"

#define PAGE 100

/* Whoever was away for longer than this many pages decides by themselves. */
#define MAX_PAGES 50

/* Looking what a place's history says: of one message that got no answer, or, without one, just how far it goes. */
typedef struct
{
  GWeakRef  outbox;
  char     *id; /* NULL: no message */
  char     *channel;
  char     *thread_id;
  guint     n_seen;
  guint     n_pages;
  guint     again : 1; /* the second look */
} Search;

static void
search_free (Search *search)
{
  g_weak_ref_clear (&search->outbox);
  g_free (search->id);
  g_free (search->channel);
  g_free (search->thread_id);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void ask (NatterOutbox *self,
                 Search       *search);

static gboolean
has_files (const NatterOutgoing    *outgoing,
           const NatterMessageData *data)
{
  guint n_files = data->attachments != NULL ? data->attachments->len : 0;

  if (outgoing->stored->attachments == NULL)
    return n_files == 0;
  for (guint i = 0; i < n_files; i++)
    if (!g_strv_contains ((const char * const *) outgoing->stored->attachments,
                          ((NatterAttachmentData *) data->attachments->pdata[i])->id))
      return FALSE;
  return n_files == g_strv_length (outgoing->stored->attachments);
}

/* Whether @data is this message. Servers trim the text. */
gboolean
_natter_outbox_may_be (NatterOutbox            *self,
                       const NatterOutgoing    *outgoing,
                       const NatterMessageData *data)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;
  NatterOutboxPlace *place = _natter_outbox_get_place (self, outgoing->stored->channel, outgoing->stored->thread_id);
  g_autofree char *text = NULL;

  if (me == NULL || g_ascii_strcasecmp (natter_member_get_username (me), data->author) != 0)
    return FALSE;
  if (data->time != 0 && data->time < outgoing->stored->given)
    return FALSE;
  if (g_hash_table_contains (place->others, data->id))
    return FALSE;
  text = g_strstrip (g_strdup (outgoing->stored->text));
  return g_str_equal (text, data->content) && has_files (outgoing, data);
}

static NatterChannel *
find_channel (NatterOutbox *self,
              Search       *search)
{
  if (self->server == NULL || search->channel == NULL)
    return NULL;
  return natter_server_lookup_channel (self->server, search->channel);
}

/* Servers take what is asked for as read, but nobody has read it. What they counted before was asked for earlier. */
static void
restore_unread (NatterOutbox *self,
                Search       *search,
                GPtrArray    *messages)
{
  NatterChannel *channel = find_channel (self, search);
  guint n_unread = channel != NULL ? natter_channel_get_unread (channel) : 0;
  const NatterMessageData *last_read;

  if (n_unread == 0 || n_unread >= messages->len)
    return;
  last_read = messages->pdata[messages->len - 1 - n_unread];
  natter_connection_send (natter_server_get_connection (self->server),
                          natter_command_unreads_ack (search->channel, search->thread_id, last_read->id));
}

/* Over: goes on with the next thing. Takes over @search. */
static void
finish (NatterOutbox *self,
        Search       *search,
        gboolean      fresh)
{
  g_autoptr(Search) over = search;
  NatterOutboxPlace *place = _natter_outbox_get_place (self, over->channel, over->thread_id);

  place->busy = FALSE;
  if (fresh)
    place->fresh = TRUE;
  _natter_outbox_pump (self, place);
}

static gboolean
on_settled (gpointer data)
{
  Search *search = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&search->outbox);

  if (self != NULL)
    ask (self, search);
  else
    search_free (search);
  return G_SOURCE_REMOVE;
}

/* It is nowhere. What was sent over a connection that has ended may still wait in the server, so that it is looked for
 * once more. Takes over @search. */
static void
not_found (NatterOutbox   *self,
           Search         *search,
           NatterOutgoing *outgoing)
{
  if (!search->again)
    {
      search->again = TRUE;
      search->n_seen = 0;
      search->n_pages = 0;
      g_timeout_add (self->settle_ms, on_settled, search);
      return;
    }
  _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_WAITING, NULL);
  finish (self, search, TRUE);
}

static void
give_up (NatterOutbox   *self,
         Search         *search,
         NatterOutgoing *outgoing)
{
  g_autoptr(GError) error =
    g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TIMEOUT, "Nobody knows whether it arrived");

  _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_FAILED, error);
  finish (self, search, TRUE);
}

/* Takes over @search. */
static void
take_page (NatterOutbox *self,
           Search       *search,
           GPtrArray    *messages)
{
  NatterOutboxPlace *place = _natter_outbox_get_place (self, search->channel, search->thread_id);
  NatterOutgoing *outgoing = search->id != NULL ? _natter_outbox_find (self, search->id) : NULL;
  const NatterMessageData *oldest = messages->len > 0 ? messages->pdata[0] : NULL;

  if (search->n_pages == 0)
    {
      restore_unread (self, search, messages);
      place->newest = messages->len > 0 ? ((NatterMessageData *) messages->pdata[messages->len - 1])->time : 0;
    }
  search->n_pages++;
  search->n_seen += messages->len;
  for (guint i = 0; outgoing != NULL && i < messages->len; i++)
    if (_natter_outbox_may_be (self, outgoing, messages->pdata[i]))
      {
        _natter_outbox_confirm (self, outgoing, messages->pdata[i]);
        outgoing = NULL;
      }
  if (outgoing == NULL)
    finish (self, search, TRUE);
  else if (messages->len < PAGE || (oldest->time != 0 && oldest->time < outgoing->stored->given))
    not_found (self, search, outgoing);
  else if (search->n_pages >= MAX_PAGES)
    give_up (self, search, outgoing);
  else
    ask (self, search);
}

/* Takes over @search. */
static void
take_error (NatterOutbox *self,
            Search       *search,
            const GError *error)
{
  NatterOutgoing *outgoing = search->id != NULL ? _natter_outbox_find (self, search->id) : NULL;
  gboolean passes = g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED)
                    || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT)
                    || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_RATE_LIMITED);

  g_debug ("History did not come: %s", error->message);
  if (!passes)
    {
      /* Who may not read a place may still write there. */
      if (outgoing != NULL)
        _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_FAILED, error);
      finish (self, search, TRUE);
      return;
    }
  _natter_outbox_get_place (self, search->channel, search->thread_id)->busy = FALSE;
  _natter_outbox_resume_later (self);
  search_free (search);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Search) search = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&search->outbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self == NULL)
    return;
  if (packet != NULL && packet->kind != NATTER_PACKET_MESSAGES)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no list of messages");
  if (error != NULL)
    take_error (self, g_steal_pointer (&search), error);
  else
    take_page (self, g_steal_pointer (&search), packet->history.messages);
}

/* By number, which every server can do and which leaves nothing out: what arrives meanwhile makes pages overlap. */
static void
ask (NatterOutbox *self,
     Search       *search)
{
  NatterConnection *connection = self->server != NULL ? natter_server_get_connection (self->server) : NULL;

  if (connection == NULL)
    {
      search_free (search);
      return;
    }
  natter_connection_request_async (connection,
                                   natter_command_messages_get (search->channel, search->thread_id, search->n_seen,
                                                                PAGE),
                                   self->cancellable, on_page, search);
}

/* @outgoing: (nullable): a message that got no answer; %NULL to hear just how new the newest one is */
void
_natter_outbox_search (NatterOutbox      *self,
                       NatterOutboxPlace *place,
                       NatterOutgoing    *outgoing)
{
  Search *search = g_new0 (Search, 1);

  g_weak_ref_init (&search->outbox, self);
  search->id = outgoing != NULL ? g_strdup (outgoing->stored->id) : NULL;
  search->channel = g_strdup (place->channel);
  search->thread_id = g_strdup (place->thread_id);
  place->busy = TRUE;
  ask (self, search);
}
