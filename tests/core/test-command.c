/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-command.h"

/* One case a command: what goes over the wire. */
typedef struct
{
  NatterCommand *(*make) (void);
  const char      *json; /* without the listener */
  gboolean         rate_limited;
} Case;

static NatterCommand *make_login (void) { return natter_command_login ("Wren", "pa\"ss\\wörd\n"); }
static NatterCommand *make_register (void) { return natter_command_register ("wren", "secret"); }
static NatterCommand *make_auth (void) { return natter_command_auth ("id,hash", NULL, NULL); }
static NatterCommand *make_auth_empty (void) { return natter_command_auth ("id,hash", "", ""); }
static NatterCommand *make_auth_full (void) { return natter_command_auth ("id,hash", " abc1 ", " pass "); }
static NatterCommand *make_ping (void) { return natter_command_ping (); }
static NatterCommand *make_capabilities (void) { return natter_command_capabilities (); }
static NatterCommand *make_channels (void) { return natter_command_channels_get (); }
static NatterCommand *make_users (void) { return natter_command_users_list (); }
static NatterCommand *make_online (void) { return natter_command_users_online (); }
static NatterCommand *make_roles (void) { return natter_command_roles_list (); }
static NatterCommand *make_emojis_old (void) { return natter_command_emojis (FALSE); }
static NatterCommand *make_emojis_new (void) { return natter_command_emojis (TRUE); }
static NatterCommand *make_page (void) { return natter_command_messages_get ("gen\"eral", NULL, 100, 50); }
static NatterCommand *make_thread_page (void) { return natter_command_messages_get (NULL, "t", 0, 200); }
static NatterCommand *make_before (void) { return natter_command_messages_before ("general", NULL, "m", 50); }
static NatterCommand *make_around (void) { return natter_command_messages_around ("general", NULL, "m", 20, 5); }
static NatterCommand *make_thread_newest (void) { return natter_command_thread_messages ("t", NULL, 0, 30); }
static NatterCommand *make_thread_before (void) { return natter_command_thread_messages ("t", "m", 0, 30); }
static NatterCommand *make_get (void) { return natter_command_message_get ("general", NULL, "m"); }
static NatterCommand *make_new (void) { return natter_command_message_new ("general", NULL, "hi 😀\u202e", NULL, TRUE); }
static NatterCommand *make_reply (void) { return natter_command_message_new (NULL, "t", "hi", "m", TRUE); }
static NatterCommand *make_quiet (void) { return natter_command_message_new (NULL, "t", "hi", "m", FALSE); }
static NatterCommand *make_edit (void) { return natter_command_message_edit ("general", NULL, "m", "new"); }
static NatterCommand *make_delete (void) { return natter_command_message_delete (NULL, "t", "m"); }
static NatterCommand *make_typing (void) { return natter_command_typing ("general", NULL, 6000); }
static NatterCommand *make_typed (void) { return natter_command_typing ("general", NULL, 0); }
static NatterCommand *make_ack (void) { return natter_command_unreads_ack ("general", NULL, "m"); }
static NatterCommand *make_ack_all (void) { return natter_command_unreads_ack (NULL, "t", NULL); }
static NatterCommand *make_react (void) { return natter_command_reaction ("general", NULL, "m", "👍", TRUE, FALSE); }
static NatterCommand *make_unreact (void) { return natter_command_reaction (NULL, "t", "m", "👍", FALSE, FALSE); }
static NatterCommand *make_react_new (void) { return natter_command_reaction ("general", NULL, "m", "👍", TRUE, TRUE); }
static NatterCommand *make_unreact_new (void) { return natter_command_reaction ("general", NULL, "m", "👍", FALSE, TRUE); }
static NatterCommand *make_pin (void) { return natter_command_message_pin ("general", "m", TRUE); }
static NatterCommand *make_unpin (void) { return natter_command_message_pin ("general", "m", FALSE); }
static NatterCommand *make_pinned (void) { return natter_command_messages_pinned ("general"); }
static NatterCommand *make_search (void) { return natter_command_messages_search ("general", "black \"cat\""); }
static NatterCommand *make_poll (void) { return natter_command_poll_get ("m"); }
static NatterCommand *make_results (void) { return natter_command_poll_results ("m"); }
static NatterCommand *make_vote (void) { return natter_command_poll_vote ("m", (const char *[]) { "0", "2", NULL }); }
static NatterCommand *make_poll_end (void) { return natter_command_poll_end ("m"); }
static NatterCommand *make_poll_create (void) { return natter_command_poll_create ("general", NULL, "When?", (const char *[]) { "now", "later", NULL }, TRUE, 24); }
static NatterCommand *make_poll_in_thread (void) { return natter_command_poll_create ("ideas", "t", "?", (const char *[]) { "a", "b", NULL }, FALSE, 1); }
static NatterCommand *make_slash (void) { return natter_command_slash_call ("general", NULL, "help", NULL, 0); }

