/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NATTER_TYPE_DATE_DIALOG (natter_date_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterDateDialog, natter_date_dialog, NATTER, DATE_DIALOG, AdwDialog)

NatterDateDialog *natter_date_dialog_new (gint64 time);

G_END_DECLS
