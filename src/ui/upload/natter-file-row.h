/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"
#include "natter-file.h"

G_BEGIN_DECLS

#define NATTER_TYPE_FILE_ROW (natter_file_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterFileRow, natter_file_row, NATTER, FILE_ROW, GtkListBoxRow)

GtkWidget *natter_file_row_new (NatterChannel *channel,
                                NatterFile    *file);

G_END_DECLS
