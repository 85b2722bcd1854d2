/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-slash-command.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SLASH_HINT (natter_slash_hint_get_type ())
G_DECLARE_FINAL_TYPE (NatterSlashHint, natter_slash_hint, NATTER, SLASH_HINT, AdwBin)

void natter_slash_hint_show_command (NatterSlashHint    *self,
                                     NatterSlashCommand *command,
                                     int                 option);
void natter_slash_hint_show_answer  (NatterSlashHint    *self,
                                     const char         *answer);
void natter_slash_hint_show_error   (NatterSlashHint    *self,
                                     const GError       *error);

G_END_DECLS
