/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"

#include <string.h>

#define CONTINUE_USEC (5 * G_TIME_SPAN_MINUTE)

static void
update_alias (NatterMessage           *self,
              const NatterMessageData *data)
{
  if (data->alias_name != NULL && g_set_str (&self->alias_name, data->alias_name))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_NAME);
  if (data->alias_avatar != NULL)
    {
      NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
      g_autofree char *avatar = NULL;

      if (server != NULL)
        avatar = natter_address_resolve_http (natter_server_get_address (server), data->alias_avatar);
      if (g_set_str (&self->alias_avatar, avatar))
        _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_AVATAR);
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
    _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_TO_ID);
  if (data->reply_to_author != NULL && server != NULL)
    {
      NatterMember *author = natter_server_intern_member (server, data->reply_to_author);

      if (g_set_str (&self->reply_author_name, natter_member_get_name (author)))
        _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_AUTHOR_NAME);
    }
  if (data->reply_to_content != NULL && g_set_str (&self->reply_text, data->reply_to_content))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_TEXT);
}

static void
update_origin (NatterMessage           *self,
               const NatterMessageData *data)
{
  NatterMessageOrigin origin = natter_message_get_origin (self);

  self->is_webhook = !!data->is_webhook;
  g_set_str (&self->command, data->command);
  g_set_str (&self->command_user, data->command_user);
  if (natter_message_get_origin (self) != origin)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_ORIGIN);
}

/* What the server has; while an edit waits here, its text stays in sight. One that failed or waits may have arrived all the
 * same, when only the answer was lost. */
static void
take_content (NatterMessage *self,
              const char    *content)
{
  if (self->kept_content == NULL)
    {
      if (g_set_str (&self->content, content))
        _natter_message_notify (self, NATTER_MESSAGE_PROP_CONTENT);
      return;
    }
  g_set_str (&self->kept_content, content);
  if ((self->state == NATTER_MESSAGE_PENDING && !self->waiting) || !g_str_equal (self->content, content))
    return;
  _natter_message_end_edit (self);
  if (self->channel != NULL)
    _natter_channel_forget_edit (self->channel, self);
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

  take_content (self, data->content);
  if (data->edited && !self->edited)
    {
      self->edited = TRUE;
      _natter_message_notify (self, NATTER_MESSAGE_PROP_EDITED);
    }
  update_alias (self, data);
  update_reply (self, data);
  update_origin (self, data);
  _natter_message_set_pinned (self, data->pinned);
  _natter_message_update_parts (self, data);
  _natter_message_refresh_may (self);
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
      _natter_message_notify (self, NATTER_MESSAGE_PROP_ERROR);
    }
  if (self->state == state)
    return;
  self->state = state;
  _natter_message_notify (self, NATTER_MESSAGE_PROP_STATE);
  if (natter_message_get_waiting (self) != was_waiting)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_WAITING);
  _natter_message_refresh_may (self);
}

void
_natter_message_set_pinned (NatterMessage *self,
                            gboolean       pinned)
{
  if (self->pinned == !!pinned)
    return;
  self->pinned = !!pinned;
  _natter_message_notify (self, NATTER_MESSAGE_PROP_PINNED);
}

static NatterMessageMay
find_may (NatterMessage *self)
{
  NatterRights rights = self->channel != NULL ? natter_channel_get_rights (self->channel) : 0;
  NatterMessageMay may = 0;

  if (self->id == NULL)
    return 0;
  if (rights & (self->own ? NATTER_MAY_DELETE_OWN : NATTER_MAY_DELETE_ANY))
    may |= NATTER_MESSAGE_MAY_DELETE;
  if (self->own && (rights & NATTER_MAY_EDIT_OWN) != 0 && self->poll == NULL)
    may |= NATTER_MESSAGE_MAY_EDIT;
  if (rights & NATTER_MAY_SEND)
    may |= NATTER_MESSAGE_MAY_REPLY;
  if (rights & NATTER_MAY_REACT)
    may |= NATTER_MESSAGE_MAY_REACT;
  if (rights & NATTER_MAY_PIN)
    may |= NATTER_MESSAGE_MAY_PIN;
  return may;
}

