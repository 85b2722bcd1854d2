/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-cache.h"
#include "natter-channel.h"
#include "natter-session.h"
#include "natter-store.h"
#include "natter-wake.h"

G_BEGIN_DECLS

/* Nine files: natter-session.c is the object, natter-session-lists.c reads and keeps the lists, natter-session-restore.c
 * makes servers what they last were and connects to them, natter-session-order.c puts
 * them in order, natter-session-join.c signs in to a server for the first time, or again, natter-session-link.c finds what
 * a link is about, natter-session-unread.c what is to be read, natter-session-leave.c takes servers out of it, natter-session-accounts.c adds and removes
 * accounts. */
struct _NatterSession
{
  GObject        parent_instance;

  NatterProfile *profile;
  NatterSecrets *secrets;
  NatterRotur   *rotur;
  NatterStore   *store;
  NatterWake    *wake; /* from when the session is loaded */
  NatterCache   *cache;
  GListStore    *servers;
  GListStore    *accounts;
  GListStore    *folders;
  NatterVisits  *visits;
  NatterCredentials *credentials;
  GHashTable    *blocks_asked; /* ids of the accounts whose list of blocked people was fetched */
  GPtrArray     *removed; /* Removed, of the servers that may come back */
  char          *first_server; /* id of the server that is shown at first, NULL: any */
  GQueue        *to_restore;   /* NatterServer, that are to be read yet; NULL: none */
  GQueue        *to_connect;   /* NatterServer, whose turn is yet to come; NULL: none */
  guint          connect_source;
  NatterRemoteMedia remote_media;
  guint          skin_tone;
  guint          loaded : 1;
  guint          closed : 1;
  guint          restored : 1;
  guint          send_typing : 1;
  guint          send_read_marks : 1;
};

/* natter-session.c */
void           _natter_session_act_failed   (NatterSession *self,
                                             NatterChannel *channel,
                                             const char    *message_id,
                                             NatterAct      act,
                                             const GError  *error);
void           _natter_session_follow_wake         (NatterSession           *self,
                                                    NatterWake              *wake);
NatterStore   *_natter_session_get_store           (NatterSession           *self);
NatterCache   *_natter_session_get_cache           (NatterSession           *self);
void           _natter_session_set_loaded          (NatterSession           *self);
void           _natter_session_set_restored        (NatterSession           *self);

/* natter-session-restore.c */
void           _natter_session_restore             (NatterSession           *self,
                                                    GTask                   *task);
void           _natter_session_stop_connecting     (NatterSession           *self);
void           _natter_session_stop_restoring      (NatterSession           *self);

/* natter-session-lists.c */
void           _natter_session_add_stored          (NatterSession           *self,
                                                    const NatterStoredLists *lists);
NatterAccount *_natter_session_find_server_account (NatterSession           *self,
                                                    const char              *name,
                                                    const char              *server);
NatterAccount *_natter_session_find_rotur_account  (NatterSession           *self,
                                                    const char              *rotur_id,
                                                    const char              *name);
void           _natter_session_keep                (NatterSession           *self,
                                                    NatterServer            *server,
                                                    NatterAccount           *account);
void           _natter_session_keep_account        (NatterSession           *self,
                                                    NatterAccount           *account);
void           _natter_session_forget_account      (NatterSession           *self,
                                                    NatterAccount           *account);
void           _natter_session_take_out            (NatterSession           *self,
                                                    NatterServer            *server);
void           _natter_session_put_back            (NatterSession           *self,
                                                    NatterServer            *server,
                                                    guint                    position);

/* natter-session-leave.c */
void           _natter_session_forget_removed      (NatterSession           *self);

/* natter-session-order.c */
void           _natter_session_add_folder          (NatterSession           *self,
                                                    NatterGroup             *folder);
void           _natter_session_tidy                (NatterSession           *self);
void           _natter_session_find_twins          (NatterSession           *self);
void           _natter_session_sum_folders         (NatterSession           *self);
void           _natter_session_save_order          (NatterSession           *self);

/* natter-session-blocks.c */
void           _natter_session_fetch_blocked       (NatterSession           *self,
                                                    NatterAccount           *account);

/* natter-session-accounts.c */
void           _natter_session_describe_account    (NatterSession           *self,
                                                    NatterAccount           *account,
                                                    NatterRoturIdentity     *identity,
                                                    gboolean                 is_renewed);

G_END_DECLS
