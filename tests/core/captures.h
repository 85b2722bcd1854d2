/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A frame that a server sent, as it came over the wire. */
typedef struct
{
  char *place; /* FILE:LINE, for messages */
  char *text;
} CapturedFrame;

/* All frames that servers sent in the recordings, in order; of CapturedFrame */
GPtrArray *captures_load (void);
