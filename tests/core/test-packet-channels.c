/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-fixture.h"

/* Channels, threads, and what happens in them. */

static void
test_channels (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'channels_get','listener':'1','val':["
    "{'type':'separator','size':16,'permissions':{'view':['user']}},"
    "{'type':'text','name':'general','display_name':'General','description':'d','icon':'i',"
    "'permissions':{'view':['user'],'send':['!muted','user'],'delete':['admin'],'react':[],'pin':['owner']},"
    "'last_message':1795374422.5,'last_message_id':'m-1'},"
    "{'type':'voice','name':'Lounge','voice_state':[{'username':'mika','muted':true},{'muted':true},null]},"
    "{'type':'forum','name':'ideas','threads':[{'id':'t-1','name':'first','parent_channel':'ideas','created_by':'mika',"
    "'created_at':1.5,'locked':true,'archived':false,'participants':['mika',5],'last_message':null,"
    "'last_message_id':null,'pinned':true},{'name':'no id'}]},"
    "{'type':'chat','name':'401','members':['ann','bob'],'owner':'ann'}]}", NATTER_PACKET_CHANNELS);
  const NatterChannelData *channels[5];
  const NatterThreadData *thread;
  const NatterVoiceUserData *voice;

  g_assert_cmpuint (packet->channels->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    channels[i] = packet->channels->pdata[i];

  g_assert_cmpint (channels[0]->type, ==, NATTER_CHANNEL_SEPARATOR);
  g_assert_null (channels[0]->name);
  g_assert_cmpint (channels[0]->size, ==, 16);
  g_assert_false (channels[0]->has_live);
  g_assert_cmpuint (channels[0]->voice->len, ==, 0);
  g_assert_cmpuint (channels[0]->threads->len, ==, 0);

  g_assert_cmpint (channels[1]->type, ==, NATTER_CHANNEL_TEXT);
  g_assert_cmpstr (channels[1]->name, ==, "general");
  g_assert_cmpstr (channels[1]->display_name, ==, "General");
  g_assert_true (channels[1]->rights.any);
  g_assert_cmpstrv (channels[1]->rights.send, ((const char *[]) { "!muted", "user", NULL }));
  g_assert_cmpstrv (channels[1]->rights.delete_any, ((const char *[]) { "admin", NULL }));
  g_assert_nonnull (channels[1]->rights.react);
  g_assert_null (channels[1]->rights.react[0]);
  g_assert_null (channels[1]->rights.create_thread);
  g_assert_true (channels[1]->has_live);
  g_assert_cmpint (channels[1]->last_message, ==, 1795374422500000);
  g_assert_cmpstr (channels[1]->last_message_id, ==, "m-1");

  g_assert_cmpuint (channels[2]->voice->len, ==, 1);
  voice = channels[2]->voice->pdata[0];
  g_assert_cmpstr (voice->username, ==, "mika");
  g_assert_true (voice->muted);
  g_assert_true (channels[2]->has_live);
  g_assert_false (channels[2]->rights.any);

  g_assert_cmpuint (channels[3]->threads->len, ==, 1);
  thread = channels[3]->threads->pdata[0];
  g_assert_cmpstr (thread->name, ==, "first");
  g_assert_true (thread->locked);
  g_assert_true (thread->pinned);
  g_assert_cmpint (thread->created, ==, 1500000);
  g_assert_cmpint (thread->last_message, ==, 0);
  g_assert_cmpstrv (thread->participants, ((const char *[]) { "mika", NULL }));

  g_assert_cmpint (channels[4]->type, ==, NATTER_CHANNEL_CHAT);
  g_assert_cmpstrv (channels[4]->members, ((const char *[]) { "ann", "bob", NULL }));
  g_assert_cmpstr (channels[4]->owner, ==, "ann");
  g_assert_null (channels[1]->members);
}

static void
test_channels_odd (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'channels_get','val':[null,'x',{},{'name':'typeless'},{'type':'stage','name':'new kind'},{'type':'text'},"
    "{'type':'text','name':''},{'type':'text','name':5},"
    "{'type':'text','name':'kept','display_name':null,'description':5,'size':'16','permissions':[],"
    "'last_message':'x','threads':'x','voice_state':{}},"
    "{'type':'text','name':'locked','permissions':{'view':'user','future':['x']}},"
    "{'type':'text','name':'empty','permissions':{}}]}", NATTER_PACKET_CHANNELS);
  const NatterChannelData *kept = packet->channels->pdata[0];
  const NatterChannelData *locked = packet->channels->pdata[1];
  const NatterChannelData *empty = packet->channels->pdata[2];

  g_assert_cmpuint (packet->channels->len, ==, 3);
  g_assert_cmpstr (kept->name, ==, "kept");
  g_assert_null (kept->display_name);
  g_assert_null (kept->description);
  g_assert_cmpint (kept->size, ==, 0);
  g_assert_cmpint (kept->last_message, ==, 0);
  g_assert_false (kept->rights.any);
  g_assert_true (locked->rights.any);
  g_assert_null (locked->rights.view);
  g_assert_false (empty->rights.any);
  packet_assert_bad ("{'cmd':'channels_get'}");
  packet_assert_bad ("{'cmd':'channels_get','val':{}}");
}

/* The copy that is pushed after the operator has edited the file lacks what is live. */
static void
test_channels_pushed (void)
{
  g_autoptr(NatterPacket) packet = packet_parse (
    "{'cmd':'channels_get','val':[{'type':'text','name':'a'},{'type':'text','name':'b','last_message':null}]}");

  g_assert_false (((NatterChannelData *) packet->channels->pdata[0])->has_live);
  g_assert_true (((NatterChannelData *) packet->channels->pdata[1])->has_live);
}

static void
test_channel (void)
{
  static const char *const texts[] = {
    "{'cmd':'channel_get','val':{'type':'text','name':'c'}}",
    "{'cmd':'channel_create','channel':{'type':'text','name':'c'},'created':true}",
    "{'cmd':'channel_create','val':true,'channel':{'name':'c','type':'chat','display_name':'bob'}}",
    "{'cmd':'channel_update','val':true,'channel':{'name':'c','type':'text'},'updated':true}",
    "{'cmd':'channel_kick','channel':{'name':'c','type':'chat','members':[]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (texts[i], NATTER_PACKET_CHANNEL);

      g_assert_cmpstr (packet->channel->name, ==, "c");
    }

  natter_packet_unref (packet_parse_kind ("{'cmd':'channel_create','channel':{'type':'stage','name':'c'}}",
                                          NATTER_PACKET_UNKNOWN));
  packet_assert_bad ("{'cmd':'channel_update','channel':'c'}");
  packet_assert_bad ("{'cmd':'channel_update','channel':{'type':'text'}}");
}

static void
test_channel_gone (void)
{
  g_autoptr(NatterPacket) old = packet_parse_kind ("{'cmd':'channel_delete','name':'c','deleted':true}",
                                                   NATTER_PACKET_CHANNEL_DELETE);
  g_autoptr(NatterPacket) new = packet_parse_kind ("{'cmd':'channel_delete','val':true,'channel':'c','deleted':true}",
                                                   NATTER_PACKET_CHANNEL_DELETE);
  g_autoptr(NatterPacket) left = packet_parse_kind ("{'cmd':'user_leave','channel':'501','left':true}",
                                                    NATTER_PACKET_CHANNEL_LEAVE);

  g_assert_cmpstr (old->place.channel, ==, "c");
  g_assert_cmpstr (new->place.channel, ==, "c");
  g_assert_cmpstr (left->place.channel, ==, "501");
  packet_assert_bad ("{'cmd':'channel_delete','deleted':true}");
}

static const struct
{
  const char *duration;
  guint       ms;
} typing_cases[] = {
  { "6000", 6000 }, { "0", 0 }, { "null", 6000 }, { "'x'", 6000 }, { "-1", 0 }, { "1e300", 60000 }, { "1e999", 6000 },
};

static void
test_typing (void)
{
  g_autoptr(NatterPacket) old = packet_parse_kind (
    "{'cmd':'typing','channel':'c','user':'mika','thread_id':null,'global':true}", NATTER_PACKET_TYPING);

  g_assert_cmpstr (old->place.channel, ==, "c");
  g_assert_null (old->place.thread_id);
  g_assert_cmpstr (old->place.user, ==, "mika");
  g_assert_cmpuint (old->place.duration_ms, ==, 6000);
  for (guint i = 0; i < G_N_ELEMENTS (typing_cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'typing','thread_id':'t','user':'mika','duration':%s}",
                                               typing_cases[i].duration);
      g_autoptr(NatterPacket) packet = packet_parse_kind (text, NATTER_PACKET_TYPING);

      g_assert_cmpuint (packet->place.duration_ms, ==, typing_cases[i].ms);
      g_assert_cmpstr (packet->place.thread_id, ==, "t");
    }
  packet_assert_bad ("{'cmd':'typing','user':'mika'}");
  packet_assert_bad ("{'cmd':'typing','channel':'c'}");
  packet_assert_bad ("{'cmd':'typing','channel':'c','user':5}");
}

