/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-frame-watch.h"

struct _NatterWindow
{
  AdwApplicationWindow parent_instance;

  NatterSession   *session;
  GSettings       *settings;
  AdwToastOverlay *toasts;
};

G_DEFINE_FINAL_TYPE (NatterWindow, natter_window, ADW_TYPE_APPLICATION_WINDOW)

static void
natter_window_dispose (GObject *object)
{
  NatterWindow *self = NATTER_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (natter_window_parent_class)->dispose (object);
}

static void
natter_window_class_init (NatterWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, toasts);
}

static void
natter_window_init (NatterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_frame_watch_start (GTK_WIDGET (self));
}

/**
 * natter_window_new:
 * @application: the application
 * @session: whose servers are shown
 * @settings: where the size is kept
 *
 * Makes the window.
 *
 * Returns: (transfer none): the window, owned by GTK until it is closed
 */
NatterWindow *
natter_window_new (GtkApplication *application, NatterSession *session, GSettings *settings)
{
  NatterWindow *self = g_object_new (NATTER_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  return self;
}

/**
 * natter_window_select_server:
 * @self: the window
 * @server: a server of the list
 *
 * Shows @server.
 */
void
natter_window_select_server (NatterWindow *self, NatterServer *server)
{
}

/**
 * natter_window_add_server:
 * @self: the window
 * @address: (nullable): what to fill in
 *
 * Offers to add a server.
 */
void
natter_window_add_server (NatterWindow *self, const char *address)
{
}

/**
 * natter_window_show_error:
 * @self: the window
 * @error: what went wrong
 *
 * Says that something did not work and what to do about it.
 */
void
natter_window_show_error (NatterWindow *self, const GError *error)
{
  g_autofree char *text = natter_error_text_dup (error);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
