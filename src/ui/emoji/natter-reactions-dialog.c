/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-reactions-dialog"

#include "config.h"

#include "natter-reactions-dialog.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-channel.h"
#include "natter-emoji-view.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-reaction-text.h"
#include "natter-server.h"

/* Of one emoji; for more there is a number. */
#define MAX_PEOPLE 200
#define PICTURE_SIZE 24
#define AVATAR_SIZE 32

/**
 * NatterReactionsDialog:
 *
 * Who reacted to a message, emoji by emoji, as it is right now.
 */
struct _NatterReactionsDialog
{
  AdwDialog           parent_instance;

  GtkStack           *stack;
  AdwPreferencesPage *page;
  GPtrArray          *groups; /* AdwPreferencesGroup, owned by the page */
  NatterMessage      *message;
  GSignalGroup       *reactions;
};

G_DEFINE_FINAL_TYPE (NatterReactionsDialog, natter_reactions_dialog, ADW_TYPE_DIALOG)

static NatterServer *
get_server (NatterReactionsDialog *self)
{
  NatterChannel *channel = natter_message_get_channel (self->message);

  return channel != NULL ? natter_channel_get_server (channel) : NULL;
}

/* Names are of people on the network: no markup. */
static GtkWidget *
make_row (NatterReactionsDialog *self,
          const char            *username)
{
  NatterMember *member = natter_server_intern_member (get_server (self), username);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *avatar = natter_avatar_new (AVATAR_SIZE);
  g_autofree char *name = natter_plain_name (natter_member_get_name (member));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  natter_avatar_set_text (NATTER_AVATAR (avatar), name);
  natter_avatar_set_uri (NATTER_AVATAR (avatar), natter_member_get_avatar (member));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  return row;
}

static void
fill_group (NatterReactionsDialog *self,
            AdwPreferencesGroup   *group,
            NatterReaction        *reaction)
{
  const char * const *users = natter_reaction_get_users (reaction);
  guint count = natter_reaction_get_count (reaction);
  GtkWidget *view = natter_emoji_view_new (PICTURE_SIZE);
  g_autofree char *text = natter_reaction_text_dup (reaction, get_server (self));
  g_autofree char *number = g_strdup_printf (ngettext ("%u person", "%u people", count), count);

  natter_emoji_view_set (NATTER_EMOJI_VIEW (view), text, natter_reaction_get_picture (reaction));
  adw_preferences_group_set_title (group, number);
  adw_preferences_group_set_header_suffix (group, view);
  for (guint i = 0; i < MIN (count, MAX_PEOPLE); i++)
    adw_preferences_group_add (group, make_row (self, users[i]));
  if (count > MAX_PEOPLE)
    {
      guint n_more = count - MAX_PEOPLE;
      g_autofree char *more = g_strdup_printf (ngettext ("And %u more", "And %u more", n_more), n_more);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      adw_preferences_group_add (group, row);
    }
}

static void
refill (NatterReactionsDialog *self)
{
  GListModel *reactions = natter_message_get_reactions (self->message);
  guint n_reactions = reactions != NULL && get_server (self) != NULL ? g_list_model_get_n_items (reactions) : 0;

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; i < n_reactions; i++)
    {
      g_autoptr(NatterReaction) reaction = g_list_model_get_item (reactions, i);
      GtkWidget *group = adw_preferences_group_new ();

      fill_group (self, ADW_PREFERENCES_GROUP (group), reaction);
      adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
      g_ptr_array_add (self->groups, group);
      g_signal_handlers_disconnect_by_func (reaction, refill, self);
      g_signal_connect_object (reaction, "notify::users", G_CALLBACK (refill), self, G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child_name (self->stack, n_reactions > 0 ? "people" : "nobody");
}

static void
on_reactions (NatterReactionsDialog *self)
{
  g_signal_group_set_target (self->reactions, natter_message_get_reactions (self->message));
  refill (self);
}

static void
natter_reactions_dialog_dispose (GObject *object)
{
  NatterReactionsDialog *self = NATTER_REACTIONS_DIALOG (object);

  if (self->reactions != NULL)
    g_signal_group_set_target (self->reactions, NULL);
  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_REACTIONS_DIALOG);

  G_OBJECT_CLASS (natter_reactions_dialog_parent_class)->dispose (object);
}

static void
natter_reactions_dialog_finalize (GObject *object)
{
  NatterReactionsDialog *self = NATTER_REACTIONS_DIALOG (object);

  g_clear_object (&self->reactions);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (natter_reactions_dialog_parent_class)->finalize (object);
}

static void
natter_reactions_dialog_class_init (NatterReactionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_reactions_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = natter_reactions_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-reactions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterReactionsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterReactionsDialog, page);
}

static void
natter_reactions_dialog_init (NatterReactionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
  self->reactions = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->reactions, "items-changed", G_CALLBACK (refill), self);
}

/**
 * natter_reactions_dialog_new:
 * @message: a message
 *
 * Returns: (transfer floating): a dialog that tells who reacted to @message
 */
AdwDialog *
natter_reactions_dialog_new (NatterMessage *message)
{
  NatterReactionsDialog *self;

  g_return_val_if_fail (NATTER_IS_MESSAGE (message), NULL);

  self = g_object_new (NATTER_TYPE_REACTIONS_DIALOG, NULL);
  self->message = g_object_ref (message);
  g_signal_connect_object (message, "notify::reactions", G_CALLBACK (on_reactions), self, G_CONNECT_SWAPPED);
  on_reactions (self);
  return ADW_DIALOG (self);
}
