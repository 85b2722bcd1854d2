/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * NatterNotifyLevel:
 * @NATTER_NOTIFY_DEFAULT: of a channel: as the server has it
 * @NATTER_NOTIFY_ALL: about every message
 * @NATTER_NOTIFY_MENTIONS: about what is for oneself
 * @NATTER_NOTIFY_NOTHING: never
 *
 * What a person wants to be told about.
 */
typedef enum
{
  NATTER_NOTIFY_DEFAULT,
  NATTER_NOTIFY_ALL,
  NATTER_NOTIFY_MENTIONS,
  NATTER_NOTIFY_NOTHING,
} NatterNotifyLevel;

#define NATTER_TYPE_NOTIFY_LEVEL (natter_notify_level_get_type ())
GType natter_notify_level_get_type (void);

/* Until one says otherwise. */
#define NATTER_MUTED_FOREVER G_MAXINT64

G_END_DECLS
