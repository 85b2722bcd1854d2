/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-card"

#include "config.h"

#include "natter-file-card.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-file-text.h"
#include "natter-media.h"
#include "natter-save.h"

/* What a file may weigh that a person asked for. */
#define MAX_BYTES (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)
#define VIDEO_HEIGHT 225

/**
 * NatterFileCard:
 *
 * A file of a message that is no picture: what it is, and buttons to save it and, for sound and video, to play it here. It
 * is fetched only when asked for.
 */
struct _NatterFileCard
{
  AdwBin            parent_instance;

  GtkBox           *box;
  GtkImage         *icon;
  GtkLabel         *name;
  GtkLabel         *details;
  GtkButton        *play;
  GtkButton        *save;
  GtkButton        *stop;
  GtkProgressBar   *progress;
  GtkWidget        *player;

  NatterAttachment *attachment;
  GCancellable     *cancellable; /* of what is on its way */
};

G_DEFINE_FINAL_TYPE (NatterFileCard, natter_file_card, ADW_TYPE_BIN)

static void
show_details (NatterFileCard *self)
{
  g_autofree char *text = natter_file_text_dup (natter_attachment_get_mime_type (self->attachment),
                                                natter_attachment_get_size (self->attachment),
                                                natter_attachment_get_expires (self->attachment), g_get_real_time ());

  gtk_label_set_text (self->details, text);
}

static void
set_busy (NatterFileCard *self,
          GCancellable   *cancellable)
{
  gboolean busy = cancellable != NULL;

  g_set_object (&self->cancellable, cancellable);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->play), !busy);
}

static void
show_failure (NatterFileCard *self,
              const GError   *error)
{
  g_autofree char *text = natter_error_text_dup (error);

  gtk_label_set_text (self->details, text);
}

static void
on_progress (guint64  n_bytes,
             guint64  n_total,
             gpointer data)
{
  NatterFileCard *self = data;

  if (n_total == 0)
    n_total = natter_attachment_get_size (self->attachment);
  if (n_total > 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (1.0, (double) n_bytes / (double) n_total));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
fetch (NatterFileCard      *self,
       GAsyncReadyCallback  callback)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  if (natter_media_get_cache () == NULL)
    return;
  show_details (self);
  set_busy (self, cancellable);
  natter_file_cache_get_async (natter_media_get_cache (), natter_attachment_get_url (self->attachment), MAX_BYTES, FALSE,
                               on_progress, self, cancellable, callback, self);
}

/* (transfer full) (nullable): the file; NULL also when the widget is gone */
static GFile *
finish_fetch (GObject         *source,
              GAsyncResult    *result,
              NatterFileCard  *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = natter_file_cache_get_finish (NATTER_FILE_CACHE (source), result, &error);

  /* Whoever cancelled it has put the rest in order. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  set_busy (self, NULL);
  if (error != NULL)
    show_failure (self, error);
  return g_steal_pointer (&file);
}

static void
on_file_to_save (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  NatterFileCard *self = data;
  g_autoptr(GFile) file = finish_fetch (source, result, self);

  if (file != NULL)
    natter_save_file (GTK_WIDGET (self), file, natter_attachment_get_name (self->attachment));
}

static void
show_player (NatterFileCard *self,
             GFile          *file)
{
  g_autoptr(GtkMediaStream) stream = gtk_media_file_new_for_file (file);

  if (g_str_has_prefix (natter_attachment_get_mime_type (self->attachment), "video/"))
    {
      self->player = gtk_video_new_for_media_stream (stream);
      gtk_widget_set_size_request (self->player, -1, VIDEO_HEIGHT);
    }
  else
    self->player = gtk_media_controls_new (stream);
  gtk_widget_add_css_class (self->player, "player");
  gtk_box_append (self->box, self->player);
  gtk_widget_set_visible (GTK_WIDGET (self->play), FALSE);
  gtk_media_stream_play (stream);
}

static void
on_file_to_play (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  NatterFileCard *self = data;
  g_autoptr(GFile) file = finish_fetch (source, result, self);

  if (file != NULL)
    show_player (self, file);
}

static void
on_save (NatterFileCard *self)
{
  fetch (self, on_file_to_save);
}

static void
on_play (NatterFileCard *self)
{
  fetch (self, on_file_to_play);
}

static void
on_stop (NatterFileCard *self)
{
  g_cancellable_cancel (self->cancellable);
  set_busy (self, NULL);
}

static void
natter_file_card_dispose (GObject *object)
{
  NatterFileCard *self = NATTER_FILE_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->attachment);
  /* The box is a child of both the bin and the template. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_FILE_CARD);
  G_OBJECT_CLASS (natter_file_card_parent_class)->dispose (object);
}

static void
natter_file_card_class_init (NatterFileCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_file_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-file-card.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, box);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, icon);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, name);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, details);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, play);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, save);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, stop);
  gtk_widget_class_bind_template_child (widget_class, NatterFileCard, progress);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_play);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
natter_file_card_init (NatterFileCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_file_card_new:
 * @attachment: a file
 *
 * Returns: (transfer floating): its card
 */
GtkWidget *
natter_file_card_new (NatterAttachment *attachment)
{
  NatterFileCard *self = g_object_new (NATTER_TYPE_FILE_CARD, NULL);
  const char *mime_type = natter_attachment_get_mime_type (attachment);
  gboolean there = natter_attachment_get_url (attachment) != NULL
                   && !natter_attachment_is_expired (attachment, g_get_real_time ());
  g_autofree char *name = natter_file_text_dup_name (natter_attachment_get_name (attachment));
  g_autofree char *save = NULL;
  g_autofree char *play = NULL;

  self->attachment = g_object_ref (attachment);
  gtk_image_set_from_icon_name (self->icon, natter_file_text_get_icon (mime_type));
  gtk_label_set_text (self->name, name);
  show_details (self);
  gtk_widget_set_visible (GTK_WIDGET (self->save), there);
  gtk_widget_set_visible (GTK_WIDGET (self->play), there && (g_str_has_prefix (mime_type, "audio/")
                                                             || g_str_has_prefix (mime_type, "video/")));
  /* Translators: %s is the name of a file */
  save = g_strdup_printf (_("Save %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_LABEL, save, -1);
  /* Translators: %s is the name of a sound or video file */
  play = g_strdup_printf (_("Play %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, play, -1);
  return GTK_WIDGET (self);
}
