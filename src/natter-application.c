/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-application"

#include "config.h"

#include "natter-application.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "natter-background.h"
#include "natter-debug-info.h"
#include "natter-desktop-clock.h"
#include "natter-dialog-guard.h"
#include "natter-error-text.h"
#include "natter-join-file.h"
#include "natter-look.h"
#include "natter-media.h"
#include "natter-memory.h"
#include "natter-menu-names.h"
#include "natter-notifications.h"
#include "natter-preferences-dialog.h"
#include "natter-search-provider.h"
#include "natter-shortcuts.h"
#include "natter-store.h"
#include "natter-window.h"

#define SCHEMA_ID "dev.natter.Natter"
#define ROTUR_ADDRESS "https://api.rotur.dev"
/* Pictures and files that were seen */
#define MAX_FILES_BYTES (G_GUINT64_CONSTANT (256) * 1024 * 1024)

/* How long servers have to answer before the program ends */
#define WIND_UP_MS 3000

/* How long the desktop's search may ask again before a program that was started for it ends */
#define SERVICE_MS 30000

/* A window that shows that it is loading is better than none. */
#define LONGEST_LOAD_MS 250

struct _NatterApplication
{
  AdwApplication parent_instance;

  GCancellable  *cancellable;
  NatterProfile *profile;
  GSettings     *settings;
  NatterSession *session;
  NatterNotifier *notifier;
  NatterNotifications *notifications;
  NatterBackground *background;
  NatterDesktopClock *clock;
  NatterSearchProvider *search_provider; /* NULL: there is no bus */
  char          *profile_dir; /* NULL: the person's own */
  char          *server;      /* --server or a link, until the session is loaded */
  GFile         *join_file;   /* --join-file, until the session is loaded */
  guint          terminated; /* source */
  guint          present_source; /* as long as the window waits for what it is to show */
  guint          loaded : 1;
  guint          is_awake : 1;  /* a person has asked for more than a search */
  guint          connected : 1; /* servers were told to connect */
};

G_DEFINE_FINAL_TYPE (NatterApplication, natter_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and exit"), NULL },
  { "debug-info", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show what is needed to report a problem, and exit"), NULL },
  { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start without a window"), NULL },
  { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep settings, data and passwords of this run apart, in the folder DIR"), N_("DIR") },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show the server at ADDRESS, or offer to add it"), N_("ADDRESS") },
  { "join-file", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Join the server described in FILE for this session (address, username, password; one per line)"), N_("FILE") },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[LINK]") },
  { NULL }
};

/* (nullable): the window, unless Natter runs in the background */
static NatterWindow *
find_window (NatterApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return NATTER_IS_WINDOW (window) ? NATTER_WINDOW (window) : NULL;
}

static void
connect_cb (gpointer data)
{
  NatterApplication *self = data;

  natter_memory_give_back_soon ();
  if (self->session != NULL)
    natter_session_connect (self->session);
}

/* Whoever only searches is not seen on any server. */
static void
connect_servers (NatterApplication *self)
{
  if (!self->loaded || !self->is_awake || self->connected)
    return;
  self->connected = TRUE;
  if (find_window (self) != NULL)
    natter_window_when_painted (find_window (self), connect_cb, self);
  else
    connect_cb (self);
}

static void
wake (NatterApplication *self)
{
  if (self->is_awake)
    return;
  self->is_awake = TRUE;
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  natter_background_begin (self->background);
}

