/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_STORE_ERROR (natter_store_error_quark ())

/**
 * NatterStoreError:
 * @NATTER_STORE_ERROR_FAILED: the database can't be opened, read or written; the message says more
 * @NATTER_STORE_ERROR_NEWER: a later release wrote the database; it was left alone
 * @NATTER_STORE_ERROR_DAMAGED: the database is damaged and could not be moved aside
 * @NATTER_STORE_ERROR_FULL: the disk is full
 * @NATTER_STORE_ERROR_CLOSED: the call came after natter_store_close()
 *
 * What can go wrong with what lasts.
 */
typedef enum
{
  NATTER_STORE_ERROR_FAILED,
  NATTER_STORE_ERROR_NEWER,
  NATTER_STORE_ERROR_DAMAGED,
  NATTER_STORE_ERROR_FULL,
  NATTER_STORE_ERROR_CLOSED,
} NatterStoreError;

GQuark natter_store_error_quark (void);

/**
 * NatterStoredAccount:
 *
 * An account as it is kept. No secret is in it.
 */
typedef struct
{
  char *id;
  int   kind; /* a NatterAccountKind */
  char *name;
  char *server;   /* NULL for Rotur accounts */
  char *rotur_id;
  char *picture;
  int   token_kind; /* a NatterTokenKind */
  char *permissions; /* of the token, with spaces between; NULL: not known */
  char *blocked; /* names of people, one a line; NULL: nobody */
  int   by_query; /* whether proofs are made with the token in the address */
  int   status; /* a NatterStatus; 0: none was set */
  char *status_text;
} NatterStoredAccount;

/**
 * NatterStoredServer:
 *
 * A server of the person's list as it is kept.
 */
typedef struct
{
  char *id;
  char *address;
  char *account_id;
  char *name; /* what it last said of itself */
  char *icon;
  char *last_channel;
  char *folder_id; /* only read: natter_store_save_folders_async() says who is where */
} NatterStoredServer;

/**
 * NatterStoredFolder:
 *
 * A folder of the person's list, and which servers are in it.
 */
typedef struct
{
  char    *id;
  char    *name;
  int      color; /* 0: none */
  gboolean collapsed;
  char   **servers; /* ids; NULL when read */
} NatterStoredFolder;

/**
 * NatterStoredSetting:
 *
 * Something that a person has set for a server or a place in it.
 */
typedef struct
{
  char *server_id;
  char *place; /* "" for the server as a whole */
  char *key;
  char *value; /* NULL: as it is without */
} NatterStoredSetting;

typedef struct
{
  GPtrArray *accounts; /* NatterStoredAccount */
  GPtrArray *servers;  /* NatterStoredServer, in the person's order */
  GPtrArray *folders;  /* NatterStoredFolder */
  GPtrArray *settings; /* NatterStoredSetting */
} NatterStoredLists;

NatterStoredAccount *natter_stored_account_copy (const NatterStoredAccount *self);
void                 natter_stored_account_free (NatterStoredAccount *self);
NatterStoredServer  *natter_stored_server_copy  (const NatterStoredServer *self);
void                 natter_stored_server_free  (NatterStoredServer *self);
NatterStoredFolder  *natter_stored_folder_copy  (const NatterStoredFolder *self);
void                 natter_stored_folder_free  (NatterStoredFolder *self);
NatterStoredSetting *natter_stored_setting_copy (const NatterStoredSetting *self);
void                 natter_stored_setting_free (NatterStoredSetting *self);
void                 natter_stored_lists_free   (NatterStoredLists *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredAccount, natter_stored_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredServer, natter_stored_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredFolder, natter_stored_folder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredSetting, natter_stored_setting_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredLists, natter_stored_lists_free)

/**
 * NatterStore:
 *
 * What lasts, in SQLite. One thread owns the database; every call is put into its queue, in order, and finishes
 * in the caller's main context.
 */
#define NATTER_TYPE_STORE (natter_store_get_type ())
G_DECLARE_FINAL_TYPE (NatterStore, natter_store, NATTER, STORE, GObject)

NatterStore       *natter_store_new                 (const char *path);
/* Where a database that was found damaged is now, or NULL. Also a property, "damaged-file". */
const char        *natter_store_get_damaged_file    (NatterStore *self);
void               natter_store_load_lists_async    (NatterStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
NatterStoredLists *natter_store_load_lists_finish   (NatterStore *self, GAsyncResult *result, GError **error);
/* Saves are copied at the call, durable when finished. @callback may be NULL: failures are then only logged. */
void               natter_store_save_account_async  (NatterStore *self, const NatterStoredAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void               natter_store_remove_account_async (NatterStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void               natter_store_save_server_async   (NatterStore *self, const NatterStoredServer *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void               natter_store_remove_server_async (NatterStore *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void               natter_store_order_servers_async (NatterStore *self, const char * const *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* @folders: NatterStoredFolder, all that there are; each server that is in none of them is in no folder. */
void               natter_store_save_folders_async  (NatterStore *self, GPtrArray *folders, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void               natter_store_save_setting_async  (NatterStore *self, const NatterStoredSetting *setting, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean           natter_store_save_finish         (NatterStore *self, GAsyncResult *result, GError **error);
/* Finishes what is queued, closes the database and waits for the thread: at the end of the program and of a test. */
void               natter_store_close               (NatterStore *self);

G_END_DECLS
