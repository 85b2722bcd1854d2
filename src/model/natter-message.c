/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-error.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"

static GParamSpec *properties[NATTER_MESSAGE_N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMessage, natter_message, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterMessageState, natter_message_state,
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (NatterMessageOrigin, natter_message_origin,
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FROM_PERSON, "person"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FROM_WEBHOOK, "webhook"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FROM_COMMAND, "command"),
                    G_DEFINE_ENUM_VALUE (NATTER_MESSAGE_FROM_SERVER, "server"))

void
_natter_message_notify (NatterMessage *self,
                        guint          prop_id)
{
  if (prop_id == NATTER_MESSAGE_PROP_CONTENT)
    _natter_message_forget_document (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  if (prop_id == NATTER_MESSAGE_PROP_CONTENT)
    g_object_notify_by_pspec (G_OBJECT (self), properties[NATTER_MESSAGE_PROP_DOCUMENT]);
}

static int
day_of (gint64 time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local_usec (time);

  return date != NULL ? g_date_time_get_year (date) * 366 + g_date_time_get_day_of_year (date) : 0;
}

void
_natter_message_set_time (NatterMessage *self,
                          gint64         time)
{
  if (self->time == time)
    return;
  self->time = time;
  self->day = day_of (time);
  _natter_message_notify (self, NATTER_MESSAGE_PROP_TIME);
}

static void
on_author_notify (NatterMessage *self,
                  GParamSpec    *pspec)
{
  if (g_str_equal (pspec->name, "name") && self->alias_name == NULL)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_NAME);
  else if (g_str_equal (pspec->name, "color"))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_COLOR);
  else if (g_str_equal (pspec->name, "avatar") && self->alias_avatar == NULL)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_AVATAR);
  else if (g_str_equal (pspec->name, "blocked") && !self->revealed)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_COLLAPSED);
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
  _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR);
  _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_NAME);
  _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_COLOR);
  _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_AVATAR);
}

