/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare-private.h"

static void
compare_status (JsonObject           *object,
                const NatterUserData *user)
{
  static const char *const words[] = {
    [NATTER_STATUS_OFFLINE] = "offline", [NATTER_STATUS_ONLINE] = "online", [NATTER_STATUS_IDLE] = "idle",
    [NATTER_STATUS_DND] = "dnd", [NATTER_STATUS_INVISIBLE] = "invisible",
  };

  g_assert_cmpint (user->has_status, ==, object != NULL);
  if (object == NULL)
    return;

  ASSERT_KNOWN (object, "status", "text");
  assert_text (object, "status", words[user->status]);
  assert_text (object, "text", user->status_text);
}

void
compare_user (JsonObject    *object,
              gconstpointer  item)
{
  const NatterUserData *user = item;

  ASSERT_KNOWN (object, "username", "nickname", "roles", "color", "status", "cracked", "pfp", "pfp_url", "cmd",
                "global", "listener");
  assert_text (object, "username", user->username);
  assert_text (object, "nickname", user->nickname);
  g_assert_cmpint (user->has_nickname, ==, json_object_has_member (object, "nickname"));
  assert_names (object, "roles", user->roles);
  assert_text (object, "color", user->color);
  assert_text (object, member (object, "pfp") != NULL ? "pfp" : "pfp_url", user->picture);
  g_assert_cmpint (user->has_kind, ==, member (object, "cracked") != NULL);
  assert_flag (object, "cracked", user->is_server_account);
  compare_status (child (object, "status"), user);
}

void
compare_users (JsonObject *root,
               GPtrArray  *users)
{
  JsonArray *array = json_object_get_array_member (root, "users");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint found = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (g_hash_table_add (seen, (gpointer) json_object_get_string_member (object, "username")))
        compare_user (object, users->pdata[found++]);
    }

  g_assert_cmpuint (users->len, ==, found);
}

static void
compare_role (JsonObject           *object,
              const char           *name,
              const NatterRoleData *role)
{
  JsonObject *keyed = child (object, "permissions");

  ASSERT_KNOWN (object, "id", "description", "color", "hoisted", "permissions", "self_assignable", "category",
                "position");
  g_assert_cmpstr (role->name, ==, name);
  assert_text (object, "id", role->id);
  assert_text (object, "description", role->description);
  assert_text (object, "color", role->color);
  assert_text (object, "category", role->category);
  assert_flag (object, "hoisted", role->hoisted);
  assert_flag (object, "self_assignable", role->self_assignable);
  assert_number (object, "position", role->position);
  g_assert_cmpint (role->mentions_limited, ==, keyed != NULL);
  if (keyed != NULL)
    {
      ASSERT_KNOWN (keyed, "mention_roles");
      assert_names (keyed, "mention_roles", role->mention_roles);
    }
  else
    {
      assert_names (object, "permissions", role->permissions);
    }
}

void
compare_roles (JsonObject *roles,
               GPtrArray  *actual)
{
  g_autoptr(GList) names = json_object_get_members (roles);
  guint i = 0;

  g_assert_cmpuint (actual->len, ==, g_list_length (names));
  for (GList *item = names; item != NULL; item = item->next, i++)
    compare_role (json_object_get_object_member (roles, item->data), item->data, actual->pdata[i]);
}

void
compare_somebody (JsonObject           *root,
                  const NatterUserData *user)
{
  if (child (root, "user") != NULL)
    compare_user (child (root, "user"), user);
  else if (member (root, "username") != NULL)
    assert_text (root, "username", user->username);
  else
    assert_text (root, "user", user->username);
}

void
compare_user_updated (JsonObject           *root,
                      const NatterUserData *user)
{
  ASSERT_KNOWN (root, "cmd", "listener", "user", "user_id", "username", "nickname");
  assert_text (root, member (root, "username") != NULL ? "username" : "user", user->username);
  assert_text (root, "nickname", user->nickname);
  g_assert_true (user->has_nickname);
  if (member (root, "username") != NULL)
    assert_text (root, member (root, "user_id") != NULL ? "user_id" : "user", user->id);
}
