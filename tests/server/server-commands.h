/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-socket.h"
#include "server-state.h"

G_BEGIN_DECLS

/* One command that a signed-in client sent */
typedef struct
{
  TestServer *server;
  TsState *state;
  TsConnection *connection;
  TsUser *user;          /* NULL: the account is gone */
  const char *cmd;
  JsonObject *request;
  const char *listener;  /* NULL: none, or not usable */
} TsCall;

typedef struct
{
  const char *cmd;
  void (*run) (TsCall *call);
} TsCommand;

/* A text channel or a thread that a command named */
typedef struct
{
  TsPlace *place;
  TsThread *thread;      /* NULL: a channel */
  JsonObject *channel;   /* of the thread, too; NULL when the thread's is gone */
  const char *name;      /* what answers put into "channel" */
  const char *key;       /* of its read mark; owned by the caller through @owned_key */
  char *owned_key;
} TsTarget;

void        ts_commands_register       (GHashTable   *commands);
void        ts_command_run             (TsConnection *connection,
                                        JsonObject   *request);
gboolean    ts_server_is_new           (TestServer   *server);

/* Each takes the packet */
void        ts_call_answer             (TsCall       *call,
                                        JsonObject   *packet);
void        ts_call_broadcast          (TsCall       *call,
                                        JsonObject   *packet,
                                        const char   *channel);
void        ts_call_announce           (TsCall       *call,
                                        JsonObject   *packet,
                                        const char   *channel);

void        ts_call_error              (TsCall       *call,
                                        const char   *format,
                                        ...) G_GNUC_PRINTF (2, 3);
void        ts_call_error_without_source
                                       (TsCall       *call,
                                        const char   *format,
                                        ...) G_GNUC_PRINTF (2, 3);
gboolean    ts_call_needs              (TsCall       *call,
                                        const char   *permission);
gboolean    ts_call_needs_owner        (TsCall       *call);
gboolean    ts_call_knows_user         (TsCall       *call);
gboolean    ts_call_is_limited         (TsCall       *call);
const char *ts_call_string             (TsCall       *call,
                                        const char   *name);
JsonObject *ts_call_reply              (TsCall       *call);
gboolean    ts_call_find_place         (TsCall       *call,
                                        gboolean      reading,
                                        TsTarget     *target);
void        ts_call_missing_field      (TsCall       *call,
                                        const char   *prefix,
                                        const char   *field);
gboolean    ts_call_check_embeds       (TsCall       *call,
                                        JsonNode     *embeds);

/* Makes a message, stores it, tells everybody. Takes @message. */
void        ts_post_plugin_message     (TestServer   *server,
                                        const char   *channel,
                                        TsMessage    *message);

/* server-commands-voice.c */
void        ts_voice_seat              (TestServer   *server,
                                        const char   *channel,
                                        const char   *user_id,
                                        gboolean      muted);
void        ts_voice_leave             (TestServer   *server,
                                        TsConnection *connection);
JsonNode   *ts_voice_state             (TestServer   *server,
                                        const char   *channel);

/* server-commands-channels.c */
JsonNode   *ts_channels_for            (TestServer   *server,
                                        GPtrArray    *roles,
                                        gboolean      live);

/* server-commands-slash.c */
void        ts_slash_gone              (TsConnection *connection);

/* server-commands-messages.c */
JsonNode   *ts_pings                   (TestServer   *server,
                                        const char   *content,
                                        TsMessage    *message);

/* server-automod.c */
void        ts_automod_look            (TsCall       *call,
                                        const char   *channel,
                                        TsPlace      *place,
                                        TsMessage    *message);

extern const TsCommand ts_commands_connection[];
extern const TsCommand ts_commands_channels[];
extern const TsCommand ts_commands_messages[];
extern const TsCommand ts_commands_reactions[];
extern const TsCommand ts_commands_history[];
extern const TsCommand ts_commands_unreads[];
extern const TsCommand ts_commands_threads[];
extern const TsCommand ts_commands_people[];
extern const TsCommand ts_commands_moderation[];
extern const TsCommand ts_commands_roles[];
extern const TsCommand ts_commands_emojis[];
extern const TsCommand ts_commands_polls[];
extern const TsCommand ts_commands_attachments[];
extern const TsCommand ts_commands_webhooks[];
extern const TsCommand ts_commands_server[];
extern const TsCommand ts_commands_slash[];
extern const TsCommand ts_commands_voice[];
extern const TsCommand ts_commands_new[];

G_END_DECLS
