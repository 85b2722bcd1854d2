/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "natter-error.h"
#include "packet-fixture.h"

/* The envelope, and the packets about the connection itself. */

static void
test_unknown (void)
{
  g_autoptr(NatterPacket) packet =
    packet_parse_kind ("{'cmd':'yet_to_be_invented','listener':'7','val':[{'x':1}]}", NATTER_PACKET_UNKNOWN);

  g_assert_cmpstr (packet->command, ==, "yet_to_be_invented");
  g_assert_cmpstr (packet->listener, ==, "7");
}

static void
test_envelope (void)
{
  static const struct
  {
    const char *text;
    const char *listener;
  } cases[] = {
    { "{'cmd':'ping'}", NULL },
    { "{'cmd':'ping','listener':''}", NULL },
    { "{'cmd':'ping','listener':7}", NULL },
    { "{'cmd':'ping','listener':null}", NULL },
    { "{'cmd':'ping','listener':'7','unknown':{'deep':[1,2]}}", "7" },
    { "{'listener':'x','cmd':'ping'}", "x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (cases[i].text, NATTER_PACKET_PING);

      g_assert_cmpstr (packet->listener, ==, cases[i].listener);
    }
}

static void
test_no_command (void)
{
  static const char *const texts[] = {
    "", "x", "[]", "null", "1", "'x'", "{}", "{'cmd':''}", "{'cmd':null}", "{'cmd':1}", "{'cmd':['ping']}",
    "{'val':'ping'}", "{'cmd':'ping'", "{'cmd':'ping'}{'cmd':'ping'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    packet_assert_bad (texts[i]);
}

/* The text need not end where it is said to. */
static void
test_length (void)
{
  static const char text[] = "{\"cmd\":\"ping\"}garbage";
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse (text, strlen ("{\"cmd\":\"ping\"}"), &error);

  g_assert_no_error (error);
  g_assert_cmpint (packet->kind, ==, NATTER_PACKET_PING);
  g_assert_null (natter_packet_parse (text, strlen (text), NULL));
  g_assert_null (natter_packet_parse (text, 0, NULL));
}

static void
test_simple (void)
{
  g_autoptr(NatterPacket) pong = packet_parse_kind ("{'cmd':'pong','val':'pong'}", NATTER_PACKET_PONG);
  g_autoptr(NatterPacket) success = packet_parse_kind ("{'cmd':'auth_success'}", NATTER_PACKET_AUTH_SUCCESS);

  g_assert_cmpstr (pong->command, ==, "pong");
  g_assert_cmpstr (success->command, ==, "auth_success");
}

static void
test_auth_error (void)
{
  g_autoptr(NatterPacket) old = packet_parse_kind ("{'cmd':'auth_error','val':'Invalid password'}",
                                                   NATTER_PACKET_AUTH_ERROR);
  g_autoptr(NatterPacket) new = packet_parse_kind (
    "{'cmd':'auth_error','val':'Invite expired','reason':'invite_expired','mode':'invite'}", NATTER_PACKET_AUTH_ERROR);
  g_autoptr(NatterPacket) empty = packet_parse_kind ("{'cmd':'auth_error','val':[]}", NATTER_PACKET_AUTH_ERROR);

  g_assert_cmpstr (old->refusal.text, ==, "Invalid password");
  g_assert_null (old->refusal.reason);
  g_assert_cmpstr (new->refusal.text, ==, "Invite expired");
  g_assert_cmpstr (new->refusal.reason, ==, "invite_expired");
  g_assert_null (empty->refusal.text);
}

static void
test_error (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'error','src':'message_new','val':'Channel not found','listener':'8'}", NATTER_PACKET_ERROR);
  g_autoptr(NatterPacket) odd = packet_parse_kind ("{'cmd':'error','src':[1],'val':'a\\nb'}", NATTER_PACKET_ERROR);

  g_assert_cmpstr (packet->refusal.text, ==, "Channel not found");
  g_assert_cmpstr (packet->refusal.source, ==, "message_new");
  g_assert_cmpstr (packet->listener, ==, "8");
  g_assert_cmpstr (odd->refusal.text, ==, "a\nb");
  g_assert_null (odd->refusal.source);
}

static void
test_rate_limit (void)
{
  static const struct
  {
    const char *length;
    guint       ms;
  } cases[] = {
    { "2997", 2997 }, { "2997.5", 2997 }, { "0", 0 }, { "-5", 0 }, { "'2997'", 0 }, { "null", 0 }, { "1e999", 0 },
    { "99999999999999999999", G_MAXUINT }, { "1e300", G_MAXUINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'rate_limit','reason':'slow','cooldown':0,'length':%s}",
                                               cases[i].length);
      g_autoptr(NatterPacket) packet = packet_parse_kind (text, NATTER_PACKET_RATE_LIMIT);

      g_assert_cmpuint (packet->refusal.length_ms, ==, cases[i].ms);
      g_assert_cmpstr (packet->refusal.reason, ==, "slow");
      g_assert_cmpstr (packet->refusal.text, ==, "slow");
    }
}

static void
test_rate_limit_bare (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind ("{'cmd':'rate_limit'}", NATTER_PACKET_RATE_LIMIT);

  g_assert_null (packet->refusal.text);
  g_assert_cmpuint (packet->refusal.length_ms, ==, 0);
}

static void
test_disconnect (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind ("{'cmd':'disconnect','reason':'You have been banned'}",
                                                      NATTER_PACKET_DISCONNECT);
  g_autoptr(NatterPacket) bare = packet_parse_kind ("{'cmd':'disconnect'}", NATTER_PACKET_DISCONNECT);

  g_assert_cmpstr (packet->refusal.text, ==, "You have been banned");
  g_assert_null (bare->refusal.text);
}

static gpointer
unref_many (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    {
      natter_packet_ref (data);
      natter_packet_unref (data);
    }
  natter_packet_unref (data);
  return NULL;
}

static void
test_references (void)
{
  g_autoptr(NatterPacket) packet = packet_parse ("{'cmd':'auth_error','val':'x'}");
  GThread *threads[4];
  g_auto(GValue) value = G_VALUE_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("unref", unref_many, natter_packet_ref (packet));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_value_init (&value, NATTER_TYPE_PACKET);
  g_value_set_boxed (&value, packet);
  g_assert_true (g_value_get_boxed (&value) == packet);
  g_assert_cmpstr (packet->refusal.text, ==, "x");
}

static gpointer
parse_many (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse ("{'cmd':'message_new','message':{'id':'1','content':'x'}}");

      g_assert_cmpstr (packet->message.message->content, ==, "x");
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("parse", parse_many, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_too_many_values (void)
{
  g_autoptr(GString) text = g_string_new ("{\"cmd\":\"ping\",\"x\":[0");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 5000000; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");

  g_assert_null (natter_packet_parse (text->str, text->len, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/unknown", test_unknown);
  g_test_add_func ("/packet/envelope", test_envelope);
  g_test_add_func ("/packet/no-command", test_no_command);
  g_test_add_func ("/packet/length", test_length);
  g_test_add_func ("/packet/simple", test_simple);
  g_test_add_func ("/packet/auth-error", test_auth_error);
  g_test_add_func ("/packet/error", test_error);
  g_test_add_func ("/packet/rate-limit", test_rate_limit);
  g_test_add_func ("/packet/rate-limit-bare", test_rate_limit_bare);
  g_test_add_func ("/packet/disconnect", test_disconnect);
  g_test_add_func ("/packet/references", test_references);
  g_test_add_func ("/packet/threads", test_threads);
  g_test_add_func ("/packet/too-many-values", test_too_many_values);

  return g_test_run ();
}
