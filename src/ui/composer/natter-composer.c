/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-composer"

#include "config.h"

#include "natter-composer.h"

#include <glib/gi18n.h>

#include "natter-completion-popover.h"
#include "natter-composer-bar.h"
#include "natter-composer-insert.h"
#include "natter-draft.h"
#include "natter-file-tray.h"
#include "natter-late-menu.h"
#include "natter-message.h"
#include "natter-message-time.h"
#include "natter-plain-name.h"
#include "natter-server.h"
#include "natter-poll-dialog.h"
#include "natter-slash-hint.h"
#include "natter-spelling.h"
#include "natter-text-marks.h"
#include "natter-timeline.h"

/* From so many characters before the limit on, the number left is shown. */
#define SHOWN_LEFT 200

/**
 * NatterComposer:
 *
 * Where one writes a message. Enter sends, Shift+Enter starts a line. It shows the draft of its channel, or the one of a
 * message that is being changed, and keeps nothing itself.
 *
 * Properties: channel (nullable).
 */
struct _NatterComposer
{
  AdwBin         parent_instance;

  GtkWidget     *frame;
  NatterComposerBar *bar;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
  GtkLabel      *placeholder;
  GtkLabel      *left;
  GtkLabel      *reason;
  GtkWidget     *reason_bar;
  GtkImage      *reason_icon;
  NatterSlashHint *hint;
  NatterFileTray *tray;
  GtkMenuButton *emoji;
  GtkMenuButton *attach;
  GMenuModel    *attach_menu;
  NatterCompletionPopover *completion;

  NatterChannel *channel;
  NatterDraft   *draft;
  NatterMessage *edited; /* what @draft is to become, NULL for a new message */
  GSignalGroup  *signals;
  GSignalGroup  *file_signals;
  GSignalGroup  *draft_signals;
  GSignalGroup  *connection_signals;
  guint          loading : 1;
  guint          calling : 1; /* a slash command is on its way */
};

enum
{
  PROP_0,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterComposer, natter_composer, ADW_TYPE_BIN)

static char *
dup_text (NatterComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

/* What was typed here is there already. */
static void
show_draft (NatterComposer *self)
{
  const char *draft = natter_draft_get_text (self->draft);
  g_autofree char *text = dup_text (self);

  if (g_str_equal (text, draft))
    return;
  self->loading = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, draft, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->loading = FALSE;
}

static void
set_draft (NatterComposer *self,
           NatterDraft    *draft)
{
  if (self->draft != NULL)
    natter_draft_flush (self->draft);
  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  natter_composer_bar_set_draft (self->bar, self->channel, draft);
  if (draft != NULL)
    show_draft (self);
  natter_completion_popover_set_channel (self->completion, self->channel);
}

static void
show_new_message (NatterComposer *self)
{
  g_clear_object (&self->edited);
  set_draft (self, self->channel != NULL ? natter_channel_get_draft (self->channel) : NULL);
}

static void
on_focus_left (NatterComposer *self)
{
  if (self->draft != NULL)
    natter_draft_flush (self->draft);
}

static const char *
describe_block (NatterSendBlock block)
{
  switch (block)
    {
    case NATTER_SEND_NO_RIGHT:
      return _("You don’t have permission to send messages here.");
    case NATTER_SEND_WRONG_KIND:
      return _("Messages can’t be sent in this kind of channel.");
    case NATTER_SEND_LOCKED:
      return _("This thread is locked. Nobody can write in it.");
    case NATTER_SEND_OFFLINE:
      return _("You are offline. What you send waits until the connection is back.");
    case NATTER_SEND_ALLOWED:
    default:
      return NULL;
    }
}

static gboolean
may_send (NatterSendBlock block)
{
  return block == NATTER_SEND_ALLOWED || block == NATTER_SEND_OFFLINE;
}

static gint64
count_left (NatterComposer *self,
            const char     *text)
{
  guint limit = natter_channel_get_max_length (self->channel);
  NatterServer *server = natter_channel_get_server (self->channel);
  g_autofree char *written = NULL;

  /* Servers that name no limit are free of one here. */
  if (limit == 0 || server == NULL)
    return G_MAXINT64;
  written = natter_server_write_emojis (server, text);
  return (gint64) limit - g_utf8_strlen (written, -1);
}

static void
update_left (NatterComposer *self,
             gint64          left)
{
  g_autofree char *text = NULL;

  if (left < 0)
    {
      guint over = MIN (-left, G_MAXUINT);

      text = g_strdup_printf (ngettext ("%u character too long", "%u characters too long", over), over);
    }
  else if (left < SHOWN_LEFT)
    text = g_strdup_printf (ngettext ("%u character left", "%u characters left", left), (guint) left);

  gtk_label_set_text (self->left, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left), text != NULL);
  if (left < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->left), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->left), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               left < 0 ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Files go with new messages. */
