/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_REACTIONS_DIALOG (natter_reactions_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterReactionsDialog, natter_reactions_dialog, NATTER, REACTIONS_DIALOG, AdwDialog)

AdwDialog *natter_reactions_dialog_new (NatterMessage *message);

G_END_DECLS
