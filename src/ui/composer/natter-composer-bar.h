/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"
#include "natter-draft.h"

G_BEGIN_DECLS

#define NATTER_TYPE_COMPOSER_BAR (natter_composer_bar_get_type ())
G_DECLARE_FINAL_TYPE (NatterComposerBar, natter_composer_bar, NATTER, COMPOSER_BAR, AdwBin)

void natter_composer_bar_set_draft (NatterComposerBar *self,
                                    NatterChannel     *channel,
                                    NatterDraft       *draft);

G_END_DECLS
