/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "natter-error.h"
#include "natter-packet.h"

static NatterHandshake *
handshake (const char *value)
{
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"handshake\",\"val\":%s}", value);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpint (packet->kind, ==, NATTER_PACKET_HANDSHAKE);
  return g_object_ref (packet->handshake);
}

static const char april[] =
  "{\"server\":{\"name\":\"Lantern Street\",\"owner\":{\"name\":\"wren\"},"
  "\"icon\":\"https://chats.example.org/server-assets/icon\","
  "\"banner\":\"https://chats.example.org/server-assets/banner\",\"url\":\"https://chats.example.org\"},"
  "\"limits\":{\"post_content\":2000,\"search_results\":30},"
  "\"attachments\":{\"enabled\":true,\"max_size\":104857600,\"allowed_types\":[\"image/*\",\"application/pdf\"],"
  "\"max_attachments_per_user\":-1,\"permanent_tiers\":[\"pro\",\"max\"]},"
  "\"version\":\"1.1.0\",\"validator_key\":\"originChats-eXgz0O9BJezh8nIu6djUTXUN-BPx_A28\","
  "\"capabilities\":[\"emoji_get_all\",\"message_new\"],\"permissions\":[\"administrator\"],\"auth_mode\":\"cracked\"}";

static void
test_april (void)
{
  g_autoptr(NatterHandshake) self = handshake (april);

  g_assert_cmpstr (natter_handshake_get_name (self), ==, "Lantern Street");
  g_assert_cmpstr (natter_handshake_get_owner (self), ==, "wren");
  g_assert_null (natter_handshake_get_description (self));
  g_assert_cmpstr (natter_handshake_get_icon (self), ==, "https://chats.example.org/server-assets/icon");
  g_assert_cmpstr (natter_handshake_get_banner (self), ==, "https://chats.example.org/server-assets/banner");
  g_assert_cmpstr (natter_handshake_get_url (self), ==, "https://chats.example.org");
  g_assert_cmpstr (natter_handshake_get_version (self), ==, "1.1.0");
  g_assert_cmpstr (natter_handshake_get_validator_key (self), ==, "originChats-eXgz0O9BJezh8nIu6djUTXUN-BPx_A28");
  g_assert_null (natter_handshake_get_signing_url (self));
  g_assert_cmpint (natter_handshake_get_auth_mode (self), ==, NATTER_AUTH_BOTH);
  g_assert_cmpuint (natter_handshake_get_max_message (self), ==, 2000);
  g_assert_cmpuint (natter_handshake_get_max_results (self), ==, 30);
  g_assert_true (natter_handshake_get_uploads (self));
  g_assert_cmpuint (natter_handshake_get_max_upload (self), ==, 104857600);
  g_assert_cmpint (natter_handshake_get_uploads_per_user (self), ==, -1);
  g_assert_cmpstrv (natter_handshake_get_upload_types (self),
                    ((const char *[]) { "image/*", "application/pdf", NULL }));
  g_assert_cmpstrv (natter_handshake_get_permanent_tiers (self), ((const char *[]) { "pro", "max", NULL }));
  g_assert_cmpstrv (natter_handshake_get_permissions (self), ((const char *[]) { "administrator", NULL }));
  g_assert_cmpuint (g_strv_length ((char **) natter_handshake_get_capabilities (self)), ==, 2);
  g_assert_true (natter_handshake_has_capability (self, "message_new"));
  g_assert_false (natter_handshake_has_capability (self, "message"));
  g_assert_false (natter_handshake_is_new_generation (self));
  g_assert_cmpint (natter_handshake_get_server_time (self), ==, 0);
  g_assert_cmpint (ABS (g_get_real_time () - natter_handshake_get_received (self)), <, 60 * G_USEC_PER_SEC);
}

static void
assert_empty (NatterHandshake *self)
{
  g_assert_null (natter_handshake_get_name (self));
  g_assert_null (natter_handshake_get_owner (self));
  g_assert_null (natter_handshake_get_icon (self));
  g_assert_null (natter_handshake_get_url (self));
  g_assert_null (natter_handshake_get_version (self));
  g_assert_null (natter_handshake_get_validator_key (self));
  g_assert_cmpuint (natter_handshake_get_max_message (self), ==, 0);
  g_assert_cmpuint (natter_handshake_get_max_results (self), ==, 0);
  g_assert_false (natter_handshake_get_uploads (self));
  g_assert_cmpuint (natter_handshake_get_max_upload (self), ==, 0);
  g_assert_cmpint (natter_handshake_get_uploads_per_user (self), ==, -1);
  g_assert_nonnull (natter_handshake_get_upload_types (self));
  g_assert_nonnull (natter_handshake_get_permanent_tiers (self));
  g_assert_nonnull (natter_handshake_get_capabilities (self));
  g_assert_nonnull (natter_handshake_get_permissions (self));
  g_assert_cmpuint (g_strv_length ((char **) natter_handshake_get_capabilities (self)), ==, 0);
  g_assert_false (natter_handshake_is_new_generation (self));
  g_assert_cmpint (natter_handshake_get_server_time (self), ==, 0);
}

