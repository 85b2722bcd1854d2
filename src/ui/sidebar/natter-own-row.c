/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-own-row"

#include "config.h"

#include "natter-own-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-late-menu.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-state-text.h"
#include "natter-status-text.h"

struct _NatterOwnRow
{
  AdwBin         parent_instance;

  NatterServer  *server;
  GSignalGroup  *server_signals;
  GSignalGroup  *me_signals;
  GSignalGroup  *account_signals;
  GtkMenuButton *button;
  GMenuModel    *status_menu;
  NatterAvatar  *avatar;
  GtkWidget     *dot;
  GtkLabel      *name;
  GtkLabel      *state;
};

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char * const nicks[] = {
  [NATTER_STATUS_OFFLINE] = "offline", [NATTER_STATUS_ONLINE] = "online", [NATTER_STATUS_IDLE] = "idle",
  [NATTER_STATUS_DND] = "dnd", [NATTER_STATUS_INVISIBLE] = "invisible",
};

G_DEFINE_FINAL_TYPE (NatterOwnRow, natter_own_row, ADW_TYPE_BIN)

/* (nullable) */
static NatterAccount *
get_account (NatterOwnRow *self)
{
  return self->server != NULL ? natter_server_get_account (self->server) : NULL;
}

static NatterStatus
get_status (NatterOwnRow *self)
{
  return self->server != NULL ? natter_server_get_own_status (self->server) : NATTER_STATUS_OFFLINE;
}

/* (transfer full) */
static char *
dup_status_text (NatterOwnRow *self)
{
  return natter_plain_name (self->server != NULL ? natter_server_get_own_status_text (self->server) : NULL);
}

/* Others take who is invisible for offline, oneself knows better. */
static const char *
describe_status (NatterStatus status)
{
  return status == NATTER_STATUS_INVISIBLE ? _("Invisible") : natter_status_text_get (status);
}

/* (transfer full): what the second line says */
static char *
dup_state (NatterOwnRow *self)
{
  NatterConnectionState state = self->server != NULL ? natter_server_get_state (self->server) : NATTER_CONNECTION_OFFLINE;
  g_autofree char *text = NULL;

  if (state != NATTER_CONNECTION_READY)
    return g_strdup (natter_state_text_get (state));
  text = dup_status_text (self);
  if (*text == '\0')
    return g_strdup (describe_status (get_status (self)));
  /* Translators: status of a person, what they wrote about it */
  return g_strdup_printf (_("%1$s: %2$s"), describe_status (get_status (self)), text);
}

/* (transfer full) */
static char *
dup_name (NatterOwnRow *self)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;

  if (me != NULL)
    return natter_plain_name (natter_member_get_name (me));
  return natter_plain_name (get_account (self) != NULL ? natter_account_get_name (get_account (self)) : NULL);
}

static void
update (NatterOwnRow *self)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;
  gboolean is_ready = self->server != NULL && natter_server_get_state (self->server) == NATTER_CONNECTION_READY;
  const char *classes[] = { "status-dot", natter_status_text_get_class (get_status (self)), NULL };
  g_autofree char *name = dup_name (self);
  g_autofree char *state = dup_state (self);
  g_autofree char *label = NULL;

  gtk_label_set_text (self->name, *name != '\0' ? name : _("Not signed in"));
  gtk_label_set_text (self->state, state);
  natter_avatar_set_text (self->avatar, *name != '\0' ? name : NULL);
  natter_avatar_set_uri (self->avatar, me != NULL ? natter_member_get_avatar (me) : NULL);
  gtk_widget_set_css_classes (self->dot, classes);
  gtk_widget_set_visible (self->dot, is_ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), get_account (self) != NULL);
  /* Translators: read by a screen reader: name of oneself, status */
  label = g_strdup_printf (_("Own status: %1$s, %2$s"), gtk_label_get_text (self->name), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
update_people (NatterOwnRow *self)
{
  g_signal_group_set_target (self->me_signals, self->server != NULL ? natter_server_get_me (self->server) : NULL);
  g_signal_group_set_target (self->account_signals, get_account (self));
  update (self);
}

static void
set_status (NatterOwnRow *self, const char *nick)
{
  g_autofree char *text = dup_status_text (self);

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nicks[i], nick) == 0 && get_account (self) != NULL && i != NATTER_STATUS_OFFLINE)
      {
        g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), NATTER_STATUS_TEXT_MAX));

        natter_account_set_status (get_account (self), i, cut);
      }
}

