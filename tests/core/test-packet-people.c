/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-fixture.h"

static void
test_ready (void)
{
  g_autoptr(NatterPacket) local = packet_parse_kind (
    "{'cmd':'ready','user':{'username':'USR:local_wren','nickname':'wren','roles':['owner','user'],"
    "'status':{'status':'dnd','text':'busy'},'pfp_url':null,'cracked':true},'validator':'x'}", NATTER_PACKET_READY);
  g_autoptr(NatterPacket) rotur = packet_parse_kind (
    "{'cmd':'ready','user':{'roles':['user'],'username':'mika','status':{'status':'online','text':''},'cracked':false,"
    "'pfp_url':'https://x/y'}}", NATTER_PACKET_READY);

  g_assert_cmpstr (local->user->username, ==, "USR:local_wren");
  g_assert_cmpstr (local->user->nickname, ==, "wren");
  g_assert_true (local->user->has_nickname);
  g_assert_cmpstrv (local->user->roles, ((const char *[]) { "owner", "user", NULL }));
  g_assert_true (local->user->has_status);
  g_assert_cmpint (local->user->status, ==, NATTER_STATUS_DND);
  g_assert_cmpstr (local->user->status_text, ==, "busy");
  g_assert_true (local->user->has_kind);
  g_assert_true (local->user->is_server_account);
  g_assert_null (local->user->picture);
  g_assert_false (rotur->user->has_nickname);
  g_assert_null (rotur->user->status_text);
  g_assert_true (rotur->user->has_kind);
  g_assert_false (rotur->user->is_server_account);
  g_assert_cmpstr (rotur->user->picture, ==, "https://x/y");
  packet_assert_bad ("{'cmd':'ready'}");
  packet_assert_bad ("{'cmd':'ready','user':{}}");
  packet_assert_bad ("{'cmd':'ready','user':'mika'}");
  packet_assert_bad ("{'cmd':'ready','user':{'username':''}}");
}

static const struct
{
  const char *text;
  NatterPacketKind kind;
} somebody_cases[] = {
  { "{'cmd':'user_connect','user':{'username':'mika','roles':['user'],'color':null}}", NATTER_PACKET_USER_CONNECT },
  { "{'cmd':'user_connect','user':'mika'}", NATTER_PACKET_USER_CONNECT },
  { "{'cmd':'user_connect','val':{'username':'mika'}}", NATTER_PACKET_USER_CONNECT },
  { "{'cmd':'user_join','user':{'username':'mika','roles':['user']}}", NATTER_PACKET_USER_JOIN },
  { "{'cmd':'user_disconnect','username':'mika'}", NATTER_PACKET_USER_DISCONNECT },
  { "{'cmd':'user_disconnect','user':'mika'}", NATTER_PACKET_USER_DISCONNECT },
  { "{'cmd':'user_disconnect','user':{'username':'mika'}}", NATTER_PACKET_USER_DISCONNECT },
  { "{'cmd':'user_disconnect','user':5,'username':'mika'}", NATTER_PACKET_USER_DISCONNECT },
  { "{'cmd':'user_leave','username':'mika'}", NATTER_PACKET_USER_LEAVE },
  { "{'cmd':'user_leave','user':'mika','val':'User left server','listener':'3'}", NATTER_PACKET_USER_LEAVE },
  { "{'cmd':'user_kick','user':'mika'}", NATTER_PACKET_USER_KICK },
  { "{'cmd':'user_kick','user':{'username':'mika'}}", NATTER_PACKET_USER_KICK },
};

static void
test_somebody (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (somebody_cases); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (somebody_cases[i].text, somebody_cases[i].kind);

      g_assert_cmpstr (packet->user->username, ==, "mika");
      g_assert_false (packet->user->has_status);
      g_assert_false (packet->user->has_kind);
    }

  packet_assert_bad ("{'cmd':'user_connect'}");
  packet_assert_bad ("{'cmd':'user_connect','user':{'roles':[]}}");
  packet_assert_bad ("{'cmd':'user_disconnect','username':''}");
  packet_assert_bad ("{'cmd':'user_leave','username':null}");
}