static NatterWindow *
get_window (NatterApplication *self)
{
  GtkWindow *window = GTK_WINDOW (find_window (self));

  if (window != NULL)
    return NATTER_WINDOW (window);
  window = GTK_WINDOW (natter_window_new (GTK_APPLICATION (self), self->session, self->settings));
  natter_window_set_notifier (NATTER_WINDOW (window), self->notifier);
  natter_look_follow (GTK_WIDGET (window), self->settings);
  wake (self);
  connect_servers (self);
  return NATTER_WINDOW (window);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static void
add_server_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NatterWindow *window = get_window (data);

  gtk_window_present (GTK_WINDOW (window));
  natter_window_add_server (window, NULL);
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  NatterApplication *self = data;
  NatterWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  adw_dialog_present (natter_preferences_dialog_new (self->session, self->settings), GTK_WIDGET (window));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AdwDialog *dialog = adw_about_dialog_new ();
  g_autofree char *debug_info = natter_debug_info_dup ();

  g_object_set (dialog,
                "application-name", "Natter",
                "application-icon", APPLICATION_ID,
                "version", PACKAGE_VERSION,
                "comments", _("Chat on OriginChats servers"),
                "developer-name", _("The Natter developers"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "debug-info", debug_info,
                "debug-info-filename", "natter-debug-info.txt",
                /* Translators: your names, one a line; shown in the About dialog. */
                "translator-credits", _("translator-credits"),
                NULL);
  adw_dialog_present (dialog, GTK_WIDGET (get_window (data)));
}

static const GActionEntry action_entries[] = {
  { "quit", quit_action },
  { "preferences", preferences_action },
  { "about", about_action },
  { "add-server", add_server_action },
};

/* In the background nobody sees it. */
static void
show_error (NatterApplication *self, const GError *error)
{
  NatterWindow *window = find_window (self);

  if (window != NULL)
    natter_window_show_error (window, error);
}

static void
join_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  NatterApplication *self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterServer) server = natter_join_file_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (server != NULL)
    {
      natter_window_select_server (get_window (self), server);
      return;
    }
  g_message ("Could not join: %s", error->message);
  show_error (self, error);
}

/* What the command line asked for has to wait until it is known which servers there are. */
static void
do_what_was_asked (NatterApplication *self)
{
  g_autofree char *server = NULL;
  g_autoptr(GFile) join_file = NULL;

  if (!self->loaded)
    return;

  server = g_steal_pointer (&self->server);
  join_file = g_steal_pointer (&self->join_file);
  if (server != NULL)
    natter_window_open_link (get_window (self), server);
  if (join_file != NULL)
    natter_join_file_async (join_file, self->session, self->cancellable, join_cb, self);
}

static void
stop_waiting (NatterApplication *self)
{
  if (self->present_source == 0)
    return;
  g_clear_handle_id (&self->present_source, g_source_remove);
  g_application_release (G_APPLICATION (self));
}

static void
present_window (NatterApplication *self)
{
  GtkWindow *window = GTK_WINDOW (get_window (self));

  stop_waiting (self);
  gtk_window_present (window);
}

static gboolean
waited_long_cb (gpointer data)
{
  present_window (data);
  return G_SOURCE_REMOVE;
}

/* After what has been read by now: the next is read while the window is made. */
static gboolean
make_window_cb (gpointer data)
{
  NatterApplication *self = data;

  self->present_source = g_timeout_add (LONGEST_LOAD_MS, waited_long_cb, self);
  get_window (self);
  return G_SOURCE_REMOVE;
}

static void
load_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  NatterApplication *self = data;
  g_autoptr(GError) error = NULL;

  if (!natter_session_load_finish (NATTER_SESSION (object), result, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_message ("Could not read the list of servers: %s", error->message);
      show_error (self, error);
    }
  self->loaded = TRUE;
  if (self->present_source != 0)
    present_window (self);
  connect_servers (self);
  do_what_was_asked (self);
}

/* All that is kept can be asked for again, but not without saying that it is gone. */
static void
cache_error_cb (NatterApplication *self, GParamSpec *pspec, NatterCache *cache)
{
  const GError *error = natter_cache_get_error (cache);

  if (error != NULL)
    show_error (self, error);
}

static void
cache_damaged_cb (NatterApplication *self)
{
  g_autoptr(GError) error = g_error_new_literal (NATTER_STORE_ERROR, NATTER_STORE_ERROR_DAMAGED, "Moved aside");

  show_error (self, error);
}

static void
cache_size_changed_cb (NatterApplication *self)
{
  natter_cache_set_budget (natter_session_get_cache (self->session),
                           (guint64) g_settings_get_uint (self->settings, "cache-size") * 1024 * 1024);
}

