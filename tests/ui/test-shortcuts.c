/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that people change. */
#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <gtk/gtk.h>

#include "natter-message-keys.h"
#include "natter-shortcuts.h"

static GSettings *
make_settings (void)
{
  g_autoptr(GSettingsSchemaSource) source = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr(GError) error = NULL;

  source = g_settings_schema_source_new_from_directory (g_getenv ("NATTER_SCHEMAS"), NULL, TRUE, &error);
  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, "dev.natter.Natter", FALSE);
  return g_settings_new_full (schema, backend, NULL);
}

static const NatterShortcut *
of_action (const char *action)
{
  guint count;
  const NatterShortcut *shortcuts = natter_shortcuts_get (&count);

  for (guint i = 0; i < count; i++)
    if (g_strcmp0 (shortcuts[i].action, action) == 0)
      return &shortcuts[i];
  g_assert_not_reached ();
}

static void
assert_keys (GSettings  *settings,
             const char *action,
             const char *expected)
{
  g_auto(GStrv) accels = natter_shortcuts_dup_accels (settings, of_action (action));
  g_autofree char *keys = g_strjoinv (" ", accels);

  g_assert_cmpstr (keys, ==, expected);
}

/* But a picture has the window for itself. */
static void
test_unique (void)
{
  g_autoptr(GSettings) settings = make_settings ();
  g_autoptr(GHashTable) in_picture = g_hash_table_new (g_str_hash, g_str_equal);
  guint count;
  const NatterShortcut *shortcuts = natter_shortcuts_get (&count);

  for (guint i = 0; i < count; i++)
    for (guint j = 0; shortcuts[i].accels[j] != NULL; j++)
      if (g_str_equal (shortcuts[i].section, "In a Picture"))
        g_assert_true (g_hash_table_add (in_picture, (char *) shortcuts[i].accels[j]));
      else
        g_assert_true (natter_shortcuts_find (settings, shortcuts[i].accels[j]) == &shortcuts[i]);
  g_assert_cmpuint (g_hash_table_size (in_picture), >, 0);
}

/* (nullable): the row of the list that a key in a message has */
static const NatterShortcut *
find_of_message (const NatterMessageKey *key)
{
  g_autoptr(GSettings) settings = make_settings ();
  g_autofree char *accel = gtk_accelerator_name (key->key, 0);
  const NatterShortcut *shortcut = natter_shortcuts_find (settings, accel);

  return shortcut != NULL && g_str_equal (shortcut->section, "In a Message") ? shortcut : NULL;
}

static gboolean
is_on_number_pad (guint key)
{
  return g_str_has_prefix (gdk_keyval_name (key), "KP_");
}

/* What works in a message is in the list, the keys of one act in one row. */
static void
test_messages_listed (void)
{
  g_autoptr(GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  guint count;
  const NatterMessageKey *keys = natter_message_keys_get (&count);

  for (guint i = 0; i < count; i++)
    {
      const NatterShortcut *row = is_on_number_pad (keys[i].key) ? NULL : find_of_message (&keys[i]);

      if (is_on_number_pad (keys[i].key))
        continue;
      g_assert_nonnull (row);
      g_assert_true (g_hash_table_insert (rows, (char *) keys[i].action, (gpointer) row)
                     || row == g_hash_table_lookup (rows, keys[i].action));
    }
}

static gboolean
works_in_message (guint key)
{
  guint count;
  const NatterMessageKey *keys = natter_message_keys_get (&count);

  for (guint i = 0; i < count; i++)
    if (keys[i].key == key)
      return TRUE;
  return FALSE;
}

/* And what is listed as a character works. */
static void
test_messages_work (void)
{
  guint count;
  guint n_keys = 0;
  const NatterShortcut *shortcuts = natter_shortcuts_get (&count);

  for (guint i = 0; i < count; i++)
    for (guint j = 0; g_str_equal (shortcuts[i].section, "In a Message") && shortcuts[i].accels[j] != NULL; j++)
      {
        GdkModifierType modifiers;
        guint key;

        g_assert_true (gtk_accelerator_parse (shortcuts[i].accels[j], &key, &modifiers));
        if (modifiers != 0 || gdk_keyval_to_unicode (key) == 0)
          continue;
        g_assert_true (works_in_message (key));
        n_keys++;
      }
  g_assert_cmpuint (n_keys, >, 5);
}

static void
test_set (void)
{
  g_autoptr(GSettings) settings = make_settings ();
  const NatterShortcut *back = of_action ("win.back");
  const NatterShortcut *quit = of_action ("app.quit");

  assert_keys (settings, "win.back", "<Alt>Left");
  natter_shortcuts_set (settings, back, "<Control>j");
  assert_keys (settings, "win.back", "<Control>j");
  g_assert_true (natter_shortcuts_is_changed (settings, back));
  g_assert_false (natter_shortcuts_is_changed (settings, quit));
  g_assert_true (natter_shortcuts_find (settings, "<Ctrl>J") == back);
  g_assert_null (natter_shortcuts_find (settings, "<Alt>Left"));

  natter_shortcuts_set (settings, back, NULL);
  assert_keys (settings, "win.back", "");
  natter_shortcuts_reset (settings, back);
  assert_keys (settings, "win.back", "<Alt>Left");
  g_assert_false (natter_shortcuts_is_changed (settings, back));
}

/* No keys do two things. */
static void
test_conflict (void)
{
  g_autoptr(GSettings) settings = make_settings ();
  const NatterShortcut *back = of_action ("win.back");
  const NatterShortcut *quit = of_action ("app.quit");

  natter_shortcuts_set (settings, back, "<Control>q");
  assert_keys (settings, "win.back", "<Control>q");
  assert_keys (settings, "app.quit", "");
  natter_shortcuts_set (settings, quit, "<Control>Delete");
  natter_shortcuts_reset (settings, quit);
  assert_keys (settings, "app.quit", "<Control>q");
  assert_keys (settings, "win.back", "");
  natter_shortcuts_reset (settings, NULL);
  assert_keys (settings, "win.back", "<Alt>Left");
  assert_keys (settings, "app.quit", "<Control>q");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shortcuts/unique", test_unique);
  g_test_add_func ("/shortcuts/messages-listed", test_messages_listed);
  g_test_add_func ("/shortcuts/messages-work", test_messages_work);
  g_test_add_func ("/shortcuts/set", test_set);
  g_test_add_func ("/shortcuts/conflict", test_conflict);

  return g_test_run ();
}
