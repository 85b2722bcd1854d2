/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-menu-names"

#include "config.h"

#include "natter-menu-names.h"

/* The widget that GTK makes of an item of a menu says that a label names it, and that label tells assistive technology no
 * text: all items would be without a name. */
#define ITEM_TYPE "GtkModelButton"

/* (transfer full): "_Copy" -> "Copy" */
static char *
dup_without_mnemonic (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '_' && text[1] != '\0')
        text++;
      g_string_append_c (plain, *text);
    }
  return g_string_free_and_steal (plain);
}

static void
name_items (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), ITEM_TYPE)
      && g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "text") != NULL)
    {
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;

      g_object_get (widget, "text", &text, NULL);
      name = dup_without_mnemonic (text != NULL ? text : "");
      if (*name != '\0')
        {
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
          gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static gboolean
on_map (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               data)
{
  GObject *object = g_value_get_object (&values[0]);

  if (GTK_IS_POPOVER_MENU (object))
    name_items (GTK_WIDGET (object));
  return TRUE;
}

/**
 * natter_menu_names_init:
 *
 * Gives the items of all menus of the program their names, whenever one is shown.
 */
void
natter_menu_names_init (void)
{
  g_type_ensure (GTK_TYPE_WIDGET);
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
