/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-candidate.h"

G_BEGIN_DECLS

GtkWidget *natter_completion_row_new (NatterCandidate *candidate);

G_END_DECLS
