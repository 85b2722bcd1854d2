/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-rotur-call.h"
#include "natter-rotur.h"
#include "natter-validator-cache.h"

G_BEGIN_DECLS

/* Five files: natter-rotur.c is the API as a token's holder uses it, natter-rotur-settings.c what was set of it,
 * natter-rotur-people.c asks about people, natter-rotur-oauth.c gets and renews tokens, natter-rotur-sign-in.c leads a person through the ways to one. */

/* As many bytes as a token may have. */
#define NATTER_ROTUR_MAX_TOKEN 4096

/* The ways to a validator, the newest first. What is left of them is tried when the API doesn't know one; the last has
 * the token in the address and is only taken when asked for. */
typedef enum
{
  NATTER_ROUTE_V2,
  NATTER_ROUTE_OLD,
  NATTER_N_ROUTES,
  NATTER_ROUTE_QUERY = NATTER_N_ROUTES,
} NatterRoturRoute;

struct _NatterRotur
{
  GObject               parent_instance;

  char                 *base;
  SoupSession          *session;
  NatterValidatorCache *cache;
  GHashTable           *by_query; /* checksums of the tokens whose proofs are made by query */
  char                 *client_id;
  guint16              *ports;
  guint                 limit_ms;
  guint                 browser_ms;
  guint                 poll_ms;
  NatterRoturRoute      validator_route; /* the one that worked last */
};

void           _natter_rotur_call        (NatterRotur         *self,
                                          const char          *method,
                                          const char          *path,
                                          const char          *form,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             data);
char          *_natter_rotur_clean_token (const char          *token);

G_END_DECLS