static gboolean
has_files (NatterComposer *self)
{
  return self->edited == NULL && g_list_model_get_n_items (natter_channel_get_files (self->channel)) > 0;
}

static void
update_sending (NatterComposer *self)
{
  g_autofree char *text = NULL;
  NatterSendBlock block;
  gint64 left;

  if (self->channel == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send", FALSE);
      return;
    }

  text = g_strstrip (dup_text (self));
  block = natter_channel_get_send_block (self->channel);
  left = count_left (self, text);
  update_left (self, left);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.send",
                                 may_send (block) && (*text != '\0' || has_files (self)) && left >= 0 && !self->calling);
}

static NatterConnection *
get_connection (NatterComposer *self)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  return server != NULL ? natter_server_get_connection (server) : NULL;
}

static char *
describe_time_out (NatterConnection *connection)
{
  gint64 left = natter_connection_get_rate_limit_until (connection) - g_get_monotonic_time ();
  gint64 until = g_get_real_time () + left;
  g_autofree char *end = left < G_TIME_SPAN_DAY / 2 ? natter_message_time_format_clock (until)
                                                    : natter_message_time_format_full (until);
  g_autofree char *reason = natter_plain_name (natter_connection_get_limit_reason (connection));

  if (*reason != '\0')
    /* Translators: a time, then why in somebody's words */
    return g_strdup_printf (_("A moderator has timed you out until %1$s: %2$s"), end, reason);
  /* Translators: a time */
  return g_strdup_printf (_("A moderator has timed you out. What you send waits until %s."), end);
}

/* (transfer full) (nullable) */
static char *
describe_limit (NatterComposer *self)
{
  NatterConnection *connection = get_connection (self);
  guint left = connection != NULL ? natter_connection_get_rate_limit_left (connection) : 0;

  if (left == 0)
    return NULL;
  if (natter_connection_get_timed_out (connection))
    return describe_time_out (connection);
  return g_strdup_printf (ngettext ("That was too fast for this server. Sending continues in %u second.",
                                    "That was too fast for this server. Sending continues in %u seconds.", left), left);
}

static void
update_block (NatterComposer *self)
{
  NatterSendBlock block = natter_channel_get_send_block (self->channel);
  g_autofree char *limit = block == NATTER_SEND_ALLOWED ? describe_limit (self) : NULL;
  const char *reason = limit != NULL ? limit : describe_block (block);
  gboolean writable = may_send (block);

  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_image_set_from_icon_name (self->reason_icon, limit != NULL ? "document-open-recent-symbolic"
                                                   : block == NATTER_SEND_OFFLINE ? "network-offline-symbolic"
                                                                                  : "changes-prevent-symbolic");
  gtk_widget_set_visible (self->reason_bar, reason != NULL);
  gtk_widget_set_visible (self->frame, writable);
  update_sending (self);
}

static void
update_title (NatterComposer *self)
{
  g_autofree char *title = natter_plain_name (natter_channel_get_title (self->channel));
  g_autofree char *text = NULL;

  if (natter_channel_get_thread_id (self->channel) != NULL)
    /* Translators: in the empty message entry; the title of a thread */
    text = g_strdup_printf (_("Message in “%s”"), title);
  else
    /* Translators: in the empty message entry; the name of a channel */
    text = g_strdup_printf (_("Message #%s"), title);
  gtk_label_set_text (self->placeholder, text);
}

