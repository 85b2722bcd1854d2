/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

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
  NATTER_CHANNEL_THREAD, /* never on the wire: a #NatterThreadData that is shown as a channel is */
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

void natter_attachment_data_free (NatterAttachmentData *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterAttachmentData, natter_attachment_data_free)

typedef struct
{
  char    *name; /* always, like the value; may be empty */
  char    *value;
  gboolean is_inline;
} NatterEmbedField;

typedef struct
{
  char *id;   /* always */
  char *text; /* always, may be empty */
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

NatterEmbedData *natter_embed_data_copy (const NatterEmbedData *self);
void             natter_embed_data_free (NatterEmbedData       *self);

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
  char      *reply_to_content; /* a preview that only newer servers give */
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
  char      *rest; /* opaque: all that the server said beyond id, author, content and time; NULL: nothing */
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
  char    *id;      /* internal; not in lists of channels */
  char    *peer_id; /* where the media of this person is to be had */
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
  char        *id; /* internal, told in few packets */
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
  gboolean mentions_limited; /* only `mention_roles` may mention it, else everybody */
  char   **mention_roles;
  int      position; /* 0 is the highest rank */
  gboolean hoisted;
  gboolean self_assignable;
} NatterRoleData;

/* How much of a place is unread. April 2026 servers count no further than 200 and leave out threads. */
typedef struct
{
  char *channel; /* one of the two */
  char *thread_id;
  char *last_read; /* id of a message that may be gone; NULL: nothing was ever read */
  int   unread;
  int   total;
  int   pings; /* unread mentions, -1: not said */
} NatterUnreadData;

typedef struct
{
  char *id;
  char *name;
  char *file_name; /* NULL when not given: the picture is at /emojis/ID in any case */
  char *server;    /* another server that has the picture; mostly NULL */
} NatterEmojiData;

typedef struct
{
  char    *name;
  char    *description;
  char    *type; /* "str", "int", "float", "bool", "enum", "user" */
  gboolean required;
  char   **choices; /* NULL unless an enum */
} NatterSlashOptionData;

typedef struct
{
  char      *name;
  char      *description;
  char      *registered_by;
  GPtrArray *options;         /* NatterSlashOptionData */
  char     **only_roles;      /* NULL: everybody */
  char     **forbidden_roles; /* NULL: nobody */
} NatterSlashCommandData;

typedef struct
{
  char    *id;
  char    *text; /* always, may be empty */
  char    *emoji;
  int      votes;
  char   **voters; /* internal ids; in POLL_RESULTS names, and only after the end */
  gboolean voted;  /* by oneself; only in answers to oneself */
} NatterPollResultData;

typedef struct
{
  gboolean   ended;
  gint64     ended_time;
  int        total; /* of votes, not of people */
  GPtrArray *options; /* NatterPollResultData */
} NatterPollResultsData;

typedef struct
{
  char      *id;
  char      *message_id;
  char      *channel;
  char      *thread_id;
  char      *question;
  GPtrArray *options; /* NatterPollOption */
  gboolean   multiple;
  gint64     expires; /* servers don't end a poll then: compare */
  char      *created_by;
  gint64     created;
  gboolean   ended;
  gint64     ended_time;
  char     **own_votes; /* ids of options */
} NatterPollData;

G_END_DECLS
