/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void natter_look_follow (GtkWidget *window,
                         GSettings *settings);

G_END_DECLS
