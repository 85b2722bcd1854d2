/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "natter-test-server.h"

#include "rotur.h"
#include "server-commands.h"
#include "server-json.h"
#include "server-rate-limiter.h"
#include "server-socket.h"
#include "server-state.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _TestServer
{
  TestServerOptions options;
  TestServerFaults faults;
  char *url;
  char *control_url;

  SoupServer *chat;
  SoupServer *control;
  Rotur *rotur;
  SoupSession *session;       /* for questions to the Rotur API */
  char *rotur_url;

  TsState *state;
  TsRateLimiter *limiter;     /* NULL when nothing is limited */
  GHashTable *commands;       /* cmd -> const TsCommand * */
  GPtrArray *connections;     /* (element-type TsConnection) */
  GQueue inbox;               /* TsInbound waiting while the server stands still */
  guint frozen;               /* the server stands still while a Rotur check runs */

  guint rotur_wait_ms;        /* how long the Rotur API may take; 0 for what real servers allow */
  char *fixed_validator_key;  /* NULL: a new one for each connection */
  GHashTable *received;       /* cmd -> guint */
  GHashTable *last_received;  /* cmd -> char *, the frame */
  GString *log;               /* one line a packet, without contents */
  GHashTable *voice;          /* channel -> GPtrArray of who is in it */
  GHashTable *voice_places;   /* number of a connection -> char *, the channel that it joined */
  GPtrArray *paused;          /* SoupServerMessage that wait because of half_open */
  guint garbage_position;
  guint burst_source;
  guint restart_source;
  gsize next_connection;
};

void  ts_server_restart        (TestServer        *self,
                                guint              down_ms);
gboolean
      ts_server_listen         (TestServer        *self,
                                GError           **error);
char *ts_server_dup_validator_key
                               (TestServer        *self);
char *ts_server_dup_public_url (TestServer        *self);

/* server-http.c, server-uploads.c, server-webhooks.c, server-control.c */
void  ts_http_attach           (TestServer        *self);
void  ts_http_answer_json      (SoupServerMessage *message,
                                guint              status,
                                JsonObject        *body);
void  ts_http_answer_error     (SoupServerMessage *message,
                                guint              status,
                                const char        *text);
void  ts_http_answer_text      (SoupServerMessage *message,
                                guint              status,
                                const char        *type,
                                const char        *text);
void  ts_upload                (TestServer        *self,
                                SoupServerMessage *message);
void  ts_webhook_post          (TestServer        *self,
                                SoupServerMessage *message,
                                GHashTable        *query);
void  ts_control_attach        (TestServer        *self);
void  ts_control_http          (TestServer        *self,
                                SoupServerMessage *message);

/* server-handshake.c */
JsonObject *ts_handshake_packet (TestServer       *self,
                                 TsConnection     *connection);

/* server-garbage.c */
void  ts_garbage_send          (TestServer        *self,
                                TsConnection      *connection);

/* server-generate.c */
void  ts_generate_messages     (TestServer        *self,
                                const char        *channel,
                                guint              count);
void  ts_generate_users        (TestServer        *self,
                                guint              count);

/* server-seed.c */
gboolean
      ts_seed_load             (TestServer        *self,
                                GError           **error);
void  ts_seed_add_user         (TsState           *state,
                                JsonObject        *data,
                                const char        *avatars);

/* server-picture.c */
GBytes *ts_picture             (const char        *name,
                                guint              width,
                                guint              height);
GBytes *ts_picture_scene       (const char        *name,
                                guint              width,
                                guint              height);
gboolean
      ts_picture_measure       (GBytes            *bytes,
                                guint             *width,
                                guint             *height);

G_END_DECLS
