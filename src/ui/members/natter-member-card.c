/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-member-card"

#include "config.h"

#include "natter-member-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-error-text.h"
#include "natter-name-color.h"
#include "natter-plain-name.h"
#include "natter-role.h"
#include "natter-rotur-people.h"
#include "natter-server-moderation.h"
#include "natter-session.h"
#include "natter-status-text.h"
#include "natter-time-out-dialog.h"

/* Roles are shown, not counted. */
#define MAX_ROLES 24

/* Everybody has it. */
#define ROLE_OF_ALL "user"

/**
 * NatterMemberCard:
 *
 * Who somebody is on a server.
 *
 * Signal "mention" (#NatterMember): the person wants to mention them.
 */
struct _NatterMemberCard
{
  GtkPopover    parent_instance;

  NatterAvatar *avatar;
  GtkLabel     *name;
  GtkLabel     *username;
  GtkWidget    *dot;
  GtkLabel     *status;
  GtkLabel     *about;
  AdwWrapBox   *roles;
  GtkWidget    *measures;
  GtkButton    *block;
  GtkWidget    *time_out;

  NatterServer *server;
  NatterMember *member;
  NatterChannel *channel; /* what is shown beside it, NULL: nothing */
  GSignalGroup *signals;
  GCancellable *cancellable; /* of the profile, NULL: there is none */
  GSignalGroup *commands; /* with one of them a reason can be given */
};

enum
{
  MENTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterMemberCard, natter_member_card, GTK_TYPE_POPOVER)

static void
on_mention (NatterMemberCard *self)
{
  g_autoptr(NatterMemberCard) keep = g_object_ref (self);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[MENTION], 0, self->member);
}

static void
on_copy (NatterMemberCard *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), natter_member_get_username (self->member));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_block_changed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GtkWidget) parent = data;
  GtkWidget *overlay = gtk_widget_get_ancestor (parent, ADW_TYPE_TOAST_OVERLAY);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (natter_session_block_finish (NATTER_SESSION (source), result, &error) || overlay == NULL)
    return;
  text = natter_error_text_dup (error);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL));
}

static void
on_block (NatterMemberCard *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  NatterSession *session = natter_server_get_session (self->server);
  NatterAccount *account = natter_server_get_account (self->server);
  g_autoptr(NatterMemberCard) keep = g_object_ref (self);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (session != NULL && account != NULL)
    natter_session_block_async (session, account, self->member, !natter_member_get_blocked (self->member), on_block_changed,
                                g_object_ref (parent));
}

static void
show_profile (NatterMemberCard   *self,
              NatterRoturProfile *profile)
{
  g_autofree char *pronouns = natter_plain_name (profile->pronouns);
  g_autofree char *bio = natter_plain_name (profile->bio);
  g_autoptr(GDateTime) created = profile->created > 0 ? g_date_time_new_from_unix_local_usec (profile->created) : NULL;
  /* Translators: a month of a year; see strftime(3) */
  g_autofree char *month = created != NULL ? g_date_time_format (created, C_("date", "%B %Y")) : NULL;
  /* Translators: the month since which somebody has an account with Rotur */
  g_autofree char *since = month != NULL ? g_strdup_printf (_("With Rotur since %s"), month) : NULL;
  const char *lines[] = { pronouns, bio, since };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL && *lines[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  gtk_label_set_text (self->about, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->about), text->len > 0);
}

static void
on_profile (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterMemberCard) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturProfile) profile = natter_rotur_get_profile_finish (NATTER_ROTUR (source), result, &error);

  if (profile != NULL && self->about != NULL)
    show_profile (self, profile);
  else if (error != NULL)
    g_debug ("No profile: %s", error->message);
}

/* Rotur learns whose card is opened, so that is only done for those who are with Rotur themselves. */
static void
fetch_profile (NatterMemberCard *self)
{
  NatterSession *session = natter_server_get_session (self->server);

  if (session == NULL || !natter_session_has_profile (session, natter_server_get_account (self->server), self->member))
    return;
  self->cancellable = g_cancellable_new ();
  natter_rotur_get_profile_async (natter_session_get_rotur (session), natter_member_get_username (self->member),
                                  self->cancellable, on_profile, g_object_ref (self));
}

static void
on_time_out (NatterMemberCard *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr(NatterMemberCard) keep = g_object_ref (self);

  gtk_popover_popdown (GTK_POPOVER (self));
  natter_time_out_dialog_present (parent, self->server, self->member, self->channel);
}

static GtkWidget *
make_chip (NatterRole *role,
           const char *role_name)
{
  g_autofree char *text = natter_plain_name (role_name);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_widget_add_css_class (label, "role-chip");
  gtk_widget_add_css_class (label, "caption");
  natter_name_color_apply (GTK_LABEL (label), role != NULL ? natter_role_get_color (role) : -1);
  return label;
}

