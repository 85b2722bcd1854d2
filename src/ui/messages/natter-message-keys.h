/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-message.h"

G_BEGIN_DECLS

gboolean natter_message_keys_activate (GtkWidget       *widget,
                                       NatterMessage   *message,
                                       guint            key,
                                       GdkModifierType  modifiers);

G_END_DECLS