static void
on_text_changed (NatterComposer *self)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), gtk_text_buffer_get_char_count (self->buffer) == 0);
  update_sending (self);
  if (self->loading || self->draft == NULL)
    return;
  text = dup_text (self);
  natter_draft_set_text (self->draft, text);
  natter_file_tray_forget_reason (self->tray);
  if (gtk_text_buffer_get_char_count (self->buffer) > 0)
    natter_channel_typed (self->channel);
}

static void
send_edit (NatterComposer *self,
           const char     *text)
{
  natter_channel_edit (self->channel, self->edited, text);
  show_new_message (self);
}

/* What is being written is kept until the command has been run. */
static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterComposer) self = data;
  NatterChannel *channel = NATTER_CHANNEL (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = natter_channel_call_finish (channel, result, &error);

  self->calling = FALSE;
  if (answer != NULL)
    natter_draft_clear (natter_channel_get_draft (channel));
  if (channel == self->channel && error != NULL)
    natter_slash_hint_show_error (self->hint, error);
  else if (channel == self->channel && *answer != '\0')
    natter_slash_hint_show_answer (self->hint, answer);
  update_sending (self);
}

static gboolean
call_command (NatterComposer *self,
              const char     *text)
{
  NatterServer *server = natter_channel_get_server (self->channel);

  if (natter_channel_get_send_block (self->channel) != NATTER_SEND_ALLOWED
      || natter_server_find_command (server, text) == NULL)
    return FALSE;
  self->calling = TRUE;
  update_sending (self);
  natter_channel_call_async (self->channel, text, on_called, g_object_ref (self));
  return TRUE;
}

static void
on_completion_updated (NatterComposer *self)
{
  NatterCompletion *completion = natter_completion_popover_get_completion (self->completion);

  natter_slash_hint_show_command (self->hint, natter_completion_get_command (completion),
                                  natter_completion_get_option (completion));
}

static void
on_send (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterComposer *self = NATTER_COMPOSER (widget);
  g_autofree char *text = NULL;

  if (self->channel == NULL || !may_send (natter_channel_get_send_block (self->channel)))
    return;
  text = g_strstrip (dup_text (self));
  if ((*text == '\0' && !has_files (self)) || count_left (self, text) < 0 || self->calling)
    return;

  if (self->edited != NULL)
    send_edit (self, text);
  else if (has_files (self) || !call_command (self, text))
    natter_channel_send_draft_soon (self->channel);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Gives up changing a message, else answering one. */
static gboolean
step_back (NatterComposer *self)
{
  if (self->draft == NULL)
    return FALSE;
  if (self->edited != NULL)
    {
      natter_draft_clear (self->draft);
      show_new_message (self);
      return TRUE;
    }
  if (natter_draft_get_reply_to (self->draft) == NULL)
    return FALSE;
  natter_draft_set_reply_to (self->draft, NULL);
  return TRUE;
}

static void
on_step_back (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  step_back (NATTER_COMPOSER (widget));
  gtk_widget_grab_focus (widget);
}

static gboolean
edit_last (NatterComposer *self)
{
  GListModel *timeline;

  if (self->channel == NULL || self->edited != NULL || gtk_text_buffer_get_char_count (self->buffer) > 0)
    return FALSE;
  timeline = G_LIST_MODEL (natter_channel_get_timeline (self->channel));
  for (guint i = g_list_model_get_n_items (timeline); i > 0; i--)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (timeline, i - 1);

      if (!natter_message_get_may_edit (message))
        continue;
      natter_composer_edit (self, message);
      return TRUE;
    }
  return FALSE;
}

