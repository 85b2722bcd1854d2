/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-message.h"

G_BEGIN_DECLS

/**
 * NatterMessageKey:
 * @key: a key, without others held
 * @action: takes the id of the message
 * @may: (nullable): whether it may be done; %NULL for always
 *
 * One key for a frequent act, while the keyboard is in a message. They are in the list of shortcuts too.
 */
typedef struct
{
  guint       key;
  const char *action;
  gboolean  (*may) (NatterMessage *message);
} NatterMessageKey;

const NatterMessageKey *natter_message_keys_get      (guint           *count);
gboolean                natter_message_keys_activate (GtkWidget       *widget,
                                                      NatterMessage   *message,
                                                      guint            key,
                                                      GdkModifierType  modifiers);

G_END_DECLS