/* Roles that weren't told are not the same as none. */
static void
test_roles_of_somebody (void)
{
  g_autoptr(NatterPacket) told = packet_parse ("{'cmd':'user_connect','user':{'username':'a','roles':[]}}");
  g_autoptr(NatterPacket) untold = packet_parse ("{'cmd':'user_connect','user':{'username':'a'}}");

  g_assert_nonnull (told->user->roles);
  g_assert_null (untold->user->roles);
}

static void
test_users (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'users_list','users':[{'username':'mika','nickname':null,'roles':['user'],'color':'#9400D3',"
    "'status':{'status':'idle','text':'away'},'cracked':false,'pfp':'https://x/y'},null,{'nickname':'nameless'},"
    "{'username':'mika','nickname':'again'},{'username':'wren','display_name':'Wren','account':{'pfp':'p'},"
    "'gradient':['#fff']}]}", NATTER_PACKET_USERS);
  const NatterUserData *mika = packet->users->pdata[0];
  const NatterUserData *wren = packet->users->pdata[1];

  g_assert_cmpuint (packet->users->len, ==, 2);
  g_assert_cmpstr (mika->username, ==, "mika");
  g_assert_true (mika->has_nickname);
  g_assert_null (mika->nickname);
  g_assert_cmpstr (mika->color, ==, "#9400D3");
  g_assert_cmpint (mika->status, ==, NATTER_STATUS_IDLE);
  g_assert_cmpstr (mika->picture, ==, "https://x/y");
  g_assert_cmpstr (wren->display_name, ==, "Wren");
  g_assert_cmpstr (wren->picture, ==, "p");
  g_assert_false (wren->has_status);
  packet_assert_bad ("{'cmd':'users_list'}");
  packet_assert_bad ("{'cmd':'users_list','users':{}}");
}

static void
test_online (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'users_online','users':[{'username':'mika'},{'username':'mika'},'wren','mika',{'username':'cleo'}]}",
    NATTER_PACKET_USERS_ONLINE);

  g_assert_cmpuint (packet->users->len, ==, 3);
  g_assert_cmpstr (((NatterUserData *) packet->users->pdata[1])->username, ==, "wren");
}

static const struct
{
  const char  *status;
  gboolean     has;
  NatterStatus value;
} status_cases[] = {
  { "{'status':'online'}", TRUE, NATTER_STATUS_ONLINE },
  { "{'status':'idle','text':null}", TRUE, NATTER_STATUS_IDLE },
  { "{'status':'dnd'}", TRUE, NATTER_STATUS_DND },
  { "{'status':'offline'}", TRUE, NATTER_STATUS_OFFLINE },
  { "{'status':'invisible'}", TRUE, NATTER_STATUS_INVISIBLE },
  { "{'status':'dancing'}", TRUE, NATTER_STATUS_OFFLINE },
  { "'online'", TRUE, NATTER_STATUS_ONLINE },
  { "{'status':5}", FALSE, NATTER_STATUS_OFFLINE },
  { "{}", FALSE, NATTER_STATUS_OFFLINE },
  { "null", FALSE, NATTER_STATUS_OFFLINE },
  { "[]", FALSE, NATTER_STATUS_OFFLINE },
};

static void
test_status (void)
{
  g_autoptr(NatterPacket) event = packet_parse_kind (
    "{'cmd':'status_get','username':'mika','status':{'status':'idle','text':'away'},'global':true}",
    NATTER_PACKET_STATUS);
  g_autoptr(NatterPacket) answer = packet_parse_kind (
    "{'cmd':'status','username':'mika','status':{'status':'invisible','text':''}}", NATTER_PACKET_STATUS);

  for (guint i = 0; i < G_N_ELEMENTS (status_cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'users_list','users':[{'username':'a','status':%s}]}",
                                               status_cases[i].status);
      g_autoptr(NatterPacket) packet = packet_parse (text);
      const NatterUserData *user = packet->users->pdata[0];

      g_assert_cmpint (user->has_status, ==, status_cases[i].has);
      g_assert_cmpint (user->status, ==, status_cases[i].value);
    }

  g_assert_cmpstr (event->user->status_text, ==, "away");
  g_assert_cmpint (answer->user->status, ==, NATTER_STATUS_INVISIBLE);
  natter_packet_unref (packet_parse_kind ("{'cmd':'status_set','status':{'status':'invisible'},'global':true}",
                                          NATTER_PACKET_STATUS_SET));
  packet_assert_bad ("{'cmd':'status_get','status':{'status':'idle'}}");
  packet_assert_bad ("{'cmd':'status_get','username':'mika'}");
}

