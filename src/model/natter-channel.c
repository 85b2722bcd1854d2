/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-session-private.h"
#include "natter-draft.h"
#include "natter-file.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-outbox-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"
#include "natter-voice-user.h"

/* April 2026 servers look no further back than this when they count. */
#define UNREAD_CAP 200

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_KIND,
  PROP_SECTION,
  PROP_CAN_SEND,
  PROP_CANNOT_SEND_REASON,
  PROP_UNREAD,
  PROP_UNREAD_CAPPED,
  PROP_MENTIONS,
  PROP_TYPING,
  PROP_TIMELINE,
  PROP_GROUP,
  PROP_NOTIFY_LEVEL,
  PROP_MUTED_UNTIL,
  PROP_KEEP_OFFLINE,
  PROP_MUTED,
  PROP_DRAFT,
  PROP_HAS_DRAFT,
  PROP_SEND_WAITS,
  PROP_RIGHTS,
  PROP_THREADS,
  PROP_PARENT,
  PROP_CREATOR,
  PROP_LOCKED,
  PROP_ARCHIVED,
  PROP_JOINED,
  PROP_ACTIVITY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint act_failed;

G_DEFINE_FINAL_TYPE (NatterChannel, natter_channel, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterSendBlock, natter_send_block,
                    G_DEFINE_ENUM_VALUE (NATTER_SEND_ALLOWED, "allowed"),
                    G_DEFINE_ENUM_VALUE (NATTER_SEND_NO_RIGHT, "no-right"),
                    G_DEFINE_ENUM_VALUE (NATTER_SEND_WRONG_KIND, "wrong-kind"),
                    G_DEFINE_ENUM_VALUE (NATTER_SEND_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (NATTER_SEND_OFFLINE, "offline"))

G_DEFINE_ENUM_TYPE (NatterAct, natter_act,
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_REACT, "react"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_UNREACT, "unreact"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_EDIT, "edit"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_DELETE, "delete"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_PIN, "pin"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_UNPIN, "unpin"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_MARK_UNREAD, "mark-unread"),
                    G_DEFINE_ENUM_VALUE (NATTER_ACT_THREAD, "thread"))

static void
notify (NatterChannel *self,
        guint          prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
is_capped (NatterChannel *self)
{
  NatterHandshake *handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;

  return self->unread >= UNREAD_CAP && handshake != NULL && !natter_handshake_is_new_generation (handshake);
}

static void
natter_channel_dispose (GObject *object)
{
  NatterChannel *self = NATTER_CHANNEL (object);

  g_clear_handle_id (&self->ack_source, g_source_remove);
  g_clear_weak_pointer (&self->server);
  g_clear_object (&self->group);
  g_clear_object (&self->pins);
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->typing, natter_typing_free);
  G_OBJECT_CLASS (natter_channel_parent_class)->dispose (object);
}

static void
natter_channel_finalize (GObject *object)
{
  NatterChannel *self = NATTER_CHANNEL (object);

  g_free (self->name);
  g_free (self->title);
  g_free (self->description);
  g_object_unref (self->voice);
  g_free (self->last_acked);
  g_free (self->next_ack);
  g_free (self->last_read);
  g_free (self->newest_id);
  g_free (self->line_id);
  g_free (self->line_after);
  g_queue_clear (&self->quote_ids);
  g_hash_table_unref (self->quotes);
  g_object_unref (self->files);
  natter_rights_clear_rules (&self->rules);
  g_clear_object (&self->threads);
  g_clear_pointer (&self->thread, _natter_thread_free);
  G_OBJECT_CLASS (natter_channel_parent_class)->finalize (object);
}

