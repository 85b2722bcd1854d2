/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_THREAD_ROW (natter_thread_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterThreadRow, natter_thread_row, NATTER, THREAD_ROW, GtkListBoxRow)

GtkWidget     *natter_thread_row_new        (NatterChannel   *thread);
NatterChannel *natter_thread_row_get_thread (NatterThreadRow *self);

G_END_DECLS
