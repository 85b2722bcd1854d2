/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-reaction-chip"

#include "config.h"

#include "natter-reaction-chip.h"

#include <glib/gi18n.h>

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-pictures.h"
#include "natter-plain-name.h"
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

  GtkLabel       *emoji;
  GtkLabel       *count;
  GtkImage       *picture; /* instead of the emoji, once it is there */
  NatterMessage  *message;
  NatterReaction *reaction;
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (NatterReactionChip, natter_reaction_chip, GTK_TYPE_BUTTON)

static char *
dup_emoji_text (NatterReaction *reaction)
{
  const char *id = natter_reaction_get_custom_id (reaction);
  g_autofree char *name = natter_plain_name (id != NULL ? id : natter_reaction_get_emoji (reaction));

  return id != NULL ? g_strconcat (":", name, ":", NULL) : g_steal_pointer (&name);
}

static char *
dup_names (NatterReactionChip *self)
{
  const char * const *users = natter_reaction_get_users (self->reaction);
  NatterChannel *channel = natter_message_get_channel (self->message);
  NatterServer *server = channel != NULL ? natter_channel_get_server (channel) : NULL;
  GString *names = g_string_new (NULL);
  guint n_users = natter_reaction_get_count (self->reaction);
  guint n_more = n_users > MAX_NAMES ? n_users - MAX_NAMES : 0;

  for (guint i = 0; users[i] != NULL && i < MAX_NAMES; i++)
    {
      const char *shown = server != NULL ? natter_member_get_name (natter_server_intern_member (server, users[i])) : users[i];
      g_autofree char *name = natter_plain_name (shown);

      if (i > 0)
        /* Translators: between the names of people who reacted to a message */
        g_string_append (names, _(", "));
      g_string_append (names, name);
    }
  if (n_more > 0)
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", n_more), n_more);
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
  g_autofree char *emoji = dup_emoji_text (self->reaction);
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

static void
on_picture (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = natter_pictures_load_finish (result, &error);
  NatterReactionChip *self;

  /* Cancelled means that the chip is gone. */
  if (texture == NULL)
    return;
  self = data;
  gtk_image_set_from_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->emoji), FALSE);
}

static void
natter_reaction_chip_dispose (GObject *object)
{
  NatterReactionChip *self = NATTER_REACTION_CHIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->picture = GTK_IMAGE (gtk_image_new ());
  self->emoji = GTK_LABEL (gtk_label_new (NULL));
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_image_set_pixel_size (self->picture, PICTURE_SIZE);
  gtk_widget_set_visible (GTK_WIDGET (self->picture), FALSE);
  gtk_label_set_max_width_chars (self->emoji, 12);
  gtk_label_set_ellipsize (self->emoji, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "numeric");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->emoji));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "reaction");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
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
  g_autofree char *emoji = NULL;

  g_return_val_if_fail (NATTER_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (NATTER_IS_REACTION (reaction), NULL);

  self = g_object_new (NATTER_TYPE_REACTION_CHIP, NULL);
  self->message = g_object_ref (message);
  self->reaction = g_object_ref (reaction);
  emoji = dup_emoji_text (reaction);
  gtk_label_set_text (self->emoji, emoji);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", natter_message_get_id (message),
                                    natter_reaction_get_emoji (reaction));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "message.react");
  g_signal_connect_object (reaction, "notify::users", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reaction, "notify::own", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  if (natter_reaction_get_picture (reaction) != NULL)
    {
      self->cancellable = g_cancellable_new ();
      natter_pictures_load_async (natter_reaction_get_picture (reaction), PICTURE_SIZE * 2, self->cancellable, on_picture,
                                  self);
    }
  return GTK_WIDGET (self);
}
