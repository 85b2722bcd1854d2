/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-history.h"
#include "natter-search-private.h"

#include <string.h>

/* Servers search no threads. They are short: their newest messages are read, and looked through here. */

#define PAGE      200
#define MAX_PAGES 5

typedef struct
{
  GWeakRef       search;
  GCancellable  *cancellable;
  NatterChannel *thread;
  char          *words; /* folded */
  guint          n_pages;
} Reading;

static void
reading_free (Reading *reading)
{
  g_weak_ref_clear (&reading->search);
  g_object_unref (reading->cancellable);
  g_object_unref (reading->thread);
  g_free (reading->words);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void read_page (Reading    *reading,
                       const char *before_id);

static void
take_page (NatterSearch *self,
           Reading      *reading,
           GPtrArray    *messages)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < messages->len; i++)
    {
      const NatterMessageData *message = messages->pdata[i];
      g_autofree char *folded = g_utf8_casefold (message->content, -1);

      if (strstr (folded, reading->words) != NULL)
        g_ptr_array_add (found, messages->pdata[i]);
    }
  _natter_search_take_found (self, reading->thread, found);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Reading) reading = data;
  g_autoptr(NatterSearch) self = g_weak_ref_get (&reading->search);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  GPtrArray *messages = packet != NULL && packet->kind == NATTER_PACKET_MESSAGES ? packet->history.messages : NULL;

  if (self == NULL || g_cancellable_is_cancelled (reading->cancellable))
    return;
  if (messages == NULL)
    g_debug ("A thread could not be read: %s", error != NULL ? error->message : "no list of messages");
  else
    take_page (self, reading, messages);
  if (messages != NULL && messages->len >= PAGE && ++reading->n_pages < MAX_PAGES)
    {
      const NatterMessageData *first = messages->pdata[0];

      read_page (g_steal_pointer (&reading), first->id);
      return;
    }
  if (self->n_asked > 0)
    self->n_asked--;
  _natter_search_update_loading (self);
}

/* @reading: (transfer full); @before_id: (nullable) */
static void
read_page (Reading    *reading,
           const char *before_id)
{
  NatterServer *server = natter_channel_get_server (reading->thread);

  if (server == NULL)
    {
      reading_free (reading);
      return;
    }
  natter_connection_request_async (natter_server_get_connection (server),
                                   natter_command_thread_messages (natter_channel_get_thread_id (reading->thread), before_id, 0,
                                                                   PAGE),
                                   reading->cancellable, on_page, reading);
}

/* Looks for @words in a thread. Other commands than that for threads would have it count as read. */
void
_natter_search_read_thread (NatterSearch  *self,
                            NatterChannel *thread,
                            const char    *words)
{
  NatterServer *server = natter_channel_get_server (thread);
  Reading *reading;

  if (!natter_history_has_thread_messages (natter_server_get_connection (server)))
    return;
  reading = g_new0 (Reading, 1);
  g_weak_ref_init (&reading->search, self);
  reading->cancellable = g_object_ref (self->cancellable);
  reading->thread = g_object_ref (thread);
  reading->words = g_utf8_casefold (words, -1);
  self->n_asked++;
  read_page (reading, NULL);
}
