/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-background"

#include "config.h"

#include "natter-background.h"

#include <glib/gi18n.h>

#include "natter-media.h"
#include "natter-memory.h"
#include "natter-pictures.h"
#include "natter-portal.h"
#include "natter-window.h"

struct _NatterBackground
{
  GObject         parent_instance;

  GtkApplication *application; /* weak: it holds this */
  GSettings      *settings;
  GCancellable   *cancellable;
  guint           response; /* subscription: the person has not answered yet; 0 for none */
  guint           has_begun : 1;
  guint           autostarts : 1; /* as the portal knows it */
  guint           is_apart : 1; /* a run with a profile of its own, of which the desktop knows nothing */
  guint           is_held : 1;
};

G_DEFINE_FINAL_TYPE (NatterBackground, natter_background, G_TYPE_OBJECT)

enum
{
  AUTOSTART_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_listening (NatterBackground *self)
{
  GDBusConnection *bus = self->application != NULL ? g_application_get_dbus_connection (G_APPLICATION (self->application)) : NULL;

  if (self->response != 0 && bus != NULL)
    g_dbus_connection_signal_unsubscribe (bus, self->response);
  self->response = 0;
}

static void
turn_off (NatterBackground *self, const char *key)
{
  if (g_settings_get_boolean (self->settings, key))
    g_settings_set_boolean (self->settings, key, FALSE);
}

static void
fail_autostart (NatterBackground *self)
{
  self->autostarts = FALSE;
  turn_off (self, "autostart");
  g_signal_emit (self, signals[AUTOSTART_FAILED], 0);
}

/* What the desktop does not allow is not set either. */
static void
response_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal, GVariant *parameters, gpointer data)
{
  NatterBackground *self = data;
  g_autoptr(GVariant) results = NULL;
  guint32 response;
  gboolean background = FALSE, autostart = FALSE;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  stop_listening (self);
  g_variant_lookup (results, "background", "b", &background);
  g_variant_lookup (results, "autostart", "b", &autostart);
  self->autostarts = response == 0 && autostart;
  if (response != 0 || !background)
    turn_off (self, "run-in-background");
  if (!self->autostarts)
    turn_off (self, "autostart");
}

static void
asked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  NatterBackground *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("The desktop could not be asked whether Natter may run in the background: %s", error->message);
  stop_listening (self);
  /* Nobody forbids to run on either. */
  if (self->autostarts)
    fail_autostart (self);
}

static void
ask_portal (NatterBackground *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self->application));
  const char * const command[] = { "natter", "--background", NULL };
  g_autofree char *token = NULL;
  g_autofree char *path = NULL;
  GVariantBuilder options;

  if (bus == NULL || self->is_apart)
    return;
  stop_listening (self);
  self->autostarts = !!g_settings_get_boolean (self->settings, "autostart");
  path = natter_portal_make_path (bus, "request", &token);
  self->response = g_dbus_connection_signal_subscribe (bus, NATTER_PORTAL_NAME, "org.freedesktop.portal.Request", "Response", path, NULL,
                                                       G_DBUS_SIGNAL_FLAGS_NONE, response_cb, self, NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Messages arrive while the window is closed.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (self->autostarts));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_dbus_connection_call (bus, NATTER_PORTAL_NAME, NATTER_PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, asked_cb, self);
}

static void
status_set_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer == NULL)
    g_debug ("The desktop does not show what Natter does in the background: %s", error->message);
}

/* Where the desktop lists what runs without a window, and can end it. */
static void
set_status (NatterBackground *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self->application));
  GVariantBuilder options;

  if (bus == NULL)
    return;
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  /* Translators: what Natter does without a window, in the desktop's list of programs in the background. */
  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (_("Waiting for messages")));
  g_dbus_connection_call (bus, NATTER_PORTAL_NAME, NATTER_PORTAL_PATH, "org.freedesktop.portal.Background", "SetStatus",
                          g_variant_new ("(a{sv})", &options), NULL, G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, status_set_cb, NULL);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("Natter could not be set to start with the desktop: %s", error->message);
  fail_autostart (data);
}

