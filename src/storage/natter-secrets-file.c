/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-secrets-file"

#include "natter-secrets-private.h"

/* In a sandbox there is no Secret Service. There libsecret keeps a file of its own among the program's data, and the
 * secret portal has the key to it: the calls that leave the place to libsecret do both. Each ends the task given. */

/* Where libsecret looks, too. */
gboolean
_natter_secrets_in_file (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  secret_password_free (secret_password_lookup_nonpageable_finish (result, &error));
  if (error != NULL)
    _natter_secrets_return_failure (task, "The portal gave no key for secrets", g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Whether there is a key shows when something is looked up, be it there or not. (transfer full) of @task, here and below */
void
_natter_secrets_file_check (GTask              *task,
                            const SecretSchema *schema,
                            GHashTable         *attributes)
{
  secret_password_lookupv (schema, attributes, g_task_get_cancellable (task), on_checked, task);
}

void
_natter_secrets_file_store (GTask               *task,
                            const SecretSchema  *schema,
                            GHashTable          *attributes,
                            const char          *label,
                            SecretValue         *value,
                            GAsyncReadyCallback  callback)
{
  secret_password_storev_binary (schema, attributes, SECRET_COLLECTION_DEFAULT, label, value,
                                 g_task_get_cancellable (task), callback, task);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  char *secret = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    _natter_secrets_return_failure (task, "The file of secrets could not be read", g_steal_pointer (&error));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) secret_password_free);
}

void
_natter_secrets_file_lookup (GTask              *task,
                             const SecretSchema *schema,
                             GHashTable         *attributes)
{
  secret_password_lookupv (schema, attributes, g_task_get_cancellable (task), on_looked_up, task);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    _natter_secrets_return_failure (task, "The secret could not be removed", g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

void
_natter_secrets_file_forget (GTask              *task,
                             const SecretSchema *schema,
                             GHashTable         *attributes)
{
  secret_password_clearv (schema, attributes, g_task_get_cancellable (task), on_forgotten, task);
}
