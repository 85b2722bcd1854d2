/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-emoji-view"

#include "config.h"

#include "natter-emoji-view.h"

#include "natter-pictures.h"

/* How much of the height of a line an emoji takes. */
#define TEXT_SHARE 0.72

/**
 * NatterEmojiView:
 *
 * One emoji: a character, or the picture of one that a server has of its own. To assistive technology it is decoration; its
 * name is told by whatever holds it.
 */
struct _NatterEmojiView
{
  AdwBin        parent_instance;

  GtkLabel     *text;
  GtkImage     *picture; /* instead of the text, once it is there */
  GCancellable *cancellable;
  int           size;
};

G_DEFINE_FINAL_TYPE (NatterEmojiView, natter_emoji_view, ADW_TYPE_BIN)

static void
show_picture (NatterEmojiView *self,
              GdkTexture      *texture)
{
  gtk_image_set_from_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), texture != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->text), texture == NULL);
}

static void
on_picture (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = natter_pictures_load_finish (result, &error);

  /* Cancelled means that it shows something else, or is gone. */
  if (texture != NULL)
    show_picture (data, texture);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("An emoji has no picture: %s", error->message);
}

static void
natter_emoji_view_dispose (GObject *object)
{
  NatterEmojiView *self = NATTER_EMOJI_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (natter_emoji_view_parent_class)->dispose (object);
}

static void
natter_emoji_view_class_init (NatterEmojiViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_emoji_view_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
natter_emoji_view_init (NatterEmojiView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->text = GTK_LABEL (gtk_label_new (NULL));
  self->picture = GTK_IMAGE (gtk_image_new ());
  gtk_label_set_max_width_chars (self->text, 12);
  gtk_label_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  adw_bin_set_child (ADW_BIN (self), box);
  show_picture (self, NULL);
}

/**
 * natter_emoji_view_new:
 * @size: of its picture, in logical pixels
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
natter_emoji_view_new (int size)
{
  NatterEmojiView *self = g_object_new (NATTER_TYPE_EMOJI_VIEW, NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();

  self->size = size;
  gtk_image_set_pixel_size (self->picture, size);
  pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int) (size * TEXT_SHARE * PANGO_SCALE)));
  gtk_label_set_attributes (self->text, attributes);
  return GTK_WIDGET (self);
}

/**
 * natter_emoji_view_set:
 * @self: a view
 * @text: (nullable): a character, or a name while there is no picture
 * @picture: (nullable): address of a picture, which only the server has that is read
 */
void
natter_emoji_view_set (NatterEmojiView *self,
                       const char      *text,
                       const char      *picture)
{
  int pixels;
  GdkTexture *texture;

  g_return_if_fail (NATTER_IS_EMOJI_VIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  pixels = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  texture = picture != NULL ? natter_pictures_lookup (picture, pixels) : NULL;
  show_picture (self, texture);
  if (picture == NULL || texture != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  natter_pictures_load_async (picture, pixels, self->cancellable, on_picture, self);
}
