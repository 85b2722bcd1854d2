/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-json.h"

G_BEGIN_DECLS

/* One budget a person for message_new, message_edit and typing */
typedef struct _TsRateLimiter TsRateLimiter;

TsRateLimiter *ts_rate_limiter_new         (void);
void           ts_rate_limiter_free        (TsRateLimiter *self);
void           ts_rate_limiter_set_limits  (TsRateLimiter *self,
                                            guint          per_minute,
                                            guint          burst,
                                            double         cooldown);
gboolean       ts_rate_limiter_take        (TsRateLimiter *self,
                                            const char    *user,
                                            char         **reason,
                                            gint64        *wait_ms);
void           ts_rate_limiter_set_timeout (TsRateLimiter *self,
                                            const char    *user,
                                            double         seconds);
void           ts_rate_limiter_reset       (TsRateLimiter *self,
                                            const char    *user);
JsonObject    *ts_rate_limiter_status      (TsRateLimiter *self,
                                            const char    *user);

G_END_DECLS
