/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-reaction-bar"

#include "config.h"

#include "natter-reaction-bar.h"

#include <glib/gi18n.h>

#include "natter-reaction-chip.h"

/**
 * NatterReactionBar:
 *
 * The reactions under a message, and a button for another one.
 */
struct _NatterReactionBar
{
  AdwBin         parent_instance;

  AdwWrapBox    *box;
  GtkWidget     *add;
  NatterMessage *message;
  GListModel    *reactions;
};

G_DEFINE_FINAL_TYPE (NatterReactionBar, natter_reaction_bar, ADW_TYPE_BIN)

static GtkWidget *
nth_child (NatterReactionBar *self,
           guint              position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  while (position-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
on_items_changed (NatterReactionBar *self,
                  guint              position,
                  guint              n_removed,
                  guint              n_added)
{
  for (guint i = 0; i < n_removed; i++)
    adw_wrap_box_remove (self->box, nth_child (self, position));
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(NatterReaction) reaction = g_list_model_get_item (self->reactions, i);
      GtkWidget *chip = natter_reaction_chip_new (self->message, reaction);

      adw_wrap_box_insert_child_after (self->box, chip, i > 0 ? nth_child (self, i - 1) : NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->reactions != NULL && g_list_model_get_n_items (self->reactions) > 0);
}

static void
update_add (NatterReactionBar *self)
{
  gtk_widget_set_visible (self->add, natter_message_get_may_react (self->message));
}

static void
natter_reaction_bar_dispose (GObject *object)
{
  natter_reaction_bar_set_message (NATTER_REACTION_BAR (object), NULL);

  G_OBJECT_CLASS (natter_reaction_bar_parent_class)->dispose (object);
}

static void
natter_reaction_bar_class_init (NatterReactionBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_reaction_bar_dispose;
}

static void
natter_reaction_bar_init (NatterReactionBar *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_tooltip_text (self->add, _("Add Reaction"));
  gtk_widget_add_css_class (self->add, "reaction");
  gtk_widget_add_css_class (self->add, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "message.pick-reaction");
  adw_wrap_box_append (self->box, self->add);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 3);
}

/**
 * natter_reaction_bar_new:
 *
 * Returns: (transfer floating): a bar without reactions
 */
GtkWidget *
natter_reaction_bar_new (void)
{
  return g_object_new (NATTER_TYPE_REACTION_BAR, NULL);
}

static void
set_reactions (NatterReactionBar *self,
               GListModel        *reactions)
{
  guint n_before = 0;

  if (self->reactions != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->reactions, on_items_changed, self);
      for (GtkWidget *child = nth_child (self, 0); child != self->add; child = gtk_widget_get_next_sibling (child))
        n_before++;
    }
  g_set_object (&self->reactions, reactions);
  if (reactions != NULL)
    g_signal_connect_object (reactions, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  on_items_changed (self, 0, n_before, reactions != NULL ? g_list_model_get_n_items (reactions) : 0);
}

/**
 * natter_reaction_bar_set_message:
 * @self: a bar
 * @message: (nullable): whose reactions to show
 */
void
natter_reaction_bar_set_message (NatterReactionBar *self,
                                 NatterMessage     *message)
{
  g_return_if_fail (NATTER_IS_REACTION_BAR (self));

  if (self->message == message && (message == NULL || natter_message_get_reactions (message) == self->reactions))
    return;
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_func (self->message, update_add, self);
  set_reactions (self, NULL);
  g_set_object (&self->message, message);
  if (message == NULL)
    return;
  g_signal_connect_object (message, "notify::may-react", G_CALLBACK (update_add), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add), "s", natter_message_get_id (message));
  update_add (self);
  set_reactions (self, natter_message_get_reactions (message));
}
