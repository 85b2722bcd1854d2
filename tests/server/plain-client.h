/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "natter-test-server.h"
#include "server-json.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A client that believes everything, for tests of the server */
typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *websocket;  /* NULL: connecting failed */
  GQueue packets;                      /* JsonNode: frames that are JSON */
  guint n_frames;
  guint n_odd;                         /* frames that are not */
  gsize largest;
  gboolean closed;
  gushort code;
} PlainClient;

PlainClient *plain_client_new        (TestServer   *server);
void         plain_client_free       (PlainClient  *self);
void         plain_client_send       (PlainClient  *self,
                                      const char   *text);
JsonObject  *plain_client_next       (PlainClient  *self,
                                      const char   *cmd);
JsonObject  *plain_client_ask        (PlainClient  *self,
                                      const char   *cmd,
                                      const char   *members);
JsonObject  *plain_client_sign_in    (PlainClient  *self,
                                      const char   *name);
void         plain_client_wait_close (PlainClient  *self);
gboolean     plain_client_is_quiet   (PlainClient  *self);

JsonNode    *plain_http              (const char   *method,
                                      const char   *url,
                                      const char   *token,
                                      const char   *type,
                                      const char   *body,
                                      guint        *status,
                                      char        **location);
void         plain_control           (TestServer   *server,
                                      const char   *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlainClient, plain_client_free)

G_END_DECLS
