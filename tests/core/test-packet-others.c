/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-fixture.h"

/* Voice, polls, and the server as a whole. */

static void
test_voice_events (void)
{
  g_autoptr(NatterPacket) joined = packet_parse_kind (
    "{'cmd':'voice_user_joined','channel':'Lounge','user':{'id':'i','username':'mika','muted':true,'peer_id':'p'}}",
    NATTER_PACKET_VOICE_JOINED);
  g_autoptr(NatterPacket) updated = packet_parse_kind (
    "{'cmd':'voice_user_updated','channel':'Lounge','user':{'username':'mika','muted':false}}",
    NATTER_PACKET_VOICE_UPDATED);
  g_autoptr(NatterPacket) left = packet_parse_kind ("{'cmd':'voice_user_left','channel':'Lounge','username':'mika'}",
                                                    NATTER_PACKET_VOICE_LEFT);

  g_assert_cmpstr (joined->voice.channel, ==, "Lounge");
  g_assert_cmpstr (joined->voice.user->username, ==, "mika");
  g_assert_cmpstr (joined->voice.user->id, ==, "i");
  g_assert_cmpstr (joined->voice.peer_id, ==, "p");
  g_assert_true (joined->voice.muted);
  g_assert_false (updated->voice.muted);
  g_assert_null (updated->voice.peer_id);
  g_assert_cmpstr (left->voice.user->username, ==, "mika");
  packet_assert_bad ("{'cmd':'voice_user_joined','user':{'username':'mika'}}");
  packet_assert_bad ("{'cmd':'voice_user_joined','channel':'Lounge','user':'mika'}");
  packet_assert_bad ("{'cmd':'voice_user_left','channel':'Lounge'}");
}

static void
test_voice_answers (void)
{
  g_autoptr(NatterPacket) state = packet_parse_kind (
    "{'cmd':'voice_state','channel':'Lounge','participants':[{'username':'mika','peer_id':'p'},{},null]}",
    NATTER_PACKET_VOICE_STATE);
  g_autoptr(NatterPacket) join = packet_parse_kind ("{'cmd':'voice_join','channel':'Lounge','participants':[]}",
                                                    NATTER_PACKET_VOICE_STATE);
  g_autoptr(NatterPacket) mute = packet_parse_kind ("{'cmd':'voice_mute','channel':'Lounge','muted':true}",
                                                    NATTER_PACKET_VOICE_UPDATED);
  g_autoptr(NatterPacket) new_mute = packet_parse_kind (
    "{'cmd':'voice_mute','channel':'Lounge','peer_id':'p','muted':false}", NATTER_PACKET_VOICE_UPDATED);
  g_autoptr(NatterPacket) leave = packet_parse_kind ("{'cmd':'voice_leave','channel':'Lounge'}",
                                                     NATTER_PACKET_VOICE_LEFT);

  g_assert_cmpuint (state->voice.users->len, ==, 1);
  g_assert_cmpuint (join->voice.users->len, ==, 0);
  g_assert_true (mute->voice.muted);
  g_assert_null (mute->voice.user);
  g_assert_cmpstr (new_mute->voice.peer_id, ==, "p");
  g_assert_null (leave->voice.user);
  packet_assert_bad ("{'cmd':'voice_state','channel':'Lounge'}");
  packet_assert_bad ("{'cmd':'voice_mute','muted':true}");
}

static const char results[] =
  "{'poll_id':'p','question':'q','allow_multiselect':false,'ended':true,'ended_at':1.5,'total_votes':3,"
  "'results':[{'id':'0','text':'A','emoji':'🏠','votes':2,'voters':['a','b'],'voted':true},{'text':'no id'},"
  "{'id':1,'text':2,'votes':-1,'voters':null}]}";

static const struct
{
  const char      *command;
  NatterPacketKind kind;
} result_cases[] = {
  { "poll_vote", NATTER_PACKET_POLL_VOTE },
  { "poll_vote_update", NATTER_PACKET_POLL_VOTE },
  { "poll_end", NATTER_PACKET_POLL_END },
  { "poll_results", NATTER_PACKET_POLL_RESULTS },
};

