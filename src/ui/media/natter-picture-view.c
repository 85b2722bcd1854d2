/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-picture-view"

#include "config.h"

#include "natter-picture-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "natter-animation.h"
#include "natter-media.h"

/* The room that a picture may take in a conversation, and what it gets while its size is not known. */
#define ROOM_WIDTH 400
#define ROOM_HEIGHT 320
#define UNKNOWN_WIDTH 320
#define UNKNOWN_HEIGHT 200
#define LEAST 48

/**
 * NatterPictureView:
 *
 * A picture of a message. Its room is taken from the size that the server told, before anything is loaded, so that nothing
 * moves when it comes. What moves stands still while it is out of sight or the system asks for less motion.
 */
struct _NatterPictureView
{
  GtkWidget          parent_instance;

  GtkWidget         *picture;
  GtkWidget         *overlay; /* what is said in place of it */
  GtkWidget         *icon;
  GtkWidget         *label;
  GtkWidget         *spinner;

  char              *uri;
  GdkPaintable      *paintable;
  GCancellable      *cancellable;
  guint              tick;
  int                room_width;
  int                room_height;
  int                width; /* as shown, in logical pixels */
  int                height;
  NatterPictureState state;
  guint              is_foreign : 1;
};

G_DEFINE_FINAL_TYPE (NatterPictureView, natter_picture_view, GTK_TYPE_WIDGET)

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  natter_animation_advance (NATTER_ANIMATION (NATTER_PICTURE_VIEW (widget)->paintable));
  return G_SOURCE_CONTINUE;
}

static void
update_motion (NatterPictureView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean moves = NATTER_IS_ANIMATION (self->paintable) && gtk_widget_get_mapped (widget)
                   && adw_get_enable_animations (widget);

  if (moves && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
  else if (!moves && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
    }
}

static void
set_state (NatterPictureView  *self,
           NatterPictureState  state,
           const char         *text)
{
  self->state = state;
  gtk_widget_set_visible (self->overlay, state != NATTER_PICTURE_SHOWN && state != NATTER_PICTURE_EMPTY);
  gtk_widget_set_visible (self->spinner, state == NATTER_PICTURE_LOADING);
  gtk_widget_set_visible (self->icon, state == NATTER_PICTURE_ASKS || state == NATTER_PICTURE_FAILED);
  gtk_widget_set_visible (self->label, text != NULL && self->height >= 2 * LEAST);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon),
                                state == NATTER_PICTURE_FAILED ? "image-missing-symbolic" : "image-x-generic-symbolic");
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
}

static void
show_picture (NatterPictureView *self,
              GdkPaintable      *paintable)
{
  g_set_object (&self->paintable, paintable);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), paintable);
  set_state (self, paintable != NULL ? NATTER_PICTURE_SHOWN : NATTER_PICTURE_EMPTY, NULL);
  update_motion (self);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  NatterPictureView *self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) paintable = natter_media_load_finish (result, &error);

  /* It shows something else by now, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = data;
  g_clear_object (&self->cancellable);
  if (paintable != NULL)
    {
      show_picture (self, paintable);
      return;
    }
  g_debug ("A picture can't be shown: %s", error->message);
  set_state (self, NATTER_PICTURE_FAILED, _("This picture could not be loaded"));
}

static void
cancel (NatterPictureView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* How high it is in a width. */
static int
get_height (NatterPictureView *self,
            int                width)
{
  if (width >= self->width)
    return self->height;
  return MAX (1, self->height * width / MAX (1, self->width));
}

static void
natter_picture_view_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  NatterPictureView *self = NATTER_PICTURE_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = self->width;
      *minimum = MIN (self->width, LEAST);
    }
  else if (for_size >= 0)
    *minimum = *natural = get_height (self, for_size);
  else
    {
      /* A box with others beside it never gets lower than this, whatever width there is. */
      *minimum = get_height (self, LEAST);
      *natural = self->height;
    }
}

