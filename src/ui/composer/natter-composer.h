/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_COMPOSER (natter_composer_get_type ())
G_DECLARE_FINAL_TYPE (NatterComposer, natter_composer, NATTER, COMPOSER, AdwBin)

NatterChannel *natter_composer_get_channel (NatterComposer *self);
void           natter_composer_set_channel (NatterComposer *self,
                                            NatterChannel  *channel);
void           natter_composer_reply       (NatterComposer *self,
                                            NatterMessage  *message);
void           natter_composer_edit        (NatterComposer *self,
                                            NatterMessage  *message);
void           natter_composer_accept_drop (NatterComposer *self,
                                            GtkWidget      *widget);
void           natter_composer_quote       (NatterComposer *self,
                                            const char     *text);

G_END_DECLS
