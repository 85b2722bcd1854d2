/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-conversation"

#include "config.h"

#include <glib/gi18n.h>

#include <string.h>

#include "natter-act-text.h"
#include "natter-conversation-private.h"
#include "natter-emoji-picker.h"
#include "natter-error-text.h"
#include "natter-error.h"
#include "natter-message-list.h"
#include "natter-message.h"
#include "natter-reaction.h"
#include "natter-reactions-dialog.h"
#include "natter-rich-text.h"
#include "natter-server.h"

typedef void (*Act) (NatterConversation *self,
                     NatterMessage      *message);

static NatterTimeline *
get_timeline (NatterConversation *self)
{
  return natter_timeline_view_get_timeline (self->view);
}

static NatterMessage *
find_message (NatterConversation *self,
              const char         *id)
{
  NatterTimeline *timeline = get_timeline (self);

  return timeline != NULL ? natter_timeline_lookup (timeline, id) : NULL;
}

static void
say (NatterConversation *self,
     const char         *text)
{
  AdwToast *toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL);

  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
reply (NatterConversation *self,
       NatterMessage      *message)
{
  natter_composer_reply (self->composer, message);
}

static void
edit (NatterConversation *self,
      NatterMessage      *message)
{
  natter_composer_edit (self->composer, message);
}

static void
copy_text (NatterConversation *self,
           NatterMessage      *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), natter_message_get_content (message));
}

/* (transfer full) (nullable): what is selected somewhere in @widget */
static char *
dup_selection (GtkWidget *widget)
{
  char *text = NATTER_IS_RICH_TEXT (widget) ? natter_rich_text_dup_selection (NATTER_RICH_TEXT (widget)) : NULL;

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && text == NULL;
       child = gtk_widget_get_next_sibling (child))
    text = dup_selection (child);
  return text;
}

/* What of it is selected, else all. */
static void
quote (NatterConversation *self,
       NatterMessage      *message)
{
  g_autofree char *selection = dup_selection (GTK_WIDGET (self->view));
  const char *content = natter_message_get_content (message);

  natter_composer_quote (self->composer, selection != NULL && strstr (content, selection) != NULL ? selection : content);
}

static void
copy_link (NatterConversation *self,
           NatterMessage      *message)
{
  g_autofree char *link = natter_message_dup_link (message);

  if (link == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link);
  say (self, _("Link copied"));
}

static void
pin (NatterConversation *self,
     NatterMessage      *message)
{
  natter_channel_pin (self->channel, message, !natter_message_get_pinned (message));
}

static void
mark_unread (NatterConversation *self,
             NatterMessage      *message)
{
  natter_channel_mark_unread_from (self->channel, message);
}

static void
on_undo (AdwToast      *toast,
         NatterMessage *message)
{
  NatterChannel *channel = natter_message_get_channel (message);

  if (channel != NULL)
    natter_channel_undo_delete (channel, message);
}

static void
unref_message (gpointer  message,
               GClosure *closure)
{
  g_object_unref (message);
}

/* The keyboard would be lost with the message that it is in. */
static void
keep_focus (NatterConversation *self,
            NatterMessage      *message)
{
  NatterMessageList *list = natter_timeline_view_get_list (self->view);
  GListModel *model = G_LIST_MODEL (get_timeline (self));
  guint n_items = g_list_model_get_n_items (model);

  if (natter_message_list_get_focused (list) != message)
    return;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterMessage) item = g_list_model_get_item (model, i);
      g_autoptr(NatterMessage) next = NULL;

      if (item != message)
        continue;
      next = g_list_model_get_item (model, i + 1 < n_items ? i + 1 : i > 0 ? i - 1 : n_items);
      if (next != NULL)
        natter_message_list_focus_message (list, next);
      return;
    }
}

static void
delete (NatterConversation *self,
        NatterMessage      *message)
{
  AdwToast *toast = adw_toast_new (_("Message deleted"));

  keep_focus (self, message);
  natter_channel_delete (self->channel, message);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, NATTER_CHANNEL_UNDO_MS / 1000);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), g_object_ref (message), unref_message, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
discard_change (NatterConversation *self,
                NatterMessage      *message)
{
  natter_channel_discard (self->channel, message);
}

static void
show_reactions (NatterConversation *self,
                NatterMessage      *message)
{
  adw_dialog_present (natter_reactions_dialog_new (message), GTK_WIDGET (self));
}

