/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NatterRights:
 * @any: whether the channel says anything about rights
 * @send: (nullable): who may write: names of roles, perhaps with `!` before them
 *
 * What a channel says about who may write in it.
 */
typedef struct
{
  gboolean            any;
  const char * const *send;
} NatterRights;

gboolean natter_rights_may_send (const NatterRights *rights,
                                 const char * const *roles,
                                 const char         *username,
                                 gboolean            new_generation);

G_END_DECLS
