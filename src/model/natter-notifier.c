/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-notifier"

#include "config.h"

#include "natter-notifier.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-message.h"

/* Nobody reads faster than this; what comes meanwhile is told together. */
#define SPACING_MS 1000

/* What is shown of one channel. */
typedef struct
{
  NatterNotifier   *notifier; /* holds it */
  NatterChannel    *channel;
  NatterMessage    *message;
  NatterNoticeKind  kind;
  guint             count;
  guint             source;   /* until the next may be shown */
  guint             late : 1; /* there is more to show by then */
} Note;

/* What was unread in a channel when the connection was lost. */
typedef struct
{
  guint unread;
  guint mentions;
} Known;

typedef struct
{
  GHashTable *notes; /* NatterChannel -> Note */
  GHashTable *known; /* char * name -> Known; NULL: there is nothing to sum up */
  GHashTable *swept; /* char * name, "" for the summary: nothing that an earlier run has shown is left of it */
  guint       count;
  guint       was_ready : 1;
  guint       summed : 1; /* a summary is shown */
} Watch;

struct _NatterNotifier
{
  GObject        parent_instance;

  NatterSession *session;
  NatterChannel *reading;
  GHashTable    *watches; /* NatterServer -> Watch */
  guint          count;
};

G_DEFINE_FINAL_TYPE (NatterNotifier, natter_notifier, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_READING,
  PROP_COUNT,
  N_PROPS
};

