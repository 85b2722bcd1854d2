/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NATTER_TYPE_MESSAGE_FAILURE (natter_message_failure_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageFailure, natter_message_failure, NATTER, MESSAGE_FAILURE, AdwBin)

GtkWidget *natter_message_failure_new        (void);
void       natter_message_failure_set_reason (NatterMessageFailure *self,
                                              const char           *reason);

G_END_DECLS
