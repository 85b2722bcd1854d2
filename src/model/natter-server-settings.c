/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server-private.h"

#include <string.h>

#define LEVEL "notify-level"
#define MUTED_UNTIL "muted-until"
#define COLLAPSED "collapsed"

/* A time-out may be late and must not be early; who looks more often than this would not see any difference. */
#define LONGEST_WAIT_S 3600

G_DEFINE_ENUM_TYPE (NatterNotifyLevel, natter_notify_level,
                    G_DEFINE_ENUM_VALUE (NATTER_NOTIFY_DEFAULT, "default"),
                    G_DEFINE_ENUM_VALUE (NATTER_NOTIFY_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (NATTER_NOTIFY_MENTIONS, "mentions"),
                    G_DEFINE_ENUM_VALUE (NATTER_NOTIFY_NOTHING, "nothing"))

static char *
make_key (const char *place,
          const char *key)
{
  return g_strconcat (key, "\n", place, NULL);
}

/**
 * natter_server_get_setting:
 * @self: a server
 * @place: name of a channel or another place in it, "" for the server as a whole
 * @key: what it is about
 *
 * Returns: (transfer none) (nullable): what the person has set, %NULL when nothing
 */
const char *
natter_server_get_setting (NatterServer *self,
                           const char   *place,
                           const char   *key)
{
  g_autofree char *full = NULL;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (place != NULL && key != NULL, NULL);

  full = make_key (place, key);
  return g_hash_table_lookup (self->settings, full);
}

/**
 * natter_server_set_setting:
 * @self: a server
 * @place: name of a channel or another place in it, "" for the server as a whole
 * @key: what it is about
 * @value: (nullable): what is set, %NULL to go back to what is usual
 *
 * Sets something for a place. It is there again after a restart.
 */
void
natter_server_set_setting (NatterServer *self,
                           const char   *place,
                           const char   *key,
                           const char   *value)
{
  g_return_if_fail (NATTER_IS_SERVER (self));
  g_return_if_fail (place != NULL && key != NULL);

  if (g_strcmp0 (natter_server_get_setting (self, place, key), value) == 0)
    return;
  if (value != NULL)
    g_hash_table_insert (self->settings, make_key (place, key), g_strdup (value));
  else
    {
      g_autofree char *full = make_key (place, key);

      g_hash_table_remove (self->settings, full);
    }
  g_signal_emit_by_name (self, "setting-changed", place, key, value);
  if (*place == '\0' && g_str_equal (key, NATTER_SERVER_REMOTE_MEDIA))
    {
      g_object_notify (G_OBJECT (self), "own-remote-media");
      _natter_server_remote_media_changed (self);
    }
}

NatterNotifyLevel
_natter_server_get_level (NatterServer *self,
                          const char   *place)
{
  const char *value = natter_server_get_setting (self, place, LEVEL);
  g_autoptr(GEnumClass) levels = g_type_class_ref (NATTER_TYPE_NOTIFY_LEVEL);
  GEnumValue *level = value != NULL ? g_enum_get_value_by_nick (levels, value) : NULL;

  return level != NULL ? (NatterNotifyLevel) level->value : NATTER_NOTIFY_DEFAULT;
}

void
_natter_server_set_level (NatterServer      *self,
                          const char        *place,
                          NatterNotifyLevel  level)
{
  g_autoptr(GEnumClass) levels = g_type_class_ref (NATTER_TYPE_NOTIFY_LEVEL);
  GEnumValue *value = level != NATTER_NOTIFY_DEFAULT ? g_enum_get_value (levels, (int) level) : NULL;

  natter_server_set_setting (self, place, LEVEL, value != NULL ? value->value_nick : NULL);
}

/* Microseconds since 1970; 0 when it is over */
gint64
_natter_server_get_muted_until (NatterServer *self,
                                const char   *place)
{
  const char *value = natter_server_get_setting (self, place, MUTED_UNTIL);
  gint64 until = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;

  return until > g_get_real_time () ? until : 0;
}

void
_natter_server_set_muted_until (NatterServer *self,
                                const char   *place,
                                gint64        until)
{
  g_autofree char *value = until > g_get_real_time () ? g_strdup_printf ("%" G_GINT64_FORMAT, until) : NULL;

  natter_server_set_setting (self, place, MUTED_UNTIL, value);
  _natter_server_refresh_mutes (self);
}

static gboolean
on_mute_over (gpointer data)
{
  NatterServer *self = data;

  self->mute_source = 0;
  _natter_server_refresh_mutes (self);
  return G_SOURCE_REMOVE;
}

static gint64
find_next_end (NatterServer *self)
{
  gint64 now = g_get_real_time ();
  gint64 next = NATTER_MUTED_FOREVER;
  GHashTableIter iter;
  const char *key, *value;

  g_hash_table_iter_init (&iter, self->settings);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &value))
    {
      gint64 until = g_str_has_prefix (key, MUTED_UNTIL "\n") ? g_ascii_strtoll (value, NULL, 10) : 0;

      if (until > now)
        next = MIN (next, until);
    }
  return next;
}

