/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-request-queue"

#include "config.h"

#include "natter-request-queue.h"

#include <string.h>

#include "natter-error.h"
#include "natter-socket.h"

/* Before what a moderator wrote. */
#define MUTED "Muted: "

/* Servers say 0 at times; sending again at once would be a loop. */
#define SHORTEST_WAIT_MS 100

typedef struct
{
  NatterRequestQueue *queue;
  NatterCommand      *command;
  GTask              *task; /* NULL: nobody wants the answer */
  guint64             number;
  char               *listener; /* the number as text */
  GSource            *timeout;
  GSource            *cancelled;
  gboolean            ordered : 1; /* costs of the server's budget: one at a time, in order */
} Request;

struct _NatterRequestQueue
{
  NatterRequestQueueFuncs funcs;
  GObject                *owner; /* kept alive while a callback may drop it */
  guint64                 last_number;
  guint                   timeout_ms; /* 0: each command's own */
  GHashTable             *pending;    /* listener -> Request, sent and not answered */
  GQueue                  held;       /* Request, not sent */
  Request                *in_flight;  /* the ordered one that is pending; owned by @pending */
  gint64                  limit_until;
  GSource                *limit_source;
  char                   *limit_reason; /* what a moderator wrote */
  gboolean                timed_out;    /* the limit is a moderator's */
};

static void pump (NatterRequestQueue *self);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  clear_source (&request->timeout);
  clear_source (&request->cancelled);
  g_clear_pointer (&request->command, natter_command_free);
  g_clear_object (&request->task);
  g_free (request->listener);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* Takes the request out of the queue, from wherever it is. */
static Request *
take (Request *request)
{
  NatterRequestQueue *self = request->queue;

  if (self->in_flight == request)
    self->in_flight = NULL;
  if (!g_hash_table_steal (self->pending, request->listener))
    g_queue_remove (&self->held, request);
  clear_source (&request->timeout);
  clear_source (&request->cancelled);
  return request;
}

/* Takes over @request, which is no more in the queue, and @error. */
static void
return_error (Request *request,
              GError  *error)
{
  g_autoptr(Request) gone = request;
  g_autoptr(GError) reason = error;

  if (gone->task != NULL)
    g_task_return_error (gone->task, g_steal_pointer (&reason));
}

static gboolean
on_timeout (gpointer data)
{
  Request *request = data;
  NatterRequestQueue *self = request->queue;
  g_autoptr(GObject) owner = g_object_ref (self->owner);

  take (request);
  pump (self);
  return_error (request, g_error_new (NATTER_ERROR, NATTER_ERROR_TIMEOUT, "No answer to “%s”",
                                      natter_command_get_name (request->command)));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Request *request = data;
  NatterRequestQueue *self = request->queue;
  g_autoptr(GObject) owner = g_object_ref (self->owner);

  take (request);
  pump (self);
  return_error (request, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

static GSource *
attach (GSource     *source,
        GSourceFunc  func,
        gpointer     data)
{
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static void
watch_cancellable (Request *request)
{
  GCancellable *cancellable = request->task != NULL ? g_task_get_cancellable (request->task) : NULL;

  if (cancellable != NULL)
    request->cancelled = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_cancelled), request);
}

/* Takes over @request. */
static void
transmit (NatterRequestQueue *self,
          Request            *request)
{
  g_autofree char *text = natter_command_serialize (request->command, request->listener);
  guint timeout_ms = self->timeout_ms != 0 ? self->timeout_ms : natter_command_get_timeout (request->command) * 1000;

  if (strlen (text) >= NATTER_SOCKET_MAX_SENT)
    {
      return_error (request, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TOO_LARGE,
                                                  "This is too large to be sent at once"));
      return;
    }
  if (!self->funcs.transmit (text, self->owner))
    {
      return_error (request, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected"));
      return;
    }

  g_debug ("Sent %s", natter_command_get_name (request->command));
  if (request->ordered)
    self->in_flight = request;
  if (request->task != NULL)
    g_task_set_task_data (request->task, GINT_TO_POINTER (TRUE), NULL);
  request->timeout = attach (g_timeout_source_new (timeout_ms), on_timeout, request);
  g_hash_table_insert (self->pending, request->listener, request);
}

static gboolean
is_limited (NatterRequestQueue *self)
{
  return self->limit_until != 0;
}

static void
pump (NatterRequestQueue *self)
{
  while (!is_limited (self) && self->in_flight == NULL && !g_queue_is_empty (&self->held))
    transmit (self, g_queue_pop_head (&self->held));
}

static gboolean
on_limit (gpointer data)
{
  NatterRequestQueue *self = data;
  g_autoptr(GObject) owner = g_object_ref (self->owner);

  clear_source (&self->limit_source);
  if (g_get_monotonic_time () >= self->limit_until)
    {
      self->limit_until = 0;
      self->timed_out = FALSE;
      g_clear_pointer (&self->limit_reason, g_free);
    }
  else
    {
      /* Wake up each time when one second less is left. */
      gint64 left_us = self->limit_until - g_get_monotonic_time ();
      guint wait_ms = ((left_us - 1) % G_USEC_PER_SEC + 1 + 999) / 1000;

      self->limit_source = attach (g_timeout_source_new (wait_ms), on_limit, self);
    }
  pump (self);
  self->funcs.limit_changed (self->owner);
  return G_SOURCE_REMOVE;
}

static void
limit (NatterRequestQueue *self,
       guint               wait_ms)
{
  self->limit_until = g_get_monotonic_time () + (gint64) MAX (wait_ms, SHORTEST_WAIT_MS) * 1000;
  on_limit (self);
}

/* Only the text tells whether somebody was too fast, or a moderator has had enough. */
static void
note_reason (NatterRequestQueue *self,
             const char         *reason)
{
  if (reason == NULL)
    return;
  if (g_str_has_prefix (reason, MUTED))
    g_set_str (&self->limit_reason, reason + strlen (MUTED));
  self->timed_out |= g_str_has_prefix (reason, MUTED) || g_str_has_prefix (reason, "You are in timeout")
                     || g_str_equal (reason, "User timeout set");
}

static GError *
error_from_limit (const NatterRefusalData *refusal)
{
  if (refusal->reason != NULL)
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_RATE_LIMITED, refusal->reason);
  return g_error_new (NATTER_ERROR, NATTER_ERROR_RATE_LIMITED, "Too fast: wait %u s", (refusal->length_ms + 999) / 1000);
}

