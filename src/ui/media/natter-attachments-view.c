/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-attachments-view"

#include "config.h"

#include "natter-attachments-view.h"

#include <glib/gi18n.h>

#include "natter-attachment.h"
#include "natter-file-card.h"
#include "natter-file-text.h"
#include "natter-media-viewer.h"
#include "natter-picture-button.h"
#include "natter-server.h"

/**
 * NatterAttachmentsView:
 *
 * The files of a message: pictures in a row that wraps, all others as cards below.
 */
struct _NatterAttachmentsView
{
  AdwBin         parent_instance;

  GtkWidget     *box;
  GtkWidget     *pictures;
  GListModel    *attachments;
  NatterServer  *server; /* NULL: no site is its own */
};

G_DEFINE_FINAL_TYPE (NatterAttachmentsView, natter_attachments_view, ADW_TYPE_BIN)

static gboolean
is_picture (NatterAttachmentsView *self,
            NatterAttachment      *attachment)
{
  return natter_attachment_get_url (attachment) != NULL
         && (self->server == NULL
             || natter_server_judge_picture (self->server, natter_attachment_get_url (attachment)) != NATTER_REMOTE_MEDIA_NEVER)
         && g_str_has_prefix (natter_attachment_get_mime_type (attachment), "image/")
         && !natter_attachment_is_expired (attachment, g_get_real_time ());
}

/* (transfer full): NatterAttachment, in order: those that are in sight. The others were not asked for. */
static GListModel *
dup_pictures (NatterAttachmentsView *self)
{
  GListStore *pictures = g_list_store_new (NATTER_TYPE_ATTACHMENT);

  for (GtkWidget *button = gtk_widget_get_first_child (self->pictures); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (natter_picture_view_get_state (natter_picture_button_get_view (NATTER_PICTURE_BUTTON (button))) == NATTER_PICTURE_SHOWN)
      g_list_store_append (pictures, g_object_get_data (G_OBJECT (button), "attachment"));
  return G_LIST_MODEL (pictures);
}

static void
on_picture_opened (NatterAttachmentsView *self,
                   NatterPictureButton   *button)
{
  NatterAttachment *attachment = g_object_get_data (G_OBJECT (button), "attachment");
  g_autoptr(GListModel) pictures = dup_pictures (self);

  natter_media_viewer_present (GTK_WIDGET (self), pictures, attachment);
}

static void
add_picture (NatterAttachmentsView *self,
             NatterAttachment      *attachment)
{
  GtkWidget *button = natter_picture_button_new (self->server);
  g_autofree char *name = natter_file_text_dup_name (natter_attachment_get_name (attachment));
  /* Translators: read by a screen reader; %s is the name of the file */
  g_autofree char *label = g_strdup_printf (_("Picture %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (attachment), g_object_unref);
  g_signal_connect_object (button, "opened", G_CALLBACK (on_picture_opened), self, G_CONNECT_SWAPPED);
  natter_picture_button_set (NATTER_PICTURE_BUTTON (button), natter_attachment_get_url (attachment),
                             natter_attachment_get_width (attachment), natter_attachment_get_height (attachment));
  if (ADW_IS_WRAP_BOX (self->pictures))
    adw_wrap_box_append (ADW_WRAP_BOX (self->pictures), button);
  else
    gtk_box_append (GTK_BOX (self->pictures), button);
}

/* Boxes whose children are side by side want the height that these have at their full width, so one picture alone is in none. */
static void
make_room (NatterAttachmentsView *self,
           guint                  n_pictures)
{
  if (n_pictures == 1)
    self->pictures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  else
    {
      self->pictures = adw_wrap_box_new ();
      adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->pictures), 6);
      adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->pictures), 6);
    }
  gtk_box_append (GTK_BOX (self->box), self->pictures);
}

static void
clear (NatterAttachmentsView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->pictures = NULL;
}

static void
fill (NatterAttachmentsView *self)
{
  guint n_attachments = self->attachments != NULL ? g_list_model_get_n_items (self->attachments) : 0;
  guint n_pictures = 0;

  for (guint i = 0; i < n_attachments; i++)
    {
      g_autoptr(NatterAttachment) attachment = g_list_model_get_item (self->attachments, i);

      n_pictures += is_picture (self, attachment);
    }
  if (n_pictures > 0)
    make_room (self, n_pictures);
  for (guint i = 0; i < n_attachments; i++)
    {
      g_autoptr(NatterAttachment) attachment = g_list_model_get_item (self->attachments, i);

      if (is_picture (self, attachment))
        add_picture (self, attachment);
    }
  for (guint i = 0; i < n_attachments; i++)
    {
      g_autoptr(NatterAttachment) attachment = g_list_model_get_item (self->attachments, i);

      if (!is_picture (self, attachment))
        gtk_box_append (GTK_BOX (self->box), natter_file_card_new (attachment));
    }
}

static void
refill (NatterAttachmentsView *self)
{
  clear (self);
  fill (self);
}

static void
set_server (NatterAttachmentsView *self,
            NatterServer          *server)
{
  if (self->server == server)
    return;
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_func (self->server, refill, self);
  g_set_object (&self->server, server);
  /* Pictures that may not be shown become cards. */
  if (server != NULL)
    g_signal_connect_object (server, "notify::remote-media", G_CALLBACK (refill), self, G_CONNECT_SWAPPED);
}

static void
natter_attachments_view_dispose (GObject *object)
{
  NatterAttachmentsView *self = NATTER_ATTACHMENTS_VIEW (object);

  g_clear_object (&self->attachments);
  set_server (self, NULL);
  self->box = self->pictures = NULL;
  G_OBJECT_CLASS (natter_attachments_view_parent_class)->dispose (object);
}

static void
natter_attachments_view_class_init (NatterAttachmentsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_attachments_view_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "attachments");
}

static void
natter_attachments_view_init (NatterAttachmentsView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/**
 * natter_attachments_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
natter_attachments_view_new (void)
{
  return g_object_new (NATTER_TYPE_ATTACHMENTS_VIEW, NULL);
}

/**
 * natter_attachments_view_set:
 * @self: a view
 * @attachments: (nullable): #NatterAttachment of one message
 * @server: (nullable): where the message is; it decides about pictures of other sites
 */
void
natter_attachments_view_set (NatterAttachmentsView *self,
                             GListModel            *attachments,
                             NatterServer          *server)
{
  g_return_if_fail (NATTER_IS_ATTACHMENTS_VIEW (self));

  if (self->attachments == attachments)
    return;
  g_set_object (&self->attachments, attachments);
  set_server (self, server);
  refill (self);
}
