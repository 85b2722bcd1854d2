/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-candidate.h"
#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-poll-private.h"
#include "natter-role.h"
#include "natter-server-private.h"
#include "natter-session-private.h"
#include "natter-slash-command.h"

enum
{
  PROP_0,
  PROP_ID,
  PROP_ADDRESS,
  PROP_SESSION,
  PROP_ACCOUNT,
  PROP_NAME,
  PROP_ICON,
  PROP_STATE,
  PROP_REASON,
  PROP_HANDSHAKE,
  PROP_ME,
  PROP_CHANNELS,
  PROP_MEMBERS,
  PROP_UNREAD,
  PROP_MENTIONS,
  PROP_LAST_CHANNEL,
  PROP_GROUP,
  PROP_HAS_TWIN,
  PROP_REMOTE_MEDIA,
  PROP_OWN_REMOTE_MEDIA,
  PROP_NOTIFY_LEVEL,
  PROP_MUTED_UNTIL,
  PROP_MUTED,
  N_PROPS
};

enum
{
  SETTING_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterServer, natter_server, G_TYPE_OBJECT)

static void
notify (NatterServer *self,
        guint         prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

/* (transfer full): channels and threads; their lists may change meanwhile */
static GPtrArray *
dup_channels (NatterServer *self)
{
  GPtrArray *channels = g_hash_table_get_values_as_ptr_array (self->by_name);

  g_ptr_array_extend_and_steal (channels, g_hash_table_get_values_as_ptr_array (self->threads));
  g_ptr_array_foreach (channels, (GFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (channels, g_object_unref);
  return channels;
}

static void
each_channel (NatterServer *self,
              void        (*function) (NatterChannel *channel))
{
  g_autoptr(GPtrArray) channels = dup_channels (self);

  for (guint i = 0; i < channels->len; i++)
    function (channels->pdata[i]);
}

/* Whether what the person did with messages is still on its way */
gboolean
_natter_server_wind_up (NatterServer *self)
{
  return _natter_server_send_acts (self, TRUE);
}

/* @self: (nullable): Whether there is a connection over which things can be done */
gboolean
_natter_server_is_ready (NatterServer *self)
{
  return self != NULL && natter_server_get_state (self) == NATTER_CONNECTION_READY;
}

/* (transfer full): under which something is in a table that is about a channel or a thread, or a message there. @kind: what;
 * @message_id: (nullable) */
char *
_natter_server_make_key (const char *kind,
                         const char *channel,
                         const char *thread_id,
                         const char *message_id)
{
  return g_strconcat (kind, thread_id != NULL ? "\nthread\n" : "\nchannel\n",
                      thread_id != NULL ? thread_id : channel != NULL ? channel : "", "\n", message_id, NULL);
}

gboolean
_natter_server_may_send_typing (NatterServer *self)
{
  return self->session == NULL || natter_session_get_send_typing (self->session);
}

void
_natter_server_refresh_blocks (NatterServer *self)
{
  each_channel (self, _natter_channel_refresh_block);
}

static void
on_handshake (NatterServer *self)
{
  NatterHandshake *handshake = natter_connection_get_handshake (self->connection);

  /* The connection forgets it when it tries again; here it stays until there is another. */
  if (handshake == NULL)
    return;
  if (g_set_object (&self->handshake, handshake))
    notify (self, PROP_HANDSHAKE);
  if (natter_handshake_get_name (handshake) != NULL)
    _natter_server_set_name (self, natter_handshake_get_name (handshake));
  if (natter_handshake_get_icon (handshake) != NULL)
    _natter_server_set_icon (self, natter_handshake_get_icon (handshake));
  _natter_server_sign_in_if_due (self);
}

static void
enter (NatterServer *self)
{
  NatterPacket *user = natter_connection_get_user (self->connection);

  self->was_ready = TRUE;
  self->has_entered = TRUE;
  _natter_server_set_sign_in_error (self, NULL);
  if (user != NULL)
    _natter_server_set_me (self, natter_roster_update (self->roster, user->user));
  if (self->account != NULL)
    natter_account_set_needs_sign_in (self->account, FALSE);
  if (self->account != NULL && self->session != NULL)
    _natter_session_fetch_blocked (self->session, self->account);
  _natter_server_keep_entry (self);
}

static void
refresh_polls (NatterServer *self)
{
  GHashTableIter iter;
  gpointer poll;

  g_hash_table_iter_init (&iter, self->polls);
  while (g_hash_table_iter_next (&iter, NULL, &poll))
    _natter_poll_refresh (poll);
}

static void
on_state (NatterServer *self)
{
  NatterConnectionState state = natter_connection_get_state (self->connection);
  gboolean leaves = self->was_ready && state != NATTER_CONNECTION_READY;
  gboolean enters = !self->was_ready && state == NATTER_CONNECTION_READY;

  if (state != NATTER_CONNECTION_HANDSHAKE && state != NATTER_CONNECTION_AUTHENTICATING
      && state != NATTER_CONNECTION_READY)
    {
      _natter_server_stop_sign_in (self);
      self->sign_in_tried = FALSE;
    }
  if (enters)
    enter (self);
  self->was_ready = state == NATTER_CONNECTION_READY;
  if (leaves)
    {
      self->commands_asked = FALSE;
      _natter_server_lose_newest (self);
      each_channel (self, _natter_channel_went_offline);
      _natter_server_acts_wait (self, TRUE);
      _natter_outbox_went_offline (self->outbox);
    }
  _natter_server_refresh_blocks (self);
  notify (self, PROP_STATE);
  if (enters)
    {
      /* First, so that the lists have it already. */
      _natter_server_send_status (self);
      _natter_server_fetch_all (self);
      each_channel (self, _natter_channel_came_back);
      _natter_server_acts_wait (self, FALSE);
      _natter_server_send_acts (self, FALSE);
      _natter_outbox_came_back (self->outbox);
      refresh_polls (self);
    }
  _natter_server_sign_in_if_due (self);
}

static void
on_reason (NatterServer *self)
{
  notify (self, PROP_REASON);
}

static void
on_remote_media (NatterServer *self)
{
  if (natter_server_get_own_remote_media (self) == NATTER_REMOTE_MEDIA_DEFAULT)
    _natter_server_remote_media_changed (self);
}

static void
natter_server_constructed (GObject *object)
{
  NatterServer *self = NATTER_SERVER (object);

  G_OBJECT_CLASS (natter_server_parent_class)->constructed (object);
  self->roster = natter_roster_new (self->address);
  self->outbox = _natter_outbox_new (self, self->session != NULL ? _natter_session_get_store (self->session) : NULL);
  _natter_server_load_drafts (self);
  _natter_server_load_acts (self);
  if (self->session != NULL)
    {
      g_signal_connect_object (self->session, "notify::remote-media", G_CALLBACK (on_remote_media), self, G_CONNECT_SWAPPED);
      on_remote_media (self);
    }
  self->connection = natter_connection_new (self->address);
  g_signal_connect_object (self->connection, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "notify::handshake", G_CALLBACK (on_handshake), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "notify::reason", G_CALLBACK (on_reason), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connection, "packet", G_CALLBACK (_natter_server_packet), self, G_CONNECT_SWAPPED);
}

static void
natter_server_dispose (GObject *object)
{
  NatterServer *self = NATTER_SERVER (object);

  _natter_server_stop_sign_in (self);
  g_clear_handle_id (&self->refetch_source, g_source_remove);
  g_clear_handle_id (&self->mute_source, g_source_remove);
  g_clear_handle_id (&self->names_source, g_source_remove);
  g_clear_handle_id (&self->resume_source, g_source_remove);
  if (self->connection != NULL)
    {
      _natter_server_send_acts (self, TRUE);
      g_signal_handlers_disconnect_by_data (self->connection, self);
      natter_connection_close (self->connection);
    }
  g_hash_table_remove_all (self->acts);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (natter_server_parent_class)->dispose (object);
}

static void
natter_server_finalize (GObject *object)
{
  NatterServer *self = NATTER_SERVER (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->outbox);
  g_clear_object (&self->account);
  g_clear_object (&self->handshake);
  g_clear_object (&self->me);
  g_clear_object (&self->group);
  g_hash_table_unref (self->threads);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->acts);
  g_hash_table_unref (self->newest);
  g_clear_pointer (&self->said, natter_packet_unref);
  g_object_unref (self->channels);
  g_object_unref (self->commands);
  g_object_unref (self->emojis);
  g_hash_table_unref (self->sections);
  g_hash_table_unref (self->settings);
  g_hash_table_unref (self->polls);
  _natter_server_set_emojis (self, NULL);
  natter_roster_free (self->roster);
  natter_address_unref (self->address);
  g_clear_error (&self->sign_in_error);
  g_free (self->id);
  g_free (self->name);
  g_free (self->icon);
  g_free (self->last_channel);
  G_OBJECT_CLASS (natter_server_parent_class)->finalize (object);
}

static void
natter_server_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  NatterServer *self = NATTER_SERVER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_ADDRESS:
      g_value_set_boxed (value, self->address);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_NAME:
      g_value_set_string (value, natter_server_get_name (self));
      break;
    case PROP_ICON:
      g_value_set_string (value, natter_server_get_icon (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, natter_server_get_state (self));
      break;
    case PROP_REASON:
      g_value_set_boxed (value, natter_server_get_reason (self));
      break;
    case PROP_HANDSHAKE:
      g_value_set_object (value, self->handshake);
      break;
    case PROP_ME:
      g_value_set_object (value, self->me);
      break;
    case PROP_CHANNELS:
      g_value_set_object (value, self->channels);
      break;
    case PROP_MEMBERS:
      g_value_set_object (value, natter_roster_get_members (self->roster));
      break;
    case PROP_UNREAD:
      g_value_set_boolean (value, self->unread);
      break;
    case PROP_MENTIONS:
      g_value_set_uint (value, self->mentions);
      break;
    case PROP_LAST_CHANNEL:
      g_value_set_string (value, self->last_channel);
      break;
    case PROP_GROUP:
      g_value_set_object (value, self->group);
      break;
    case PROP_HAS_TWIN:
      g_value_set_boolean (value, self->has_twin);
      break;
    case PROP_REMOTE_MEDIA:
      g_value_set_enum (value, natter_server_get_remote_media (self));
      break;
    case PROP_OWN_REMOTE_MEDIA:
      g_value_set_enum (value, natter_server_get_own_remote_media (self));
      break;
    case PROP_NOTIFY_LEVEL:
      g_value_set_enum (value, natter_server_get_notify_level (self));
      break;
    case PROP_MUTED_UNTIL:
      g_value_set_int64 (value, natter_server_get_muted_until (self));
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  NatterServer *self = NATTER_SERVER (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_ADDRESS:
      self->address = g_value_dup_boxed (value);
      break;
    case PROP_SESSION:
      g_set_weak_pointer (&self->session, g_value_get_object (value));
      break;
    case PROP_ACCOUNT:
      natter_server_set_account (self, g_value_get_object (value));
      break;
    case PROP_LAST_CHANNEL:
      natter_server_set_last_channel (self, g_value_get_string (value));
      break;
    case PROP_OWN_REMOTE_MEDIA:
      natter_server_set_remote_media (self, g_value_get_enum (value));
      break;
    case PROP_NOTIFY_LEVEL:
      natter_server_set_notify_level (self, g_value_get_enum (value));
      break;
    case PROP_MUTED_UNTIL:
      natter_server_set_muted_until (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_class_init (NatterServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = natter_server_constructed;
  object_class->dispose = natter_server_dispose;
  object_class->finalize = natter_server_finalize;
  object_class->get_property = natter_server_get_property;
  object_class->set_property = natter_server_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, construct);
  properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, NATTER_TYPE_ADDRESS, construct);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, NATTER_TYPE_SESSION, construct);
  properties[PROP_ACCOUNT] =
    g_param_spec_object ("account", NULL, NULL, NATTER_TYPE_ACCOUNT, notified | G_PARAM_WRITABLE);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, notified);
  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, notified);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_CONNECTION_STATE,
                                              NATTER_CONNECTION_OFFLINE, notified);
  properties[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, notified);
  properties[PROP_HANDSHAKE] = g_param_spec_object ("handshake", NULL, NULL, NATTER_TYPE_HANDSHAKE, notified);
  properties[PROP_ME] = g_param_spec_object ("me", NULL, NULL, NATTER_TYPE_MEMBER, notified);
  properties[PROP_CHANNELS] = g_param_spec_object ("channels", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_MEMBERS] = g_param_spec_object ("members", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_UNREAD] = g_param_spec_boolean ("unread", NULL, NULL, FALSE, notified);
  properties[PROP_MENTIONS] = g_param_spec_uint ("mentions", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_LAST_CHANNEL] =
    g_param_spec_string ("last-channel", NULL, NULL, NULL, notified | G_PARAM_WRITABLE);
  properties[PROP_GROUP] = g_param_spec_object ("group", NULL, NULL, NATTER_TYPE_GROUP, notified);
  properties[PROP_HAS_TWIN] = g_param_spec_boolean ("has-twin", NULL, NULL, FALSE, notified);
  properties[PROP_REMOTE_MEDIA] = g_param_spec_enum ("remote-media", NULL, NULL, NATTER_TYPE_REMOTE_MEDIA,
                                                     NATTER_REMOTE_MEDIA_ASK, notified);
  properties[PROP_OWN_REMOTE_MEDIA] = g_param_spec_enum ("own-remote-media", NULL, NULL, NATTER_TYPE_REMOTE_MEDIA,
                                                         NATTER_REMOTE_MEDIA_DEFAULT, notified | G_PARAM_WRITABLE);
  properties[PROP_NOTIFY_LEVEL] = g_param_spec_enum ("notify-level", NULL, NULL, NATTER_TYPE_NOTIFY_LEVEL,
                                                     NATTER_NOTIFY_MENTIONS, notified | G_PARAM_WRITABLE);
  properties[PROP_MUTED_UNTIL] =
    g_param_spec_int64 ("muted-until", NULL, NULL, 0, G_MAXINT64, 0, notified | G_PARAM_WRITABLE);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SETTING_CHANGED] = g_signal_new ("setting-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  g_signal_new ("message-arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                NATTER_TYPE_CHANNEL, NATTER_TYPE_MESSAGE, G_TYPE_BOOLEAN);
  g_signal_new ("message-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                NATTER_TYPE_CHANNEL, G_TYPE_STRING);
  g_signal_new ("counts-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("unreads-known", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
natter_server_init (NatterServer *self)
{
  self->channels = g_list_store_new (NATTER_TYPE_CHANNEL);
  self->commands = g_list_store_new (NATTER_TYPE_SLASH_COMMAND);
  self->emojis = g_list_store_new (NATTER_TYPE_CANDIDATE);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->threads = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sections = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->acts = _natter_server_new_acts ();
  self->polls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
_natter_server_watch_poll (NatterServer *self,
                           const char   *message_id,
                           NatterPoll   *poll)
{
  g_hash_table_replace (self->polls, g_strdup (message_id), poll);
}

void
_natter_server_forget_poll (NatterServer *self,
                            const char   *message_id,
                            NatterPoll   *poll)
{
  if (g_hash_table_lookup (self->polls, message_id) == poll)
    g_hash_table_remove (self->polls, message_id);
}

/**
 * natter_server_new:
 * @id: a UUID, under which it is kept
 * @address: where it is
 * @session: (nullable): whose secrets and Rotur API it signs in with; it must hold the server
 *
 * Returns: (transfer full): a server to which there is no connection yet
 */
NatterServer *
natter_server_new (const char    *id,
                   NatterAddress *address,
                   NatterSession *session)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  return g_object_new (NATTER_TYPE_SERVER, "id", id, "address", address, "session", session, NULL);
}

void
_natter_server_set_name (NatterServer *self,
                         const char   *name)
{
  g_autofree char *line = NULL;

  if (name != NULL)
    line = g_strstrip (g_strdelimit (g_strdup (name), "\n\r\t", ' '));
  if (line != NULL && line[0] != '\0' && g_set_str (&self->name, line))
    notify (self, PROP_NAME);
}

/* @icon: an address, absolute or relative */
void
_natter_server_set_icon (NatterServer *self,
                         const char   *icon)
{
  g_autofree char *address = natter_address_resolve_http (self->address, icon);

  if (g_set_str (&self->icon, address))
    notify (self, PROP_ICON);
}

void
_natter_server_set_me (NatterServer *self,
                       NatterMember *me)
{
  if (g_set_object (&self->me, me))
    notify (self, PROP_ME);
}

void
_natter_server_set_sign_in_error (NatterServer *self,
                                  const GError *error)
{
  if (self->sign_in_error == NULL && error == NULL)
    return;
  g_clear_error (&self->sign_in_error);
  self->sign_in_error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_REASON);
}

void
_natter_server_set_group (NatterServer *self,
                          NatterGroup  *folder)
{
  if (g_set_object (&self->group, folder))
    notify (self, PROP_GROUP);
}

void
_natter_server_set_has_twin (NatterServer *self,
                             gboolean      has_twin)
{
  if (self->has_twin == has_twin)
    return;
  self->has_twin = !!has_twin;
  notify (self, PROP_HAS_TWIN);
}

void
_natter_server_refresh_muted (NatterServer *self)
{
  gboolean muted = natter_server_get_muted_until (self) != 0;

  if (self->muted == muted)
    return;
  self->muted = !!muted;
  notify (self, PROP_MUTED);
}

void
_natter_server_set_counts (NatterServer *self,
                           gboolean      unread,
                           guint         mentions)
{
  if (self->unread != unread)
    {
      self->unread = !!unread;
      notify (self, PROP_UNREAD);
    }
  if (self->mentions != mentions)
    {
      self->mentions = mentions;
      notify (self, PROP_MENTIONS);
    }
}

static void
on_needs_sign_in (NatterServer *self)
{
  if (natter_account_get_needs_sign_in (self->account))
    return;
  self->sign_in_tried = FALSE;
  _natter_server_sign_in_if_due (self);
}

static void
on_blocked (NatterServer *self)
{
  const char * const nobody[] = { NULL };

  natter_roster_set_blocked (self->roster, self->account != NULL ? natter_account_get_blocked (self->account) : nobody);
}

/**
 * natter_server_set_account:
 * @self: a server
 * @account: (nullable): what one signs in with
 */
void
natter_server_set_account (NatterServer  *self,
                           NatterAccount *account)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  if (self->account == account)
    return;
  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->account, on_needs_sign_in, self);
      g_signal_handlers_disconnect_by_func (self->account, on_blocked, self);
    }
  g_set_object (&self->account, account);
  if (account != NULL)
    {
      g_signal_connect_object (account, "notify::needs-sign-in", G_CALLBACK (on_needs_sign_in), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (account, "notify::blocked", G_CALLBACK (on_blocked), self, G_CONNECT_SWAPPED);
    }
  on_blocked (self);
  notify (self, PROP_ACCOUNT);
}