static void
update_roles (NatterMemberCard *self)
{
  const char * const *names = natter_member_get_role_names (self->member);
  GtkWidget *chip;
  guint count = 0;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->roles))) != NULL)
    adw_wrap_box_remove (self->roles, chip);
  for (guint i = 0; names != NULL && names[i] != NULL && count < MAX_ROLES; i++)
    {
      if (g_str_equal (names[i], ROLE_OF_ALL))
        continue;
      adw_wrap_box_append (self->roles, make_chip (natter_server_lookup_role (self->server, names[i]), names[i]));
      count++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->roles), count > 0);
}

static void
update_status (NatterMemberCard *self)
{
  NatterStatus status = natter_member_get_status (self->member);
  const char *classes[] = { "status-dot", natter_status_text_get_class (status), NULL };
  g_autofree char *text = natter_plain_name (natter_member_get_status_text (self->member));
  g_autofree char *line = NULL;

  gtk_widget_set_css_classes (self->dot, classes);
  if (*text == '\0')
    line = g_strdup (natter_status_text_get (status));
  else
    /* Translators: status of a person, what they wrote about it */
    line = g_strdup_printf (_("%1$s: %2$s"), natter_status_text_get (status), text);
  gtk_label_set_text (self->status, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), line); /* it may be cut */
}

static void
update_measures (NatterMemberCard *self)
{
  NatterAccount *account = natter_server_get_account (self->server);
  NatterSession *session = natter_server_get_session (self->server);
  gboolean may_block = account != NULL && session != NULL && natter_session_may_block (session, account, self->member);
  gboolean may_time_out = natter_server_may_time_out (self->server, self->member);

  gtk_button_set_label (self->block, natter_member_get_blocked (self->member) ? _("Un_block") : _("_Block"));
  gtk_widget_set_visible (GTK_WIDGET (self->block), may_block);
  gtk_widget_set_visible (self->time_out, may_time_out);
  gtk_widget_set_visible (self->measures, may_block || may_time_out);
}

static void
update (NatterMemberCard *self)
{
  g_autofree char *name = natter_plain_name (natter_member_get_name (self->member));
  g_autofree char *username = natter_plain_name (natter_member_get_username (self->member));

  gtk_label_set_text (self->name, name);
  natter_name_color_apply (self->name, natter_member_get_color (self->member));
  gtk_label_set_text (self->username, username);
  natter_avatar_set_text (self->avatar, name);
  natter_avatar_set_uri (self->avatar, natter_member_get_avatar (self->member));
  update_status (self);
  update_roles (self);
  update_measures (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
unparent_cb (gpointer data)
{
  gtk_widget_unparent (GTK_WIDGET (data));
  return G_SOURCE_REMOVE;
}

/* Not while it is closing. */
static void
natter_member_card_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
natter_member_card_dispose (GObject *object)
{
  NatterMemberCard *self = NATTER_MEMBER_CARD (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->commands);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MEMBER_CARD);
  g_clear_object (&self->member);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_member_card_parent_class)->dispose (object);
}

static void
natter_member_card_class_init (NatterMemberCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkPopoverClass *popover_class = GTK_POPOVER_CLASS (klass);

  object_class->dispose = natter_member_card_dispose;
  popover_class->closed = natter_member_card_closed;

  signals[MENTION] = g_signal_new ("mention", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, NATTER_TYPE_MEMBER);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-member-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, name);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, username);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, dot);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, status);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, about);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, roles);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, measures);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, block);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberCard, time_out);
  gtk_widget_class_bind_template_callback (widget_class, on_mention);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_block);
  gtk_widget_class_bind_template_callback (widget_class, on_time_out);
}

static void
natter_member_card_init (NatterMemberCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NATTER_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->signals, "notify", G_CALLBACK (update), self);
  self->commands = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->commands, "items-changed", G_CALLBACK (update_measures), self);
}

/**
 * natter_member_card_new:
 * @server: where the person is
 * @member: the person
 * @channel: (nullable): what is shown beside it
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
natter_member_card_new (NatterServer  *server,
                        NatterMember  *member,
                        NatterChannel *channel)
{
  NatterMemberCard *self = g_object_new (NATTER_TYPE_MEMBER_CARD, NULL);

  g_return_val_if_fail (NATTER_IS_SERVER (server), NULL);
  g_return_val_if_fail (NATTER_IS_MEMBER (member), NULL);

  self->server = g_object_ref (server);
  self->member = g_object_ref (member);
  self->channel = channel != NULL ? g_object_ref (channel) : NULL;
  g_signal_group_set_target (self->commands, natter_server_get_commands (server));
  g_signal_group_set_target (self->signals, member);
  update (self);
  fetch_profile (self);
  return GTK_WIDGET (self);
}

/**
 * natter_member_card_show:
 * @self: a card that was not shown yet
 * @parent: what it belongs to; a widget with a layout manager
 * @x: where it points to in @parent, in pixels
 * @y: the same
 *
 * Shows the card, which goes by itself when it is closed.
 */
void
natter_member_card_show (NatterMemberCard *self,
                         GtkWidget        *parent,
                         int               x,
                         int               y)
{
  GdkRectangle place = { x, y, 1, 1 };

  g_return_if_fail (NATTER_IS_MEMBER_CARD (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  gtk_popover_popup (GTK_POPOVER (self));
}
