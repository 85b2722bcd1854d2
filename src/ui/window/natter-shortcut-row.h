/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-shortcuts.h"

G_BEGIN_DECLS

/**
 * NatterShortcutRow:
 *
 * A shortcut with its keys, and a button that gives it back those that it had at first.
 */
#define NATTER_TYPE_SHORTCUT_ROW (natter_shortcut_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterShortcutRow, natter_shortcut_row, NATTER, SHORTCUT_ROW, AdwActionRow)

GtkWidget *natter_shortcut_row_new (GSettings            *settings,
                                    const NatterShortcut *shortcut);

G_END_DECLS
