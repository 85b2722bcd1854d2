/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *path; /* of a database that is not there yet */
} StoreFixture;

void store_fixture_set_up          (StoreFixture   *fixture,
                                    gconstpointer   data);
void store_fixture_tear_down       (StoreFixture   *fixture,
                                    gconstpointer   data);
void store_fixture_keep_result     (GObject        *source,
                                    GAsyncResult   *result,
                                    gpointer        slot);
void store_fixture_wait_for        (GAsyncResult  **slot);
void store_fixture_wait_until_gone (NatterStore    *store);
void store_fixture_assert_saved    (NatterStore    *store,
                                    GAsyncResult  **slot);
int  store_fixture_query_int       (const char     *path,
                                    const char     *sql);
void store_fixture_execute         (const char     *path,
                                    const char     *sql);

G_END_DECLS
