/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-database.h"

static const char * const migrations[] = {
  "CREATE TABLE accounts ("
  "  position INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  kind INTEGER NOT NULL,"
  "  name TEXT,"
  "  server TEXT,"
  "  rotur_id TEXT"
  ") STRICT;"
  "CREATE TABLE servers ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  position INTEGER NOT NULL,"
  "  address TEXT NOT NULL,"
  "  account_id TEXT,"
  "  name TEXT,"
  "  icon TEXT,"
  "  last_channel TEXT"
  ") STRICT;"
  "CREATE INDEX servers_by_position ON servers (position);",

  /* What is missing in a key is '', since NULL is unlike itself. */
  "CREATE TABLE drafts ("
  "  server_id TEXT NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  thread_id TEXT NOT NULL,"
  "  edited_id TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  reply_to TEXT,"
  "  reply_pings INTEGER NOT NULL,"
  "  changed INTEGER NOT NULL,"
  "  PRIMARY KEY (server_id, channel, thread_id, edited_id)"
  ") STRICT;"
  "CREATE TABLE outbox ("
  "  position INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  server_id TEXT NOT NULL,"
  "  channel TEXT,"
  "  thread_id TEXT,"
  "  text TEXT NOT NULL,"
  "  reply_to TEXT,"
  "  reply_pings INTEGER NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  given INTEGER NOT NULL,"
  "  error TEXT"
  ") STRICT;",

  /* The place of a setting is '' when it is about the server as a whole. */
  "CREATE TABLE folders ("
  "  position INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  name TEXT NOT NULL,"
  "  color INTEGER NOT NULL,"
  "  collapsed INTEGER NOT NULL"
  ") STRICT;"
  "ALTER TABLE servers ADD COLUMN folder_id TEXT;"
  "CREATE TABLE settings ("
  "  server_id TEXT NOT NULL,"
  "  place TEXT NOT NULL,"
  "  key TEXT NOT NULL,"
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (server_id, place, key)"
  ") STRICT;",

  "ALTER TABLE accounts ADD COLUMN picture TEXT;"
  "ALTER TABLE accounts ADD COLUMN token_kind INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE accounts ADD COLUMN permissions TEXT;"
  "ALTER TABLE accounts ADD COLUMN by_query INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE validator_keys ("
  "  position INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  sum TEXT NOT NULL UNIQUE,"
  "  place TEXT NOT NULL"
  ") STRICT;",

  /* Ids of files, one a line. */
  "ALTER TABLE outbox ADD COLUMN attachments TEXT;",

  "ALTER TABLE drafts ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0;",

  /* Names of people, one a line. */
  "ALTER TABLE accounts ADD COLUMN blocked TEXT;",

  "CREATE TABLE deletions ("
  "  server_id TEXT NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  thread_id TEXT NOT NULL,"
  "  message_id TEXT NOT NULL,"
  "  PRIMARY KEY (server_id, channel, thread_id, message_id)"
  ") STRICT;"
  "ALTER TABLE drafts ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;"
  /* Until then, what the server had not taken was not told from what it had not been asked for. */
  "UPDATE drafts SET refused = submitted;",

  "ALTER TABLE accounts ADD COLUMN status INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE accounts ADD COLUMN status_text TEXT;",

  /* A change that the person is done with and what is being written for the same message are two things. */
  "CREATE TABLE acts ("
  "  server_id TEXT NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  thread_id TEXT NOT NULL,"
  "  message_id TEXT NOT NULL,"
  "  deletes INTEGER NOT NULL,"
  "  text TEXT,"
  "  refused INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (server_id, channel, thread_id, message_id, deletes)"
  ") STRICT;"
  "INSERT INTO acts (server_id, channel, thread_id, message_id, deletes)"
  " SELECT server_id, channel, thread_id, message_id, 1 FROM deletions ORDER BY rowid;"
  "INSERT INTO acts SELECT server_id, channel, thread_id, edited_id, 0, text, refused FROM drafts"
  " WHERE submitted AND edited_id != '' ORDER BY changed;"
  "DELETE FROM drafts WHERE submitted AND edited_id != '';"
  "ALTER TABLE drafts DROP COLUMN submitted;"
  "ALTER TABLE drafts DROP COLUMN refused;"
  "DROP TABLE deletions;",

  "CREATE TABLE visits ("
  "  position INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  server_id TEXT NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  UNIQUE (server_id, channel)"
  ") STRICT;",
};

/* What nobody can give back is small and looked through at each start. The rest may be large, and shows its damage
 * when it is read. */
static const char * const checks[] = {
  "PRAGMA quick_check ('accounts')",
  "PRAGMA quick_check ('servers')",
  "PRAGMA quick_check ('drafts')",
  "PRAGMA quick_check ('outbox')",
  "PRAGMA quick_check ('acts')",
  "PRAGMA quick_check ('folders')",
  "PRAGMA quick_check ('settings')",
};

/* What a person wrote is on disk when it is said to be. */
const NatterSchema natter_store_schema = {
  .pragmas = "PRAGMA synchronous = FULL",
  .migrations = migrations,
  .n_migrations = G_N_ELEMENTS (migrations),
  .checks = checks,
  .n_checks = G_N_ELEMENTS (checks),
};
