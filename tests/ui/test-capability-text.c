/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-capability-text.h"

/* Names at both ends and in the middle of the tables: a table that is not sorted loses some. */
static void
test_known (void)
{
  static const char * const capabilities[] = {
    "attachment_delete", "attachment_upload", "auth", "channels_get", "emoji_get_id", "message_new", "message_react_add",
    "messages_get", "nickname_update", "poll_vote", "roles_list", "self_roles_list", "slash_call", "thread_join",
    "thread_unpin", "typing", "unreads_get", "user_ban", "users_online", "voice_state", "webhook_regenerate", "webhook_update",
  };
  static const char * const permissions[] = {
    "add_reactions", "administrator", "ban_members", "change_nickname", "manage_channels", "manage_users", "mention_everyone",
    "send_messages", "speak", "use_slash_commands", "view_audit_log",
  };

  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    g_assert_nonnull (natter_capability_text_get (capabilities[i]));
  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    g_assert_nonnull (natter_permission_text_get (permissions[i]));
}

static void
test_unknown (void)
{
  g_assert_null (natter_capability_text_get ("fly"));
  g_assert_null (natter_capability_text_get (""));
  g_assert_null (natter_permission_text_get ("message_new"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capability-text/known", test_known);
  g_test_add_func ("/capability-text/unknown", test_unknown);
  return g_test_run ();
}