static void
watch_cache (NatterApplication *self)
{
  NatterCache *cache = natter_session_get_cache (self->session);

  g_signal_connect_object (cache, "notify::error", G_CALLBACK (cache_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cache, "notify::damaged-file", G_CALLBACK (cache_damaged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::cache-size", G_CALLBACK (cache_size_changed_cb), self, G_CONNECT_SWAPPED);
  cache_size_changed_cb (self);
}

static void
style_changed_cb (NatterApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int style = g_settings_get_enum (self->settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[CLAMP (style, 0, 2)]);
}

static void
shortcuts_changed_cb (NatterApplication *self)
{
  natter_shortcuts_apply (GTK_APPLICATION (self), self->settings);
}

static NatterRotur *
make_rotur (NatterApplication *self)
{
  static const guint16 ports[] = { ROTUR_PORTS };
  g_autofree char *base = g_settings_get_string (self->settings, "rotur-address");
  g_autofree char *client = g_settings_get_string (self->settings, "rotur-client-id");
  g_autoptr(GError) error = NULL;
  NatterRotur *rotur = natter_rotur_new (base, &error);

  if (rotur == NULL)
    {
      g_message ("The setting rotur-address can't be used: %s", error->message);
      rotur = natter_rotur_new (ROTUR_ADDRESS, NULL);
    }
  natter_rotur_set_client (rotur, *client != '\0' ? client : ROTUR_CLIENT_ID, ports);
  return rotur;
}

static void
make_file_cache (NatterApplication *self)
{
  g_autofree char *directory = g_build_filename (natter_profile_get_cache_dir (self->profile), "files", NULL);
  g_autoptr(NatterFileCache) cache = natter_file_cache_new (directory, MAX_FILES_BYTES);

  natter_media_set_cache (cache);
}

static gboolean
terminated_cb (gpointer data)
{
  NatterApplication *self = data;

  self->terminated = 0;
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

static void
found_cb (NatterApplication *self, GObject *item)
{
  g_application_activate (G_APPLICATION (self));
  natter_window_go_to (get_window (self), item);
}

static void
find_more_cb (NatterApplication *self, const char *text)
{
  g_application_activate (G_APPLICATION (self));
  natter_window_search (get_window (self), text);
}

/* Before the name is there, so that whoever starts the program by its name finds everything. */
static gboolean
natter_application_dbus_register (GApplication *application, GDBusConnection *bus, const char *path, GError **error)
{
  NatterApplication *self = NATTER_APPLICATION (application);
  g_autofree char *own_path = g_strconcat (path, "/SearchProvider", NULL);

  if (!G_APPLICATION_CLASS (natter_application_parent_class)->dbus_register (application, bus, path, error))
    return FALSE;
  if (self->search_provider == NULL)
    {
      self->search_provider = natter_search_provider_new (application);
      g_signal_connect_object (self->search_provider, "chosen", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->search_provider, "more", G_CALLBACK (find_more_cb), self, G_CONNECT_SWAPPED);
    }
  return natter_search_provider_export (self->search_provider, bus, own_path, error);
}

static void
natter_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  NatterApplication *self = NATTER_APPLICATION (application);

  if (self->search_provider != NULL)
    natter_search_provider_unexport (self->search_provider);
  G_APPLICATION_CLASS (natter_application_parent_class)->dbus_unregister (application, bus, path);
}

/* What is kept is read in a thread; it comes while GTK opens the display. */
static void
start_session (NatterApplication *self)
{
  g_autoptr(NatterSecrets) secrets = NULL;
  g_autoptr(NatterRotur) rotur = NULL;
  g_autofree char *first = NULL;

  self->profile = natter_profile_new (self->profile_dir);
  self->settings = natter_profile_get_settings (self->profile, SCHEMA_ID);
  secrets = natter_secrets_new (self->profile);
  rotur = make_rotur (self);
  self->session = natter_session_new (self->profile, secrets, rotur);
  g_settings_bind (self->settings, "send-typing", self->session, "send-typing", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "send-read-marks", self->session, "send-read-marks", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "remote-media", self->session, "remote-media", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "skin-tone", self->session, "skin-tone", G_SETTINGS_BIND_DEFAULT);
  watch_cache (self);
  first = g_settings_get_string (self->settings, "selected-server");
  natter_session_set_first (self->session, first);
  natter_session_load_async (self->session, self->cancellable, load_cb, self);
}

/* Where the person has asked for it, if they still look there. */
static void
autostart_failed_cb (NatterApplication *self)
{
  NatterWindow *window = find_window (self);
  AdwDialog *dialog = window != NULL ? adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) : NULL;

  if (ADW_IS_PREFERENCES_DIALOG (dialog))
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), adw_toast_new (_("Natter can’t start with this desktop")));
  else if (window != NULL)
    natter_window_add_toast (window, adw_toast_new (_("Natter can’t start with this desktop")));
}

