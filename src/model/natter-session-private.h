/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-session.h"
#include "natter-store.h"

G_BEGIN_DECLS

/* Three files: natter-session.c is the object, natter-session-lists.c reads and keeps the lists, natter-session-join.c signs
 * in to a server for the first time, or again. */
struct _NatterSession
{
  GObject        parent_instance;

  NatterProfile *profile;
  NatterSecrets *secrets;
  NatterRotur   *rotur;
  NatterStore   *store;
  GListStore    *servers;
  GListStore    *accounts;
  guint          loaded : 1;
};

/* natter-session.c */
NatterStore   *_natter_session_get_store           (NatterSession           *self);
void           _natter_session_set_loaded          (NatterSession           *self);

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
void           _natter_session_forget_server       (NatterSession           *self,
                                                    NatterServer            *server);

G_END_DECLS
