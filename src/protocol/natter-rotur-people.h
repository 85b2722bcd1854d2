/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-rotur.h"

G_BEGIN_DECLS

/**
 * NatterRoturProfile:
 *
 * What somebody with a Rotur account tells everybody. All of it is free text.
 */
typedef struct
{
  char   *bio;      /* NULL: nothing */
  char   *pronouns; /* NULL: nothing */
  gint64  created;  /* µs since 1970; 0: not told */
} NatterRoturProfile;

void                natter_rotur_profile_free       (NatterRoturProfile   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRoturProfile, natter_rotur_profile_free)

void                natter_rotur_get_profile_async  (NatterRotur          *self,
                                                     const char           *username,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              data);
NatterRoturProfile *natter_rotur_get_profile_finish (NatterRotur          *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

/* With a token that may see ("blocked:view") or change ("blocked:manage") whom its owner has blocked. */
void                natter_rotur_get_blocked_async  (NatterRotur          *self,
                                                     const char           *token,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              data);
char              **natter_rotur_get_blocked_finish (NatterRotur          *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void                natter_rotur_block_async        (NatterRotur          *self,
                                                     const char           *token,
                                                     const char           *username,
                                                     gboolean              block,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              data);
gboolean            natter_rotur_block_finish       (NatterRotur          *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
