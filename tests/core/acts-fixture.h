/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-fixture.h"

#include "natter-pins.h"

G_BEGIN_DECLS

/* What was refused since acts_open_general() was called with it. */
typedef struct
{
  guint     n_failed;
  NatterAct act;
  int       code;
} ActFailures;

NatterChannel *acts_open_general (ModelFixture *fixture,
                                  ActFailures  *failures);
NatterMessage *acts_post         (ModelFixture  *fixture,
                                  NatterChannel *channel,
                                  const char    *user,
                                  const char    *text);
NatterMessage *acts_write_own    (NatterChannel *channel,
                                  const char    *text);
void           acts_set_rules    (ModelFixture *fixture,
                                  const char   *rules);
void           acts_push_rules   (ModelFixture *fixture,
                                  const char   *rules);
NatterMessage *acts_restart      (ModelFixture *fixture,
                                  const char   *id);
gboolean       acts_is_pinned    (NatterPins    *pins,
                                  NatterMessage *message);

G_END_DECLS
