/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterFolderRow:
 *
 * A folder in the rail: what it is called, and what is unread in it.
 */
#define NATTER_TYPE_FOLDER_ROW (natter_folder_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterFolderRow, natter_folder_row, NATTER, FOLDER_ROW, GtkListBoxRow)

GtkWidget   *natter_folder_row_new        (NatterSession   *session,
                                           NatterGroup     *folder);
NatterGroup *natter_folder_row_get_folder (NatterFolderRow *self);

G_END_DECLS
