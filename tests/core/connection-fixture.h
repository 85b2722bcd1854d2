/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chat-peer.h"
#include "natter-connection.h"
#include "wait.h"

G_BEGIN_DECLS

/* A connection to a peer that does as it is told, and what came of it. */
typedef struct
{
  ChatPeer         *peer;
  NatterConnection *connection;
  GString          *states;  /* what notify::state told: offline, Connecting, handshake, authenticating, ready, Waiting, Refused */
  GPtrArray        *packets; /* the command of each packet */
  GPtrArray        *done;    /* what came of each request, in order: the listener of the answer, or the error */
  GError           *error;   /* of the last sign-in */
  guint             n_done;  /* sign-ins that ended */
} Fixture;

void                  fixture_set_up    (Fixture          *fixture,
                                         gconstpointer     data);
void                  fixture_tear_down (Fixture          *fixture,
                                         gconstpointer     data);
void                  use_address       (Fixture          *fixture,
                                         NatterAddress    *address);
NatterConnectionState state             (Fixture          *fixture);
void                  greet             (Fixture          *fixture);
void                  sign_in           (Fixture          *fixture);
void                  enter             (Fixture          *fixture);
void                  request           (Fixture          *fixture,
                                         NatterCommand    *command);
void                  on_signed_in      (GObject          *source,
                                         GAsyncResult     *result,
                                         gpointer          fixture);

#define set_limit(fixture, name, ms)                                     \
  G_STMT_START                                                           \
    {                                                                    \
      NatterConnectionLimits limits;                                     \
      natter_connection_get_limits ((fixture)->connection, &limits);     \
      limits.name = (ms);                                                \
      natter_connection_set_limits ((fixture)->connection, &limits);     \
    }                                                                    \
  G_STMT_END

#define add_test(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

G_END_DECLS
