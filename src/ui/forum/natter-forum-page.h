/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_FORUM_PAGE (natter_forum_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterForumPage, natter_forum_page, NATTER, FORUM_PAGE, AdwBin)

GtkWidget     *natter_forum_page_new       (void);
NatterChannel *natter_forum_page_get_forum (NatterForumPage *self);
void           natter_forum_page_set_forum (NatterForumPage *self,
                                            NatterChannel   *forum);

G_END_DECLS
