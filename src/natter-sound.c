/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-sound"

#include "config.h"

#include "natter-sound.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

#include "natter-portal.h"
#include "natter-trace.h"

/* Of the sound naming specification: a message that somebody has just written. */
#define SOUND_NAME "message-new-instant"

/* Every theme inherits from it. */
#define LAST_THEME "freedesktop"

/* A theme may have music. */
#define LONGEST_S 5

#define DESKTOP_SCHEMA "org.gnome.desktop.notifications"
#define DESKTOP_KEY "show-banners"

struct _NatterSound
{
  GObject    parent_instance;

  GSettings *desktop; /* where do-not-disturb is set; NULL: it can't be known here */
  gboolean   enabled;
  gboolean   is_playing;
};

G_DEFINE_FINAL_TYPE (NatterSound, natter_sound, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ENABLED,
  N_PROPS
};

enum
{
  PLAY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
find_in (const char *data_dir, const char *theme)
{
  static const char * const suffixes[] = { ".oga", ".ogg", ".wav" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (SOUND_NAME, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (data_dir, "sounds", theme, "stereo", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static char *
find_in_theme (const char *theme)
{
  const char * const *data_dirs = g_get_system_data_dirs ();
  char *path = find_in (g_get_user_data_dir (), theme);

  for (gsize i = 0; path == NULL && data_dirs[i] != NULL; i++)
    path = find_in (data_dirs[i], theme);
  return path;
}

/**
 * natter_sound_find:
 * @theme: (nullable): name of a sound theme
 *
 * Looks where the sound theme specification says, first in the person's data folder.
 *
 * Returns: (transfer full) (nullable): path of the sound of a message, in @theme or in that from which all inherit
 */
char *
natter_sound_find (const char *theme)
{
  char *path = theme != NULL && *theme != '\0' ? find_in_theme (theme) : NULL;

  return path != NULL ? path : find_in_theme (LAST_THEME);
}

static gboolean
is_wanted (NatterSound *self, GtkSettings *settings)
{
  gboolean event_sounds = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-enable-event-sounds", &event_sounds, NULL);
  return self->enabled && event_sounds && (self->desktop == NULL || g_settings_get_boolean (self->desktop, DESKTOP_KEY));
}

/* The first time, GStreamer looks what it has, which takes up to seconds. */
static void
play_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GstElement *player = uri != NULL && gst_init_check (NULL, NULL, NULL) ? gst_element_factory_make ("playbin", NULL) : NULL;

  if (player != NULL)
    {
      g_autoptr(GstBus) bus = gst_element_get_bus (player);
      GstMessage *end;

      gst_util_set_object_arg (G_OBJECT (player), "flags", "audio");
      g_object_set (player, "uri", uri, NULL);
      gst_element_set_state (player, GST_STATE_PLAYING);
      end = gst_bus_timed_pop_filtered (bus, LONGEST_S * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_clear_pointer (&end, gst_message_unref);
      gst_element_set_state (player, GST_STATE_NULL);
      gst_object_unref (player);
    }
  g_task_return_boolean (task, TRUE);
}

static void
played_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  NATTER_SOUND (object)->is_playing = FALSE;
}

static void
natter_sound_real_play (NatterSound *self, const char *path)
{
  g_autoptr(GTask) task = NULL;

  /* What comes at once sounds once. */
  if (self->is_playing)
    return;
  natter_trace ("sound");
  self->is_playing = TRUE;
  task = g_task_new (self, NULL, played_cb, NULL);
  g_task_set_source_tag (task, natter_sound_real_play);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, play_in_thread);
}

static void
natter_sound_dispose (GObject *object)
{
  NatterSound *self = NATTER_SOUND (object);

  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (natter_sound_parent_class)->dispose (object);
}

static void
natter_sound_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, NATTER_SOUND (object)->enabled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_sound_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterSound *self = NATTER_SOUND (object);

  switch (prop_id)
    {
    case PROP_ENABLED:
      if (self->enabled == g_value_get_boolean (value))
        return;
      self->enabled = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_sound_class_init (NatterSoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_sound_dispose;
  object_class->get_property = natter_sound_get_property;
  object_class->set_property = natter_sound_set_property;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PLAY] = g_signal_new_class_handler ("play", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, G_CALLBACK (natter_sound_real_play),
                                              NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
natter_sound_init (NatterSound *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  self->enabled = TRUE;
  /* In a sandbox there are no settings of the desktop but those that its portal tells, and this one is not among them. */
  if (source != NULL && !natter_portal_is_needed ())
    schema = g_settings_schema_source_lookup (source, DESKTOP_SCHEMA, TRUE);
  if (schema != NULL && g_settings_schema_has_key (schema, DESKTOP_KEY))
    self->desktop = g_settings_new_full (schema, NULL, NULL);
}

/**
 * natter_sound_new:
 *
 * Returns: (transfer full): the sound of messages
 */
NatterSound *
natter_sound_new (void)
{
  return g_object_new (NATTER_TYPE_SOUND, NULL);
}

/**
 * natter_sound_play:
 * @self: the sound of messages
 *
 * Plays it, if the person wants so and the desktop has one and is not to be silent.
 */
void
natter_sound_play (NatterSound *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *theme = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (NATTER_IS_SOUND (self));

  if (!is_wanted (self, settings))
    return;
  if (settings != NULL)
    g_object_get (settings, "gtk-sound-theme-name", &theme, NULL);
  path = natter_sound_find (theme);
  if (path != NULL)
    g_signal_emit (self, signals[PLAY], 0, path);
}
