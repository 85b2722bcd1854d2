/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-rights.h"

G_DEFINE_FLAGS_TYPE (NatterRights, natter_rights,
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_SEND, "send"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_REACT, "react"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_EDIT_OWN, "edit-own"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_DELETE_OWN, "delete-own"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_DELETE_ANY, "delete-any"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_PIN, "pin"),
                     G_DEFINE_ENUM_VALUE (NATTER_MAY_CREATE_THREAD, "create-thread"))

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

/* No right of this kind is refused by name on April 2026 servers. */
static gboolean
any_listed_grants (const char * const *list,
                   const char * const *roles)
{
  for (; *roles != NULL; roles++)
    if (g_strv_contains (list, *roles))
      return TRUE;
  return FALSE;
}

typedef struct
{
  NatterRights        right;
  gsize               offset;        /* of the list in NatterChannelRights */
  gboolean            in_order;      /* April 2026: whether `!role` counts */
  const char * const *default_old;   /* April 2026: who has it where the channel has rules, but none for this; NULL: nobody */
  const char * const *default_new;   /* newer servers: likewise; the owner has it in any case; NULL: everybody */
} Rule;

static const char * const everybody[] = { "user", NULL };
static const char * const owners[] = { "owner", NULL };
static const char * const admins[] = { "admin", NULL };
static const char * const moderators[] = { "admin", "moderator", NULL };

#define LIST(name) G_STRUCT_OFFSET (NatterChannelRights, name)

static const Rule rules_of_rights[] = {
  { NATTER_MAY_SEND, LIST (send), TRUE, NULL, NULL },
  { NATTER_MAY_REACT, LIST (react), FALSE, everybody, NULL },
  { NATTER_MAY_EDIT_OWN, LIST (edit_own), FALSE, everybody, NULL },
  { NATTER_MAY_DELETE_OWN, LIST (delete_own), FALSE, everybody, NULL },
  { NATTER_MAY_DELETE_ANY, LIST (delete_any), TRUE, NULL, admins },
  { NATTER_MAY_PIN, LIST (pin), FALSE, owners, moderators },
  { NATTER_MAY_CREATE_THREAD, LIST (create_thread), TRUE, NULL, NULL },
};

static gboolean
grants_old (const Rule         *rule,
            const char * const *list,
            gboolean            has_rules,
            const char * const *roles)
{
  if (list != NULL && list[0] != NULL)
    return rule->in_order ? first_listed_decides (list, roles) : any_listed_grants (list, roles);
  if (rule->default_old != NULL)
    return any_listed_grants (rule->default_old, roles);
  return !has_rules && g_strv_contains (roles, "owner");
}

static gboolean
grants_new (const Rule         *rule,
            const char * const *list,
            const char * const *roles,
            const char         *username)
{
  if (g_strv_contains (roles, "owner"))
    return TRUE;
  if (list != NULL)
    return refusal_wins (list, roles, username);
  return rule->default_new == NULL || any_listed_grants (rule->default_new, roles);
}

/**
 * natter_rights_find:
 * @rules: what the channel says
 * @roles: names of one's roles, in the server's order
 * @username: (nullable): one's user name
 * @new_generation: whether it is one of the newer servers
 *
 * A guess, made to tell a person beforehand; the server decides. Where a channel of an April 2026 server has rules
 * but none for writing, nobody may; where it has none at all, only the role `owner` may. There is no way round a list,
 * not even for the owner. On newer servers the owner may everything and most rights are open to all where they are not said.
 *
 * Returns: what one may do
 */
NatterRights
natter_rights_find (const NatterChannelRights *rules,
                    const char * const        *roles,
                    const char                *username,
                    gboolean                   new_generation)
{
  NatterRights found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rules_of_rights); i++)
    {
      const Rule *rule = &rules_of_rights[i];
      const char * const *list = G_STRUCT_MEMBER (const char * const *, rules, rule->offset);

      if (new_generation ? grants_new (rule, list, roles, username) : grants_old (rule, list, rules->any, roles))
        found |= rule->right;
    }
  return found;
}

/**
 * natter_rights_may_view:
 * @rules: what the channel says
 * @roles: names of somebody's roles, in the server's order
 * @username: (nullable): somebody's user name
 * @new_generation: whether it is one of the newer servers
 *
 * Returns: whether somebody sees the channel, as far as can be known; where it is not said, everybody does
 */
gboolean
natter_rights_may_view (const NatterChannelRights *rules,
                        const char * const        *roles,
                        const char                *username,
                        gboolean                   new_generation)
{
  static const Rule rule = { 0, LIST (view), TRUE, NULL, NULL };
  const char * const *list = (const char * const *) rules->view;

  if (list == NULL || *list == NULL)
    return TRUE;
  return new_generation ? grants_new (&rule, list, roles, username) : grants_old (&rule, list, rules->any, roles);
}

/**
 * natter_rights_copy_rules:
 * @to: (out caller-allocates): rules that natter_rights_clear_rules() has emptied
 * @from: what a channel says
 */
void
natter_rights_copy_rules (NatterChannelRights       *to,
                          const NatterChannelRights *from)
{
  to->any = from->any;
  to->view = g_strdupv (from->view);
  to->send = g_strdupv (from->send);
  to->delete_any = g_strdupv (from->delete_any);
  to->create_thread = g_strdupv (from->create_thread);
  to->react = g_strdupv (from->react);
  to->edit_own = g_strdupv (from->edit_own);
  to->delete_own = g_strdupv (from->delete_own);
  to->pin = g_strdupv (from->pin);
}

/**
 * natter_rights_clear_rules:
 * @rules: a copy made with natter_rights_copy_rules()
 */
void
natter_rights_clear_rules (NatterChannelRights *rules)
{
  g_clear_pointer (&rules->view, g_strfreev);
  g_clear_pointer (&rules->send, g_strfreev);
  g_clear_pointer (&rules->delete_any, g_strfreev);
  g_clear_pointer (&rules->create_thread, g_strfreev);
  g_clear_pointer (&rules->react, g_strfreev);
  g_clear_pointer (&rules->edit_own, g_strfreev);
  g_clear_pointer (&rules->delete_own, g_strfreev);
  g_clear_pointer (&rules->pin, g_strfreev);
  rules->any = FALSE;
}