static void
reveal (NatterConversation *self,
        NatterMessage      *message)
{
  natter_message_reveal (message);
}

static void
toggle_reaction (NatterConversation *self,
                 NatterMessage      *message,
                 const char         *emoji)
{
  GListModel *reactions = natter_message_get_reactions (message);
  g_autoptr(NatterReaction) wanted = natter_reaction_new (emoji, natter_server_get_address (natter_channel_get_server (self->channel)));
  g_autoptr(NatterReaction) there = NULL;

  for (guint i = 0; reactions != NULL && i < g_list_model_get_n_items (reactions) && there == NULL; i++)
    {
      g_autoptr(NatterReaction) reaction = g_list_model_get_item (reactions, i);

      if (natter_reaction_is_like (reaction, wanted))
        there = g_steal_pointer (&reaction);
    }
  natter_channel_react (self->channel, message, natter_reaction_get_emoji (there != NULL ? there : wanted),
                        there == NULL || !natter_reaction_get_own (there));
}

static void
on_react (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  NatterConversation *self = NATTER_CONVERSATION (widget);
  NatterMessage *message;
  const char *id, *emoji;

  g_variant_get (parameter, "(&s&s)", &id, &emoji);
  message = find_message (self, id);
  if (message == NULL)
    return;
  if (natter_message_get_may_react (message))
    toggle_reaction (self, message, emoji);
  else
    say (self, _("You don’t have permission to react here"));
}

static void
on_emoji_picked (NatterConversation *self,
                 const char         *text)
{
  NatterMessage *message = self->reacting_id != NULL ? find_message (self, self->reacting_id) : NULL;
  g_autofree char *emoji = NULL;

  if (message == NULL)
    return;
  emoji = natter_server_dup_reaction (natter_channel_get_server (self->channel), text);
  toggle_reaction (self, message, emoji);
}

static void
pick_reaction (NatterConversation *self,
               NatterMessage      *message)
{
  NatterMessageList *list = natter_timeline_view_get_list (self->view);
  GtkWidget *row = natter_message_list_get_row (list, message);
  graphene_rect_t bounds;
  GdkRectangle place = { 0, 0, 1, 1 };

  if (self->emoji == NULL)
    {
      self->emoji = natter_emoji_picker_new ();
      gtk_widget_set_parent (self->emoji, GTK_WIDGET (self->view));
      g_object_bind_property (self, "channel", self->emoji, "channel", G_BINDING_SYNC_CREATE);
      g_signal_connect_object (self->emoji, "picked", G_CALLBACK (on_emoji_picked), self, G_CONNECT_SWAPPED);
    }
  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self->view), &bounds))
    {
      place.x = bounds.origin.x + bounds.size.width / 2;
      place.y = CLAMP (bounds.origin.y + bounds.size.height, 0, gtk_widget_get_height (GTK_WIDGET (self->view)) - 1);
    }
  g_set_str (&self->reacting_id, natter_message_get_id (message));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->emoji), &place);
  gtk_popover_popup (GTK_POPOVER (self->emoji));
}

/* The keyboard goes along; the message is not where the keyboard alone would have it. */
static void
show_message (NatterConversation *self,
              NatterMessage      *message)
{
  NatterMessageList *list = natter_timeline_view_get_list (self->view);

  natter_message_list_focus_message (list, message);
  natter_message_list_scroll_to (list, message, TRUE);
}

static void
on_jumped (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  NatterTimeline *timeline = NATTER_TIMELINE (source);
  g_autoptr(NatterConversation) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;

  if (!natter_timeline_load_around_finish (timeline, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->view != NULL
          && timeline == get_timeline (self))
        {
          g_autofree char *text = g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND)
                                    ? g_strdup (_("The message was deleted")) : natter_error_text_dup (error);

          say (self, text);
        }
      return;
    }
  if (self->view == NULL || timeline != get_timeline (self) || self->jump_id == NULL)
    return;
  id = g_steal_pointer (&self->jump_id);
  if (find_message (self, id) != NULL)
    show_message (self, find_message (self, id));
}

/**
 * natter_conversation_jump_to:
 * @self: a conversation with a channel
 * @id: id of a message of the channel
 *
 * Shows that message, wherever it is in the history, and points it out. Says so when it is not there any more.
 */
