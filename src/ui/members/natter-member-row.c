/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-member-row"

#include "config.h"

#include "natter-member-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-name-color.h"
#include "natter-plain-name.h"
#include "natter-status-text.h"

/**
 * NatterMemberRow:
 *
 * One member in the list. Built once and used again for member after member. There are hundreds of rows, seen or not,
 * which is why it has few widgets.
 *
 * Properties: summary (what a screen reader says: name, status).
 */
struct _NatterMemberRow
{
  GtkWidget       parent_instance;

  NatterAvatar   *avatar;
  GtkWidget      *dot;
  GtkInscription *name;
  GtkInscription *status;

  NatterMember   *member;
  GSignalGroup   *signals;
  char           *summary;
  guint           dark : 1;
  guint           high_contrast : 1;
};

enum
{
  PROP_0,
  PROP_SUMMARY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMemberRow, natter_member_row, GTK_TYPE_WIDGET)

static void
update_summary (NatterMemberRow *self)
{
  const char *status = natter_status_text_get (natter_member_get_status (self->member));
  g_autofree char *name = natter_plain_name (natter_member_get_name (self->member));
  g_autofree char *text = natter_plain_name (natter_member_get_status_text (self->member));
  g_autofree char *summary = NULL;

  if (*text != '\0')
    /* Translators: read by a screen reader: name of a person, status, what they wrote about it */
    summary = g_strdup_printf (_("%1$s, %2$s: %3$s"), name, status, text);
  else
    /* Translators: read by a screen reader: name of a person, status */
    summary = g_strdup_printf (_("%1$s, %2$s"), name, status);
  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
update_color (NatterMemberRow *self)
{
  g_autoptr(PangoAttrList) attributes = natter_name_color_new_attributes (natter_member_get_color (self->member));

  gtk_inscription_set_attributes (self->name, attributes);
}

static void
update_picture (NatterMemberRow *self)
{
  natter_avatar_set_uri (self->avatar, natter_member_get_avatar (self->member));
}

static void
update_name (NatterMemberRow *self)
{
  g_autofree char *name = natter_plain_name (natter_member_get_name (self->member));

  gtk_inscription_set_text (self->name, name);
  natter_avatar_set_text (self->avatar, name);
  update_color (self);
  update_summary (self);
}

/* The second line says in words what the dot says in colour, except where the heading says it already. */
static void
update_status (NatterMemberRow *self)
{
  NatterStatus status = natter_member_get_status (self->member);
  const char *classes[] = { "status-dot", natter_status_text_get_class (status), NULL };
  g_autofree char *text = natter_plain_name (natter_member_get_status_text (self->member));
  gboolean plain = status != NATTER_STATUS_IDLE && status != NATTER_STATUS_DND;
  g_autofree char *line = NULL;

  gtk_widget_set_css_classes (self->dot, classes);
  if (plain)
    line = g_strdup (text);
  else if (*text == '\0')
    line = g_strdup (natter_status_text_get (status));
  else
    /* Translators: status of a person, what they wrote about it */
    line = g_strdup_printf (_("%1$s: %2$s"), natter_status_text_get (status), text);
  gtk_inscription_set_text (self->status, line);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *line != '\0');
  if (natter_member_get_online (self->member))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "offline");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "offline");
  update_summary (self);
}

static void
natter_member_row_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);
  gboolean high_contrast = adw_style_manager_get_high_contrast (style);

  GTK_WIDGET_CLASS (natter_member_row_parent_class)->css_changed (widget, change);

  if (self->dark == dark && self->high_contrast == high_contrast)
    return;
  self->dark = dark;
  self->high_contrast = high_contrast;
  if (self->member != NULL)
    update_color (self);
}

static void
natter_member_row_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SUMMARY:
      g_value_set_string (value, natter_member_row_get_summary (NATTER_MEMBER_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_member_row_dispose (GObject *object)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (object);

  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->member);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MEMBER_ROW);

  G_OBJECT_CLASS (natter_member_row_parent_class)->dispose (object);
}

static void
natter_member_row_finalize (GObject *object)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (object);

  g_clear_object (&self->signals);
  g_free (self->summary);

  G_OBJECT_CLASS (natter_member_row_parent_class)->finalize (object);
}

static void
natter_member_row_class_init (NatterMemberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_member_row_get_property;
  object_class->dispose = natter_member_row_dispose;
  object_class->finalize = natter_member_row_finalize;
  widget_class->css_changed = natter_member_row_css_changed;

  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, "",
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_css_name (widget_class, "member");
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-member-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMemberRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberRow, dot);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberRow, name);
  gtk_widget_class_bind_template_child (widget_class, NatterMemberRow, status);
}

static void
natter_member_row_init (NatterMemberRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->summary = g_strdup ("");
  self->signals = g_signal_group_new (NATTER_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->signals, "notify::name", G_CALLBACK (update_name), self);
  g_signal_group_connect_swapped (self->signals, "notify::avatar", G_CALLBACK (update_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::color", G_CALLBACK (update_color), self);
  g_signal_group_connect_swapped (self->signals, "notify::status", G_CALLBACK (update_status), self);
  g_signal_group_connect_swapped (self->signals, "notify::status-text", G_CALLBACK (update_status), self);
}

/**
 * natter_member_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
natter_member_row_new (void)
{
  return g_object_new (NATTER_TYPE_MEMBER_ROW, NULL);
}

/**
 * natter_member_row_set_member:
 * @self: a row
 * @member: (nullable): whom to show; %NULL when the row waits for its next use
 */
void
natter_member_row_set_member (NatterMemberRow *self,
                              NatterMember    *member)
{
  g_return_if_fail (NATTER_IS_MEMBER_ROW (self));
  g_return_if_fail (member == NULL || NATTER_IS_MEMBER (member));

  if (!g_set_object (&self->member, member))
    return;
  g_signal_group_set_target (self->signals, member);
  if (member == NULL)
    {
      natter_avatar_set_uri (self->avatar, NULL);
      return;
    }
  update_picture (self);
  update_name (self);
  update_status (self);
}

/**
 * natter_member_row_get_summary:
 * @self: a row
 *
 * Returns: (transfer none): name and status in one line for a screen reader
 */
const char *
natter_member_row_get_summary (NatterMemberRow *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER_ROW (self), NULL);

  return self->summary;
}
