/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-fixture.h"

static const char full_message[] =
  "{'user':'USR:local_dmitri','content':'reply, **edited**','timestamp':1795374422.9128268,'id':'m-1',"
  "'reply_to':{'id':'m-0','user':'USR:local_cleo'},'ping':false,'edited':true,"
  "'reactions':{'👍':['USR:local_cleo','mika'],'originChats://h/emojis/1':['mika']},'pinned':true,'type':'message',"
  "'interaction':{'command':'nick','username':'mika'},"
  "'attachments':[{'id':'a-1','name':'a.png','mime_type':'image/png','size':5000000000,'url':'/attachments/a-1',"
  "'expires_at':1795374422.5,'permanent':true,'width':640,'height':480}],"
  "'pings':{'users':['mika'],'roles':['user'],'replies':['USR:local_cleo']}}";

static void
test_full (void)
{
  g_autofree char *text = g_strdup_printf ("{'cmd':'message_new','message':%s,'channel':'general','thread_id':null,"
                                           "'global':true,'listener':'8'}", full_message);
  g_autoptr(NatterPacket) packet = packet_parse_kind (text, NATTER_PACKET_MESSAGE_NEW);
  const NatterMessageData *message = packet->message.message;
  const NatterReactionData *thumb = message->reactions->pdata[0];
  const NatterAttachmentData *attachment = message->attachments->pdata[0];

  g_assert_cmpstr (packet->message.channel, ==, "general");
  g_assert_null (packet->message.thread_id);
  g_assert_cmpstr (packet->listener, ==, "8");
  g_assert_cmpstr (message->id, ==, "m-1");
  g_assert_cmpstr (message->author, ==, "USR:local_dmitri");
  g_assert_cmpstr (message->content, ==, "reply, **edited**");
  g_assert_cmpint (message->time, ==, 1795374422912827);
  g_assert_true (message->edited);
  g_assert_cmpint (message->edited_time, ==, 0);
  g_assert_true (message->pinned);
  g_assert_cmpstr (message->reply_to_id, ==, "m-0");
  g_assert_cmpstr (message->reply_to_author, ==, "USR:local_cleo");
  g_assert_false (message->reply_pings);
  g_assert_cmpuint (message->reactions->len, ==, 2);
  g_assert_cmpstr (thumb->emoji, ==, "👍");
  g_assert_cmpstrv (thumb->users, ((const char *[]) { "USR:local_cleo", "mika", NULL }));
  g_assert_cmpstr (message->command, ==, "nick");
  g_assert_cmpstr (message->command_user, ==, "mika");
  g_assert_cmpstr (attachment->url, ==, "/attachments/a-1");
  g_assert_cmpuint (attachment->size, ==, 5000000000);
  g_assert_cmpint (attachment->width, ==, 640);
  g_assert_cmpint (attachment->height, ==, 480);
  g_assert_cmpint (attachment->expires, ==, 1795374422500000);
  g_assert_true (attachment->permanent);
  g_assert_true (message->has_pings);
  g_assert_cmpstrv (message->ping_users, ((const char *[]) { "mika", NULL }));
  g_assert_cmpstrv (message->ping_roles, ((const char *[]) { "user", NULL }));
  g_assert_cmpstrv (message->ping_replies, ((const char *[]) { "USR:local_cleo", NULL }));
}

/* Only the id is needed. */
static void
test_bare (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind ("{'cmd':'message_new','message':{'id':'m-1'}}",
                                                      NATTER_PACKET_MESSAGE_NEW);
  const NatterMessageData *message = packet->message.message;

  g_assert_cmpstr (message->author, ==, "");
  g_assert_cmpstr (message->content, ==, "");
  g_assert_cmpint (message->time, ==, 0);
  g_assert_true (message->reply_pings);
  g_assert_null (message->reply_to_id);
  g_assert_cmpuint (message->reactions->len, ==, 0);
  g_assert_cmpuint (message->attachments->len, ==, 0);
  g_assert_cmpuint (message->embeds->len, ==, 0);
  g_assert_false (message->has_pings);
  g_assert_null (message->ping_users);
  g_assert_false (message->edited);
  g_assert_false (message->is_webhook);
}

