/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void natter_memory_give_back_soon (void);
