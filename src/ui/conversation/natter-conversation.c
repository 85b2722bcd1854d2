/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-conversation"

#include "config.h"

#include "natter-conversation-private.h"

#include <glib/gi18n.h>

#include "natter-composer-insert.h"
#include "natter-error-text.h"
#include "natter-message.h"
#include "natter-paint-trace.h"
#include "natter-server.h"

/**
 * NatterConversation:
 *
 * One channel: its messages, who is typing, and where to write.
 *
 * Properties: channel (nullable).
 */
enum
{
  PROP_0,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterConversation, natter_conversation, ADW_TYPE_BIN)

static NatterTimeline *
get_timeline (NatterConversation *self)
{
  return natter_timeline_view_get_timeline (self->view);
}

static NatterMessage *
dup_newest_sent (NatterTimeline *timeline)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (timeline)); i > 0; i--)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i - 1);

      if (natter_message_get_id (message) != NULL)
        return g_steal_pointer (&message);
    }
  return NULL;
}

/* Read means that somebody could have read it: the window is the active one and the newest message is in sight. */
static void
mark_read_if_seen (NatterConversation *self)
{
  NatterTimeline *timeline = get_timeline (self);
  g_autoptr(NatterMessage) newest = NULL;

  if (timeline == NULL || self->window == NULL || !gtk_window_is_active (self->window)
      || !gtk_widget_get_mapped (GTK_WIDGET (self->view))
      || !natter_timeline_get_at_end (timeline)
      || !natter_scroller_get_following (natter_timeline_view_get_scroller (self->view)))
    return;

  newest = dup_newest_sent (timeline);
  if (newest != NULL && g_set_str (&self->read_id, natter_message_get_id (newest)))
    natter_channel_mark_read (self->channel);
}

static void
show_error_page (NatterConversation *self,
                 const GError       *error)
{
  g_autofree char *text = natter_error_text_dup (error);

  natter_hint_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child_name (self->body, "error");
}

static void
update_body (NatterConversation *self)
{
  NatterTimeline *timeline = get_timeline (self);
  const GError *error;
  gboolean empty;

  if (timeline == NULL)
    return;

  error = natter_timeline_get_error (timeline);
  empty = g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 0;
  adw_banner_set_revealed (self->page_banner, !empty && error != NULL);
  if (!empty)
    gtk_stack_set_visible_child_name (self->body, "messages");
  else if (error != NULL)
    show_error_page (self, error);
  else if (natter_timeline_get_loading (timeline) || !natter_timeline_get_at_end (timeline))
    gtk_stack_set_visible_child_name (self->body, "loading");
  else
    gtk_stack_set_visible_child_name (self->body, "empty");
}

static void
update_jump (NatterConversation *self)
{
  NatterScroller *scroller = natter_timeline_view_get_scroller (self->view);
  guint count = natter_scroller_get_new_count (scroller);
  g_autofree char *text = NULL;

  if (count > 0)
    text = g_strdup_printf (ngettext ("Go to Latest, %u New", "Go to Latest, %u New", count), count);
  gtk_label_set_text (self->jump_label, text != NULL ? text : _("Go to Latest"));
  gtk_widget_set_visible (self->jump, !natter_scroller_get_following (scroller));
  mark_read_if_seen (self);
}

static void
load_if_empty (NatterConversation *self)
{
  NatterTimeline *timeline = get_timeline (self);

  if (timeline == NULL || natter_timeline_get_loading (timeline)
      || g_list_model_get_n_items (G_LIST_MODEL (timeline)) > 0)
    return;
  natter_timeline_load_latest (timeline);
}

static void
on_items_changed (NatterConversation *self)
{
  update_body (self);
  mark_read_if_seen (self);
}

static void
on_loading_changed (NatterConversation *self)
{
  NatterTimeline *timeline = get_timeline (self);
  gboolean loading = natter_timeline_get_loading (timeline);

  update_body (self);
  if (self->loading && !loading && natter_timeline_get_error (timeline) == NULL)
    natter_paint_trace_timeline (GTK_WIDGET (self->body), timeline);
  self->loading = loading;
}

static void
on_retry (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  natter_scroller_retry (natter_timeline_view_get_scroller (NATTER_CONVERSATION (widget)->view));
}

