/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-commands.h"

G_BEGIN_DECLS

/* The commands that the server itself has: nick, mute, help, ban, unmute, unban */

JsonArray *ts_slash_built_in     (void);
gboolean   ts_slash_run_built_in (TsCall      *call,
                                  const char  *name);
void       ts_slash_post         (TsCall      *call,
                                  TsMessage   *message,
                                  const char  *command,
                                  const char  *username);

G_END_DECLS