void
natter_conversation_jump_to (NatterConversation *self,
                             const char         *id)
{
  NatterTimeline *timeline;

  g_return_if_fail (NATTER_IS_CONVERSATION (self));
  g_return_if_fail (id != NULL);

  timeline = get_timeline (self);
  if (timeline == NULL)
    return;
  g_set_str (&self->jump_id, id);
  natter_timeline_load_around_async (timeline, id, on_jumped, g_object_ref (self));
}

static void
on_date_found (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  NatterTimeline *timeline = NATTER_TIMELINE (source);
  g_autoptr(NatterConversation) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = natter_timeline_load_time_finish (timeline, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->view == NULL || timeline != get_timeline (self))
    return;
  if (id != NULL && find_message (self, id) != NULL)
    {
      show_message (self, find_message (self, id));
    }
  else if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      natter_scroller_jump_to_latest (natter_timeline_view_get_scroller (self->view));
      say (self, _("No messages since that day"));
    }
  else if (error != NULL)
    {
      g_autofree char *text = natter_error_text_dup (error);

      say (self, text);
    }
}

/**
 * natter_conversation_jump_to_time:
 * @self: a conversation with a channel
 * @time: µs since 1970
 *
 * Shows the first message from that time on, wherever it is in the history, and points it out. When there is none, it says so
 * at the end of the conversation.
 */
void
natter_conversation_jump_to_time (NatterConversation *self,
                                  gint64              time)
{
  NatterTimeline *timeline;

  g_return_if_fail (NATTER_IS_CONVERSATION (self));

  timeline = get_timeline (self);
  if (timeline == NULL)
    return;
  g_clear_pointer (&self->jump_id, g_free);
  natter_timeline_load_time_async (timeline, time, on_date_found, g_object_ref (self));
}

static void
on_jump (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  natter_conversation_jump_to (NATTER_CONVERSATION (widget), g_variant_get_string (parameter, NULL));
}

/* All of them take the id of the message. */
static const struct
{
  const char *action;
  Act         act;
  gboolean  (*may) (NatterMessage *message); /* NULL: always */
} acts[] = {
  { "message.reply", reply, natter_message_get_may_reply },
  { "message.edit", edit, natter_message_get_may_edit },
  { "message.discard-change", discard_change, natter_message_get_waiting },
  { "message.delete", delete, natter_message_get_may_delete },
  { "message.pick-reaction", pick_reaction, natter_message_get_may_react },
  { "message.show-reactions", show_reactions, NULL },
  { "message.pin", pin, natter_message_get_may_pin },
  { "message.quote", quote, natter_message_get_may_reply },
  { "message.copy-text", copy_text, NULL },
  { "message.copy-link", copy_link, NULL },
  { "message.mark-unread", mark_unread, NULL },
  { "message.reveal", reveal, NULL },
};

static void
on_act (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  NatterConversation *self = NATTER_CONVERSATION (widget);
  NatterMessage *message = find_message (self, g_variant_get_string (parameter, NULL));

  for (guint i = 0; message != NULL && i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, action) && (acts[i].may == NULL || acts[i].may (message)))
      acts[i].act (self, message);
}

void
_natter_conversation_install_acts (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    gtk_widget_class_install_action (widget_class, acts[i].action, "s", on_act);
  gtk_widget_class_install_action (widget_class, "message.react", "(ss)", on_react);
  gtk_widget_class_install_action (widget_class, "message.jump", "s", on_jump);
}

static void
on_act_failed (NatterConversation *self,
               NatterMessage      *message,
               NatterAct           act,
               const GError       *error)
{
  g_autofree char *text = natter_act_text_dup (act, error);

  say (self, text);
}

void
_natter_conversation_init_acts (NatterConversation *self)
{
  self->channel_signals = g_signal_group_new (NATTER_TYPE_CHANNEL);
  g_signal_group_connect_swapped (self->channel_signals, "act-failed", G_CALLBACK (on_act_failed), self);
}

/* What can still be undone here can't be undone from elsewhere. */
void
_natter_conversation_leave (NatterConversation *self,
                            NatterChannel      *channel)
{
  g_clear_pointer (&self->jump_id, g_free);
  adw_toast_overlay_dismiss_all (self->toasts);
  if (channel != NULL)
    natter_channel_send_deletions (channel);
}
