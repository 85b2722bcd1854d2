/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-member-order"

#include "config.h"

#include "natter-member-order.h"

static int
get_section_position (NatterMember *member)
{
  int position = 0;

  g_object_get (member, "section-position", &position, NULL);
  return position;
}

static int
compare_roles (NatterMember *one,
               NatterMember *other)
{
  const char *section_one = natter_member_get_section (one);
  const char *section_other = natter_member_get_section (other);
  int position_one, position_other;

  if (g_strcmp0 (section_one, section_other) == 0)
    return GTK_ORDERING_EQUAL;
  if (section_one == NULL || section_other == NULL)
    return section_one == NULL ? GTK_ORDERING_LARGER : GTK_ORDERING_SMALLER;

  position_one = get_section_position (one);
  position_other = get_section_position (other);
  if (position_one != position_other)
    return position_one < position_other ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  return gtk_ordering_from_cmpfunc (g_strcmp0 (section_one, section_other));
}

static int
compare_sections (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  NatterMember *one = (NatterMember *) a;
  NatterMember *other = (NatterMember *) b;
  gboolean online_one = natter_member_get_online (one);
  gboolean online_other = natter_member_get_online (other);

  if (online_one != online_other)
    return online_one ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  return online_one ? compare_roles (one, other) : GTK_ORDERING_EQUAL;
}

static GQuark
name_key_quark (void)
{
  return g_quark_from_static_string ("natter-member-order-key");
}

/* Collation is too slow to be done anew in each comparison of a server with 10,000 members. */
static const char *
get_name_key (NatterMember *member)
{
  char *key = g_object_get_qdata (G_OBJECT (member), name_key_quark ());

  if (key == NULL)
    {
      const char *name = natter_member_get_name (member);
      g_autofree char *folded = g_utf8_casefold (name != NULL ? name : "", -1);

      key = g_utf8_collate_key (folded, -1);
      g_object_set_qdata_full (G_OBJECT (member), name_key_quark (), key, g_free);
    }
  return key;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  NatterMember *one = (NatterMember *) a;
  NatterMember *other = (NatterMember *) b;
  int order = strcmp (get_name_key (one), get_name_key (other));

  if (order == 0)
    order = g_strcmp0 (natter_member_get_username (one), natter_member_get_username (other));
  return gtk_ordering_from_cmpfunc (order);
}

/**
 * natter_member_order_new_section_sorter:
 *
 * Two members are equal to it when they stand under the same heading. Who is online comes first, by their highest role that is
 * shown apart, then without one; then everybody who is offline or invisible.
 *
 * Returns: (transfer full): a sorter of #NatterMember; tell it when members have changed
 */
GtkSorter *
natter_member_order_new_section_sorter (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_sections, NULL, NULL));
}

/**
 * natter_member_order_new_name_sorter:
 *
 * Returns: (transfer full): a sorter of #NatterMember by what they are called, as the language orders it
 */
GtkSorter *
natter_member_order_new_name_sorter (void)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare_names, NULL, NULL));
}

/**
 * natter_member_order_forget_name:
 * @member: somebody who has another name now
 *
 * Call it before the name sorter is told.
 */
void
natter_member_order_forget_name (NatterMember *member)
{
  g_object_set_qdata (G_OBJECT (member), name_key_quark (), NULL);
}
