/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_FILE_TRAY (natter_file_tray_get_type ())
G_DECLARE_FINAL_TYPE (NatterFileTray, natter_file_tray, NATTER, FILE_TRAY, AdwBin)

void     natter_file_tray_set_channel (NatterFileTray *self,
                                       NatterChannel  *channel);
gboolean natter_file_tray_check       (NatterFileTray *self);
void     natter_file_tray_forget_reason (NatterFileTray *self);
void     natter_file_tray_add         (NatterFileTray *self,
                                       GFile          *file);

/* natter-file-tray-add.c */
void     natter_file_tray_choose      (NatterFileTray *self);
gboolean natter_file_tray_paste       (NatterFileTray *self,
                                       GdkClipboard   *clipboard);
void     natter_file_tray_add_text    (NatterFileTray *self,
                                       const char     *text);
void     natter_file_tray_accept_drop (NatterFileTray *self,
                                       GtkWidget      *widget);

G_END_DECLS
