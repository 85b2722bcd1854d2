/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-shortcuts.h"

G_BEGIN_DECLS

/**
 * NatterShortcutEditor:
 *
 * Asks for the keys of a shortcut: those that are pressed.
 */
#define NATTER_TYPE_SHORTCUT_EDITOR (natter_shortcut_editor_get_type ())
G_DECLARE_FINAL_TYPE (NatterShortcutEditor, natter_shortcut_editor, NATTER, SHORTCUT_EDITOR, AdwDialog)

AdwDialog *natter_shortcut_editor_new (GSettings            *settings,
                                       const NatterShortcut *shortcut);

G_END_DECLS
