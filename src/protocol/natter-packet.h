/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-handshake.h"
#include "natter-packet-data.h"

G_BEGIN_DECLS

typedef enum
{
  NATTER_PACKET_UNKNOWN,
  NATTER_PACKET_HANDSHAKE,
  NATTER_PACKET_AUTH_SUCCESS,
  NATTER_PACKET_AUTH_ERROR,
  NATTER_PACKET_READY,
  NATTER_PACKET_PING,
  NATTER_PACKET_PONG,
  NATTER_PACKET_ERROR,
  NATTER_PACKET_RATE_LIMIT,
  NATTER_PACKET_DISCONNECT,
  NATTER_PACKET_CHANNELS,        /* channels_get */
  NATTER_PACKET_MESSAGES,        /* messages_get, messages_around, thread_messages */
  NATTER_PACKET_MESSAGE,         /* message_get */
  NATTER_PACKET_MESSAGE_NEW,
  NATTER_PACKET_MESSAGE_EDIT,
  NATTER_PACKET_MESSAGE_DELETE,
  NATTER_PACKET_TYPING,
  NATTER_PACKET_USERS,           /* users_list */
  NATTER_PACKET_USERS_ONLINE,
  NATTER_PACKET_USER_CONNECT,
  NATTER_PACKET_USER_DISCONNECT,
  NATTER_PACKET_USER_JOIN,
  NATTER_PACKET_USER_LEAVE,
  NATTER_PACKET_ROLES,           /* roles_list */
  NATTER_PACKET_USER_ROLES,      /* user_roles_get: somebody's roles, asked or changed */
  NATTER_PACKET_UNREADS_UPDATE,
  NATTER_PACKET_MESSAGES_FOUND,  /* messages_search */
  NATTER_PACKET_MESSAGES_PINNED,
  NATTER_PACKET_MESSAGE_REPLIES,
  NATTER_PACKET_PINGS,           /* pings_get */
  NATTER_PACKET_MESSAGE_PIN,
  NATTER_PACKET_MESSAGE_UNPIN,
  NATTER_PACKET_REACTION_ADD,
  NATTER_PACKET_REACTION_REMOVE,
  NATTER_PACKET_CHANNEL,         /* channel_get, channel_create, channel_update, channel_kick */
  NATTER_PACKET_CHANNEL_DELETE,
  NATTER_PACKET_CHANNEL_LEAVE,   /* one has left a conversation of a direct-message server */
  NATTER_PACKET_THREADS,         /* threads_get */
  NATTER_PACKET_THREAD,          /* thread_get */
  NATTER_PACKET_THREAD_NEW,      /* thread_create, thread_new */
  NATTER_PACKET_THREAD_UPDATE,
  NATTER_PACKET_THREAD_DELETE,
  NATTER_PACKET_THREAD_JOIN,
  NATTER_PACKET_THREAD_LEAVE,
  NATTER_PACKET_UNREADS,         /* unreads_get, unreads_count */
  NATTER_PACKET_UNREADS_ACK,
  NATTER_PACKET_STATUS,          /* status_get, status */
  NATTER_PACKET_STATUS_SET,      /* somebody became invisible; it doesn't say who */
  NATTER_PACKET_USER_UPDATED,    /* user_updated, user_update, nickname_update, nickname_remove */
  NATTER_PACKET_USER_KICK,
  NATTER_PACKET_SERVER_UPDATE,   /* server_update, server_info */
  NATTER_PACKET_EMOJIS,          /* emoji_get_all, emoji_list */
  NATTER_PACKET_SLASH_COMMANDS,  /* slash_list */
  NATTER_PACKET_SLASH_ADD,
  NATTER_PACKET_SLASH_REMOVE,
  NATTER_PACKET_VOICE_STATE,     /* voice_state, voice_join: who is in the channel */
  NATTER_PACKET_VOICE_JOINED,
  NATTER_PACKET_VOICE_UPDATED,   /* voice_user_updated, voice_mute, voice_unmute */
  NATTER_PACKET_VOICE_LEFT,      /* voice_user_left, voice_leave */
  NATTER_PACKET_POLL,            /* poll_get */
  NATTER_PACKET_POLL_CREATED,
  NATTER_PACKET_POLL_VOTE,       /* poll_vote, poll_vote_update */
  NATTER_PACKET_POLL_END,        /* comes twice to who ends it */
  NATTER_PACKET_POLL_RESULTS,
} NatterPacketKind;

typedef struct
{
  char *text;
  char *source;     /* error: the command; auth_error: NULL */
  char *reason;     /* auth_error of new servers, rate_limit */
  guint length_ms;  /* rate_limit: how long to wait */
} NatterRefusalData;

typedef struct
{
  char              *channel;
  char              *thread_id;
  GPtrArray         *messages; /* NatterMessageData, oldest first, sorted by time, each id once */
  gboolean           has_at_start;
  gboolean           at_start; /* nothing older exists */
  /* What follows is in lists of another kind, in which the newest comes first, except in replies. */
  char              *query;      /* messages_search */
  char              *message_id; /* message_replies: what was answered */
  int                offset, total; /* pings_get; -1 elsewhere */
} NatterHistoryData;

typedef struct
{
  char              *channel;
  char              *thread_id;
  NatterMessageData *message;   /* message_get, message_new, message_edit; may be NULL in an edit */
  char              *id;        /* message_edit, message_delete */
  char              *content;   /* message_edit */
} NatterMessageEventData;

