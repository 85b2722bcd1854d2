/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_OUTBOX (natter_outbox_get_type ())
G_DECLARE_FINAL_TYPE (NatterOutbox, natter_outbox, NATTER, OUTBOX, GObject)

/* Properties, notified: n-pending (messages on their way, or waiting for a connection), n-failed (messages that wait for
 * the person), settle-time (ms, settable: how long a message that was not found is waited for before it is sent again). */
guint natter_outbox_get_n_pending (NatterOutbox *self);
guint natter_outbox_get_n_failed  (NatterOutbox *self);

G_END_DECLS