/* To be called when one's roles, the channel's rules or what the message is have changed. */
void
_natter_message_refresh_may (NatterMessage *self)
{
  const struct
  {
    NatterMessageMay may;
    guint            prop_id;
  } acts[] = {
    { NATTER_MESSAGE_MAY_REPLY, NATTER_MESSAGE_PROP_MAY_REPLY },
    { NATTER_MESSAGE_MAY_REACT, NATTER_MESSAGE_PROP_MAY_REACT },
    { NATTER_MESSAGE_MAY_EDIT, NATTER_MESSAGE_PROP_MAY_EDIT },
    { NATTER_MESSAGE_MAY_DELETE, NATTER_MESSAGE_PROP_MAY_DELETE },
    { NATTER_MESSAGE_MAY_PIN, NATTER_MESSAGE_PROP_MAY_PIN },
  };
  NatterMessageMay before = self->may;

  self->may = find_may (self);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if ((before ^ self->may) & acts[i].may)
      _natter_message_notify (self, acts[i].prop_id);
}

void
_natter_message_begin_edit (NatterMessage *self,
                            const char    *content)
{
  if (self->kept_content == NULL)
    self->kept_content = g_strdup (self->content);
  if (g_set_str (&self->content, content))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_CONTENT);
  set_state (self, NATTER_MESSAGE_PENDING, NULL);
}

/* The server has taken it. */
void
_natter_message_end_edit (NatterMessage *self)
{
  g_clear_pointer (&self->kept_content, g_free);
  if (!self->edited)
    {
      self->edited = TRUE;
      _natter_message_notify (self, NATTER_MESSAGE_PROP_EDITED);
    }
  set_state (self, NATTER_MESSAGE_SENT, NULL);
}

void
_natter_message_give_up_edit (NatterMessage *self)
{
  g_autofree char *content = g_steal_pointer (&self->kept_content);

  if (content != NULL && g_set_str (&self->content, content))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_CONTENT);
  set_state (self, NATTER_MESSAGE_SENT, NULL);
}

/* What the server has */
const char *
_natter_message_get_kept_content (NatterMessage *self)
{
  return self->kept_content != NULL ? self->kept_content : self->content;
}

gboolean
_natter_message_is_edit (NatterMessage *self)
{
  return self->kept_content != NULL;
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
    _natter_message_notify (self, NATTER_MESSAGE_PROP_WAITING);
}

void
_natter_message_set_sent (NatterMessage           *self,
                          const NatterMessageData *data)
{
  if (g_set_str (&self->id, data->id))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_ID);
  if (data->time != 0)
    _natter_message_set_time (self, data->time);
  natter_message_update (self, data);
  set_state (self, NATTER_MESSAGE_SENT, NULL);
}

/* An edit of which only the text is told. */
void
_natter_message_set_content (NatterMessage *self,
                             const char    *content)
{
  take_content (self, content);
  if (self->edited)
    return;
  self->edited = TRUE;
  _natter_message_notify (self, NATTER_MESSAGE_PROP_EDITED);
}

void
_natter_message_set_reply (NatterMessage *self,
                           const char    *author_name,
                           const char    *text)
{
  if (author_name != NULL && g_set_str (&self->reply_author_name, author_name))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_AUTHOR_NAME);
  if (text != NULL && g_set_str (&self->reply_text, text))
    _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_TEXT);
}

/* What it answers is not there any more. */
void
_natter_message_set_reply_gone (NatterMessage *self)
{
  if (self->reply_gone)
    return;
  self->reply_gone = TRUE;
  _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_GONE);
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
      _natter_message_notify (self, NATTER_MESSAGE_PROP_CONTINUES);
    }
  if (self->starts_day != starts_day)
    {
      self->starts_day = starts_day;
      _natter_message_notify (self, NATTER_MESSAGE_PROP_STARTS_DAY);
    }
}

void
_natter_message_set_starts_new (NatterMessage *self,
                                gboolean       starts_new)
{
  if (self->starts_new == !!starts_new)
    return;
  self->starts_new = !!starts_new;
  _natter_message_notify (self, NATTER_MESSAGE_PROP_STARTS_NEW);
}