/* What was refused for being too fast was not carried out: it goes back to the head of those that wait. */
static void
refused_by_limit (NatterRequestQueue *self,
                  Request            *request,
                  NatterPacket       *packet)
{
  if (request != NULL && request->ordered)
    {
      watch_cancellable (request);
      if (request->task != NULL)
        g_task_set_task_data (request->task, GINT_TO_POINTER (FALSE), NULL);
      g_queue_push_head (&self->held, request);
      request = NULL;
    }
  note_reason (self, packet->refusal.reason);
  limit (self, packet->refusal.length_ms);
  if (request != NULL)
    return_error (request, error_from_limit (&packet->refusal));
}

static gboolean
is_typing (NatterCommand *command)
{
  return g_str_equal (natter_command_get_name (command), "typing");
}

static GError *
refusal_of_queue (NatterRequestQueue *self,
                  Request            *request)
{
  /* That somebody was typing some time ago is worth nothing. */
  if (is_typing (request->command) && is_limited (self))
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_RATE_LIMITED, "Too fast");
  if (g_queue_get_length (&self->held) >= NATTER_REQUEST_QUEUE_MAX_HELD
      || g_hash_table_size (self->pending) >= NATTER_REQUEST_QUEUE_MAX_PENDING)
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_RATE_LIMITED, "Too much is waiting to be sent");
  return NULL;
}

static int
by_number (gconstpointer a,
           gconstpointer b)
{
  const Request *first = a;
  const Request *second = b;

  return first->number < second->number ? -1 : first->number > second->number;
}

/**
 * natter_request_queue_new:
 * @funcs: what the queue needs of its owner, copied
 * @owner: (transfer none): whose queue it is, handed to @funcs; it frees the queue
 *
 * The commands of a connection on their way, and the answers that they wait for. A command that costs of the
 * server's budget (`message_new`, `message_edit`) is sent only after the one before it was answered: of two
 * that are under way together, the server may refuse the first for being too fast and take the second. All others are
 * sent at once.
 *
 * Returns: (transfer full): a queue
 */
NatterRequestQueue *
natter_request_queue_new (const NatterRequestQueueFuncs *funcs,
                          GObject                       *owner)
{
  NatterRequestQueue *self = g_new0 (NatterRequestQueue, 1);

  self->funcs = *funcs;
  self->owner = owner;
  self->pending = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->held);
  return self;
}

/**
 * natter_request_queue_free:
 * @self: a queue
 *
 * Frees the queue. Its requests must have been failed before; those that are left are dropped without an answer.
 */
void
natter_request_queue_free (NatterRequestQueue *self)
{
  GHashTableIter iter;
  gpointer request;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &request))
    {
      g_hash_table_iter_steal (&iter);
      request_free (request);
    }
  g_hash_table_unref (self->pending);
  g_queue_clear_full (&self->held, request_free);
  clear_source (&self->limit_source);
  g_free (self->limit_reason);
  g_free (self);
}

/**
 * natter_request_queue_set_timeout:
 * @self: a queue
 * @timeout_ms: how long to wait for each answer, in ms; 0 for each command's own time
 */
void
natter_request_queue_set_timeout (NatterRequestQueue *self,
                                  guint               timeout_ms)
{
  g_return_if_fail (self != NULL);

  self->timeout_ms = timeout_ms;
}

/**
 * natter_request_queue_next_listener:
 * @self: a queue
 *
 * Returns: (transfer full): an id that was not used before in this queue
 */
char *
natter_request_queue_next_listener (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->last_number);
}