static const struct
{
  const char *text;
  const char *id, *channel, *thread;
} shape_cases[] = {
  { "{'cmd':'message_new','message':{'id':'1','user':'a','content':'x'},'channel':'c','thread_id':'t','global':true}",
    "1", "c", "t" },
  { "{'cmd':'message_new','message':{'id':'1','user':'originChats','content':'x','interaction':{'command':'nick',"
    "'username':'a'}},'channel':'c','global':true}", "1", "c", NULL },
  { "{'cmd':'message_new','message':{'id':'1','user':'originChats','content':'x','webhook':{'id':'w','name':'n',"
    "'avatar':null}},'channel':'c','global':true}", "1", "c", NULL },
  { "{'cmd':'message_new','message':{'user':'AutoMod','content':'x','timestamp':1.5,'id':'1'},'channel':'c',"
    "'global':true}", "1", "c", NULL },
  { "{'cmd':'message_new','id':'1','channel':'c','thread_id':null,'user':'a','content':'x','timestamp':1.5,"
    "'embeds':[{'type':'poll','poll':{'question':'q','options':[]},'title':'q'}],'poll_id':'p'}", "1", "c", NULL },
  { "{'cmd':'message_new','val':{'id':'1','user':'a','content':'x'},'channel':'c'}", "1", "c", NULL },
  { "{'cmd':'message_new','data':{'id':'1','user':'a','content':'x'},'channel':'c'}", "1", "c", NULL },
};

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shape_cases); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (shape_cases[i].text, NATTER_PACKET_MESSAGE_NEW);

      g_assert_cmpstr (packet->message.message->id, ==, shape_cases[i].id);
      g_assert_cmpstr (packet->message.message->content, ==, "x");
      g_assert_cmpstr (packet->message.channel, ==, shape_cases[i].channel);
      g_assert_cmpstr (packet->message.thread_id, ==, shape_cases[i].thread);
    }
}

static void
test_flat_poll (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (shape_cases[4].text, NATTER_PACKET_MESSAGE_NEW);
  const NatterMessageData *message = packet->message.message;
  const NatterEmbedData *embed = message->embeds->pdata[0];

  g_assert_cmpstr (message->poll_id, ==, "p");
  g_assert_cmpint (message->time, ==, 1500000);
  g_assert_cmpstr (embed->type, ==, "poll");
  g_assert_cmpstr (embed->poll_question, ==, "q");
  g_assert_cmpuint (embed->poll_options->len, ==, 0);
}

static void
test_webhook_and_alias (void)
{
  g_autoptr(NatterPacket) webhook = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','webhook':{'id':'github','name':'Hook','avatar':'https://x/y'}}}");
  g_autoptr(NatterPacket) alias = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','user':'bot','alias':{'name':'Bridge','avatar':'https://x/z'}}}");

  g_assert_true (webhook->message.message->is_webhook);
  g_assert_cmpstr (webhook->message.message->alias_name, ==, "Hook");
  g_assert_cmpstr (webhook->message.message->alias_avatar, ==, "https://x/y");
  g_assert_false (alias->message.message->is_webhook);
  g_assert_cmpstr (alias->message.message->alias_name, ==, "Bridge");
  g_assert_cmpstr (alias->message.message->alias_avatar, ==, "https://x/z");
}

