/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-notifications"

#include "config.h"

#include "natter-notifications.h"

#include <glib/gi18n.h>

#include <string.h>

#include "natter-channel.h"
#include "natter-message.h"
#include "natter-window.h"

/* What a bubble has room for, in code points. */
#define LONGEST_TEXT 300
#define LONGEST_NAME 60

struct _NatterNotifications
{
  GObject        parent_instance;

  GApplication  *application; /* weak: it holds this */
  NatterSession *session;
  NatterSound   *sound;
  GQueue         chosen;      /* GVariant: actions and what they are about, chosen before the servers were there */
  gboolean       enabled;
  gboolean       previews; /* texts are shown */
};

G_DEFINE_FINAL_TYPE (NatterNotifications, natter_notifications, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ENABLED,
  PROP_PREVIEWS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A notification of the same channel takes the place of the one before. */
static char *
make_id (NatterServer *server, NatterChannel *channel)
{
  return g_strdup_printf ("%s/%s", natter_server_get_id (server), channel != NULL ? natter_channel_get_name (channel) : "");
}

/* Some desktops read markup in texts; none takes this for markup, and nobody sees the word joiner. */
static char *
make_harmless (const char *text, glong longest)
{
  g_autoptr(GString) harmless = NULL;

  if (g_utf8_strlen (text, -1) > longest)
    {
      g_autofree char *start = g_utf8_substring (text, 0, longest);

      harmless = g_string_new (start);
      g_string_append (harmless, "…");
    }
  else
    harmless = g_string_new (text);
  g_string_replace (harmless, "<", "<\xe2\x81\xa0", 0);
  g_string_replace (harmless, "&", "&\xe2\x81\xa0", 0);
  return g_string_free (g_steal_pointer (&harmless), FALSE);
}

static char *
make_title (const NatterNotice *notice)
{
  g_autofree char *author = NULL;
  g_autofree char *place = NULL;

  if (notice->kind == NATTER_NOTICE_SUMMARY)
    return make_harmless (natter_server_get_name (notice->server), LONGEST_NAME);
  author = make_harmless (natter_message_get_author_name (notice->message), LONGEST_NAME);
  place = make_harmless (natter_channel_get_title (notice->channel), LONGEST_NAME);
  if (natter_channel_get_kind (notice->channel) == NATTER_CHANNEL_CHAT)
    return g_steal_pointer (&author);
  /* Translators: in the title of a notification; a person, then the channel that they wrote in. */
  return g_strdup_printf (_("%1$s in %2$s"), author, place);
}

static char *
make_body (NatterNotifications *self, const NatterNotice *notice)
{
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  if (notice->kind == NATTER_NOTICE_SUMMARY)
    return g_strdup_printf (ngettext ("%u message arrived while you were offline", "%u messages arrived while you were offline", notice->count),
                            notice->count);
  if (!self->previews)
    return g_strdup_printf (ngettext ("%u new message", "%u new messages", notice->count), notice->count);
  plain = natter_message_dup_plain (notice->message);
  text = make_harmless (plain, LONGEST_TEXT);
  if (*text == '\0')
    g_set_str (&text, natter_message_get_attachments (notice->message) != NULL ? _("Sent a file") : _("Sent a message"));
  if (notice->count < 2)
    return g_steal_pointer (&text);
  more = g_strdup_printf (ngettext ("%u new message", "%u new messages", notice->count), notice->count);
  return g_strdup_printf ("%s\n%s", text, more);
}

static void
add_actions (GNotification *notification, const NatterNotice *notice)
{
  const char *server = natter_server_get_id (notice->server);
  const char *channel = notice->channel != NULL ? natter_channel_get_name (notice->channel) : "";
  const char *id = notice->message != NULL ? natter_message_get_id (notice->message) : NULL;

  id = id != NULL ? id : "";
  g_notification_set_default_action_and_target (notification, "app.show-message", "(sss)", server, channel, id);
  if (notice->channel == NULL)
    return;
  g_notification_add_button_with_target (notification, _("Mark as Read"), "app.mark-read", "(sss)", server, channel, id);
  g_notification_add_button_with_target (notification, _("Mute for an Hour"), "app.mute", "(ss)", server, channel);
}

static GNotification *
make_notification (NatterNotifications *self, const NatterNotice *notice)
{
  g_autofree char *title = make_title (notice);
  g_autofree char *body = make_body (self, notice);
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");
  g_notification_set_priority (notification, notice->kind == NATTER_NOTICE_MENTION ? G_NOTIFICATION_PRIORITY_HIGH
                                                                                   : G_NOTIFICATION_PRIORITY_NORMAL);
  add_actions (notification, notice);
  return notification;
}

static void
show_cb (NatterNotifications *self, const NatterNotice *notice)
{
  g_autofree char *id = NULL;
  g_autoptr(GNotification) notification = NULL;

  if (!self->enabled)
    return;
  id = make_id (notice->server, notice->channel);
  notification = make_notification (self, notice);
  g_application_send_notification (self->application, id, notification);
  natter_sound_play (self->sound);
}

static void
withdraw_cb (NatterNotifications *self, NatterServer *server, NatterChannel *channel)
{
  g_autofree char *id = make_id (server, channel);

  g_application_withdraw_notification (self->application, id);
}

/* (transfer none) (nullable): the session holds it; it may be gone since the notification was shown */
static NatterServer *
find_server (NatterNotifications *self, const char *id)
{
  GListModel *servers = natter_session_get_servers (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (g_str_equal (natter_server_get_id (server), id))
        return server;
    }
  return NULL;
}

/* A notification outlives the program, which a click on it starts: it is not known yet what there is. */
static gboolean
has_to_wait (NatterNotifications *self, GSimpleAction *action, GVariant *parameter)
{
  if (natter_session_get_restored (self->session))
    return FALSE;
  g_queue_push_tail (&self->chosen, g_variant_ref_sink (g_variant_new ("(sv)", g_action_get_name (G_ACTION (action)), parameter)));
  g_application_hold (self->application);
  return TRUE;
}

static void
restored_cb (NatterNotifications *self)
{
  GVariant *chosen;

  while (self->application != NULL && (chosen = g_queue_pop_head (&self->chosen)) != NULL)
    {
      g_autoptr(GVariant) parameter = NULL;
      const char *name;

      g_variant_get (chosen, "(&sv)", &name, &parameter);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), name, parameter);
      g_application_release (self->application);
      g_variant_unref (chosen);
    }
}