static void
test_empty (void)
{
  g_autoptr(NatterHandshake) self = handshake ("{}");

  assert_empty (self);
  g_assert_cmpint (natter_handshake_get_auth_mode (self), ==, NATTER_AUTH_ROTUR);
}

/* Everything is there and of the wrong type. */
static void
test_wrong_types (void)
{
  g_autoptr(NatterHandshake) self = handshake (
    "{\"server\":[],\"limits\":\"many\",\"attachments\":false,\"version\":1,\"validator_key\":{},\"capabilities\":{},"
    "\"permissions\":\"all\",\"auth_mode\":1,\"server_time\":\"now\",\"signing_url\":[]}");
  g_autoptr(NatterHandshake) deeper = handshake (
    "{\"server\":{\"name\":1,\"owner\":{\"name\":[]},\"icon\":\"\",\"url\":null},\"limits\":{\"post_content\":null},"
    "\"attachments\":{\"enabled\":false,\"max_size\":null,\"allowed_types\":\"x\",\"max_attachments_per_user\":\"x\"},"
    "\"capabilities\":[1,null,{}],\"auth_mode\":\"rotur\"}");

  assert_empty (self);
  g_assert_cmpint (natter_handshake_get_auth_mode (self), ==, NATTER_AUTH_UNKNOWN);
  assert_empty (deeper);
  g_assert_cmpint (natter_handshake_get_auth_mode (deeper), ==, NATTER_AUTH_ROTUR);
}

static const struct
{
  const char *limits;
  guint       max_message;
  guint       max_results;
} limit_cases[] = {
  { "{\"post_content\":4000,\"search_results\":50}", 4000, 50 },
  { "{\"post_content\":1,\"search_results\":1}", 1, 1 },
  { "{\"post_content\":0,\"search_results\":0}", 2000, 30 },
  { "{\"post_content\":-5,\"search_results\":-5}", 2000, 30 },
  { "{\"post_content\":\"4000\",\"search_results\":true}", 2000, 30 },
  { "{\"post_content\":1e999,\"search_results\":-1e999}", 2000, 30 },
  { "{\"post_content\":NaN}", 0, 0 },
  { "{\"post_content\":1e300,\"search_results\":99999999999999999999}", 1000000, 10000 },
  { "{\"post_content\":2000.5}", 2000, 0 },
};

static void
test_limits (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *value = g_strdup_printf ("{\"limits\":%s}", limit_cases[i].limits);
  g_autoptr(NatterHandshake) self = handshake (value);

  g_assert_cmpuint (natter_handshake_get_max_message (self), ==, limit_cases[i].max_message);
  g_assert_cmpuint (natter_handshake_get_max_results (self), ==, limit_cases[i].max_results);
}

static const struct
{
  const char *attachments;
  gboolean    uploads;
  guint64     max_upload;
  int         per_user;
} upload_cases[] = {
  { "{}", TRUE, 0, -1 },
  { "{\"enabled\":false}", FALSE, 0, -1 },
  { "{\"enabled\":true,\"max_size\":5,\"max_attachments_per_user\":0}", TRUE, 5, 0 },
  { "{\"enabled\":true,\"max_size\":-5,\"max_attachments_per_user\":-7}", TRUE, 104857600, -1 },
  { "{\"enabled\":true,\"max_size\":0,\"max_attachments_per_user\":1e300}", TRUE, 104857600, G_MAXINT },
  { "{\"enabled\":true,\"max_size\":99999999999999999999}", TRUE, G_MAXINT64, -1 },
  { "{\"enabled\":\"no\",\"max_size\":\"big\"}", TRUE, 104857600, -1 },
  { "null", FALSE, 0, -1 },
};

static void
test_uploads (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *value = g_strdup_printf ("{\"attachments\":%s}", upload_cases[i].attachments);
  g_autoptr(NatterHandshake) self = handshake (value);

  g_assert_cmpint (natter_handshake_get_uploads (self), ==, upload_cases[i].uploads);
  g_assert_cmpuint (natter_handshake_get_max_upload (self), ==, upload_cases[i].max_upload);
  g_assert_cmpint (natter_handshake_get_uploads_per_user (self), ==, upload_cases[i].per_user);
}