static void
test_poll_results (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (result_cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'cmd':'%s','poll_id':'p','message_id':'m','channel':'c','thread_id':null,'user':'mika','option_ids':['0'],"
        "'results':%s}", result_cases[i].command, results);
      g_autofree char *none = g_strdup_printf ("{'cmd':'%s','poll_id':'p'}", result_cases[i].command);
      g_autoptr(NatterPacket) packet = packet_parse_kind (text, result_cases[i].kind);
      const NatterPollResultsData *data = packet->vote.results;
      const NatterPollResultData *first = data->options->pdata[0];
      const NatterPollResultData *second = data->options->pdata[1];

      g_assert_cmpstr (packet->vote.poll_id, ==, "p");
      g_assert_cmpstr (packet->vote.message_id, ==, "m");
      g_assert_cmpstr (packet->vote.channel, ==, "c");
      g_assert_cmpstr (packet->vote.user, ==, "mika");
      g_assert_cmpstrv (packet->vote.option_ids, ((const char *[]) { "0", NULL }));
      g_assert_true (data->ended);
      g_assert_cmpint (data->ended_time, ==, 1500000);
      g_assert_cmpint (data->total, ==, 3);
      g_assert_cmpuint (data->options->len, ==, 2);
      g_assert_cmpstr (first->text, ==, "A");
      g_assert_cmpint (first->votes, ==, 2);
      g_assert_true (first->voted);
      g_assert_cmpstrv (first->voters, ((const char *[]) { "a", "b", NULL }));
      g_assert_cmpstr (second->id, ==, "1");
      g_assert_cmpstr (second->text, ==, "2");
      g_assert_cmpint (second->votes, ==, 0);
      g_assert_cmpuint (g_strv_length (second->voters), ==, 0);
      packet_assert_bad (none);
    }
}

static void
test_poll (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'poll_get','poll':{'id':'p','message_id':'m','channel':null,'thread_id':'t','question':'q',"
    "'options':[{'id':'0','text':'A'}],'allow_multiselect':true,'expires_at':2.5,'created_by':'mika','created_at':1.5,"
    "'ended':false,'ended_at':null,'user_votes':['0']}}", NATTER_PACKET_POLL);
  g_autoptr(NatterPacket) created = packet_parse_kind (
    "{'cmd':'poll_create','poll_id':'p','message_id':'m','channel':'c','question':5,'options':[]}",
    NATTER_PACKET_POLL_CREATED);

  g_assert_cmpstr (packet->poll->id, ==, "p");
  g_assert_cmpstr (packet->poll->thread_id, ==, "t");
  g_assert_null (packet->poll->channel);
  g_assert_cmpuint (packet->poll->options->len, ==, 1);
  g_assert_true (packet->poll->multiple);
  g_assert_cmpint (packet->poll->expires, ==, 2500000);
  g_assert_cmpint (packet->poll->created, ==, 1500000);
  g_assert_false (packet->poll->ended);
  g_assert_cmpstrv (packet->poll->own_votes, ((const char *[]) { "0", NULL }));
  g_assert_null (created->vote.results);
  g_assert_cmpstr (created->vote.message_id, ==, "m");
  packet_assert_bad ("{'cmd':'poll_get','poll':{'question':'q'}}");
  packet_assert_bad ("{'cmd':'poll_get'}");
  packet_assert_bad ("{'cmd':'poll_create','channel':'c'}");
}

static void
test_server (void)
{
  g_autoptr(NatterPacket) update = packet_parse_kind (
    "{'cmd':'server_update','name':'New','icon':'icon.png','banner':''}", NATTER_PACKET_SERVER_UPDATE);
  g_autoptr(NatterPacket) info = packet_parse_kind ("{'cmd':'server_info','name':null}", NATTER_PACKET_SERVER_UPDATE);

  g_assert_cmpstr (update->server.name, ==, "New");
  g_assert_cmpstr (update->server.icon, ==, "icon.png");
  g_assert_null (update->server.banner);
  g_assert_null (info->server.name);
}

static const char *const emoji_cases[] = {
  "{'cmd':'emoji_get_all','emojis':{'0':{'name':'lantern','fileName':'0.png'},'1':null,'2':{},'':{'name':'x'}}}",
  "{'cmd':'emoji_list','emojis':{'0':{'name':'lantern','filename':'0.png'}}}",
  "{'cmd':'emoji_list','val':[{'id':'0','name':'lantern','fileName':'0.png'},{'name':'x'},{'id':'1'},5]}",
  "{'cmd':'emoji_list','emojis':[{'id':0,'name':'lantern','fileName':'0.png'}]}",
};

