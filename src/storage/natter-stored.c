/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store.h"

/**
 * natter_stored_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): a copy
 */
NatterStoredAccount *
natter_stored_account_copy (const NatterStoredAccount *self)
{
  NatterStoredAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredAccount, 1);
  copy->id = g_strdup (self->id);
  copy->kind = self->kind;
  copy->name = g_strdup (self->name);
  copy->server = g_strdup (self->server);
  copy->rotur_id = g_strdup (self->rotur_id);
  copy->picture = g_strdup (self->picture);
  copy->token_kind = self->token_kind;
  copy->permissions = g_strdup (self->permissions);
  copy->blocked = g_strdup (self->blocked);
  copy->by_query = self->by_query;
  copy->status = self->status;
  copy->status_text = g_strdup (self->status_text);
  return copy;
}

/**
 * natter_stored_account_free:
 * @self: (nullable): an account
 */
void
natter_stored_account_free (NatterStoredAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->server);
  g_free (self->rotur_id);
  g_free (self->picture);
  g_free (self->permissions);
  g_free (self->blocked);
  g_free (self->status_text);
  g_free (self);
}

/**
 * natter_stored_server_copy:
 * @self: a server
 *
 * Returns: (transfer full): a copy
 */
NatterStoredServer *
natter_stored_server_copy (const NatterStoredServer *self)
{
  NatterStoredServer *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredServer, 1);
  copy->id = g_strdup (self->id);
  copy->address = g_strdup (self->address);
  copy->account_id = g_strdup (self->account_id);
  copy->name = g_strdup (self->name);
  copy->icon = g_strdup (self->icon);
  copy->last_channel = g_strdup (self->last_channel);
  copy->folder_id = g_strdup (self->folder_id);
  return copy;
}

/**
 * natter_stored_server_free:
 * @self: (nullable): a server
 */
void
natter_stored_server_free (NatterStoredServer *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->address);
  g_free (self->account_id);
  g_free (self->name);
  g_free (self->icon);
  g_free (self->last_channel);
  g_free (self->folder_id);
  g_free (self);
}

/**
 * natter_stored_folder_copy:
 * @self: a folder
 *
 * Returns: (transfer full): a copy
 */
NatterStoredFolder *
natter_stored_folder_copy (const NatterStoredFolder *self)
{
  NatterStoredFolder *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredFolder, 1);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->color = self->color;
  copy->collapsed = self->collapsed;
  copy->servers = g_strdupv (self->servers);
  return copy;
}

/**
 * natter_stored_folder_free:
 * @self: (nullable): a folder
 */
void
natter_stored_folder_free (NatterStoredFolder *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->servers);
  g_free (self);
}

/**
 * natter_stored_setting_copy:
 * @self: a setting
 *
 * Returns: (transfer full): a copy
 */
NatterStoredSetting *
natter_stored_setting_copy (const NatterStoredSetting *self)
{
  NatterStoredSetting *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredSetting, 1);
  copy->server_id = g_strdup (self->server_id);
  copy->place = g_strdup (self->place);
  copy->key = g_strdup (self->key);
  copy->value = g_strdup (self->value);
  return copy;
}

/**
 * natter_stored_setting_free:
 * @self: (nullable): a setting
 */
void
natter_stored_setting_free (NatterStoredSetting *self)
{
  if (self == NULL)
    return;

  g_free (self->server_id);
  g_free (self->place);
  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

/**
 * natter_stored_lists_free:
 * @self: (nullable): the lists
 */
void
natter_stored_lists_free (NatterStoredLists *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->servers, g_ptr_array_unref);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_clear_pointer (&self->settings, g_ptr_array_unref);
  g_free (self);
}
