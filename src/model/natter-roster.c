/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-member-private.h"
#include "natter-role.h"
#include "natter-roster.h"

/* How many people that the server does not list may be kept before those whom nothing shows are dropped. */
#define MAX_STRANGERS 500

struct _NatterRoster
{
  NatterAddress *address;
  GHashTable    *members; /* folded user name -> NatterMember */
  GHashTable    *roles;   /* name -> NatterRole */
  GHashTable    *blocked; /* folded user name */
  GListStore    *known;
  gboolean       shows_foreign; /* pictures of other sites */
};

/**
 * natter_roster_new:
 * @address: of the server, for the addresses of pictures
 *
 * Returns: (transfer full): a roster without anybody
 */
NatterRoster *
natter_roster_new (NatterAddress *address)
{
  NatterRoster *self = g_new0 (NatterRoster, 1);

  self->address = natter_address_ref (address);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->known = g_list_store_new (NATTER_TYPE_MEMBER);
  return self;
}

/**
 * natter_roster_free:
 * @self: (transfer full): a roster
 */
void
natter_roster_free (NatterRoster *self)
{
  g_object_unref (self->known);
  g_hash_table_unref (self->blocked);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->members);
  natter_address_unref (self->address);
  g_free (self);
}

/**
 * natter_roster_get_members:
 * @self: a roster
 *
 * Returns: (transfer none): the people whom the server lists
 */
GListModel *
natter_roster_get_members (NatterRoster *self)
{
  return G_LIST_MODEL (self->known);
}

/**
 * natter_roster_lookup:
 * @self: a roster
 * @username: a user name in any case
 *
 * Returns: (transfer none) (nullable): the person of that name
 */
NatterMember *
natter_roster_lookup (NatterRoster *self,
                      const char   *username)
{
  g_autofree char *key = g_utf8_casefold (username, -1);

  return g_hash_table_lookup (self->members, key);
}

static gboolean
is_forgotten_stranger (gpointer key,
                       gpointer value,
                       gpointer data)
{
  return !natter_member_get_known (value) && G_OBJECT (value)->ref_count == 1;
}

/**
 * natter_roster_intern:
 * @self: a roster
 * @username: a user name in any case
 *
 * Returns: (transfer none): the person of that name, made unless there. Whoever is not listed lives as long as
 *   somebody else holds a reference; take one before the next call
 */
NatterMember *
natter_roster_intern (NatterRoster *self,
                      const char   *username)
{
  NatterMember *member = natter_roster_lookup (self, username);
  char *key;

  if (member != NULL)
    return member;
  if (g_hash_table_size (self->members) > g_list_model_get_n_items (G_LIST_MODEL (self->known)) + MAX_STRANGERS)
    g_hash_table_foreach_remove (self->members, is_forgotten_stranger, NULL);
  member = natter_member_new (username);
  key = g_utf8_casefold (username, -1);
  _natter_member_set_blocked (member, g_hash_table_contains (self->blocked, key));
  _natter_member_show_foreign (member, self->shows_foreign);
  g_hash_table_insert (self->members, key, member);
  return member;
}

/**
 * natter_roster_set_blocked:
 * @self: a roster
 * @names: (array zero-terminated=1): user names in any case of the people whom one has blocked
 */
void
natter_roster_set_blocked (NatterRoster       *self,
                           const char * const *names)
{
  GHashTableIter iter;
  gpointer key, member;

  g_hash_table_remove_all (self->blocked);
  for (; *names != NULL; names++)
    g_hash_table_add (self->blocked, g_utf8_casefold (*names, -1));
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &key, &member))
    _natter_member_set_blocked (member, g_hash_table_contains (self->blocked, key));
}

/**
 * natter_roster_show_foreign:
 * @self: a roster
 * @shows_foreign: whether pictures of people that are on other sites than the server may be loaded
 */
void
natter_roster_show_foreign (NatterRoster *self,
                            gboolean      shows_foreign)
{
  GHashTableIter iter;
  gpointer member;

  if (self->shows_foreign == !!shows_foreign)
    return;
  self->shows_foreign = !!shows_foreign;
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, &member))
    _natter_member_show_foreign (member, self->shows_foreign);
}

/**
 * natter_roster_lookup_role:
 * @self: a roster
 * @name: a name, or as newer servers may give it, an id
 *
 * Returns: (transfer none) (nullable): the role
 */
NatterRole *
natter_roster_lookup_role (NatterRoster *self,
                           const char   *name)
{
  NatterRole *role = g_hash_table_lookup (self->roles, name);
  GHashTableIter iter;

  if (role != NULL)
    return role;
  g_hash_table_iter_init (&iter, self->roles);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &role))
    if (g_strcmp0 (natter_role_get_id (role), name) == 0)
      return role;
  return NULL;
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b)
{
  int first = natter_role_get_position (*(NatterRole **) a);
  int second = natter_role_get_position (*(NatterRole **) b);

  return (first > second) - (first < second);
}

/**
 * natter_roster_dup_roles:
 * @self: a roster
 *
 * Returns: (transfer container) (element-type NatterRole): all roles, the highest first
 */
GPtrArray *
natter_roster_dup_roles (NatterRoster *self)
{
  GPtrArray *roles = g_hash_table_get_values_as_ptr_array (self->roles);

  g_ptr_array_sort (roles, compare_positions);
  return roles;
}