static void
natter_application_startup (GApplication *application)
{
  NatterApplication *self = NATTER_APPLICATION (application);
  g_autoptr(NatterSound) sound = natter_sound_new ();

  start_session (self);
  G_APPLICATION_CLASS (natter_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, SERVICE_MS);
  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries, G_N_ELEMENTS (action_entries), self);
  natter_menu_names_init ();
  natter_dialog_guard_init ();
  g_signal_connect_object (self->settings, "changed::style", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  style_changed_cb (self);
  g_signal_connect_object (self->settings, "changed::shortcuts", G_CALLBACK (shortcuts_changed_cb), self, G_CONNECT_SWAPPED);
  shortcuts_changed_cb (self);

  make_file_cache (self);
  if (self->search_provider != NULL)
    natter_search_provider_set_session (self->search_provider, self->session);
  self->notifier = natter_notifier_new (self->session);
  self->notifications = natter_notifications_new (application, self->session, self->notifier, sound);
  g_settings_bind (self->settings, "notification-sound", sound, "enabled", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "notifications", self->notifications, "enabled", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "notification-previews", self->notifications, "previews", G_SETTINGS_BIND_GET);
  self->background = natter_background_new (GTK_APPLICATION (self), self->settings);
  g_signal_connect_object (self->background, "autostart-failed", G_CALLBACK (autostart_failed_cb), self, G_CONNECT_SWAPPED);
  self->clock = natter_desktop_clock_new (g_application_get_dbus_connection (application));
  self->terminated = g_unix_signal_add (SIGTERM, terminated_cb, self);
}

/* To lay the window out once, with what it is to show in it, is half the work. */
static void
natter_application_activate (GApplication *application)
{
  NatterApplication *self = NATTER_APPLICATION (application);

  if (self->loaded)
    {
      present_window (self);
      return;
    }
  if (self->present_source != 0)
    return;
  g_application_hold (application);
  self->present_source = g_idle_add_full (G_PRIORITY_DEFAULT, make_window_cb, self, NULL);
}

/* The desktop asks for this over D-Bus when somebody follows a link. */
static void
natter_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  NatterApplication *self = NATTER_APPLICATION (application);

  g_free (self->server);
  self->server = g_file_get_uri (files[0]);
  g_application_activate (application);
  do_what_was_asked (self);
}

static int
natter_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  NatterApplication *self = NATTER_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *join_file = NULL;
  g_autofree const char **links = NULL;
  const char *server = NULL;

  if (g_variant_dict_lookup (options, "server", "&s", &server))
    g_set_str (&self->server, server);
  /* There is one window, which shows one place. */
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &links) && links[0] != NULL)
    g_set_str (&self->server, links[0]);
  if (g_variant_dict_lookup (options, "join-file", "^&ay", &join_file))
    {
      g_clear_object (&self->join_file);
      self->join_file = g_application_command_line_create_file_for_arg (command_line, join_file);
    }
  wake (self);
  /* Without the setting nothing would keep it running. */
  if (!g_variant_dict_contains (options, "background") || !g_settings_get_boolean (self->settings, "run-in-background"))
    g_application_activate (application);
  connect_servers (self);
  do_what_was_asked (self);
  return 0;
}

