/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-group.h"
#include "natter-outbox-private.h"
#include "natter-cache.h"
#include "natter-poll.h"
#include "natter-roster.h"
#include "natter-pending-act.h"
#include "natter-server.h"

G_BEGIN_DECLS

/* Its files: natter-server.c is the object, natter-server-packets.c takes what comes, natter-server-cache.c keeps it and
 * brings it back at the start, natter-server-channels.c keeps the list of channels,
 * natter-server-threads.c what is in forums, natter-server-settings.c is what the
 * person has set, natter-server-sign-in.c signs in after each connecting, natter-server-drafts.c has what is being
 * written, natter-server-acts.c what was done with messages and is not answered, natter-server-slash.c the slash commands,
 * natter-server-status.c what one is for others. */
struct _NatterServer
{
  GObject           parent_instance;

  char             *id;
  NatterAddress    *address;
  NatterSession    *session; /* weak: it holds the server */
  NatterConnection *connection;
  NatterAccount    *account;
  NatterHandshake  *handshake;
  NatterMember     *me;
  NatterRoster     *roster;
  GHashTable       *emoji_names; /* id -> name; NULL until they are known */
  GHashTable       *emoji_ids;   /* folded name -> id */
  GListStore       *emojis;      /* of NatterCandidate, by name */
  NatterOutbox     *outbox;
  GListStore       *channels;
  GHashTable       *sections; /* title -> NatterGroup */
  GHashTable       *settings; /* key and place -> value */
  NatterGroup      *group;    /* the folder */
  GHashTable       *drafts;  /* key -> NatterDraft */
  GHashTable       *acts;    /* key -> NatterPendingAct */
  GHashTable       *by_name; /* name -> NatterChannel, both owned by the list */
  GHashTable       *threads; /* id -> NatterChannel */
  GHashTable       *newest;  /* place -> id of the message after which the next live one comes */
  NatterPacket     *said;    /* the last handshake, to be kept when one has signed in; NULL before there is one */
  GCancellable     *sign_in; /* of the sign-in that is going on */
  GError           *sign_in_error;
  char             *name;
  char             *icon;
  char             *last_channel;
  GListStore       *commands; /* of NatterSlashCommand */
  GHashTable       *polls;   /* id of the message -> NatterPoll, which takes itself out when it goes */
  guint             mentions;
  guint             sign_in_source;
  guint             refetch_source;
  guint             mute_source;
  guint             resume_source; /* what was not answered is sent again */
  guint             names_source; /* what names stand for has changed, and is shown soon */
  guint             unread : 1;
  guint             was_ready : 1;
  guint             has_entered : 1; /* ever: what was kept is old */
  guint             muted : 1;
  guint             has_twin : 1;
  guint             leaving : 1;
  guint             commands_asked : 1; /* on this connection */
  guint             sign_in_tried : 1; /* since the connection was made */
  guint             refetch_channels : 1;
  guint             refetch_users : 1;
  guint             refetch_unreads : 1;
  guint             setting_channels : 1; /* and with them the threads */
};

/* natter-server.c */
void _natter_server_set_name          (NatterServer       *self,
                                       const char         *name);
void _natter_server_set_icon          (NatterServer       *self,
                                       const char         *icon);
void _natter_server_set_me            (NatterServer       *self,
                                       NatterMember       *me);
void _natter_server_set_sign_in_error (NatterServer       *self,
                                       const GError       *error);
void _natter_server_set_counts        (NatterServer       *self,
                                       gboolean            unread,
                                       guint               mentions);
void _natter_server_refresh_blocks    (NatterServer       *self);
gboolean
     _natter_server_is_ready          (NatterServer       *self);
char *
     _natter_server_make_key          (const char         *kind,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *message_id);
void _natter_server_wake              (NatterServer       *self);

void _natter_server_set_group         (NatterServer       *self,
                                       NatterGroup        *folder);
void _natter_server_set_has_twin      (NatterServer       *self,
                                       gboolean            has_twin);
void _natter_server_refresh_muted     (NatterServer       *self);
void _natter_server_watch_poll        (NatterServer       *self,
                                       const char         *message_id,
                                       NatterPoll         *poll);
void _natter_server_forget_poll       (NatterServer       *self,
                                       const char         *message_id,
                                       NatterPoll         *poll);

/* natter-server-settings.c */
NatterNotifyLevel _natter_server_get_level       (NatterServer      *self,
                                                  const char        *place);
void              _natter_server_set_level       (NatterServer      *self,
                                                  const char        *place,
                                                  NatterNotifyLevel  level);
gint64            _natter_server_get_muted_until (NatterServer      *self,
                                                  const char        *place);
void              _natter_server_set_muted_until (NatterServer      *self,
                                                  const char        *place,
                                                  gint64             until);
void              _natter_server_refresh_mutes   (NatterServer      *self);
void              _natter_server_copy_settings   (NatterServer      *self,
                                                  NatterServer      *other);
