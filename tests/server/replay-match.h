/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-json.h"

G_BEGIN_DECLS

/* Compares what was recorded with what comes now, where ids, keys and times differ */
typedef struct _ReplayMatch ReplayMatch;

ReplayMatch *replay_match_new       (void);
void         replay_match_free      (ReplayMatch *self);
char        *replay_match_translate (ReplayMatch *self,
                                     const char  *recorded);
gboolean     replay_match_knows     (ReplayMatch *self,
                                     const char  *recorded);
void         replay_match_compare   (ReplayMatch *self,
                                     const char  *path,
                                     JsonNode    *recorded,
                                     JsonNode    *actual,
                                     GPtrArray   *differences);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReplayMatch, replay_match_free)

G_END_DECLS
