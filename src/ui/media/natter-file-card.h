/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-attachment.h"

G_BEGIN_DECLS

#define NATTER_TYPE_FILE_CARD (natter_file_card_get_type ())
G_DECLARE_FINAL_TYPE (NatterFileCard, natter_file_card, NATTER, FILE_CARD, AdwBin)

GtkWidget *natter_file_card_new (NatterAttachment *attachment);

G_END_DECLS
