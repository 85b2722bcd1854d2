/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-notify-menu"

#include "config.h"

#include "natter-notify-menu.h"

#include <glib/gi18n.h>

#include "natter-channel.h"
#include "natter-notify.h"

static const struct
{
  const char *label;
  gint64      hours; /* 0: until one says otherwise */
} durations[] = {
  { N_("For an _Hour"), 1 },
  { N_("For _8 Hours"), 8 },
  { N_("For a _Day"), 24 },
  { N_("_Until I Unmute It"), 0 },
};

static void
append (GMenu *menu, const char *label, const char *prefix, const char *action, GVariant *target)
{
  g_autofree char *name = g_strconcat (prefix, ".", action, NULL);
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, name, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_levels (const char *prefix, GObject *place)
{
  GMenu *menu = g_menu_new ();

  if (NATTER_IS_CHANNEL (place))
    append (menu, _("Same as _Server"), prefix, "notify-level", g_variant_new_string ("default"));
  append (menu, _("_All Messages"), prefix, "notify-level", g_variant_new_string ("all"));
  append (menu, _("_Mentions Only"), prefix, "notify-level", g_variant_new_string ("mentions"));
  append (menu, _("_Nothing"), prefix, "notify-level", g_variant_new_string ("nothing"));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_durations (const char *prefix)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    append (menu, _(durations[i].label), prefix, "mute", g_variant_new_int64 (durations[i].hours));
  return G_MENU_MODEL (menu);
}

/**
 * natter_notify_menu_new:
 * @prefix: name of the group that has the actions
 * @place: a server or a channel
 *
 * Returns: (transfer full): what to be told about, and for how long not at all
 */
GMenuModel *
natter_notify_menu_new (const char *prefix, GObject *place)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuModel) levels = make_levels (prefix, place);
  g_autoptr(GMenu) mute = g_menu_new ();
  g_autoptr(GMenuModel) times = make_durations (prefix);
  gboolean muted = FALSE;

  g_object_get (place, "muted", &muted, NULL);
  g_menu_append_section (menu, NULL, levels);
  if (muted)
    append (mute, _("_Unmute"), prefix, "unmute", NULL);
  else
    g_menu_append_submenu (mute, _("M_ute"), times);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (mute));
  return G_MENU_MODEL (menu);
}

static void
mute_action (GSimpleAction *action, GVariant *parameter, gpointer place)
{
  gint64 hours = g_variant_get_int64 (parameter);

  g_object_set (place, "muted-until", hours > 0 ? g_get_real_time () + hours * G_TIME_SPAN_HOUR : NATTER_MUTED_FOREVER, NULL);
}

static void
unmute_action (GSimpleAction *action, GVariant *parameter, gpointer place)
{
  g_object_set (place, "muted-until", (gint64) 0, NULL);
}

static const GActionEntry entries[] = {
  { "mute", mute_action, "x" },
  { "unmute", unmute_action },
};

/**
 * natter_notify_menu_add_actions:
 * @map: gets the actions of natter_notify_menu_new()
 * @place: a server or a channel, which must live as long
 */
void
natter_notify_menu_add_actions (GActionMap *map, GObject *place)
{
  g_autoptr(GPropertyAction) level = g_property_action_new ("notify-level", place, "notify-level");

  g_action_map_add_action (map, G_ACTION (level));
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), place);
}
