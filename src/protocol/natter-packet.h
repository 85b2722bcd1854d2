/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-handshake.h"

G_BEGIN_DECLS

/* What travels on the wire, typed. All of it is immutable once parsed and owned by its packet; a packet is
 * counted atomically and may be handed to another thread. Strings are valid UTF-8 without NUL; a string that the
 * server may leave out is NULL then. Times are microseconds since 1970, 0 when not given. Element types of
 * arrays are in the comments; an array that is empty on the wire is an empty array here, never NULL,
 * unless said. */

typedef enum
{
  NATTER_CHANNEL_TEXT,
  NATTER_CHANNEL_VOICE,
  NATTER_CHANNEL_FORUM,
  NATTER_CHANNEL_SEPARATOR,
  NATTER_CHANNEL_CHAT, /* a direct conversation or a group, on a direct-message server */
} NatterChannelType;

typedef enum
{
  NATTER_STATUS_OFFLINE,
  NATTER_STATUS_ONLINE,
  NATTER_STATUS_IDLE,
  NATTER_STATUS_DND,
  NATTER_STATUS_INVISIBLE,
} NatterStatus;

typedef struct
{
  char  *emoji;
  char **users; /* in order of reacting */
} NatterReactionData;

typedef struct
{
  char    *id;
  char    *name;
  char    *mime_type;
  char    *url; /* as given: resolve it against the server */
  guint64  size;
  int      width, height; /* 0: not a picture, or not told */
  gint64   expires;
  gboolean permanent;
} NatterAttachmentData;

typedef struct
{
  char    *name;
  char    *value;
  gboolean is_inline;
} NatterEmbedField;

typedef struct
{
  char *id;
  char *text;
  char *emoji;
} NatterPollOption;

typedef struct
{
  char      *type; /* "rich" when not given */
  char      *title, *description, *url;
  char      *author_name, *author_url, *author_icon;
  char      *footer_text, *footer_icon;
  char      *image_url, *thumbnail_url, *video_url;
  char      *provider;
  int        image_width, image_height, thumbnail_width, thumbnail_height;
  int        color; /* 0xRRGGBB, -1: none */
  gint64     time;
  gboolean   generated;
  GPtrArray *fields; /* NatterEmbedField */
  /* type "poll" */
  char      *poll_question;
  GPtrArray *poll_options; /* NatterPollOption, NULL unless a poll */
  gboolean   poll_multiple;
  gint64     poll_expires;
} NatterEmbedData;

typedef struct
{
  char      *id;     /* always */
  char      *author; /* always; a user name, a raw id of somebody who left, or a server's invention */
  char      *content; /* always, may be empty */
  gint64     time;
  gint64     edited_time;
  char      *edited_by;
  gboolean   edited;
  gboolean   pinned;
  char      *reply_to_id;
  char      *reply_to_author;
  gboolean   reply_pings;
  GPtrArray *reactions;   /* NatterReactionData */
  GPtrArray *attachments; /* NatterAttachmentData */
  GPtrArray *embeds;      /* NatterEmbedData */
  char      *alias_name;  /* shown instead of the author: webhook, alias */
  char      *alias_avatar;
  gboolean   is_webhook;
  char      *command;      /* slash command that this answers */
  char      *command_user;
  gboolean   has_pings;    /* only live messages tell whom they ping */
  char     **ping_users, **ping_roles, **ping_replies;
  char      *poll_id;
  char      *channel;      /* only where a list mixes places */
  char      *thread_id;
} NatterMessageData;

typedef struct
{
  char     *id;
  char     *name;
  char     *parent_channel;
  char     *created_by;
  gint64    created;
  gboolean  locked, archived, pinned;
  char    **participants;
  gint64    last_message;
  char     *last_message_id;
} NatterThreadData;

typedef struct
{
  char    *username;
  char    *peer_id;
  gboolean muted;
} NatterVoiceUserData;

/* Rights in a channel: for each, the names of roles (on new servers also of users) that hold it, perhaps with
 * "!" before a name that is refused. NULL: the channel doesn't say, and the default of the server holds. */
typedef struct
{
  gboolean  any; /* FALSE: no rights object, or an empty one */
  char    **view, **send, **delete_any, **create_thread, **react, **edit_own, **delete_own, **pin;
} NatterChannelRights;

typedef struct
{
  NatterChannelType   type;
  char               *name; /* the key; NULL on some separators */
  char               *display_name;
  char               *description;
  char               *icon;
  int                 size; /* separator: height in pixels */
  NatterChannelRights rights;
  gboolean            has_live; /* the fields below were on the wire */
  gint64              last_message;
  char               *last_message_id;
  GPtrArray          *voice;   /* NatterVoiceUserData */
  GPtrArray          *threads; /* NatterThreadData */
  char              **members; /* NULL unless a group */
  char               *owner;
} NatterChannelData;

typedef struct
{
  char        *username; /* always */
  char        *nickname;
  char        *display_name;
  char       **roles; /* names, in stored order; NULL: not said */
  char        *color;
  gboolean     has_status;
  NatterStatus status;
  char        *status_text;
  gboolean     has_kind; /* `is_server_account` was on the wire */
  gboolean     is_server_account;
  char        *picture;
  gboolean     has_nickname; /* the key was on the wire */
} NatterUserData;

typedef struct
{
  char    *name; /* the key of the list */
  char    *id;
  char    *description;
  char    *color; /* CSS text as given; NULL */
  char    *category;
  char   **permissions;
  int      position; /* 0 is the highest rank */
  gboolean hoisted;
  gboolean self_assignable;
} NatterRoleData;

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
  char *last_read;   /* unreads_update */
} NatterPlaceEventData;

typedef struct _NatterPacket NatterPacket;

struct _NatterPacket
{
  NatterPacketKind kind;
  char            *command;  /* `cmd` as it came */
  char            *listener; /* NULL: not an answer to one of ours */
  union
  {
    NatterHandshake       *handshake;
    NatterRefusalData      refusal;  /* AUTH_ERROR, ERROR, RATE_LIMIT, DISCONNECT (text) */
    GPtrArray             *channels; /* NatterChannelData */
    NatterHistoryData      history;
    NatterMessageEventData message;  /* MESSAGE, MESSAGE_NEW, MESSAGE_EDIT, MESSAGE_DELETE */
    NatterPlaceEventData   place;    /* TYPING, UNREADS_UPDATE */
    GPtrArray             *users;    /* USERS, USERS_ONLINE: NatterUserData, each user once */
    NatterUserData        *user;     /* READY, USER_CONNECT, _DISCONNECT, _JOIN, _LEAVE, USER_ROLES */
    GPtrArray             *roles;    /* NatterRoleData, in wire order */
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

G_END_DECLS
