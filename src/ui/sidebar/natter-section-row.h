/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-group.h"

G_BEGIN_DECLS

/**
 * NatterSectionRow:
 *
 * A heading between the channels, which folds what is below it away.
 */
#define NATTER_TYPE_SECTION_ROW (natter_section_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterSectionRow, natter_section_row, NATTER, SECTION_ROW, GtkListBoxRow)

GtkWidget   *natter_section_row_new         (NatterGroup      *section);
NatterGroup *natter_section_row_get_section (NatterSectionRow *self);

G_END_DECLS
