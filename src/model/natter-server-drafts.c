/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-draft"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"

/* Drafts outlive the objects of channels, which come and go with what the server says. */

static void
on_empty (NatterServer *self,
          GParamSpec   *pspec,
          NatterDraft  *draft)
{
  NatterChannel *channel = NULL;

  if (_natter_draft_get_channel (draft) != NULL && natter_draft_get_edited_id (draft) == NULL)
    channel = natter_server_lookup_channel (self, _natter_draft_get_channel (draft));
  if (channel != NULL)
    _natter_channel_draft_changed (channel);
}

/* @key: (transfer full) */
static void
add (NatterServer *self,
     char         *key,
     NatterDraft  *draft)
{
  g_signal_connect_object (draft, "notify::empty", G_CALLBACK (on_empty), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->drafts, key, draft);
}

/* (nullable): the draft, if there is one */
NatterDraft *
_natter_server_lookup_draft (NatterServer *self,
                             const char   *channel,
                             const char   *thread_id,
                             const char   *edited_id)
{
  g_autofree char *key = _natter_server_make_key ("draft", channel, thread_id, edited_id);

  return g_hash_table_lookup (self->drafts, key);
}

/* The draft for a channel or a thread, or for a change of a message there; made unless there. */
NatterDraft *
_natter_server_get_draft (NatterServer *self,
                          const char   *channel,
                          const char   *thread_id,
                          const char   *edited_id)
{
  NatterDraft *draft = _natter_server_lookup_draft (self, channel, thread_id, edited_id);

  if (draft == NULL)
    {
      draft = _natter_draft_new (self->session != NULL ? _natter_session_get_store (self->session) : NULL, self->id,
                                 thread_id == NULL ? channel : NULL, thread_id, edited_id);
      add (self, _natter_server_make_key ("draft", channel, thread_id, edited_id), draft);
    }
  return draft;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GWeakRef *ref = data;
  g_autoptr(NatterServer) self = g_weak_ref_get (ref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = natter_store_load_drafts_finish (NATTER_STORE (source), result, &error);

  g_weak_ref_clear (ref);
  g_free (ref);
  if (rows == NULL)
    g_message ("Drafts can't be read: %s", error->message);
  for (guint i = 0; self != NULL && rows != NULL && i < rows->len; i++)
    {
      const NatterStoredDraft *row = rows->pdata[i];

      if (row->channel != NULL || row->thread_id != NULL)
        _natter_draft_restore (_natter_server_get_draft (self, row->channel, row->thread_id, row->edited_id), row);
    }
}

/* Reads what was being written the last time. */
void
_natter_server_load_drafts (NatterServer *self)
{
  NatterStore *store = self->session != NULL ? _natter_session_get_store (self->session) : NULL;
  GWeakRef *ref;

  if (store == NULL)
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  natter_store_load_drafts_async (store, self->id, NULL, on_loaded, ref);
}

/* Keeps at once what was written. */
void
_natter_server_flush_drafts (NatterServer *self)
{
  GHashTableIter iter;
  gpointer draft;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    natter_draft_flush (draft);
}

/* Takes over what is being written in another entry of the same server and identity. */
void
_natter_server_adopt_drafts (NatterServer *self,
                             NatterServer *from)
{
  GHashTableIter iter;
  gpointer key, draft;

  g_hash_table_iter_init (&iter, from->drafts);
  while (g_hash_table_iter_next (&iter, &key, &draft))
    {
      NatterDraft *held = g_hash_table_lookup (self->drafts, key);

      if (held != NULL && !natter_draft_get_empty (held))
        continue;
      g_hash_table_iter_steal (&iter);
      g_signal_handlers_disconnect_by_data (draft, from);
      _natter_draft_move (draft, self->session != NULL ? _natter_session_get_store (self->session) : NULL, self->id);
      add (self, key, draft);
    }
}