static const struct
{
  const char    *word;
  NatterAuthMode mode;
} mode_cases[] = {
  { "\"rotur\"", NATTER_AUTH_ROTUR },
  { "\"cracked\"", NATTER_AUTH_BOTH },
  { "\"cracked-only\"", NATTER_AUTH_SERVER },
  { "\"Rotur\"", NATTER_AUTH_UNKNOWN },
  { "\"\"", NATTER_AUTH_UNKNOWN },
  { "\"discord\"", NATTER_AUTH_UNKNOWN },
  { "[]", NATTER_AUTH_UNKNOWN },
  { "null", NATTER_AUTH_ROTUR },
};

static void
test_modes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_cases); i++)
    {
      g_autofree char *value = g_strdup_printf ("{\"auth_mode\":%s}", mode_cases[i].word);
      g_autoptr(NatterHandshake) self = handshake (value);

      g_assert_cmpint (natter_handshake_get_auth_mode (self), ==, mode_cases[i].mode);
    }
}

static const struct
{
  const char *value;
  gboolean    is_new;
} generation_cases[] = {
  { "{}", FALSE },
  { "{\"capabilities\":[]}", FALSE },
  { "{\"version\":\"9.9\"}", FALSE },
  { "{\"capabilities\":[\"emoji_get_all\",\"message_react_add\",\"users_banned_list\",\"thread_create\"]}", FALSE },
  { "{\"capabilities\":[\"emoji_list\"]}", TRUE },
  { "{\"capabilities\":[\"ping\",\"reaction_add\"]}", TRUE },
  { "{\"capabilities\":[\"register\"]}", TRUE },
  { "{\"capabilities\":[\"message_signatures_v1\"]}", TRUE },
  { "{\"server_time\":1795374422.5}", TRUE },
  { "{\"server_time\":\"later\"}", FALSE },
  { "{\"signing_url\":\"https://chats.example.org\"}", TRUE },
  { "{\"validator_key\":\"originChats-https://chats.example.org-abc123\"}", TRUE },
  { "{\"validator_key\":\"originChats-eXgz0O9BJezh8nIu6djUTXUN-BPx_A28\"}", FALSE },
};

static void
test_generation (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(NatterHandshake) self = handshake (generation_cases[i].value);

  g_assert_cmpint (natter_handshake_is_new_generation (self), ==, generation_cases[i].is_new);
}

static void
test_new (void)
{
  g_autoptr(NatterHandshake) self = handshake (
    "{\"server\":{\"name\":\"DMs\",\"owner\":\"mika\",\"about\":\"a place\"},\"server_time\":1795374422.5,"
    "\"signing_url\":\"https://chats.example.org\"}");
  g_autoptr(NatterHandshake) described = handshake ("{\"server\":{\"description\":\"d\",\"about\":\"a\"}}");

  g_assert_cmpstr (natter_handshake_get_owner (self), ==, "mika");
  g_assert_cmpstr (natter_handshake_get_description (self), ==, "a place");
  g_assert_cmpstr (natter_handshake_get_description (described), ==, "d");
  g_assert_cmpstr (natter_handshake_get_signing_url (self), ==, "https://chats.example.org");
  g_assert_cmpint (natter_handshake_get_server_time (self), ==, 1795374422500000);
}

static void
test_raw (void)
{
  g_autoptr(NatterHandshake) self = handshake (april);
  g_autoptr(NatterHandshake) odd =
    handshake ("{\"x\":NaN,\"y\":{\"z\":[1]},\"validator_key\":[\"originChats-secret\"]}");
  g_autofree char *raw = natter_handshake_dup_raw (self);
  g_autofree char *odd_raw = natter_handshake_dup_raw (odd);

  g_assert_nonnull (strstr (raw, "\n  \"server\" : {\n"));
  g_assert_nonnull (strstr (raw, "\"Lantern Street\""));
  g_assert_nonnull (strstr (raw, "\"validator_key\" : \"(hidden)\""));
  g_assert_null (strstr (raw, "eXgz0O9B"));
  g_assert_nonnull (strstr (odd_raw, "\"x\" : null"));
  g_assert_null (strstr (odd_raw, "secret"));
}

static void
test_raw_bounded (void)
{
  g_autofree char *filler = g_strnfill (1000000, 'x');
  g_autofree char *value = g_strdup_printf ("{\"a\":\"%s\",\"b\":\"ü\"}", filler);
  g_autoptr(NatterHandshake) self = handshake (value);
  g_autofree char *raw = natter_handshake_dup_raw (self);

  g_assert_cmpuint (strlen (raw), <, 300000);
  g_assert_true (g_str_has_suffix (raw, "…"));
  g_assert_true (g_utf8_validate (raw, -1, NULL));
}