static void
test_read (void)
{
  g_autoptr(NatterPacket) update = packet_parse_kind ("{'cmd':'unreads_update','last_read':'m','channel':'c'}",
                                                      NATTER_PACKET_UNREADS_UPDATE);
  g_autoptr(NatterPacket) empty = packet_parse_kind ("{'cmd':'unreads_update','last_read':null,'thread_id':'t'}",
                                                     NATTER_PACKET_UNREADS_UPDATE);
  g_autoptr(NatterPacket) answer = packet_parse_kind ("{'cmd':'unreads_ack','message_id':'m','channel':'c'}",
                                                      NATTER_PACKET_UNREADS_ACK);

  g_assert_cmpstr (update->place.last_read, ==, "m");
  g_assert_null (empty->place.last_read);
  g_assert_cmpstr (empty->place.thread_id, ==, "t");
  g_assert_cmpstr (answer->place.last_read, ==, "m");
  packet_assert_bad ("{'cmd':'unreads_update','last_read':'m'}");
}

static void
test_unreads (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'unreads_get','unreads':{'general':{'last_read':'m','unread_count':5,'total_messages':110},"
    "'thread/t-1':{'last_read':null,'unread_count':-5,'ping_count':2},'bad':null,'thread/':{'unread_count':1e999},"
    "'':{}}}", NATTER_PACKET_UNREADS);
  g_autoptr(NatterPacket) count = packet_parse_kind (
    "{'cmd':'unreads_count','thread_id':'t','unread_count':3,'last_read':null,'total_messages':7}",
    NATTER_PACKET_UNREADS);
  const NatterUnreadData *general = packet->unreads->pdata[0];
  const NatterUnreadData *thread = packet->unreads->pdata[1];
  const NatterUnreadData *odd = packet->unreads->pdata[2];
  const NatterUnreadData *one = count->unreads->pdata[0];

  g_assert_cmpuint (packet->unreads->len, ==, 3);
  g_assert_cmpstr (general->channel, ==, "general");
  g_assert_null (general->thread_id);
  g_assert_cmpstr (general->last_read, ==, "m");
  g_assert_cmpint (general->unread, ==, 5);
  g_assert_cmpint (general->total, ==, 110);
  g_assert_cmpint (general->pings, ==, -1);
  g_assert_cmpstr (thread->thread_id, ==, "t-1");
  g_assert_null (thread->channel);
  g_assert_cmpint (thread->unread, ==, 0);
  g_assert_cmpint (thread->pings, ==, 2);
  g_assert_cmpstr (odd->channel, ==, "thread/");
  g_assert_cmpint (odd->unread, ==, 0);
  g_assert_cmpuint (count->unreads->len, ==, 1);
  g_assert_cmpstr (one->thread_id, ==, "t");
  g_assert_cmpint (one->unread, ==, 3);
  packet_assert_bad ("{'cmd':'unreads_get','unreads':[]}");
  packet_assert_bad ("{'cmd':'unreads_count','unread_count':3}");
}

