/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-session.h"
#include "natter-switch-item.h"
#include "natter-visits.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SWITCHER (natter_switcher_get_type ())
G_DECLARE_FINAL_TYPE (NatterSwitcher, natter_switcher, NATTER, SWITCHER, GObject)

/* How many are found at most. */
#define NATTER_SWITCHER_MAX 50

/* Channels, servers, people and actions that fit what was typed: a GListModel of NatterSwitchItem, the best first. What
 * begins with # is looked for among channels, with @ among people, with > among actions. With nothing typed, the places
 * where one was, the last one first, and then those with something to read.
 * Properties, notified: text, n-items. */
NatterSwitcher *natter_switcher_new        (NatterSession  *session,
                                            NatterVisits   *visits,
                                            NatterChannel  *current);
void            natter_switcher_add_action (NatterSwitcher *self,
                                            const char     *title,
                                            const char     *action,
                                            const char     *shortcut);
const char     *natter_switcher_get_text   (NatterSwitcher *self);
void            natter_switcher_set_text   (NatterSwitcher *self,
                                            const char     *text);

G_END_DECLS
