/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-server"
#include "server-private.h"
#define T(n) const TsCommand ts_commands_##n[] = { { NULL } };
T(moderation) T(emojis) T(polls) T(attachments) T(webhooks) T(server) T(slash) T(new)
void ts_slash_gone (TsConnection *c) {}
void ts_upload (TestServer *s, SoupServerMessage *m) {}
void ts_webhook_post (TestServer *s, SoupServerMessage *m, GHashTable *q) {}
