/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_PINS (natter_pins_get_type ())
G_DECLARE_FINAL_TYPE (NatterPins, natter_pins, NATTER, PINS, GObject)

/* The pinned messages of a channel, the newest first: a GListModel of NatterMessage.
 * Properties, notified: n-items, loading, error (GError of the last time that it was not told, NULL). */
NatterPins    *natter_pins_new         (NatterChannel *channel);
/* To be called when it is shown. After the first time it is followed live. */
void           natter_pins_load        (NatterPins *self);
gboolean       natter_pins_get_loading (NatterPins *self);
const GError  *natter_pins_get_error   (NatterPins *self);

/* For the channel. */
void           _natter_pins_changed      (NatterPins *self, const char *id, gboolean pinned);
void           _natter_pins_went_offline (NatterPins *self);
NatterMessage *_natter_pins_find         (NatterPins *self, const char *id);
void           _natter_pins_each         (NatterPins *self, void (*function) (NatterMessage *message));

G_END_DECLS