NatterGroup      *_natter_server_intern_section  (NatterServer      *self,
                                                  const char        *title);

/* natter-server-packets.c */
void _natter_server_packet            (NatterServer       *self,
                                       NatterPacket       *packet);
void _natter_server_take_packet       (NatterServer       *self,
                                       NatterPacket       *packet);
gboolean
     _natter_server_wind_up           (NatterServer       *self);
gboolean
     _natter_server_may_send_typing   (NatterServer       *self);
void _natter_server_tell_arrival      (NatterServer       *self,
                                       NatterChannel      *channel,
                                       const NatterMessageData *data,
                                       gboolean            for_me);
void _natter_server_fetch             (NatterServer       *self,
                                       NatterCommand      *command);
void _natter_server_fetch_all         (NatterServer       *self);

/* natter-server-status.c */
void _natter_server_send_status       (NatterServer       *self);

/* natter-server-cache.c */
NatterCache *
     _natter_server_get_cache         (NatterServer       *self);
NatterCachePlace
     _natter_server_get_place         (NatterServer       *self,
                                       const char         *channel,
                                       const char         *thread_id);
void _natter_server_set_newest        (NatterServer       *self,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *id);
void _natter_server_lose_newest       (NatterServer       *self);
void _natter_server_keep_packet       (NatterServer       *self,
                                       NatterPacket       *packet);
void _natter_server_keep_entry        (NatterServer       *self);
void _natter_server_keep_reading      (NatterServer       *self,
                                       NatterChannel      *channel);
void _natter_server_restore           (NatterServer       *self,
                                       const NatterCachedServer *kept);

/* natter-server-acts.c */
GHashTable *
     _natter_server_new_acts          (void);
void _natter_server_load_acts         (NatterServer       *self);
void _natter_server_adopt_acts        (NatterServer       *self,
                                       NatterServer       *from);
gboolean
     _natter_server_send_acts         (NatterServer       *self,
                                       gboolean            also_undoable);
void _natter_server_acts_wait         (NatterServer       *self,
                                       gboolean            wait);
NatterPendingAct *
     _natter_server_lookup_act        (NatterServer       *self,
                                       NatterAct           act,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *id);
gboolean
     _natter_server_is_deleting       (NatterServer       *self,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *id);

/* natter-server-emojis.c */
void _natter_server_set_emojis        (NatterServer       *self,
                                       GPtrArray          *emojis);

/* natter-server-media.c */
#define NATTER_SERVER_REMOTE_MEDIA "remote-media"
void _natter_server_remote_media_changed (NatterServer    *self);

/* natter-mention.c */
void _natter_server_names_changed     (NatterServer       *self);

/* natter-server-channels.c */
void _natter_server_set_channels      (NatterServer       *self,
                                       GPtrArray          *channels);
void _natter_server_remove_channel    (NatterServer       *self,
                                       const char         *name);
void _natter_server_sum_unread        (NatterServer       *self);

void _natter_server_replace_channels  (NatterServer       *self,
                                       GPtrArray          *channels);

/* natter-server-threads.c */
void _natter_server_set_threads       (NatterServer       *self,
                                       NatterChannel      *forum,
                                       GPtrArray          *threads);
void _natter_server_drop_threads      (NatterServer       *self);
void _natter_server_append_threads    (NatterServer       *self,
                                       NatterChannel      *forum,
                                       GPtrArray          *channels);
void _natter_server_place_threads     (NatterServer       *self);
void _natter_server_count_thread      (NatterServer       *self,
                                       NatterChannel      *thread);
void _natter_server_count_threads     (NatterServer       *self);
NatterChannel *
     _natter_server_meet_thread       (NatterServer       *self,
                                       const char         *channel,
                                       const char         *id);
void _natter_server_take_thread       (NatterServer       *self,
                                       NatterPacket       *packet);
void _natter_server_take_threads      (NatterServer       *self,
                                       NatterPacket       *packet);

/* natter-server-sign-in.c */
void _natter_server_sign_in_if_due    (NatterServer       *self);
void _natter_server_stop_sign_in      (NatterServer       *self);

/* natter-server-slash.c */
void _natter_server_take_commands     (NatterServer       *self,
                                       NatterPacket       *packet,
                                       gboolean            is_all);
void _natter_server_drop_commands     (NatterServer       *self,
                                       char              **names);

/* natter-server-drafts.c */
NatterDraft *
     _natter_server_lookup_draft      (NatterServer       *self,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *edited_id);
NatterDraft *
     _natter_server_get_draft         (NatterServer       *self,
                                       const char         *channel,
                                       const char         *thread_id,
                                       const char         *edited_id);
void _natter_server_finish_task       (GObject            *source,
                                       GAsyncResult       *result,
                                       gpointer            data);
void _natter_server_load_drafts       (NatterServer       *self);
void _natter_server_flush_drafts      (NatterServer       *self);
void _natter_server_adopt_drafts      (NatterServer       *self,
                                       NatterServer       *from);

G_END_DECLS
