/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-save"

#include "config.h"

#include "natter-save.h"

#include <glib/gi18n.h>

#include "natter-file-text.h"

typedef struct
{
  GWeakRef widget;
  GFile   *file;
} Save;

static void
save_free (Save *save)
{
  g_weak_ref_clear (&save->widget);
  g_object_unref (save->file);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

/* The window shows it, if there is one that can. */
static void
tell (Save       *save,
      const char *text)
{
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&save->widget);

  if (widget != NULL)
    gtk_widget_activate_action (widget, "win.toast", "s", text);
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(Save) save = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    text = g_strdup (_("File saved"));
  else
    text = g_strdup_printf (_("The file could not be saved: %s"), error->message);
  tell (save, text);
}

static void
on_place (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(Save) save = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) place = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  GFile *file = save->file;

  if (place != NULL)
    g_file_copy_async (file, place, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL, NULL, NULL, on_copied,
                       g_steal_pointer (&save));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    tell (save, _("The file could not be saved"));
}

/**
 * natter_save_file:
 * @widget: where it was asked for
 * @file: what to save
 * @name: what its sender called it
 *
 * Asks the person where to and puts a copy there. How it went is said by the action `win.toast`.
 */
void
natter_save_file (GtkWidget  *widget,
                  GFile      *file,
                  const char *name)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *plain = natter_file_text_dup_name (name);
  Save *save = g_new0 (Save, 1);

  g_weak_ref_init (&save->widget, widget);
  save->file = g_object_ref (file);
  gtk_file_dialog_set_initial_name (dialog, plain);
  gtk_file_dialog_save (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_place, save);
}
