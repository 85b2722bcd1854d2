/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MESSAGE_EXTRAS (natter_message_extras_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageExtras, natter_message_extras, NATTER, MESSAGE_EXTRAS, AdwBin)

gboolean   natter_message_extras_needed      (NatterMessage       *message);
GtkWidget *natter_message_extras_new         (void);
void       natter_message_extras_set_message (NatterMessageExtras *self,
                                              NatterMessage       *message);

G_END_DECLS