static void
on_jump_to_latest (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  natter_scroller_jump_to_latest (natter_timeline_view_get_scroller (NATTER_CONVERSATION (widget)->view));
}

static void
natter_conversation_root (GtkWidget *widget)
{
  NatterConversation *self = NATTER_CONVERSATION (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (natter_conversation_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WINDOW (root);
  g_signal_connect_object (root, "notify::is-active", G_CALLBACK (mark_read_if_seen), self, G_CONNECT_SWAPPED);
}

static void
natter_conversation_unroot (GtkWidget *widget)
{
  NatterConversation *self = NATTER_CONVERSATION (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, mark_read_if_seen, self);
  self->window = NULL;

  GTK_WIDGET_CLASS (natter_conversation_parent_class)->unroot (widget);
}

static void
natter_conversation_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_object (value, natter_conversation_get_channel (NATTER_CONVERSATION (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_conversation_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      natter_conversation_set_channel (NATTER_CONVERSATION (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_conversation_dispose (GObject *object)
{
  NatterConversation *self = NATTER_CONVERSATION (object);

  if (self->channel != NULL)
    natter_channel_send_deletions (self->channel);
  g_signal_group_set_target (self->channel_signals, NULL);
  g_signal_group_set_target (self->timeline_signals, NULL);
  g_signal_group_set_target (self->server_signals, NULL);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->emoji, gtk_widget_unparent);
  /* The template frees a bound child that is the bin's own, without the bin hearing of it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_CONVERSATION);

  G_OBJECT_CLASS (natter_conversation_parent_class)->dispose (object);
}

static void
natter_conversation_finalize (GObject *object)
{
  NatterConversation *self = NATTER_CONVERSATION (object);

  g_clear_object (&self->timeline_signals);
  g_clear_object (&self->server_signals);
  g_clear_object (&self->channel_signals);
  g_free (self->read_id);
  g_free (self->reacting_id);
  g_free (self->jump_id);

  G_OBJECT_CLASS (natter_conversation_parent_class)->finalize (object);
}

static void
natter_conversation_class_init (NatterConversationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_conversation_get_property;
  object_class->set_property = natter_conversation_set_property;
  object_class->dispose = natter_conversation_dispose;
  object_class->finalize = natter_conversation_finalize;
  widget_class->root = natter_conversation_root;
  widget_class->unroot = natter_conversation_unroot;

  properties[PROP_CHANNEL] =
    g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "conversation.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "conversation.jump-to-latest", NULL, on_jump_to_latest);
  _natter_conversation_install_acts (widget_class);

  g_type_ensure (NATTER_TYPE_HINT_PAGE);
  g_type_ensure (NATTER_TYPE_TIMELINE_VIEW);
  g_type_ensure (NATTER_TYPE_TYPING_LINE);
  g_type_ensure (NATTER_TYPE_COMPOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-conversation.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, body);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, error_page);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, page_banner);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, view);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, jump);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, jump_label);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, typing);
  gtk_widget_class_bind_template_child (widget_class, NatterConversation, composer);
}

static void
natter_conversation_init (NatterConversation *self)
{
  NatterScroller *scroller;

  gtk_widget_init_template (GTK_WIDGET (self));
  _natter_conversation_init_acts (self);
  natter_composer_accept_drop (self->composer, GTK_WIDGET (self));
  natter_composer_catch_typing (GTK_WIDGET (self->composer), GTK_WIDGET (self));

  self->timeline_signals = g_signal_group_new (NATTER_TYPE_TIMELINE);
  g_signal_group_connect_data (self->timeline_signals, "items-changed", G_CALLBACK (on_items_changed), self, NULL,
                               G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::loading", G_CALLBACK (on_loading_changed), self);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::error", G_CALLBACK (update_body), self);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::at-end", G_CALLBACK (on_items_changed), self);

  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (load_if_empty), self);

  scroller = natter_timeline_view_get_scroller (self->view);
  g_signal_connect_object (scroller, "notify::following", G_CALLBACK (update_jump), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroller, "notify::new-count", G_CALLBACK (update_jump), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (mark_read_if_seen), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * natter_conversation_new:
 *
 * Returns: (transfer floating): a conversation with no channel
 */
GtkWidget *
natter_conversation_new (void)
{
  return g_object_new (NATTER_TYPE_CONVERSATION, NULL);
}

/**
 * natter_conversation_get_channel:
 * @self: a conversation
 *
 * Returns: (transfer none) (nullable): the channel that it shows
 */
NatterChannel *
natter_conversation_get_channel (NatterConversation *self)
{
  g_return_val_if_fail (NATTER_IS_CONVERSATION (self), NULL);

  return self->channel;
}

static void
open_channel (NatterConversation *self)
{
  NatterTimeline *timeline = self->channel != NULL ? natter_channel_get_timeline (self->channel) : NULL;

  g_clear_pointer (&self->read_id, g_free);
  g_signal_group_set_target (self->channel_signals, self->channel);
  if (self->channel != NULL)
    natter_channel_open (self->channel);
  natter_timeline_view_set_timeline (self->view, timeline);
  self->loading = timeline != NULL && natter_timeline_get_loading (timeline);
  g_signal_group_set_target (self->timeline_signals, timeline);
  g_signal_group_set_target (self->server_signals,
                             self->channel != NULL ? natter_channel_get_server (self->channel) : NULL);
  natter_typing_line_set_members (self->typing,
                                  self->channel != NULL ? natter_channel_get_typing (self->channel) : NULL);
  natter_composer_set_channel (self->composer, self->channel);

  gtk_stack_set_visible_child_name (self->stack, self->channel != NULL ? "channel" : "none");
  load_if_empty (self);
  on_items_changed (self);
  if (timeline != NULL && g_list_model_get_n_items (G_LIST_MODEL (timeline)) > 0)
    natter_paint_trace_timeline (GTK_WIDGET (self->body), timeline);
}

/**
 * natter_conversation_set_channel:
 * @self: a conversation
 * @channel: (nullable): the channel to show
 */
void
natter_conversation_set_channel (NatterConversation *self,
                                 NatterChannel      *channel)
{
  g_autoptr(NatterTimeline) before = NULL;

  g_return_if_fail (NATTER_IS_CONVERSATION (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (self->channel == channel)
    return;

  before = get_timeline (self) != NULL ? g_object_ref (get_timeline (self)) : NULL;
  _natter_conversation_leave (self, self->channel);
  g_set_object (&self->channel, channel);
  open_channel (self);
  if (before != NULL)
    natter_timeline_shrink (before);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

/**
 * natter_conversation_focus_entry:
 * @self: a conversation
 *
 * Puts the keyboard where one writes.
 *
 * Returns: %FALSE when nothing can be written here
 */
gboolean
natter_conversation_focus_entry (NatterConversation *self)
{
  g_return_val_if_fail (NATTER_IS_CONVERSATION (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * natter_conversation_get_time:
 * @self: a conversation
 *
 * Returns: when the first message in sight was written, µs since 1970; now when there is none
 */
gint64
natter_conversation_get_time (NatterConversation *self)
{
  NatterTimeline *timeline;
  g_autoptr(NatterMessage) message = NULL;
  guint first, last;

  g_return_val_if_fail (NATTER_IS_CONVERSATION (self), 0);

  timeline = get_timeline (self);
  if (timeline != NULL && natter_message_list_get_visible_range (natter_timeline_view_get_list (self->view), &first, &last))
    message = g_list_model_get_item (G_LIST_MODEL (timeline), first);
  return message != NULL ? natter_message_get_time (message) : g_get_real_time ();
}

/**
 * natter_conversation_dup_position:
 * @self: a conversation
 *
 * Returns: (transfer full) (nullable): id of the last message in sight, %NULL at the end of the conversation
 */
char *
natter_conversation_dup_position (NatterConversation *self)
{
  NatterTimeline *timeline;
  g_autoptr(NatterMessage) message = NULL;
  guint first, last;

  g_return_val_if_fail (NATTER_IS_CONVERSATION (self), NULL);

  timeline = get_timeline (self);
  if (timeline == NULL || natter_scroller_get_following (natter_timeline_view_get_scroller (self->view))
      || !natter_message_list_get_visible_range (natter_timeline_view_get_list (self->view), &first, &last))
    return NULL;
  message = g_list_model_get_item (G_LIST_MODEL (timeline), last);
  return message != NULL ? g_strdup (natter_message_get_id (message)) : NULL;
}