/* Threads in which one takes no part are not among the channels, and tell what is for oneself all the same. */
static void
refresh_muted_threads (NatterServer *self)
{
  GHashTableIter iter;
  NatterChannel *thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &thread))
    _natter_channel_refresh_muted (thread);
}

/* To be called when something was muted, or may no longer be. */
void
_natter_server_refresh_mutes (NatterServer *self)
{
  gint64 next = find_next_end (self);

  g_clear_handle_id (&self->mute_source, g_source_remove);
  if (next != NATTER_MUTED_FOREVER)
    {
      gint64 wait_s = (next - g_get_real_time ()) / G_USEC_PER_SEC + 1;

      self->mute_source = g_timeout_add_seconds ((guint) CLAMP (wait_s, 1, LONGEST_WAIT_S), on_mute_over, self);
    }
  _natter_server_refresh_muted (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      _natter_channel_refresh_muted (channel);
    }
  refresh_muted_threads (self);
  _natter_server_sum_unread (self);
}

static void
on_section_collapsed (NatterServer *self,
                      GParamSpec   *pspec,
                      NatterGroup  *section)
{
  natter_server_set_setting (self, natter_group_get_id (section), COLLAPSED,
                             natter_group_get_collapsed (section) ? "yes" : NULL);
}

/* (transfer none) (nullable): the section with a title, made unless there */
NatterGroup *
_natter_server_intern_section (NatterServer *self,
                               const char   *title)
{
  NatterGroup *section = title != NULL ? g_hash_table_lookup (self->sections, title) : NULL;

  if (title == NULL || section != NULL)
    return section;
  section = natter_group_new (title, title);
  natter_group_set_collapsed (section, natter_server_get_setting (self, title, COLLAPSED) != NULL);
  g_signal_connect_object (section, "notify::collapsed", G_CALLBACK (on_section_collapsed), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->sections, (gpointer) natter_group_get_id (section), section);
  return section;
}

/**
 * natter_server_get_notify_level:
 * @self: a server
 *
 * Returns: what the person wants to be told about; mentions unless it was set
 */
NatterNotifyLevel
natter_server_get_notify_level (NatterServer *self)
{
  NatterNotifyLevel level;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NATTER_NOTIFY_MENTIONS);

  level = _natter_server_get_level (self, "");
  return level != NATTER_NOTIFY_DEFAULT ? level : NATTER_NOTIFY_MENTIONS;
}

/**
 * natter_server_set_notify_level:
 * @self: a server
 * @level: what the person wants to be told about
 */
void
natter_server_set_notify_level (NatterServer      *self,
                                NatterNotifyLevel  level)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  if (_natter_server_get_level (self, "") == level)
    return;
  _natter_server_set_level (self, "", level);
  g_object_notify (G_OBJECT (self), "notify-level");
}

/**
 * natter_server_get_muted_until:
 * @self: a server
 *
 * Returns: until when it is muted, in microseconds since 1970; %NATTER_MUTED_FOREVER, or 0 when it is not
 */
gint64
natter_server_get_muted_until (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), 0);

  return _natter_server_get_muted_until (self, "");
}

/**
 * natter_server_set_muted_until:
 * @self: a server
 * @until: in microseconds since 1970; %NATTER_MUTED_FOREVER, or 0 to end it
 *
 * While it is muted, it makes no noise and shows nothing unread.
 */
void
natter_server_set_muted_until (NatterServer *self,
                               gint64        until)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  if (natter_server_get_muted_until (self) == until)
    return;
  _natter_server_set_muted_until (self, "", until);
  g_object_notify (G_OBJECT (self), "muted-until");
}

/* The server takes the place of another one in the list, which knows it already. */
void
_natter_server_copy_settings (NatterServer *self,
                              NatterServer *other)
{
  GHashTableIter iter;
  const char *full, *value;

  g_hash_table_iter_init (&iter, other->settings);
  while (g_hash_table_iter_next (&iter, (gpointer *) &full, (gpointer *) &value))
    {
      const char *place = strchr (full, '\n') + 1;
      g_autofree char *key = g_strndup (full, place - 1 - full);

      natter_server_set_setting (self, place, key, value);
    }
  _natter_server_refresh_mutes (self);
}
