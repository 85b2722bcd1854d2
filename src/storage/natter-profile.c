/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-profile"

/* Backends of GSettings must be asked for. */
#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"
#include "natter-profile.h"

#include <errno.h>
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <stdlib.h>

/* Enough to tell the folders of one person apart. */
#define ID_LENGTH 16

struct _NatterProfile
{
  GObject parent_instance;

  char             *id;
  char             *data_dir;
  char             *cache_dir;
  GSettingsBackend *backend; /* NULL: the person's own */
};

G_DEFINE_FINAL_TYPE (NatterProfile, natter_profile, G_TYPE_OBJECT)

static void
natter_profile_finalize (GObject *object)
{
  NatterProfile *self = NATTER_PROFILE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->cache_dir, g_free);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (natter_profile_parent_class)->finalize (object);
}

static void
natter_profile_class_init (NatterProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_profile_finalize;
}

static void
natter_profile_init (NatterProfile *self)
{
}

static void
make_folder (const char *path)
{
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      int code = errno;

      g_warning ("Could not make the folder “%s”: %s", path, g_strerror (code));
    }
}

/* Two ways to one folder are one profile, so links are followed. */
static char *
resolve (const char *directory)
{
  g_autofree char *canonical = g_canonicalize_filename (directory, NULL);
  char *resolved, *copy;

  make_folder (canonical);
  resolved = realpath (canonical, NULL);
  if (resolved == NULL)
    return g_steal_pointer (&canonical);

  copy = g_strdup (resolved);
  free (resolved);
  return copy;
}

static void
use_directory (NatterProfile *self,
               const char    *directory)
{
  g_autofree char *path = resolve (directory);
  g_autofree char *settings = g_build_filename (path, "settings.ini", NULL);

  self->id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  self->id[ID_LENGTH] = '\0';
  self->data_dir = g_build_filename (path, "data", NULL);
  self->cache_dir = g_build_filename (path, "cache", NULL);
  self->backend = g_keyfile_settings_backend_new (settings, "/", NULL);
}

/* A development build leaves alone what the person's own Natter keeps. */
static void
use_own_folders (NatterProfile *self)
{
  const char *name = DEVELOPMENT ? "natter-devel" : "natter";

  self->id = g_strdup (DEVELOPMENT ? "development" : "default");
  self->data_dir = g_build_filename (g_get_user_data_dir (), name, NULL);
  self->cache_dir = g_build_filename (g_get_user_cache_dir (), name, NULL);
  if (DEVELOPMENT)
    {
      g_autofree char *settings = g_build_filename (self->data_dir, "settings.ini", NULL);

      self->backend = g_keyfile_settings_backend_new (settings, "/", NULL);
    }
}

/**
 * natter_profile_new:
 * @directory: (nullable) (type filename): the folder of a profile apart from all others; made when it is not there
 *
 * Without @directory data, cache and settings are where the desktop keeps the person's own. Folders that are made
 * can be entered by the person alone.
 *
 * Returns: (transfer full): a profile
 */
NatterProfile *
natter_profile_new (const char *directory)
{
  NatterProfile *self = g_object_new (NATTER_TYPE_PROFILE, NULL);

  if (directory != NULL)
    use_directory (self, directory);
  else
    use_own_folders (self);

  make_folder (self->data_dir);
  make_folder (self->cache_dir);
  return self;
}

/**
 * natter_profile_get_id:
 * @self: a profile
 *
 * Returns: (transfer none): "default", or a short text that is the same for a folder in each run
 */
const char *
natter_profile_get_id (NatterProfile *self)
{
  g_return_val_if_fail (NATTER_IS_PROFILE (self), NULL);

  return self->id;
}

/**
 * natter_profile_get_data_dir:
 * @self: a profile
 *
 * Returns: (transfer none) (type filename): the folder for what must not get lost
 */
const char *
natter_profile_get_data_dir (NatterProfile *self)
{
  g_return_val_if_fail (NATTER_IS_PROFILE (self), NULL);

  return self->data_dir;
}

/**
 * natter_profile_get_cache_dir:
 * @self: a profile
 *
 * Returns: (transfer none) (type filename): the folder for what can be had again
 */
const char *
natter_profile_get_cache_dir (NatterProfile *self)
{
  g_return_val_if_fail (NATTER_IS_PROFILE (self), NULL);

  return self->cache_dir;
}

/**
 * natter_profile_get_settings:
 * @self: a profile
 * @schema: the id of an installed schema with a fixed path
 *
 * Returns: (transfer full): settings of @schema: the person's own, or those in the profile's folder
 */
GSettings *
natter_profile_get_settings (NatterProfile *self,
                             const char    *schema)
{
  g_return_val_if_fail (NATTER_IS_PROFILE (self), NULL);
  g_return_val_if_fail (schema != NULL, NULL);

  if (self->backend == NULL)
    return g_settings_new (schema);
  return g_settings_new_with_backend (schema, self->backend);
}
