/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets in a sandbox, where libsecret keeps a file. Its key is given here, as the portal would. */
#include <glib/gstdio.h>

#include "natter-error.h"
#include "natter-secrets.h"
#include "wait.h"

typedef struct
{
  char          *directory;
  char          *file;
  NatterSecrets *secrets;
  GAsyncResult  *result;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(NatterProfile) profile = NULL;

  fixture->directory = g_dir_make_tmp ("natter-test-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->directory, "secrets.keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", fixture->file, TRUE);
  profile = natter_profile_new (fixture->directory);
  fixture->secrets = natter_secrets_new (profile);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->secrets);
  g_remove (fixture->file);
  g_rmdir (fixture->directory);
  g_free (fixture->file);
  g_free (fixture->directory);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static char *
look_up (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  char *secret;

  natter_secrets_lookup_async (fixture->secrets, "a", NULL, keep_result, fixture);
  wait_for (fixture->result != NULL);
  secret = natter_secrets_lookup_finish (fixture->secrets, fixture->result, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  return secret;
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  char *secret;

  natter_secrets_check_async (fixture->secrets, NULL, keep_result, fixture);
  wait_for (fixture->result != NULL);
  g_assert_true (natter_secrets_check_finish (fixture->secrets, fixture->result, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  g_assert_null (look_up (fixture));

  natter_secrets_store_async (fixture->secrets, "a", "Natter: test", "zweites ✓", FALSE, NULL, keep_result, fixture);
  wait_for (fixture->result != NULL);
  g_assert_true (natter_secrets_store_finish (fixture->secrets, fixture->result, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->result);

  secret = look_up (fixture);
  g_assert_cmpstr (secret, ==, "zweites ✓");
  natter_secret_free (secret);
  g_assert_true (g_file_get_contents (fixture->file, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, length, "zweites"));

  natter_secrets_forget_async (fixture->secrets, "a", NULL, keep_result, fixture);
  wait_for (fixture->result != NULL);
  g_assert_true (natter_secrets_forget_finish (fixture->secrets, fixture->result, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  g_assert_null (look_up (fixture));
}

int
main (int argc, char *argv[])
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "key of the portal", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/secrets-file/kept", Fixture, NULL, set_up, test_kept, tear_down);
  return g_test_run ();
}