static void
natter_message_dispose (GObject *object)
{
  NatterMessage *self = NATTER_MESSAGE (object);

  g_clear_weak_pointer (&self->channel);
  g_clear_object (&self->author);
  g_clear_object (&self->reactions);
  g_clear_object (&self->attachments);
  g_clear_object (&self->embeds);
  g_clear_object (&self->poll);
  _natter_message_forget_document (self);
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
  g_free (self->command);
  g_free (self->command_user);
  g_free (self->kept_content);
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
    case NATTER_MESSAGE_PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case NATTER_MESSAGE_PROP_CHANNEL:
      g_value_set_object (value, self->channel);
      break;
    case NATTER_MESSAGE_PROP_AUTHOR:
      g_value_set_object (value, self->author);
      break;
    case NATTER_MESSAGE_PROP_AUTHOR_NAME:
      g_value_set_string (value, natter_message_get_author_name (self));
      break;
    case NATTER_MESSAGE_PROP_AUTHOR_COLOR:
      g_value_set_int (value, natter_message_get_author_color (self));
      break;
    case NATTER_MESSAGE_PROP_AUTHOR_AVATAR:
      g_value_set_string (value, natter_message_get_author_avatar (self));
      break;
    case NATTER_MESSAGE_PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;
    case NATTER_MESSAGE_PROP_DOCUMENT:
      g_value_set_boxed (value, natter_message_get_document (self));
      break;
    case NATTER_MESSAGE_PROP_TIME:
      g_value_set_int64 (value, self->time);
      break;
    case NATTER_MESSAGE_PROP_EDITED:
      g_value_set_boolean (value, self->edited);
      break;
    case NATTER_MESSAGE_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case NATTER_MESSAGE_PROP_WAITING:
      g_value_set_boolean (value, natter_message_get_waiting (self));
      break;
    case NATTER_MESSAGE_PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case NATTER_MESSAGE_PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;
    case NATTER_MESSAGE_PROP_CONTINUES:
      g_value_set_boolean (value, self->continues);
      break;
    case NATTER_MESSAGE_PROP_STARTS_DAY:
      g_value_set_boolean (value, self->starts_day);
      break;
    case NATTER_MESSAGE_PROP_REPLY_TO_ID:
      g_value_set_string (value, self->reply_to_id);
      break;
    case NATTER_MESSAGE_PROP_REPLY_AUTHOR_NAME:
      g_value_set_string (value, self->reply_author_name);
      break;
    case NATTER_MESSAGE_PROP_REPLY_TEXT:
      g_value_set_string (value, self->reply_text);
      break;
    case NATTER_MESSAGE_PROP_REPLY_GONE:
      g_value_set_boolean (value, self->reply_gone);
      break;
    case NATTER_MESSAGE_PROP_STARTS_NEW:
      g_value_set_boolean (value, self->starts_new);
      break;
    case NATTER_MESSAGE_PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;
    case NATTER_MESSAGE_PROP_COLLAPSED:
      g_value_set_boolean (value, natter_message_get_collapsed (self));
      break;
    case NATTER_MESSAGE_PROP_REACTIONS:
      g_value_set_object (value, self->reactions);
      break;
    case NATTER_MESSAGE_PROP_ATTACHMENTS:
      g_value_set_object (value, self->attachments);
      break;
    case NATTER_MESSAGE_PROP_EMBEDS:
      g_value_set_object (value, self->embeds);
      break;
    case NATTER_MESSAGE_PROP_POLL:
      g_value_set_object (value, self->poll);
      break;
    case NATTER_MESSAGE_PROP_ORIGIN:
      g_value_set_enum (value, natter_message_get_origin (self));
      break;
    case NATTER_MESSAGE_PROP_MAY_REPLY:
      g_value_set_boolean (value, natter_message_get_may_reply (self));
      break;
    case NATTER_MESSAGE_PROP_MAY_REACT:
      g_value_set_boolean (value, natter_message_get_may_react (self));
      break;
    case NATTER_MESSAGE_PROP_MAY_EDIT:
      g_value_set_boolean (value, natter_message_get_may_edit (self));
      break;
    case NATTER_MESSAGE_PROP_MAY_DELETE:
      g_value_set_boolean (value, natter_message_get_may_delete (self));
      break;
    case NATTER_MESSAGE_PROP_MAY_PIN:
      g_value_set_boolean (value, natter_message_get_may_pin (self));
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
    case NATTER_MESSAGE_PROP_CHANNEL:
      g_set_weak_pointer (&self->channel, g_value_get_object (value));
      break;
    case NATTER_MESSAGE_PROP_AUTHOR:
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

  properties[NATTER_MESSAGE_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL, construct);
  properties[NATTER_MESSAGE_PROP_AUTHOR] = g_param_spec_object ("author", NULL, NULL, NATTER_TYPE_MEMBER, construct);
  properties[NATTER_MESSAGE_PROP_AUTHOR_NAME] = g_param_spec_string ("author-name", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_AUTHOR_COLOR] = g_param_spec_int ("author-color", NULL, NULL, -1, 0xffffff, -1, notified);
  properties[NATTER_MESSAGE_PROP_AUTHOR_AVATAR] = g_param_spec_string ("author-avatar", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_CONTENT] = g_param_spec_string ("content", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_DOCUMENT] = g_param_spec_boxed ("document", NULL, NULL, NATTER_TYPE_DOCUMENT, notified);
  properties[NATTER_MESSAGE_PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, notified);
  properties[NATTER_MESSAGE_PROP_EDITED] = g_param_spec_boolean ("edited", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_MESSAGE_STATE, NATTER_MESSAGE_SENT, notified);
  properties[NATTER_MESSAGE_PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  properties[NATTER_MESSAGE_PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_CONTINUES] = g_param_spec_boolean ("continues", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_STARTS_DAY] = g_param_spec_boolean ("starts-day", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_REPLY_TO_ID] = g_param_spec_string ("reply-to-id", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_REPLY_AUTHOR_NAME] = g_param_spec_string ("reply-author-name", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_REPLY_TEXT] = g_param_spec_string ("reply-text", NULL, NULL, NULL, notified);
  properties[NATTER_MESSAGE_PROP_REPLY_GONE] = g_param_spec_boolean ("reply-gone", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_STARTS_NEW] = g_param_spec_boolean ("starts-new", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_PINNED] = g_param_spec_boolean ("pinned", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_REACTIONS] = g_param_spec_object ("reactions", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[NATTER_MESSAGE_PROP_ATTACHMENTS] =
    g_param_spec_object ("attachments", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[NATTER_MESSAGE_PROP_EMBEDS] = g_param_spec_object ("embeds", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[NATTER_MESSAGE_PROP_POLL] = g_param_spec_object ("poll", NULL, NULL, NATTER_TYPE_POLL, notified);
  properties[NATTER_MESSAGE_PROP_ORIGIN] =
    g_param_spec_enum ("origin", NULL, NULL, NATTER_TYPE_MESSAGE_ORIGIN, NATTER_MESSAGE_FROM_PERSON, notified);
  properties[NATTER_MESSAGE_PROP_MAY_REPLY] = g_param_spec_boolean ("may-reply", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_MAY_REACT] = g_param_spec_boolean ("may-react", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_MAY_EDIT] = g_param_spec_boolean ("may-edit", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_MAY_DELETE] = g_param_spec_boolean ("may-delete", NULL, NULL, FALSE, notified);
  properties[NATTER_MESSAGE_PROP_MAY_PIN] = g_param_spec_boolean ("may-pin", NULL, NULL, FALSE, notified);
  g_object_class_install_properties (object_class, NATTER_MESSAGE_N_PROPS, properties);
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
  _natter_message_set_time (self, data->time != 0 ? data->time : g_get_real_time ());
  natter_message_update (self, data);
  return self;
}
