/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-emoji.h"
#include "natter-server-private.h"
#include "natter-session-private.h"
#include "natter-store-pins.h"
#include "natter-store-visits.h"

#define STORE_NAME "natter.db"

enum
{
  PROP_0,
  PROP_SERVERS,
  PROP_ACCOUNTS,
  PROP_LOADED,
  PROP_RESTORED,
  PROP_SEND_TYPING,
  PROP_SEND_READ_MARKS,
  PROP_REMOTE_MEDIA,
  PROP_SKIN_TONE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint act_failed;

G_DEFINE_FINAL_TYPE (NatterSession, natter_session, G_TYPE_OBJECT)

static void
natter_session_dispose (GObject *object)
{
  NatterSession *self = NATTER_SESSION (object);

  natter_session_close (self);
  g_clear_object (&self->wake);
  g_clear_object (&self->store);
  g_clear_object (&self->cache);
  G_OBJECT_CLASS (natter_session_parent_class)->dispose (object);
}

static void
natter_session_finalize (GObject *object)
{
  NatterSession *self = NATTER_SESSION (object);

  g_clear_object (&self->servers);
  g_clear_object (&self->accounts);
  g_clear_object (&self->folders);
  g_clear_object (&self->visits);
  g_ptr_array_unref (self->removed);
  g_hash_table_unref (self->blocks_asked);
  g_clear_object (&self->profile);
  g_clear_object (&self->secrets);
  g_clear_object (&self->rotur);
  g_clear_object (&self->credentials);
  g_free (self->first_server);
  G_OBJECT_CLASS (natter_session_parent_class)->finalize (object);
}

static void
natter_session_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  NatterSession *self = NATTER_SESSION (object);

