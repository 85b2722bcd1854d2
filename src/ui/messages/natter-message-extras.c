/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-extras"

#include "config.h"

#include "natter-message-extras.h"

#include "natter-channel.h"
#include "natter-embed-card.h"
#include "natter-poll-card.h"
#include "natter-reaction-bar.h"

/**
 * NatterMessageExtras:
 *
 * What hangs below the text of a message: cards, a poll, reactions. Most messages have none of it, so a row makes it when
 * it is first needed.
 */
struct _NatterMessageExtras
{
  AdwBin         parent_instance;

  GtkBox        *cards;
  GtkWidget     *reactions;
  NatterMessage *message;
  GListModel    *embeds; /* what the cards show */
  NatterPoll    *poll;
};

G_DEFINE_FINAL_TYPE (NatterMessageExtras, natter_message_extras, ADW_TYPE_BIN)

static void
natter_message_extras_dispose (GObject *object)
{
  NatterMessageExtras *self = NATTER_MESSAGE_EXTRAS (object);

  g_clear_object (&self->message);
  g_clear_object (&self->embeds);
  g_clear_object (&self->poll);

  G_OBJECT_CLASS (natter_message_extras_parent_class)->dispose (object);
}

static void
natter_message_extras_class_init (NatterMessageExtrasClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_message_extras_dispose;
}

static void
natter_message_extras_init (NatterMessageExtras *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cards = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->reactions = natter_reaction_bar_new ();
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cards));
  gtk_box_append (GTK_BOX (box), self->reactions);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * natter_message_extras_needed:
 * @message: a message
 *
 * Returns: whether there is anything to show below its text
 */
gboolean
natter_message_extras_needed (NatterMessage *message)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  return natter_message_get_embeds (message) != NULL || natter_message_get_poll (message) != NULL
         || natter_message_get_reactions (message) != NULL;
}

/**
 * natter_message_extras_new:
 *
 * Returns: (transfer floating): an empty widget
 */
GtkWidget *
natter_message_extras_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_EXTRAS, NULL);
}

static void
update_cards (NatterMessageExtras *self)
{
  GListModel *embeds = self->message != NULL ? natter_message_get_embeds (self->message) : NULL;
  NatterPoll *poll = self->message != NULL ? natter_message_get_poll (self->message) : NULL;
  NatterChannel *channel = self->message != NULL ? natter_message_get_channel (self->message) : NULL;
  GtkWidget *child;

  if (self->embeds == embeds && self->poll == poll)
    return;
  g_set_object (&self->embeds, embeds);
  g_set_object (&self->poll, poll);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  for (guint i = 0; embeds != NULL && i < g_list_model_get_n_items (embeds); i++)
    {
      g_autoptr(NatterEmbed) embed = g_list_model_get_item (embeds, i);

      gtk_box_append (self->cards, natter_embed_card_new (embed, channel != NULL ? natter_channel_get_server (channel) : NULL));
    }
  if (poll != NULL)
    gtk_box_append (self->cards, natter_poll_card_new (poll));
}

/**
 * natter_message_extras_set_message:
 * @self: the widget
 * @message: (nullable): whose extras to show; to be called again when they change
 */
void
natter_message_extras_set_message (NatterMessageExtras *self,
                                   NatterMessage       *message)
{
  g_return_if_fail (NATTER_IS_MESSAGE_EXTRAS (self));

  g_set_object (&self->message, message);
  update_cards (self);
  natter_reaction_bar_set_message (NATTER_REACTION_BAR (self->reactions), message);
}
