/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-validator-key.h"

#include "natter-error.h"

static gboolean
check (const char          *key,
       const char          *server,
       NatterValidatorPins *pins)
{
  g_autoptr(NatterAddress) address = natter_address_parse (server, NULL);
  g_autoptr(GError) error = NULL;
  gboolean good;

  g_assert_nonnull (address);
  good = natter_validator_key_check (key, address, pins, &error);
  if (good)
    g_assert_no_error (error);
  else
    g_assert_error (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR_KEY);
  return good;
}

static void
test_names_its_server (void)
{
  g_assert_true (check ("originChats-https://chat.example.org-a1B2", "chat.example.org", NULL));
  g_assert_true (check ("originChats-wss://chat.example.org-a1B2", "chat.example.org", NULL));
  g_assert_true (check ("originChats-wss://chat.example.org/-a1B2", "chat.example.org", NULL));
  g_assert_true (check ("originChats-chat.example.org-a1B2", "chat.example.org", NULL));
  g_assert_true (check ("originChats-wss://Chat.Example.ORG:443-a1B2", "chat.example.org", NULL));
  g_assert_true (check ("originChats-https://my-chat.example.org:8443-a1B2", "my-chat.example.org:8443", NULL));
  g_assert_true (check ("originChats-https://b\xc3\xbc" "cher.example-a1B2", "xn--bcher-kva.example", NULL));
  g_assert_true (check ("originChats-ws://127.0.0.1:5613-a1B2", "ws://127.0.0.1:5613", NULL));
}

static void
test_names_another (void)
{
  static const char *const keys[] = {
    "originChats-https://other.example.org-a1B2",
    "originChats-https://chat.example.org.evil.net-a1B2",
    "originChats-https://evil.net/chat.example.org-a1B2",
    "originChats-https://chat.example.org@evil.net-a1B2",
    "originChats-https://evil.net@chat.example.org-a1B2",
    "originChats-https://chat.example.org:8443-a1B2",
    "originChats-http://chat.example.org-a1B2",
    "originChats-ftp://chat.example.org-a1B2",
    "originChats-https://-a1B2",
    "originChats-://-a1B2",
    "originChats-https://chat.example.org",
    "https://other.example.org-a1B2",
    "otherApp-https://chat.example.org-a1B2",
    "otherApp-eXgz0O9BJezh8nIu6djUTXUNMBPxZA28",
    "originChats-other.example.org-a1B2",
    "originChats-https://originchats.com/app?server=chat.example.org-a1B2",
    "",
    NULL,
  };
  g_autofree char *endless = g_strnfill (5000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_false (check (keys[i], "chat.example.org", NULL));
  g_assert_false (check (endless, "chat.example.org", NULL));
}

static void
test_known_alias (void)
{
  g_assert_true (check ("originChats-wss://dms.mistium.com-a1B2", "dms.originchats.com", NULL));
  g_assert_false (check ("originChats-wss://dms.originchats.com-a1B2", "dms.mistium.com", NULL));
  g_assert_false (check ("originChats-wss://dms.mistium.com:444-a1B2", "dms.originchats.com", NULL));
}

static void
test_random_keys (void)
{
  g_autoptr(NatterValidatorPins) pins = natter_validator_pins_new ();
  const char *key = "originChats-eXgz0O9BJezh8nIu6djUTXUNMBPxZA28";

  g_assert_true (check (key, "one.example.org", pins));
  g_assert_true (check (key, "one.example.org", pins));
  g_assert_false (check (key, "two.example.org", pins));
  g_assert_false (check (key, "one.example.org:444", pins));
  g_assert_true (check (key, "one.example.org", pins));
  g_assert_true (check ("originChats-H2dT7C5KY0KkYy0-rY8nT9XEKEYyOQ4H", "two.example.org", pins));
  g_assert_true (check (key, "two.example.org", NULL));
}

static void
test_pins_are_bounded (void)
{
  g_autoptr(NatterValidatorPins) pins = natter_validator_pins_new ();

  for (guint i = 0; i <= NATTER_VALIDATOR_PINS_SIZE; i++)
    {
      g_autofree char *key = g_strdup_printf ("originChats-%u", i);

      g_assert_true (check (key, "one.example.org", pins));
    }
  g_assert_false (check ("originChats-1", "two.example.org", pins));
  g_assert_true (check ("originChats-0", "two.example.org", pins));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validator-key/names-its-server", test_names_its_server);
  g_test_add_func ("/validator-key/names-another", test_names_another);
  g_test_add_func ("/validator-key/known-alias", test_known_alias);
  g_test_add_func ("/validator-key/random-keys", test_random_keys);
  g_test_add_func ("/validator-key/pins-are-bounded", test_pins_are_bounded);
  return g_test_run ();
}
