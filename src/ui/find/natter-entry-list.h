/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef char *(*NatterEntryListDescribe) (gpointer item);

void natter_entry_list_attach (GtkEditable             *entry,
                               GtkListView             *list,
                               NatterEntryListDescribe  describe);

G_END_DECLS