typedef struct
{
  char *channel;
  char *thread_id;
  char *user;
  guint duration_ms; /* typing: 0 = stopped */
  char *last_read;   /* unreads_update, unreads_ack; NULL: nothing is there */
} NatterPlaceEventData;

/* A pin or unpin. On April 2026 servers `flag` says whether it worked, for both; on newer ones it is the new state.
 * So a pin has happened unless `flag` is FALSE, and an unpin on an April 2026 server only if it is TRUE. */
typedef struct
{
  char    *channel; /* may be missing on newer servers */
  char    *thread_id;
  char    *id;
  gboolean flag; /* TRUE when missing */
} NatterPinData;

typedef struct
{
  char *channel;
  char *thread_id;
  char *id;
  char *emoji;
  char *user;
} NatterReactionEventData;

typedef struct
{
  char             *channel;   /* the parent; missing in some events */
  char             *thread_id; /* always */
  char             *user;      /* who joined or left */
  NatterThreadData *thread;    /* NULL in THREAD_DELETE */
} NatterThreadEventData;

typedef struct
{
  char *name, *icon, *banner; /* the pictures as stored: an address, or a bare file name */
} NatterServerData;

typedef struct
{
  char                *channel;
  NatterVoiceUserData *user;  /* whom it is about; NULL: oneself, or in VOICE_UPDATED known by `peer_id` alone */
  char                *peer_id;
  gboolean             muted;
  GPtrArray           *users; /* VOICE_STATE: NatterVoiceUserData, without oneself after joining */
} NatterVoiceData;

typedef struct
{
  char                  *poll_id; /* one of the two at least */
  char                  *message_id;
  char                  *channel;
  char                  *thread_id;
  char                  *user;
  char                 **option_ids; /* POLL_VOTE */
  NatterPollResultsData *results;    /* NULL in POLL_CREATED */
} NatterPollEventData;

typedef struct _NatterPacket NatterPacket;

struct _NatterPacket
{
  NatterPacketKind kind;
  char            *command;  /* `cmd` as it came */
  char            *listener; /* NULL: not an answer to one of ours */
  GBytes          *source;   /* the frame, of a kind that says how a server is; else NULL */
  union
  {
    NatterHandshake        *handshake;
    NatterRefusalData       refusal;   /* AUTH_ERROR, ERROR, RATE_LIMIT, DISCONNECT (text) */
    GPtrArray              *channels;  /* NatterChannelData */
    NatterHistoryData       history;   /* MESSAGES, MESSAGES_FOUND, MESSAGES_PINNED, MESSAGE_REPLIES, PINGS */
    NatterMessageEventData  message;   /* MESSAGE, MESSAGE_NEW, MESSAGE_EDIT, MESSAGE_DELETE */
    NatterPlaceEventData    place;     /* TYPING, UNREADS_UPDATE, UNREADS_ACK, CHANNEL_DELETE, CHANNEL_LEAVE */
    GPtrArray              *users;     /* USERS, USERS_ONLINE: NatterUserData, each user once */
    NatterUserData         *user;      /* READY, STATUS, USER_* but USERS */
    GPtrArray              *roles;     /* NatterRoleData, in wire order */
    NatterPinData           pin;       /* MESSAGE_PIN, MESSAGE_UNPIN */
    NatterReactionEventData reaction;  /* REACTION_ADD, REACTION_REMOVE */
    NatterChannelData      *channel;   /* CHANNEL */
    GPtrArray              *threads;   /* THREADS: NatterThreadData */
    NatterThreadEventData   thread;    /* THREAD, THREAD_* */
    GPtrArray              *unreads;   /* UNREADS: NatterUnreadData */
    NatterServerData        server;    /* SERVER_UPDATE */
    GPtrArray              *emojis;    /* EMOJIS: NatterEmojiData */
    GPtrArray              *commands;  /* SLASH_COMMANDS, SLASH_ADD: NatterSlashCommandData */
    char                  **names;     /* SLASH_REMOVE */
    NatterVoiceData         voice;     /* VOICE_* */
    NatterPollData         *poll;      /* POLL */
    NatterPollEventData     vote;      /* POLL_* */
  };
};

#define NATTER_TYPE_PACKET (natter_packet_get_type ())

GType         natter_packet_get_type (void);
NatterPacket *natter_packet_ref      (NatterPacket *self);
void          natter_packet_unref    (NatterPacket *self);
/* NULL without an error never happens: an unknown command gives NATTER_PACKET_UNKNOWN, a frame that is no JSON
 * object, or whose known command lacks what makes it that command, an error. Safe to call in any thread. */
NatterPacket *natter_packet_parse    (const char *text,
                                      gsize       length,
                                      GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterPacket, natter_packet_unref)

/* natter-message-rest.c: to keep a message, and to make it again. All are safe to call in any thread. */
NatterMessageData *natter_message_data_new      (const char        *id,
                                                 const char        *author,
                                                 const char        *content,
                                                 gint64             time,
                                                 const char        *rest);
void               natter_message_data_free     (NatterMessageData *self);
char              *natter_message_rest_edited   (const char        *rest);
char              *natter_message_rest_pinned   (const char        *rest,
                                                 gboolean           pinned);
char              *natter_message_rest_reacted  (const char        *rest,
                                                 const char        *emoji,
                                                 const char        *user,
                                                 gboolean           reacts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterMessageData, natter_message_data_free)

G_END_DECLS
