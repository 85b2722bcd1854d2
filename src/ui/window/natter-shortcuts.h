/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NatterShortcut:
 * @section: heading under which it is shown, not translated yet
 * @title: what the keys do, not translated yet
 * @action: (nullable): detailed name of the action, %NULL when the keys belong to a part of the window
 * @accels: the keys at first, %NULL after the last; a person may change those of an action
 * @is_choice: whether the quick switcher offers it
 *
 * Keys that do something.
 */
typedef struct
{
  const char *section;
  const char *title;
  const char *action;
  const char *accels[4];
  gboolean    is_choice;
} NatterShortcut;

const NatterShortcut  *natter_shortcuts_get         (guint                *count);
void                   natter_shortcuts_apply       (GtkApplication       *application,
                                                     GSettings            *settings);
gboolean               natter_shortcuts_is_changed  (GSettings            *settings,
                                                     const NatterShortcut *shortcut);
char                 **natter_shortcuts_dup_accels  (GSettings            *settings,
                                                     const NatterShortcut *shortcut);
const NatterShortcut  *natter_shortcuts_find        (GSettings            *settings,
                                                     const char           *accel);
void                   natter_shortcuts_set         (GSettings            *settings,
                                                     const NatterShortcut *shortcut,
                                                     const char           *accel);
void                   natter_shortcuts_reset       (GSettings            *settings,
                                                     const NatterShortcut *shortcut);
char                  *natter_shortcuts_dup_label   (const char           *accel);

G_END_DECLS
