/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-media-viewer"

#include "config.h"

#include "natter-media-viewer.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-file-text.h"
#include "natter-media.h"
#include "natter-save.h"

/* Large screens have less. */
#define MOST_PIXELS 8192
#define ZOOM_STEP 1.25
#define ZOOM_MIN 0.1
#define ZOOM_MAX 8.0

/**
 * NatterMediaViewer:
 *
 * One picture of a message as large as the window allows, with its neighbours a key press away: to be zoomed, moved, copied
 * and saved.
 */
struct _NatterMediaViewer
{
  AdwDialog          parent_instance;

  AdwWindowTitle    *title;
  GtkWidget         *previous;
  GtkWidget         *next;
  GtkStack          *stack;
  AdwStatusPage     *failure;
  GtkScrolledWindow *window;
  GtkPicture        *picture;
  GtkLabel          *zoom_label;

  GListModel        *pictures;
  GdkPaintable      *paintable;
  GCancellable      *cancellable;
  guint              position;
  double             zoom; /* device pixels for one of the picture; 0: as large as the window has room for */
  double             zoom_at_start; /* of a pinch */
  double             drag_x, drag_y; /* where the view was when a drag began */
};

G_DEFINE_FINAL_TYPE (NatterMediaViewer, natter_media_viewer, ADW_TYPE_DIALOG)

/* (transfer full) */
static NatterAttachment *
dup_current (NatterMediaViewer *self)
{
  return g_list_model_get_item (self->pictures, self->position);
}

static double
get_fitting_zoom (NatterMediaViewer *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double width = gtk_widget_get_width (GTK_WIDGET (self->window)) * scale;
  double height = gtk_widget_get_height (GTK_WIDGET (self->window)) * scale;

  return MIN (1.0, MIN (width / MAX (1, gdk_paintable_get_intrinsic_width (self->paintable)),
                        height / MAX (1, gdk_paintable_get_intrinsic_height (self->paintable))));
}

static void
set_zoom (NatterMediaViewer *self,
          double             zoom)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (self->paintable == NULL)
    return;
  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_MIN, ZOOM_MAX) : 0;
  if (self->zoom > 0)
    {
      gtk_widget_set_size_request (GTK_WIDGET (self->picture),
                                   (int) (gdk_paintable_get_intrinsic_width (self->paintable) * self->zoom / scale),
                                   (int) (gdk_paintable_get_intrinsic_height (self->paintable) * self->zoom / scale));
      /* Translators: how large a picture is shown, 100% is one point of the screen for one of the picture */
      text = g_strdup_printf (_("%.0f%%"), self->zoom * 100);
    }
  else
    {
      gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, -1);
      /* Translators: a picture is shown as large as the window allows */
      text = g_strdup (_("Fit"));
    }
  gtk_label_set_text (self->zoom_label, text);
}

static void
zoom_by (NatterMediaViewer *self,
         double             factor)
{
  if (self->paintable != NULL)
    set_zoom (self, (self->zoom > 0 ? self->zoom : get_fitting_zoom (self)) * factor);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  NatterMediaViewer *self;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) paintable = natter_media_load_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = data;
  g_clear_object (&self->cancellable);
  if (paintable == NULL)
    {
      text = natter_error_text_dup (error);
      adw_status_page_set_description (self->failure, text);
      gtk_stack_set_visible_child_name (self->stack, "failure");
      return;
    }
  g_set_object (&self->paintable, paintable);
  gtk_picture_set_paintable (self->picture, paintable);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.copy", GDK_IS_TEXTURE (paintable));
  set_zoom (self, 0);
}

static void
show_title (NatterMediaViewer *self,
            NatterAttachment  *attachment)
{
  g_autofree char *name = natter_file_text_dup_name (natter_attachment_get_name (attachment));
  guint n_pictures = g_list_model_get_n_items (self->pictures);
  g_autofree char *place = NULL;

  adw_window_title_set_title (self->title, name);
  adw_dialog_set_title (ADW_DIALOG (self), name);
  gtk_picture_set_alternative_text (self->picture, name);
  if (n_pictures > 1)
    /* Translators: which of several pictures is shown, as in "2 of 5" */
    place = g_strdup_printf (_("%u of %u"), self->position + 1, n_pictures);
  adw_window_title_set_subtitle (self->title, place != NULL ? place : "");
}

static void
show (NatterMediaViewer *self)
{
  g_autoptr(NatterAttachment) attachment = dup_current (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->paintable);
  gtk_picture_set_paintable (self->picture, NULL);
  show_title (self, attachment);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next",
                                 self->position + 1 < g_list_model_get_n_items (self->pictures));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.copy", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->cancellable = g_cancellable_new ();
  natter_media_load_async (natter_attachment_get_url (attachment), FALSE, MOST_PIXELS, MOST_PIXELS, NULL, NULL,
                           self->cancellable, on_loaded, self);
}

static void
on_step (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterMediaViewer *self = NATTER_MEDIA_VIEWER (widget);

  if (g_str_equal (action, "viewer.previous") && self->position > 0)
    self->position--;
  else if (g_str_equal (action, "viewer.next") && self->position + 1 < g_list_model_get_n_items (self->pictures))
    self->position++;
  else
    return;
  show (self);
}

static void
on_zoom (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterMediaViewer *self = NATTER_MEDIA_VIEWER (widget);

  if (g_str_equal (action, "viewer.zoom-in"))
    zoom_by (self, ZOOM_STEP);
  else if (g_str_equal (action, "viewer.zoom-out"))
    zoom_by (self, 1 / ZOOM_STEP);
  else if (g_str_equal (action, "viewer.zoom-full"))
    set_zoom (self, 1);
  else
    set_zoom (self, 0);
}

