/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_TYPE_PACED_LIST (natter_paced_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterPacedList, natter_paced_list, NATTER, PACED_LIST, GObject)

/* How many rows may be made in one frame, and how many at once when a list is first shown. */
#define NATTER_PACED_LIST_STEP  6
#define NATTER_PACED_LIST_FIRST 18

NatterPacedList *natter_paced_list_new         (GListModel      *model);
gboolean         natter_paced_list_get_pending (NatterPacedList *self);
void             natter_paced_list_advance     (NatterPacedList *self);

G_END_DECLS
