/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* SQLite for the thread that owns it: statements are prepared once, errors are those of NATTER_STORE_ERROR. */
typedef struct _NatterDatabase NatterDatabase;

NatterDatabase *natter_database_open         (const char      *path,
                                              GError         **error);
void            natter_database_close        (NatterDatabase  *self);
sqlite3_stmt   *natter_database_prepare      (NatterDatabase  *self,
                                              const char      *sql,
                                              GError         **error);
gboolean        natter_database_step         (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              gboolean        *row,
                                              GError         **error);
gboolean        natter_database_run          (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              GError         **error);
gboolean        natter_database_execute      (NatterDatabase  *self,
                                              const char      *sql,
                                              GError         **error);
gboolean        natter_database_is_in_transaction (NatterDatabase *self);
void            natter_statement_bind_text   (sqlite3_stmt    *statement,
                                              int              position,
                                              const char      *text);
char           *natter_statement_dup_text    (sqlite3_stmt    *statement,
                                              int              column);

/* natter-store-schema.c */
gboolean        natter_store_schema_check    (NatterDatabase  *self,
                                              GError         **error);
gboolean        natter_store_schema_migrate  (NatterDatabase  *self,
                                              GError         **error);

/* natter-store-damage.c */
char           *natter_store_move_aside      (const char      *path,
                                              GError         **error);
gboolean        natter_store_salvage         (NatterDatabase  *self,
                                              const char      *damaged);

G_END_DECLS
