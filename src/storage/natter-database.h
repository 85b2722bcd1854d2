/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* SQLite for the thread that owns it: statements are prepared once, errors are those of NATTER_STORE_ERROR. */
typedef struct _NatterDatabase NatterDatabase;

/**
 * NatterSchema:
 * @pragmas: what is set at each opening, before anything is made
 * @migrations: number N brings version N to N + 1; what was released is never changed, a new one goes to the end
 * @n_migrations: the newest version
 * @checks: (nullable): queries that answer "ok", asked at each opening
 * @n_checks: how many
 *
 * What is in a file, as a constant.
 */
typedef struct
{
  const char         *pragmas;
  const char * const *migrations;
  guint               n_migrations;
  const char * const *checks;
  guint               n_checks;
} NatterSchema;

NatterDatabase *natter_database_open         (const char          *path,
                                              const NatterSchema  *schema,
                                              GError             **error);
void            natter_database_close        (NatterDatabase  *self);
sqlite3_stmt   *natter_database_prepare      (NatterDatabase  *self,
                                              const char      *sql,
                                              GError         **error);
gboolean        natter_database_step         (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              gboolean        *row,
                                              GError         **error);
GPtrArray      *natter_database_read_rows    (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              gpointer       (*read) (sqlite3_stmt *statement),
                                              GDestroyNotify   free_row,
                                              GError         **error);
char          **natter_database_read_texts   (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              GError         **error);
gboolean        natter_database_run          (NatterDatabase  *self,
                                              sqlite3_stmt    *statement,
                                              GError         **error);
gboolean        natter_database_execute      (NatterDatabase  *self,
                                              const char      *sql,
                                              GError         **error);
gboolean        natter_database_is_in_transaction (NatterDatabase *self);
void            natter_database_set_cancellable (NatterDatabase *self,
                                              GCancellable    *cancellable);
void            natter_statement_bind_text   (sqlite3_stmt    *statement,
                                              int              position,
                                              const char      *text);
char           *natter_statement_dup_text    (sqlite3_stmt    *statement,
                                              int              column);

/* natter-schema.c */
gboolean        natter_schema_check          (const NatterSchema  *schema,
                                              NatterDatabase      *database,
                                              GError             **error);
gboolean        natter_schema_migrate        (const NatterSchema  *schema,
                                              NatterDatabase      *database,
                                              GError             **error);

/* natter-store-schema.c */
extern const NatterSchema natter_store_schema;

/* natter-store-damage.c */
char           *natter_store_move_aside      (const char      *path,
                                              GError         **error);
gboolean        natter_store_salvage         (NatterDatabase  *self,
                                              const char      *damaged);

G_END_DECLS
