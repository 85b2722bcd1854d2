/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-channel.h"

G_BEGIN_DECLS

char *natter_act_text_dup (NatterAct     act,
                           const GError *error);

G_END_DECLS