  switch (prop_id)
    {
    case PROP_SERVERS:
      g_value_set_object (value, self->servers);
      break;
    case PROP_ACCOUNTS:
      g_value_set_object (value, self->accounts);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_RESTORED:
      g_value_set_boolean (value, self->restored);
      break;
    case PROP_SEND_TYPING:
      g_value_set_boolean (value, natter_session_get_send_typing (self));
      break;
    case PROP_SEND_READ_MARKS:
      g_value_set_boolean (value, natter_session_get_send_read_marks (self));
      break;
    case PROP_REMOTE_MEDIA:
      g_value_set_enum (value, natter_session_get_remote_media (self));
      break;
    case PROP_SKIN_TONE:
      g_value_set_uint (value, natter_session_get_skin_tone (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_session_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  NatterSession *self = NATTER_SESSION (object);

  switch (prop_id)
    {
    case PROP_SEND_TYPING:
      natter_session_set_send_typing (self, g_value_get_boolean (value));
      break;
    case PROP_SEND_READ_MARKS:
      natter_session_set_send_read_marks (self, g_value_get_boolean (value));
      break;
    case PROP_REMOTE_MEDIA:
      natter_session_set_remote_media (self, g_value_get_enum (value));
      break;
    case PROP_SKIN_TONE:
      natter_session_set_skin_tone (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_session_class_init (NatterSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_session_dispose;
  object_class->finalize = natter_session_finalize;
  object_class->get_property = natter_session_get_property;
  object_class->set_property = natter_session_set_property;

  properties[PROP_SERVERS] = g_param_spec_object ("servers", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_ACCOUNTS] = g_param_spec_object ("accounts", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, notified);
  properties[PROP_RESTORED] = g_param_spec_boolean ("restored", NULL, NULL, FALSE, notified);
  properties[PROP_SEND_TYPING] = g_param_spec_boolean ("send-typing", NULL, NULL, TRUE, notified | G_PARAM_WRITABLE);
  properties[PROP_SEND_READ_MARKS] = g_param_spec_boolean ("send-read-marks", NULL, NULL, TRUE, notified | G_PARAM_WRITABLE);
  properties[PROP_REMOTE_MEDIA] = g_param_spec_enum ("remote-media", NULL, NULL, NATTER_TYPE_REMOTE_MEDIA,
                                                     NATTER_REMOTE_MEDIA_ASK, notified | G_PARAM_WRITABLE);
  properties[PROP_SKIN_TONE] = g_param_spec_uint ("skin-tone", NULL, NULL, 0, NATTER_EMOJI_MAX_TONE, 0,
                                                  notified | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * NatterSession::act-failed:
   * @self: a session
   * @channel: where
   * @message_id: (nullable): to which message
   * @act: what was done
   * @error: why it was refused
   *
   * What was done to a message was refused, wherever that is: for whoever does not see the channel.
   */
  act_failed = g_signal_new ("act-failed", NATTER_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                             NATTER_TYPE_CHANNEL, G_TYPE_STRING, NATTER_TYPE_ACT, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
on_visited (NatterSession *self,
            const char    *server,
            const char    *channel)
{
  if (self->store != NULL)
    natter_store_add_visit_async (self->store, server, channel, NULL, NULL, NULL);
}

static void
natter_session_init (NatterSession *self)
{
  self->send_typing = TRUE;
  self->send_read_marks = TRUE;
  self->remote_media = NATTER_REMOTE_MEDIA_ASK;
  self->servers = g_list_store_new (NATTER_TYPE_SERVER);
  self->accounts = g_list_store_new (NATTER_TYPE_ACCOUNT);
  self->folders = g_list_store_new (NATTER_TYPE_GROUP);
  self->visits = natter_visits_new (G_LIST_MODEL (self->servers));
  g_signal_connect_object (self->visits, "visited", G_CALLBACK (on_visited), self, G_CONNECT_SWAPPED);
  self->removed = g_ptr_array_new ();
  self->blocks_asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @self: (nullable); @message_id: (nullable) */
void
_natter_session_act_failed (NatterSession *self,
                            NatterChannel *channel,
                            const char    *message_id,
                            NatterAct      act,
                            const GError  *error)
{
  if (self != NULL)
    g_signal_emit (self, act_failed, 0, channel, message_id, act, error);
}

static void
on_new_pin (const char *sum,
            const char *place,
            gpointer    data)
{
  NatterSession *self = data;

  natter_store_add_pin_async (self->store, sum, place, NULL, NULL, NULL);
}

/**
 * natter_session_new:
 * @profile: where things are kept
 * @secrets: where tokens and passwords are kept
 * @rotur: (nullable): the Rotur API; %NULL for no Rotur accounts
 *
 * Returns: (transfer full): a session without anything in it; see natter_session_load_async()
 */
NatterSession *
natter_session_new (NatterProfile *profile,
                    NatterSecrets *secrets,
                    NatterRotur   *rotur)
{
  NatterSession *self;
  g_autofree char *path = NULL;
  g_autofree char *cache_path = NULL;

  g_return_val_if_fail (NATTER_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (NATTER_IS_SECRETS (secrets), NULL);

  self = g_object_new (NATTER_TYPE_SESSION, NULL);
  self->profile = g_object_ref (profile);
  self->secrets = g_object_ref (secrets);
  g_set_object (&self->rotur, rotur);
  path = g_build_filename (natter_profile_get_data_dir (profile), STORE_NAME, NULL);
  self->store = natter_store_new (path);
  self->credentials = natter_credentials_new (secrets, rotur);
  natter_validator_pins_set_func (natter_credentials_get_pins (self->credentials), on_new_pin, self);
  cache_path = g_build_filename (natter_profile_get_data_dir (profile), NATTER_CACHE_NAME, NULL);
  self->cache = natter_cache_new (cache_path);
  return self;
}

/* (nullable): NULL when it ends */
NatterStore *
_natter_session_get_store (NatterSession *self)
{
  return self->store;
}

/* (nullable): NULL when it ends */
NatterCache *
_natter_session_get_cache (NatterSession *self)
{
  return self->cache;
}

void
_natter_session_set_loaded (NatterSession *self)
{
  if (self->loaded)
    return;
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

void
_natter_session_set_restored (NatterSession *self)
{
  if (self->restored)
    return;
  self->restored = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESTORED]);
}

static void
on_pins (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(NatterSession) self = data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) pins = natter_store_load_pins_finish (NATTER_STORE (source), result, &error);

  if (pins == NULL)
    {
      g_debug ("The keys of servers could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; pins[i] != NULL && pins[i + 1] != NULL; i += 2)
    natter_validator_pins_add (natter_credentials_get_pins (self->credentials), pins[i], pins[i + 1]);
}

static void
on_visits (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterSession) self = data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) visits = natter_store_load_visits_finish (NATTER_STORE (source), result, &error);

  if (visits == NULL)
    {
      g_debug ("Where the person was could not be read: %s", error->message);
      return;
    }
  for (guint i = 0; visits[i] != NULL && visits[i + 1] != NULL; i += 2)
    natter_visits_add_former (self->visits, visits[i], visits[i + 1]);
}

static void
each_server (NatterSession *self,
             void         (*function) (NatterServer *server))
{
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));

  for (guint i = 0; i < n_servers; i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      function (server);
    }
}

static void
on_woke (NatterSession *self)
{
  each_server (self, _natter_server_wake);
}

static void
on_sleeping (NatterSession *self)
{
  each_server (self, _natter_server_flush_drafts);
}

void
_natter_session_follow_wake (NatterSession *self,
                             NatterWake    *wake)
{
  if (!g_set_object (&self->wake, wake))
    return;
  g_signal_connect_object (wake, "woke", G_CALLBACK (on_woke), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wake, "sleeping", G_CALLBACK (on_sleeping), self, G_CONNECT_SWAPPED);
}

static void
follow_system (NatterSession *self)
{
  g_autoptr(NatterWake) wake = NULL;

  if (self->wake != NULL)
    return;
  wake = natter_wake_new_of_system ();
  _natter_session_follow_wake (self, wake);
}

static void
on_lists (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterStoredLists) lists = natter_store_load_lists_finish (NATTER_STORE (source), result, &error);

  if (lists == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      /* There is nothing more to come. */
      _natter_session_set_restored (self);
      return;
    }
  _natter_session_add_stored (self, lists);
  follow_system (self);
  _natter_session_restore (self, g_steal_pointer (&task));
}

/**
 * natter_session_load_async:
 * @self: a session
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Reads what was kept: afterwards the lists are there, and the server that is shown first is as it last was. No
 * connection is made before natter_session_connect().
 */
void
natter_session_load_async (NatterSession       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  GTask *task;

  g_return_if_fail (NATTER_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_session_load_async);
  /* Before the lists, since servers connect as soon as they are there. */
  natter_store_load_pins_async (self->store, cancellable, on_pins, g_object_ref (self));
  natter_store_load_visits_async (self->store, cancellable, on_visits, g_object_ref (self));
  natter_store_load_lists_async (self->store, cancellable, on_lists, task);
}

/**
 * natter_session_load_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why nothing could be read
 *
 * Returns: whether it worked
 */
gboolean
natter_session_load_finish (NatterSession  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * natter_session_get_cache:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what servers have said, kept; %NULL when the session ends
 */
NatterCache *
natter_session_get_cache (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return self->cache;
}

/**
 * natter_session_get_restored:
 * @self: a session
 *
 * Returns: whether all servers are as they last were
 */
gboolean
natter_session_get_restored (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);

  return self->restored;
}

/**
 * natter_session_get_visits:
 * @self: a session
 *
 * Returns: (transfer none): where the person has been, in this window and those before
 */
NatterVisits *
natter_session_get_visits (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return self->visits;
}

/**
 * natter_session_get_servers:
 * @self: a session
 *
 * Returns: (transfer none): a list of #NatterServer in the person's order
 */
GListModel *
natter_session_get_servers (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->servers);
}

/**
 * natter_session_get_accounts:
 * @self: a session
 *
 * Returns: (transfer none): a list of #NatterAccount
 */
GListModel *
natter_session_get_accounts (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->accounts);
}

/**
 * natter_session_get_secrets:
 * @self: a session
 *
 * Returns: (transfer none): where its tokens and passwords are
 */
NatterSecrets *
natter_session_get_secrets (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return self->secrets;
}

/**
 * natter_session_get_rotur:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the Rotur API
 */
NatterRotur *
natter_session_get_rotur (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return self->rotur;
}

/**
 * natter_session_get_credentials:
 * @self: a session
 *
 * Returns: (transfer none): what its accounts sign in with
 */
NatterCredentials *
natter_session_get_credentials (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return self->credentials;
}

/**
 * natter_session_new_server:
 * @self: a session
 * @address: where it is
 *
 * Returns: (transfer full): a server that is in no list yet, to connect to and look at
 */
NatterServer *
natter_session_new_server (NatterSession *self,
                           NatterAddress *address)
{
  g_autofree char *id = g_uuid_string_random ();

  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  return natter_server_new (id, address, self);
}

/**
 * natter_session_get_send_typing:
 * @self: a session
 *
 * Returns: whether servers are told that the person is writing
 */
gboolean
natter_session_get_send_typing (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);

  return self->send_typing;
}

/**
 * natter_session_set_send_typing:
 * @self: a session
 * @send_typing: whether servers are told that the person is writing
 */
void
natter_session_set_send_typing (NatterSession *self,
                                gboolean       send_typing)
{
  g_return_if_fail (NATTER_IS_SESSION (self));

  if (self->send_typing == !!send_typing)
    return;
  self->send_typing = !!send_typing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEND_TYPING]);
}

/**
 * natter_session_get_send_read_marks:
 * @self: a session
 *
 * Returns: whether servers are told up to where the person has read; otherwise that is kept here alone
 */
gboolean
natter_session_get_send_read_marks (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);