static void
deleted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (object), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("Natter still starts with the desktop: %s", error->message);
}

/* (transfer full): what desktops read to start a program */
static GBytes *
make_autostart (void)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  char *text;
  gsize length;

  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Natter");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, "natter --background");
  g_key_file_set_string (file, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, APPLICATION_ID);
  g_key_file_set_boolean (file, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-UsesNotifications", TRUE);
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

static void
write_autostart (NatterBackground *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, APPLICATION_ID ".desktop", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GBytes) text = NULL;

  if (!g_settings_get_boolean (self->settings, "autostart"))
    {
      g_file_delete_async (file, G_PRIORITY_DEFAULT, self->cancellable, deleted_cb, NULL);
      return;
    }
  g_mkdir_with_parents (folder, 0700);
  text = make_autostart ();
  g_file_replace_contents_bytes_async (file, text, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, written_cb, self);
}

static void
autostart_cb (NatterBackground *self)
{
  if (self->is_apart)
    return;
  if (!natter_portal_is_needed ())
    write_autostart (self);
  else if (self->autostarts != g_settings_get_boolean (self->settings, "autostart"))
    ask_portal (self);
}

static void
update_hold (NatterBackground *self)
{
  gboolean wanted = self->has_begun && g_settings_get_boolean (self->settings, "run-in-background");

  if (self->is_held == wanted || self->application == NULL)
    return;
  self->is_held = !!wanted;
  if (wanted)
    g_application_hold (G_APPLICATION (self->application));
  else
    g_application_release (G_APPLICATION (self->application));
}

static void
run_in_background_cb (NatterBackground *self)
{
  update_hold (self);
  if (!natter_portal_is_needed () || !self->is_held)
    return;
  ask_portal (self);
  set_status (self);
}

/* Nobody sees pictures now; they are in the cache of files when somebody does. */
static void
save_memory (gpointer data)
{
  NatterBackground *self = data;

  if (self->application == NULL || gtk_application_get_windows (self->application) != NULL)
    return;
  natter_pictures_clear ();
  natter_media_clear ();
  natter_memory_give_back_soon ();
}

static void
save_memory_and_unref (gpointer data)
{
  save_memory (data);
  g_object_unref (data);
}

static void
window_removed_cb (NatterBackground *self)
{
  if (self->is_held)
    g_idle_add_once (save_memory_and_unref, g_object_ref (self));
}

static void
natter_background_dispose (GObject *object)
{
  NatterBackground *self = NATTER_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  stop_listening (self);
  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (natter_background_parent_class)->dispose (object);
}

static void
natter_background_class_init (NatterBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_background_dispose;

  signals[AUTOSTART_FAILED] = g_signal_new ("autostart-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
}

static void
natter_background_init (NatterBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * natter_background_new:
 * @application: is held while it may run without a window
 * @settings: what the person wants
 *
 * Returns: (transfer full): what follows the settings, as long as it lives
 */
NatterBackground *
natter_background_new (GtkApplication *application, GSettings *settings)
{
  NatterBackground *self = g_object_new (NATTER_TYPE_BACKGROUND, NULL);

  g_set_weak_pointer (&self->application, application);
  self->settings = g_object_ref (settings);
  self->autostarts = !!g_settings_get_boolean (settings, "autostart");
  self->is_apart = !!(g_application_get_flags (G_APPLICATION (application)) & G_APPLICATION_NON_UNIQUE);
  g_signal_connect_object (settings, "changed::run-in-background", G_CALLBACK (run_in_background_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::autostart", G_CALLBACK (autostart_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}

/**
 * natter_background_begin:
 * @self: what follows the settings
 *
 * Keeps the program running from now on, if the person wants so. Before, it was started for the desktop alone.
 */
void
natter_background_begin (NatterBackground *self)
{
  g_return_if_fail (NATTER_IS_BACKGROUND (self));

  self->has_begun = TRUE;
  update_hold (self);
  if (natter_portal_is_needed () && self->is_held)
    set_status (self);
}
