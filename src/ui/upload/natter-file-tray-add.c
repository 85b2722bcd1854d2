/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-tray"

#include "config.h"

#include "natter-file-tray-private.h"

#include <glib/gi18n.h>

#include <string.h>

#include "natter-upload-text.h"

static void
on_chosen (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterFileTray) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, &error);

  if (files == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
          && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
        _natter_file_tray_show_reason (self, error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);

      natter_file_tray_add (self, file);
    }
}

/**
 * natter_file_tray_choose:
 * @self: a tray
 *
 * Lets the person choose files, or says why one may not send any.
 */
void
natter_file_tray_choose (NatterFileTray *self)
{
  g_autoptr(GtkFileDialog) dialog = NULL;
  GtkRoot *root;

  g_return_if_fail (NATTER_IS_FILE_TRAY (self));

  if (!natter_file_tray_check (self))
    return;
  dialog = gtk_file_dialog_new ();
  root = gtk_widget_get_root (GTK_WIDGET (self));
  gtk_file_dialog_set_title (dialog, _("Upload Files"));
  gtk_file_dialog_set_accept_label (dialog, _("_Upload"));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (root), NULL, on_chosen, g_object_ref (self));
}

/* What is written to disk only to be sent. */
typedef struct
{
  NatterFileTray *tray;
  NatterChannel  *channel;
  GBytes         *bytes;
  char           *name;
  GFile          *file;
} Scrap;

static void
scrap_free (Scrap *scrap)
{
  g_object_unref (scrap->tray);
  g_object_unref (scrap->channel);
  g_bytes_unref (scrap->bytes);
  g_free (scrap->name);
  g_clear_object (&scrap->file);
  g_free (scrap);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scrap, scrap_free)

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error))
    g_message ("A temporary file is left: %s", error->message);
}

static void
delete_file (gpointer data)
{
  g_autoptr(GFile) file = data;

  g_file_delete_async (file, G_PRIORITY_LOW, NULL, on_deleted, NULL);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(Scrap) scrap = data;
  g_autoptr(GError) error = NULL;
  NatterFile *file;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    {
      _natter_file_tray_show_reason (scrap->tray, error->message);
      return;
    }
  file = natter_channel_add_file (scrap->channel, scrap->file, scrap->name);
  g_object_set_data_full (G_OBJECT (file), "natter-scrap", g_object_ref (scrap->file), delete_file);
}

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Scrap) scrap = data;
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *bytes = scrap->bytes;
  GFile *file = g_file_new_tmp_finish (result, &stream, &error);

  if (file == NULL)
    {
      _natter_file_tray_show_reason (scrap->tray, error->message);
      return;
    }
  scrap->file = file;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_written,
                                       g_steal_pointer (&scrap));
}

static void
add_bytes (NatterFileTray *self,
           NatterChannel  *channel,
           GBytes         *bytes,
           const char     *name)
{
  Scrap *scrap = g_new0 (Scrap, 1);

  scrap->tray = g_object_ref (self);
  scrap->channel = g_object_ref (channel);
  scrap->bytes = g_bytes_ref (bytes);
  scrap->name = g_strdup (name);
  g_file_new_tmp_async ("natter-XXXXXX", G_PRIORITY_DEFAULT, NULL, on_made, scrap);
}

/**
 * natter_file_tray_add_text:
 * @self: a tray
 * @text: what to send
 *
 * Lets @text go with the message, as a file.
 */
void
natter_file_tray_add_text (NatterFileTray *self,
                           const char     *text)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_if_fail (NATTER_IS_FILE_TRAY (self));
  g_return_if_fail (text != NULL);

  if (!natter_file_tray_check (self))
    return;
  bytes = g_bytes_new (text, strlen (text));
  add_bytes (self, _natter_file_tray_get_channel (self), bytes, "message.txt");
}

typedef struct
{
  NatterFileTray *tray;
  NatterChannel  *channel;
} Pasting;

static void
pasting_free (Pasting *pasting)
{
  g_object_unref (pasting->tray);
  g_object_unref (pasting->channel);
  g_free (pasting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pasting, pasting_free)

static Pasting *
pasting_new (NatterFileTray *self)
{
  Pasting *pasting = g_new0 (Pasting, 1);

  pasting->tray = g_object_ref (self);
  pasting->channel = g_object_ref (_natter_file_tray_get_channel (self));
  return pasting;
}

static void
encode (GTask        *task,
        gpointer      source,
        gpointer      data,
        GCancellable *cancellable)
{
  g_task_return_pointer (task, gdk_texture_save_to_png_bytes (GDK_TEXTURE (data)), (GDestroyNotify) g_bytes_unref);
}

static void
on_encoded (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(Pasting) pasting = data;
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  /* Translators: the name of a picture that was pasted; dates and times as in strftime() */
  g_autofree char *name = g_date_time_format (now, _("Picture %Y-%m-%d %H-%M-%S.png"));

  if (bytes != NULL)
    add_bytes (pasting->tray, pasting->channel, bytes, name);
}

/* @pasting: (transfer full) */
static void
add_texture (Pasting    *pasting,
             GdkTexture *texture)
{
  g_autoptr(GTask) task = g_task_new (pasting->tray, NULL, on_encoded, pasting);

  g_task_set_source_tag (task, add_texture);
  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, encode);
}

