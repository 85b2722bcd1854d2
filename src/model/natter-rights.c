/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-rights.h"

/* April 2026 servers go through a person's roles in the person's order; the first that is listed decides. */
static gboolean
first_listed_decides (const char * const *list,
                      const char * const *roles)
{
  for (; *roles != NULL; roles++)
    for (gsize i = 0; list[i] != NULL; i++)
      {
        if (g_str_equal (list[i], *roles))
          return TRUE;
        if (list[i][0] == '!' && g_str_equal (list[i] + 1, *roles))
          return FALSE;
      }
  return FALSE;
}

static gboolean
is_meant (const char         *entry,
          const char * const *roles,
          const char         *username)
{
  return g_strv_contains (roles, entry) || (username != NULL && g_ascii_strcasecmp (entry, username) == 0);
}

/* On newer servers an entry may name a person too, a refusal wins, and a list without any grant is open to all. */
static gboolean
refusal_wins (const char * const *list,
              const char * const *roles,
              const char         *username)
{
  gboolean granted = FALSE;
  gboolean grants = FALSE;

  for (; *list != NULL; list++)
    {
      if ((*list)[0] == '!')
        {
          if (is_meant (*list + 1, roles, username))
            return FALSE;
          continue;
        }
      grants = TRUE;
      granted |= g_str_equal (*list, "user") || is_meant (*list, roles, username);
    }
  return granted || !grants;
}

/**
 * natter_rights_may_send:
 * @rights: what the channel says
 * @roles: names of one's roles, in the server's order
 * @username: (nullable): one's user name
 * @new_generation: whether it is one of the newer servers
 *
 * A guess, made to tell a person beforehand; the server decides. Where a channel of an April 2026 server has rights
 * but none for writing, nobody may; where it has none at all, only the role `owner` may. There is no way round a list,
 * not even for the owner. On newer servers the owner may everything and a missing list is open to all.
 *
 * Returns: whether one may write
 */
gboolean
natter_rights_may_send (const NatterRights *rights,
                        const char * const *roles,
                        const char         *username,
                        gboolean            new_generation)
{
  if (new_generation)
    return rights->send == NULL || g_strv_contains (roles, "owner") || refusal_wins (rights->send, roles, username);
  if (rights->send != NULL && rights->send[0] != NULL)
    return first_listed_decides (rights->send, roles);
  return !rights->any && g_strv_contains (roles, "owner");
}
