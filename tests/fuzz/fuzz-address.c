/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "natter-address.h"
#include "natter-error.h"

/* What an address was made of gives the same address again. */
static void
check_address (NatterAddress *address)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) again = natter_address_parse_plain (natter_address_get_text (address), &error);
  g_autofree char *socket = natter_address_dup_socket_uri (address);
  g_autoptr(GUri) uri = g_uri_parse (socket, G_URI_FLAGS_NONE, NULL);

  g_assert_no_error (error);
  g_assert_true (natter_address_equal (address, again));
  g_assert_nonnull (uri);
  g_assert_cmpstr (g_uri_get_host (uri), ==, natter_address_get_host (address));
  g_assert_cmpstr (g_uri_get_path (uri), ==, "/");
  g_assert_null (g_uri_get_userinfo (uri));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse (text, &error);
  g_autoptr(NatterAddress) server = natter_address_parse ("chats.example.org:99", NULL);
  g_autofree char *resolved = NULL;

  if (address == NULL)
    {
      g_assert_true (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_ADDRESS) ||
                     g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_ENCRYPTED));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  else
    {
      g_assert_no_error (error);
      g_assert_true (natter_address_is_encrypted (address) || natter_address_is_loopback (address));
      check_address (address);
    }

  resolved = natter_address_resolve_http (server, text);
  if (resolved != NULL)
    g_assert_true (g_str_has_prefix (resolved, "https://") || g_str_has_prefix (resolved, "http://"));
  return 0;
}

GPtrArray *
fuzz_seeds (void)
{
  static const char *const texts[] = {
    "chats.example.org", "chats.example.org:5613", "wss://chats.example.org:8443/", "https://chats.example.org/x?y#z",
    "localhost:5613", "ws://127.0.0.1:5613", "[2001:db8::1]:5613", "::1", "bücher.example", "例え。テスト",
    "originChats://chats.example.org/general/4711", "https://originchats.com/app?server=chats.example.org&invite=abc1",
    "https://originchats.com/invite/chats.example.org/abc123def456", "/attachments/4711", "http://127.0.0.1:5613/icon",
    "https://originchats.com/message/chats.example.org/general/m-1", "//files.example.net/a%20b.png",
    "https://runnova.github.io/indigo/?s=chats.example.org&c=gen+eral&t=t-1", "user:password@chats.example.org",
  };
  GPtrArray *seeds = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (seeds, g_string_new (texts[i]));
  return seeds;
}

const char *const fuzz_words[] = {
  "wss://", "ws://", "https://", "http://", "originChats://", "javascript:", "file://", "://", "//", "/", ":", "@", "?",
  "#", "&", "=", "[", "]", "%", "%00", "%2f", "%ff", ".", "..", "-", "xn--", "xn--a", "localhost", "127.0.0.1", "0x7f.1",
  "::1", "::ffff:1.2.3.4", "%eth0", ":443", ":0", ":65536", ":99999999999999999999", "originchats.com/app?server=",
  "originchats.com/invite/", "\t", "\n", " ", "\u00a0", "\u200d", "\u202e", "\xff", "\xc3", "ß", "İ", "。", "℀", "①",
  NULL,
};

const char *const fuzz_values[] = { NULL };
