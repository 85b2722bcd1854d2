/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-find"

#include "config.h"

#include "natter-switcher-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-channel.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-server.h"

/**
 * NatterSwitcherRow:
 *
 * One place, person or action in the quick switcher. Built once and used again.
 */
struct _NatterSwitcherRow
{
  AdwBin        parent_instance;

  GtkStack     *pictures;
  GtkImage     *icon;
  NatterAvatar *avatar;
  GtkLabel     *title;
  GtkLabel     *place;
  GtkLabel     *count;
  GtkLabel     *shortcut;
};

G_DEFINE_FINAL_TYPE (NatterSwitcherRow, natter_switcher_row, ADW_TYPE_BIN)

static void
natter_switcher_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_SWITCHER_ROW);

  G_OBJECT_CLASS (natter_switcher_row_parent_class)->dispose (object);
}

static void
natter_switcher_row_class_init (NatterSwitcherRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_switcher_row_dispose;

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-switcher-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, pictures);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, icon);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, title);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, place);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, count);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherRow, shortcut);
}

static void
natter_switcher_row_init (NatterSwitcherRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_switcher_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
natter_switcher_row_new (void)
{
  return g_object_new (NATTER_TYPE_SWITCHER_ROW, NULL);
}

static const char *
get_icon_name (NatterSwitchItem *item)
{
  NatterChannel *channel = natter_switch_item_get_channel (item);

  if (channel == NULL)
    return "system-run-symbolic";
  switch (natter_channel_get_kind (channel))
    {
    case NATTER_CHANNEL_VOICE:
      return "natter-channel-voice-symbolic";
    case NATTER_CHANNEL_FORUM:
    case NATTER_CHANNEL_THREAD:
      return "natter-channel-forum-symbolic";
    case NATTER_CHANNEL_CHAT:
      return "natter-channel-chat-symbolic";
    case NATTER_CHANNEL_TEXT:
    case NATTER_CHANNEL_SEPARATOR:
    default:
      return "natter-channel-text-symbolic";
    }
}

static void
show_picture (NatterSwitcherRow *self,
              NatterSwitchItem  *item,
              const char        *title)
{
  NatterMember *member = natter_switch_item_get_member (item);
  gboolean is_server = natter_switch_item_get_kind (item) == NATTER_SWITCH_SERVER;

  gtk_stack_set_visible_child (self->pictures,
                               member != NULL || is_server ? GTK_WIDGET (self->avatar) : GTK_WIDGET (self->icon));
  gtk_image_set_from_icon_name (self->icon, get_icon_name (item));
  natter_avatar_set_text (self->avatar, title);
  if (member != NULL)
    natter_avatar_set_uri (self->avatar, natter_member_get_avatar (member));
  else
    natter_avatar_set_uri (self->avatar, is_server ? natter_server_get_icon (natter_switch_item_get_server (item)) : NULL);
}

static void
show_count (NatterSwitcherRow *self,
            NatterChannel     *channel)
{
  guint mentions = channel != NULL ? natter_channel_get_mentions (channel) : 0;
  guint unread = channel != NULL && !natter_channel_get_muted (channel) ? natter_channel_get_unread (channel) : 0;
  gboolean capped = FALSE;
  g_autofree char *text = NULL;

  if (channel != NULL)
    g_object_get (channel, "unread-capped", &capped, NULL);
  text = g_strdup_printf (capped && mentions == 0 ? "%u+" : "%u", mentions > 0 ? mentions : unread);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), mentions > 0 || unread > 0);
  if (mentions > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "mention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "mention");
}

/**
 * natter_switcher_row_set_item:
 * @self: a row
 * @item: (nullable): what to show; %NULL when the row waits for its next use
 */
void
natter_switcher_row_set_item (NatterSwitcherRow *self,
                              NatterSwitchItem  *item)
{
  const char *shortcut;
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;

  g_return_if_fail (NATTER_IS_SWITCHER_ROW (self));
  g_return_if_fail (item == NULL || NATTER_IS_SWITCH_ITEM (item));

  if (item == NULL)
    {
      natter_avatar_set_uri (self->avatar, NULL);
      return;
    }
  title = natter_plain_name (natter_switch_item_get_title (item));
  place = natter_plain_name (natter_switch_item_get_place (item));
  shortcut = natter_switch_item_get_shortcut (item);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->place, place);
  gtk_label_set_text (self->shortcut, shortcut != NULL ? shortcut : "");
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut), shortcut != NULL);
  show_picture (self, item, title);
  show_count (self, natter_switch_item_get_channel (item));
}

/**
 * natter_switcher_row_describe:
 * @item: a #NatterSwitchItem
 *
 * Returns: (transfer full): what a screen reader says of it
 */
char *
natter_switcher_row_describe (gpointer item)
{
  g_autofree char *title = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (item), NULL);

  title = natter_plain_name (natter_switch_item_get_title (item));
  place = natter_plain_name (natter_switch_item_get_place (item));
  switch (natter_switch_item_get_kind (item))
    {
    case NATTER_SWITCH_CHANNEL:
      /* Translators: read by a screen reader: name of a channel, name of its server */
      return g_strdup_printf (_("%1$s, channel on %2$s"), title, place);
    case NATTER_SWITCH_SERVER:
      /* Translators: read by a screen reader: name of a server */
      return g_strdup_printf (_("%s, server"), title);
    case NATTER_SWITCH_PERSON:
      /* Translators: read by a screen reader: name of a person, name of the server */
      return g_strdup_printf (_("%1$s, person on %2$s"), title, place);
    case NATTER_SWITCH_ACTION:
    default:
      /* Translators: read by a screen reader: what an action does */
      return g_strdup_printf (_("%s, action"), title);
    }
}