static gboolean
settings_are_installed (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  return schema != NULL;
}

static int
natter_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  NatterApplication *self = NATTER_APPLICATION (application);
  const char *profile_dir = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Natter %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "debug-info"))
    {
      g_autofree char *debug_info = natter_debug_info_dup ();

      g_print ("%s", debug_info);
      return 0;
    }
  if (!settings_are_installed ())
    {
      /* Translators: %s is the name of a settings schema; GSETTINGS_SCHEMA_DIR stays as it is. */
      g_printerr (_("Natter is not fully installed: the settings schema %s is missing. Install Natter, or set GSETTINGS_SCHEMA_DIR to the data folder of its build.\n"), SCHEMA_ID);
      return 1;
    }
  if (g_variant_dict_lookup (options, "profile", "^&ay", &profile_dir))
    {
      g_autofree char *cwd = g_get_current_dir ();

      g_free (self->profile_dir);
      self->profile_dir = g_canonicalize_filename (profile_dir, cwd);
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return -1;
}

static void
give_up (gpointer data)
{
  gboolean *given_up = data;

  *given_up = TRUE;
}

/* What a person did is sent, and what one wrote kept, before the program ends. The windows are out of sight by now, but
 * they and what is on its way hold the session. */
static void
wind_up (NatterApplication *self)
{
  gboolean given_up = FALSE;
  guint source = g_timeout_add_once (WIND_UP_MS, give_up, &given_up);

  while (natter_session_wind_up (self->session) && !given_up)
    g_main_context_iteration (NULL, TRUE);
  if (!given_up)
    g_source_remove (source);
  natter_session_close (self->session);
}

static void
hide_windows (NatterApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    gtk_widget_set_visible (link->data, FALSE);
}

static void
natter_application_shutdown (GApplication *application)
{
  NatterApplication *self = NATTER_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  stop_waiting (self);
  g_clear_handle_id (&self->terminated, g_source_remove);
  g_clear_object (&self->search_provider);
  hide_windows (self);
  wind_up (self);
  g_clear_object (&self->background);
  g_clear_object (&self->clock);
  G_APPLICATION_CLASS (natter_application_parent_class)->shutdown (application);
  g_clear_object (&self->notifications);
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
}

static void
natter_application_dispose (GObject *object)
{
  NatterApplication *self = NATTER_APPLICATION (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->search_provider);
  g_clear_object (&self->background);
  g_clear_object (&self->clock);
  g_clear_object (&self->notifications);
  g_clear_object (&self->notifier);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->profile);
  g_clear_object (&self->join_file);

  G_OBJECT_CLASS (natter_application_parent_class)->dispose (object);
}

static void
natter_application_finalize (GObject *object)
{
  NatterApplication *self = NATTER_APPLICATION (object);

  g_free (self->profile_dir);
  g_free (self->server);

  G_OBJECT_CLASS (natter_application_parent_class)->finalize (object);
}

static void
natter_application_class_init (NatterApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = natter_application_dispose;
  object_class->finalize = natter_application_finalize;
  application_class->dbus_register = natter_application_dbus_register;
  application_class->dbus_unregister = natter_application_dbus_unregister;
  application_class->startup = natter_application_startup;
  application_class->activate = natter_application_activate;
  application_class->command_line = natter_application_command_line;
  application_class->open = natter_application_open;
  application_class->handle_local_options = natter_application_handle_local_options;
  application_class->shutdown = natter_application_shutdown;
}

static void
natter_application_init (NatterApplication *self)
{
  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Chat on OriginChats servers"));
}

/**
 * natter_application_new:
 *
 * Makes the application. With `--profile` it is apart from all other runs, otherwise a second start talks to the first.
 *
 * Returns: (transfer full): the application
 */
NatterApplication *
natter_application_new (void)
{
  return g_object_new (NATTER_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/dev/natter/Natter",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
