/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_TYPE_WAKE (natter_wake_get_type ())
G_DECLARE_FINAL_TYPE (NatterWake, natter_wake, NATTER, WAKE, GObject)

/* Signals: "woke" (connections may be dead without knowing it, or possible again), "sleeping" (the machine is about to be
 * suspended). */
NatterWake *natter_wake_new           (GNetworkMonitor *monitor,
                                       GDBusConnection *system_bus,
                                       int              clock_fd);
NatterWake *natter_wake_new_of_system (void);

G_END_DECLS
