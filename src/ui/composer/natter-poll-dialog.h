/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_POLL_DIALOG (natter_poll_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterPollDialog, natter_poll_dialog, NATTER, POLL_DIALOG, AdwDialog)

NatterPollDialog *natter_poll_dialog_new (NatterChannel *channel);

G_END_DECLS
