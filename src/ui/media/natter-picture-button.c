/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-picture-button"

#include "config.h"

#include "natter-picture-button.h"

#include <glib/gi18n.h>

#include "natter-plain-name.h"
#include "natter-server.h"

/**
 * NatterPictureButton:
 *
 * A picture of a message that can be pressed. What is on another site than the server is loaded as the person wants it for
 * that server; when it has to be asked for, pressing asks.
 *
 * Signal "opened": the picture is there and was pressed.
 */
struct _NatterPictureButton
{
  GtkButton          parent_instance;

  NatterPictureView *view;
  NatterServer      *server; /* NULL: no site is its own */
  char              *uri;
  int                width;
  int                height;
};

enum
{
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterPictureButton, natter_picture_button, GTK_TYPE_BUTTON)

static NatterRemoteMedia
judge (NatterPictureButton *self)
{
  return self->server != NULL ? natter_server_judge_picture (self->server, self->uri) : NATTER_REMOTE_MEDIA_ASK;
}

static char *
dup_host (NatterPictureButton *self)
{
  g_autoptr(GUri) uri = g_uri_parse (self->uri, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return natter_plain_name (host != NULL ? host : self->uri);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(NatterPictureButton) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "always") && self->server != NULL)
    natter_server_set_remote_media (self->server, NATTER_REMOTE_MEDIA_ALWAYS);
  else if (g_str_equal (answer, "once") && self->view != NULL)
    natter_picture_view_load (self->view);
}

static void
ask (NatterPictureButton *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Show This Picture?"), NULL));
  g_autofree char *host = dup_host (self);

  /* Translators: %s is a web site */
  adw_alert_dialog_format_body (dialog, _("It is on another site, %s, which will see your network address and when you look."), host);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "once", _("Show _Once"), NULL);
  if (self->server != NULL)
    adw_alert_dialog_add_response (dialog, "always", _("_Always Show on This Server"));
  adw_alert_dialog_set_default_response (dialog, "once");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, on_answered, g_object_ref (self));
}

static void
natter_picture_button_clicked (GtkButton *button)
{
  NatterPictureButton *self = NATTER_PICTURE_BUTTON (button);

  switch (natter_picture_view_get_state (self->view))
    {
    case NATTER_PICTURE_SHOWN:
      g_signal_emit (self, signals[OPENED], 0);
      break;
    case NATTER_PICTURE_ASKS:
      ask (self);
      break;
    case NATTER_PICTURE_FAILED:
      natter_picture_view_load (self->view);
      break;
    case NATTER_PICTURE_EMPTY:
    case NATTER_PICTURE_LOADING:
    default:
      break;
    }
}

static void
show (NatterPictureButton *self)
{
  NatterRemoteMedia verdict;

  if (self->uri == NULL)
    return;
  verdict = judge (self);
  gtk_widget_set_visible (GTK_WIDGET (self), verdict != NATTER_REMOTE_MEDIA_NEVER);
  natter_picture_view_set (self->view, verdict != NATTER_REMOTE_MEDIA_NEVER ? self->uri : NULL, self->width, self->height,
                           self->server == NULL || !natter_server_has_site (self->server, self->uri),
                           verdict == NATTER_REMOTE_MEDIA_ALWAYS);
}

/* What is there stays. */
static void
on_remote_media (NatterPictureButton *self)
{
  if (natter_picture_view_get_state (self->view) != NATTER_PICTURE_SHOWN)
    show (self);
}

static void
natter_picture_button_dispose (GObject *object)
{
  NatterPictureButton *self = NATTER_PICTURE_BUTTON (object);

  self->view = NULL;
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_picture_button_parent_class)->dispose (object);
}

static void
natter_picture_button_finalize (GObject *object)
{
  g_free (NATTER_PICTURE_BUTTON (object)->uri);

  G_OBJECT_CLASS (natter_picture_button_parent_class)->finalize (object);
}

static void
natter_picture_button_class_init (NatterPictureButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_picture_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = natter_picture_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = natter_picture_button_clicked;

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
natter_picture_button_init (NatterPictureButton *self)
{
  self->view = NATTER_PICTURE_VIEW (natter_picture_view_new ());
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture-button");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

/**
 * natter_picture_button_new:
 * @server: (nullable): where the message is
 *
 * Returns: (transfer floating): a button without a picture
 */
GtkWidget *
natter_picture_button_new (NatterServer *server)
{
  NatterPictureButton *self = g_object_new (NATTER_TYPE_PICTURE_BUTTON, NULL);

  g_set_object (&self->server, server);
  if (server != NULL)
    g_signal_connect_object (server, "notify::remote-media", G_CALLBACK (on_remote_media), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * natter_picture_button_set:
 * @self: a button
 * @uri: absolute address of the picture
 * @width: in pixels, as its sender told, 0: not told
 * @height: likewise
 */
void
natter_picture_button_set (NatterPictureButton *self,
                           const char          *uri,
                           int                  width,
                           int                  height)
{
  g_return_if_fail (NATTER_IS_PICTURE_BUTTON (self));
  g_return_if_fail (uri != NULL);

  g_set_str (&self->uri, uri);
  self->width = width;
  self->height = height;
  show (self);
}

/**
 * natter_picture_button_get_view:
 * @self: a button
 *
 * Returns: (transfer none): what is in it
 */
NatterPictureView *
natter_picture_button_get_view (NatterPictureButton *self)
{
  g_return_val_if_fail (NATTER_IS_PICTURE_BUTTON (self), NULL);

  return self->view;
}
