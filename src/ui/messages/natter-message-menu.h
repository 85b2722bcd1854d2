/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-message.h"

G_BEGIN_DECLS

GMenuModel *natter_message_menu_new (NatterMessage *message);

G_END_DECLS
