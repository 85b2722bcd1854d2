/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-message.h"
#include "natter-role.h"
#include "natter-server.h"
#include "natter-session.h"
#include "natter-test-server.h"
#include "natter-timeline.h"
#include "wait.h"

G_BEGIN_DECLS

/* A profile in a folder of its own, and a chat server in this process. */
typedef struct
{
  char          *directory;
  NatterProfile *profile;
  NatterSecrets *secrets;
  NatterSession *session;
  TestServer    *test_server;
  NatterServer  *server; /* joined as cleo by join_as_cleo() */
  GError        *error;  /* of what ended last */
  gboolean       done;
} ModelFixture;

void           model_set_up        (ModelFixture  *fixture,
                                    gconstpointer  options);
void           model_tear_down     (ModelFixture  *fixture,
                                    gconstpointer  options);
void           model_joined_set_up (ModelFixture  *fixture,
                                    gconstpointer  options);
NatterServer  *model_greet         (ModelFixture  *fixture);
void           model_on_joined     (GObject       *source,
                                    GAsyncResult  *result,
                                    gpointer       fixture);
void           model_restart       (ModelFixture  *fixture);
void           model_restart_offline
                                   (ModelFixture  *fixture);
void           model_control       (ModelFixture  *fixture,
                                    const char    *command);
void           model_act           (ModelFixture  *fixture,
                                    const char    *user,
                                    const char    *packet);
NatterChannel *model_channel       (ModelFixture  *fixture,
                                    const char    *name);
NatterMessage *model_message       (NatterChannel *channel,
                                    guint          position);
const char    *model_last_text     (NatterChannel *channel);

#define add_model_test(path, function, options) \
  g_test_add (path, ModelFixture, options, model_joined_set_up, function, model_tear_down)

G_END_DECLS
