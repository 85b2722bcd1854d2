/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "natter-test-server.h"
#include "server-json.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One client. Counted, since a command may end the connection that it came on. */
typedef struct
{
  TestServer *server;
  gsize number;
  SoupWebsocketConnection *websocket;  /* NULL: a stand-in through which the control interface acts */
  GSocket *socket;
  char *validator_key;
  gboolean gone;

  char *user_id;        /* NULL until signed in */
  char *username;       /* this and the roles as they were at sign-in; so the real server keeps them, too */
  GPtrArray *roles;
  gboolean invisible;
  gboolean server_side_embeds;
  GPtrArray *slash;     /* JsonObject: commands that this bot registered */

  guint heartbeat;
  guint packets;
  guint drop_after;
  GQueue outbox;        /* TsOutbound held back by latency or a half-open link */
  guint outbox_source;
  int parked_fd;        /* the real socket while the link is half-open, else -1 */
  int hole_fd;
  GPtrArray *collected; /* (element-type JsonObject): what the stand-in got */
} TsConnection;

TsConnection *ts_connection_new       (TestServer              *server,
                                       SoupWebsocketConnection *websocket,
                                       GSocket                 *socket);
TsConnection *ts_connection_new_actor (TestServer              *server,
                                       const char              *user_id);
TsConnection *ts_connection_ref       (TsConnection            *self);
void          ts_connection_unref     (TsConnection            *self);

void          ts_connection_send      (TsConnection            *self,
                                       JsonObject              *packet);
void          ts_connection_send_text (TsConnection            *self,
                                       const char              *text);
void          ts_connection_send_raw  (TsConnection            *self,
                                       SoupWebsocketDataType    type,
                                       GBytes                  *frame);
void          ts_connection_close     (TsConnection            *self,
                                       gushort                  code,
                                       const char              *reason);
void          ts_connection_expel     (TsConnection            *self);
void          ts_connection_drop      (TsConnection            *self);
void          ts_connection_set_silent
                                      (TsConnection            *self,
                                       gboolean                 silent);
void          ts_connection_flush     (TsConnection            *self);

/* Whose sending is to all but @except; NULL excludes nobody. Takes @packet. */
void          ts_broadcast            (TestServer              *server,
                                       JsonObject              *packet,
                                       const char              *channel,
                                       TsConnection            *except);
void          ts_send_to_user         (TestServer              *server,
                                       const char              *user_id,
                                       JsonObject              *packet);
gboolean      ts_is_online            (TestServer              *server,
                                       const char              *username,
                                       TsConnection            *except);
guint         ts_count_connections_of (TestServer              *server,
                                       const char              *user_id);

/* server-session.c */
void          ts_session_command      (TsConnection            *connection,
                                       JsonObject              *request);
void          ts_session_gone         (TsConnection            *connection);
void          ts_session_check        (TestServer              *server,
                                       const char              *key,
                                       const char              *validator,
                                       guint                    seconds,
                                       GAsyncReadyCallback      callback,
                                       gpointer                 user_data);
JsonObject   *ts_session_check_finish (GAsyncResult            *result,
                                       GError                 **error);
void          ts_server_thaw          (TestServer              *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsConnection, ts_connection_unref)

G_END_DECLS
