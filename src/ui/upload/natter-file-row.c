/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-row"

#include "config.h"

#include "natter-file-row.h"

#include <glib/gi18n.h>

#include "natter-file-text.h"
#include "natter-image.h"
#include "natter-server.h"
#include "natter-upload-text.h"
#include "natter-upload.h"

#define PREVIEW_SIZE 40

/**
 * NatterFileRow:
 *
 * A file that is to go with a message: what it is, how far it has come or why it failed, and ways to try it again and to
 * take it away.
 */
struct _NatterFileRow
{
  GtkListBoxRow   parent_instance;

  GtkImage       *preview;
  GtkLabel       *name;
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkWidget      *retry;
  GtkWidget      *remove;

  NatterChannel  *channel;
  NatterFile     *file;
  GCancellable   *cancellable;
};

G_DEFINE_FINAL_TYPE (NatterFileRow, natter_file_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_preview (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterFileRow) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) picture = natter_image_load_finish (result, &error);

  /* What can't be shown has its icon. */
  if (picture == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_image_set_pixel_size (self->preview, PREVIEW_SIZE);
  gtk_image_set_from_paintable (self->preview, picture);
}

static void
show_kind (NatterFileRow *self)
{
  const char *mime_type = natter_file_get_mime_type (self->file);
  int size = PREVIEW_SIZE * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  gtk_image_set_from_icon_name (self->preview, natter_file_text_get_icon (mime_type != NULL ? mime_type : ""));
  if (mime_type == NULL || !g_str_has_prefix (mime_type, "image/"))
    return;
  natter_image_load_async (natter_file_get_file (self->file), size, size, self->cancellable, on_preview, g_object_ref (self));
}

static guint64
get_max_size (NatterFileRow *self)
{
  NatterServer *server = natter_channel_get_server (self->channel);
  NatterHandshake *handshake = server != NULL ? natter_server_get_handshake (server) : NULL;

  return handshake != NULL ? natter_upload_get_max (handshake) : 0;
}

/* (transfer full) */
static char *
describe (NatterFileRow *self)
{
  g_autofree char *size = g_format_size (natter_file_get_size (self->file));

  switch (natter_file_get_state (self->file))
    {
    case NATTER_FILE_READY:
      /* Translators: a size, such as “25 MB” */
      return g_strdup_printf (_("%s, ready to send"), size);
    case NATTER_FILE_FAILED:
      return natter_upload_text_dup (natter_file_get_error (self->file), get_max_size (self));
    case NATTER_FILE_UPLOADING:
      /* Translators: a share of a size, such as “40 % of 25 MB” */
      return g_strdup_printf (_("%d %% of %s"), (int) (natter_file_get_fraction (self->file) * 100), size);
    case NATTER_FILE_WAITING:
    default:
      return natter_file_get_mime_type (self->file) == NULL ? g_strdup (_("Looking at the file"))
                                                            : g_strdup (_("Waiting for the connection"));
    }
}

static void
show_state (NatterFileRow *self)
{
  NatterFileState state = natter_file_get_state (self->file);
  gboolean has_failed = state == NATTER_FILE_FAILED;
  g_autofree char *text = NULL;

  if (has_failed && natter_file_get_error (self->file) == NULL)
    return;
  text = describe (self);
  gtk_label_set_text (self->status, text);
  gtk_progress_bar_set_fraction (self->progress, natter_file_get_fraction (self->file));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == NATTER_FILE_UPLOADING);
  gtk_widget_set_visible (self->retry, has_failed);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status), has_failed ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->status), has_failed ? "error" : "dimmed");
}

static void
on_state (NatterFileRow *self)
{
  NatterFileState state = natter_file_get_state (self->file);

  show_state (self);
  if (state == NATTER_FILE_FAILED || state == NATTER_FILE_READY)
    {
      g_autofree char *spoken = g_strdup_printf ("%s: %s", gtk_label_get_text (self->name), gtk_label_get_text (self->status));

      gtk_accessible_announce (GTK_ACCESSIBLE (self), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static void
show_name (NatterFileRow *self)
{
  const char *given = natter_file_get_name (self->file);
  g_autofree char *name = natter_file_text_dup_name (given != NULL ? given : "");
  /* Translators: the name of a file */
  g_autofree char *retry = g_strdup_printf (_("Try “%s” Again"), name);
  /* Translators: the name of a file */
  g_autofree char *remove = g_strdup_printf (_("Remove “%s”"), name);

  gtk_label_set_text (self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry), GTK_ACCESSIBLE_PROPERTY_LABEL, retry, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

static void
on_retry (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  natter_file_retry (NATTER_FILE_ROW (widget)->file);
}

static void
on_remove (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_autoptr(NatterFileRow) self = g_object_ref (NATTER_FILE_ROW (widget));

  gtk_widget_activate_action (widget, "composer.focus", NULL);
  natter_channel_remove_file (self->channel, self->file);
}

static void
natter_file_row_dispose (GObject *object)
{
  NatterFileRow *self = NATTER_FILE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_FILE_ROW);
  g_clear_object (&self->file);
  g_clear_object (&self->channel);
  G_OBJECT_CLASS (natter_file_row_parent_class)->dispose (object);
}

static void
natter_file_row_finalize (GObject *object)
{
  g_object_unref (NATTER_FILE_ROW (object)->cancellable);
  G_OBJECT_CLASS (natter_file_row_parent_class)->finalize (object);
}

static void
natter_file_row_class_init (NatterFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_file_row_dispose;
  object_class->finalize = natter_file_row_finalize;

  gtk_widget_class_install_action (widget_class, "file.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "file.remove", NULL, on_remove);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, preview);
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, name);
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, status);
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, progress);
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, retry);
  gtk_widget_class_bind_template_child (widget_class, NatterFileRow, remove);
}

static void
natter_file_row_init (NatterFileRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_file_row_new:
 * @channel: a channel
 * @file: one of its files
 *
 * Returns: (transfer floating): a row that shows it
 */
GtkWidget *
natter_file_row_new (NatterChannel *channel,
                     NatterFile    *file)
{
  NatterFileRow *self = g_object_new (NATTER_TYPE_FILE_ROW, NULL);

  self->channel = g_object_ref (channel);
  self->file = g_object_ref (file);
  g_signal_connect_object (file, "notify::name", G_CALLBACK (show_name), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (file, "notify::mime-type", G_CALLBACK (show_kind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (file, "notify::fraction", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (file, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  show_name (self);
  show_kind (self);
  show_state (self);
  return GTK_WIDGET (self);
}
