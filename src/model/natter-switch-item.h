/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

typedef enum
{
  NATTER_SWITCH_CHANNEL,
  NATTER_SWITCH_SERVER,
  NATTER_SWITCH_PERSON,
  NATTER_SWITCH_ACTION,
} NatterSwitchKind;

#define NATTER_TYPE_SWITCH_ITEM (natter_switch_item_get_type ())
G_DECLARE_FINAL_TYPE (NatterSwitchItem, natter_switch_item, NATTER, SWITCH_ITEM, GObject)

/* Something to go to, or to do. It does not change: it is made when it is looked for. */
NatterSwitchItem *natter_switch_item_new_channel  (NatterChannel    *channel);
NatterSwitchItem *natter_switch_item_new_server   (NatterServer     *server);
NatterSwitchItem *natter_switch_item_new_person   (NatterServer     *server,
                                                   NatterMember     *member);
NatterSwitchItem *natter_switch_item_new_action   (const char       *title,
                                                   const char       *action,
                                                   const char       *shortcut);
NatterSwitchKind  natter_switch_item_get_kind     (NatterSwitchItem *self);
const char       *natter_switch_item_get_title    (NatterSwitchItem *self);
const char       *natter_switch_item_get_place    (NatterSwitchItem *self);
NatterServer     *natter_switch_item_get_server   (NatterSwitchItem *self);
NatterChannel    *natter_switch_item_get_channel  (NatterSwitchItem *self);
NatterMember     *natter_switch_item_get_member   (NatterSwitchItem *self);
const char       *natter_switch_item_get_action   (NatterSwitchItem *self);
const char       *natter_switch_item_get_shortcut (NatterSwitchItem *self);
guint             natter_switch_item_score        (NatterSwitchItem *self,
                                                   char            **words);

G_END_DECLS
