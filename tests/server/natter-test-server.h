/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestServerAuth:
 * @TEST_SERVER_AUTH_CRACKED: Rotur accounts and accounts of this server
 * @TEST_SERVER_AUTH_CRACKED_ONLY: only accounts of this server
 * @TEST_SERVER_AUTH_ROTUR: only Rotur accounts
 *
 * The `auth_mode` of the handshake.
 */
typedef enum
{
  TEST_SERVER_AUTH_CRACKED,
  TEST_SERVER_AUTH_CRACKED_ONLY,
  TEST_SERVER_AUTH_ROTUR,
} TestServerAuth;

/**
 * TestServerGeneration:
 * @TEST_SERVER_GENERATION_OLD: the server of April 2026, as recorded
 * @TEST_SERVER_GENERATION_NEW: what clients of autumn 2026 expect of newer servers
 */
typedef enum
{
  TEST_SERVER_GENERATION_OLD,
  TEST_SERVER_GENERATION_NEW,
} TestServerGeneration;

/**
 * TestServerRefusal:
 * @TEST_SERVER_REFUSE_NOTHING: connections are accepted
 * @TEST_SERVER_REFUSE_CONNECT: nothing listens on the port
 * @TEST_SERVER_REFUSE_CLOSE: accepted, then closed at once without a byte
 * @TEST_SERVER_REFUSE_HTTP: every request, also an upgrade, is answered with 503
 */
typedef enum
{
  TEST_SERVER_REFUSE_NOTHING,
  TEST_SERVER_REFUSE_CONNECT,
  TEST_SERVER_REFUSE_CLOSE,
  TEST_SERVER_REFUSE_HTTP,
} TestServerRefusal;

/**
 * TestServerFaults:
 * @latency_ms: delay of each packet and HTTP answer of the chat server, in ms
 * @drop_after: connections made from now on end without a close frame after
 *   this many packets in both directions together; 0 never
 * @garbage: number of hostile or unknown packets to put in before each proper
 *   one, 0 for none; they are taken in turn from a fixed list
 * @oversize: size in bytes of one frame that each connection gets right after
 *   signing in; 0 for none
 * @half_open: no connection is read from or written to, none is closed
 * @refuse: what happens to new connections
 *
 * Faults of the chat server. All zero means a healthy server.
 */
typedef struct
{
  guint latency_ms;
  guint drop_after;
  guint garbage;
  gsize oversize;
  gboolean half_open;
  TestServerRefusal refuse;
} TestServerFaults;

/**
 * TestServerOptions:
 * @port: port of the chat server; 0 takes a free one
 * @rotur_port: port of the Rotur stand-in; 0 takes a free one
 * @control_port: port of the control interface; 0 takes a free one
 * @auth: which accounts may sign in
 * @generation: how new the server pretends to be
 * @seed_file: (nullable): a JSON file with the community, see README.md; %NULL
 *   for a small built-in one: text channels `general` and `random`, people
 *   `wren` (owner), `ada_k` (admin), `bruno` (moderator), `cleo`, `dmitri`,
 *   `esme` and `faro`, each with the password `NAME-pass`, and the Rotur
 *   accounts `pavel`, `mika` and `Juno` with the main tokens `tok-pavel`, …
 * @rotur_url: (nullable): base address of the Rotur API that the chat server asks about
 *   validators; %NULL for the own stand-in
 * @tls_certificate: (nullable): PEM file with certificate and key; the chat server then speaks TLS only
 * @messages: fill the channel `archive` with this many messages
 * @users: add people until there are this many
 * @rate_limit: whether the limits of 60 a minute and 10 in 10 s hold
 * @closed_registration: whether `register` is refused
 * @welcome: whether a message greets people when they come for the first time
 * @heartbeat_ms: time between `ping` packets; 0 for the 30 s of real servers
 * @faults: faults from the start
 *
 * Zero everything and set what the test is about.
 */
typedef struct
{
  guint16 port;
  guint16 rotur_port;
  guint16 control_port;
  TestServerAuth auth;
  TestServerGeneration generation;
  const char *seed_file;
  const char *rotur_url;
  const char *tls_certificate;
  guint messages;
  guint users;
  gboolean rate_limit;
  gboolean closed_registration;
  gboolean welcome;
  guint heartbeat_ms;
  TestServerFaults faults;
} TestServerOptions;

/**
 * TestServer:
 *
 * An OriginChats server and a stand-in for the Rotur API on loopback, run by
 * the main context that was the thread's default when it was started. Not
 * thread-safe. What happens in it is real state: a message that was sent is in
 * the history that the next client reads.
 */
typedef struct _TestServer TestServer;

TestServer  *test_server_new               (const TestServerOptions  *options);
void         test_server_free              (TestServer               *self);

gboolean     test_server_start             (TestServer               *self,
                                            GError                  **error);
void         test_server_stop              (TestServer               *self);

guint16      test_server_get_port          (TestServer               *self);
const char  *test_server_get_url           (TestServer               *self);
const char  *test_server_get_rotur_url     (TestServer               *self);
const char  *test_server_get_control_url   (TestServer               *self);

void         test_server_set_faults        (TestServer               *self,
                                            const TestServerFaults   *faults);
const TestServerFaults *
             test_server_get_faults        (TestServer               *self);

guint        test_server_count_connections (TestServer               *self);
guint        test_server_count_signed_in   (TestServer               *self);
guint        test_server_count_received    (TestServer               *self,
                                            const char               *cmd);
char        *test_server_dup_last_received (TestServer               *self,
                                            const char               *cmd);
char        *test_server_dup_log           (TestServer               *self);

void         test_server_drop_all          (TestServer               *self);
void         test_server_inject            (TestServer               *self,
                                            const char               *username,
                                            const char               *frame);
void         test_server_inject_binary     (TestServer               *self,
                                            const char               *username,
                                            GBytes                   *frame);
char        *test_server_post              (TestServer               *self,
                                            const char               *username,
                                            const char               *channel,
                                            const char               *content);
guint        test_server_count_messages    (TestServer               *self,
                                            const char               *channel);
char        *test_server_dup_message       (TestServer               *self,
                                            const char               *channel,
                                            guint                     position);

char        *test_server_control           (TestServer               *self,
                                            const char               *command,
                                            GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

G_END_DECLS