static void
text_chosen_cb (AdwAlertDialog *dialog, const char *response, NatterAccount *account)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  NatterStatus status = natter_account_get_status (account);

  if (g_str_equal (response, "apply"))
    natter_account_set_status (account, status != NATTER_STATUS_OFFLINE ? status : NATTER_STATUS_ONLINE, text);
}

static void
text_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  NatterOwnRow *self = NATTER_OWN_ROW (widget);
  g_autofree char *text = dup_status_text (self);
  AdwDialog *dialog;
  GtkWidget *entry;

  if (get_account (self) == NULL)
    return;
  dialog = adw_alert_dialog_new (_("Status Text"), _("Others read it below your name, on all servers where you use this account."));
  entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (entry), NATTER_STATUS_TEXT_MAX);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Status Text"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "apply", _("_Set"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "apply", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "apply");
  g_signal_connect_object (dialog, "response", G_CALLBACK (text_chosen_cb), get_account (self), 0);
  adw_dialog_set_focus (dialog, entry);
  adw_dialog_present (dialog, widget);
}

static void
natter_own_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterOwnRow *self = NATTER_OWN_ROW (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_STATUS:
      g_value_set_string (value, nicks[get_status (self)]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_own_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterOwnRow *self = NATTER_OWN_ROW (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      natter_own_row_set_server (self, g_value_get_object (value));
      break;
    case PROP_STATUS:
      set_status (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_own_row_dispose (GObject *object)
{
  NatterOwnRow *self = NATTER_OWN_ROW (object);

  g_clear_object (&self->server_signals);
  g_clear_object (&self->me_signals);
  g_clear_object (&self->account_signals);
  /* The bin would unparent a child that went with the template. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_OWN_ROW);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_own_row_parent_class)->dispose (object);
}

static void
natter_own_row_class_init (NatterOwnRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags notified = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = natter_own_row_get_property;
  object_class->set_property = natter_own_row_set_property;
  object_class->dispose = natter_own_row_dispose;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER, notified);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-own-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, button);
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, status_menu);
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, dot);
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, name);
  gtk_widget_class_bind_template_child (widget_class, NatterOwnRow, state);
  gtk_widget_class_install_property_action (widget_class, "own.status", "status");
  gtk_widget_class_install_action (widget_class, "own.text", NULL, text_action);
}

static void
natter_own_row_init (NatterOwnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_late_menu_set (self->button, self->status_menu);

  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::me", G_CALLBACK (update_people), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::account", G_CALLBACK (update_people), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (update), self);
  self->me_signals = g_signal_group_new (NATTER_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->me_signals, "notify::name", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->me_signals, "notify::avatar", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->me_signals, "notify::status", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->me_signals, "notify::status-text", G_CALLBACK (update), self);
  self->account_signals = g_signal_group_new (NATTER_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->account_signals, "notify::status", G_CALLBACK (update), self);
}

/**
 * natter_own_row_get_server:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): where one is who is shown
 */
NatterServer *
natter_own_row_get_server (NatterOwnRow *self)
{
  g_return_val_if_fail (NATTER_IS_OWN_ROW (self), NULL);

  return self->server;
}

/**
 * natter_own_row_set_server:
 * @self: a row
 * @server: (nullable): where one is who is to be shown
 */
void
natter_own_row_set_server (NatterOwnRow *self, NatterServer *server)
{
  g_return_if_fail (NATTER_IS_OWN_ROW (self));
  g_return_if_fail (server == NULL || NATTER_IS_SERVER (server));

  if (!g_set_object (&self->server, server))
    return;
  g_signal_group_set_target (self->server_signals, server);
  update_people (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}
