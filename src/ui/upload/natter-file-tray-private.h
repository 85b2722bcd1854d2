/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-file-tray.h"

G_BEGIN_DECLS

/* Two files: natter-file-tray.c shows the files, natter-file-tray-add.c brings them here. */

NatterChannel *_natter_file_tray_get_channel (NatterFileTray *self);
void           _natter_file_tray_show_reason (NatterFileTray *self,
                                              const char     *reason);

G_END_DECLS