  return self->send_read_marks;
}

/**
 * natter_session_set_send_read_marks:
 * @self: a session
 * @send_read_marks: whether servers are told up to where the person has read
 */
void
natter_session_set_send_read_marks (NatterSession *self,
                                    gboolean       send_read_marks)
{
  g_return_if_fail (NATTER_IS_SESSION (self));

  if (self->send_read_marks == !!send_read_marks)
    return;
  self->send_read_marks = !!send_read_marks;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEND_READ_MARKS]);
}

/**
 * natter_session_wind_up:
 * @self: a session that is about to end
 *
 * Keeps what is being written, and sends what could still be undone. To be called again, with the main context running in
 * between, until nothing is left or there is no more time.
 *
 * Returns: whether servers have not answered yet
 */
gboolean
natter_session_wind_up (NatterSession *self)
{
  gboolean waits = FALSE;

  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      _natter_server_flush_drafts (server);
      waits |= _natter_server_wind_up (server);
    }
  return waits;
}

/* Nothing of it is heard of any more. */
static void
let_go (NatterSession *self,
        NatterServer  *server)
{
  g_signal_handlers_disconnect_by_data (server, self);
  _natter_server_flush_drafts (server);
  natter_server_disconnect (server);
}

/**
 * natter_session_close:
 * @self: a session
 *
 * Ends the connections, and waits until all that is to be kept is on disk. What is done later is kept no more. It closes
 * by itself when the last reference goes, but whoever ends the program cannot know who else has one.
 */
