/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-notifier.h"
#include "natter-sound.h"

G_BEGIN_DECLS

/**
 * NatterNotifications:
 *
 * Shows by the desktop what a #NatterNotifier decides, and does what people choose there.
 */
#define NATTER_TYPE_NOTIFICATIONS (natter_notifications_get_type ())
G_DECLARE_FINAL_TYPE (NatterNotifications, natter_notifications, NATTER, NOTIFICATIONS, GObject)

/* Properties, notified: enabled, previews (the text of messages is part of what is shown). */

NatterNotifications *natter_notifications_new (GApplication   *application,
                                               NatterSession  *session,
                                               NatterNotifier *notifier,
                                               NatterSound    *sound);

G_END_DECLS
