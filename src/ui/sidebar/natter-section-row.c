/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-section-row"

#include "config.h"

#include "natter-section-row.h"

#include <glib/gi18n.h>

#include "natter-phrase.h"
#include "natter-row-action.h"

struct _NatterSectionRow
{
  GtkListBoxRow parent_instance;

  NatterGroup *section;
  GtkLabel    *title_label;
  GtkImage    *arrow;
  GtkWidget   *unread_dot;
  GtkLabel    *mentions_label;
};

G_DEFINE_FINAL_TYPE (NatterSectionRow, natter_section_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (NatterSectionRow *self)
{
  const char *title = natter_group_get_title (self->section);
  gboolean collapsed = natter_group_get_collapsed (self->section);
  gboolean unread = natter_group_get_unread (self->section);
  guint mentions = natter_group_get_mentions (self->section);
  g_autoptr(GString) label = g_string_new (title);
  g_autofree char *count = g_strdup_printf ("%u", mentions);

  if (collapsed && mentions > 0)
    natter_phrase_set (label, ngettext ("%1$s, %2$u mention", "%1$s, %2$u mentions", mentions), label->str, mentions);
  else if (collapsed && unread)
    natter_phrase_set (label, _("%s, unread messages"), label->str);

  gtk_label_set_text (self->title_label, title);
  gtk_image_set_from_icon_name (self->arrow, collapsed ? "pan-end-symbolic" : "pan-down-symbolic");
  gtk_widget_set_visible (self->unread_dot, collapsed && unread && mentions == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->mentions_label), collapsed && mentions > 0);
  gtk_label_set_text (self->mentions_label, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !collapsed, -1);
}

static void
natter_section_row_dispose (GObject *object)
{
  NatterSectionRow *self = NATTER_SECTION_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SECTION_ROW);
  g_clear_object (&self->section);

  G_OBJECT_CLASS (natter_section_row_parent_class)->dispose (object);
}

static void
natter_section_row_class_init (NatterSectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_section_row_dispose;
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-section-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterSectionRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, NatterSectionRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, NatterSectionRow, unread_dot);
  gtk_widget_class_bind_template_child (widget_class, NatterSectionRow, mentions_label);
}

static void
natter_section_row_init (NatterSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_section_row_new:
 * @section: the section to head
 *
 * Returns: (transfer floating): a new row that follows @section
 */
GtkWidget *
natter_section_row_new (NatterGroup *section)
{
  NatterSectionRow *self = g_object_new (NATTER_TYPE_SECTION_ROW, NULL);

  self->section = g_object_ref (section);
  g_signal_connect_object (section, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * natter_section_row_get_section:
 * @self: a row
 *
 * Returns: (transfer none): the section that it heads
 */
NatterGroup *
natter_section_row_get_section (NatterSectionRow *self)
{
  g_return_val_if_fail (NATTER_IS_SECTION_ROW (self), NULL);
  return self->section;
}