/**
 * natter_request_queue_add:
 * @self: a queue
 * @command: (transfer full): what to send
 * @task: (transfer full) (nullable): finished with the answer, a #NatterPacket
 *
 * Sends a command, now or when the server allows it. The time for the answer runs from when it is sent. A `typing`
 * that can't be sent now is dropped.
 */
void
natter_request_queue_add (NatterRequestQueue *self,
                          NatterCommand      *command,
                          GTask              *task)
{
  Request *request;
  GError *error;

  g_return_if_fail (self != NULL);
  g_return_if_fail (command != NULL);

  request = g_new0 (Request, 1);
  request->queue = self;
  request->command = command;
  request->task = task;
  request->listener = natter_request_queue_next_listener (self);
  request->number = self->last_number;
  request->ordered = natter_command_is_rate_limited (command) && !is_typing (command);

  error = refusal_of_queue (self, request);
  if (error != NULL)
    {
      return_error (request, error);
      return;
    }

  watch_cancellable (request);
  if (request->ordered)
    {
      g_queue_push_tail (&self->held, request);
      pump (self);
    }
  else
    transmit (self, request);
}

/**
 * natter_request_queue_was_sent:
 * @task: a task that was given to natter_request_queue_add()
 *
 * Returns: %FALSE when the server can't have carried the command out, because it was never sent or was refused
 */
gboolean
natter_request_queue_was_sent (GTask *task)
{
  g_return_val_if_fail (G_IS_TASK (task), FALSE);

  return GPOINTER_TO_INT (g_task_get_task_data (task));
}

/**
 * natter_request_queue_answer:
 * @self: a queue
 * @packet: a packet that came
 *
 * Finishes the request that @packet answers. A `rate_limit` also stops what costs of the server's budget for as
 * long as it says, whether it answers something or not.
 *
 * Returns: whether it was the answer to something
 */
gboolean
natter_request_queue_answer (NatterRequestQueue *self,
                             NatterPacket       *packet)
{
  Request *request = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (packet != NULL, FALSE);

  if (packet->listener != NULL)
    request = g_hash_table_lookup (self->pending, packet->listener);
  if (request != NULL)
    take (request);

  if (packet->kind == NATTER_PACKET_RATE_LIMIT)
    {
      gboolean answered = request != NULL;

      refused_by_limit (self, request, packet);
      return answered;
    }
  if (request == NULL)
    return FALSE;

  pump (self);
  if (packet->kind == NATTER_PACKET_ERROR || packet->kind == NATTER_PACKET_AUTH_ERROR)
    return_error (request, natter_error_from_server (packet->refusal.text));
  else
    {
      if (request->task != NULL)
        g_task_return_pointer (request->task, natter_packet_ref (packet), (GDestroyNotify) natter_packet_unref);
      request_free (request);
    }
  return TRUE;
}

/**
 * natter_request_queue_fail:
 * @self: a queue
 * @error: for all requests
 *
 * Ends all requests, those that were sent and those that were not, in the order in which they were made.
 */
void
natter_request_queue_fail (NatterRequestQueue *self,
                           const GError       *error)
{
  g_autoptr(GList) requests = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (error != NULL);

  requests = g_list_concat (g_hash_table_get_values (self->pending), self->held.head);
  requests = g_list_sort (requests, by_number);
  g_hash_table_steal_all (self->pending);
  g_queue_init (&self->held);
  self->in_flight = NULL;

  /* A callback may do anything, also run the main loop. */
  for (GList *link = requests; link != NULL; link = link->next)
    {
      Request *request = link->data;

      clear_source (&request->timeout);
      clear_source (&request->cancelled);
    }
  for (GList *link = requests; link != NULL; link = link->next)
    return_error (link->data, g_error_copy (error));
}

/**
 * natter_request_queue_get_limit_until:
 * @self: a queue
 *
 * Returns: monotonic time in µs up to which the server wants nothing that costs of its budget; 0 for no such time
 */
gint64
natter_request_queue_get_limit_until (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->limit_until;
}

/**
 * natter_request_queue_get_limit_left:
 * @self: a queue
 *
 * Returns: the whole seconds up to then, rounded up
 */
guint
natter_request_queue_get_limit_left (NatterRequestQueue *self)
{
  gint64 left;

  g_return_val_if_fail (self != NULL, 0);

  left = self->limit_until - g_get_monotonic_time ();
  return left > 0 ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
}

/**
 * natter_request_queue_get_timed_out:
 * @self: a queue
 *
 * Returns: whether it is a moderator who wants one to wait until then
 */
gboolean
natter_request_queue_get_timed_out (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->timed_out;
}

/**
 * natter_request_queue_get_limit_reason:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): why, in the moderator's words
 */
const char *
natter_request_queue_get_limit_reason (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->limit_reason;
}

/**
 * natter_request_queue_get_n_pending:
 * @self: a queue
 *
 * Returns: how many requests were sent and have no answer
 */
guint
natter_request_queue_get_n_pending (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->pending);
}

/**
 * natter_request_queue_get_n_held:
 * @self: a queue
 *
 * Returns: how many requests were not sent
 */
guint
natter_request_queue_get_n_held (NatterRequestQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_queue_get_length (&self->held);
}
