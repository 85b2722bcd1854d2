/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-history-date.h"
#include "natter-message.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* A jump to a message, or to a time: then the message is looked for first. */
typedef struct
{
  GCancellable *page;
  char         *id;
  gint64        time;
  gboolean      by_kept; /* what was kept helped to find it, and may be gone */
} Jump;

static void
jump_free (gpointer data)
{
  Jump *jump = data;

  g_clear_object (&jump->page);
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

/* Whether something else was asked for meanwhile. */
static gboolean
was_given_up (GTask *task)
{
  NatterTimeline *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);

  if (self->page == jump->page && self->channel != NULL)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Something else was asked for");
  return TRUE;
}

static void ask_for_time (GTask      *task,
                          const char *newer_id);

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

  if (was_given_up (task))
    return;
  if (jump->by_kept && g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      jump->by_kept = FALSE;
      ask_for_time (task, NULL);
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
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedPage) page = natter_cache_load_page_finish (NATTER_CACHE (source), result, &error);

  if (was_given_up (task))
    return;
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

static NatterCache *
get_cache (NatterTimeline *self)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  return server != NULL ? _natter_server_get_cache (server) : NULL;
}

/* @task: (transfer full): the id is known */
static void
load_around (NatterTimeline *self,
             GTask          *task)
{
  NatterServer *server = _natter_timeline_get_ready_server (self);
  Jump *jump = g_task_get_task_data (task);
  NatterCachePlace place;

  if (server != NULL)
    {
      natter_history_load_async (natter_server_get_connection (server), _natter_channel_get_channel_name (self->channel),
                                 natter_channel_get_thread_id (self->channel), NATTER_HISTORY_AROUND, jump->id, 0,
                                 NATTER_TIMELINE_PAGE, jump->page, on_around, task);
      return;
    }
  place = _natter_channel_get_place (self->channel);
  natter_cache_load_page_async (get_cache (self), &place, NATTER_CACHE_AROUND, jump->id, NATTER_TIMELINE_PAGE, jump->page,
                                on_kept_around, task);
}

/* Gives up what is on its way, for @task. Where nobody can be asked, that is told, and nothing else happens. */
static gboolean
begin (NatterTimeline *self,
       GTask          *task,
       const char     *id,
       gint64          time)
{
  Jump *jump;

  if (_natter_timeline_get_ready_server (self) == NULL && get_cache (self) == NULL)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
      return FALSE;
    }
  if (self->page != NULL)
    g_cancellable_cancel (self->page);
  g_clear_pointer (&self->missed, natter_history_page_free);
  jump = g_new0 (Jump, 1);
  jump->page = g_cancellable_new ();
  jump->id = g_strdup (id);
  jump->time = time;
  g_task_set_task_data (task, jump, jump_free);
  self->active = TRUE;
  self->direction = NATTER_HISTORY_AROUND;
  _natter_timeline_set_page (self, jump->page);
  return TRUE;
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

  g_return_if_fail (NATTER_IS_TIMELINE (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, natter_timeline_load_around_async);
  _natter_timeline_flush (self);
  if (natter_timeline_lookup (self, id) != NULL)
    g_task_return_boolean (task, TRUE);
  else if (begin (self, task, id, 0))
    load_around (self, g_steal_pointer (&task));
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

/* Shows the message that was found. */
static void
go_to_found (GTask *task,
             char  *id)
{
  NatterTimeline *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);

  g_free (jump->id);
  jump->id = id;
  if (natter_timeline_lookup (self, id) != NULL)
    finish_jump (self, task, NULL);
  else
    load_around (self, g_object_ref (task));
}

static void
on_time_found (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = natter_history_find_time_finish (NATTER_CONNECTION (source), result, &error);

  if (was_given_up (task))
    return;
  if (id != NULL)
    go_to_found (task, g_steal_pointer (&id));
  else
    finish_jump (g_task_get_source_object (task), task, g_steal_pointer (&error));
}

/* @newer_id: (nullable): somewhere to begin */
static void
ask_for_time (GTask      *task,
              const char *newer_id)
{
  NatterTimeline *self = g_task_get_source_object (task);
  Jump *jump = g_task_get_task_data (task);
  NatterServer *server = _natter_timeline_get_ready_server (self);

  if (server != NULL)
    natter_history_find_time_async (natter_server_get_connection (server), _natter_channel_get_channel_name (self->channel),
                                    natter_channel_get_thread_id (self->channel), jump->time, newer_id, jump->page,
                                    on_time_found, g_object_ref (task));
  else
    finish_jump (self, task, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected"));
}

static void
on_kept_time_found (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  gboolean is_first;
  g_autofree char *id = natter_cache_find_time_finish (NATTER_CACHE (source), result, &is_first, &error);

  if (was_given_up (task))
    return;
  if (error != NULL)
    g_debug ("What was kept could not be read: %s", error->message);
  ((Jump *) g_task_get_task_data (task))->by_kept = id != NULL;
  /* Without a connection the nearest that is kept is better than nothing. */
  if (id != NULL && (is_first || _natter_timeline_get_ready_server (g_task_get_source_object (task)) == NULL))
    go_to_found (task, g_steal_pointer (&id));
  else
    ask_for_time (task, id);
}

/* (nullable): id of the first message from @time on, when the window has that time */
static const char *
find_held (NatterTimeline *self,
           gint64          time)
{
  for (guint i = 0; i < self->n_sent; i++)
    if (natter_message_get_time (self->items->pdata[i]) >= time)
      return i > 0 || self->at_start ? natter_message_get_id (self->items->pdata[i]) : NULL;
  return NULL;
}

/**
 * natter_timeline_load_time_async:
 * @self: a timeline
 * @time: microseconds since 1970
 * @callback: called when it is done
 * @data: for @callback
 *
 * Makes the window hold the first message that is not older than @time, as natter_timeline_load_around_async() does. Servers
 * can't be asked for a time: where it is not kept, this takes some pages, and on newer servers all those in between.
 */
void
natter_timeline_load_time_async (NatterTimeline      *self,
                                 gint64               time,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  const char *held;

  g_return_if_fail (NATTER_IS_TIMELINE (self));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, natter_timeline_load_time_async);
  _natter_timeline_flush (self);
  held = find_held (self, time);
  if (held != NULL)
    {
      Jump *jump = g_new0 (Jump, 1);

      jump->id = g_strdup (held);
      g_task_set_task_data (task, jump, jump_free);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!begin (self, task, NULL, time))
    return;
  if (get_cache (self) != NULL)
    {
      const NatterCachePlace place = _natter_channel_get_place (self->channel);

      natter_cache_find_time_async (get_cache (self), &place, time, self->page, on_kept_time_found, g_steal_pointer (&task));
    }
  else
    {
      ask_for_time (task, NULL);
    }
}

/**
 * natter_timeline_load_time_finish:
 * @self: a timeline
 * @result: what the callback got
 * @error: why the message is not there: %NATTER_ERROR_NOT_FOUND when all messages are older
 *
 * Returns: (transfer full): id of the message, %NULL on error
 */
char *
natter_timeline_load_time_finish (NatterTimeline  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_strdup (((Jump *) g_task_get_task_data (G_TASK (result)))->id);
}
