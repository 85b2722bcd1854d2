/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "replay-player.h"

#include "replay-match.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* How long something that must come may take, in milliseconds */
#define REPLAY_PATIENCE_MS 1500

/* One person's socket, or one party that speaks HTTP */
typedef struct
{
  char *name;
  SoupWebsocketConnection *websocket;
  GQueue received;      /* JsonNode */
  char *key;            /* the validator key that our server gave */
  JsonNode *overtaken;  /* unowned: what was complained of already, for coming too early */
  gboolean closed;
  gushort code;
} ReplayParty;

struct _ReplayPlayer
{
  TestServer *server;
  SoupSession *session;
  ReplayMatch *match;
  GHashTable *parties;
  char *chat;           /* "127.0.0.1:PORT" */
  char *rotur;

  /* while playing */
  const char *file;
  guint line;
  gboolean server_dies;
  gboolean server_dead;
  GPtrArray *differences;
  char *note;
  ReplayParty *guest;   /* connected during the recording, and not recorded */
  guint guest_until;
};

/* replay-player.c */
void      replay_player_complain         (ReplayPlayer *self,
                                          const char   *party,
                                          const char   *text);
void      replay_player_compare          (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          const char   *what,
                                          JsonNode     *recorded,
                                          JsonNode     *actual);

/* replay-party.c */
void      replay_settle                  (void);
void      replay_party_free              (ReplayParty  *party);
gboolean  replay_party_connect           (ReplayPlayer *self,
                                          ReplayParty  *party);
gboolean  replay_party_wait_for_more     (ReplayParty  *party,
                                          guint         known);
void      replay_party_wait_for_close    (ReplayParty  *party);
void      replay_party_report_leftovers  (ReplayPlayer *self,
                                          ReplayParty  *party);
void      replay_party_close             (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          gushort       code);
void      replay_party_abort             (ReplayPlayer *self,
                                          ReplayParty  *party);
JsonNode *replay_party_take_like         (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          JsonObject   *recorded);

/* replay-http.c */
char     *replay_http_renew_validator    (ReplayPlayer *self,
                                          const char   *recorded,
                                          const char   *key);
void      replay_http_send               (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          JsonObject   *request);
void      replay_http_expect             (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          JsonObject   *recorded);
void      replay_http_play_raw           (ReplayPlayer *self,
                                          ReplayParty  *party,
                                          JsonObject   *packet);

G_END_DECLS
