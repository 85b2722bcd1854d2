/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "natter-address.h"

G_BEGIN_DECLS

/**
 * ChatPeer:
 * @socket: the WebSocket that was opened last
 * @received: every text that came, in order
 * @n_opened: sockets opened so far
 * @greet: whether a socket gets a handshake by itself
 * @admit: whether `login` is answered with success
 * @answer: whether each command with a `listener` is answered by itself
 *
 * The other end of a connection, for tests of what no proper server does: a test says what it sends and when. It
 * listens on a free port of loopback.
 */
typedef struct
{
  SoupServer              *server;
  guint16                  port;
  SoupWebsocketConnection *socket;
  GPtrArray               *received;
  guint                    n_opened;
  const char              *greeting;
  gboolean                 greet;
  gboolean                 admit;
  gboolean                 answer;
} ChatPeer;

ChatPeer      *chat_peer_new         (GTlsCertificate *certificate);
void           chat_peer_free        (ChatPeer        *self);
void           chat_peer_listen      (ChatPeer        *self);
void           chat_peer_stop        (ChatPeer        *self);
NatterAddress *chat_peer_get_address (ChatPeer        *self);
void           chat_peer_send        (ChatPeer        *self,
                                      const char      *text);
void           chat_peer_send_raw    (ChatPeer        *self,
                                      const void      *data,
                                      gsize            length);
void           chat_peer_drop        (ChatPeer        *self);
guint          chat_peer_count       (ChatPeer        *self,
                                      const char      *part);
const char    *chat_peer_find        (ChatPeer        *self,
                                      const char      *part);
void           chat_peer_reply       (ChatPeer        *self,
                                      const char      *question,
                                      const char      *members);

#define CHAT_PEER_HANDSHAKE                                                                      \
  "{\"cmd\":\"handshake\",\"val\":{\"server\":{\"name\":\"Lantern Street\"},\"limits\":"         \
  "{\"post_content\":2000},\"version\":\"1.1.0\",\"validator_key\":\"originChats-abcdefgh\","    \
  "\"capabilities\":[\"message_new\"],\"permissions\":[],\"auth_mode\":\"cracked\"}}"
#define CHAT_PEER_NEW_HANDSHAKE                                                                  \
  "{\"cmd\":\"handshake\",\"val\":{\"server\":{\"name\":\"Lantern Street\"},\"version\":"        \
  "\"1.1.0\",\"server_time\":1795374552.5,\"capabilities\":[\"capabilities\"],"                  \
  "\"auth_mode\":\"cracked\"}}"
#define CHAT_PEER_SUCCESS "{\"cmd\":\"auth_success\",\"val\":\"Authentication successful\"}"
#define CHAT_PEER_READY                                                                          \
  "{\"cmd\":\"ready\",\"user\":{\"username\":\"USR:local_wren\",\"nickname\":\"wren\","          \
  "\"roles\":[\"user\"]},\"validator\":\"x\"}"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatPeer, chat_peer_free)

G_END_DECLS
