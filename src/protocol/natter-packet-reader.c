/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet-reader"

#include "config.h"

#include "natter-packet-reader.h"

#include <gio/gio.h>

/* How long packets are handed out before the rest of the program gets its turn, and for how long it has it. A
 * main loop runs the sources of one priority before it looks at a lower one, and drawing is lower: a burst that
 * was handed out without a break would be a frame that is late. */
#define SLICE_US 4000
#define BREAK_MS 4

typedef enum
{
  TEXT_WAITING,
  TEXT_IN_WORKER,
  TEXT_PARSED,
} TextState;

/* A text on its way to being a packet. The queue holds one reference, a worker another; while it is in the worker,
 * only that may touch it. */
typedef struct
{
  GBytes       *bytes;
  NatterPacket *packet;
  GError       *error;
  TextState     state;
} Text;

struct _NatterPacketReader
{
  GObject parent_instance;

  GQueue   texts; /* Text, in order of arrival */
  gsize    pending;
  guint    source;
  gboolean stopped : 1;
};

enum
{
  PACKET,
  DROPPED,
  DRAINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterPacketReader, natter_packet_reader, G_TYPE_OBJECT)

static void deliver_soon (NatterPacketReader *self,
                          guint               delay_ms);

static void
text_clear (gpointer data)
{
  Text *text = data;

  g_clear_pointer (&text->bytes, g_bytes_unref);
  g_clear_pointer (&text->packet, natter_packet_unref);
  g_clear_error (&text->error);
}

static void
text_unref (gpointer text)
{
  g_atomic_rc_box_release_full (text, text_clear);
}

static void
text_parse (Text *text)
{
  gsize length;
  const char *data = g_bytes_get_data (text->bytes, &length);

  /* Empty bytes may have no data at all. */
  text->packet = natter_packet_parse (data != NULL ? data : "", length, &text->error);
}

static void
parse_in_worker (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  text_parse (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterPacketReader) self = data;
  Text *text = g_task_get_task_data (G_TASK (result));

  text->state = TEXT_PARSED;
  if (!self->stopped && g_queue_peek_head (&self->texts) == text)
    deliver_soon (self, 0);
}

static void
start_worker (NatterPacketReader *self,
              Text               *text)
{
  /* No source object: the worker may drop the task last, and the reader must not end in its thread. */
  g_autoptr(GTask) task = g_task_new (NULL, NULL, on_parsed, g_object_ref (self));

  text->state = TEXT_IN_WORKER;
  g_task_set_source_tag (task, start_worker);
  g_task_set_static_name (task, "natter-packet-reader");
  g_task_set_task_data (task, g_atomic_rc_box_acquire (text), text_unref);
  g_task_run_in_thread (task, parse_in_worker);
}

static void
hand_out (NatterPacketReader *self,
          Text               *text)
{
  if (text->state == TEXT_WAITING)
    text_parse (text);
  self->pending -= g_bytes_get_size (text->bytes);

  if (text->packet != NULL)
    g_signal_emit (self, signals[PACKET], 0, text->packet);
  else
    g_signal_emit (self, signals[DROPPED], 0, text->error);
}

static gboolean
deliver (gpointer data)
{
  g_autoptr(NatterPacketReader) self = g_object_ref (data);
  gint64 end = g_get_monotonic_time () + SLICE_US;

  self->source = 0;
  do
    {
      Text *text = g_queue_peek_head (&self->texts);

      if (text == NULL || text->state == TEXT_IN_WORKER)
        break;
      g_queue_pop_head (&self->texts);
      hand_out (self, text);
      text_unref (text);
    }
  while (g_get_monotonic_time () < end);

  if (!self->stopped)
    {
      const Text *next = g_queue_peek_head (&self->texts);

      if (next == NULL)
        g_signal_emit (self, signals[DRAINED], 0);
      else if (next->state != TEXT_IN_WORKER)
        deliver_soon (self, BREAK_MS);
    }
  return G_SOURCE_REMOVE;
}

static void
deliver_soon (NatterPacketReader *self,
              guint               delay_ms)
{
  if (self->source == 0)
    self->source = g_timeout_add (delay_ms, deliver, self);
}

static void
natter_packet_reader_dispose (GObject *object)
{
  natter_packet_reader_stop (NATTER_PACKET_READER (object));

  G_OBJECT_CLASS (natter_packet_reader_parent_class)->dispose (object);
}

static void
natter_packet_reader_class_init (NatterPacketReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_packet_reader_dispose;

  /**
   * NatterPacketReader::packet:
   * @self: a reader
   * @packet: the next packet
   */
  signals[PACKET] = g_signal_new ("packet", NATTER_TYPE_PACKET_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, NATTER_TYPE_PACKET | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * NatterPacketReader::dropped:
   * @self: a reader
   * @error: why the next text is no packet
   */
  signals[DROPPED] = g_signal_new ("dropped", NATTER_TYPE_PACKET_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * NatterPacketReader::drained:
   * @self: a reader
   *
   * All that was pushed has been handed out.
   */
  signals[DRAINED] = g_signal_new ("drained", NATTER_TYPE_PACKET_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
natter_packet_reader_init (NatterPacketReader *self)
{
  g_queue_init (&self->texts);
}

/**
 * natter_packet_reader_new:
 *
 * A reader turns the texts of one socket into packets, in their order, in the main thread. Texts above
 * %NATTER_PACKET_READER_INLINE are parsed in a worker thread, and those that came after them wait. Packets are
 * handed out a few milliseconds at a time, so that a burst does not stop the main loop.
 *
 * Returns: (transfer full): a reader
 */
NatterPacketReader *
natter_packet_reader_new (void)
{
  return g_object_new (NATTER_TYPE_PACKET_READER, NULL);
}

/**
 * natter_packet_reader_push:
 * @self: a reader
 * @bytes: one text frame
 *
 * Takes the next text. Its packet comes by #NatterPacketReader::packet, never before this function returns.
 */
void
natter_packet_reader_push (NatterPacketReader *self,
                           GBytes             *bytes)
{
  Text *text;

  g_return_if_fail (NATTER_IS_PACKET_READER (self));
  g_return_if_fail (bytes != NULL);

  if (self->stopped)
    return;

  text = g_atomic_rc_box_new0 (Text);
  text->bytes = g_bytes_ref (bytes);
  self->pending += g_bytes_get_size (bytes);
  g_queue_push_tail (&self->texts, text);

  if (g_bytes_get_size (bytes) > NATTER_PACKET_READER_INLINE)
    start_worker (self, text);
  else if (g_queue_peek_head (&self->texts) == text)
    deliver_soon (self, 0);
}

/**
 * natter_packet_reader_stop:
 * @self: a reader
 *
 * Forgets what has not been handed out. No signal is emitted any more.
 */
void
natter_packet_reader_stop (NatterPacketReader *self)
{
  g_return_if_fail (NATTER_IS_PACKET_READER (self));

  self->stopped = TRUE;
  self->pending = 0;
  g_clear_handle_id (&self->source, g_source_remove);
  g_queue_clear_full (&self->texts, text_unref);
}

/**
 * natter_packet_reader_get_pending:
 * @self: a reader
 *
 * Returns: bytes of text that have not been handed out
 */
gsize
natter_packet_reader_get_pending (NatterPacketReader *self)
{
  g_return_val_if_fail (NATTER_IS_PACKET_READER (self), 0);

  return self->pending;
}
