/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message.h"
#include "natter-outbox.h"
#include "natter-server.h"
#include "natter-store-outbox.h"

G_BEGIN_DECLS

/* Three files: natter-outbox.c is what waits and how it is kept and shown, natter-outbox-send.c gives it to the
 * connection, natter-outbox-search.c finds out what became of it when no answer came. */

typedef struct
{
  NatterStoredOutgoing *stored;
  NatterMessage        *message;  /* NULL while its channel is not known */
  guint                 n_unanswered;
  guint                 kept : 1; /* on disk */
  guint                 asked : 1; /* a connection has it, and its answer may still come */
} NatterOutgoing;

/* A channel or a thread. One message of it is on its way at a time, so that they arrive in order. */
typedef struct
{
  char       *channel; /* one of the two */
  char       *thread_id;
  GHashTable *others;  /* ids of messages of this person that came from elsewhere */
  gint64      newest;  /* time of the newest message, µs since 1970 by the server's clock */
  guint       fresh : 1; /* @newest is of this connection */
  guint       busy : 1;  /* something is on its way */
} NatterOutboxPlace;

struct _NatterOutbox
{
  GObject       parent_instance;

  NatterServer *server; /* weak: it holds the outbox */
  NatterStore  *store;  /* NULL: nothing is kept */
  GPtrArray    *outgoing; /* NatterOutgoing, in the order of sending */
  GPtrArray    *places;   /* NatterOutboxPlace */
  GCancellable *cancellable;
  guint         n_pending;
  guint         n_failed;
  guint         settle_ms;
  guint         resume_source;
  guint         loaded : 1;
};

/* natter-outbox.c */
NatterOutbox      *_natter_outbox_new          (NatterServer            *server,
                                                NatterStore             *store);
NatterMessage     *_natter_outbox_add          (NatterOutbox            *self,
                                                NatterChannel           *channel,
                                                const char              *text,
                                                const char              *reply_to,
                                                gboolean                 reply_pings,
                                                GPtrArray               *attachments,
                                                gboolean                 from_draft);
void               _natter_outbox_retry        (NatterOutbox            *self,
                                                NatterMessage           *message);
void               _natter_outbox_discard      (NatterOutbox            *self,
                                                NatterMessage           *message);
void               _natter_outbox_adopt        (NatterOutbox            *self,
                                                NatterOutbox            *from);
void               _natter_outbox_show         (NatterOutbox            *self,
                                                NatterChannel           *channel);
void               _natter_outbox_mark         (NatterOutbox            *self,
                                                NatterOutgoing          *outgoing,
                                                NatterOutgoingState      state,
                                                const GError            *error);
NatterMessage     *_natter_outbox_take         (NatterOutbox            *self,
                                                NatterOutgoing          *outgoing,
                                                const NatterMessageData *data);
NatterOutgoing    *_natter_outbox_find         (NatterOutbox            *self,
                                                const char              *id);
NatterOutboxPlace *_natter_outbox_get_place    (NatterOutbox            *self,
                                                const char              *channel,
                                                const char              *thread_id);
gboolean           _natter_outbox_is_in        (const NatterOutgoing    *outgoing,
                                                const NatterOutboxPlace *place);

/* natter-outbox-send.c */
void               _natter_outbox_pump         (NatterOutbox            *self,
                                                NatterOutboxPlace       *place);
void               _natter_outbox_pump_all     (NatterOutbox            *self);
void               _natter_outbox_resume_later (NatterOutbox            *self);
void               _natter_outbox_went_offline (NatterOutbox            *self);
void               _natter_outbox_came_back    (NatterOutbox            *self);
void               _natter_outbox_confirm      (NatterOutbox            *self,
                                                NatterOutgoing          *outgoing,
                                                const NatterMessageData *data);
gboolean           _natter_outbox_hear         (NatterOutbox            *self,
                                                const char              *channel,
                                                const char              *thread_id,
                                                const NatterMessageData *data,
                                                gboolean                 is_answer);
NatterMessage     *_natter_outbox_claim        (NatterOutbox            *self,
                                                const char              *channel,
                                                const char              *thread_id,
                                                const NatterMessageData *data);

/* natter-outbox-search.c */
gboolean           _natter_outbox_may_be       (NatterOutbox            *self,
                                                const NatterOutgoing    *outgoing,
                                                const NatterMessageData *data);
void               _natter_outbox_search       (NatterOutbox            *self,
                                                NatterOutboxPlace       *place,
                                                NatterOutgoing          *outgoing);

G_END_DECLS