static void
on_copy (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterMediaViewer *self = NATTER_MEDIA_VIEWER (widget);

  if (GDK_IS_TEXTURE (self->paintable))
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), GDK_TEXTURE (self->paintable));
}

static void
on_file (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(NatterMediaViewer) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = natter_file_cache_get_finish (NATTER_FILE_CACHE (source), result, &error);
  g_autoptr(NatterAttachment) attachment = dup_current (self);

  if (file == NULL)
    {
      g_debug ("A picture can't be saved: %s", error->message);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    natter_save_file (GTK_WIDGET (self), file, natter_attachment_get_name (attachment));
}

/* It is in the cache mostly, for it is shown. */
static void
on_save (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterMediaViewer *self = NATTER_MEDIA_VIEWER (widget);
  g_autoptr(NatterAttachment) attachment = dup_current (self);

  if (natter_media_get_cache () != NULL)
    natter_file_cache_get_async (natter_media_get_cache (), natter_attachment_get_url (attachment),
                                 NATTER_MEDIA_MAX_PICTURE, FALSE, NULL, NULL, NULL, on_file, g_object_ref (self));
}

static gboolean
on_scroll (NatterMediaViewer        *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0 || dy == 0)
    return FALSE;
  zoom_by (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  return TRUE;
}

static void
on_pinch_begin (NatterMediaViewer *self)
{
  if (self->paintable != NULL)
    self->zoom_at_start = self->zoom > 0 ? self->zoom : get_fitting_zoom (self);
}

static void
on_pinch (NatterMediaViewer *self,
          double             scale)
{
  set_zoom (self, self->zoom_at_start * scale);
}

static void
on_drag_begin (NatterMediaViewer *self)
{
  self->drag_x = gtk_adjustment_get_value (gtk_scrolled_window_get_hadjustment (self->window));
  self->drag_y = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->window));
}

static void
on_drag (NatterMediaViewer *self,
         double             dx,
         double             dy)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_hadjustment (self->window), self->drag_x - dx);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), self->drag_y - dy);
}

static void
natter_media_viewer_dispose (GObject *object)
{
  NatterMediaViewer *self = NATTER_MEDIA_VIEWER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->paintable);
  g_clear_object (&self->pictures);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MEDIA_VIEWER);
  G_OBJECT_CLASS (natter_media_viewer_parent_class)->dispose (object);
}

static void
add_key (GtkWidgetClass  *widget_class,
         guint            key,
         GdkModifierType  modifiers,
         const char      *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, modifiers, action, NULL);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.previous", NULL, on_step);
  gtk_widget_class_install_action (widget_class, "viewer.next", NULL, on_step);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-in", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-out", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-full", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-fit", NULL, on_zoom);
  gtk_widget_class_install_action (widget_class, "viewer.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "viewer.save", NULL, on_save);
  add_key (widget_class, GDK_KEY_Page_Up, 0, "viewer.previous");
  add_key (widget_class, GDK_KEY_Page_Down, 0, "viewer.next");
  add_key (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "viewer.previous");
  add_key (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "viewer.next");
  add_key (widget_class, GDK_KEY_plus, 0, "viewer.zoom-in");
  add_key (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "viewer.zoom-in");
  add_key (widget_class, GDK_KEY_KP_Add, 0, "viewer.zoom-in");
  add_key (widget_class, GDK_KEY_minus, 0, "viewer.zoom-out");
  add_key (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "viewer.zoom-out");
  add_key (widget_class, GDK_KEY_KP_Subtract, 0, "viewer.zoom-out");
  add_key (widget_class, GDK_KEY_1, 0, "viewer.zoom-full");
  add_key (widget_class, GDK_KEY_0, 0, "viewer.zoom-fit");
  add_key (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "viewer.zoom-fit");
  add_key (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "viewer.copy");
  add_key (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "viewer.save");
}

static void
natter_media_viewer_class_init (NatterMediaViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_media_viewer_dispose;

  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-media-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, title);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, previous);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, next);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, failure);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, window);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, NatterMediaViewer, zoom_label);
  gtk_widget_class_bind_template_callback (widget_class, on_scroll);
  gtk_widget_class_bind_template_callback (widget_class, on_pinch_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_pinch);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_drag);
}

static void
natter_media_viewer_init (NatterMediaViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_media_viewer_present:
 * @parent: where it was asked for
 * @pictures: #NatterAttachment, all of them pictures, of which the person may see any
 * @first: the one to begin with
 *
 * Opens a viewer above the window of @parent.
 */
void
natter_media_viewer_present (GtkWidget        *parent,
                             GListModel       *pictures,
                             NatterAttachment *first)
{
  NatterMediaViewer *self = g_object_new (NATTER_TYPE_MEDIA_VIEWER, NULL);

  self->pictures = g_object_ref (pictures);
  for (guint i = 0; i < g_list_model_get_n_items (pictures); i++)
    {
      g_autoptr(NatterAttachment) attachment = g_list_model_get_item (pictures, i);

      if (attachment == first)
        self->position = i;
    }
  gtk_widget_set_visible (self->previous, g_list_model_get_n_items (pictures) > 1);
  gtk_widget_set_visible (self->next, g_list_model_get_n_items (pictures) > 1);
  show (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