static void
test_thread_events (void)
{
  g_autoptr(NatterPacket) created = packet_parse_kind (
    "{'cmd':'thread_create','thread':{'id':'t','name':'n','parent_channel':'p'},'channel':'p','global':true}",
    NATTER_PACKET_THREAD_NEW);
  g_autoptr(NatterPacket) new = packet_parse_kind ("{'cmd':'thread_new','thread':{'id':'t','parent_channel':'p'}}",
                                                   NATTER_PACKET_THREAD_NEW);
  g_autoptr(NatterPacket) updated = packet_parse_kind (
    "{'cmd':'thread_update','thread':{'id':'t','parent_channel':'p','locked':true}}", NATTER_PACKET_THREAD_UPDATE);
  g_autoptr(NatterPacket) got = packet_parse_kind ("{'cmd':'thread_get','thread':{'id':'t'}}", NATTER_PACKET_THREAD);
  g_autoptr(NatterPacket) deleted = packet_parse_kind ("{'cmd':'thread_delete','thread_id':'t','channel':'p'}",
                                                       NATTER_PACKET_THREAD_DELETE);
  g_autoptr(NatterPacket) joined = packet_parse_kind (
    "{'cmd':'thread_join','thread':{'id':'t','parent_channel':'p'},'thread_id':'t','user':'mika'}",
    NATTER_PACKET_THREAD_JOIN);
  g_autoptr(NatterPacket) left = packet_parse_kind ("{'cmd':'thread_leave','thread_id':'t','user':'mika'}",
                                                    NATTER_PACKET_THREAD_LEAVE);
  NatterPacket *const all[] = { created, new, updated, got, deleted, joined, left };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_cmpstr (all[i]->thread.thread_id, ==, "t");
  g_assert_cmpstr (new->thread.channel, ==, "p");
  g_assert_cmpstr (updated->thread.channel, ==, "p");
  g_assert_true (updated->thread.thread->locked);
  g_assert_null (got->thread.channel);
  g_assert_null (deleted->thread.thread);
  g_assert_cmpstr (joined->thread.user, ==, "mika");
  g_assert_null (left->thread.thread);
  packet_assert_bad ("{'cmd':'thread_create','thread':{'name':'n'}}");
  packet_assert_bad ("{'cmd':'thread_update','thread':'t'}");
  packet_assert_bad ("{'cmd':'thread_delete','channel':'p'}");
  packet_assert_bad ("{'cmd':'thread_join','thread_id':'t'}");
}

