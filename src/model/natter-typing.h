/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

/* Who types in one place now. */
typedef struct _NatterTyping NatterTyping;

NatterTyping *natter_typing_new       (void);
void          natter_typing_free      (NatterTyping *self);
GListModel   *natter_typing_get_model (NatterTyping *self);
void          natter_typing_start     (NatterTyping *self,
                                       NatterMember *member,
                                       guint         duration_ms);
void          natter_typing_stop      (NatterTyping *self,
                                       NatterMember *member);
void          natter_typing_clear     (NatterTyping *self);

G_END_DECLS
