/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-row"

#include "config.h"

#include "natter-message-row.h"

#include <glib/gi18n.h>

#include "natter-attachments-view.h"
#include "natter-avatar.h"
#include "natter-channel.h"
#include "natter-clock.h"
#include "natter-error-text.h"
#include "natter-message-extras.h"
#include "natter-message-failure.h"
#include "natter-message-time.h"
#include "natter-name-color.h"
#include "natter-plain-name.h"
#include "natter-rich-text.h"
#include "natter-server.h"

/* Of the author's picture, in pixels */
#define PICTURE 40
#define COMPACT_PICTURE 24
#define PICTURE_MARGIN 2

/**
 * NatterMessageRow:
 *
 * One message in the list. Built once and used again for message after message: everything that it shows follows
 * #NatterMessageRow:message.
 *
 * Properties: message (nullable), summary (what a screen reader says: author, time, text).
 */
struct _NatterMessageRow
{
  GtkBox         parent_instance;

  GtkBox        *body;
  GtkBox        *head;
  NatterAvatar  *avatar;
  GtkLabel      *author;
  GtkLabel      *time;
  NatterRichText *text;

  /* Made when first needed, for most rows never need them. */
  GtkWidget     *gutter_time;
  GtkWidget     *reply;
  GtkWidget     *badge;
  GtkWidget     *failure;
  GtkWidget     *extras;
  GtkWidget     *blocked;
  GtkWidget     *waiting;
  GtkWidget     *attachments;

  NatterMessage *message;
  GSignalGroup  *signals;
  char          *summary;
  guint          dark : 1;
  guint          high_contrast : 1;
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  PROP_SUMMARY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMessageRow, natter_message_row, GTK_TYPE_BOX)

static char *
make_summary (NatterMessage *message)
{
  g_autofree char *name = natter_plain_name (natter_message_get_author_name (message));
  g_autofree char *time = natter_message_time_format_clock (natter_message_get_time (message));
  /* Translators: read by a screen reader instead of the text of a message whose author is blocked, as in “%s, %s: %s” */
  g_autofree char *text = natter_message_get_collapsed (message) ? g_strdup (_("blocked message"))
                                                                  : natter_message_dup_plain (message);

  switch (natter_message_get_state (message))
    {
    case NATTER_MESSAGE_PENDING:
      if (natter_message_get_waiting (message))
        /* Translators: read by a screen reader: author, time, text of a message */
        return g_strdup_printf (_("%s, %s: %s (waiting for connection)"), name, time, text);
      /* Translators: read by a screen reader: author, time, text of a message */
      return g_strdup_printf (_("%s, %s: %s (sending)"), name, time, text);
    case NATTER_MESSAGE_FAILED:
      /* Translators: read by a screen reader: author, time, text of a message */
      return g_strdup_printf (_("%s, %s: %s (not sent)"), name, time, text);
    case NATTER_MESSAGE_SENT:
    default:
      break;
    }
  if (natter_message_get_edited (message))
    /* Translators: read by a screen reader: author, time, text of a message */
    return g_strdup_printf (_("%s, %s: %s (edited)"), name, time, text);
  /* Translators: read by a screen reader: author, time, text of a message */
  return g_strdup_printf (_("%s, %s: %s"), name, time, text);
}

