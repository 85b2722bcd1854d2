/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-command"

#include "natter-command-private.h"

/* What people do with threads. */

static NatterCommand *
thread_command (const char *name,
                const char *thread_id)
{
  NatterCommand *self;

  g_return_val_if_fail (thread_id != NULL, NULL);

  self = _natter_command_new (name, NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, NULL, thread_id);
  return self;
}

/**
 * natter_command_threads_get:
 * @channel: name of a forum
 * @limit: how many threads
 *
 * Only newer servers know it; the others tell the threads with the channels.
 *
 * Returns: (transfer full): a command that asks for the threads of a forum
 */
NatterCommand *
natter_command_threads_get (const char *channel,
                            guint       limit)
{
  NatterCommand *self;

  g_return_val_if_fail (channel != NULL, NULL);

  self = _natter_command_new ("threads_get", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_place (self, channel, NULL);
  json_object_set_int_member (self->object, "limit", limit);
  return self;
}

/**
 * natter_command_thread_create:
 * @channel: name of a forum
 * @name: title of the new thread, not empty
 *
 * Returns: (transfer full): a command that makes a thread, with no message in it
 */
NatterCommand *
natter_command_thread_create (const char *channel,
                              const char *name)
{
  NatterCommand *self;

  g_return_val_if_fail (channel != NULL && name != NULL, NULL);

  self = _natter_command_new ("thread_create", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, NULL);
  _natter_command_set_string (self, "name", name);
  return self;
}

/**
 * natter_command_thread_rename:
 * @thread_id: id of a thread
 * @name: its new title, not empty
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_thread_rename (const char *thread_id,
                              const char *name)
{
  NatterCommand *self = thread_command ("thread_update", thread_id);

  _natter_command_set_string (self, "name", name);
  return self;
}

/**
 * natter_command_thread_lock:
 * @thread_id: id of a thread
 * @locked: whether nobody may write in it
 *
 * From who made the thread, without the right to manage threads, servers ignore it and say nothing.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_thread_lock (const char *thread_id,
                            gboolean    locked)
{
  NatterCommand *self = thread_command ("thread_update", thread_id);

  json_object_set_boolean_member (self->object, "locked", locked);
  return self;
}

/**
 * natter_command_thread_archive:
 * @thread_id: id of a thread
 * @archived: whether it is put away until somebody writes in it
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_thread_archive (const char *thread_id,
                               gboolean    archived)
{
  NatterCommand *self = thread_command ("thread_update", thread_id);

  json_object_set_boolean_member (self->object, "archived", archived);
  return self;
}

/**
 * natter_command_thread_delete:
 * @thread_id: id of a thread
 *
 * Returns: (transfer full): a command that deletes a thread and its messages
 */
NatterCommand *
natter_command_thread_delete (const char *thread_id)
{
  return thread_command ("thread_delete", thread_id);
}

/**
 * natter_command_thread_join:
 * @thread_id: id of a thread
 * @join: whether to take part in it; else it is left
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_thread_join (const char *thread_id,
                            gboolean    join)
{
  return thread_command (join ? "thread_join" : "thread_leave", thread_id);
}

/**
 * natter_command_unreads_count:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 *
 * Returns: (transfer full): a command that asks how much of one place is unread
 */
NatterCommand *
natter_command_unreads_count (const char *channel,
                              const char *thread_id)
{
  NatterCommand *self = _natter_command_new ("unreads_count", NATTER_COMMAND_TIMEOUT);

  _natter_command_set_place (self, channel, thread_id);
  return self;
}
