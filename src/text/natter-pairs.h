/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-lexer.h"

G_BEGIN_DECLS

void _natter_pairs_find (GArray *tokens);

G_END_DECLS
