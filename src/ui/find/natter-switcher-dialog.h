/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-switcher.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SWITCHER_DIALOG (natter_switcher_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterSwitcherDialog, natter_switcher_dialog, NATTER, SWITCHER_DIALOG, AdwDialog)

AdwDialog *natter_switcher_dialog_new (NatterSwitcher *switcher);

G_END_DECLS
