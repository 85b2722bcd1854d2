/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-error.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"

#include <string.h>

#define CONTINUE_USEC (5 * G_TIME_SPAN_MINUTE)

struct _NatterMessage
{
  GObject             parent_instance;

  NatterChannel      *channel; /* weak: the channel holds the timeline that holds the message */
  NatterMember       *author;
  char               *id;
  char               *content;
  char               *alias_name;
  char               *alias_avatar;
  char               *reply_to_id;
  char               *reply_author_name;
  char               *reply_text;
  GError             *error;
  gint64              time;
  int                 day; /* of the local calendar, so that days are compared without making dates again */
  NatterMessageState  state;
  guint               edited : 1;
  guint               own : 1;
  guint               continues : 1;
  guint               starts_day : 1;
  guint               waiting : 1;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_CHANNEL,
  PROP_AUTHOR,
  PROP_AUTHOR_NAME,
  PROP_AUTHOR_COLOR,
  PROP_AUTHOR_AVATAR,
  PROP_CONTENT,
  PROP_TIME,
  PROP_EDITED,
  PROP_STATE,
  PROP_WAITING,
  PROP_ERROR,
  PROP_OWN,
  PROP_CONTINUES,
  PROP_STARTS_DAY,
  PROP_REPLY_TO_ID,
  PROP_REPLY_AUTHOR_NAME,
  PROP_REPLY_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMessage, natter_message, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterMessageState, natter_message_state,
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FAILED, "failed"))

