/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "natter-test-server.h"

G_BEGIN_DECLS

/* Plays recordings against a test server, one after the other on the same server */
typedef struct _ReplayPlayer ReplayPlayer;

ReplayPlayer *replay_player_new  (TestServer   *server);
void          replay_player_free (ReplayPlayer *self);
void          replay_player_play (ReplayPlayer *self,
                                  const char   *path,
                                  gboolean      server_dies,
                                  GPtrArray    *differences);
void          replay_player_invite
                                 (ReplayPlayer *self,
                                  const char   *name,
                                  guint         until_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplayPlayer, replay_player_free)

G_END_DECLS