static void
test_newer_fields (void)
{
  g_autoptr(NatterPacket) bare = packet_parse ("{'cmd':'message_new','message':{'id':'1','reply_to':'m-0'}}");
  g_autoptr(NatterPacket) quoted = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','reply_to':{'id':'m-0','user':'a','preview':'first words'},"
    "'edited_at':1795374422.5,'edited_by':'mod'}}");

  g_assert_cmpstr (bare->message.message->reply_to_id, ==, "m-0");
  g_assert_null (bare->message.message->reply_to_author);
  g_assert_cmpstr (quoted->message.message->reply_to_content, ==, "first words");
  g_assert_true (quoted->message.message->edited);
  g_assert_cmpint (quoted->message.message->edited_time, ==, 1795374422500000);
  g_assert_cmpstr (quoted->message.message->edited_by, ==, "mod");
}

/* Text is kept as it is, but for what no string can hold. */
static void
test_text (void)
{
  g_autoptr(NatterPacket) packet = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','user':'\\u202ex','content':' \\r\\n<b>\\u202e\\u0000\\ud83d&amp; '}}");

  g_assert_cmpstr (packet->message.message->author, ==, "\u202ex");
  g_assert_cmpstr (packet->message.message->content, ==, " \r\n<b>\u202e\ufffd\ufffd&amp; ");
}

static void
test_bad_parts (void)
{
  g_autoptr(NatterPacket) packet = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','content':5,'user':[],'timestamp':'now','pinned':'yes',"
    "'reactions':{'':['a'],'x':[],'y':'a','z':[1,'b',null]},"
    "'attachments':[null,{},{'name':'nameless'},{'id':'a','size':-1,'width':1e9,'height':'x'},'x'],"
    "'embeds':['x',null,{'title':'t'}],'pings':{'users':'x','roles':[1]},'interaction':'x','webhook':1}}");
  const NatterMessageData *message = packet->message.message;
  const NatterReactionData *reaction = message->reactions->pdata[0];
  const NatterAttachmentData *attachment = message->attachments->pdata[0];

  g_assert_cmpstr (message->content, ==, "");
  g_assert_cmpstr (message->author, ==, "");
  g_assert_cmpint (message->time, ==, 0);
  g_assert_false (message->pinned);
  g_assert_cmpuint (message->reactions->len, ==, 1);
  g_assert_cmpstr (reaction->emoji, ==, "z");
  g_assert_cmpstrv (reaction->users, ((const char *[]) { "b", NULL }));
  g_assert_cmpuint (message->attachments->len, ==, 1);
  g_assert_cmpuint (attachment->size, ==, 0);
  g_assert_cmpint (attachment->width, ==, 100000);
  g_assert_cmpint (attachment->height, ==, 0);
  g_assert_cmpuint (message->embeds->len, ==, 1);
  g_assert_true (message->has_pings);
  g_assert_cmpuint (g_strv_length (message->ping_users), ==, 0);
  g_assert_null (message->command);
  g_assert_false (message->is_webhook);
}

static char *
repeat (guint       times,
        const char *format)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    {
      g_auto(GStrv) parts = g_strsplit (format, "%u", 2);

      g_string_append_printf (text, "%s%s%u%s", i > 0 ? "," : "", parts[0], i, parts[1]);
    }
  return g_string_free (text, FALSE);
}

/* A hostile server can't make a message of any size. */
static void
test_bounds (void)
{
  g_autofree char *reactions = repeat (3000, "'e%u':['a']");
  g_autofree char *attachments = repeat (3000, "{'id':'a%u'}");
  g_autofree char *embeds = repeat (3000, "{'title':'t%u'}");
  g_autofree char *users = repeat (30000, "'u%u'");
  g_autofree char *text = g_strdup_printf (
    "{'cmd':'message_new','message':{'id':'1','reactions':{'x':[%s],%s},'attachments':[%s],'embeds':[%s]}}",
    users, reactions, attachments, embeds);
  g_autoptr(NatterPacket) packet = packet_parse (text);
  const NatterMessageData *message = packet->message.message;
  const NatterReactionData *first = message->reactions->pdata[0];

  g_assert_cmpuint (message->reactions->len, ==, 500);
  g_assert_cmpuint (g_strv_length (first->users), ==, 10000);
  g_assert_cmpuint (message->attachments->len, ==, 100);
  g_assert_cmpuint (message->embeds->len, ==, 50);
}