static const struct
{
  const char *text;
  const char *username, *id, *nickname, *picture;
  gboolean    has_nickname;
} updated_cases[] = {
  { "{'cmd':'nickname_update','user':'id-1','username':'mika','nickname':'Mi'}", "mika", "id-1", "Mi", NULL, TRUE },
  { "{'cmd':'nickname_remove','user':'id-1','username':'mika'}", "mika", "id-1", NULL, NULL, TRUE },
  { "{'cmd':'user_updated','user_id':'id-1','username':'mika','nickname':null}", "mika", "id-1", NULL, NULL, TRUE },
  { "{'cmd':'user_update','user':'mika','nickname':'Mi','listener':'4'}", "mika", NULL, "Mi", NULL, TRUE },
  { "{'cmd':'user_update','user':'mika','pfp':'https://x/y'}", "mika", NULL, NULL, "https://x/y", FALSE },
  { "{'cmd':'user_update','username':'mika','nickname':''}", "mika", NULL, NULL, NULL, TRUE },
};

static void
test_updated (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (updated_cases); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (updated_cases[i].text, NATTER_PACKET_USER_UPDATED);

      g_assert_cmpstr (packet->user->username, ==, updated_cases[i].username);
      g_assert_cmpstr (packet->user->id, ==, updated_cases[i].id);
      g_assert_cmpstr (packet->user->nickname, ==, updated_cases[i].nickname);
      g_assert_cmpstr (packet->user->picture, ==, updated_cases[i].picture);
      g_assert_cmpint (packet->user->has_nickname, ==, updated_cases[i].has_nickname);
    }

  packet_assert_bad ("{'cmd':'user_update','nickname':'Mi'}");
  packet_assert_bad ("{'cmd':'nickname_remove','user':[]}");
}

static void
test_user_roles (void)
{
  g_autoptr(NatterPacket) packet = packet_parse_kind (
    "{'cmd':'user_roles_get','user':'mika','roles':['artist','user'],'color':'#fff','global':true}",
    NATTER_PACKET_USER_ROLES);

  g_assert_cmpstr (packet->user->username, ==, "mika");
  g_assert_cmpstrv (packet->user->roles, ((const char *[]) { "artist", "user", NULL }));
  g_assert_cmpstr (packet->user->color, ==, "#fff");
  packet_assert_bad ("{'cmd':'user_roles_get','roles':[]}");
  packet_assert_bad ("{'cmd':'user_roles_get','user':'mika'}");
}

static void
test_roles (void)
{
  static const char roles[] =
    "{'owner':{'id':'r-1','description':'d','color':'#FF0000','hoisted':true,'permissions':['administrator'],"
    "'self_assignable':false,'category':null,'position':0},'bad':null,'':{},"
    "'user':{'color':null,'permissions':'all','position':'x'},"
    "'VIP ⭐':{'hoisted':'yes','permissions':{'send_messages':true,'mention_roles':['owner']},'self_assignable':true,"
    "'category':'c','position':-5}}";
  g_autofree char *named = g_strdup_printf ("{'cmd':'roles_list','roles':%s}", roles);
  g_autofree char *pushed = g_strdup_printf ("{'cmd':'roles_list','val':%s}", roles);
  const char *const texts[] = { named, pushed };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(NatterPacket) packet = packet_parse_kind (texts[i], NATTER_PACKET_ROLES);
      const NatterRoleData *owner = packet->roles->pdata[0];
      const NatterRoleData *user = packet->roles->pdata[1];
      const NatterRoleData *vip = packet->roles->pdata[2];

      g_assert_cmpuint (packet->roles->len, ==, 3);
      g_assert_cmpstr (owner->name, ==, "owner");
      g_assert_cmpstr (owner->id, ==, "r-1");
      g_assert_true (owner->hoisted);
      g_assert_cmpstrv (owner->permissions, ((const char *[]) { "administrator", NULL }));
      g_assert_cmpint (owner->position, ==, 0);
      g_assert_false (owner->mentions_limited);
      g_assert_cmpuint (g_strv_length (user->permissions), ==, 0);
      g_assert_cmpint (user->position, ==, G_MAXINT);
      g_assert_cmpstr (vip->name, ==, "VIP ⭐");
      g_assert_false (vip->hoisted);
      g_assert_true (vip->self_assignable);
      g_assert_cmpint (vip->position, ==, 0);
      g_assert_cmpstrv (vip->permissions, ((const char *[]) { "send_messages", NULL }));
      g_assert_true (vip->mentions_limited);
      g_assert_cmpstrv (vip->mention_roles, ((const char *[]) { "owner", NULL }));
    }

  packet_assert_bad ("{'cmd':'roles_list'}");
  packet_assert_bad ("{'cmd':'roles_list','roles':[]}");
}

