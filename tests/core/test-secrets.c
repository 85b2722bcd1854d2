/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-secrets.h"

#include <stdio.h>
#include <string.h>

#include "natter-error.h"

/* Without a Secret Service what is left is memory. */

static char *root;

/* Only in this form, so that the plain text is nowhere but where it is handed out. */
static const unsigned char veiled[] = "ifuufs.cpstf.tubqmf.mfnpo";

static void
unveil (char *buffer)
{
  for (gsize i = 0; i < sizeof veiled - 1; i++)
    buffer[i] = veiled[i] - 1;
  buffer[sizeof veiled - 1] = '\0';
}

static NatterSecrets *
new_secrets (void)
{
  g_autoptr(NatterProfile) profile = natter_profile_new (root);

  return natter_secrets_new (profile);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GAsyncResult **slot = data;

  *slot = g_object_ref (result);
}

static void
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
store (NatterSecrets  *secrets,
       const char     *account,
       const char     *secret,
       gboolean        session_only,
       GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_secrets_store_async (secrets, account, "Natter: test", secret, session_only, NULL, keep_result, &result);
  wait_for (&result);
  return natter_secrets_store_finish (secrets, result, error);
}

static char *
look_up (NatterSecrets  *secrets,
         const char     *account,
         GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_secrets_lookup_async (secrets, account, NULL, keep_result, &result);
  wait_for (&result);
  return natter_secrets_lookup_finish (secrets, result, error);
}

static gboolean
forget (NatterSecrets  *secrets,
        const char     *account,
        GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_secrets_forget_async (secrets, account, NULL, keep_result, &result);
  wait_for (&result);
  return natter_secrets_forget_finish (secrets, result, error);
}

static void
assert_says (const GError *error)
{
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_NO_SECRETS);
  g_assert_nonnull (error->message);
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_no_service (void)
{
  NatterSecrets *secrets = new_secrets ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  natter_secrets_check_async (secrets, NULL, keep_result, &result);
  wait_for (&result);
  g_assert_false (natter_secrets_check_finish (secrets, result, &error));
  assert_says (error);
  g_clear_error (&error);
  g_clear_object (&result);

  g_assert_false (store (secrets, "a", "hunter2", FALSE, &error));
  assert_says (error);
  g_assert_null (strstr (error->message, "hunter2"));
  g_clear_error (&error);

  g_assert_null (look_up (secrets, "a", &error));
  assert_says (error);
  g_clear_error (&error);

  g_assert_false (forget (secrets, "a", &error));
  assert_says (error);
  g_assert_finalize_object (secrets);
}

/* A bus on which nobody offers the service. */
static void
test_bus_without_service (void)
{
  g_autoptr(GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  test_no_service ();
  g_test_dbus_down (bus);
}

static void
test_session_only (void)
{
  NatterSecrets *secrets = new_secrets ();
  g_autoptr(GError) error = NULL;
  char *secret;

  g_assert_true (store (secrets, "a", "first", TRUE, &error));
  g_assert_true (store (secrets, "a", "zweites ✓", TRUE, &error));
  g_assert_true (store (secrets, "b", "", TRUE, &error));
  g_assert_no_error (error);

  secret = look_up (secrets, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "zweites ✓");
  natter_secret_free (secret);
  secret = look_up (secrets, "b", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "");
  natter_secret_free (secret);

  g_assert_true (forget (secrets, "a", &error));
  g_assert_no_error (error);
  g_assert_null (look_up (secrets, "a", &error));
  assert_says (error);
  g_assert_finalize_object (secrets);
}

static void
test_cancelled (void)
{
  NatterSecrets *secrets = new_secrets ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  natter_secrets_check_async (secrets, cancellable, keep_result, &result);
  wait_for (&result);
  g_assert_false (natter_secrets_check_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_assert_finalize_object (secrets);
}

static gboolean
has_secret (const unsigned char *bytes,
            gsize                length)
{
  for (gsize start = 0; start + sizeof veiled - 1 <= length; start++)
    {
      gsize i = 0;

      while (i < sizeof veiled - 1 && bytes[start + i] == veiled[i] - 1)
        i++;
      if (i == sizeof veiled - 1)
        return TRUE;
    }
  return FALSE;
}

/* More is address space that somebody set aside. */
#define MAX_MAPPING (256 * 1024 * 1024)

/* Looks through all that this process can write to. */
static guint
count_in_memory (void)
{
  g_autofree char *maps = NULL;
  g_auto(GStrv) lines = NULL;
  FILE *memory = fopen ("/proc/self/mem", "rb");
  guint found = 0;

  g_assert_nonnull (memory);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      unsigned long long start, end;
      char mode[5];
      g_autofree unsigned char *bytes = NULL;
      gsize length;

      if (sscanf (lines[i], "%llx-%llx %4s", &start, &end, mode) != 3 || mode[0] != 'r' || mode[1] != 'w' ||
          end - start > MAX_MAPPING)
        continue;
      bytes = g_malloc (end - start);
      if (fseeko (memory, (off_t) start, SEEK_SET) != 0)
        continue;
      length = fread (bytes, 1, end - start, memory);
      if (has_secret (bytes, length))
        found++;
      /* Or the copy would be found in what is freed. */
      memset (bytes, 0, end - start);
    }
  fclose (memory);
  return found;
}

static void
store_veiled (NatterSecrets *secrets)
{
  char buffer[sizeof veiled];

  unveil (buffer);
  g_assert_true (store (secrets, "a", buffer, TRUE, NULL));
  explicit_bzero (buffer, sizeof buffer);
}

static void
test_wiped (void)
{
  NatterSecrets *secrets = new_secrets ();

  g_assert_cmpuint (count_in_memory (), ==, 0);
  store_veiled (secrets);
  g_assert_cmpuint (count_in_memory (), >, 0);
  g_assert_true (forget (secrets, "a", NULL));
  g_assert_cmpuint (count_in_memory (), ==, 0);

  store_veiled (secrets);
  natter_secret_free (look_up (secrets, "a", NULL));
  g_assert_finalize_object (secrets);
  g_assert_cmpuint (count_in_memory (), ==, 0);
}

static void
remove_folder (const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  remove (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("natter-secrets-XXXXXX", NULL);
  g_test_add_func ("/secrets/no-service", test_no_service);
  g_test_add_func ("/secrets/session-only", test_session_only);
  g_test_add_func ("/secrets/cancelled", test_cancelled);
  g_test_add_func ("/secrets/wiped", test_wiped);
  g_test_add_func ("/secrets/bus-without-service", test_bus_without_service);
  result = g_test_run ();
  remove_folder ("data");
  remove_folder ("cache");
  remove_folder (".");
  remove (root);
  g_free (root);
  return result;
}
