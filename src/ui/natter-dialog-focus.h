/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void natter_dialog_begin_at (AdwDialog *dialog,
                             GtkWidget *widget);

G_END_DECLS
