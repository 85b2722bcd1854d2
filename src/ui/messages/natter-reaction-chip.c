/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-reaction-chip"

#include "config.h"

#include "natter-reaction-chip.h"

#include <glib/gi18n.h>

#include "natter-channel.h"
#include "natter-context-menu.h"
#include "natter-emoji-view.h"
#include "natter-member.h"
#include "natter-phrase.h"
#include "natter-plain-name.h"
#include "natter-reaction-text.h"
#include "natter-server.h"

/* How many people a tooltip names. */
#define MAX_NAMES 12

#define PICTURE_SIZE 18

/**
 * NatterReactionChip:
 *
 * One emoji under a message and how many people chose it. Pressed, it adds one's own reaction or takes it back.
 */
struct _NatterReactionChip
{
  GtkButton       parent_instance;

  GtkLabel       *count;
  NatterMessage  *message;
  NatterReaction *reaction;
};

G_DEFINE_FINAL_TYPE (NatterReactionChip, natter_reaction_chip, GTK_TYPE_BUTTON)

static NatterServer *
get_server (NatterReactionChip *self)
{
  NatterChannel *channel = natter_message_get_channel (self->message);

  return channel != NULL ? natter_channel_get_server (channel) : NULL;
}

static char *
dup_names (NatterReactionChip *self)
{
  const char * const *users = natter_reaction_get_users (self->reaction);
  NatterServer *server = get_server (self);
  GString *names = g_string_new (NULL);
  guint n_users = natter_reaction_get_count (self->reaction);
  guint n_more = n_users > MAX_NAMES ? n_users - MAX_NAMES : 0;

  for (guint i = 0; users[i] != NULL && i < MAX_NAMES; i++)
    {
      const char *shown = server != NULL ? natter_member_get_name (natter_server_intern_member (server, users[i])) : users[i];
      g_autofree char *name = natter_plain_name (shown);

      if (i == 0)
        g_string_assign (names, name);
      else
        /* Translators: people who reacted to a message: the names so far, one more */
        natter_phrase_set (names, _("%1$s, %2$s"), names->str, name);
    }
  if (n_more > 0)
    /* Translators: people who reacted to a message: some names, how many people more */
    natter_phrase_set (names, ngettext ("%1$s and %2$u more", "%1$s and %2$u more", n_more), names->str, n_more);
  return g_string_free_and_steal (names);
}

static gboolean
on_query_tooltip (NatterReactionChip *self,
                  int                 x,
                  int                 y,
                  gboolean            keyboard,
                  GtkTooltip         *tooltip)
{
  g_autofree char *names = dup_names (self);

  gtk_tooltip_set_text (tooltip, names);
  return TRUE;
}

static void
update (NatterReactionChip *self)
{
  guint count = natter_reaction_get_count (self->reaction);
  gboolean own = natter_reaction_get_own (self->reaction);
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *emoji = natter_reaction_text_dup (self->reaction, get_server (self));
  g_autofree char *names = dup_names (self);
  /* Translators: read by a screen reader: an emoji, how many people reacted with it, their names */
  g_autofree char *label = g_strdup_printf (_("%s, %u: %s"), emoji, count, names);

  gtk_label_set_text (self->count, number);
  if (own)
    gtk_widget_add_css_class (GTK_WIDGET (self), "own");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "own");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               own ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static GMenuModel *
make_menu (GtkWidget *widget, GtkWidget *popover)
{
  NatterReactionChip *self = NATTER_REACTION_CHIP (widget);
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuItem) item = g_menu_item_new (_("_Who Reacted"), NULL);

  g_menu_item_set_action_and_target (item, "message.show-reactions", "s", natter_message_get_id (self->message));
  g_menu_append_item (menu, item);
  return G_MENU_MODEL (menu);
}

static void
natter_reaction_chip_dispose (GObject *object)
{
  NatterReactionChip *self = NATTER_REACTION_CHIP (object);

  g_clear_object (&self->reaction);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (natter_reaction_chip_parent_class)->dispose (object);
}

static void
natter_reaction_chip_class_init (NatterReactionChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_reaction_chip_dispose;
}

static void
natter_reaction_chip_init (NatterReactionChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "reaction");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  natter_context_menu_add (GTK_WIDGET (self), make_menu);
}

static void
fill (NatterReactionChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *view = natter_emoji_view_new (PICTURE_SIZE);
  g_autofree char *text = natter_reaction_text_dup (self->reaction, get_server (self));

  self->count = GTK_LABEL (gtk_label_new (NULL));
  natter_emoji_view_set (NATTER_EMOJI_VIEW (view), text, natter_reaction_get_picture (self->reaction));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_button_set_child (GTK_BUTTON (self), box);
}

/**
 * natter_reaction_chip_new:
 * @message: a message
 * @reaction: one of its reactions
 *
 * Returns: (transfer floating): a chip that follows @reaction
 */
GtkWidget *
natter_reaction_chip_new (NatterMessage  *message,
                          NatterReaction *reaction)
{
  NatterReactionChip *self;

  g_return_val_if_fail (NATTER_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (NATTER_IS_REACTION (reaction), NULL);

  self = g_object_new (NATTER_TYPE_REACTION_CHIP, NULL);
  self->message = g_object_ref (message);
  self->reaction = g_object_ref (reaction);
  fill (self);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", natter_message_get_id (message),
                                    natter_reaction_get_emoji (reaction));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "message.react");
  g_signal_connect_object (reaction, "notify::users", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reaction, "notify::own", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
