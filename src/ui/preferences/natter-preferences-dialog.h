/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterPreferencesDialog:
 *
 * What a person can set for all servers. All of it takes effect at once.
 */
#define NATTER_TYPE_PREFERENCES_DIALOG (natter_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterPreferencesDialog, natter_preferences_dialog, NATTER, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *natter_preferences_dialog_new (NatterSession *session,
                                          GSettings     *settings);

G_END_DECLS