static void
update_summary (NatterMessageRow *self)
{
  g_autofree char *summary = self->message != NULL ? make_summary (self->message) : g_strdup ("");

  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
update_color (NatterMessageRow *self)
{
  natter_name_color_apply (self->author, natter_message_get_author_color (self->message));
}

/* Grouped messages have no place for it. */
static void
update_picture (NatterMessageRow *self)
{
  gboolean shown = !natter_message_get_continues (self->message);

  natter_avatar_set_uri (self->avatar, shown ? natter_message_get_author_avatar (self->message) : NULL);
}

static void
update_author (NatterMessageRow *self)
{
  g_autofree char *name = natter_plain_name (natter_message_get_author_name (self->message));

  gtk_label_set_text (self->author, name);
  natter_avatar_set_text (self->avatar, name);
  update_color (self);
}

static void
update_time (NatterMessageRow *self)
{
  gint64 time = natter_message_get_time (self->message);
  g_autofree char *clock = natter_message_time_format_clock (time);

  gtk_label_set_text (self->time, clock);
  if (self->gutter_time != NULL)
    gtk_label_set_text (GTK_LABEL (self->gutter_time), clock);
}

/* Asked for when it is wanted: setting a tooltip asks the display where the pointer is, for each row. */
static gboolean
on_query_time (GtkWidget        *label,
               int               x,
               int               y,
               gboolean          keyboard,
               GtkTooltip       *tooltip,
               NatterMessageRow *self)
{
  g_autofree char *full = NULL;

  if (self->message == NULL)
    return FALSE;
  full = natter_message_time_format_full (natter_message_get_time (self->message));
  gtk_tooltip_set_text (tooltip, full);
  return TRUE;
}

/* The mark of an edit stands behind the text and not in the head, because grouped messages have no head. */
static void
update_text (NatterMessageRow *self)
{
  NatterChannel *channel = natter_message_get_channel (self->message);
  NatterServer *server = channel != NULL ? natter_channel_get_server (channel) : NULL;
  g_autoptr(NatterDocument) shown = natter_message_dup_shown (self->message);

  natter_rich_text_set_document (self->text, shown,
                                 /* Translators: behind the text of a message that its author changed */
                                 natter_message_get_edited (self->message) ? _("(edited)") : NULL,
                                 server != NULL ? natter_server_get_address (server) : NULL);
}

static GtkWidget *
new_reply (void)
{
  GtkWidget *line = gtk_label_new (NULL);
  GtkWidget *reply = gtk_button_new ();

  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (line), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, "dimmed");
  gtk_button_set_child (GTK_BUTTON (reply), line);
  gtk_widget_set_halign (reply, GTK_ALIGN_START);
  gtk_widget_add_css_class (reply, "flat");
  gtk_widget_add_css_class (reply, "reply-line");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (reply), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (reply), "message.jump");
  return reply;
}

static char *
dup_reply_line (NatterMessage *message)
{
  g_autofree char *name = natter_plain_name (natter_message_get_reply_author_name (message));
  g_autofree char *plain = natter_message_dup_reply_plain (message);
  g_autofree char *text = natter_plain_name (plain);

  if (natter_message_get_reply_gone (message))
    return g_strdup (_("↩ The original message was deleted"));
  if (*name != '\0')
    /* Translators: above a reply: whom and what it answers */
    return g_strdup_printf (_("↩ %s: %s"), name, text);
  return g_strdup (_("↩ Reply to an earlier message"));
}

static void
update_reply (NatterMessageRow *self)
{
  const char *original = natter_message_get_reply_to_id (self->message);

  if (original != NULL)
    {
      g_autofree char *line = dup_reply_line (self->message);

      if (self->reply == NULL)
        {
          self->reply = new_reply ();
          gtk_box_prepend (self->body, self->reply);
        }
      gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->reply))), line);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reply), "s", original);
      natter_channel_fetch_original (natter_message_get_channel (self->message), self->message);
    }
  if (self->reply != NULL)
    gtk_widget_set_visible (self->reply, original != NULL);
}

static char *
dup_badge (NatterMessage *message)
{
  g_autofree char *command = NULL;

  switch (natter_message_get_origin (message))
    {
    case NATTER_MESSAGE_FROM_WEBHOOK:
      /* Translators: beside the name of the author of a message that another program put there */
      return g_strdup (_("Webhook"));
    case NATTER_MESSAGE_FROM_COMMAND:
      command = natter_plain_name (natter_message_get_command (message));
      return g_strconcat ("/", command, NULL);
    case NATTER_MESSAGE_FROM_SERVER:
      /* Translators: beside the name of the author of a message of the server itself */
      return g_strdup (_("Server"));
    case NATTER_MESSAGE_FROM_PERSON:
    default:
      return NULL;
    }
}

static void
update_badge (NatterMessageRow *self)
{
  g_autofree char *badge = dup_badge (self->message);

  if (badge != NULL && self->badge == NULL)
    {
      self->badge = gtk_label_new (NULL);
      gtk_label_set_ellipsize (GTK_LABEL (self->badge), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (self->badge, "badge");
      gtk_box_insert_child_after (self->head, self->badge, GTK_WIDGET (self->author));
    }
  if (self->badge == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->badge), badge != NULL ? badge : "");
  gtk_widget_set_visible (self->badge, badge != NULL);
}