static void
notify (NatterMessage *self,
        guint          prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static int
day_of (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local_usec (time);

  return date != NULL ? g_date_time_get_year (date) * 366 + g_date_time_get_day_of_year (date) : 0;
}

static void
set_time (NatterMessage *self,
          gint64         time)
{
  if (self->time == time)
    return;
  self->time = time;
  self->day = day_of (time);
  notify (self, PROP_TIME);
}

static void
on_author_notify (NatterMessage *self,
                  GParamSpec    *pspec)
{
  if (g_str_equal (pspec->name, "name") && self->alias_name == NULL)
    notify (self, PROP_AUTHOR_NAME);
  else if (g_str_equal (pspec->name, "color"))
    notify (self, PROP_AUTHOR_COLOR);
  else if (g_str_equal (pspec->name, "avatar") && self->alias_avatar == NULL)
    notify (self, PROP_AUTHOR_AVATAR);
}

static void
natter_message_dispose (GObject *object)
{
  NatterMessage *self = NATTER_MESSAGE (object);

  g_clear_weak_pointer (&self->channel);
  g_clear_object (&self->author);
  G_OBJECT_CLASS (natter_message_parent_class)->dispose (object);
}

static void
natter_message_finalize (GObject *object)
{
  NatterMessage *self = NATTER_MESSAGE (object);

  g_free (self->id);
  g_free (self->content);
  g_free (self->alias_name);
  g_free (self->alias_avatar);
  g_free (self->reply_to_id);
  g_free (self->reply_author_name);
  g_free (self->reply_text);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (natter_message_parent_class)->finalize (object);
}

static void
natter_message_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  NatterMessage *self = NATTER_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_CHANNEL:
      g_value_set_object (value, self->channel);
      break;
    case PROP_AUTHOR:
      g_value_set_object (value, self->author);
      break;
    case PROP_AUTHOR_NAME:
      g_value_set_string (value, natter_message_get_author_name (self));
      break;
    case PROP_AUTHOR_COLOR:
      g_value_set_int (value, natter_message_get_author_color (self));
      break;
    case PROP_AUTHOR_AVATAR:
      g_value_set_string (value, natter_message_get_author_avatar (self));
      break;
    case PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;
    case PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, self->edited);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, natter_message_get_waiting (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;
    case PROP_CONTINUES:
      g_value_set_boolean (value, self->continues);
      break;
    case PROP_STARTS_DAY:
      g_value_set_boolean (value, self->starts_day);
      break;
    case PROP_REPLY_TO_ID:
      g_value_set_string (value, self->reply_to_id);
      break;
    case PROP_REPLY_AUTHOR_NAME:
      g_value_set_string (value, self->reply_author_name);
      break;
    case PROP_REPLY_TEXT:
      g_value_set_string (value, self->reply_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  NatterMessage *self = NATTER_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_set_weak_pointer (&self->channel, g_value_get_object (value));
      break;
    case PROP_AUTHOR:
      self->author = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_constructed (GObject *object)
{
  NatterMessage *self = NATTER_MESSAGE (object);
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  G_OBJECT_CLASS (natter_message_parent_class)->constructed (object);
  if (self->author == NULL)
    return;
  self->own = server != NULL && natter_server_get_me (server) == self->author;
  g_signal_connect_object (self->author, "notify", G_CALLBACK (on_author_notify), self, G_CONNECT_SWAPPED);
}

static void
natter_message_class_init (NatterMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = natter_message_constructed;
  object_class->dispose = natter_message_dispose;
  object_class->finalize = natter_message_finalize;
  object_class->get_property = natter_message_get_property;
  object_class->set_property = natter_message_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, notified);
  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL, construct);
  properties[PROP_AUTHOR] = g_param_spec_object ("author", NULL, NULL, NATTER_TYPE_MEMBER, construct);
  properties[PROP_AUTHOR_NAME] = g_param_spec_string ("author-name", NULL, NULL, NULL, notified);
  properties[PROP_AUTHOR_COLOR] = g_param_spec_int ("author-color", NULL, NULL, -1, 0xffffff, -1, notified);
  properties[PROP_AUTHOR_AVATAR] = g_param_spec_string ("author-avatar", NULL, NULL, NULL, notified);
  properties[PROP_CONTENT] = g_param_spec_string ("content", NULL, NULL, NULL, notified);
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, notified);
  properties[PROP_EDITED] = g_param_spec_boolean ("edited", NULL, NULL, FALSE, notified);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_MESSAGE_STATE, NATTER_MESSAGE_SENT, notified);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  properties[PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, notified);
  properties[PROP_CONTINUES] = g_param_spec_boolean ("continues", NULL, NULL, FALSE, notified);
  properties[PROP_STARTS_DAY] = g_param_spec_boolean ("starts-day", NULL, NULL, FALSE, notified);
  properties[PROP_REPLY_TO_ID] = g_param_spec_string ("reply-to-id", NULL, NULL, NULL, notified);
  properties[PROP_REPLY_AUTHOR_NAME] = g_param_spec_string ("reply-author-name", NULL, NULL, NULL, notified);
  properties[PROP_REPLY_TEXT] = g_param_spec_string ("reply-text", NULL, NULL, NULL, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_message_init (NatterMessage *self)
{
}

/**
 * natter_message_new_pending:
 * @channel: where it is going
 * @author: (nullable): oneself
 * @content: its text
 * @reply_to: (nullable): id of the message that it answers
 *
 * Returns: (transfer full): a message that is on its way
 */
NatterMessage *
natter_message_new_pending (NatterChannel *channel,
                            NatterMember  *author,
                            const char    *content,
                            const char    *reply_to)
{
  NatterMessage *self;

  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);
  g_return_val_if_fail (content != NULL, NULL);

  self = g_object_new (NATTER_TYPE_MESSAGE, "channel", channel, "author", author, NULL);
  self->content = g_strdup (content);
  self->reply_to_id = g_strdup (reply_to);
  self->time = g_get_real_time ();
  self->day = day_of (self->time);
  self->state = NATTER_MESSAGE_PENDING;
  self->own = TRUE;
  return self;
}

/**
 * natter_message_new_from_data:
 * @channel: where it is
 * @author: (nullable): who wrote it
 * @data: what the server says of it
 *
 * Returns: (transfer full): a message that the server has
 */
NatterMessage *
natter_message_new_from_data (NatterChannel           *channel,
                              NatterMember            *author,
                              const NatterMessageData *data)
{
  NatterMessage *self;

  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);
  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (NATTER_TYPE_MESSAGE, "channel", channel, "author", author, NULL);
  self->id = g_strdup (data->id);
  set_time (self, data->time != 0 ? data->time : g_get_real_time ());
  natter_message_update (self, data);
  return self;
}

static void
update_alias (NatterMessage           *self,
              const NatterMessageData *data)
{
  if (data->alias_name != NULL && g_set_str (&self->alias_name, data->alias_name))
    notify (self, PROP_AUTHOR_NAME);
  if (data->alias_avatar != NULL)
    {
      NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
      g_autofree char *avatar = NULL;

      if (server != NULL)
        avatar = natter_address_resolve_http (natter_server_get_address (server), data->alias_avatar);
      if (g_set_str (&self->alias_avatar, avatar))
        notify (self, PROP_AUTHOR_AVATAR);
    }
}

