/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"
#include "natter-error.h"

G_BEGIN_DECLS

/**
 * NatterDiscoveryData:
 * @address: where it is
 * @name: what it is called; hostile text, as all that follows
 * @owner: (nullable): a Rotur user name
 * @icon: (nullable): address of its picture, if that is on the server itself
 * @description: (nullable): what it is about
 * @tags: (array zero-terminated=1): a few words each
 *
 * A server of a public list.
 */
typedef struct
{
  NatterAddress *address;
  char          *name;
  char          *owner;
  char          *icon;
  char          *description;
  char         **tags;
} NatterDiscoveryData;

/**
 * NatterServerNumbers:
 * @users: how many people have joined; -1: not said
 * @online: how many of them are there now; -1: not said
 *
 * What a server tells everybody of itself.
 */
typedef struct
{
  int users;
  int online;
} NatterServerNumbers;

void       natter_discovery_data_free      (NatterDiscoveryData  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterDiscoveryData, natter_discovery_data_free)

/* Anything that is no server is left out. Safe in any thread. */
GPtrArray *natter_discovery_parse          (const char           *text,
                                            gsize                 length,
                                            GError              **error);

void       natter_discovery_load_async     (const char           *uri,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              data);
GPtrArray *natter_discovery_load_finish    (GAsyncResult         *result,
                                            GError              **error);

void       natter_discovery_numbers_async  (NatterAddress        *address,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              data);
gboolean   natter_discovery_numbers_finish (GAsyncResult         *result,
                                            NatterServerNumbers  *numbers,
                                            GError              **error);

G_END_DECLS