/**
 * natter_server_set_last_channel:
 * @self: a server
 * @name: (nullable): name of the channel that is shown
 */
void
natter_server_set_last_channel (NatterServer *self,
                                const char   *name)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  if (g_set_str (&self->last_channel, name))
    notify (self, PROP_LAST_CHANNEL);
}

/**
 * natter_server_connect:
 * @self: a server
 *
 * Connects and stays connected; signs in whenever the server is reached, if there is an account.
 */
void
natter_server_connect (NatterServer *self)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  if (self->sign_in == NULL)
    self->sign_in_tried = FALSE;
  /* The keyring may be open by now. */
  if (self->account != NULL && natter_error_is_keyring (self->sign_in_error))
    natter_account_set_needs_sign_in (self->account, FALSE);
  natter_connection_open (self->connection);
  _natter_server_sign_in_if_due (self);
}

/**
 * natter_server_disconnect:
 * @self: a server
 *
 * Ends the connection. What is known stays.
 */
void
natter_server_disconnect (NatterServer *self)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  natter_connection_close (self->connection);
}

/* The network is another one, or the machine was asleep. */
void
_natter_server_wake (NatterServer *self)
{
  natter_connection_check_alive (self->connection);
  if (self->sign_in_source == 0)
    return;
  g_clear_handle_id (&self->sign_in_source, g_source_remove);
  self->sign_in_tried = FALSE;
  _natter_server_sign_in_if_due (self);
}

/* What a request calls back whose answer says no more than that it was done. @data: (transfer full): the task of the caller */
void
_natter_server_finish_task (GObject      *source,
                            GAsyncResult *result,
                            gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (packet != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