static void
test_embed (void)
{
  g_autoptr(NatterPacket) packet = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','embeds':[{'title':'T','description':'D','url':'javascript:x',"
    "'color':255,'timestamp':'2026-11-23T01:02:03Z','author':{'name':'A','url':'u','icon_url':'i'},"
    "'footer':{'text':'F','icon_url':'fi'},'image':{'url':'img','width':640,'height':'480'},"
    "'thumbnail':{'url':'th','width':'10'},'video':{'url':'v'},'provider':{'name':'P'},'generated':true,"
    "'fields':[{'name':'n','value':'v','inline':true},{'name':'n2','value':7,'inline':'no'},null,{}]},"
    "{'type':'link','color':'#12aBcd','site_name':'S','image':'direct','author':'plain'}]}}");
  GPtrArray *embeds = packet->message.message->embeds;
  const NatterEmbedData *rich = embeds->pdata[0];
  const NatterEmbedData *link = embeds->pdata[1];
  const NatterEmbedField *field = rich->fields->pdata[0];
  const NatterEmbedField *second = rich->fields->pdata[1];

  g_assert_cmpstr (rich->type, ==, "rich");
  g_assert_cmpstr (rich->title, ==, "T");
  g_assert_cmpstr (rich->description, ==, "D");
  g_assert_cmpstr (rich->url, ==, "javascript:x");
  g_assert_cmpint (rich->color, ==, 255);
  g_assert_cmpint (rich->time, ==, 1795395723 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpstr (rich->author_name, ==, "A");
  g_assert_cmpstr (rich->author_url, ==, "u");
  g_assert_cmpstr (rich->author_icon, ==, "i");
  g_assert_cmpstr (rich->footer_text, ==, "F");
  g_assert_cmpstr (rich->footer_icon, ==, "fi");
  g_assert_cmpstr (rich->image_url, ==, "img");
  g_assert_cmpint (rich->image_width, ==, 640);
  g_assert_cmpint (rich->image_height, ==, 480);
  g_assert_cmpstr (rich->thumbnail_url, ==, "th");
  g_assert_cmpint (rich->thumbnail_width, ==, 10);
  g_assert_cmpstr (rich->video_url, ==, "v");
  g_assert_cmpstr (rich->provider, ==, "P");
  g_assert_true (rich->generated);
  g_assert_null (rich->poll_options);
  g_assert_cmpuint (rich->fields->len, ==, 2);
  g_assert_true (field->is_inline);
  g_assert_cmpstr (second->value, ==, "7");
  g_assert_false (second->is_inline);
  g_assert_cmpstr (link->type, ==, "link");
  g_assert_cmpint (link->color, ==, 0x12abcd);
  g_assert_cmpstr (link->provider, ==, "S");
  g_assert_cmpstr (link->image_url, ==, "direct");
  g_assert_cmpstr (link->author_name, ==, "plain");
}

static const struct
{
  const char *color;
  int         value;
} color_cases[] = {
  { "0", 0 }, { "16777215", 0xffffff }, { "16777216", -1 }, { "-1", -1 }, { "-500", -1 }, { "'255'", 255 },
  { "'16777216'", -1 }, { "'#fff'", -1 }, { "'#12345g'", -1 }, { "'#-12345'", -1 }, { "'red'", -1 }, { "''", -1 },
  { "null", -1 }, { "1e999", -1 }, { "[]", -1 }, { "255.9", 255 },
};

static void
test_colors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (color_cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'message_new','message':{'id':'1','embeds':[{'color':%s}]}}",
                                               color_cases[i].color);
      g_autoptr(NatterPacket) packet = packet_parse (text);
      const NatterEmbedData *embed = packet->message.message->embeds->pdata[0];

      g_assert_cmpint (embed->color, ==, color_cases[i].value);
    }
}