static void
update_reply (NatterMessage           *self,
              const NatterMessageData *data)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  if (data->reply_to_id == NULL)
    return;
  if (g_set_str (&self->reply_to_id, data->reply_to_id))
    notify (self, PROP_REPLY_TO_ID);
  if (data->reply_to_author != NULL && server != NULL)
    {
      NatterMember *author = natter_server_intern_member (server, data->reply_to_author);

      if (g_set_str (&self->reply_author_name, natter_member_get_name (author)))
        notify (self, PROP_REPLY_AUTHOR_NAME);
    }
  if (data->reply_to_content != NULL && g_set_str (&self->reply_text, data->reply_to_content))
    notify (self, PROP_REPLY_TEXT);
}

/**
 * natter_message_update:
 * @self: a message
 * @data: what the server says of it now; what is missing there stays
 */
void
natter_message_update (NatterMessage           *self,
                       const NatterMessageData *data)
{
  g_return_if_fail (NATTER_IS_MESSAGE (self));
  g_return_if_fail (data != NULL);

  if (g_set_str (&self->content, data->content))
    notify (self, PROP_CONTENT);
  if (data->edited && !self->edited)
    {
      self->edited = TRUE;
      notify (self, PROP_EDITED);
    }
  update_alias (self, data);
  update_reply (self, data);
}

static void
set_state (NatterMessage      *self,
           NatterMessageState  state,
           const GError       *error)
{
  gboolean was_waiting = natter_message_get_waiting (self);

  if (self->error != NULL || error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error != NULL ? g_error_copy (error) : NULL;
      notify (self, PROP_ERROR);
    }
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
  if (natter_message_get_waiting (self) != was_waiting)
    notify (self, PROP_WAITING);
}

void
_natter_message_set_pending (NatterMessage *self)
{
  set_state (self, NATTER_MESSAGE_PENDING, NULL);
}

void
_natter_message_set_failed (NatterMessage *self,
                            const GError  *error)
{
  set_state (self, NATTER_MESSAGE_FAILED, error);
}

/* Whether there is no connection to send it over. */
void
_natter_message_set_waiting (NatterMessage *self,
                             gboolean       waiting)
{
  gboolean was_waiting = natter_message_get_waiting (self);

  self->waiting = !!waiting;
  if (natter_message_get_waiting (self) != was_waiting)
    notify (self, PROP_WAITING);
}

void
_natter_message_set_time (NatterMessage *self,
                          gint64         time)
{
  set_time (self, time);
}

/* For a message of one's own that was there before one was signed in. */
void
_natter_message_set_author (NatterMessage *self,
                            NatterMember  *author)
{
  if (self->author != NULL || author == NULL)
    return;
  self->author = g_object_ref (author);
  g_signal_connect_object (author, "notify", G_CALLBACK (on_author_notify), self, G_CONNECT_SWAPPED);
  notify (self, PROP_AUTHOR);
  notify (self, PROP_AUTHOR_NAME);
  notify (self, PROP_AUTHOR_COLOR);
  notify (self, PROP_AUTHOR_AVATAR);
}

void
_natter_message_set_sent (NatterMessage           *self,
                          const NatterMessageData *data)
{
  if (g_set_str (&self->id, data->id))
    notify (self, PROP_ID);
  if (data->time != 0)
    set_time (self, data->time);
  natter_message_update (self, data);
  set_state (self, NATTER_MESSAGE_SENT, NULL);
}

/* An edit of which only the text is told. */
void
_natter_message_set_content (NatterMessage *self,
                             const char    *content)
{
  if (g_set_str (&self->content, content))
    notify (self, PROP_CONTENT);
  if (self->edited)
    return;
  self->edited = TRUE;
  notify (self, PROP_EDITED);
}

void
_natter_message_set_reply (NatterMessage *self,
                           const char    *author_name,
                           const char    *text)
{
  if (author_name != NULL && g_set_str (&self->reply_author_name, author_name))
    notify (self, PROP_REPLY_AUTHOR_NAME);
  if (text != NULL && g_set_str (&self->reply_text, text))
    notify (self, PROP_REPLY_TEXT);
}

