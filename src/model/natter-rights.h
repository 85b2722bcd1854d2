/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"

G_BEGIN_DECLS

/**
 * NatterRights:
 * @NATTER_MAY_SEND: write
 * @NATTER_MAY_REACT: add reactions and take them back
 * @NATTER_MAY_EDIT_OWN: change one's own messages
 * @NATTER_MAY_DELETE_OWN: delete one's own messages
 * @NATTER_MAY_DELETE_ANY: delete messages of others
 * @NATTER_MAY_PIN: pin and unpin
 * @NATTER_MAY_CREATE_THREAD: begin a thread in a forum
 *
 * What one may do in a channel, as far as can be known: the server decides.
 */
typedef enum /*< flags >*/
{
  NATTER_MAY_SEND = 1 << 0,
  NATTER_MAY_REACT = 1 << 1,
  NATTER_MAY_EDIT_OWN = 1 << 2,
  NATTER_MAY_DELETE_OWN = 1 << 3,
  NATTER_MAY_DELETE_ANY = 1 << 4,
  NATTER_MAY_PIN = 1 << 5,
  NATTER_MAY_CREATE_THREAD = 1 << 6,
} NatterRights;

#define NATTER_TYPE_RIGHTS (natter_rights_get_type ())
GType        natter_rights_get_type    (void);

NatterRights natter_rights_find        (const NatterChannelRights *rules,
                                        const char * const        *roles,
                                        const char                *username,
                                        gboolean                   new_generation);
gboolean     natter_rights_may_view    (const NatterChannelRights *rules,
                                        const char * const        *roles,
                                        const char                *username,
                                        gboolean                   new_generation);
void         natter_rights_copy_rules  (NatterChannelRights       *to,
                                        const NatterChannelRights *from);
void         natter_rights_clear_rules (NatterChannelRights       *rules);

G_END_DECLS
