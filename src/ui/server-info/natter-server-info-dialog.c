/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-info-dialog"

#include "config.h"

#include "natter-server-info-dialog.h"

#include <glib/gi18n.h>

#include "natter-server-info.h"

struct _NatterServerInfoDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay   *toasts;
  AdwNavigationView *navigation;
  NatterServerInfo  *info;
  GtkTextView       *raw;
};

G_DEFINE_FINAL_TYPE (NatterServerInfoDialog, natter_server_info_dialog, ADW_TYPE_DIALOG)

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterServerInfoDialog *self = NATTER_SERVER_INFO_DIALOG (widget);
  g_autofree char *text = natter_server_info_dup_text (self->info);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

static void
update_raw (NatterServerInfoDialog *self)
{
  NatterHandshake *handshake = natter_server_get_handshake (natter_server_info_get_server (self->info));
  g_autofree char *raw = handshake != NULL ? natter_handshake_dup_raw (handshake) : NULL;

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->raw), raw != NULL ? raw : "", -1);
}

static void
natter_server_info_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_SERVER_INFO_DIALOG);

  G_OBJECT_CLASS (natter_server_info_dialog_parent_class)->dispose (object);
}

static void
natter_server_info_dialog_class_init (NatterServerInfoDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_server_info_dialog_dispose;
  g_type_ensure (NATTER_TYPE_SERVER_INFO);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-info-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfoDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfoDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfoDialog, info);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfoDialog, raw);
  gtk_widget_class_install_action (widget_class, "info.copy", NULL, copy_action);
}

static void
natter_server_info_dialog_init (NatterServerInfoDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_server_info_dialog_new:
 * @server: the server to show
 *
 * Returns: (transfer floating): a new dialog that follows @server
 */
AdwDialog *
natter_server_info_dialog_new (NatterServer *server)
{
  NatterServerInfoDialog *self = g_object_new (NATTER_TYPE_SERVER_INFO_DIALOG, NULL);

  natter_server_info_set_server (self->info, server);
  g_signal_connect_object (server, "notify::handshake", G_CALLBACK (update_raw), self, G_CONNECT_SWAPPED);
  update_raw (self);
  return ADW_DIALOG (self);
}