static gboolean
on_key_pressed (NatterComposer        *self,
                guint                  key,
                guint                  code,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (natter_completion_popover_take_key (self->completion, key, modifiers))
    return GDK_EVENT_STOP;
  if (natter_text_marks_take_key (self->buffer, key, modifiers))
    return GDK_EVENT_STOP;
  if (key == GDK_KEY_Escape)
    return step_back (self);
  if (key == GDK_KEY_Up && (modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == 0)
    return edit_last (self);
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & (GDK_SHIFT_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  /* To an input method Enter means to accept what it composes. */
  if (event != NULL && gtk_text_view_im_context_filter_keypress (self->view, event))
    return GDK_EVENT_STOP;

  gtk_widget_activate_action (GTK_WIDGET (self), "composer.send", NULL);
  return GDK_EVENT_STOP;
}

static void
on_upload (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  natter_file_tray_choose (NATTER_COMPOSER (widget)->tray);
}

static void
on_poll (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterComposer *self = NATTER_COMPOSER (widget);

  if (self->channel != NULL)
    adw_dialog_present (ADW_DIALOG (natter_poll_dialog_new (self->channel)), widget);
}

static void
on_focus_entry (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_widget_grab_focus (widget);
}

static void
on_paste (NatterComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->view));

  g_signal_stop_emission_by_name (self->view, "paste-clipboard");
  if (self->channel != NULL && !natter_file_tray_paste (self->tray, clipboard))
    natter_composer_paste_text (self->view, clipboard, self->tray, natter_channel_get_max_length (self->channel));
}

static gboolean
natter_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (NATTER_COMPOSER (widget)->view));
}

static void
natter_composer_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_object (value, natter_composer_get_channel (NATTER_COMPOSER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_composer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      natter_composer_set_channel (NATTER_COMPOSER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_composer_dispose (GObject *object)
{
  NatterComposer *self = NATTER_COMPOSER (object);

  g_signal_group_set_target (self->signals, NULL);
  g_signal_group_set_target (self->draft_signals, NULL);
  g_signal_group_set_target (self->file_signals, NULL);
  g_signal_group_set_target (self->connection_signals, NULL);
  if (self->draft != NULL)
    natter_draft_flush (self->draft);
  g_clear_object (&self->draft);
  g_clear_object (&self->edited);
  g_clear_object (&self->channel);
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_COMPOSER);

  G_OBJECT_CLASS (natter_composer_parent_class)->dispose (object);
}

static void
natter_composer_finalize (GObject *object)
{
  NatterComposer *self = NATTER_COMPOSER (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->file_signals);
  g_clear_object (&self->connection_signals);

  G_OBJECT_CLASS (natter_composer_parent_class)->finalize (object);
}

static void
natter_composer_class_init (NatterComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_composer_get_property;
  object_class->set_property = natter_composer_set_property;
  object_class->dispose = natter_composer_dispose;
  object_class->finalize = natter_composer_finalize;
  widget_class->grab_focus = natter_composer_grab_focus;

  properties[PROP_CHANNEL] =
    g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "composer.send", NULL, on_send);
  gtk_widget_class_install_action (widget_class, "composer.step-back", NULL, on_step_back);
  gtk_widget_class_install_action (widget_class, "composer.upload", NULL, on_upload);
  gtk_widget_class_install_action (widget_class, "composer.poll", NULL, on_poll);
  gtk_widget_class_install_action (widget_class, "composer.focus", NULL, on_focus_entry);

  g_type_ensure (NATTER_TYPE_COMPOSER_BAR);
  g_type_ensure (NATTER_TYPE_FILE_TRAY);
  g_type_ensure (NATTER_TYPE_SLASH_HINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, frame);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, bar);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, view);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, buffer);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, left);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, reason);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, reason_bar);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, reason_icon);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, hint);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, tray);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, emoji);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, attach);
  gtk_widget_class_bind_template_child (widget_class, NatterComposer, attach_menu);
}

static void
natter_composer_init (NatterComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  natter_late_menu_set (self->attach, self->attach_menu);
  self->buffer = natter_spelling_attach (self->view);
  g_signal_connect_object (self->view, "paste-clipboard", G_CALLBACK (on_paste), self, G_CONNECT_SWAPPED);
  natter_composer_offer_emojis (self->emoji, self->view);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);

  /* The newest controller of a phase runs first, so this one sees Enter before the text view makes a line of it. */
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);

  self->completion = natter_completion_popover_new (GTK_WIDGET (self), self->view);
  g_signal_connect_object (natter_completion_popover_get_completion (self->completion), "updated",
                           G_CALLBACK (on_completion_updated), self, G_CONNECT_SWAPPED);

  self->signals = g_signal_group_new (NATTER_TYPE_CHANNEL);
  g_signal_group_connect_swapped (self->signals, "notify::cannot-send-reason", G_CALLBACK (update_block), self);
  g_signal_group_connect_swapped (self->signals, "notify::can-send", G_CALLBACK (update_block), self);
  g_signal_group_connect_swapped (self->signals, "notify::title", G_CALLBACK (update_title), self);
  self->connection_signals = g_signal_group_new (NATTER_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "notify::rate-limit-left", G_CALLBACK (update_block), self);
  self->file_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->file_signals, "items-changed", G_CALLBACK (update_sending), self);
  self->draft_signals = g_signal_group_new (NATTER_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify::text", G_CALLBACK (show_draft), self);
  update_sending (self);
}