static void
test_emojis (void)
{
  g_autoptr(NatterPacket) elsewhere = packet_parse (
    "{'cmd':'emoji_list','val':{'7':{'name':'x','assetServerUrl':'assets.example.org'}}}");
  const NatterEmojiData *far = elsewhere->emojis->pdata[0];

  for (guint i = 0; i < G_N_ELEMENTS (emoji_cases); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (emoji_cases[i], NATTER_PACKET_EMOJIS);
      const NatterEmojiData *emoji = packet->emojis->pdata[0];

      g_assert_cmpuint (packet->emojis->len, ==, 1);
      g_assert_cmpstr (emoji->id, ==, "0");
      g_assert_cmpstr (emoji->name, ==, "lantern");
      g_assert_cmpstr (emoji->file_name, ==, "0.png");
      g_assert_null (emoji->server);
    }

  g_assert_cmpstr (far->server, ==, "assets.example.org");
  g_assert_null (far->file_name);
  packet_assert_bad ("{'cmd':'emoji_list'}");
  packet_assert_bad ("{'cmd':'emoji_get_all','emojis':'none'}");
}

static void
test_slash (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'slash_list','commands':[{'name':'mute','description':'d','options':[{'name':'username','required':true},"
    "{'name':'unit','type':'enum','choices':['c','f']},{'type':'str'},null],'whitelistRoles':['admin','owner'],"
    "'blacklistRoles':null,'registeredBy':'originChats'},{'description':'nameless'}]}", NATTER_PACKET_SLASH_COMMANDS);
  g_autoptr(NatterPacket) added = packet_parse_kind ("{'cmd':'slash_add','commands':[{'name':'x'}]}",
                                                     NATTER_PACKET_SLASH_ADD);
  g_autoptr(NatterPacket) removed = packet_parse_kind ("{'cmd':'slash_remove','commands':['x',5,'y']}",
                                                       NATTER_PACKET_SLASH_REMOVE);
  const NatterSlashCommandData *mute = packet->commands->pdata[0];
  const NatterSlashOptionData *username = mute->options->pdata[0];
  const NatterSlashOptionData *unit = mute->options->pdata[1];

  g_assert_cmpuint (packet->commands->len, ==, 1);
  g_assert_cmpstr (mute->registered_by, ==, "originChats");
  g_assert_cmpstrv (mute->only_roles, ((const char *[]) { "admin", "owner", NULL }));
  g_assert_null (mute->forbidden_roles);
  g_assert_cmpuint (mute->options->len, ==, 2);
  g_assert_cmpstr (username->type, ==, "str");
  g_assert_true (username->required);
  g_assert_null (username->choices);
  g_assert_cmpstrv (unit->choices, ((const char *[]) { "c", "f", NULL }));
  g_assert_cmpuint (added->commands->len, ==, 1);
  g_assert_cmpstrv (removed->names, ((const char *[]) { "x", "y", NULL }));
  packet_assert_bad ("{'cmd':'slash_list'}");
  packet_assert_bad ("{'cmd':'slash_remove','commands':'x'}");
}

static void
test_safe (void)
{
  static const char *const texts[] = {
    "{'cmd':'voice_state','channel':'c','participants':%s}",
    "{'cmd':'voice_user_joined','channel':'c','user':%s}",
    "{'cmd':'voice_mute','channel':'c','muted':%s,'peer_id':5}",
    "{'cmd':'poll_end','poll_id':'p','results':%s}",
    "{'cmd':'poll_end','poll_id':'p','results':{'results':%s}}",
    "{'cmd':'poll_vote','poll_id':'p','results':{},'option_ids':%s}",
    "{'cmd':'poll_get','poll':%s}",
    "{'cmd':'poll_get','poll':{'id':'p','options':%s}}",
    "{'cmd':'server_update','name':%s}",
    "{'cmd':'emoji_list','val':%s}",
    "{'cmd':'slash_list','commands':%s}",
    "{'cmd':'slash_list','commands':[{'name':'x','options':%s}]}",
    "{'cmd':'slash_list','commands':[{'name':'x','whitelistRoles':%s}]}",
    "{'cmd':'slash_remove','commands':%s}",
    "{'cmd':'handshake','val':%s}",
    "{'cmd':'rate_limit','length':%s}",
    "{'cmd':'error','val':%s}",
    "{'cmd':%s}",
    "%s",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    packet_assert_safe (texts[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/voice/events", test_voice_events);
  g_test_add_func ("/packet/voice/answers", test_voice_answers);
  g_test_add_func ("/packet/polls/results", test_poll_results);
  g_test_add_func ("/packet/polls/poll", test_poll);
  g_test_add_func ("/packet/server/update", test_server);
  g_test_add_func ("/packet/server/emojis", test_emojis);
  g_test_add_func ("/packet/server/slash", test_slash);
  g_test_add_func ("/packet/others/safe", test_safe);

  return g_test_run ();
}
