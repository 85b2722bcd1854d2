/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"

G_BEGIN_DECLS

/**
 * NatterChannelRow:
 *
 * A channel in the list: its kind, its title, and how much is unread.
 */
#define NATTER_TYPE_CHANNEL_ROW (natter_channel_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterChannelRow, natter_channel_row, NATTER, CHANNEL_ROW, GtkListBoxRow)

GtkWidget     *natter_channel_row_new         (NatterChannel    *channel);
NatterChannel *natter_channel_row_get_channel (NatterChannelRow *self);

G_END_DECLS
