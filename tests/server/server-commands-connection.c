/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static void
ping (TsCall *call)
{
  ts_call_answer (call, ts_object ("cmd", ts_string ("pong"), "val", ts_string ("pong"), NULL));
}

static void
server_info (TsCall *call)
{
  TsConfig *config = &call->state->config;
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "name", ts_string (config->name));
  ts_set (packet, "icon", ts_string (config->icon != NULL ? config->icon : ""));
  ts_set (packet, "banner", ts_string (config->banner != NULL ? config->banner : ""));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_connection[] = {
  { "ping", ping },
  { "server_info", server_info },
  { NULL },
};