enum
{
  SHOW,
  WITHDRAW,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
note_free (gpointer data)
{
  Note *note = data;

  g_clear_handle_id (&note->source, g_source_remove);
  g_object_unref (note->channel);
  g_clear_object (&note->message);
  g_free (note);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_hash_table_unref (watch->notes);
  g_hash_table_unref (watch->swept);
  g_clear_pointer (&watch->known, g_hash_table_unref);
  g_free (watch);
}

/* Nobody else reads a direct conversation: all of it is for oneself. */
static gboolean
is_direct (NatterChannel *channel)
{
  return natter_channel_get_kind (channel) == NATTER_CHANNEL_CHAT;
}

/* Who takes part in a thread follows it; of others only what is for oneself matters. */
static NatterNotifyLevel
find_thread_level (NatterServer  *server,
                   NatterChannel *thread,
                   NatterChannel *forum)
{
  NatterNotifyLevel level = natter_channel_get_notify_level (forum);

  if (natter_channel_get_muted (forum))
    return NATTER_NOTIFY_NOTHING;
  if (level == NATTER_NOTIFY_DEFAULT)
    level = natter_server_get_notify_level (server);
  if (level == NATTER_NOTIFY_NOTHING)
    return level;
  return natter_channel_get_joined (thread) ? NATTER_NOTIFY_ALL : NATTER_NOTIFY_MENTIONS;
}

static NatterNotifyLevel
find_level (NatterServer  *server,
            NatterChannel *channel)
{
  NatterNotifyLevel level = natter_channel_get_notify_level (channel);
  NatterChannel *forum = natter_channel_get_parent (channel);

  if (natter_channel_get_muted (channel) || natter_server_get_muted (server))
    return NATTER_NOTIFY_NOTHING;
  if (level == NATTER_NOTIFY_DEFAULT && forum != NULL)
    return find_thread_level (server, channel, forum);
  if (level == NATTER_NOTIFY_DEFAULT)
    level = natter_server_get_notify_level (server);
  return level == NATTER_NOTIFY_MENTIONS && is_direct (channel) ? NATTER_NOTIFY_ALL : level;
}

/* How many of these messages the person wants to be told about. */
static guint
weigh (NatterServer  *server,
       NatterChannel *channel,
       guint          unread,
       guint          mentions)
{
  switch (find_level (server, channel))
    {
    case NATTER_NOTIFY_ALL:
      return unread;
    case NATTER_NOTIFY_MENTIONS:
      return mentions;
    case NATTER_NOTIFY_DEFAULT:
    case NATTER_NOTIFY_NOTHING:
    default:
      return 0;
    }
}

static gboolean
is_busy (NatterServer *server)
{
  NatterMember *me = natter_server_get_me (server);

  /* The server's word counts too: it may come of another client. */
  return natter_server_get_own_status (server) == NATTER_STATUS_DND
         || (me != NULL && natter_member_get_status (me) == NATTER_STATUS_DND);
}

static void
show_note (Note *note)
{
  NatterNotice notice = { note->kind, natter_channel_get_server (note->channel), note->channel, note->message, note->count };

  if (notice.server != NULL)
    g_signal_emit (note->notifier, signals[SHOW], 0, &notice);
}

static gboolean
on_spaced (gpointer data)
{
  Note *note = data;

  if (!note->late)
    {
      note->source = 0;
      return G_SOURCE_REMOVE;
    }
  note->late = FALSE;
  show_note (note);
  return G_SOURCE_CONTINUE;
}

static Note *
ensure_note (NatterNotifier *self,
             Watch          *watch,
             NatterChannel  *channel)
{
  Note *note = g_hash_table_lookup (watch->notes, channel);

  if (note != NULL)
    return note;
  note = g_new0 (Note, 1);
  note->notifier = self;
  note->channel = g_object_ref (channel);
  g_hash_table_insert (watch->notes, note->channel, note);
  return note;
}

static void
add_to_known (Watch         *watch,
              NatterChannel *channel,
              gboolean       for_me)
{
  Known *known = watch->known != NULL ? g_hash_table_lookup (watch->known, natter_channel_get_name (channel)) : NULL;

  if (known == NULL)
    return;
  known->unread++;
  known->mentions += for_me;
}

static void
on_arrived (NatterNotifier *self,
            NatterChannel  *channel,
            NatterMessage  *message,
            gboolean        for_me,
            NatterServer   *server)
{
  Watch *watch = g_hash_table_lookup (self->watches, server);
  Note *note;

  add_to_known (watch, channel, for_me);
  for_me = for_me || is_direct (channel);
  if (channel == self->reading || weigh (server, channel, 1, for_me) == 0 || is_busy (server)
      || natter_message_get_collapsed (message))
    return;
  note = ensure_note (self, watch, channel);
  g_set_object (&note->message, message);
  note->kind = for_me ? NATTER_NOTICE_MENTION : note->kind;
  note->count++;
  note->late = note->source != 0;
  if (note->late)
    return;
  note->source = g_timeout_add (SPACING_MS, on_spaced, note);
  show_note (note);
}

/* Desktops keep notifications when a program ends: what was shown before is not known, and withdrawn once. */
static void
withdraw (NatterNotifier *self,
          NatterServer   *server,
          Watch          *watch,
          NatterChannel  *channel)
{
  g_autoptr(NatterChannel) kept = g_object_ref (channel);
  gboolean was_shown = g_hash_table_remove (watch->notes, channel);

  if (g_hash_table_add (watch->swept, g_strdup (natter_channel_get_name (channel))) || was_shown)
    g_signal_emit (self, signals[WITHDRAW], 0, server, kept);
}

static void
withdraw_summary (NatterNotifier *self,
                  NatterServer   *server,
                  Watch          *watch)
{
  gboolean was_shown = watch->summed;

  watch->summed = FALSE;
  if (g_hash_table_add (watch->swept, g_strdup ("")) || was_shown)
    g_signal_emit (self, signals[WITHDRAW], 0, server, NULL);
}

/* What it says is no longer there. */
static void
on_message_gone (NatterNotifier *self,
                 NatterChannel  *channel,
                 const char     *id,
                 NatterServer   *server)
{
  Watch *watch = g_hash_table_lookup (self->watches, server);
  Note *note = g_hash_table_lookup (watch->notes, channel);

  if (note != NULL && g_strcmp0 (natter_message_get_id (note->message), id) == 0)
    withdraw (self, server, watch, channel);
}

/* Of an earlier run, once the server has told what is unread. */
static void
withdraw_earlier (NatterNotifier *self,
                  NatterServer   *server,
                  Watch          *watch)
{
  GListModel *channels = natter_server_get_channels (server);
  gboolean known = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      known |= channel->unreads_known;
      if (channel->unreads_known && natter_channel_get_unread (channel) == 0)
        withdraw (self, server, watch, channel);
    }
  if (known && watch->count == 0)
    withdraw_summary (self, server, watch);
}

static void
withdraw_read (NatterNotifier *self,
               NatterServer   *server,
               Watch          *watch)
{
  g_autoptr(GPtrArray) shown = g_hash_table_get_keys_as_ptr_array (watch->notes);

  for (guint i = 0; i < shown->len; i++)
    {
      NatterChannel *channel = shown->pdata[i];

      if (natter_channel_get_unread (channel) == 0 || find_level (server, channel) == NATTER_NOTIFY_NOTHING
          || natter_server_lookup_channel (server, natter_channel_get_name (channel)) != channel)
        withdraw (self, server, watch, channel);
    }
  if (watch->summed && watch->count == 0)
    withdraw_summary (self, server, watch);
  withdraw_earlier (self, server, watch);
}