static void
test_threads (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind ("{'cmd':'threads_get','val':[{'id':'a'},{},{'id':'b'}]}",
                                                      NATTER_PACKET_THREADS);
  g_autoptr(NatterPacket) named = packet_parse_kind ("{'cmd':'threads_get','threads':[]}", NATTER_PACKET_THREADS);

  g_assert_cmpuint (packet->threads->len, ==, 2);
  g_assert_cmpuint (named->threads->len, ==, 0);
  packet_assert_bad ("{'cmd':'threads_get'}");
}

static void
test_safe (void)
{
  static const char *const fields[] = {
    "type", "name", "display_name", "description", "icon", "size", "permissions", "last_message", "last_message_id",
    "voice_state", "threads", "members", "owner",
  };
  static const char *const thread_fields[] = {
    "id", "name", "parent_channel", "created_by", "created_at", "locked", "archived", "participants", "last_message",
    "last_message_id",
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'channels_get','val':[{'type':'text','name':'n','%s':%%s}]}",
                                               fields[i]);

      packet_assert_safe (text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (thread_fields); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'thread_create','thread':{'id':'t','%s':%%s}}",
                                               thread_fields[i]);

      packet_assert_safe (text);
    }
  packet_assert_safe ("{'cmd':'channels_get','val':%s}");
  packet_assert_safe ("{'cmd':'unreads_get','unreads':%s}");
  packet_assert_safe ("{'cmd':'typing','channel':'c','user':%s}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/channels/all", test_channels);
  g_test_add_func ("/packet/channels/odd", test_channels_odd);
  g_test_add_func ("/packet/channels/pushed", test_channels_pushed);
  g_test_add_func ("/packet/channels/one", test_channel);
  g_test_add_func ("/packet/channels/gone", test_channel_gone);
  g_test_add_func ("/packet/channels/typing", test_typing);
  g_test_add_func ("/packet/channels/read", test_read);
  g_test_add_func ("/packet/channels/unreads", test_unreads);
  g_test_add_func ("/packet/channels/thread-events", test_thread_events);
  g_test_add_func ("/packet/channels/threads", test_threads);
  g_test_add_func ("/packet/channels/safe", test_safe);

  return g_test_run ();
}