static void
update_extras (NatterMessageRow *self)
{
  gboolean needed = natter_message_extras_needed (self->message) && !natter_message_get_collapsed (self->message);

  if (needed && self->extras == NULL)
    {
      self->extras = natter_message_extras_new ();
      gtk_box_insert_child_after (self->body, self->extras, GTK_WIDGET (self->text));
    }
  if (self->extras == NULL)
    return;
  natter_message_extras_set_message (NATTER_MESSAGE_EXTRAS (self->extras), needed ? self->message : NULL);
  gtk_widget_set_visible (self->extras, needed);
}

/* Of somebody who is blocked only a line is shown, which shows the rest when it is pressed. */
static void
update_collapsed (NatterMessageRow *self)
{
  gboolean collapsed = natter_message_get_collapsed (self->message);

  if (collapsed && self->blocked == NULL)
    {
      self->blocked = gtk_button_new_with_label (_("Show Blocked Message"));
      gtk_widget_set_halign (self->blocked, GTK_ALIGN_START);
      gtk_widget_add_css_class (self->blocked, "small-button");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->blocked), "s", "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->blocked), "message.reveal");
      gtk_box_insert_child_after (self->body, self->blocked, GTK_WIDGET (self->text));
    }
  if (self->blocked != NULL)
    {
      gtk_widget_set_visible (self->blocked, collapsed);
      if (natter_message_get_id (self->message) != NULL)
        gtk_actionable_set_action_target (GTK_ACTIONABLE (self->blocked), "s", natter_message_get_id (self->message));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->text), !collapsed && *natter_message_get_content (self->message) != '\0');
  update_extras (self);
}

static GtkWidget *
new_gutter_time (NatterMessageRow *self)
{
  GtkWidget *label = gtk_label_new (gtk_label_get_text (self->time));

  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_time), self);
  gtk_widget_set_size_request (label, 44, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, 3);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "gutter-time");
  return label;
}

static void
update_grouping (NatterMessageRow *self)
{
  gboolean continues = natter_message_get_continues (self->message);

  gtk_widget_set_visible (GTK_WIDGET (self->head), !continues);
  gtk_widget_set_visible (GTK_WIDGET (self->avatar), !continues);
  if (continues && self->gutter_time == NULL)
    {
      self->gutter_time = new_gutter_time (self);
      gtk_box_insert_child_after (GTK_BOX (self), self->gutter_time, GTK_WIDGET (self->avatar));
    }
  if (self->gutter_time != NULL)
    gtk_widget_set_visible (self->gutter_time, continues);
  if (continues)
    gtk_widget_add_css_class (GTK_WIDGET (self), "continues");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "continues");
  update_picture (self);
}

static void
show_failure (NatterMessageRow *self)
{
  const GError *error = natter_message_get_error (self->message);
  /* What the server has already was to be changed. */
  const char *unsaid = natter_message_get_id (self->message) != NULL ? _("This edit was not saved.")
                                                                     : _("This message was not sent.");
  g_autofree char *reason = NULL;

  if (self->failure == NULL)
    {
      self->failure = natter_message_failure_new ();
      gtk_box_append (self->body, self->failure);
    }
  reason = error != NULL ? natter_error_text_dup (error) : g_strdup (unsaid);
  natter_message_failure_set_reason (NATTER_MESSAGE_FAILURE (self->failure), reason);
}

static void
update_waiting (NatterMessageRow *self)
{
  gboolean waiting = natter_message_get_waiting (self->message);

  if (waiting && self->waiting == NULL)
    {
      self->waiting = gtk_label_new (_("Waiting for connection"));
      gtk_label_set_xalign (GTK_LABEL (self->waiting), 0);
      gtk_widget_add_css_class (self->waiting, "caption");
      gtk_box_append (self->body, self->waiting);
    }
  if (self->waiting != NULL)
    gtk_widget_set_visible (self->waiting, waiting);
}

static void
update_state (NatterMessageRow *self)
{
  NatterMessageState state = natter_message_get_state (self->message);

  update_waiting (self);

  if (state == NATTER_MESSAGE_PENDING)
    gtk_widget_add_css_class (GTK_WIDGET (self), "pending");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "pending");
  if (state == NATTER_MESSAGE_FAILED)
    show_failure (self);
  if (self->failure != NULL)
    gtk_widget_set_visible (self->failure, state == NATTER_MESSAGE_FAILED);
}

