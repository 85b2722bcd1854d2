/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * NatterRemoteMedia:
 * @NATTER_REMOTE_MEDIA_NEVER: not shown; there is a card to save or open it
 * @NATTER_REMOTE_MEDIA_ASK: loaded when the person asks
 * @NATTER_REMOTE_MEDIA_ALWAYS: loaded at once
 * @NATTER_REMOTE_MEDIA_DEFAULT: of a server: as the person wants it in general
 *
 * What is done with pictures that are on another site than the server, which then sees the person's address.
 */
typedef enum
{
  NATTER_REMOTE_MEDIA_NEVER,
  NATTER_REMOTE_MEDIA_ASK,
  NATTER_REMOTE_MEDIA_ALWAYS,
  NATTER_REMOTE_MEDIA_DEFAULT,
} NatterRemoteMedia;

#define NATTER_TYPE_REMOTE_MEDIA (natter_remote_media_get_type ())
GType natter_remote_media_get_type (void);

G_END_DECLS
