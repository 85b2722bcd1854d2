/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a file is not sent is said in words, with the server's limit. */
#include <gio/gio.h>

#include "natter-error.h"
#include "natter-upload-text.h"

static void
check (GQuark      domain,
       int         code,
       guint64     max_size,
       const char *expected)
{
  g_autoptr(GError) error = g_error_new_literal (domain, code, "technical");
  g_autofree char *text = natter_upload_text_dup (error, max_size);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_texts (void)
{
  check (NATTER_ERROR, NATTER_ERROR_TOO_LARGE, 25000000, "Too large: this server takes files up to 25.0\302\240MB");
  check (NATTER_ERROR, NATTER_ERROR_TOO_LARGE, 0, "Too large for this server");
  check (NATTER_ERROR, NATTER_ERROR_ROTUR, 0, "This server takes files from people with a Rotur account only");
  check (NATTER_ERROR, NATTER_ERROR_PERMISSION, 0, "You may not send files here");
  check (NATTER_ERROR, NATTER_ERROR_REJECTED, 0, "This server does not take files of this kind");
  check (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, 0, "You are not connected to the server");
  check (NATTER_ERROR, NATTER_ERROR_TIMEOUT, 0, "The server did not answer in time.");
  check (G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, 0, "Folders can’t be sent");
  check (G_IO_ERROR, G_IO_ERROR_FAILED, 0, "The file can’t be read: technical");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upload-text", test_texts);
  return g_test_run ();
}
