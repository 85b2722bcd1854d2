/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-group.h"

G_BEGIN_DECLS

/**
 * NatterGroupedList:
 *
 * A GListModel of the things of another list, each of which has a property "group", with a #NatterGroup before those
 * that are in it, and without what is in a group that is collapsed. What belongs together stands together in the other
 * list.
 */
#define NATTER_TYPE_GROUPED_LIST (natter_grouped_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterGroupedList, natter_grouped_list, NATTER, GROUPED_LIST, GObject)

NatterGroupedList *natter_grouped_list_new (GListModel *source);

G_END_DECLS