void
natter_session_close (NatterSession *self)
{
  g_return_if_fail (NATTER_IS_SESSION (self));

  if (self->closed || self->store == NULL)
    return;
  self->closed = TRUE;
  _natter_session_stop_restoring (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      let_go (self, server);
    }
  natter_validator_pins_set_func (natter_credentials_get_pins (self->credentials), NULL, NULL);
  _natter_session_forget_removed (self);
  natter_store_close (self->store);
  natter_cache_close (self->cache);
}

/**
 * natter_session_get_remote_media:
 * @self: a session
 *
 * Returns: what is done with pictures of other sites, unless a server has a setting of its own
 */
NatterRemoteMedia
natter_session_get_remote_media (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NATTER_REMOTE_MEDIA_ASK);

  return self->remote_media;
}

/**
 * natter_session_set_remote_media:
 * @self: a session
 * @remote_media: what is done with pictures of other sites
 */
void
natter_session_set_remote_media (NatterSession     *self,
                                 NatterRemoteMedia  remote_media)
{
  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (remote_media < NATTER_REMOTE_MEDIA_DEFAULT);

  if (self->remote_media == remote_media)
    return;
  self->remote_media = remote_media;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOTE_MEDIA]);
}

/**
 * natter_session_get_skin_tone:
 * @self: a session
 *
 * Returns: the colour of the skin in emojis that one picks, 1 (light) to 5 (dark), 0: none in particular
 */
guint
natter_session_get_skin_tone (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), 0);

  return self->skin_tone;
}

/**
 * natter_session_set_skin_tone:
 * @self: a session
 * @skin_tone: as of natter_session_get_skin_tone()
 */
void
natter_session_set_skin_tone (NatterSession *self,
                              guint          skin_tone)
{
  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (skin_tone <= NATTER_EMOJI_MAX_TONE);

  if (self->skin_tone == skin_tone)
    return;
  self->skin_tone = skin_tone;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SKIN_TONE]);
}
