/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-random"

#include "config.h"

#include "natter-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define PASSWORD_LENGTH 20

/* GLib's random numbers can be guessed; the kernel's can't. */
static void
fill (guint8 *buffer,
      gsize   length)
{
  for (gsize done = 0; done < length;)
    {
      gssize got = getrandom (buffer + done, length - done, 0);

      if (got > 0)
        done += got;
      else if (errno != EINTR)
        g_error ("The system has no random numbers: %s", g_strerror (errno));
    }
}

/**
 * natter_random_text:
 * @n_bytes: how many random bytes, at most 64
 *
 * Makes a secret that nobody can guess, for use in an address: base64 with `-` and `_`, without padding.
 *
 * Returns: (transfer full): the text
 */
char *
natter_random_text (gsize n_bytes)
{
  guint8 bytes[64];
  char *text;

  g_return_val_if_fail (n_bytes > 0 && n_bytes <= sizeof bytes, NULL);

  fill (bytes, n_bytes);
  text = g_base64_encode (bytes, n_bytes);
  explicit_bzero (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return text;
}

/**
 * natter_random_password:
 *
 * Makes a password of 20 letters and digits that nobody can guess, without those that are taken for one another.
 *
 * Returns: (transfer full): the password; to be wiped
 */
char *
natter_random_password (void)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const guint count = sizeof letters - 1;
  g_autoptr(GString) password = g_string_sized_new (PASSWORD_LENGTH);

  while (password->len < PASSWORD_LENGTH)
    {
      guint8 byte;

      fill (&byte, 1);
      /* All letters are as likely: what is left above a multiple is thrown away. */
      if (byte < 256 / count * count)
        g_string_append_c (password, letters[byte % count]);
    }
  return g_string_free_and_steal (g_steal_pointer (&password));
}
