/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-json.h"

G_BEGIN_DECLS

/*
 * What the server remembers. Plain structs, owned by TsState; nothing here knows
 * of sockets. People are named by their internal id everywhere.
 */

typedef struct
{
  char *id;
  char *username;
  char *nickname;        /* NULL: none */
  GPtrArray *roles;      /* names; accounts made at run time share one list, as in the real server */
  char *status;
  JsonNode *status_text; /* anything that a client sent */
  char *pfp;
  char *password;        /* NULL: a Rotur account */
} TsUser;

typedef struct
{
  char *emoji;
  GPtrArray *users;      /* ids */
} TsReaction;

typedef struct
{
  char *id;
  char *user;            /* an id, or the free name of a plugin */
  char *content;
  double timestamp;
  double edited_at;
  char *reply_id;
  char *reply_user;
  gint8 ping;            /* -1: not said */
  guint8 edited : 1;
  guint8 pinned : 1;
  GPtrArray *reactions;  /* TsReaction; NULL: none */
  JsonArray *embeds;
  JsonArray *attachments;
  JsonObject *webhook;
  JsonObject *interaction;
  JsonObject *extra;     /* further members that a seed gave */
} TsMessage;

/* Where messages lie: a text channel or a thread */
typedef struct
{
  GPtrArray *messages;   /* TsMessage, oldest first */
  GHashTable *by_id;
} TsPlace;

typedef struct
{
  char *id;
  JsonNode *name;        /* a string, which may hold lone surrogates */
  char *parent;
  char *created_by;
  double created_at;
  gboolean locked;
  gboolean archived;
  gboolean pinned;
  GPtrArray *participants;
  TsPlace *place;
} TsThread;

typedef struct
{
  char *name;
  JsonObject *data;      /* as in roles_list */
} TsRole;

typedef struct
{
  guint id;
  char *name;
  char *file_name;
  char *mime_type;
  GBytes *bytes;
} TsEmoji;

typedef struct
{
  char *id;
  char *message_id;
  char *channel;         /* NULL: made for a thread without naming its channel */
  char *thread_id;
  JsonNode *question;
  JsonArray *options;
  JsonNode *allow_multiselect;
  JsonNode *expires_at;
  char *created_by;
  double created_at;
  gboolean ended;
  double ended_at;
  GPtrArray *votes;      /* TsVote, in the order they came */
} TsPoll;

typedef struct
{
  char *user;
  JsonNode *option;      /* an id of any type */
} TsVote;

typedef struct
{
  char *id;
  char *channel;
  char *name;
  char *token;
  char *created_by;
  double created_at;
  char *avatar;
} TsWebhook;

typedef struct
{
  char *id;
  char *name;
  char *mime_type;
  char *owner;
  char *hash;
  GBytes *bytes;
  double expires_at;
  gboolean permanent;
  guint width;
  guint height;
} TsAttachment;

typedef struct
{
  char *name;
  char *owner;
  char *icon;            /* address or file name; NULL: unset */
  char *banner;
  char *url;             /* public address; NULL: none is configured */
  char *shown_name;      /* what handshakes say until a restart */
  char *shown_icon;
  char *shown_banner;
  guint post_content;
  guint search_results;
  gboolean uploads;
  gint64 max_size;
  GPtrArray *allowed_types;
  int max_attachments_per_user;
  GPtrArray *permanent_tiers;
  gboolean bots_reachable; /* as with web libraries newer than the pinned one */
  GPtrArray *blocked_words;
  guint mute_seconds;
} TsConfig;

typedef struct
{
  TsConfig config;
  GPtrArray *users;
  GHashTable *users_by_id;
  GPtrArray *new_roles;    /* the list that all accounts made at run time share */
  GPtrArray *roles;        /* TsRole, in order of creation */
  GPtrArray *channels;     /* JsonObject, in the order to show */
  GHashTable *places;      /* channel name -> TsPlace; a renamed channel leaves its own behind */
  GPtrArray *threads;
  GPtrArray *emojis;
  GPtrArray *polls;
  GPtrArray *webhooks;
  GHashTable *attachments; /* id -> TsAttachment */
  GHashTable *reads;       /* user id -> GHashTable: place key -> message id */
  GPtrArray *present;      /* ids of those who count as online without a connection */
  GHashTable *greeted;     /* ids of those who were welcomed once, also of accounts that are gone */
  GPtrArray *audit;        /* JsonObject, oldest first */
} TsState;

TsState      *ts_state_new              (void);
void          ts_state_free             (TsState    *self);

double        ts_now                    (void);
void          ts_advance_clock          (double      seconds);
char         *ts_new_id                 (void);
char         *ts_random_text            (guint       n_bytes);

/* server-state-users.c */
TsUser       *ts_user_new               (TsState    *self,
                                         const char *id,
                                         const char *username);
TsUser       *ts_user_by_id             (TsState    *self,
                                         const char *id);
TsUser       *ts_user_by_name           (TsState    *self,
                                         const char *username);
TsUser       *ts_user_find              (TsState    *self,
                                         const char *name_or_id);
