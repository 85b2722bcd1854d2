/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-tray"

#include "config.h"

#include "natter-file-tray-private.h"

#include <glib/gi18n.h>

#include "natter-file-row.h"
#include "natter-server.h"
#include "natter-upload-text.h"

#define MAX_HEIGHT 200

/**
 * NatterFileTray:
 *
 * The files that are to go with the message that is being written, above the entry; why one may not send any.
 */
struct _NatterFileTray
{
  AdwBin         parent_instance;

  GtkWidget     *scroller;
  GtkListBox    *list;
  GtkLabel      *note;

  NatterChannel *channel;
  GSignalGroup  *signals;
  GSignalGroup  *file_signals;
  char          *reason;
};

G_DEFINE_FINAL_TYPE (NatterFileTray, natter_file_tray, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  return natter_file_row_new (NATTER_FILE_TRAY (data)->channel, item);
}

static void
bind_files (NatterFileTray *self)
{
  GListModel *files = self->channel != NULL ? natter_channel_get_files (self->channel) : NULL;

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, files, create_row, self, NULL);
}

/* Most channels are left without that a file was sent. */
static void
make_list (NatterFileTray *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "file-tray");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Files to Send"), -1);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));

  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_set_margin_start (GTK_WIDGET (self->note), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->note), 12);

  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  adw_bin_set_child (ADW_BIN (self), box);
  bind_files (self);
}

/* One line: why it can't be done, else what it waits for. */
static void
update (NatterFileTray *self)
{
  GListModel *files = self->channel != NULL ? natter_channel_get_files (self->channel) : NULL;
  gboolean has_files = files != NULL && g_list_model_get_n_items (files) > 0;
  gboolean waits = has_files && natter_channel_get_send_waits (self->channel);
  const char *text = self->reason != NULL ? self->reason : waits ? _("Sends when the upload is done") : "";

  if (self->list == NULL && (has_files || *text != '\0'))
    make_list (self);
  if (self->list == NULL)
    return;
  gtk_widget_set_visible (self->scroller, has_files);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self), has_files || *text != '\0');
  gtk_widget_remove_css_class (GTK_WIDGET (self->note), self->reason != NULL ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), self->reason != NULL ? "error" : "dimmed");
  if (g_str_equal (gtk_label_get_text (self->note), text))
    return;
  gtk_label_set_text (self->note, text);
  if (*text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* @reason: (nullable): why something can't be sent */
void
_natter_file_tray_show_reason (NatterFileTray *self,
                               const char     *reason)
{
  g_set_str (&self->reason, reason);
  update (self);
}

/* (transfer none) (nullable) */
NatterChannel *
_natter_file_tray_get_channel (NatterFileTray *self)
{
  return self->channel;
}

static void
natter_file_tray_dispose (GObject *object)
{
  NatterFileTray *self = NATTER_FILE_TRAY (object);

  g_signal_group_set_target (self->signals, NULL);
  g_signal_group_set_target (self->file_signals, NULL);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->channel);
  G_OBJECT_CLASS (natter_file_tray_parent_class)->dispose (object);
}

static void
natter_file_tray_finalize (GObject *object)
{
  NatterFileTray *self = NATTER_FILE_TRAY (object);

  g_object_unref (self->signals);
  g_object_unref (self->file_signals);
  g_free (self->reason);
  G_OBJECT_CLASS (natter_file_tray_parent_class)->finalize (object);
}

static void
natter_file_tray_class_init (NatterFileTrayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_file_tray_dispose;
  object_class->finalize = natter_file_tray_finalize;
}

static void
natter_file_tray_init (NatterFileTray *self)
{
  self->signals = g_signal_group_new (NATTER_TYPE_CHANNEL);
  g_signal_group_connect_swapped (self->signals, "notify::send-waits", G_CALLBACK (update), self);
  self->file_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->file_signals, "items-changed", G_CALLBACK (update), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * natter_file_tray_set_channel:
 * @self: a tray
 * @channel: (nullable): where one writes
 */
void
natter_file_tray_set_channel (NatterFileTray *self,
                              NatterChannel  *channel)
{
  GListModel *files = channel != NULL ? natter_channel_get_files (channel) : NULL;

  g_return_if_fail (NATTER_IS_FILE_TRAY (self));

  if (!g_set_object (&self->channel, channel))
    return;
  g_signal_group_set_target (self->signals, channel);
  g_signal_group_set_target (self->file_signals, files);
  bind_files (self);
  _natter_file_tray_show_reason (self, NULL);
}

/**
 * natter_file_tray_check:
 * @self: a tray
 *
 * Says why when one may not send files here.
 *
 * Returns: whether one may
 */
gboolean
natter_file_tray_check (NatterFileTray *self)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *reason = NULL;

  g_return_val_if_fail (NATTER_IS_FILE_TRAY (self), FALSE);

  if (self->channel == NULL)
    return FALSE;
  if (!natter_channel_check_upload (self->channel, &error))
    reason = natter_upload_text_dup (error, 0);
  _natter_file_tray_show_reason (self, reason);
  return reason == NULL;
}

/**
 * natter_file_tray_forget_reason:
 * @self: a tray
 *
 * The person goes on: why something could not be sent need not be said any longer.
 */
void
natter_file_tray_forget_reason (NatterFileTray *self)
{
  g_return_if_fail (NATTER_IS_FILE_TRAY (self));

  if (self->reason != NULL)
    _natter_file_tray_show_reason (self, NULL);
}

/**
 * natter_file_tray_add:
 * @self: a tray
 * @file: what to send
 *
 * Lets @file go with the message, when one may send files here.
 */
void
natter_file_tray_add (NatterFileTray *self,
                      GFile          *file)
{
  g_return_if_fail (NATTER_IS_FILE_TRAY (self));
  g_return_if_fail (G_IS_FILE (file));

  if (natter_file_tray_check (self))
    natter_channel_add_file (self->channel, file, NULL);
}
