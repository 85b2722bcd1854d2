/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NatterProfile:
 *
 * Where one run keeps its things: the person's XDG folders, or one folder given with `--profile`, apart from all
 * other runs.
 */
#define NATTER_TYPE_PROFILE (natter_profile_get_type ())
G_DECLARE_FINAL_TYPE (NatterProfile, natter_profile, NATTER, PROFILE, GObject)

NatterProfile *natter_profile_new            (const char *directory); /* NULL: the default profile */
/* "default", or a text that is stable for the folder: tells the keyring items and settings of profiles apart */
const char    *natter_profile_get_id         (NatterProfile *self);
const char    *natter_profile_get_data_dir   (NatterProfile *self);
const char    *natter_profile_get_cache_dir  (NatterProfile *self);
/* GSettings of @schema: the person's, or a key file in the profile's folder. (transfer full) */
GSettings     *natter_profile_get_settings   (NatterProfile *self, const char *schema);

G_END_DECLS
