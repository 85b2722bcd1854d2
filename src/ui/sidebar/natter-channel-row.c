/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-channel-row"

#include "config.h"

#include "natter-channel-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-channel-menu.h"
#include "natter-context-menu.h"
#include "natter-phrase.h"
#include "natter-row-action.h"
#include "natter-voice-user.h"

/* Who is named by a screen reader, and who is shown. */
#define MAX_NAMED 5
#define MAX_SHOWN 12

/* How much further in than their forum threads are, in pixels. */
#define THREAD_INDENT 16

struct _NatterChannelRow
{
  GtkListBoxRow parent_instance;

  NatterChannel *channel;
  GtkImage      *icon;
  GtkBox        *title_box;
  GtkLabel      *title_label;

  /* NULL until they are needed. */
  GtkWidget     *draft_icon;
  GtkWidget     *muted_icon;
  GtkWidget     *count_label;
  GtkBox        *voice_box;
};

G_DEFINE_FINAL_TYPE (NatterChannelRow, natter_channel_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
icon_name (NatterChannelType kind)
{
  switch (kind)
    {
    case NATTER_CHANNEL_VOICE:
      return "natter-channel-voice-symbolic";
    case NATTER_CHANNEL_FORUM:
      return "natter-channel-forum-symbolic";
    case NATTER_CHANNEL_THREAD:
    case NATTER_CHANNEL_CHAT:
      return "natter-channel-chat-symbolic";
    case NATTER_CHANNEL_TEXT:
    case NATTER_CHANNEL_SEPARATOR:
    default:
      return "natter-channel-text-symbolic";
    }
}

static void
append_kind (GString *label, NatterChannelType kind)
{
  if (kind == NATTER_CHANNEL_VOICE)
    /* Translators: read by a screen reader: the name of a channel, and what kind of channel it is */
    natter_phrase_set (label, _("%s, voice channel"), label->str);
  else if (kind == NATTER_CHANNEL_FORUM)
    /* Translators: read by a screen reader: the name of a channel, and what kind of channel it is */
    natter_phrase_set (label, _("%s, forum"), label->str);
  else if (kind == NATTER_CHANNEL_THREAD)
    /* Translators: read by a screen reader: the title of a thread, and what it is */
    natter_phrase_set (label, _("%s, thread"), label->str);
}

static void
append_voice (GString *label, GListModel *voice)
{
  guint count = g_list_model_get_n_items (voice);

  if (count == 0)
    return;
  /* Translators: read by a screen reader: a voice channel, how many people are in it */
  natter_phrase_set (label, ngettext ("%1$s, %2$u person inside", "%1$s, %2$u people inside", count), label->str, count);
  for (guint i = 0; i < MIN (count, MAX_NAMED); i++)
    {
      g_autoptr(NatterVoiceUser) user = g_list_model_get_item (voice, i);

      g_string_append_printf (label, "%s%s", i == 0 ? ": " : ", ", natter_member_get_name (natter_voice_user_get_member (user)));
    }
}

static void
set_css_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_mark (NatterChannelRow *self, GtkWidget **mark, GtkWidget *(*make) (void), gboolean shown, GtkWidget *after)
{
  if (shown && *mark == NULL)
    {
      *mark = make ();
      gtk_box_insert_child_after (self->title_box, *mark, after);
    }
  if (*mark != NULL)
    gtk_widget_set_visible (*mark, shown);
}

static GtkWidget *
new_icon (const char *name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", name, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static GtkWidget *
new_draft_icon (void)
{
  GtkWidget *icon = new_icon ("document-edit-symbolic");

  gtk_widget_add_css_class (icon, "dimmed");
  gtk_widget_add_css_class (icon, "draft");
  return icon;
}

static GtkWidget *
new_muted_icon (void)
{
  return new_icon ("notifications-disabled-symbolic");
}

static GtkWidget *
new_count_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "badge");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
show_count (NatterChannelRow *self)
{
  guint unread = natter_channel_get_unread (self->channel);
  guint mentions = natter_channel_get_mentions (self->channel);
  gboolean shown = !natter_channel_get_muted (self->channel) && (unread > 0 || mentions > 0);
  gboolean capped = FALSE;
  g_autofree char *count = NULL;

  set_css_class (GTK_WIDGET (self), "unread", shown);
  show_mark (self, &self->count_label, new_count_label, shown, gtk_widget_get_last_child (GTK_WIDGET (self->title_box)));
  if (!shown)
    return;
  g_object_get (self->channel, "unread-capped", &capped, NULL);
  count = g_strdup_printf (capped && mentions == 0 ? "%u+" : "%u", mentions > 0 ? mentions : unread);
  gtk_label_set_text (GTK_LABEL (self->count_label), count);
  set_css_class (self->count_label, "mention", mentions > 0);
}

static void
update (NatterChannelRow *self)
{
  const char *title = natter_channel_get_title (self->channel);
  NatterChannelType kind = natter_channel_get_kind (self->channel);
  guint unread = natter_channel_get_unread (self->channel);
  guint mentions = natter_channel_get_mentions (self->channel);
  gboolean muted = natter_channel_get_muted (self->channel);
  g_autoptr(GString) label = g_string_new (title);

  append_kind (label, kind);
  append_voice (label, natter_channel_get_voice (self->channel));
  if (muted)
    /* Translators: read by a screen reader: what was said of a channel or server so far, such as its name */
    natter_phrase_set (label, _("%s, muted"), label->str);
  if (unread > 0)
    /* Translators: read by a screen reader: what was said of a channel so far, such as its name; how many messages */
    natter_phrase_set (label, ngettext ("%1$s, %2$u unread message", "%1$s, %2$u unread messages", unread), label->str, unread);
  if (mentions > 0)
    /* Translators: read by a screen reader: what was said of a channel, section, folder or server so far; how many mentions */
    natter_phrase_set (label, ngettext ("%1$s, %2$u mention", "%1$s, %2$u mentions", mentions), label->str, mentions);
  if (natter_channel_get_has_draft (self->channel))
    /* Translators: read by a screen reader: what was said of a channel so far, such as its name */
    natter_phrase_set (label, _("%s, draft"), label->str);

  gtk_widget_set_margin_start (GTK_WIDGET (self->icon), kind == NATTER_CHANNEL_THREAD ? THREAD_INDENT : 0);
  gtk_image_set_from_icon_name (self->icon, icon_name (kind));
  gtk_label_set_text (self->title_label, title);
  show_mark (self, &self->draft_icon, new_draft_icon, natter_channel_get_has_draft (self->channel), GTK_WIDGET (self->title_label));
  show_mark (self, &self->muted_icon, new_muted_icon, muted, self->draft_icon != NULL ? self->draft_icon : GTK_WIDGET (self->title_label));
  show_count (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
add_person (NatterChannelRow *self, NatterVoiceUser *user)
{
  NatterMember *member = natter_voice_user_get_member (user);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *avatar = natter_avatar_new (20);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name ("microphone-sensitivity-muted-symbolic");

  /* Who it is may be known only later. */
  g_object_bind_property (member, "name", name, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (member, "name", avatar, "text", G_BINDING_SYNC_CREATE);
  g_object_bind_property (member, "avatar", avatar, "uri", G_BINDING_SYNC_CREATE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (name, "caption");
  g_object_bind_property (user, "muted", icon, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (self->voice_box, box);
}

/* Few channels have it. */
static void
make_voice_box (NatterChannelRow *self)
{
  g_autoptr(GtkWidget) title = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self)));
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->voice_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_widget_set_margin_start (GTK_WIDGET (self->voice_box), 25);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->voice_box), 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), both);
  gtk_box_append (GTK_BOX (both), title);
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (self->voice_box));
}