static void
update_attachments (NatterMessageRow *self)
{
  GListModel *attachments = self->message != NULL ? natter_message_get_attachments (self->message) : NULL;
  NatterChannel *channel = self->message != NULL ? natter_message_get_channel (self->message) : NULL;
  NatterServer *server = channel != NULL ? natter_channel_get_server (channel) : NULL;

  if (attachments != NULL && self->attachments == NULL)
    {
      self->attachments = natter_attachments_view_new ();
      gtk_box_insert_child_after (self->body, self->attachments, GTK_WIDGET (self->text));
    }
  if (self->attachments == NULL)
    return;
  natter_attachments_view_set (NATTER_ATTACHMENTS_VIEW (self->attachments), attachments, server);
  gtk_widget_set_visible (self->attachments, attachments != NULL && !natter_message_get_collapsed (self->message));
}

static void
update_all (NatterMessageRow *self)
{
  update_author (self);
  update_time (self);
  update_text (self);
  update_reply (self);
  update_badge (self);
  update_collapsed (self);
  update_grouping (self);
  update_state (self);
  update_attachments (self);
  update_summary (self);
}

static void
on_retry (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (widget);

  if (self->message != NULL)
    natter_channel_retry (natter_message_get_channel (self->message), self->message);
}

static void
on_copy (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  natter_message_row_copy_text (NATTER_MESSAGE_ROW (widget));
}

static void
on_discard (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (widget);

  if (self->message != NULL)
    natter_channel_discard (natter_message_get_channel (self->message), self->message);
}

/* A smaller picture stands in the middle of the same column. */
static void
update_picture_size (NatterMessageRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean compact = root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "compact");
  int size = compact ? COMPACT_PICTURE : PICTURE;
  int margin = PICTURE_MARGIN + (PICTURE - size) / 2;

  natter_avatar_set_size (self->avatar, size);
  gtk_widget_set_margin_start (GTK_WIDGET (self->avatar), margin);
  gtk_widget_set_margin_end (GTK_WIDGET (self->avatar), margin);
}

/* Comes to each widget when the style changes, so that no row has to listen to the style manager or to the window. */
static void
natter_message_row_css_changed (GtkWidget         *widget,
                                GtkCssStyleChange *change)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);

  GTK_WIDGET_CLASS (natter_message_row_parent_class)->css_changed (widget, change);

  update_picture_size (self);
  if (self->dark == dark && self->high_contrast == high_contrast)
    return;
  self->dark = dark;
  self->high_contrast = high_contrast;
  if (self->message != NULL)
    update_color (self);
}

static void
natter_message_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (object);

  switch (prop_id)
    {
    case PROP_MESSAGE:
      g_value_set_object (value, natter_message_row_get_message (self));
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, natter_message_row_get_summary (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_row_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (object);

  switch (prop_id)
    {
    case PROP_MESSAGE:
      natter_message_row_set_message (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_row_dispose (GObject *object)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MESSAGE_ROW);
  self->gutter_time = NULL;
  self->reply = NULL;
  self->badge = NULL;
  self->failure = NULL;
  self->attachments = NULL;
  self->extras = NULL;
  self->blocked = NULL;

  G_OBJECT_CLASS (natter_message_row_parent_class)->dispose (object);
}

static void
natter_message_row_finalize (GObject *object)
{
  NatterMessageRow *self = NATTER_MESSAGE_ROW (object);

  g_clear_object (&self->signals);
  g_free (self->summary);

  G_OBJECT_CLASS (natter_message_row_parent_class)->finalize (object);
}

static void
natter_message_row_class_init (NatterMessageRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_message_row_get_property;
  object_class->set_property = natter_message_row_set_property;
  object_class->dispose = natter_message_row_dispose;
  object_class->finalize = natter_message_row_finalize;
  widget_class->css_changed = natter_message_row_css_changed;

  properties[PROP_MESSAGE] =
    g_param_spec_object ("message", NULL, NULL, NATTER_TYPE_MESSAGE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, "",
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "message.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "message.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "message.discard", NULL, on_discard);

  g_type_ensure (NATTER_TYPE_AVATAR);
  g_type_ensure (NATTER_TYPE_RICH_TEXT);
  gtk_widget_class_set_css_name (widget_class, "message");
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, body);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, head);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, author);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageRow, text);
  gtk_widget_class_bind_template_callback (widget_class, on_query_time);
}