/**
 * natter_composer_get_channel:
 * @self: a composer
 *
 * Returns: (transfer none) (nullable): where it sends to
 */
NatterChannel *
natter_composer_get_channel (NatterComposer *self)
{
  g_return_val_if_fail (NATTER_IS_COMPOSER (self), NULL);

  return self->channel;
}

/**
 * natter_composer_set_channel:
 * @self: a composer
 * @channel: (nullable): where to send to
 *
 * Shows what was written for @channel before.
 */
void
natter_composer_set_channel (NatterComposer *self,
                             NatterChannel  *channel)
{
  g_return_if_fail (NATTER_IS_COMPOSER (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (!g_set_object (&self->channel, channel))
    return;

  g_signal_group_set_target (self->signals, channel);
  g_signal_group_set_target (self->connection_signals, get_connection (self));
  g_signal_group_set_target (self->file_signals, channel != NULL ? natter_channel_get_files (channel) : NULL);
  natter_file_tray_set_channel (self->tray, channel);
  show_new_message (self);
  if (channel != NULL)
    {
      update_title (self);
      update_block (self);
    }
  else
    update_sending (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

/**
 * natter_composer_reply:
 * @self: a composer with a channel
 * @message: a message of that channel
 *
 * What is written answers @message, and its author is notified unless the person switches that off.
 */
void
natter_composer_reply (NatterComposer *self,
                       NatterMessage  *message)
{
  g_return_if_fail (NATTER_IS_COMPOSER (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (self->edited != NULL)
    show_new_message (self);
  if (self->draft == NULL)
    return;
  natter_draft_set_reply_to (self->draft, natter_message_get_id (message));
  natter_draft_set_reply_pings (self->draft, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * natter_composer_edit:
 * @self: a composer with a channel
 * @message: a message of that channel
 *
 * What is written becomes the text of @message; it begins with what the message says, or with what was written for it
 * before. What was written for a new message is kept until that is done.
 */
void
natter_composer_edit (NatterComposer *self,
                      NatterMessage  *message)
{
  NatterDraft *draft;
  GtkTextIter end;

  g_return_if_fail (NATTER_IS_COMPOSER (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  draft = self->channel != NULL ? natter_channel_get_edit_draft (self->channel, natter_message_get_id (message)) : NULL;
  if (draft == NULL)
    return;
  if (*natter_draft_get_text (draft) == '\0')
    {
      g_autofree char *text = natter_server_read_emojis (natter_channel_get_server (self->channel),
                                                         natter_message_get_content (message));

      natter_draft_set_text (draft, text);
    }
  g_set_object (&self->edited, message);
  set_draft (self, draft);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/**
 * natter_composer_accept_drop:
 * @self: a composer
 * @widget: on which files may be dropped that are to go with the message
 */
void
natter_composer_accept_drop (NatterComposer *self,
                             GtkWidget      *widget)
{
  g_return_if_fail (NATTER_IS_COMPOSER (self));

  natter_file_tray_accept_drop (self->tray, widget);
}

/**
 * natter_composer_quote:
 * @self: a composer with a channel
 * @text: what somebody said
 *
 * Puts @text in front of what comes next, as a quote.
 */
void
natter_composer_quote (NatterComposer *self,
                       const char     *text)
{
  g_return_if_fail (NATTER_IS_COMPOSER (self));
  g_return_if_fail (text != NULL);

  natter_composer_insert_quote (self->buffer, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