static NatterCommand *
make_slash_told (void)
{
  const NatterSlashArgument told[] = {
    { "who", "str", "ada \"k\"" }, { "n", "int", "-60" }, { "x", "float", "1.5" }, { "loud", "bool", "True" },
    { "way", "enum", "7" },
  };

  return natter_command_slash_call ("general", NULL, "do", told, G_N_ELEMENTS (told));
}

static const Case cases[] = {
  { make_login, "{\"cmd\":\"login\",\"username\":\"Wren\",\"password\":\"pa\\\"ss\\\\wörd\\n\",\"client\":\"natter\","
                "\"device\":\"computer\"}" },
  { make_register, "{\"cmd\":\"register\",\"username\":\"wren\",\"password\":\"secret\",\"client\":\"natter\","
                   "\"device\":\"computer\"}" },
  { make_auth, "{\"cmd\":\"auth\",\"validator\":\"id,hash\",\"client\":\"natter\",\"device\":\"computer\"}" },
  { make_auth_empty, "{\"cmd\":\"auth\",\"validator\":\"id,hash\",\"client\":\"natter\",\"device\":\"computer\"}" },
  { make_auth_full, "{\"cmd\":\"auth\",\"validator\":\"id,hash\",\"client\":\"natter\",\"device\":\"computer\","
                    "\"invite_code\":\"ABC1\",\"server_password\":\" pass \"}" },
  { make_ping, "{\"cmd\":\"ping\"}" },
  { make_capabilities, "{\"cmd\":\"capabilities\",\"val\":[\"server_side_embeds\"]}" },
  { make_channels, "{\"cmd\":\"channels_get\"}" },
  { make_users, "{\"cmd\":\"users_list\"}" },
  { make_online, "{\"cmd\":\"users_online\"}" },
  { make_roles, "{\"cmd\":\"roles_list\"}" },
  { make_emojis_old, "{\"cmd\":\"emoji_get_all\"}" },
  { make_emojis_new, "{\"cmd\":\"emoji_list\"}" },
  { make_page, "{\"cmd\":\"messages_get\",\"channel\":\"gen\\\"eral\",\"start\":100,\"limit\":50}" },
  { make_thread_page, "{\"cmd\":\"messages_get\",\"thread_id\":\"t\",\"start\":0,\"limit\":200}" },
  { make_before, "{\"cmd\":\"messages_get\",\"channel\":\"general\",\"start\":\"m\",\"limit\":50}" },
  { make_around, "{\"cmd\":\"messages_around\",\"channel\":\"general\",\"around\":\"m\","
                 "\"bounds\":{\"above\":5,\"below\":20}}" },
  { make_thread_newest, "{\"cmd\":\"thread_messages\",\"thread_id\":\"t\",\"start\":0,\"limit\":30}" },
  { make_thread_before, "{\"cmd\":\"thread_messages\",\"thread_id\":\"t\",\"start\":\"m\",\"limit\":30}" },
  { make_get, "{\"cmd\":\"message_get\",\"channel\":\"general\",\"id\":\"m\"}" },
  { make_new, "{\"cmd\":\"message_new\",\"channel\":\"general\",\"content\":\"hi 😀\u202e\"}", TRUE },
  { make_reply, "{\"cmd\":\"message_new\",\"thread_id\":\"t\",\"content\":\"hi\",\"reply_to\":\"m\"}", TRUE },
  { make_quiet, "{\"cmd\":\"message_new\",\"thread_id\":\"t\",\"content\":\"hi\",\"reply_to\":\"m\",\"ping\":false}",
    TRUE },
  { make_edit, "{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"m\",\"content\":\"new\"}", TRUE },
  { make_delete, "{\"cmd\":\"message_delete\",\"thread_id\":\"t\",\"id\":\"m\"}" },
  { make_typing, "{\"cmd\":\"typing\",\"channel\":\"general\",\"duration\":6000}", TRUE },
  { make_typed, "{\"cmd\":\"typing\",\"channel\":\"general\",\"duration\":0}", TRUE },
  { natter_command_user_leave, "{\"cmd\":\"user_leave\"}" },
  { natter_command_unreads_get, "{\"cmd\":\"unreads_get\"}" },
  { make_ack, "{\"cmd\":\"unreads_ack\",\"channel\":\"general\",\"message_id\":\"m\"}" },
  { make_ack_all, "{\"cmd\":\"unreads_ack\",\"thread_id\":\"t\"}" },
  { make_react, "{\"cmd\":\"message_react_add\",\"channel\":\"general\",\"id\":\"m\",\"emoji\":\"👍\"}" },
  { make_unreact, "{\"cmd\":\"message_react_remove\",\"thread_id\":\"t\",\"id\":\"m\",\"emoji\":\"👍\"}" },
  { make_react_new, "{\"cmd\":\"reaction_add\",\"channel\":\"general\",\"id\":\"m\",\"emoji\":\"👍\"}" },
  { make_unreact_new, "{\"cmd\":\"reaction_remove\",\"channel\":\"general\",\"id\":\"m\",\"emoji\":\"👍\"}" },
  { make_pin, "{\"cmd\":\"message_pin\",\"channel\":\"general\",\"id\":\"m\"}" },
  { make_unpin, "{\"cmd\":\"message_unpin\",\"channel\":\"general\",\"id\":\"m\"}" },
  { make_pinned, "{\"cmd\":\"messages_pinned\",\"channel\":\"general\"}" },
  { make_search, "{\"cmd\":\"messages_search\",\"channel\":\"general\",\"query\":\"black \\\"cat\\\"\"}" },
  { make_poll, "{\"cmd\":\"poll_get\",\"message_id\":\"m\"}" },
  { make_results, "{\"cmd\":\"poll_results\",\"message_id\":\"m\"}" },
  { make_vote, "{\"cmd\":\"poll_vote\",\"message_id\":\"m\",\"option_ids\":[\"0\",\"2\"]}" },
  { make_poll_end, "{\"cmd\":\"poll_end\",\"message_id\":\"m\"}" },
  { make_poll_create, "{\"cmd\":\"poll_create\",\"channel\":\"general\",\"question\":\"When?\",\"options\":[\"now\",\"later\"],"
                      "\"allow_multiselect\":true,\"duration_hours\":24}" },
  { make_poll_in_thread, "{\"cmd\":\"poll_create\",\"channel\":\"ideas\",\"thread_id\":\"t\",\"question\":\"?\",\"options\":[\"a\",\"b\"],"
                         "\"allow_multiselect\":false,\"duration_hours\":1}" },
  { natter_command_slash_list, "{\"cmd\":\"slash_list\"}" },
  { make_slash, "{\"cmd\":\"slash_call\",\"channel\":\"general\",\"command\":\"help\",\"args\":{}}" },
  { make_slash_told, "{\"cmd\":\"slash_call\",\"channel\":\"general\",\"command\":\"do\",\"args\":{\"who\":\"ada \\\"k\\\"\","
                     "\"n\":-60,\"x\":1.5,\"loud\":true,\"way\":\"7\"}}" },
};

static void
test_command (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(NatterCommand) command = c->make ();
  g_autofree char *text = natter_command_serialize (command, NULL);
  g_autofree char *marked = natter_command_serialize (command, "7");
  g_autofree char *again = natter_command_serialize (command, NULL);
  g_autofree char *expected = g_strdup_printf ("%.*s,\"listener\":\"7\"}", (int) strlen (c->json) - 1, c->json);
  g_autofree char *start = g_strdup_printf ("{\"cmd\":\"%s\"", natter_command_get_name (command));

  g_assert_cmpstr (text, ==, c->json);
  g_assert_cmpstr (marked, ==, expected);
  g_assert_cmpstr (again, ==, c->json);
  g_assert_true (g_str_has_prefix (text, start));
  g_assert_cmpint (natter_command_is_rate_limited (command), ==, c->rate_limited);
  g_assert_cmpuint (natter_command_get_timeout (command), >=, 10);
  g_assert_cmpuint (natter_command_get_timeout (command), <=, 60);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(NatterCommand) command = cases[i].make ();
      g_autofree char *path = g_strdup_printf ("/command/%u-%s", i, natter_command_get_name (command));

      g_test_add_data_func (path, &cases[i], test_command);
    }

  return g_test_run ();
}