static NatterRole *
get_section (NatterRoster *self,
             NatterMember *member)
{
  const char * const *names = natter_member_get_role_names (member);
  NatterRole *highest = NULL;

  if (!natter_member_get_online (member))
    return NULL;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      NatterRole *role = natter_roster_lookup_role (self, names[i]);

      if (role == NULL || !natter_role_get_hoisted (role))
        continue;
      if (highest == NULL || natter_role_get_position (role) < natter_role_get_position (highest))
        highest = role;
    }
  return highest;
}

static int
get_color (NatterRoster *self,
           NatterMember *member)
{
  const char * const *names = natter_member_get_role_names (member);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      NatterRole *role = natter_roster_lookup_role (self, names[i]);

      if (role != NULL && natter_role_get_color (role) >= 0)
        return natter_role_get_color (role);
    }
  return g_hash_table_size (self->roles) == 0 ? _natter_member_get_own_color (member) : -1;
}

/* Sections come in the order of ranks, then who is there without one, then who is away. */
static void
look_at (NatterRoster *self,
         NatterMember *member)
{
  NatterRole *section = get_section (self, member);
  int position = G_MAXINT;

  if (section != NULL)
    position = MIN (natter_role_get_position (section), G_MAXINT - 2);
  else if (natter_member_get_online (member))
    position = G_MAXINT - 1;
  _natter_member_set_look (member, get_color (self, member), section != NULL ? natter_role_get_name (section) : NULL,
                           position);
}

/**
 * natter_roster_update:
 * @self: a roster
 * @data: what the server says of somebody; what is missing there stays
 *
 * Returns: (transfer none): the person; not put into the list by this
 */
NatterMember *
natter_roster_update (NatterRoster         *self,
                      const NatterUserData *data)
{
  NatterMember *member = natter_roster_intern (self, data->username);

  _natter_member_update (member, data, self->address);
  look_at (self, member);
  return member;
}

/**
 * natter_roster_add:
 * @self: a roster
 * @member: one of its people, whom the server lists from now on
 */
void
natter_roster_add (NatterRoster *self,
                   NatterMember *member)
{
  if (natter_member_get_known (member))
    return;
  _natter_member_set_known (member, TRUE);
  g_list_store_append (self->known, member);
}

/**
 * natter_roster_remove:
 * @self: a roster
 * @username: somebody whom the server lists no more
 */
void
natter_roster_remove (NatterRoster *self,
                      const char   *username)
{
  NatterMember *member = natter_roster_lookup (self, username);
  guint position;

  if (member == NULL)
    return;
  _natter_member_set_status (member, NATTER_STATUS_OFFLINE, NULL);
  look_at (self, member);
  _natter_member_set_known (member, FALSE);
  if (g_list_store_find (self->known, member, &position))
    g_list_store_remove (self->known, position);
}

/**
 * natter_roster_set_status:
 * @self: a roster
 * @username: a user name
 * @status: how the person is there now
 */
void
natter_roster_set_status (NatterRoster *self,
                          const char   *username,
                          NatterStatus  status)
{
  NatterMember *member = natter_roster_lookup (self, username);

  if (member == NULL)
    return;
  _natter_member_set_status (member, status, natter_member_get_status_text (member));
  look_at (self, member);
}

/* Takes out whom @listed does not hold: runs of neighbours at once, last ones first. */
static void
remove_others (NatterRoster *self,
               GHashTable   *listed)
{
  guint end = g_list_model_get_n_items (G_LIST_MODEL (self->known));

  while (end > 0)
    {
      guint start = end;

      while (start > 0)
        {
          g_autoptr(NatterMember) member = g_list_model_get_item (G_LIST_MODEL (self->known), start - 1);

          if (g_hash_table_contains (listed, member))
            break;
          _natter_member_set_status (member, NATTER_STATUS_OFFLINE, NULL);
          look_at (self, member);
          _natter_member_set_known (member, FALSE);
          start--;
        }
      if (start < end)
        g_list_store_splice (self->known, start, end - start, NULL, 0);
      end = start > 0 ? start - 1 : 0;
    }
}

/**
 * natter_roster_set_users:
 * @self: a roster
 * @users: (element-type NatterUserData): all people of the server
 *
 * Makes the list the same as @users: who is there keeps the object and place, who is new comes at the end.
 */
void
natter_roster_set_users (NatterRoster *self,
                         GPtrArray    *users)
{
  g_autoptr(GHashTable) listed = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < users->len; i++)
    {
      NatterMember *member = natter_roster_intern (self, ((NatterUserData *) users->pdata[i])->username);

      if (!g_hash_table_add (listed, member))
        continue;
      if (!natter_member_get_known (member))
        {
          _natter_member_set_known (member, TRUE);
          g_ptr_array_add (added, member);
        }
      natter_roster_update (self, users->pdata[i]);
    }
  if (added->len > 0)
    g_list_store_splice (self->known, g_list_model_get_n_items (G_LIST_MODEL (self->known)), 0, added->pdata,
                         added->len);
  remove_others (self, listed);
}

/**
 * natter_roster_set_roles:
 * @self: a roster
 * @roles: (element-type NatterRoleData): all roles of the server
 */
void
natter_roster_set_roles (NatterRoster *self,
                         GPtrArray    *roles)
{
  g_autoptr(GHashTable) old = g_steal_pointer (&self->roles);
  GHashTableIter iter;
  NatterMember *member;

  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < roles->len; i++)
    {
      const NatterRoleData *data = roles->pdata[i];
      NatterRole *role = g_hash_table_lookup (old, data->name);

      if (role != NULL)
        g_object_ref (role);
      else
        role = natter_role_new (data->name);
      natter_role_update (role, data);
      g_hash_table_replace (self->roles, g_strdup (data->name), role);
    }
  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &member))
    look_at (self, member);
}