static void
connect_updates (NatterMessageRow *self)
{
  const struct
  {
    const char *signal;
    void      (*update) (NatterMessageRow *self);
  } updates[] = {
    { "notify::author-name", update_author },
    { "notify::author-color", update_color },
    { "notify::author-avatar", update_picture },
    { "notify::time", update_time },
    { "notify::document", update_text },
    { "notify::edited", update_text },
    { "notify::reply-to-id", update_reply },
    { "notify::reply-author-name", update_reply },
    { "notify::reply-text", update_reply },
    { "notify::reply-gone", update_reply },
    { "notify::origin", update_badge },
    { "notify::content", update_collapsed },
    { "notify::collapsed", update_collapsed },
    { "notify::collapsed", update_summary },
    { "notify::reactions", update_extras },
    { "notify::embeds", update_extras },
    { "notify::poll", update_extras },
    { "notify::continues", update_grouping },
    { "notify::state", update_state },
    { "notify::error", update_state },
    { "notify::waiting", update_state },
    { "notify::attachments", update_attachments },
    { "notify::collapsed", update_attachments },
    { "notify::author-name", update_summary },
    { "notify::time", update_summary },
    { "notify::document", update_summary },
    { "notify::edited", update_summary },
    { "notify::state", update_summary },
    { "notify::waiting", update_summary },
  };

  self->signals = g_signal_group_new (NATTER_TYPE_MESSAGE);
  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    g_signal_group_connect_swapped (self->signals, updates[i].signal, G_CALLBACK (updates[i].update), self);
}

static void
update_clock (NatterMessageRow *self)
{
  if (self->message == NULL)
    return;
  update_time (self);
  update_summary (self);
}

static void
natter_message_row_init (NatterMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->summary = g_strdup ("");
  connect_updates (self);
  g_signal_connect_object (natter_clock_get_default (), "notify::twelve-hours", G_CALLBACK (update_clock), self, G_CONNECT_SWAPPED);
}

/**
 * natter_message_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
natter_message_row_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_ROW, NULL);
}

/**
 * natter_message_row_get_message:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
NatterMessage *
natter_message_row_get_message (NatterMessageRow *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_ROW (self), NULL);

  return self->message;
}

/**
 * natter_message_row_set_message:
 * @self: a row
 * @message: (nullable): what to show; %NULL when the row waits for its next use
 */
void
natter_message_row_set_message (NatterMessageRow *self,
                                NatterMessage    *message)
{
  g_return_if_fail (NATTER_IS_MESSAGE_ROW (self));
  g_return_if_fail (message == NULL || NATTER_IS_MESSAGE (message));

  if (!g_set_object (&self->message, message))
    return;

  g_signal_group_set_target (self->signals, message);
  if (message != NULL)
    {
      update_all (self);
    }
  else
    {
      natter_avatar_set_uri (self->avatar, NULL);
      update_attachments (self);
      if (self->extras != NULL)
        natter_message_extras_set_message (NATTER_MESSAGE_EXTRAS (self->extras), NULL);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

/**
 * natter_message_row_get_summary:
 * @self: a row
 *
 * Returns: (transfer none): author, time and text in one line for a screen reader; empty with no message
 */
const char *
natter_message_row_get_summary (NatterMessageRow *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_ROW (self), NULL);

  return self->summary;
}

/**
 * natter_message_row_copy_text:
 * @self: a row
 *
 * Puts the text of the message on the clipboard.
 */
void
natter_message_row_copy_text (NatterMessageRow *self)
{
  const char *content;

  g_return_if_fail (NATTER_IS_MESSAGE_ROW (self));

  if (self->message == NULL)
    return;
  content = natter_message_get_content (self->message);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), content != NULL ? content : "");
}

/**
 * natter_message_row_is_author:
 * @self: a row
 * @part: a widget
 *
 * Returns: whether @part is the picture or the name of who wrote the message
 */
gboolean
natter_message_row_is_author (NatterMessageRow *self,
                              GtkWidget        *part)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_ROW (self), FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (part), FALSE);

  return part == GTK_WIDGET (self->author) || part == GTK_WIDGET (self->avatar)
         || gtk_widget_is_ancestor (part, GTK_WIDGET (self->avatar));
}
