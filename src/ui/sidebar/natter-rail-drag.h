/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-session.h"

G_BEGIN_DECLS

void natter_rail_drag_add (GtkWidget     *row,
                           NatterSession *session,
                           GObject       *item);

G_END_DECLS
