/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-address.h"

#include "natter-error.h"

typedef struct
{
  const char *typed;
  const char *text;
  const char *socket;
  const char *channel, *thread, *message, *invite;
} GoodCase;

static const GoodCase good_cases[] = {
  /* what people type */
  { "chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "  chats.example.org\n", "chats.example.org", "wss://chats.example.org/" },
  { "Chats.Example.ORG", "chats.example.org", "wss://chats.example.org/" },
  { "chats.example.org.", "chats.example.org", "wss://chats.example.org/" },
  { "chats.example.org/", "chats.example.org", "wss://chats.example.org/" },
  { "chats.example.org:5613", "chats.example.org:5613", "wss://chats.example.org:5613/" },
  { "chats.example.org:5613.", "chats.example.org:5613", "wss://chats.example.org:5613/" },
  { "chats.example.org:443", "chats.example.org", "wss://chats.example.org/" },
  { "chats.example.org:", "chats.example.org", "wss://chats.example.org/" },
  { "wss://chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "WSS://chats.example.org:8443/", "chats.example.org:8443", "wss://chats.example.org:8443/" },
  { "https://chats.example.org/some/page?x=y#z", "chats.example.org", "wss://chats.example.org/" },
  { "chats.example.org?x", "chats.example.org", "wss://chats.example.org/" },
  { "wss://raspberry", "wss://raspberry", "wss://raspberry/" },
  { "raspberry:5613", "raspberry:5613", "wss://raspberry:5613/" },
  { "my_server-1.example.org", "my_server-1.example.org", "wss://my_server-1.example.org/" },
  { "192.168.1.20", "192.168.1.20", "wss://192.168.1.20/" },
  { "192.168.1.20:5613", "192.168.1.20:5613", "wss://192.168.1.20:5613/" },
  { "[2001:DB8::1]", "[2001:db8::1]", "wss://[2001:db8::1]/" },
  { "[2001:db8:0:0::1]:5613", "[2001:db8::1]:5613", "wss://[2001:db8::1]:5613/" },
  { "2001:db8::1", "[2001:db8::1]", "wss://[2001:db8::1]/" },
  { "wss://[2001:db8::1]:443/", "[2001:db8::1]", "wss://[2001:db8::1]/" },
  { "bücher.example", "xn--bcher-kva.example", "wss://xn--bcher-kva.example/" },
  { "BÜCHER.example:99", "xn--bcher-kva.example:99", "wss://xn--bcher-kva.example:99/" },
  { "例え。テスト", "xn--r8jz45g.xn--zckzah", "wss://xn--r8jz45g.xn--zckzah/" },
  { "xn--bcher-kva.example", "xn--bcher-kva.example", "wss://xn--bcher-kva.example/" },
  /* this machine */
  { "localhost", "ws://localhost", "ws://localhost/" },
  { "LocalHost:5613", "ws://localhost:5613", "ws://localhost:5613/" },
  { "127.0.0.1:5613", "ws://127.0.0.1:5613", "ws://127.0.0.1:5613/" },
  { "127.9.9.9", "ws://127.9.9.9", "ws://127.9.9.9/" },
  { "[::1]:5613", "ws://[::1]:5613", "ws://[::1]:5613/" },
  { "::1", "ws://[::1]", "ws://[::1]/" },
  { "chat.localhost:80", "ws://chat.localhost", "ws://chat.localhost/" },
  { "ws://localhost:5613", "ws://localhost:5613", "ws://localhost:5613/" },
  { "http://127.0.0.1:5613/x", "ws://127.0.0.1:5613", "ws://127.0.0.1:5613/" },
  { "wss://localhost:5613", "wss://localhost:5613", "wss://localhost:5613/" },
  { "https://[::1]", "wss://[::1]", "wss://[::1]/" },
  /* links */
  { "originChats://chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "ORIGINCHATS://chats.example.org:99/", "chats.example.org:99", "wss://chats.example.org:99/" },
  { "originChats://chats.example.org/general", "chats.example.org", "wss://chats.example.org/", "general" },
  { "originChats://chats.example.org/help%20desk/4711", "chats.example.org", "wss://chats.example.org/", "help desk",
    "4711" },
  { "originChats://chats.example.org/emojis/3", "chats.example.org", "wss://chats.example.org/" },
  { "https://originchats.com/app?server=chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "https://originchats.mistium.com/?server=chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "https://originchats.mistium.com?server=chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "https://originchats.mistium.com/", "originchats.mistium.com", "wss://originchats.mistium.com/" },
  { "originchats.com/app?server=chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "http://www.originchats.com/app/?x=1&serverurl=wss%3A%2F%2Fchats.example.org%3A99#top", "chats.example.org:99",
    "wss://chats.example.org:99/" },
  { "https://originchats.com/app?server=chats.example.org&invite=abc123def456", "chats.example.org",
    "wss://chats.example.org/", NULL, NULL, NULL, "ABC123DEF456" },
  { "https://originchats.com/app?code=AB-c_4&server=chats.example.org", "chats.example.org",
    "wss://chats.example.org/", NULL, NULL, NULL, "AB-C_4" },
  { "https://originchats.com/app?server=chats.example.org&invite=%3Cb%3E", "chats.example.org",
    "wss://chats.example.org/" },
  { "https://originchats.com/invite/chats.example.org", "chats.example.org", "wss://chats.example.org/" },
  { "https://originchats.com/invite/chats.example.org/abc123def456", "chats.example.org", "wss://chats.example.org/",
    NULL, NULL, NULL, "ABC123DEF456" },
  { "https://originchats.com/message/chats.example.org/general/m-1", "chats.example.org", "wss://chats.example.org/",
    "general", NULL, "m-1" },
  { "https://originchats.mistium.com/app/chats.example.org/help-desk/t-1", "chats.example.org",
    "wss://chats.example.org/", "help-desk", "t-1" },
  { "https://originchats.mistium.com/app/localhost:5613/general", "ws://localhost:5613", "ws://localhost:5613/",
    "general" },
  { "https://runnova.github.io/indigo/?s=chats.example.org&c=gen+eral&t=t-1", "chats.example.org",
    "wss://chats.example.org/", "gen eral", "t-1" },
  { "https://chats.example.org/invite/abc123def456", "chats.example.org", "wss://chats.example.org/", NULL, NULL, NULL,
    "ABC123DEF456" },
  { "https://discord.gg/invite/hunter2", "discord.gg", "wss://discord.gg/" },
  { "https://originchats.com/", "originchats.com", "wss://originchats.com/" },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse (c->typed, &error);
  g_autoptr(NatterAddress) again = NULL;
  g_autofree char *socket = NULL;
  g_autoptr(GUri) uri = NULL;

  g_assert_no_error (error);
  socket = natter_address_dup_socket_uri (address);
  g_assert_cmpstr (natter_address_get_text (address), ==, c->text);
  g_assert_cmpstr (socket, ==, c->socket);
  g_assert_cmpstr (natter_address_get_channel (address), ==, c->channel);
  g_assert_cmpstr (natter_address_get_thread (address), ==, c->thread);
  g_assert_cmpstr (natter_address_get_message (address), ==, c->message);
  g_assert_cmpstr (natter_address_get_invite (address), ==, c->invite);
  g_assert_cmpint (natter_address_is_encrypted (address), ==, g_str_has_prefix (c->socket, "wss:"));

  uri = g_uri_parse (socket, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, natter_address_get_host (address));

  again = natter_address_parse (natter_address_get_text (address), &error);
  g_assert_no_error (error);
  g_assert_true (natter_address_equal (address, again));
}

static const struct
{
  const char *typed;
  NatterError code;
} bad_cases[] = {
  { "", NATTER_ERROR_ADDRESS },
  { "   ", NATTER_ERROR_ADDRESS },
  { "hello", NATTER_ERROR_ADDRESS },
  { "two words", NATTER_ERROR_ADDRESS },
  { "chats.example.org general", NATTER_ERROR_ADDRESS },
  { "chats\u00a0x.example.org", NATTER_ERROR_ADDRESS },
  { "chats\x01.example.org", NATTER_ERROR_ADDRESS },
  { "chats.\xff.org", NATTER_ERROR_ADDRESS },
  { "wss://", NATTER_ERROR_ADDRESS },
  { "wss:///path", NATTER_ERROR_ADDRESS },
  { "://chats.example.org", NATTER_ERROR_ADDRESS },
  { ".", NATTER_ERROR_ADDRESS },
  { ":5613", NATTER_ERROR_ADDRESS },
  { "/general", NATTER_ERROR_ADDRESS },
  { "chats..example.org", NATTER_ERROR_ADDRESS },
  { "-chats.example.org", NATTER_ERROR_ADDRESS },
  { "chats.example-.org", NATTER_ERROR_ADDRESS },
  { "chats.exa$mple.org", NATTER_ERROR_ADDRESS },
  { "<chats.example.org>", NATTER_ERROR_ADDRESS },
  { "chats.example.org\\x", NATTER_ERROR_ADDRESS },
  { "chats.exam℀ple.org", NATTER_ERROR_ADDRESS },
  { "\u200d", NATTER_ERROR_ADDRESS },
  { "wss://\u00ad/", NATTER_ERROR_ADDRESS },
  { "chats.example.org:0", NATTER_ERROR_ADDRESS },
  { "chats.example.org:65536", NATTER_ERROR_ADDRESS },
  { "chats.example.org:-1", NATTER_ERROR_ADDRESS },
  { "chats.example.org:+1", NATTER_ERROR_ADDRESS },
  { "chats.example.org:port", NATTER_ERROR_ADDRESS },
  { "user@chats.example.org", NATTER_ERROR_ADDRESS },
  { "wss://user:password@chats.example.org", NATTER_ERROR_ADDRESS },
  { "wss://good.example@evil.example", NATTER_ERROR_ADDRESS },
  { "mailto:wren@example.org", NATTER_ERROR_ADDRESS },
  { "javascript:alert(1)", NATTER_ERROR_ADDRESS },
  { "javascript://chats.example.org", NATTER_ERROR_ADDRESS },
  { "file:///etc/passwd", NATTER_ERROR_ADDRESS },
  { "ftp://chats.example.org", NATTER_ERROR_ADDRESS },
  { "1.2.3", NATTER_ERROR_ADDRESS },
  { "127.1", NATTER_ERROR_ADDRESS },
  { "2130706433", NATTER_ERROR_ADDRESS },
  { "0x7f.0.0.1", NATTER_ERROR_ADDRESS },
  { "0x7f000001", NATTER_ERROR_ADDRESS },
  { "256.256.256.256", NATTER_ERROR_ADDRESS },
  { "[::1", NATTER_ERROR_ADDRESS },
  { "[::1]x", NATTER_ERROR_ADDRESS },
  { "[::1]:x", NATTER_ERROR_ADDRESS },
  { "[127.0.0.1]", NATTER_ERROR_ADDRESS },
  { "[chats.example.org]", NATTER_ERROR_ADDRESS },
  { "fe80::1%eth0", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/app", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/invite", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/app?server=", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/app?server=two%20words", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/app?server=a%40b.example", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/invite/%00", NATTER_ERROR_ADDRESS },
  { "https://originchats.com/invite/%ff", NATTER_ERROR_ADDRESS },
  { "https://runnova.github.io/indigo/", NATTER_ERROR_ADDRESS },
  { "originChats:<emoji>//chats.example.org/3", NATTER_ERROR_ADDRESS },
  { "ws://chats.example.org", NATTER_ERROR_NOT_ENCRYPTED },
  { "http://chats.example.org:5613", NATTER_ERROR_NOT_ENCRYPTED },
  { "ws://192.168.1.20", NATTER_ERROR_NOT_ENCRYPTED },
  { "ws://[::ffff:127.0.0.1]", NATTER_ERROR_NOT_ENCRYPTED },
  { "ws://localhost.example.org", NATTER_ERROR_NOT_ENCRYPTED },
  { "https://originchats.com/app?server=ws%3A%2F%2Fchats.example.org", NATTER_ERROR_NOT_ENCRYPTED },
};

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;

  g_assert_null (natter_address_parse (bad_cases[i].typed, &error));
  g_assert_error (error, NATTER_ERROR, (int) bad_cases[i].code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpstr (error->message, !=, "");
}

static void
test_long (void)
{
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *long_label = g_strconcat (label, ".example.org", NULL);
  g_autofree char *long_text = g_strnfill (1000000, 'a');
  g_autoptr(GString) long_name = g_string_new ("org");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_prepend (long_name, "ab.");

  g_assert_null (natter_address_parse (long_label, NULL));
  g_assert_null (natter_address_parse (long_name->str, NULL));
  g_assert_null (natter_address_parse (long_text, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_ADDRESS);
  g_assert_cmpuint (strlen (error->message), <, 200);
}

/* Somebody has agreed to a connection that is not encrypted. */
static void
test_plain (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) typed = natter_address_parse_plain ("ws://Chats.example.org:5613", &error);
  g_autoptr(NatterAddress) secure = natter_address_parse_plain ("chats.example.org:5613", &error);
  g_autoptr(NatterAddress) allowed = natter_address_allow_plain (secure);
  g_autoptr(NatterAddress) again = NULL;
  g_autofree char *socket = natter_address_dup_socket_uri (allowed);

  g_assert_no_error (error);
  g_assert_false (natter_address_is_encrypted (typed));
  g_assert_true (natter_address_is_encrypted (secure));
  g_assert_false (natter_address_is_encrypted (allowed));
  g_assert_true (natter_address_equal (typed, allowed));
  g_assert_false (natter_address_equal (typed, secure));
  g_assert_cmpstr (natter_address_get_text (allowed), ==, "ws://chats.example.org:5613");
  g_assert_cmpstr (socket, ==, "ws://chats.example.org:5613/");

  again = natter_address_parse_plain (natter_address_get_text (allowed), &error);
  g_assert_no_error (error);
  g_assert_true (natter_address_equal (again, allowed));

  g_assert_null (natter_address_parse_plain ("user@chats.example.org", NULL));
}

static void
test_plain_link (void)
{
  g_autoptr(NatterAddress) secure = natter_address_parse ("originChats://chats.example.org/general/t-1", NULL);
  g_autoptr(NatterAddress) plain = natter_address_allow_plain (secure);
  g_autoptr(NatterAddress) local = natter_address_parse ("localhost", NULL);
  g_autoptr(NatterAddress) same = natter_address_allow_plain (local);

  g_assert_cmpstr (natter_address_get_text (plain), ==, "ws://chats.example.org");
  g_assert_cmpuint (natter_address_get_port (plain), ==, 0);
  g_assert_cmpstr (natter_address_get_channel (plain), ==, "general");
  g_assert_cmpstr (natter_address_get_thread (plain), ==, "t-1");
  g_assert_true (same == local);
}

static const struct
{
  const char *server;
  const char *reference;
  const char *resolved;
} resolve_cases[] = {
  { "chats.example.org", NULL, "https://chats.example.org/" },
  { "chats.example.org", "", "https://chats.example.org/" },
  { "chats.example.org", "/attachments/4711", "https://chats.example.org/attachments/4711" },
  { "chats.example.org:99", "/emojis/0.png?x=1", "https://chats.example.org:99/emojis/0.png?x=1" },
  { "chats.example.org", "icon.png", "https://chats.example.org/icon.png" },
  { "chats.example.org", "https://files.example.net/a%20b.png", "https://files.example.net/a%20b.png" },
  { "chats.example.org", "https://files.example.net/a b.png", "https://files.example.net/a%20b.png" },
  { "chats.example.org", "http://files.example.net/a.png", "http://files.example.net/a.png" },
  { "chats.example.org", "//files.example.net/a.png", "https://files.example.net/a.png" },
  { "chats.example.org", "wss://chats.example.org/attachments/1", "https://chats.example.org/attachments/1" },
  { "chats.example.org", "WSS://files.example.net/1", "https://files.example.net/1" },
  { "chats.example.org", "ws://chats.example.org/attachments/1", "https://chats.example.org/attachments/1" },
  { "chats.example.org", "http://CHATS.example.org/server-assets/icon",
    "https://chats.example.org/server-assets/icon" },
  { "chats.example.org", "http://127.0.0.1:5613/server-assets/icon", "https://chats.example.org/server-assets/icon" },
  { "chats.example.org:99", "http://localhost/server-assets/icon?v=2",
    "https://chats.example.org:99/server-assets/icon?v=2" },
  { "chats.example.org", "http://[::1]:5613/x", "https://chats.example.org/x" },
  { "localhost:5640", "http://127.0.0.1:5640/x", "http://127.0.0.1:5640/x" },
  { "localhost:5640", "/x", "http://localhost:5640/x" },
  { "[::1]:5640", "/x", "http://[::1]:5640/x" },
  { "[2001:db8::1]", "/x", "https://[2001:db8::1]/x" },
  { "chats.example.org", "http://user:password@files.example.net/", NULL },
  { "chats.example.org", "javascript:alert(1)", NULL },
  { "chats.example.org", "data:image/png;base64,AAAA", NULL },
  { "chats.example.org", "file:///etc/passwd", NULL },
  { "chats.example.org", "ftp://files.example.net/", NULL },
  { "chats.example.org", "https://", NULL },
  { "chats.example.org", "https://files.example.net;99/", NULL },
  { "chats.example.org", "https://files$.example.net/", NULL },
  { "chats.example.org", "https:///x", NULL },
  { "chats.example.org", "https://[::1/x", NULL },
  { "chats.example.org", "https://files.example.net:99999/x", NULL },
};

static void
test_resolve (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(NatterAddress) address = natter_address_parse (resolve_cases[i].server, NULL);
  g_autofree char *resolved = natter_address_resolve_http (address, resolve_cases[i].reference);

  g_assert_cmpstr (resolved, ==, resolve_cases[i].resolved);
}

static void
test_link (void)
{
  g_autoptr(NatterAddress) address = natter_address_parse ("chats.example.org:5613", NULL);
  g_autofree char *server = natter_address_dup_link (address, NULL, NULL);
  g_autofree char *channel = natter_address_dup_link (address, "tea/time ☕?", NULL);
  g_autofree char *thread = natter_address_dup_link (address, "tea", "7-a");
  g_autoptr(NatterAddress) again = natter_address_parse (channel, NULL);
  g_autoptr(NatterAddress) third = natter_address_parse (thread, NULL);

  g_assert_cmpstr (server, ==, "originChats://chats.example.org:5613");
  g_assert_nonnull (again);
  g_assert_true (natter_address_equal (address, again));
  g_assert_cmpstr (natter_address_get_channel (again), ==, "tea/time ☕?");
  g_assert_cmpstr (natter_address_get_channel (third), ==, "tea");
  g_assert_cmpstr (natter_address_get_thread (third), ==, "7-a");
}

static void
test_boxed (void)
{
  g_autoptr(NatterAddress) address = natter_address_parse ("chats.example.org", NULL);
  g_auto(GValue) value = G_VALUE_INIT;
  NatterAddress *copy;

  g_value_init (&value, NATTER_TYPE_ADDRESS);
  g_value_set_boxed (&value, address);
  copy = g_value_dup_boxed (&value);
  g_assert_true (copy == address);
  natter_address_unref (copy);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/address/good/%u", i);

      g_test_add_data_func (path, &good_cases[i], test_good);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/address/bad/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad);
    }
  for (guint i = 0; i < G_N_ELEMENTS (resolve_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/address/resolve/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_resolve);
    }
  g_test_add_func ("/address/long", test_long);
  g_test_add_func ("/address/plain", test_plain);
  g_test_add_func ("/address/plain-link", test_plain_link);
  g_test_add_func ("/address/link", test_link);
  g_test_add_func ("/address/boxed", test_boxed);

  return g_test_run ();
}
