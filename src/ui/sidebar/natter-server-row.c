/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-row"

#include "config.h"

#include "natter-server-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-context-menu.h"
#include "natter-error-text.h"
#include "natter-member.h"
#include "natter-phrase.h"
#include "natter-rail-drag.h"
#include "natter-row-action.h"
#include "natter-server-menu.h"
#include "natter-server-rail.h"
#include "natter-state-text.h"

struct _NatterServerRow
{
  GtkListBoxRow parent_instance;

  NatterServer *server;
  GSignalGroup *folder_signals;
  NatterAvatar *avatar;
  GtkWidget    *unread_dot;
  GtkLabel     *mentions_label;
  NatterAvatar *account_avatar;
  GtkWidget    *spinner;
  GtkWidget    *lost_icon;
};

G_DEFINE_FINAL_TYPE (NatterServerRow, natter_server_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
account_name (NatterServer *server)
{
  NatterMember *me = natter_server_get_me (server);
  NatterAccount *account = natter_server_get_account (server);

  if (me != NULL)
    return natter_member_get_name (me);
  return account != NULL ? natter_account_get_name (account) : NULL;
}

/* (transfer full): the server, and as whom when it is in the list twice */
static char *
make_name (NatterServer *server)
{
  const char *name = natter_server_get_name (server);
  const char *account = natter_server_get_has_twin (server) ? account_name (server) : NULL;

  /* Translators: “SERVER as USER”, where the same server is used with several accounts. */
  return account != NULL ? g_strdup_printf (_("%s as %s"), name, account) : g_strdup (name);
}

static void
update_account (NatterServerRow *self)
{
  NatterMember *me = natter_server_get_me (self->server);
  gboolean shown = natter_server_get_has_twin (self->server) && account_name (self->server) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->account_avatar), shown);
  natter_avatar_set_text (self->account_avatar, account_name (self->server));
  natter_avatar_set_uri (self->account_avatar, shown && me != NULL ? natter_member_get_avatar (me) : NULL);
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
update_state (NatterServerRow *self)
{
  NatterConnectionState state = natter_server_get_state (self->server);
  const GError *reason = state != NATTER_CONNECTION_READY ? natter_server_get_reason (self->server) : NULL;
  gboolean busy = state == NATTER_CONNECTION_CONNECTING || state == NATTER_CONNECTION_AUTHENTICATING;
  NatterAccount *account = natter_server_get_account (self->server);
  gboolean waits = account != NULL && natter_account_get_needs_sign_in (account);

  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_visible (self->lost_icon, !busy && state != NATTER_CONNECTION_READY
                                           && (state != NATTER_CONNECTION_HANDSHAKE || waits || reason != NULL));
  set_css_class (GTK_WIDGET (self), "not-ready", state != NATTER_CONNECTION_READY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? natter_error_text_get_summary (reason) : "", -1);
}

static void
update_group (NatterServerRow *self)
{
  NatterGroup *folder = natter_server_get_group (self->server);

  set_css_class (GTK_WIDGET (self), "in-folder", folder != NULL);
  for (guint i = 1; i <= NATTER_GROUP_COLORS; i++)
    {
      g_autofree char *name = g_strdup_printf ("color-%u", i);

      set_css_class (GTK_WIDGET (self), name, folder != NULL && natter_group_get_color (folder) == i);
    }
  g_signal_group_set_target (self->folder_signals, folder);
}

static void
update (NatterServerRow *self)
{
  NatterConnectionState state = natter_server_get_state (self->server);
  const GError *reason = state != NATTER_CONNECTION_READY ? natter_server_get_reason (self->server) : NULL;
  gboolean muted = natter_server_get_muted (self->server);
  g_autofree char *name = make_name (self->server);
  g_autoptr(GString) label = g_string_new (name);
  g_autofree char *tooltip = NULL;
  g_autofree char *count = NULL;
  gboolean unread = FALSE;
  guint mentions = 0;

  g_object_get (self->server, "unread", &unread, "mentions", &mentions, NULL);
  if (muted)
    natter_phrase_set (label, _("%s, muted"), label->str);
  else if (mentions > 0)
    natter_phrase_set (label, ngettext ("%1$s, %2$u mention", "%1$s, %2$u mentions", mentions), label->str, mentions);
  else if (unread)
    natter_phrase_set (label, _("%s, unread messages"), label->str);
  if (state != NATTER_CONNECTION_READY)
    /* Translators: what was said of a server so far, such as its name; the state of its connection, such as “signing in” */
    natter_phrase_set (label, _("%1$s, %2$s"), label->str, natter_state_text_get_within (state));

  natter_avatar_set_text (self->avatar, natter_server_get_name (self->server));
  natter_avatar_set_uri (self->avatar, natter_server_get_icon (self->server));
  gtk_widget_set_visible (self->unread_dot, !muted && (unread || mentions > 0));
  gtk_widget_set_visible (GTK_WIDGET (self->mentions_label), !muted && mentions > 0);
  count = mentions > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", mentions);
  gtk_label_set_text (self->mentions_label, count);
  tooltip = reason != NULL ? g_strconcat (label->str, "\n", natter_error_text_get_summary (reason), NULL) : g_strdup (label->str);
  /* Setting it asks the display where the pointer is. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  update_account (self);
  update_state (self);
}

static void
update_all (NatterServerRow *self)
{
  update_group (self);
  update (self);
}

static void
natter_server_row_dispose (GObject *object)
{
  NatterServerRow *self = NATTER_SERVER_ROW (object);

  g_clear_object (&self->folder_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SERVER_ROW);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_server_row_parent_class)->dispose (object);
}

static void
natter_server_row_class_init (NatterServerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_server_row_dispose;
  natter_server_rail_bind_keys (widget_class);
  g_type_ensure (NATTER_TYPE_AVATAR);
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, unread_dot);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, mentions_label);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, account_avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, lost_icon);
}

static void
natter_server_row_init (NatterServerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->folder_signals = g_signal_group_new (NATTER_TYPE_GROUP);
  g_signal_group_connect_swapped (self->folder_signals, "notify::color", G_CALLBACK (update_all), self);
}

static GMenuModel *
make_menu (GtkWidget *widget, GtkWidget *popover)
{
  natter_server_menu_attach (popover, widget, NATTER_SERVER_ROW (widget)->server);
  return natter_server_menu_new (NATTER_SERVER_ROW (widget)->server);
}

/**
 * natter_server_row_new:
 * @session: the session
 * @server: the server to show
 *
 * Returns: (transfer floating): a new row that follows @server
 */
GtkWidget *
natter_server_row_new (NatterSession *session, NatterServer *server)
{
  static const char * const signals[] = { "notify::name", "notify::icon", "notify::state", "notify::reason", "notify::unread", "notify::mentions",
                                          "notify::muted", "notify::me", "notify::account", "notify::has-twin" };
  NatterServerRow *self = g_object_new (NATTER_TYPE_SERVER_ROW, NULL);

  self->server = g_object_ref (server);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (server, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (server, "notify::group", G_CALLBACK (update_all), self, G_CONNECT_SWAPPED);
  natter_context_menu_add (GTK_WIDGET (self), make_menu);
  natter_rail_drag_add (GTK_WIDGET (self), session, G_OBJECT (server));
  update_all (self);
  return GTK_WIDGET (self);
}

/**
 * natter_server_row_get_server:
 * @self: a row
 *
 * Returns: (transfer none): the server that it shows
 */
NatterServer *
natter_server_row_get_server (NatterServerRow *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER_ROW (self), NULL);
  return self->server;
}