static const struct
{
  const char *dialled;
  const char *key;
  gboolean    good;
} key_cases[] = {
  /* April 2026: nothing to compare */
  { "chats.example.org", "originChats-eXgz0O9BJezh8nIu6djUTXUNMBPxZA28", TRUE },
  { "chats.example.org", "originChats-eXgz0O9BJezh8n-u6djUTXUN_BPxZA28", TRUE },
  { "chats.example.org", "originChats-----", TRUE },
  /* newer: the address has to be the one dialled */
  { "chats.example.org", "originChats-https://chats.example.org-AbC123", TRUE },
  { "chats.example.org", "originChats-wss://chats.example.org-AbC123", TRUE },
  { "chats.example.org", "originChats-wss://chats.example.org/-AbC123", TRUE },
  { "chats.example.org", "originChats-https://CHATS.example.org:443-AbC123", TRUE },
  { "chats.example.org", "originChats-chats.example.org-AbC123", TRUE },
  { "my-own-chat.example.org", "originChats-https://my-own-chat.example.org-AbC123", TRUE },
  { "chats.example.org:8443", "originChats-wss://chats.example.org:8443-AbC123", TRUE },
  { "127.0.0.1:5613", "originChats-ws://127.0.0.1:5613-AbC123", TRUE },
  { "[::1]:5613", "originChats-ws://[::1]:5613-AbC123", TRUE },
  { "chats.example.org", "originChats-https://other.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-http://chats.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-other.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-https://chats.example.org.evil.example-AbC123", FALSE },
  { "chats.example.org", "originChats-https://chats.example.org:8443-AbC123", FALSE },
  { "chats.example.org:8443", "originChats-https://chats.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-https://chats.example.org@evil.example-AbC123", FALSE },
  { "chats.example.org", "originChats-https://-AbC123", FALSE },
  { "chats.example.org", "originChats-javascript://chats.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-://chats.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-https://originchats.com/app?server=chats.example.org-AbC123", FALSE },
  { "chats.example.org", "originChats-https://chats.example.org", FALSE },
  /* the pair that is known, in this direction only */
  { "dms.originchats.com", "originChats-wss://dms.mistium.com-AbC123", TRUE },
  { "dms.originchats.com", "originChats-wss://dms.originchats.com-AbC123", TRUE },
  { "dms.mistium.com", "originChats-wss://dms.originchats.com-AbC123", FALSE },
  { "dms.originchats.com:99", "originChats-wss://dms.mistium.com-AbC123", FALSE },
  { "dms.originchats.com", "originChats-wss://dms.mistium.com:99-AbC123", FALSE },
  /* keys of something else */
  { "chats.example.org", "roturLink-eXgz0O9BJezh8nIu6djUTXUNMBPxZA28", FALSE },
  { "chats.example.org", "originchats-eXgz0O9BJezh8nIu6djUTXUNMBPxZA28", FALSE },
  { "chats.example.org", "", FALSE },
  { "chats.example.org", NULL, FALSE },
};

static void
test_key (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *value = key_cases[i].key != NULL ? g_strdup_printf ("{\"validator_key\":\"%s\"}", key_cases[i].key)
                                                    : g_strdup ("{}");
  g_autoptr(NatterHandshake) self = handshake (value);
  g_autoptr(NatterAddress) address = natter_address_parse (key_cases[i].dialled, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (natter_handshake_check_validator_key (self, address, &error), ==, key_cases[i].good);
  if (key_cases[i].good)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR_KEY);
  g_assert_null (strstr (error->message, "AbC123"));
}

static void
test_no_value (void)
{
  static const char *const texts[] = {
    "{\"cmd\":\"handshake\"}", "{\"cmd\":\"handshake\",\"val\":null}", "{\"cmd\":\"handshake\",\"val\":[]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (natter_packet_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL);
    }
}

static void
test_finalize (void)
{
  NatterHandshake *self = handshake (april);

  g_assert_finalize_object (self);
}

#define ADD_CASES(name, cases, test)                                            \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)                              \
    {                                                                           \
      g_autofree char *path = g_strdup_printf ("/handshake/" name "/%u", i);    \
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test);                  \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/handshake/april", test_april);
  g_test_add_func ("/handshake/empty", test_empty);
  g_test_add_func ("/handshake/wrong-types", test_wrong_types);
  ADD_CASES ("limits", limit_cases, test_limits)
  ADD_CASES ("uploads", upload_cases, test_uploads)
  g_test_add_func ("/handshake/modes", test_modes);
  ADD_CASES ("generation", generation_cases, test_generation)
  g_test_add_func ("/handshake/new", test_new);
  g_test_add_func ("/handshake/raw", test_raw);
  g_test_add_func ("/handshake/raw-bounded", test_raw_bounded);
  ADD_CASES ("key", key_cases, test_key)
  g_test_add_func ("/handshake/no-value", test_no_value);
  g_test_add_func ("/handshake/finalize", test_finalize);

  return g_test_run ();
}
