/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-profile.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *root;

#define SCHEMA "dev.natter.test.profile"

static void
assert_private (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_true (S_ISDIR (info.st_mode));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

static void
test_default (void)
{
  NatterProfile *profile = natter_profile_new (NULL);
  g_autofree char *data_dir = g_build_filename (g_get_user_data_dir (), "natter", NULL);
  g_autofree char *cache_dir = g_build_filename (g_get_user_cache_dir (), "natter", NULL);

  g_assert_cmpstr (natter_profile_get_id (profile), ==, "default");
  g_assert_cmpstr (natter_profile_get_data_dir (profile), ==, data_dir);
  g_assert_cmpstr (natter_profile_get_cache_dir (profile), ==, cache_dir);
  assert_private (data_dir);
  assert_private (cache_dir);
  g_assert_finalize_object (profile);
}

static void
test_directory (void)
{
  g_autofree char *path = g_build_filename (root, "new", "profile", NULL);
  g_autofree char *data_dir = g_build_filename (path, "data", NULL);
  g_autofree char *cache_dir = g_build_filename (path, "cache", NULL);
  NatterProfile *profile = natter_profile_new (path);

  g_assert_cmpstr (natter_profile_get_data_dir (profile), ==, data_dir);
  g_assert_cmpstr (natter_profile_get_cache_dir (profile), ==, cache_dir);
  assert_private (path);
  assert_private (data_dir);
  assert_private (cache_dir);
  g_assert_finalize_object (profile);
}

/* The same folder is the same profile, however it is spelt; the id shows nothing of the path. */
static void
test_id (void)
{
  g_autofree char *path = g_build_filename (root, "one", NULL);
  g_autofree char *other_path = g_build_filename (root, "other", NULL);
  g_autofree char *detour = g_build_filename (root, "one", "..", "one", NULL);
  g_autofree char *link = g_build_filename (root, "link", NULL);
  g_autoptr(NatterProfile) profile = natter_profile_new (path);
  g_autoptr(NatterProfile) other = natter_profile_new (other_path);
  g_autoptr(NatterProfile) same = natter_profile_new (detour);
  g_autoptr(NatterProfile) linked = NULL;

  g_assert_cmpint (symlink (path, link), ==, 0);
  linked = natter_profile_new (link);

  g_assert_cmpstr (natter_profile_get_id (profile), ==, natter_profile_get_id (same));
  g_assert_cmpstr (natter_profile_get_id (profile), ==, natter_profile_get_id (linked));
  g_assert_cmpstr (natter_profile_get_id (profile), !=, natter_profile_get_id (other));
  g_assert_cmpstr (natter_profile_get_id (profile), !=, "default");
  g_assert_null (strstr (natter_profile_get_id (profile), "one"));
}

static void
set_name (const char *path,
          const char *name)
{
  g_autoptr(NatterProfile) profile = natter_profile_new (path);
  g_autoptr(GSettings) settings = natter_profile_get_settings (profile, SCHEMA);

  g_assert_true (g_settings_set_string (settings, "name", name));
  g_settings_sync ();
}

static void
assert_name (const char *path,
             const char *expected)
{
  g_autoptr(NatterProfile) profile = natter_profile_new (path);
  g_autoptr(GSettings) settings = natter_profile_get_settings (profile, SCHEMA);
  g_autofree char *name = g_settings_get_string (settings, "name");

  g_assert_cmpstr (name, ==, expected);
}

static void
test_settings (void)
{
  g_autofree char *path = g_build_filename (root, "with-settings", NULL);
  g_autofree char *other = g_build_filename (root, "without-settings", NULL);
  g_autofree char *file = g_build_filename (path, "settings.ini", NULL);
  g_autofree char *contents = NULL;

  set_name (path, "wren");
  assert_name (path, "wren");
  assert_name (other, "nobody");
  assert_name (NULL, "nobody");
  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "wren"));

  set_name (NULL, "robin");
  assert_name (NULL, "robin");
  assert_name (path, "wren");
}

static void
make_schema (void)
{
  static const char schema[] =
    "<schemalist><schema id='" SCHEMA "' path='/dev/natter/test/profile/'>"
    "<key name='name' type='s'><default>'nobody'</default></key>"
    "</schema></schemalist>";
  g_autofree char *file = g_build_filename (root, SCHEMA ".gschema.xml", NULL);
  g_autoptr(GSubprocess) compiler = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (file, schema, -1, NULL));
  compiler = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "glib-compile-schemas", "--strict", root, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (compiler, NULL, &error));
  g_assert_no_error (error);
  g_setenv ("GSETTINGS_SCHEMA_DIR", root, TRUE);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  root = g_dir_make_tmp ("natter-profile-XXXXXX", NULL);
  make_schema ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/profile/default", test_default);
  g_test_add_func ("/profile/directory", test_directory);
  g_test_add_func ("/profile/id", test_id);
  g_test_add_func ("/profile/settings", test_settings);
  result = g_test_run ();
  remove_tree (root);
  g_free (root);
  return result;
}