static GtkSizeRequestMode
natter_picture_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
natter_picture_view_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  NatterPictureView *self = NATTER_PICTURE_VIEW (widget);

  /* Children ask for more than a small picture has; what goes over is cut off. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least_width = 0;
      int least_height = 0;
      GskTransform *transform;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      least_width = MAX (least_width, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, least_width, &least_height, NULL, NULL, NULL);
      least_height = MAX (least_height, height);
      transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) (width - least_width) / 2,
                                                                       (float) (height - least_height) / 2));
      gtk_widget_allocate (child, least_width, least_height, -1, transform);
    }
  gtk_widget_set_opacity (self->label, height >= 2 * LEAST ? 1 : 0);
}

static void
natter_picture_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (natter_picture_view_parent_class)->map (widget);
  update_motion (NATTER_PICTURE_VIEW (widget));
}

static void
natter_picture_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (natter_picture_view_parent_class)->unmap (widget);
  update_motion (NATTER_PICTURE_VIEW (widget));
}

static void
natter_picture_view_dispose (GObject *object)
{
  NatterPictureView *self = NATTER_PICTURE_VIEW (object);

  cancel (self);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_object (&self->paintable);
  g_clear_pointer (&self->picture, gtk_widget_unparent);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (natter_picture_view_parent_class)->dispose (object);
}

static void
natter_picture_view_finalize (GObject *object)
{
  g_free (NATTER_PICTURE_VIEW (object)->uri);
  G_OBJECT_CLASS (natter_picture_view_parent_class)->finalize (object);
}

static void
natter_picture_view_class_init (NatterPictureViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_picture_view_dispose;
  object_class->finalize = natter_picture_view_finalize;
  widget_class->measure = natter_picture_view_measure;
  widget_class->get_request_mode = natter_picture_view_get_request_mode;
  widget_class->size_allocate = natter_picture_view_size_allocate;
  widget_class->map = natter_picture_view_map;
  widget_class->unmap = natter_picture_view_unmap;

  gtk_widget_class_set_css_name (widget_class, "messagepicture");
  /* Whatever holds it says what it is. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
natter_picture_view_init (NatterPictureView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_set_parent (self->picture, GTK_WIDGET (self));

  self->spinner = adw_spinner_new ();
  self->icon = gtk_image_new ();
  gtk_image_set_icon_size (GTK_IMAGE (self->icon), GTK_ICON_SIZE_LARGE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 28);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "dimmed");
  self->overlay = box;
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  natter_picture_view_set_room (self, ROOM_WIDTH, ROOM_HEIGHT);
  set_state (self, NATTER_PICTURE_EMPTY, NULL);
}

/**
 * natter_picture_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
natter_picture_view_new (void)
{
  return g_object_new (NATTER_TYPE_PICTURE_VIEW, NULL);
}

static void
set_size (NatterPictureView *self,
          int                width,
          int                height)
{
  double scale;

  if (width <= 0 || height <= 0)
    {
      width = UNKNOWN_WIDTH;
      height = UNKNOWN_HEIGHT;
    }
  scale = MIN (1.0, MIN ((double) self->room_width / width, (double) self->room_height / height));
  self->width = MAX (LEAST, (int) (width * scale));
  self->height = MAX (LEAST, (int) (height * scale));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * natter_picture_view_set:
 * @self: a view
 * @uri: (nullable): absolute address of the picture
 * @width: in pixels, as its sender told, 0: not told
 * @height: likewise
 * @is_foreign: whether it is on another site than the server
 * @may_load: whether it is loaded at once; else the person is asked
 */
void
natter_picture_view_set (NatterPictureView *self,
                         const char        *uri,
                         int                width,
                         int                height,
                         gboolean           is_foreign,
                         gboolean           may_load)
{
  g_return_if_fail (NATTER_IS_PICTURE_VIEW (self));

  cancel (self);
  g_set_str (&self->uri, uri);
  self->is_foreign = !!is_foreign;
  set_size (self, width, height);
  show_picture (self, NULL);
  if (uri == NULL)
    return;
  if (may_load)
    {
      natter_picture_view_load (self);
    }
  else
    {
      g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
      const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
      /* Translators: %s is a web site; pressing this loads a picture from there. */
      g_autofree char *text = g_strdup_printf (_("Show Picture From %s"), host != NULL ? host : uri);

      set_state (self, NATTER_PICTURE_ASKS, text);
    }
}

/**
 * natter_picture_view_set_room:
 * @self: a view
 * @width: how wide a picture may be, in logical pixels
 * @height: how high
 *
 * To be set before the picture.
 */
void
natter_picture_view_set_room (NatterPictureView *self,
                              int                width,
                              int                height)
{
  g_return_if_fail (NATTER_IS_PICTURE_VIEW (self));

  self->room_width = width;
  self->room_height = height;
  set_size (self, 0, 0);
}

/**
 * natter_picture_view_get_state:
 * @self: a view
 *
 * Returns: what it shows
 */
NatterPictureState
natter_picture_view_get_state (NatterPictureView *self)
{
  g_return_val_if_fail (NATTER_IS_PICTURE_VIEW (self), NATTER_PICTURE_EMPTY);

  return self->state;
}

/**
 * natter_picture_view_get_picture:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the picture, when it is there
 */
GdkPaintable *
natter_picture_view_get_picture (NatterPictureView *self)
{
  g_return_val_if_fail (NATTER_IS_PICTURE_VIEW (self), NULL);

  return self->paintable;
}

/**
 * natter_picture_view_load:
 * @self: a view
 *
 * Loads the picture: the person agreed, or wants to try again.
 */
void
natter_picture_view_load (NatterPictureView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  GdkPaintable *paintable;

  g_return_if_fail (NATTER_IS_PICTURE_VIEW (self));

  if (self->uri == NULL || self->cancellable != NULL)
    return;
  paintable = natter_media_lookup (self->uri, self->width * scale, self->height * scale);
  if (paintable != NULL)
    {
      show_picture (self, paintable);
      return;
    }
  set_state (self, NATTER_PICTURE_LOADING, NULL);
  self->cancellable = g_cancellable_new ();
  natter_media_load_async (self->uri, self->is_foreign, self->width * scale, self->height * scale, NULL, NULL,
                           self->cancellable, on_loaded, self);
}