/* Unless the person is elsewhere by now, or the tray is gone. */
static void
show_unreadable (Pasting *pasting,
                 GError  *error)
{
  g_autofree char *reason = NULL;

  if (_natter_file_tray_get_channel (pasting->tray) != pasting->channel)
    return;
  g_dbus_error_strip_remote_error (error);
  reason = natter_upload_text_dup (error, 0);
  _natter_file_tray_show_reason (pasting->tray, reason);
}

static void
on_texture (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(Pasting) pasting = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);

  if (texture == NULL)
    show_unreadable (pasting, error);
  else
    add_texture (g_steal_pointer (&pasting), texture);
}

static void
add_list (NatterFileTray *self,
          GdkFileList    *list)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (list);

  for (GSList *item = files; item != NULL; item = item->next)
    natter_file_tray_add (self, item->data);
}

static void
on_uris (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Pasting) pasting = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *list = NULL;
  g_auto(GStrv) uris = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      show_unreadable (pasting, error);
      return;
    }
  if (_natter_file_tray_get_channel (pasting->tray) != pasting->channel)
    return;
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  list = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  uris = g_uri_list_extract_uris (list);
  for (gsize i = 0; uris[i] != NULL; i++)
    {
      g_autoptr(GFile) file = g_file_new_for_uri (uris[i]);

      natter_file_tray_add (pasting->tray, file);
    }
}

static void
on_uri_stream (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(Pasting) pasting = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream == NULL)
    show_unreadable (pasting, error);
  else
    g_output_stream_splice_async (memory, stream,
                                  G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                  G_PRIORITY_DEFAULT, NULL, on_uris, g_steal_pointer (&pasting));
}

/* Files come through the portal where there is one. Some programs say that they can do that, too, and then give their list
 * of addresses: so it is asked for by its own name. */
static void
on_files (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(Pasting) pasting = data;
  g_autoptr(GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value == NULL)
    {
      g_debug ("No files through the portal: %s", error->message);
      gdk_clipboard_read_async (GDK_CLIPBOARD (source), (const char *[]) { "text/uri-list", NULL }, G_PRIORITY_DEFAULT, NULL,
                                on_uri_stream, g_steal_pointer (&pasting));
    }
  else if (_natter_file_tray_get_channel (pasting->tray) == pasting->channel)
    add_list (pasting->tray, g_value_get_boxed (value));
}

/**
 * natter_file_tray_paste:
 * @self: a tray
 * @clipboard: a clipboard
 *
 * Takes files and pictures. Programs that copy text often offer a picture of it too: text is left to the entry.
 *
 * Returns: whether there was such a thing
 */
gboolean
natter_file_tray_paste (NatterFileTray *self,
                        GdkClipboard   *clipboard)
{
  GdkContentFormats *formats;

  g_return_val_if_fail (NATTER_IS_FILE_TRAY (self), FALSE);

  formats = gdk_clipboard_get_formats (clipboard);
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    {
      if (natter_file_tray_check (self))
        gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_files,
                                        pasting_new (self));
      return TRUE;
    }
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
      || gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8"))
    return FALSE;
  if (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE)
      && !gdk_content_formats_contain_mime_type (formats, "image/png"))
    return FALSE;
  if (natter_file_tray_check (self))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_texture, pasting_new (self));
  return TRUE;
}

static gboolean
on_drop (NatterFileTray *self,
         const GValue   *value)
{
  if (_natter_file_tray_get_channel (self) == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    add_list (self, g_value_get_boxed (value));
  else if (natter_file_tray_check (self))
    add_texture (pasting_new (self), g_value_get_object (value));
  return TRUE;
}

/**
 * natter_file_tray_accept_drop:
 * @self: a tray
 * @widget: on which files and pictures may be dropped
 */
void
natter_file_tray_accept_drop (NatterFileTray *self,
                              GtkWidget      *widget)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  g_return_if_fail (NATTER_IS_FILE_TRAY (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
