/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-member-row"

#include "config.h"

#include "natter-member-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-name-color.h"
#include "natter-plain-name.h"
#include "natter-status-text.h"

#define PICTURE_SIZE 32
#define SPACING 9
#define LEAST_TEXT_WIDTH 60

/* As libadwaita's style classes "caption" and "dimmed" have it. */
#define CAPTION_SCALE 0.82
#define DIM_OPACITY 0.55f
#define DIM_OPACITY_HIGH_CONTRAST 0.9f

/**
 * NatterMemberRow:
 *
 * One member in the list. Built once and used again for member after member. A list has hundreds of rows, few of which
 * are seen: the texts are not widgets, and are laid out when they are drawn.
 *
 * Properties: summary (what a screen reader says: name, status).
 */
struct _NatterMemberRow
{
  GtkWidget     parent_instance;

  NatterAvatar *avatar;
  GtkWidget    *dot;
  char         *name;
  char         *status; /* the second line, "" for none */
  PangoLayout  *name_layout;   /* NULL until it is drawn */
  PangoLayout  *status_layout;

  NatterMember *member;
  GSignalGroup *signals;
  char         *summary;
  guint         dark : 1;
  guint         high_contrast : 1;
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
forget_layouts (NatterMemberRow *self)
{
  g_clear_object (&self->name_layout);
  g_clear_object (&self->status_layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
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

  g_set_str (&self->name, name);
  natter_avatar_set_text (self->avatar, name);
  forget_layouts (self);
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
  if ((*self->status == '\0') != (*line == '\0'))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  g_set_str (&self->status, line);
  forget_layouts (self);
  if (natter_member_get_online (self->member))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "offline");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "offline");
  update_summary (self);
}

/* The heights of lines are the same for all rows. 0: not measured since fonts or sizes changed */
static int name_height;
static int status_height;

static PangoLayout *
make_layout (NatterMemberRow *self,
             const char      *text,
             PangoAttrList   *attributes)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);

  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static PangoLayout *
make_name_layout (NatterMemberRow *self)
{
  int color = self->member != NULL ? natter_member_get_color (self->member) : -1;
  g_autoptr(PangoAttrList) attributes = natter_name_color_new_attributes (color);

  return make_layout (self, self->name, attributes);
}

static PangoLayout *
make_status_layout (NatterMemberRow *self)
{
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (CAPTION_SCALE));
  return make_layout (self, self->status, attributes);
}

static void
measure_lines (NatterMemberRow *self)
{
  g_autoptr(PangoLayout) name = make_name_layout (self);
  g_autoptr(PangoLayout) status = make_status_layout (self);

  pango_layout_get_pixel_size (name, NULL, &name_height);
  pango_layout_get_pixel_size (status, NULL, &status_height);
}

static int
get_text_height (NatterMemberRow *self)
{
  if (name_height == 0)
    measure_lines (self);
  return name_height + (*self->status != '\0' ? status_height : 0);
}

static void
natter_member_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = PICTURE_SIZE + SPACING + LEAST_TEXT_WIDTH;
  else
    *minimum = *natural = MAX (PICTURE_SIZE, get_text_height (self));
}

static void
natter_member_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { rtl ? width - PICTURE_SIZE : 0, (height - PICTURE_SIZE) / 2, PICTURE_SIZE, PICTURE_SIZE };
  int dot_width, dot_height;

  gtk_widget_size_allocate (GTK_WIDGET (self->avatar), &place, -1);
  gtk_widget_measure (self->dot, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &dot_width, NULL, NULL);
  gtk_widget_measure (self->dot, GTK_ORIENTATION_VERTICAL, -1, NULL, &dot_height, NULL, NULL);
  place.x += rtl ? 0 : PICTURE_SIZE - dot_width;
  place.y += PICTURE_SIZE - dot_height;
  place.width = dot_width;
  place.height = dot_height;
  gtk_widget_size_allocate (self->dot, &place, -1);
}

static void
draw_line (NatterMemberRow *self,
           GtkSnapshot     *snapshot,
           PangoLayout     *layout,
           int              y,
           float            opacity)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int start = PICTURE_SIZE + SPACING;
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - start;
  PangoRectangle box;
  GdkRGBA color;

  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &box);
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  color.alpha *= opacity;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? width - box.width - box.x : start - box.x, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
natter_member_row_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (widget);
  int y = (gtk_widget_get_height (widget) - get_text_height (self)) / 2;

  GTK_WIDGET_CLASS (natter_member_row_parent_class)->snapshot (widget, snapshot);

  if (self->name_layout == NULL)
    self->name_layout = make_name_layout (self);
  draw_line (self, snapshot, self->name_layout, y, 1);
  if (*self->status == '\0')
    return;
  if (self->status_layout == NULL)
    self->status_layout = make_status_layout (self);
  draw_line (self, snapshot, self->status_layout, y + name_height,
             self->high_contrast ? DIM_OPACITY_HIGH_CONTRAST : DIM_OPACITY);
}

static void
forget_sizes (NatterMemberRow *self)
{
  name_height = 0;
  forget_layouts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
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
  forget_layouts (self);
}

static void
natter_member_row_system_setting_changed (GtkWidget        *widget,
                                          GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (natter_member_row_parent_class)->system_setting_changed (widget, setting);

  forget_sizes (NATTER_MEMBER_ROW (widget));
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
  g_clear_object (&self->name_layout);
  g_clear_object (&self->status_layout);
  if (self->avatar != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->avatar));
  self->avatar = NULL;
  g_clear_pointer (&self->dot, gtk_widget_unparent);

  G_OBJECT_CLASS (natter_member_row_parent_class)->dispose (object);
}

static void
natter_member_row_finalize (GObject *object)
{
  NatterMemberRow *self = NATTER_MEMBER_ROW (object);

  g_clear_object (&self->signals);
  g_free (self->name);
  g_free (self->status);
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
  widget_class->measure = natter_member_row_measure;
  widget_class->size_allocate = natter_member_row_size_allocate;
  widget_class->snapshot = natter_member_row_snapshot;
  widget_class->css_changed = natter_member_row_css_changed;
  widget_class->system_setting_changed = natter_member_row_system_setting_changed;

  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, "",
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "member");
}

static void
natter_member_row_init (NatterMemberRow *self)
{
  self->avatar = NATTER_AVATAR (natter_avatar_new (PICTURE_SIZE));
  gtk_widget_set_parent (GTK_WIDGET (self->avatar), GTK_WIDGET (self));
  self->dot = g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->dot, GTK_WIDGET (self));
  self->name = g_strdup ("");
  self->status = g_strdup ("");
  self->summary = g_strdup ("");
  self->signals = g_signal_group_new (NATTER_TYPE_MEMBER);
  g_signal_group_connect_swapped (self->signals, "notify::name", G_CALLBACK (update_name), self);
  g_signal_group_connect_swapped (self->signals, "notify::avatar", G_CALLBACK (update_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::color", G_CALLBACK (forget_layouts), self);
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