static void
update_count (NatterNotifier *self)
{
  GHashTableIter iter;
  Watch *watch;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &watch))
    count += watch->count;
  if (self->count == count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
on_counts (NatterNotifier *self,
           NatterServer   *server)
{
  Watch *watch = g_hash_table_lookup (self->watches, server);
  GListModel *channels = natter_server_get_channels (server);

  watch->count = 0;
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      watch->count += weigh (server, channel, natter_channel_get_unread (channel), natter_channel_get_mentions (channel));
    }
  withdraw_read (self, server, watch);
  update_count (self);
}

static void
on_setting (NatterNotifier *self,
            const char     *place,
            const char     *key,
            const char     *value,
            NatterServer   *server)
{
  on_counts (self, server);
}

static void
remember (Watch        *watch,
          NatterServer *server)
{
  GListModel *channels = natter_server_get_channels (server);

  watch->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);
      Known *known = g_new (Known, 1);

      known->unread = natter_channel_get_unread (channel);
      known->mentions = natter_channel_get_mentions (channel);
      g_hash_table_insert (watch->known, g_strdup (natter_channel_get_name (channel)), known);
    }
}

static void
on_state (NatterNotifier *self,
          GParamSpec     *pspec,
          NatterServer   *server)
{
  Watch *watch = g_hash_table_lookup (self->watches, server);
  gboolean is_ready = natter_server_get_state (server) == NATTER_CONNECTION_READY;

  if (watch->was_ready && !is_ready && watch->known == NULL)
    remember (watch, server);
  watch->was_ready |= is_ready;
}

static guint
count_missed (NatterServer *server,
              GHashTable   *known)
{
  GListModel *channels = natter_server_get_channels (server);
  guint missed = 0;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);
      const Known *before = g_hash_table_lookup (known, natter_channel_get_name (channel));
      guint unread = natter_channel_get_unread (channel);
      guint mentions = natter_channel_get_mentions (channel);

      if (before != NULL)
        missed += weigh (server, channel, unread - MIN (unread, before->unread), mentions - MIN (mentions, before->mentions));
    }
  return missed;
}

/* The server has told what is unread after a time without a connection. */
static void
on_unreads_known (NatterNotifier *self,
                  NatterServer   *server)
{
  Watch *watch = g_hash_table_lookup (self->watches, server);
  g_autoptr(GHashTable) known = g_steal_pointer (&watch->known);
  NatterNotice notice = { NATTER_NOTICE_SUMMARY, server, NULL, NULL, 0 };

  if (known == NULL)
    return;
  notice.count = count_missed (server, known);
  if (notice.count == 0 || is_busy (server)
      || (self->reading != NULL && natter_channel_get_server (self->reading) == server))
    return;
  watch->summed = TRUE;
  g_signal_emit (self, signals[SHOW], 0, &notice);
}

static void
watch_server (NatterNotifier *self,
              NatterServer   *server)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->notes = g_hash_table_new_full (NULL, NULL, NULL, note_free);
  watch->swept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  watch->was_ready = natter_server_get_state (server) == NATTER_CONNECTION_READY;
  g_hash_table_insert (self->watches, g_object_ref (server), watch);
  g_signal_connect_object (server, "message-arrived", G_CALLBACK (on_arrived), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "message-gone", G_CALLBACK (on_message_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "counts-changed", G_CALLBACK (on_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "unreads-known", G_CALLBACK (on_unreads_known), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "setting-changed", G_CALLBACK (on_setting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  on_counts (self, server);
}

static void
leave_server (NatterNotifier *self,
              NatterServer   *server,
              Watch          *watch)
{
  g_autoptr(GPtrArray) shown = g_hash_table_get_keys_as_ptr_array (watch->notes);

  g_signal_handlers_disconnect_by_data (server, self);
  for (guint i = 0; i < shown->len; i++)
    withdraw (self, server, watch, shown->pdata[i]);
  withdraw_summary (self, server, watch);
}

static void
on_servers (NatterNotifier *self)
{
  GListModel *servers = natter_session_get_servers (self->session);
  g_autoptr(GHashTable) gone = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  NatterServer *server;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, (gpointer *) &server, NULL))
    g_hash_table_add (gone, server);
  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) there = g_list_model_get_item (servers, i);

      if (!g_hash_table_remove (gone, there))
        watch_server (self, there);
    }
  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, (gpointer *) &server, NULL))
    {
      leave_server (self, server, g_hash_table_lookup (self->watches, server));
      g_hash_table_remove (self->watches, server);
    }
  update_count (self);
}

