/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-error-text.h"

#include <gio/gio.h>

#include "natter-error.h"
#include "natter-store.h"

static void
test_every_code (void)
{
  g_autoptr(GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "odd");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = NATTER_ERROR_ADDRESS; code <= NATTER_ERROR_PROTOCOL; code++)
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, code, "x");
      const char *summary = natter_error_text_get_summary (error);

      /* A sentence of its own, not the one for what is not known. */
      g_assert_true (g_str_has_suffix (summary, "."));
      g_assert_cmpstr (summary, !=, natter_error_text_get_summary (other));
      g_assert_true (g_hash_table_add (seen, (gpointer) summary));
    }
}

static void
test_words_of_the_server (void)
{
  g_autoptr(GError) refused = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_REJECTED, "<b>No</b> \xff");
  g_autoptr(GError) plain = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_UNREACHABLE, "errno 111");
  g_autofree char *quoted = natter_error_text_dup (refused);
  g_autofree char *unquoted = natter_error_text_dup (plain);

  g_assert_nonnull (strstr (quoted, "“<b>No</b> "));
  g_assert_true (g_utf8_validate (quoted, -1, NULL));
  g_assert_null (strstr (unquoted, "111"));
  g_assert_nonnull (strstr (unquoted, natter_error_text_get_advice (plain)));
}

static void
test_long_words (void)
{
  g_autofree char *words = g_strnfill (100000, 'x');
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_SIGN_IN, words);
  g_autofree char *text = natter_error_text_dup (error);

  g_assert_cmpuint (strlen (text), <, 1000);
}

static void
test_other_domains (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, 9999, "odd");
  g_autoptr(GError) unknown = g_error_new_literal (NATTER_ERROR, 9999, "odd");
  g_autofree char *text = natter_error_text_dup (error);

  g_assert_nonnull (strstr (text, "odd"));
  g_assert_cmpstr (natter_error_text_get_summary (unknown), ==, natter_error_text_get_summary (error));
}

static void
test_store (void)
{
  g_autoptr(GError) full = g_error_new_literal (NATTER_STORE_ERROR, NATTER_STORE_ERROR_FULL, "database or disk is full (13)");
  g_autoptr(GError) failed = g_error_new_literal (NATTER_STORE_ERROR, NATTER_STORE_ERROR_FAILED, "odd");
  g_autofree char *full_text = natter_error_text_dup (full);
  g_autofree char *failed_text = natter_error_text_dup (failed);

  g_assert_nonnull (strstr (full_text, "disk is full"));
  g_assert_null (strstr (full_text, "(13)"));
  g_assert_nonnull (strstr (failed_text, "odd"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-text/every-code", test_every_code);
  g_test_add_func ("/error-text/words-of-the-server", test_words_of_the_server);
  g_test_add_func ("/error-text/long-words", test_long_words);
  g_test_add_func ("/error-text/other-domains", test_other_domains);
  g_test_add_func ("/error-text/store", test_store);
  return g_test_run ();
}
