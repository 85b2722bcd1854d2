/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"
#include "natter-completion.h"

G_BEGIN_DECLS

#define NATTER_TYPE_COMPLETION_POPOVER (natter_completion_popover_get_type ())
G_DECLARE_FINAL_TYPE (NatterCompletionPopover, natter_completion_popover, NATTER, COMPLETION_POPOVER, GtkPopover)

NatterCompletionPopover *natter_completion_popover_new            (GtkWidget               *parent,
                                                                   GtkTextView             *view);
NatterCompletion        *natter_completion_popover_get_completion (NatterCompletionPopover *self);
void                     natter_completion_popover_set_channel    (NatterCompletionPopover *self,
                                                                   NatterChannel           *channel);
gboolean                 natter_completion_popover_take_key       (NatterCompletionPopover *self,
                                                                   guint                    key,
                                                                   GdkModifierType          modifiers);

G_END_DECLS