static gboolean
is_continued (NatterMessage *self,
              NatterMessage *before)
{
  return before->author == self->author && before->day == self->day && self->reply_to_id == NULL
         && g_strcmp0 (before->alias_name, self->alias_name) == 0
         && ABS (self->time - before->time) < CONTINUE_USEC;
}

/* @before: the message above, NULL for none; then @is_first tells whether it is the first of all. */
void
_natter_message_follow (NatterMessage *self,
                        NatterMessage *before,
                        gboolean       is_first)
{
  gboolean continues = before != NULL && is_continued (self, before);
  gboolean starts_day = before != NULL ? before->day != self->day : is_first;

  if (self->continues != continues)
    {
      self->continues = continues;
      notify (self, PROP_CONTINUES);
    }
  if (self->starts_day != starts_day)
    {
      self->starts_day = starts_day;
      notify (self, PROP_STARTS_DAY);
    }
}

/**
 * natter_message_get_id:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the server's id, %NULL while the server does not have it
 */
const char *
natter_message_get_id (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->id;
}

/**
 * natter_message_get_channel:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): where it is; %NULL when the channel is gone
 */
NatterChannel *
natter_message_get_channel (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->channel;
}

/**
 * natter_message_get_author:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): who wrote it
 */
NatterMember *
natter_message_get_author (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->author;
}

/**
 * natter_message_get_author_name:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what to show as the author: a webhook's or bot's alias, or the person's name
 */
const char *
natter_message_get_author_name (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->alias_name != NULL)
    return self->alias_name;
  return self->author != NULL ? natter_member_get_name (self->author) : NULL;
}

/**
 * natter_message_get_author_color:
 * @self: a message
 *
 * Returns: `0xRRGGBB` of the author's name, -1 for none
 */
int
natter_message_get_author_color (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), -1);

  return self->author != NULL ? natter_member_get_color (self->author) : -1;
}

/**
 * natter_message_get_author_avatar:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): absolute address of the author's picture
 */
const char *
natter_message_get_author_avatar (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->alias_name != NULL || self->alias_avatar != NULL)
    return self->alias_avatar;
  return self->author != NULL ? natter_member_get_avatar (self->author) : NULL;
}

/**
 * natter_message_get_content:
 * @self: a message
 *
 * Returns: (transfer none): its text as written
 */
const char *
natter_message_get_content (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->content;
}

/**
 * natter_message_get_time:
 * @self: a message
 *
 * Returns: when it was sent, in µs since 1970
 */
gint64
natter_message_get_time (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), 0);

  return self->time;
}

/**
 * natter_message_get_edited:
 * @self: a message
 *
 * Returns: whether its text was changed later
 */
gboolean
natter_message_get_edited (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->edited;
}

/**
 * natter_message_get_state:
 * @self: a message
 *
 * Returns: whether the server has it
 */
NatterMessageState
natter_message_get_state (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NATTER_MESSAGE_SENT);

  return self->state;
}

/**
 * natter_message_get_waiting:
 * @self: a message
 *
 * Returns: whether it is pending because there is no connection
 */
gboolean
natter_message_get_waiting (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->waiting && self->state == NATTER_MESSAGE_PENDING;
}

/**
 * natter_message_get_error:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): why it was not sent
 */
const GError *
natter_message_get_error (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->error;
}

/**
 * natter_message_get_own:
 * @self: a message
 *
 * Returns: whether one has written it oneself
 */
gboolean
natter_message_get_own (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->own;
}

/**
 * natter_message_get_continues:
 * @self: a message
 *
 * Returns: whether the message above it is of the same author and the same five minutes
 */
gboolean
natter_message_get_continues (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->continues;
}

/**
 * natter_message_get_starts_day:
 * @self: a message
 *
 * Returns: whether it is known to be the first of its day
 */
gboolean
natter_message_get_starts_day (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->starts_day;
}

/**
 * natter_message_get_reply_to_id:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): id of the message that it answers, which may be gone
 */
const char *
natter_message_get_reply_to_id (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_to_id;
}

/**
 * natter_message_get_reply_author_name:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what to show as the author of the message that it answers
 */
const char *
natter_message_get_reply_author_name (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_author_name;
}

/**
 * natter_message_get_reply_text:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): text of the message that it answers, if known
 */
const char *
natter_message_get_reply_text (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_text;
}
