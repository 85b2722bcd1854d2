/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A validator is good for 300 s from its making. It is not handed out in the last of them: the chat server has to
 * check it yet. */
#define NATTER_VALIDATOR_LIFE_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)
#define NATTER_VALIDATOR_MARGIN_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)
#define NATTER_VALIDATOR_CACHE_SIZE 256

typedef struct _NatterValidatorCache NatterValidatorCache;

NatterValidatorCache *natter_validator_cache_new    (void);
void                  natter_validator_cache_free   (NatterValidatorCache *self);
const char           *natter_validator_cache_lookup (NatterValidatorCache *self,
                                                     const char           *token,
                                                     const char           *key,
                                                     gint64                now);
void                  natter_validator_cache_store  (NatterValidatorCache *self,
                                                     const char           *token,
                                                     const char           *key,
                                                     const char           *validator,
                                                     gint64                now);
void                  natter_validator_cache_drop   (NatterValidatorCache *self,
                                                     const char           *token,
                                                     const char           *key);
void                  natter_validator_cache_forget (NatterValidatorCache *self,
                                                     const char           *token);
guint                 natter_validator_cache_size   (NatterValidatorCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterValidatorCache, natter_validator_cache_free)

G_END_DECLS