static void
test_embed_poll (void)
{
  g_autoptr(NatterPacket) packet = packet_parse (
    "{'cmd':'message_new','message':{'id':'1','embeds':[{'type':'poll','poll':{'question':{'not':'text'},"
    "'options':[{'id':'a','text':'A','emoji':'🏠'},'plain',{'id':5,'text':6},{'text':null},null,[]],"
    "'allow_multiselect':'yes','expires_at':'2026-11-23T01:02:03Z'}},{'type':'poll'}]}}");
  GPtrArray *embeds = packet->message.message->embeds;
  const NatterEmbedData *poll = embeds->pdata[0];
  const NatterEmbedData *empty = embeds->pdata[1];
  const NatterPollOption *options[4];

  g_assert_cmpuint (poll->poll_options->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    options[i] = poll->poll_options->pdata[i];
  g_assert_null (poll->poll_question);
  g_assert_true (poll->poll_multiple);
  g_assert_cmpint (poll->poll_expires, ==, 1795395723 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpstr (options[0]->emoji, ==, "🏠");
  g_assert_cmpstr (options[1]->id, ==, "1");
  g_assert_cmpstr (options[1]->text, ==, "plain");
  g_assert_cmpstr (options[2]->id, ==, "5");
  g_assert_cmpstr (options[2]->text, ==, "6");
  g_assert_cmpstr (options[3]->id, ==, "3");
  g_assert_cmpstr (options[3]->text, ==, "");
  g_assert_cmpuint (empty->poll_options->len, ==, 0);
}

static void
assert_ids (NatterPacket *packet,
            const char   *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < packet->history.messages->len; i++)
    g_string_append (ids, ((NatterMessageData *) packet->history.messages->pdata[i])->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static const struct
{
  const char *messages;
  const char *order;
} order_cases[] = {
  { "[]", "" },
  { "[{'id':'a','timestamp':1},{'id':'b','timestamp':2},{'id':'c','timestamp':3}]", "abc" },
  { "[{'id':'c','timestamp':3},{'id':'b','timestamp':2},{'id':'a','timestamp':1}]", "abc" },
  { "[{'id':'b','timestamp':2},{'id':'a','timestamp':1},{'id':'c','timestamp':3}]", "abc" },
  /* the order of arrival decides among equals, also where the newest comes first */
  { "[{'id':'z','timestamp':1},{'id':'y','timestamp':1},{'id':'x','timestamp':1}]", "zyx" },
  { "[{'id':'z','timestamp':1},{'id':'y','timestamp':1},{'id':'x','timestamp':2}]", "zyx" },
  { "[{'id':'x','timestamp':2},{'id':'y','timestamp':1},{'id':'z','timestamp':1}]", "zyx" },
  /* each once */
  { "[{'id':'a','timestamp':1},{'id':'b','timestamp':2},{'id':'a','timestamp':3}]", "ab" },
  { "[{'id':'a','timestamp':1},{'id':'a','timestamp':3},{'id':'a','timestamp':2},{'id':'a','timestamp':1}]", "a" },
  /* what is no message */
  { "[{'id':'a','timestamp':1},null,'x',{},{'id':''},{'id':5},{'id':'b','timestamp':2}]", "ab" },
  { "[{'id':'b','timestamp':2},{'id':'a'}]", "ab" },
};

static void
test_history (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_cases); i++)
    {
      g_autofree char *old = g_strdup_printf ("{'cmd':'messages_get','channel':'c','messages':%s,"
                                              "'range':{'start':0,'end':50}}", order_cases[i].messages);
      g_autofree char *new = g_strdup_printf ("{'cmd':'messages_get','thread_id':'t','val':%s,'at_start':true}",
                                              order_cases[i].messages);
      g_autoptr(NatterPacket) old_packet = packet_parse_kind (old, NATTER_PACKET_MESSAGES);
      g_autoptr(NatterPacket) new_packet = packet_parse_kind (new, NATTER_PACKET_MESSAGES);

      assert_ids (old_packet, order_cases[i].order);
      assert_ids (new_packet, order_cases[i].order);
      g_assert_cmpstr (old_packet->history.channel, ==, "c");
      g_assert_false (old_packet->history.has_at_start);
      g_assert_cmpstr (new_packet->history.thread_id, ==, "t");
      g_assert_true (new_packet->history.has_at_start);
      g_assert_true (new_packet->history.at_start);
    }
}

static void
test_history_others (void)
{
  g_autoptr(NatterPacket) around = packet_parse_kind (
    "{'cmd':'messages_around','channel':'c','thread_id':null,'val':true,'messages':[{'id':'a'}]}",
    NATTER_PACKET_MESSAGES);
  g_autoptr(NatterPacket) thread = packet_parse_kind (
    "{'cmd':'thread_messages','thread_id':'t','messages':[{'id':'a'}],'at_start':'no'}", NATTER_PACKET_MESSAGES);

  assert_ids (around, "a");
  assert_ids (thread, "a");
  g_assert_false (thread->history.has_at_start);
  packet_assert_bad ("{'cmd':'messages_get','channel':'c'}");
  packet_assert_bad ("{'cmd':'messages_get','channel':'c','messages':{}}");
  packet_assert_bad ("{'cmd':'messages_get','channel':'c','messages':null,'val':'x'}");
}

/* In these lists the order says something else than time. */
static void
test_lists (void)
{
  g_autoptr(NatterPacket) found = packet_parse_kind (
    "{'cmd':'messages_search','channel':'c','query':'x','results':[{'id':'b','timestamp':2},{'id':'a','timestamp':1}]}",
    NATTER_PACKET_MESSAGES_FOUND);
  g_autoptr(NatterPacket) pinned = packet_parse_kind (
    "{'cmd':'messages_pinned','channel':'c','messages':[{'id':'b','timestamp':2},{'id':'a','timestamp':1}]}",
    NATTER_PACKET_MESSAGES_PINNED);
  g_autoptr(NatterPacket) replies = packet_parse_kind (
    "{'cmd':'message_replies','channel':'c','message_id':'m','replies':[{'id':'a','timestamp':1}]}",
    NATTER_PACKET_MESSAGE_REPLIES);
  g_autoptr(NatterPacket) pings = packet_parse_kind (
    "{'cmd':'pings_get','val':[{'id':'b','channel':'ideas','thread_id':'t'},{'id':'a','channel':'c'}],'offset':0,"
    "'total':12}", NATTER_PACKET_PINGS);
  const NatterMessageData *ping = pings->history.messages->pdata[0];

  assert_ids (found, "ba");
  g_assert_cmpstr (found->history.query, ==, "x");
  g_assert_cmpint (found->history.total, ==, -1);
  assert_ids (pinned, "ba");
  assert_ids (replies, "a");
  g_assert_cmpstr (replies->history.message_id, ==, "m");
  assert_ids (pings, "ba");
  g_assert_cmpint (pings->history.offset, ==, 0);
  g_assert_cmpint (pings->history.total, ==, 12);
  g_assert_cmpstr (ping->channel, ==, "ideas");
  g_assert_cmpstr (ping->thread_id, ==, "t");
  packet_assert_bad ("{'cmd':'messages_search','channel':'c','query':'x'}");
  packet_assert_bad ("{'cmd':'message_replies','channel':'c'}");
}

static void
test_edit (void)
{
  g_autoptr(NatterPacket) full = packet_parse_kind (
    "{'cmd':'message_edit','id':'1','content':'new','message':{'id':'1','content':'new'},'channel':'c'}",
    NATTER_PACKET_MESSAGE_EDIT);
  g_autoptr(NatterPacket) short_one = packet_parse_kind (
    "{'cmd':'message_edit','id':'1','content':'','thread_id':'t'}", NATTER_PACKET_MESSAGE_EDIT);
  g_autoptr(NatterPacket) object_only = packet_parse_kind (
    "{'cmd':'message_edit','message':{'id':'2','content':'y'}}", NATTER_PACKET_MESSAGE_EDIT);

  g_assert_cmpstr (full->message.message->content, ==, "new");
  g_assert_cmpstr (full->message.id, ==, "1");
  g_assert_null (short_one->message.message);
  g_assert_cmpstr (short_one->message.content, ==, "");
  g_assert_cmpstr (short_one->message.thread_id, ==, "t");
  g_assert_cmpstr (object_only->message.id, ==, "2");
  g_assert_cmpstr (object_only->message.content, ==, "y");
  packet_assert_bad ("{'cmd':'message_edit','content':'x','channel':'c'}");
  packet_assert_bad ("{'cmd':'message_edit','id':'1','channel':'c'}");
  packet_assert_bad ("{'cmd':'message_edit','id':1,'content':'x'}");
}

static void
test_others (void)
{
  g_autoptr(NatterPacket) got = packet_parse_kind (
    "{'cmd':'message_get','channel':'c','thread_id':'t','message':{'id':'1'}}", NATTER_PACKET_MESSAGE);
  g_autoptr(NatterPacket) deleted = packet_parse_kind ("{'cmd':'message_delete','id':'1','thread_id':'t'}",
                                                       NATTER_PACKET_MESSAGE_DELETE);

  g_assert_cmpstr (got->message.message->id, ==, "1");
  g_assert_cmpstr (got->message.thread_id, ==, "t");
  g_assert_cmpstr (deleted->message.id, ==, "1");
  packet_assert_bad ("{'cmd':'message_get','channel':'c'}");
  packet_assert_bad ("{'cmd':'message_get','message':{}}");
  packet_assert_bad ("{'cmd':'message_delete','channel':'c'}");
  packet_assert_bad ("{'cmd':'message_new','channel':'c'}");
  packet_assert_bad ("{'cmd':'message_new','message':{'content':'x'}}");
  packet_assert_bad ("{'cmd':'message_new','message':[]}");
}

static void
test_pins (void)
{
  g_autoptr(NatterPacket) pin = packet_parse_kind ("{'cmd':'message_pin','id':'1','channel':'c','pinned':true}",
                                                   NATTER_PACKET_MESSAGE_PIN);
  g_autoptr(NatterPacket) failed = packet_parse_kind ("{'cmd':'message_unpin','id':'1','channel':'c','pinned':false}",
                                                      NATTER_PACKET_MESSAGE_UNPIN);
  g_autoptr(NatterPacket) bare = packet_parse_kind ("{'cmd':'message_pin','id':'1'}", NATTER_PACKET_MESSAGE_PIN);

  g_assert_true (pin->pin.flag);
  g_assert_cmpstr (pin->pin.channel, ==, "c");
  g_assert_false (failed->pin.flag);
  g_assert_true (bare->pin.flag);
  g_assert_null (bare->pin.channel);
  packet_assert_bad ("{'cmd':'message_pin','channel':'c','pinned':true}");
}

static void
test_reactions (void)
{
  static const struct
  {
    const char      *command;
    NatterPacketKind kind;
  } cases[] = {
    { "message_react_add", NATTER_PACKET_REACTION_ADD },
    { "message_react_remove", NATTER_PACKET_REACTION_REMOVE },
    { "reaction_add", NATTER_PACKET_REACTION_ADD },
    { "reaction_remove", NATTER_PACKET_REACTION_REMOVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'%s','id':'1','emoji':'👍','channel':'c','from':'mika'}",
                                               cases[i].command);
      g_autoptr(NatterPacket) packet = packet_parse_kind (text, cases[i].kind);

      g_assert_cmpstr (packet->reaction.id, ==, "1");
      g_assert_cmpstr (packet->reaction.emoji, ==, "👍");
      g_assert_cmpstr (packet->reaction.user, ==, "mika");
      g_assert_cmpstr (packet->reaction.channel, ==, "c");
    }

  packet_assert_bad ("{'cmd':'reaction_add','emoji':'x','from':'a'}");
  packet_assert_bad ("{'cmd':'reaction_add','id':'1','from':'a'}");
  packet_assert_bad ("{'cmd':'reaction_add','id':'1','emoji':'x'}");
}