static void
natter_notifier_constructed (GObject *object)
{
  NatterNotifier *self = NATTER_NOTIFIER (object);

  G_OBJECT_CLASS (natter_notifier_parent_class)->constructed (object);
  g_signal_connect_object (natter_session_get_servers (self->session), "items-changed", G_CALLBACK (on_servers), self,
                           G_CONNECT_SWAPPED);
  on_servers (self);
}

static void
natter_notifier_dispose (GObject *object)
{
  NatterNotifier *self = NATTER_NOTIFIER (object);

  g_hash_table_remove_all (self->watches);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_notifier_parent_class)->dispose (object);
}

static void
natter_notifier_finalize (GObject *object)
{
  NatterNotifier *self = NATTER_NOTIFIER (object);

  g_hash_table_unref (self->watches);

  G_OBJECT_CLASS (natter_notifier_parent_class)->finalize (object);
}

static void
natter_notifier_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  NatterNotifier *self = NATTER_NOTIFIER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_READING:
      g_value_set_object (value, self->reading);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_notifier_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  NatterNotifier *self = NATTER_NOTIFIER (object);

  switch (prop_id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_READING:
      natter_notifier_set_reading (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_notifier_class_init (NatterNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = natter_notifier_constructed;
  object_class->dispose = natter_notifier_dispose;
  object_class->finalize = natter_notifier_finalize;
  object_class->get_property = natter_notifier_get_property;
  object_class->set_property = natter_notifier_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, NATTER_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_READING] = g_param_spec_object ("reading", NULL, NULL, NATTER_TYPE_CHANNEL,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SHOW] = g_signal_new ("show", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_POINTER);
  signals[WITHDRAW] = g_signal_new ("withdraw", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, NATTER_TYPE_SERVER, NATTER_TYPE_CHANNEL);
}

static void
natter_notifier_init (NatterNotifier *self)
{
  self->watches = g_hash_table_new_full (NULL, NULL, g_object_unref, watch_free);
}

/**
 * natter_notifier_new:
 * @session: the session
 *
 * Watches all servers of @session. Nothing is told of what was written before.
 *
 * Returns: (transfer full): the notifier
 */
NatterNotifier *
natter_notifier_new (NatterSession *session)
{
  g_return_val_if_fail (NATTER_IS_SESSION (session), NULL);

  return g_object_new (NATTER_TYPE_NOTIFIER, "session", session, NULL);
}

/**
 * natter_notifier_get_reading:
 * @self: a notifier
 *
 * Returns: (transfer none) (nullable): the channel that the person has before their eyes
 */
NatterChannel *
natter_notifier_get_reading (NatterNotifier *self)
{
  g_return_val_if_fail (NATTER_IS_NOTIFIER (self), NULL);

  return self->reading;
}

/**
 * natter_notifier_set_reading:
 * @self: a notifier
 * @channel: (nullable): the channel that the person has before their eyes, %NULL when they are elsewhere
 *
 * Nothing is told of what is on the screen anyway.
 */
void
natter_notifier_set_reading (NatterNotifier *self,
                             NatterChannel  *channel)
{
  NatterServer *server;
  Watch *watch;

  g_return_if_fail (NATTER_IS_NOTIFIER (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (!g_set_object (&self->reading, channel))
    return;
  server = channel != NULL ? natter_channel_get_server (channel) : NULL;
  watch = server != NULL ? g_hash_table_lookup (self->watches, server) : NULL;
  if (watch != NULL)
    {
      withdraw (self, server, watch, channel);
      withdraw_summary (self, server, watch);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

/**
 * natter_notifier_get_count:
 * @self: a notifier
 *
 * Returns: how many unread messages there are that the person wants to be told about
 */
guint
natter_notifier_get_count (NatterNotifier *self)
{
  g_return_val_if_fail (NATTER_IS_NOTIFIER (self), 0);

  return self->count;
}
