/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-command.h"
#include "natter-packet.h"

G_BEGIN_DECLS

/* Commands that may wait for the server's leave to be sent, and commands that may wait for an answer. */
#define NATTER_REQUEST_QUEUE_MAX_HELD 256
#define NATTER_REQUEST_QUEUE_MAX_PENDING 4096

/**
 * NatterRequestQueueFuncs:
 * @transmit: sends a text; %FALSE when that can't be done
 * @limit_changed: natter_request_queue_get_limit_until() or natter_request_queue_get_limit_left() has changed
 */
typedef struct
{
  gboolean (*transmit)      (const char *text,
                             GObject    *owner);
  void     (*limit_changed) (GObject    *owner);
} NatterRequestQueueFuncs;

typedef struct _NatterRequestQueue NatterRequestQueue;

NatterRequestQueue *natter_request_queue_new             (const NatterRequestQueueFuncs *funcs,
                                                          GObject                       *owner);
void                natter_request_queue_free            (NatterRequestQueue            *self);
void                natter_request_queue_set_timeout     (NatterRequestQueue            *self,
                                                          guint                          timeout_ms);
char               *natter_request_queue_next_listener   (NatterRequestQueue            *self);
void                natter_request_queue_add             (NatterRequestQueue            *self,
                                                          NatterCommand                 *command,
                                                          GTask                         *task);
gboolean            natter_request_queue_was_sent        (GTask                         *task);
gboolean            natter_request_queue_answer          (NatterRequestQueue            *self,
                                                          NatterPacket                  *packet);
void                natter_request_queue_fail            (NatterRequestQueue            *self,
                                                          const GError                  *error);
gint64              natter_request_queue_get_limit_until (NatterRequestQueue            *self);
guint               natter_request_queue_get_limit_left  (NatterRequestQueue            *self);
gboolean            natter_request_queue_get_timed_out   (NatterRequestQueue            *self);
const char         *natter_request_queue_get_limit_reason (NatterRequestQueue           *self);
guint               natter_request_queue_get_n_pending   (NatterRequestQueue            *self);
guint               natter_request_queue_get_n_held      (NatterRequestQueue            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRequestQueue, natter_request_queue_free)

G_END_DECLS
