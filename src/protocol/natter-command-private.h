/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "natter-command.h"

G_BEGIN_DECLS

/* Seconds. A server does nothing else for anybody while it waits up to 5 s for Rotur to answer, so nothing is late
 * before that. */
#define NATTER_COMMAND_TIMEOUT 15
/* What a server may have to read much for: lists of everything, old pages. */
#define NATTER_COMMAND_TIMEOUT_LONG 30

/* Two files: natter-command.c has what every client sends, natter-command-acts.c what people do with messages. */
struct _NatterCommand
{
  const char *name; /* static */
  JsonObject *object;
  guint       timeout;
  gboolean    is_rate_limited;
};

NatterCommand *_natter_command_new        (const char    *name,
                                           guint          timeout);
void           _natter_command_set_string (NatterCommand *self,
                                           const char    *name,
                                           const char    *value);
void           _natter_command_set_place  (NatterCommand *self,
                                           const char    *channel,
                                           const char    *thread_id);

G_END_DECLS
