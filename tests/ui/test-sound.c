/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sound a message has, and when it has none. */
#include <glib/gstdio.h>
#include <gtk/gtk.h>

#include "natter-sound.h"

static char *folder;

/* (transfer full): a file that has the name of a sound */
static char *
add_sound (const char *data_dir,
           const char *theme,
           const char *name)
{
  g_autofree char *directory = g_build_filename (folder, data_dir, "sounds", theme, "stereo", NULL);
  char *path = g_build_filename (directory, name, NULL);

  g_assert_no_errno (g_mkdir_with_parents (directory, 0700));
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  return path;
}

/* @path: (transfer full); folders that are empty then go too */
static void
remove_sound (char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);

  g_assert_no_errno (g_unlink (path));
  g_free (path);
  while (!g_str_equal (directory, folder) && g_rmdir (directory) == 0)
    {
      char *parent = g_path_get_dirname (directory);

      g_free (directory);
      directory = parent;
    }
}

#define assert_found(theme, expected) \
  G_STMT_START { \
    g_autofree char *found = natter_sound_find (theme); \
    g_assert_cmpstr (found, ==, expected); \
  } G_STMT_END

static void
test_find (void)
{
  char *last = add_sound ("second", "freedesktop", "message-new-instant.oga");
  char *own = add_sound ("second", "birds", "message-new-instant.wav");
  char *earlier = add_sound ("first", "birds", "message-new-instant.ogg");
  char *other = add_sound ("home", "birds", "complete.oga");

  assert_found ("birds", earlier);
  remove_sound (earlier);
  assert_found ("birds", own);
  assert_found ("frogs", last);
  assert_found ("", last);
  assert_found (NULL, last);
  remove_sound (own);
  assert_found ("birds", last);
  own = add_sound ("home", "birds", "message-new-instant.oga");
  assert_found ("birds", own);
  remove_sound (own);
  remove_sound (last);
  assert_found ("birds", NULL);
  remove_sound (other);
}

/* Instead of whoever plays it. */
static void
on_play (NatterSound *sound,
         const char  *path,
         GString     *played)
{
  g_string_append_printf (played, "%s\n", path);
  g_signal_stop_emission_by_name (sound, "play");
}

static void
test_play (void)
{
  g_autoptr(NatterSound) sound = natter_sound_new ();
  g_autoptr(GString) played = g_string_new (NULL);
  GtkSettings *settings = gtk_settings_get_default ();
  char *last = add_sound ("second", "freedesktop", "message-new-instant.oga");
  char *own = add_sound ("first", "birds", "message-new-instant.oga");
  g_autofree char *expected = g_strdup_printf ("%s\n%s\n", last, own);

  g_signal_connect (sound, "play", G_CALLBACK (on_play), played);
  natter_sound_play (sound);
  g_object_set (settings, "gtk-sound-theme-name", "birds", NULL);
  natter_sound_play (sound);
  g_assert_cmpstr (played->str, ==, expected);

  g_object_set (sound, "enabled", FALSE, NULL);
  natter_sound_play (sound);
  g_object_set (sound, "enabled", TRUE, NULL);
  g_object_set (settings, "gtk-enable-event-sounds", FALSE, NULL);
  natter_sound_play (sound);
  g_object_set (settings, "gtk-enable-event-sounds", TRUE, NULL);
  g_assert_cmpstr (played->str, ==, expected);

  remove_sound (own);
  remove_sound (last);
  natter_sound_play (sound);
  g_assert_cmpstr (played->str, ==, expected);
}

static void
test_do_not_disturb (void)
{
  g_autoptr(NatterSound) sound = NULL;
  g_autoptr(GString) played = g_string_new (NULL);
  g_autoptr(GSettingsSchema) schema = g_settings_schema_source_lookup (g_settings_schema_source_get_default (),
                                                                       "org.gnome.desktop.notifications", TRUE);
  g_autoptr(GSettings) desktop = NULL;
  char *file;

  if (schema == NULL)
    {
      g_test_skip ("The schemas of the desktop are not installed");
      return;
    }
  desktop = g_settings_new_full (schema, NULL, NULL);
  file = add_sound ("second", "freedesktop", "message-new-instant.oga");
  sound = natter_sound_new ();
  g_signal_connect (sound, "play", G_CALLBACK (on_play), played);
  g_settings_set_boolean (desktop, "show-banners", FALSE);
  natter_sound_play (sound);
  g_assert_cmpstr (played->str, ==, "");
  g_settings_set_boolean (desktop, "show-banners", TRUE);
  natter_sound_play (sound);
  g_assert_cmpstr (played->str, !=, "");
  remove_sound (file);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = NULL;
  g_autofree char *data_dirs = NULL;
  int status;

  folder = g_dir_make_tmp ("natter-test-XXXXXX", NULL);
  home = g_build_filename (folder, "home", NULL);
  data_dirs = g_strdup_printf ("%s/first:%s/second", folder, folder);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_DATA_DIRS", data_dirs, TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", "/usr/share/glib-2.0/schemas", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_unsetenv ("GTK_USE_PORTAL");
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/sound/find", test_find);
  g_test_add_func ("/sound/play", test_play);
  g_test_add_func ("/sound/do-not-disturb", test_do_not_disturb);

  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
