/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * NatterAddressCheck:
 * @text: what a person typed
 * @error: why it can't be used
 *
 * Returns: whether it can be used
 */
typedef gboolean (*NatterAddressCheck) (const char *text, GError **error);

void natter_address_setting_bind (AdwEntryRow *row, GSettings *settings, const char *key, NatterAddressCheck check);

G_END_DECLS
