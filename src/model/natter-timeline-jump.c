/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

typedef struct
{
  GCancellable *page;
  char         *id;
} Jump;

static void
jump_free (gpointer data)
{
  Jump *jump = data;

  g_object_unref (jump->page);
  g_free (jump->id);
  g_free (jump);
}

static void
finish_jump (NatterTimeline *self,
             GTask          *task,
             GError         *error)
{
  Jump *jump = g_task_get_task_data (task);

  _natter_timeline_set_page (self, NULL);
  _natter_timeline_flush (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (natter_timeline_lookup (self, jump->id) == NULL)
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_NOT_FOUND, "The message is not there");
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_around (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterTimeline *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterHistoryPage) page = natter_history_load_finish (NATTER_CONNECTION (source), result, &error);

  if (self->page != jump->page || self->channel == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else was asked for");
      return;
    }
  if (page != NULL)
    {
      _natter_timeline_take_around (self, page);
      _natter_timeline_keep_page (self, page, NATTER_HISTORY_AROUND, NULL);
    }
  finish_jump (self, task, g_steal_pointer (&error));
}

static void
on_kept_around (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterTimeline *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedPage) page = natter_cache_load_page_finish (NATTER_CACHE (source), result, &error);

  if (self->page != jump->page || self->channel == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else was asked for");
      return;
    }
  if (page != NULL && page->messages->len > 0)
    {
      NatterHistoryPage kept = { .messages = page->messages, .at_start = page->at_start, .at_end = page->at_end };

      self->stale = TRUE;
      _natter_timeline_take_around (self, &kept);
    }
  else if (error == NULL)
    {
      error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
    }
  finish_jump (self, task, g_steal_pointer (&error));
}

/**
 * natter_timeline_load_around_async:
 * @self: a timeline
 * @id: of a message
 * @callback: called when it is done
 * @data: for @callback
 *
 * Makes the window hold a message: at once when it does already, else the messages around it take the window's place; those
 * that are kept, without a connection.
 * Whatever else is on its way is given up, and so is this when something else is asked for meanwhile.
 */
void
natter_timeline_load_around_async (NatterTimeline      *self,
                                   const char          *id,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GCancellable) page = NULL;
  NatterServer *server;
  NatterCache *cache;
  Jump *jump;

  g_return_if_fail (NATTER_IS_TIMELINE (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, natter_timeline_load_around_async);
  _natter_timeline_flush (self);
  if (natter_timeline_lookup (self, id) != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
  cache = server != NULL ? _natter_server_get_cache (server) : NULL;
  if (_natter_timeline_get_ready_server (self) == NULL && cache == NULL)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
      return;
    }
  if (self->page != NULL)
    g_cancellable_cancel (self->page);
  g_clear_pointer (&self->missed, natter_history_page_free);
  page = g_cancellable_new ();
  jump = g_new0 (Jump, 1);
  jump->page = g_object_ref (page);
  jump->id = g_strdup (id);
  g_task_set_task_data (task, jump, jump_free);
  self->active = TRUE;
  self->direction = NATTER_HISTORY_AROUND;
  _natter_timeline_set_page (self, page);
  if (_natter_timeline_get_ready_server (self) != NULL)
    {
      natter_history_load_async (natter_server_get_connection (server), _natter_channel_get_channel_name (self->channel),
                                 natter_channel_get_thread_id (self->channel), NATTER_HISTORY_AROUND, id, 0,
                                 NATTER_TIMELINE_PAGE, page, on_around, g_steal_pointer (&task));
    }
  else
    {
      const NatterCachePlace place = _natter_channel_get_place (self->channel);

      natter_cache_load_page_async (cache, &place, NATTER_CACHE_AROUND, id, NATTER_TIMELINE_PAGE, page, on_kept_around,
                                    g_steal_pointer (&task));
    }
}

/**
 * natter_timeline_load_around_finish:
 * @self: a timeline
 * @result: what the callback got
 * @error: why the message is not there: %NATTER_ERROR_NOT_FOUND when it was deleted
 *
 * Returns: whether natter_timeline_lookup() finds the message now
 */
gboolean
natter_timeline_load_around_finish (NatterTimeline  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