static void
test_safe (void)
{
  static const char *const fields[] = {
    "user", "content", "timestamp", "id", "pinned", "type", "interaction", "edited", "edited_at", "reply_to", "ping",
    "reactions", "embeds", "attachments", "webhook", "alias", "pings", "thread_id", "channel", "poll_id",
  };
  static const char *const embed_fields[] = {
    "type", "title", "description", "url", "color", "timestamp", "author", "footer", "image", "thumbnail", "video",
    "provider", "site_name", "fields", "generated",
  };
  static const char *const poll_fields[] = { "question", "options", "allow_multiselect", "expires_at" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *live = g_strdup_printf ("{'cmd':'message_new','message':{'id':'1','%s':%%s}}", fields[i]);
      g_autofree char *page = g_strdup_printf ("{'cmd':'messages_get','messages':[{'id':'1','%s':%%s}]}", fields[i]);
      g_autofree char *flat = g_strdup_printf ("{'cmd':'message_new','id':'1','%s':%%s}", fields[i]);

      packet_assert_safe (live);
      packet_assert_safe (page);
      packet_assert_safe (flat);
    }
  for (guint i = 0; i < G_N_ELEMENTS (embed_fields); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'cmd':'message_new','message':{'id':'1','embeds':[{'%s':%%s}]}}", embed_fields[i]);

      packet_assert_safe (text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (poll_fields); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'cmd':'message_new','message':{'id':'1','embeds':[{'type':'poll','poll':{'%s':%%s}}]}}", poll_fields[i]);

      packet_assert_safe (text);
    }
  packet_assert_safe ("{'cmd':'message_new','message':{'id':'1','reactions':{'x':%s}}}");
  packet_assert_safe ("{'cmd':'message_new','message':{'id':'1','pings':{'users':%s}}}");
  packet_assert_safe ("{'cmd':'message_new','message':{'id':'1','attachments':[{'id':'a','size':%s,'url':'x'}]}}");
  packet_assert_safe ("{'cmd':'message_new','message':%s}");
  packet_assert_safe ("{'cmd':'message_edit','id':'1','content':%s}");
  packet_assert_safe ("{'cmd':'messages_get','messages':%s}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/messages/full", test_full);
  g_test_add_func ("/packet/messages/bare", test_bare);
  g_test_add_func ("/packet/messages/shapes", test_shapes);
  g_test_add_func ("/packet/messages/flat-poll", test_flat_poll);
  g_test_add_func ("/packet/messages/webhook-and-alias", test_webhook_and_alias);
  g_test_add_func ("/packet/messages/newer-fields", test_newer_fields);
  g_test_add_func ("/packet/messages/text", test_text);
  g_test_add_func ("/packet/messages/bad-parts", test_bad_parts);
  g_test_add_func ("/packet/messages/bounds", test_bounds);
  g_test_add_func ("/packet/messages/embed", test_embed);
  g_test_add_func ("/packet/messages/colors", test_colors);
  g_test_add_func ("/packet/messages/embed-poll", test_embed_poll);
  g_test_add_func ("/packet/messages/history", test_history);
  g_test_add_func ("/packet/messages/history-others", test_history_others);
  g_test_add_func ("/packet/messages/lists", test_lists);
  g_test_add_func ("/packet/messages/edit", test_edit);
  g_test_add_func ("/packet/messages/others", test_others);
  g_test_add_func ("/packet/messages/pins", test_pins);
  g_test_add_func ("/packet/messages/reactions", test_reactions);
  g_test_add_func ("/packet/messages/safe", test_safe);

  return g_test_run ();
}
