/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "packet-compare.h"

typedef void (*Compare) (JsonObject *object, gconstpointer item);

/* What the JSON says against what the packet has. */
void assert_known (JsonObject *object, const char *const *known);
JsonNode *member (JsonObject *object, const char *name);
JsonObject *child (JsonObject *object, const char *name);
gboolean is_text (JsonNode *node);
void assert_text (JsonObject *object, const char *name, const char *actual);
void assert_flag (JsonObject *object, const char *name, gboolean actual);
void assert_number (JsonObject *object, const char *name, gint64 actual);
void assert_time (JsonObject *object, const char *name, gint64 actual);
void assert_names (JsonObject *object, const char *name, char **actual);
void assert_list (JsonObject *object, const char *name, GPtrArray *actual, Compare compare);

#define ASSERT_KNOWN(object, ...) assert_known (object, (const char *const[]) { __VA_ARGS__, NULL })

/* Messages and polls. */
void compare_history (JsonObject *root, const NatterHistoryData *history);
void compare_message_event (JsonObject *root, const NatterMessageEventData *event);
void compare_vote (JsonObject *root, const NatterPollEventData *vote);
void compare_poll (JsonObject *object, const NatterPollData *poll);

/* People and roles. */
void compare_user (JsonObject *object, gconstpointer item);
void compare_users (JsonObject *root, GPtrArray *users);
void compare_roles (JsonObject *roles, GPtrArray *actual);
void compare_somebody (JsonObject *root, const NatterUserData *user);
void compare_user_updated (JsonObject *root, const NatterUserData *user);

/* Channels, threads, voice and what is unread. */
void compare_thread (JsonObject *object, gconstpointer item);
void compare_channel (JsonObject *object, gconstpointer item);
void compare_unreads (JsonObject *root, GPtrArray *actual);
void compare_thread_event (JsonObject *root, const NatterThreadEventData *event);
void compare_voice (JsonObject *root, const NatterVoiceData *voice);
void compare_place (JsonObject *root, NatterPacket *packet);
