/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-thread-row"

#include "config.h"

#include "natter-thread-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-channel-menu.h"
#include "natter-clock.h"
#include "natter-context-menu.h"
#include "natter-member.h"
#include "natter-message-time.h"
#include "natter-phrase.h"
#include "natter-row-action.h"

/* A thread in the list of its forum. */
struct _NatterThreadRow
{
  GtkListBoxRow parent_instance;

  NatterChannel *thread;
  GSignalGroup  *creator_signals;
  NatterAvatar  *avatar;
  GtkLabel      *title_label;
  GtkLabel      *detail_label;
  GtkWidget     *pinned_icon;
  GtkWidget     *locked_icon;
  GtkLabel      *count_label;
};

G_DEFINE_FINAL_TYPE (NatterThreadRow, natter_thread_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_time (gint64 time)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local_usec (time);

  if (then != NULL && g_date_time_get_year (now) == g_date_time_get_year (then)
      && g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (then))
    return natter_message_time_format_clock (time);
  return natter_message_time_format_day (time, now);
}

static char *
describe (NatterChannel *thread)
{
  NatterMember *creator = natter_channel_get_creator (thread);
  g_autofree char *when = describe_time (natter_channel_get_activity (thread));
  GString *text = g_string_new (NULL);

  if (creator != NULL)
    g_string_append (text, natter_member_get_name (creator));
  if (*when != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", when);
  if (natter_channel_get_archived (thread))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _("Archived"));
  return g_string_free (text, FALSE);
}

static void
update_name (NatterThreadRow *self,
             const char      *detail)
{
  guint unread = natter_channel_get_unread (self->thread);
  g_autoptr(GString) name = g_string_new (natter_channel_get_title (self->thread));

  /* Translators: read by a screen reader: the title of a thread; by whom it is and from when */
  natter_phrase_set (name, _("%1$s, %2$s"), name->str, detail);
  if (natter_channel_get_pinned (self->thread))
    /* Translators: read by a screen reader: what was said of a thread so far, such as its title */
    natter_phrase_set (name, _("%s, pinned"), name->str);
  if (natter_channel_get_locked (self->thread))
    /* Translators: read by a screen reader: what was said of a thread so far, such as its title */
    natter_phrase_set (name, _("%s, locked"), name->str);
  if (unread > 0)
    natter_phrase_set (name, ngettext ("%1$s, %2$u unread message", "%1$s, %2$u unread messages", unread), name->str, unread);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
update (NatterThreadRow *self)
{
  NatterMember *creator = natter_channel_get_creator (self->thread);
  guint unread = natter_channel_get_unread (self->thread);
  g_autofree char *detail = describe (self->thread);
  g_autofree char *count = g_strdup_printf ("%u", unread);

  g_signal_group_set_target (self->creator_signals, creator);
  natter_avatar_set_text (self->avatar, creator != NULL ? natter_member_get_name (creator) : NULL);
  natter_avatar_set_uri (self->avatar, creator != NULL ? natter_member_get_avatar (creator) : NULL);
  gtk_label_set_text (self->title_label, natter_channel_get_title (self->thread));
  gtk_label_set_text (self->detail_label, detail);
  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), unread > 0);
  gtk_widget_set_visible (self->pinned_icon, natter_channel_get_pinned (self->thread));
  gtk_widget_set_visible (self->locked_icon, natter_channel_get_locked (self->thread));
  if (unread > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title_label), "heading");
  update_name (self, detail);
}

static GMenuModel *
make_menu (GtkWidget *widget, GtkWidget *popover)
{
  natter_channel_menu_attach (popover, widget, NATTER_THREAD_ROW (widget)->thread);
  return natter_channel_menu_new (NATTER_THREAD_ROW (widget)->thread);
}

static void
natter_thread_row_dispose (GObject *object)
{
  NatterThreadRow *self = NATTER_THREAD_ROW (object);

  if (self->creator_signals != NULL)
    g_signal_group_set_target (self->creator_signals, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_THREAD_ROW);
  g_clear_object (&self->thread);

  G_OBJECT_CLASS (natter_thread_row_parent_class)->dispose (object);
}

static void
natter_thread_row_finalize (GObject *object)
{
  g_clear_object (&NATTER_THREAD_ROW (object)->creator_signals);

  G_OBJECT_CLASS (natter_thread_row_parent_class)->finalize (object);
}

static void
natter_thread_row_class_init (NatterThreadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_thread_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = natter_thread_row_finalize;

  g_type_ensure (NATTER_TYPE_AVATAR);
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-thread-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, pinned_icon);
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, locked_icon);
  gtk_widget_class_bind_template_child (widget_class, NatterThreadRow, count_label);
}

static void
natter_thread_row_init (NatterThreadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->creator_signals = g_signal_group_new (NATTER_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->creator_signals, "notify::name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->creator_signals, "notify::avatar", G_CALLBACK (update), self);
}

/**
 * natter_thread_row_new:
 * @thread: a thread
 *
 * Returns: (transfer floating): a new row that follows @thread
 */
GtkWidget *
natter_thread_row_new (NatterChannel *thread)
{
  static const char * const signals[] = { "notify::title", "notify::creator", "notify::activity", "notify::locked",
                                          "notify::archived", "notify::unread" };
  NatterThreadRow *self = g_object_new (NATTER_TYPE_THREAD_ROW, NULL);

  self->thread = g_object_ref (thread);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (thread, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (natter_clock_get_default (), "notify::twelve-hours", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  natter_context_menu_add (GTK_WIDGET (self), make_menu);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * natter_thread_row_get_thread:
 * @self: a row
 *
 * Returns: (transfer none): the thread that it shows
 */
NatterChannel *
natter_thread_row_get_thread (NatterThreadRow *self)
{
  g_return_val_if_fail (NATTER_IS_THREAD_ROW (self), NULL);

  return self->thread;
}
