/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-find"

#include "config.h"

#include "natter-switcher-dialog.h"

#include "natter-entry-list.h"
#include "natter-switcher-row.h"

/**
 * NatterSwitcherDialog:
 *
 * The quick switcher: some letters, and one is there.
 *
 * Signal "chosen" (#NatterSwitchItem): the person wants to go there; the dialog is closed already.
 */
struct _NatterSwitcherDialog
{
  AdwDialog           parent_instance;

  GtkSearchEntry     *entry;
  GtkStack           *stack;
  GtkListView        *list;

  NatterSwitcher     *switcher;
  GtkSingleSelection *selection;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterSwitcherDialog, natter_switcher_dialog, ADW_TYPE_DIALOG)

static void
on_setup_row (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, natter_switcher_row_new ());
}

static void
on_bind_row (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  g_autofree char *summary = natter_switcher_row_describe (gtk_list_item_get_item (item));

  natter_switcher_row_set_item (NATTER_SWITCHER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  gtk_list_item_set_accessible_label (item, summary);
}

static void
on_unbind_row (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  natter_switcher_row_set_item (NATTER_SWITCHER_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_changed (NatterSwitcherDialog *self)
{
  gboolean any;

  natter_switcher_set_text (self->switcher, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  any = g_list_model_get_n_items (G_LIST_MODEL (self->switcher)) > 0;
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "nothing");
  if (any)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_SELECT, NULL);
}

static void
on_activate (NatterSwitcherDialog *self,
             guint                 position)
{
  g_autoptr(NatterSwitcherDialog) keep = g_object_ref (self);
  g_autoptr(NatterSwitchItem) item = NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (item == NULL)
    return;
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, item);
}

static void
natter_switcher_dialog_dispose (GObject *object)
{
  NatterSwitcherDialog *self = NATTER_SWITCHER_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SWITCHER_DIALOG);
  g_clear_object (&self->selection);
  g_clear_object (&self->switcher);

  G_OBJECT_CLASS (natter_switcher_dialog_parent_class)->dispose (object);
}

static void
natter_switcher_dialog_class_init (NatterSwitcherDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_switcher_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, NATTER_TYPE_SWITCH_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-switcher-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterSwitcherDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_row);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
natter_switcher_dialog_init (NatterSwitcherDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_entry_list_attach (GTK_EDITABLE (self->entry), self->list, natter_switcher_row_describe);
}

/**
 * natter_switcher_dialog_new:
 * @switcher: what can be chosen
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
natter_switcher_dialog_new (NatterSwitcher *switcher)
{
  NatterSwitcherDialog *self = g_object_new (NATTER_TYPE_SWITCHER_DIALOG, NULL);

  g_return_val_if_fail (NATTER_IS_SWITCHER (switcher), NULL);

  self->switcher = g_object_ref (switcher);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (switcher)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  return ADW_DIALOG (self);
}
