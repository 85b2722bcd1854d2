/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NatterGroup:
 *
 * A heading that gathers things below it and can be folded: a folder of servers, or a section of channels. It does not
 * hold them; each knows its group.
 *
 * Properties, notified: id (construct), title, color (0 for none, up to %NATTER_GROUP_COLORS), collapsed, unread
 * (whether anything in it is), mentions.
 */
#define NATTER_TYPE_GROUP (natter_group_get_type ())
G_DECLARE_FINAL_TYPE (NatterGroup, natter_group, NATTER, GROUP, GObject)

#define NATTER_GROUP_COLORS 8

NatterGroup *natter_group_new           (const char  *id,
                                         const char  *title);
const char  *natter_group_get_id        (NatterGroup *self);
const char  *natter_group_get_title     (NatterGroup *self);
void         natter_group_set_title     (NatterGroup *self,
                                         const char  *title);
guint        natter_group_get_color     (NatterGroup *self);
void         natter_group_set_color     (NatterGroup *self,
                                         guint        color);
gboolean     natter_group_get_collapsed (NatterGroup *self);
void         natter_group_set_collapsed (NatterGroup *self,
                                         gboolean     collapsed);
gboolean     natter_group_get_unread    (NatterGroup *self);
guint        natter_group_get_mentions  (NatterGroup *self);
/* For who knows what is in it. */
void         natter_group_set_counts    (NatterGroup *self,
                                         gboolean     unread,
                                         guint        mentions);

G_END_DECLS