/* A program that was started for this alone connects to this server alone, and ends before long. */
static void
mark_read_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NatterNotifications *self = data;
  const char *server_id, *name, *message;
  NatterServer *server;
  NatterChannel *channel;

  if (has_to_wait (self, action, parameter))
    return;
  g_variant_get (parameter, "(&s&s&s)", &server_id, &name, &message);
  server = find_server (self, server_id);
  channel = server != NULL ? natter_server_lookup_channel (server, name) : NULL;
  if (channel == NULL)
    return;
  natter_channel_mark_read_to (channel, *message != '\0' ? message : NULL);
  if (natter_server_get_state (server) == NATTER_CONNECTION_OFFLINE)
    natter_server_connect (server);
}

static void
mute_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NatterNotifications *self = data;
  const char *server_id, *name;
  NatterServer *server;
  NatterChannel *channel;

  if (has_to_wait (self, action, parameter))
    return;
  g_variant_get (parameter, "(&s&s)", &server_id, &name);
  server = find_server (self, server_id);
  channel = server != NULL ? natter_server_lookup_channel (server, name) : NULL;
  if (channel != NULL)
    natter_channel_set_muted_until (channel, g_get_real_time () + G_TIME_SPAN_HOUR);
}

static void
show_message_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NatterNotifications *self = data;
  const char *server_id, *channel, *message;
  NatterServer *server;
  GtkWindow *window;

  /* The window comes meanwhile. */
  g_application_activate (self->application);
  if (has_to_wait (self, action, parameter))
    return;
  g_variant_get (parameter, "(&s&s&s)", &server_id, &channel, &message);
  server = find_server (self, server_id);
  window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  if (server == NULL || !NATTER_IS_WINDOW (window))
    return;
  if (*channel == '\0')
    natter_window_select_server (NATTER_WINDOW (window), server);
  else
    natter_window_show_message (NATTER_WINDOW (window), server, channel, *message != '\0' ? message : NULL);
}

static const GActionEntry action_entries[] = {
  { "show-message", show_message_action, "(sss)" },
  { "mark-read", mark_read_action, "(sss)" },
  { "mute", mute_action, "(ss)" },
};

static void
natter_notifications_dispose (GObject *object)
{
  NatterNotifications *self = NATTER_NOTIFICATIONS (object);

  if (self->application != NULL)
    g_action_map_remove_action_entries (G_ACTION_MAP (self->application), action_entries, G_N_ELEMENTS (action_entries));
  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->session);
  g_clear_object (&self->sound);
  g_queue_clear_full (&self->chosen, (GDestroyNotify) g_variant_unref);

  G_OBJECT_CLASS (natter_notifications_parent_class)->dispose (object);
}

static void
natter_notifications_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterNotifications *self = NATTER_NOTIFICATIONS (object);

  switch (prop_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_PREVIEWS:
      g_value_set_boolean (value, self->previews);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_notifications_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterNotifications *self = NATTER_NOTIFICATIONS (object);
  gboolean *field = prop_id == PROP_ENABLED ? &self->enabled : &self->previews;

  g_return_if_fail (prop_id == PROP_ENABLED || prop_id == PROP_PREVIEWS);

  if (*field == g_value_get_boolean (value))
    return;
  *field = g_value_get_boolean (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
natter_notifications_class_init (NatterNotificationsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_notifications_dispose;
  object_class->get_property = natter_notifications_get_property;
  object_class->set_property = natter_notifications_set_property;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  properties[PROP_PREVIEWS] = g_param_spec_boolean ("previews", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_notifications_init (NatterNotifications *self)
{
  self->enabled = TRUE;
  self->previews = TRUE;
}

/**
 * natter_notifications_new:
 * @application: shows them; gets the actions that they have
 * @session: whose servers they are about
 * @notifier: decides
 * @sound: is played with each
 *
 * Returns: (transfer full): what connects @notifier with the desktop, as long as it lives
 */
NatterNotifications *
natter_notifications_new (GApplication *application, NatterSession *session, NatterNotifier *notifier, NatterSound *sound)
{
  NatterNotifications *self = g_object_new (NATTER_TYPE_NOTIFICATIONS, NULL);

  g_set_weak_pointer (&self->application, application);
  self->session = g_object_ref (session);
  self->sound = g_object_ref (sound);
  g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries, G_N_ELEMENTS (action_entries), self);
  g_signal_connect_object (session, "notify::restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "show", G_CALLBACK (show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "withdraw", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
  return self;
}