static void
natter_channel_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  NatterChannel *self = NATTER_CHANNEL (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, natter_channel_get_title (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_KIND:
      g_value_set_int (value, self->kind);
      break;
    case PROP_SECTION:
      g_value_set_string (value, natter_channel_get_section (self));
      break;
    case PROP_CAN_SEND:
      g_value_set_boolean (value, self->block == NATTER_SEND_ALLOWED);
      break;
    case PROP_CANNOT_SEND_REASON:
      g_value_set_enum (value, self->block);
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;
    case PROP_UNREAD_CAPPED:
      g_value_set_boolean (value, is_capped (self));
      break;
    case PROP_MENTIONS:
      g_value_set_uint (value, self->mentions);
      break;
    case PROP_TYPING:
      g_value_set_object (value, natter_channel_get_typing (self));
      break;
    case PROP_TIMELINE:
      g_value_set_object (value, natter_channel_get_timeline (self));
      break;
    case PROP_GROUP:
      g_value_set_object (value, self->group);
      break;
    case PROP_NOTIFY_LEVEL:
      g_value_set_enum (value, natter_channel_get_notify_level (self));
      break;
    case PROP_MUTED_UNTIL:
      g_value_set_int64 (value, natter_channel_get_muted_until (self));
      break;
    case PROP_KEEP_OFFLINE:
      g_value_set_boolean (value, natter_channel_get_keep_offline (self));
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_DRAFT:
      g_value_set_object (value, natter_channel_get_draft (self));
      break;
    case PROP_SEND_WAITS:
      g_value_set_boolean (value, natter_channel_get_send_waits (self));
      break;
    case PROP_HAS_DRAFT:
      g_value_set_boolean (value, natter_channel_get_has_draft (self));
      break;
    case PROP_RIGHTS:
      g_value_set_flags (value, self->rights);
      break;
    case PROP_THREADS:
      g_value_set_object (value, natter_channel_get_threads (self));
      break;
    case PROP_PARENT:
      g_value_set_object (value, natter_channel_get_parent (self));
      break;
    case PROP_CREATOR:
      g_value_set_object (value, natter_channel_get_creator (self));
      break;
    case PROP_LOCKED:
      g_value_set_boolean (value, natter_channel_get_locked (self));
      break;
    case PROP_ARCHIVED:
      g_value_set_boolean (value, natter_channel_get_archived (self));
      break;
    case PROP_JOINED:
      g_value_set_boolean (value, natter_channel_get_joined (self));
      break;
    case PROP_ACTIVITY:
      g_value_set_int64 (value, natter_channel_get_activity (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_channel_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  NatterChannel *self = NATTER_CHANNEL (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_set_weak_pointer (&self->server, g_value_get_object (value));
      break;
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    case PROP_NOTIFY_LEVEL:
      natter_channel_set_notify_level (self, g_value_get_enum (value));
      break;
    case PROP_MUTED_UNTIL:
      natter_channel_set_muted_until (self, g_value_get_int64 (value));
      break;
    case PROP_KEEP_OFFLINE:
      natter_channel_set_keep_offline (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_channel_class_init (NatterChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_channel_dispose;
  object_class->finalize = natter_channel_finalize;
  object_class->get_property = natter_channel_get_property;
  object_class->set_property = natter_channel_set_property;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER, construct);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", construct);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, notified);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, notified);
  properties[PROP_KIND] =
    g_param_spec_int ("kind", NULL, NULL, NATTER_CHANNEL_TEXT, NATTER_CHANNEL_THREAD, NATTER_CHANNEL_TEXT, notified);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL, notified);
  properties[PROP_CAN_SEND] = g_param_spec_boolean ("can-send", NULL, NULL, FALSE, notified);
  properties[PROP_CANNOT_SEND_REASON] =
    g_param_spec_enum ("cannot-send-reason", NULL, NULL, NATTER_TYPE_SEND_BLOCK, NATTER_SEND_OFFLINE, notified);
  properties[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_UNREAD_CAPPED] = g_param_spec_boolean ("unread-capped", NULL, NULL, FALSE, notified);
  properties[PROP_MENTIONS] = g_param_spec_uint ("mentions", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_TYPING] = g_param_spec_object ("typing", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL, NATTER_TYPE_TIMELINE, notified);
  properties[PROP_GROUP] = g_param_spec_object ("group", NULL, NULL, NATTER_TYPE_GROUP, notified);
  properties[PROP_NOTIFY_LEVEL] = g_param_spec_enum ("notify-level", NULL, NULL, NATTER_TYPE_NOTIFY_LEVEL,
                                                     NATTER_NOTIFY_DEFAULT, notified | G_PARAM_WRITABLE);
  properties[PROP_MUTED_UNTIL] =
    g_param_spec_int64 ("muted-until", NULL, NULL, 0, G_MAXINT64, 0, notified | G_PARAM_WRITABLE);
  properties[PROP_KEEP_OFFLINE] = g_param_spec_boolean ("keep-offline", NULL, NULL, FALSE, notified | G_PARAM_WRITABLE);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, notified);
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, NATTER_TYPE_DRAFT, notified);
  properties[PROP_HAS_DRAFT] = g_param_spec_boolean ("has-draft", NULL, NULL, FALSE, notified);
  properties[PROP_SEND_WAITS] = g_param_spec_boolean ("send-waits", NULL, NULL, FALSE, notified);
  properties[PROP_RIGHTS] = g_param_spec_flags ("rights", NULL, NULL, NATTER_TYPE_RIGHTS, 0, notified);
  properties[PROP_THREADS] = g_param_spec_object ("threads", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_PARENT] = g_param_spec_object ("parent", NULL, NULL, NATTER_TYPE_CHANNEL, notified);
  properties[PROP_CREATOR] = g_param_spec_object ("creator", NULL, NULL, NATTER_TYPE_MEMBER, notified);
  properties[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, notified);
  properties[PROP_ARCHIVED] = g_param_spec_boolean ("archived", NULL, NULL, FALSE, notified);
  properties[PROP_JOINED] = g_param_spec_boolean ("joined", NULL, NULL, FALSE, notified);
  properties[PROP_ACTIVITY] = g_param_spec_int64 ("activity", NULL, NULL, 0, G_MAXINT64, 0, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * NatterChannel::act-failed:
   * @self: a channel
   * @message: (nullable): to which it was done
   * @act: what was done
   * @error: why it was refused
   *
   * What was done to a message was refused and is taken back.
   */
  act_failed = g_signal_new ("act-failed", NATTER_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                             NATTER_TYPE_MESSAGE, NATTER_TYPE_ACT, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
natter_channel_init (NatterChannel *self)
{
  self->block = NATTER_SEND_OFFLINE;
  self->typing = natter_typing_new ();
  self->voice = g_list_store_new (NATTER_TYPE_VOICE_USER);
  self->files = g_list_store_new (NATTER_TYPE_FILE);
  self->quotes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, _natter_quote_free);
}

/* @message_id: (nullable): also of a message that is not at hand */
void
_natter_channel_tell_failure (NatterChannel *self,
                              NatterMessage *message,
                              const char    *message_id,
                              NatterAct      act,
                              const GError  *error)
{
  g_signal_emit (self, act_failed, 0, message, act, error);
  if (self->server != NULL)
    _natter_session_act_failed (self->server->session, self, message_id, act, error);
}

void
_natter_channel_act_failed (NatterChannel *self,
                            NatterMessage *message,
                            NatterAct      act,
                            const GError  *error)
{
  _natter_channel_tell_failure (self, message, message != NULL ? natter_message_get_id (message) : NULL, act, error);
}

NatterChannel *
_natter_channel_new (NatterServer *server,
                     const char   *name)
{
  NatterChannel *self = g_object_new (NATTER_TYPE_CHANNEL, "server", server, "name", name, NULL);

  _natter_channel_refresh_muted (self);
  return self;
}

/* Names and descriptions may be of any length and hold line breaks; the list shows one line. */
char *
_natter_channel_make_title (const char *text)
{
  char *title;

  if (text == NULL)
    return NULL;
  title = g_strstrip (g_strdelimit (g_strdup (text), "\n\r\t", ' '));
  if (title[0] == '\0')
    g_clear_pointer (&title, g_free);
  return title;
}

void
_natter_channel_set_title (NatterChannel *self,
                           const char    *title)
{
  g_autofree char *line = _natter_channel_make_title (title);

  if (g_set_str (&self->title, line))
    notify (self, PROP_TITLE);
}

void
_natter_channel_update (NatterChannel           *self,
                        const NatterChannelData *data)
{
  _natter_channel_set_title (self, data->display_name);
  if (g_set_str (&self->description, data->description))
    notify (self, PROP_DESCRIPTION);
  if (self->kind != data->type)
    {
      self->kind = data->type;
      notify (self, PROP_KIND);
    }
  if (data->last_message_id != NULL)
    g_set_str (&self->newest_id, data->last_message_id);
  natter_rights_clear_rules (&self->rules);
  natter_rights_copy_rules (&self->rules, &data->rights);
  if (data->has_live)
    _natter_channel_set_voice (self, data->voice);
  _natter_channel_refresh_block (self);
}

void
_natter_channel_set_section (NatterChannel *self,
                             NatterGroup   *section)
{
  if (!g_set_object (&self->group, section))
    return;
  notify (self, PROP_SECTION);
  notify (self, PROP_GROUP);
}

void
_natter_channel_refresh_muted (NatterChannel *self)
{
  gboolean muted = natter_channel_get_muted_until (self) != 0;

  if (self->muted == muted)
    return;
  self->muted = !!muted;
  notify (self, PROP_MUTED);
}

static NatterRights
find_rights (NatterChannel *self)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;
  NatterChannel *owner = self->thread != NULL ? self->thread->parent : self;
  NatterHandshake *handshake;
  NatterRights rights;

  if (me == NULL || owner == NULL)
    return 0;
  handshake = natter_server_get_handshake (self->server);
  rights = natter_rights_find (&owner->rules, natter_member_get_role_names (me), natter_member_get_username (me),
                               handshake != NULL && natter_handshake_is_new_generation (handshake));
  if (self->thread == NULL)
    return rights;
  /* Servers pin in channels only, and in a thread that is locked or put away one may do nothing but write in the latter. */
  rights &= ~(NATTER_MAY_PIN | NATTER_MAY_CREATE_THREAD);
  return self->thread->locked || self->thread->archived ? rights & NATTER_MAY_SEND : rights;
}

static void
refresh_rights (NatterChannel *self)
{
  NatterRights rights = find_rights (self);

  if (self->rights == rights)
    return;
  self->rights = rights;
  notify (self, PROP_RIGHTS);
  if (self->timeline != NULL)
    _natter_timeline_each (self->timeline, _natter_message_refresh_may);
  if (self->pins != NULL)
    _natter_pins_each (self->pins, _natter_message_refresh_may);
}

static NatterSendBlock
find_block (NatterChannel *self)
{
  if (self->kind != NATTER_CHANNEL_TEXT && self->kind != NATTER_CHANNEL_CHAT && self->kind != NATTER_CHANNEL_THREAD)
    return NATTER_SEND_WRONG_KIND;
  if (self->server == NULL || natter_server_get_me (self->server) == NULL)
    return NATTER_SEND_OFFLINE;
  if ((self->rights & NATTER_MAY_SEND) == 0)
    return NATTER_SEND_NO_RIGHT;
  if (natter_channel_get_locked (self))
    return NATTER_SEND_LOCKED;
  if (natter_server_get_state (self->server) != NATTER_CONNECTION_READY)
    return NATTER_SEND_OFFLINE;
  return NATTER_SEND_ALLOWED;
}

/* To be called when the connection, one's roles or the channel's rules have changed. */
void
_natter_channel_refresh_block (NatterChannel *self)
{
  gboolean could_send = self->block == NATTER_SEND_ALLOWED;
  NatterSendBlock block;

  refresh_rights (self);
  if (self->thread != NULL)
    _natter_channel_refresh_thread (self);
  block = find_block (self);
  if (self->block == block)
    return;
  self->block = block;
  notify (self, PROP_CANNOT_SEND_REASON);
  if (could_send != (block == NATTER_SEND_ALLOWED))
    notify (self, PROP_CAN_SEND);
}

/* @mentions: -1 for as before, as April 2026 servers do not tell */
void
_natter_channel_set_unread (NatterChannel *self,
                            guint          unread,
                            int            mentions)
{
  gboolean was_capped = is_capped (self);
  guint n_mentions = mentions >= 0 ? (guint) mentions : MIN (self->mentions, unread);
  gboolean changes = self->unread != unread || self->mentions != n_mentions;

  if (self->mentions != n_mentions)
    {
      self->mentions = n_mentions;
      notify (self, PROP_MENTIONS);
      if (self->thread != NULL && self->thread->parent != NULL)
        _natter_channel_count_threads (self->thread->parent);
    }
  if (self->unread != unread)
    {
      self->unread = unread;
      notify (self, PROP_UNREAD);
    }
  if (is_capped (self) != was_capped)
    notify (self, PROP_UNREAD_CAPPED);
  if (changes && self->server != NULL)
    _natter_server_keep_reading (self->server, self);
}

void
_natter_channel_went_offline (NatterChannel *self)
{
  natter_typing_clear (self->typing);
  self->unreads_known = FALSE;
  if (self->pins != NULL)
    _natter_pins_went_offline (self->pins);
  if (self->timeline != NULL)
    _natter_timeline_went_offline (self->timeline);
}

void
_natter_channel_came_back (NatterChannel *self)
{
  if (self->timeline != NULL)
    _natter_timeline_resync (self->timeline);
}

void
_natter_channel_show_typing (NatterChannel *self,
                             NatterMember  *member,
                             guint          duration_ms)
{
  natter_typing_start (self->typing, member, duration_ms);
}

/**
 * natter_channel_set_notify_level:
 * @self: a channel
 * @level: what the person wants to be told about
 */
void
natter_channel_set_notify_level (NatterChannel     *self,
                                 NatterNotifyLevel  level)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->server == NULL || natter_channel_get_notify_level (self) == level)
    return;
  _natter_server_set_level (self->server, self->name, level);
  notify (self, PROP_NOTIFY_LEVEL);
}

/**
 * natter_channel_set_muted_until:
 * @self: a channel
 * @until: in microseconds since 1970; %NATTER_MUTED_FOREVER, or 0 to end it
 *
 * While it is muted, it makes no noise and its unread messages don't count for the server.
 */
void
natter_channel_set_muted_until (NatterChannel *self,
                                gint64         until)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->server == NULL || natter_channel_get_muted_until (self) == until)
    return;
  _natter_server_set_muted_until (self->server, self->name, until);
  notify (self, PROP_MUTED_UNTIL);
}

void
_natter_channel_draft_changed (NatterChannel *self)
{
  notify (self, PROP_HAS_DRAFT);
}