static void
show_voice (NatterChannelRow *self)
{
  GListModel *voice = natter_channel_get_voice (self->channel);
  guint count = g_list_model_get_n_items (voice);
  GtkWidget *child;

  if (self->voice_box == NULL && count == 0)
    return;
  if (self->voice_box == NULL)
    make_voice_box (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->voice_box))) != NULL)
    gtk_box_remove (self->voice_box, child);
  for (guint i = 0; i < MIN (count, MAX_SHOWN); i++)
    {
      g_autoptr(NatterVoiceUser) user = g_list_model_get_item (voice, i);

      add_person (self, user);
    }
  if (count > MAX_SHOWN)
    {
      /* Translators: how many people more are in a voice channel than there is room for. */
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", count - MAX_SHOWN), count - MAX_SHOWN);
      GtkWidget *more = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (more), 0);
      gtk_widget_add_css_class (more, "caption");
      gtk_box_append (self->voice_box, more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->voice_box), count > 0);
}

static void
voice_changed_cb (NatterChannelRow *self)
{
  show_voice (self);
  update (self);
}

static GMenuModel *
make_menu (GtkWidget *widget, GtkWidget *popover)
{
  natter_channel_menu_attach (popover, widget, NATTER_CHANNEL_ROW (widget)->channel);
  return natter_channel_menu_new (NATTER_CHANNEL_ROW (widget)->channel);
}

static void
natter_channel_row_dispose (GObject *object)
{
  NatterChannelRow *self = NATTER_CHANNEL_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_CHANNEL_ROW);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (natter_channel_row_parent_class)->dispose (object);
}

static void
natter_channel_row_class_init (NatterChannelRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_channel_row_dispose;
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-channel-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterChannelRow, icon);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelRow, title_label);
}

static void
natter_channel_row_init (NatterChannelRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Not bound: the template would free it without the row hearing of it. */
  self->title_box = GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->title_label)));
}

/**
 * natter_channel_row_new:
 * @channel: the channel to show
 *
 * Returns: (transfer floating): a new row that follows @channel
 */
GtkWidget *
natter_channel_row_new (NatterChannel *channel)
{
  static const char * const signals[] = { "notify::title", "notify::kind", "notify::unread", "notify::mentions",
                                          "notify::has-draft", "notify::muted" };
  NatterChannelRow *self = g_object_new (NATTER_TYPE_CHANNEL_ROW, NULL);

  self->channel = g_object_ref (channel);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (channel, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  /* Apart from the others: setting a tooltip asks the display where the pointer is. */
  g_object_bind_property (channel, "description", self, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (natter_channel_get_voice (channel), "items-changed", G_CALLBACK (voice_changed_cb), self, G_CONNECT_SWAPPED);
  natter_context_menu_add (GTK_WIDGET (self), make_menu);
  voice_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * natter_channel_row_get_channel:
 * @self: a row
 *
 * Returns: (transfer none): the channel that it shows
 */
NatterChannel *
natter_channel_row_get_channel (NatterChannelRow *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL_ROW (self), NULL);
  return self->channel;
}