static const struct
{
  const char *mention_roles;
  gboolean    limited;
  const char *role;
} mention_cases[] = {
  { "true", FALSE, NULL }, { "false", TRUE, NULL }, { "'owner'", TRUE, "owner" }, { "['owner']", TRUE, "owner" },
  { "[]", TRUE, NULL }, { "null", FALSE, NULL }, { "5", TRUE, NULL },
};

static void
test_mention_roles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mention_cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{'cmd':'roles_list','roles':{'r':{'permissions':{'mention_roles':%s}}}}", mention_cases[i].mention_roles);
      g_autoptr(NatterPacket) packet = packet_parse (text);
      const NatterRoleData *role = packet->roles->pdata[0];

      g_assert_cmpint (role->mentions_limited, ==, mention_cases[i].limited);
      g_assert_cmpstr (role->mention_roles[0], ==, mention_cases[i].role);
      g_assert_cmpuint (g_strv_length (role->permissions), ==, 0);
    }
}

static void
test_safe (void)
{
  static const char *const user_fields[] = {
    "username", "nickname", "display_name", "roles", "color", "status", "cracked", "pfp", "pfp_url", "account", "id",
  };
  static const char *const role_fields[] = {
    "id", "description", "color", "hoisted", "permissions", "self_assignable", "category", "position",
  };

  for (guint i = 0; i < G_N_ELEMENTS (user_fields); i++)
    {
      g_autofree char *list = g_strdup_printf ("{'cmd':'users_list','users':[{'username':'a','%s':%%s}]}",
                                               user_fields[i]);
      g_autofree char *ready = g_strdup_printf ("{'cmd':'ready','user':{'username':'a','%s':%%s}}", user_fields[i]);
      g_autofree char *update = g_strdup_printf ("{'cmd':'user_update','user':'a','%s':%%s}", user_fields[i]);

      packet_assert_safe (list);
      packet_assert_safe (ready);
      packet_assert_safe (update);
    }
  for (guint i = 0; i < G_N_ELEMENTS (role_fields); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'cmd':'roles_list','roles':{'r':{'%s':%%s}}}", role_fields[i]);

      packet_assert_safe (text);
    }
  packet_assert_safe ("{'cmd':'users_list','users':%s}");
  packet_assert_safe ("{'cmd':'user_connect','user':%s}");
  packet_assert_safe ("{'cmd':'roles_list','roles':%s}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/people/ready", test_ready);
  g_test_add_func ("/packet/people/somebody", test_somebody);
  g_test_add_func ("/packet/people/roles-of-somebody", test_roles_of_somebody);
  g_test_add_func ("/packet/people/users", test_users);
  g_test_add_func ("/packet/people/online", test_online);
  g_test_add_func ("/packet/people/status", test_status);
  g_test_add_func ("/packet/people/updated", test_updated);
  g_test_add_func ("/packet/people/user-roles", test_user_roles);
  g_test_add_func ("/packet/people/roles", test_roles);
  g_test_add_func ("/packet/people/mention-roles", test_mention_roles);
  g_test_add_func ("/packet/people/safe", test_safe);

  return g_test_run ();
}
