/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-animation"

#include "config.h"

#include "natter-animation.h"

#include "natter-image.h"

/**
 * NatterAnimation:
 *
 * A picture that moves, as a #GdkPaintable. It stands still unless somebody calls natter_animation_advance() for each
 * frame, so that what nobody sees costs nothing.
 */
struct _NatterAnimation
{
  GObject                 parent_instance;

  GdkPixbufAnimation     *frames;
  GdkPixbufAnimationIter *iter;
  GdkTexture             *texture; /* the frame that is shown */
};

static void natter_animation_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterAnimation, natter_animation, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, natter_animation_paintable_init))

static void
take_frame (NatterAnimation *self)
{
  g_autoptr(GdkTexture) texture = natter_image_to_texture (gdk_pixbuf_animation_iter_get_pixbuf (self->iter), TRUE);

  g_set_object (&self->texture, texture);
}

static void
natter_animation_snapshot (GdkPaintable *paintable,
                           GdkSnapshot  *snapshot,
                           double        width,
                           double        height)
{
  gdk_paintable_snapshot (GDK_PAINTABLE (NATTER_ANIMATION (paintable)->texture), snapshot, width, height);
}

static GdkPaintable *
natter_animation_get_current_image (GdkPaintable *paintable)
{
  return GDK_PAINTABLE (g_object_ref (NATTER_ANIMATION (paintable)->texture));
}

static GdkPaintableFlags
natter_animation_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE;
}

static int
natter_animation_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_pixbuf_animation_get_width (NATTER_ANIMATION (paintable)->frames);
}

static int
natter_animation_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_pixbuf_animation_get_height (NATTER_ANIMATION (paintable)->frames);
}

static void
natter_animation_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = natter_animation_snapshot;
  iface->get_current_image = natter_animation_get_current_image;
  iface->get_flags = natter_animation_get_flags;
  iface->get_intrinsic_width = natter_animation_get_intrinsic_width;
  iface->get_intrinsic_height = natter_animation_get_intrinsic_height;
}

static void
natter_animation_finalize (GObject *object)
{
  NatterAnimation *self = NATTER_ANIMATION (object);

  g_clear_object (&self->iter);
  g_clear_object (&self->frames);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (natter_animation_parent_class)->finalize (object);
}

static void
natter_animation_class_init (NatterAnimationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_animation_finalize;
}

static void
natter_animation_init (NatterAnimation *self)
{
}

/**
 * natter_animation_new:
 * @frames: what moves
 *
 * Returns: (transfer full): a picture that shows the first frame
 */
GdkPaintable *
natter_animation_new (GdkPixbufAnimation *frames)
{
  NatterAnimation *self = g_object_new (NATTER_TYPE_ANIMATION, NULL);

  self->frames = g_object_ref (frames);
  self->iter = gdk_pixbuf_animation_get_iter (frames, NULL);
  take_frame (self);
  return GDK_PAINTABLE (self);
}

/**
 * natter_animation_advance:
 * @self: an animation
 *
 * Shows the frame that is due now.
 */
void
natter_animation_advance (NatterAnimation *self)
{
  g_return_if_fail (NATTER_IS_ANIMATION (self));

  if (!gdk_pixbuf_animation_iter_advance (self->iter, NULL))
    return;
  take_frame (self);
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}