void          ts_user_remove            (TsState    *self,
                                         TsUser     *user);
const char   *ts_user_name              (TsState    *self,
                                         const char *id);
gboolean      ts_user_has_role          (TsUser     *user,
                                         const char *role);
gboolean      ts_user_is_banned         (TsUser     *user);
void          ts_user_set_roles         (TsUser     *user,
                                         GPtrArray  *roles);
JsonNode     *ts_user_color             (TsState    *self,
                                         GPtrArray  *roles);
JsonNode     *ts_user_status            (TsUser     *user);
gboolean      ts_ban                    (TsState    *self,
                                         const char *actor,
                                         TsUser     *user,
                                         gboolean    banned);
gboolean      ts_user_may               (TsState    *self,
                                         TsUser     *user,
                                         const char *permission);

/* server-state-roles.c */
TsRole       *ts_role_new               (TsState    *self,
                                         const char *name,
                                         JsonObject *data);
TsRole       *ts_role_find              (TsState    *self,
                                         const char *name);
TsRole       *ts_role_find_by_id        (TsState    *self,
                                         const char *id);
JsonNode     *ts_roles_to_json          (TsState    *self);
gboolean      ts_role_may_be_mentioned  (TsState    *self,
                                         const char *role,
                                         GPtrArray  *roles);

/* server-state-channels.c */
JsonObject   *ts_channel_find           (TsState    *self,
                                         const char *name);
const char   *ts_channel_type           (JsonObject *channel);
gboolean      ts_channel_allows         (JsonObject *channel,
                                         const char *right,
                                         GPtrArray  *roles);
gboolean      ts_channel_lists          (JsonObject *channel,
                                         GPtrArray  *roles);
JsonObject   *ts_channel_default_permissions
                                        (void);

/* server-state-places.c */
TsPlace      *ts_place_new              (void);
void          ts_place_free             (TsPlace    *place);
TsPlace      *ts_channel_place          (TsState    *self,
                                         const char *channel);
void          ts_place_add              (TsPlace    *place,
                                         TsMessage  *message);
void          ts_place_remove           (TsPlace    *place,
                                         TsMessage  *message);
TsMessage    *ts_place_find             (TsPlace    *place,
                                         const char *id);
int           ts_place_position         (TsPlace    *place,
                                         const char *id);
TsMessage    *ts_place_last             (TsPlace    *place);

/* server-state-messages.c */
TsMessage    *ts_message_new            (const char *user,
                                         const char *content);
void          ts_message_free           (TsMessage  *message);
JsonObject   *ts_message_to_json        (TsState    *self,
                                         TsMessage  *message);
JsonObject   *ts_message_to_bare_json   (TsState    *self,
                                         TsMessage  *message);
gboolean      ts_message_react          (TsMessage  *message,
                                         const char *emoji,
                                         const char *user);
gboolean      ts_message_unreact        (TsMessage  *message,
                                         const char *emoji,
                                         const char *user);

/* server-state-threads.c */
TsThread     *ts_thread_new             (TsState    *self,
                                         const char *parent,
                                         JsonNode   *name,
                                         const char *created_by);
TsThread     *ts_thread_find            (TsState    *self,
                                         const char *id);
void          ts_thread_remove          (TsState    *self,
                                         TsThread   *thread);
JsonObject   *ts_thread_to_json         (TsState    *self,
                                         TsThread   *thread);
gboolean      ts_thread_allows          (TsState    *self,
                                         TsThread   *thread,
                                         const char *right,
                                         GPtrArray  *roles);

/* server-state-reads.c */
const char   *ts_read_mark              (TsState    *self,
                                         const char *user,
                                         const char *key);
void          ts_set_read_mark          (TsState    *self,
                                         const char *user,
                                         const char *key,
                                         const char *message_id);

/* server-state-things.c */
TsEmoji      *ts_emoji_new              (TsState    *self,
                                         const char *name,
                                         const char *extension,
                                         GBytes     *bytes);
TsEmoji      *ts_emoji_find             (TsState    *self,
                                         guint       id);
TsPoll       *ts_poll_new               (TsState    *self);
TsPoll       *ts_poll_find              (TsState    *self,
                                         const char *poll_id,
                                         const char *message_id);
void          ts_vote_free              (TsVote     *vote);
TsWebhook    *ts_webhook_new            (TsState    *self,
                                         const char *channel,
                                         const char *name,
                                         const char *created_by);
TsWebhook    *ts_webhook_find           (TsState    *self,
                                         const char *id);
TsWebhook    *ts_webhook_find_by_token  (TsState    *self,
                                         const char *token);
TsAttachment *ts_attachment_new         (TsState    *self,
                                         const char *id);
TsAttachment *ts_attachment_find        (TsState    *self,
                                         const char *id);
JsonObject   *ts_attachment_to_json     (TsState    *self,
                                         TsAttachment *attachment);
void          ts_audit                  (TsState    *self,
                                         const char *action,
                                         const char *category,
                                         const char *actor,
                                         const char *target,
                                         const char *target_name,
                                         JsonObject *details);

G_END_DECLS
