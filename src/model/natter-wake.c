/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-wake"

#include "config.h"

#include "natter-wake.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* A change of network comes as many small ones, and a resume is told in several ways. */
#define GATHER_MS 250

/* Seconds until a timer that is not meant to end. */
#define FAR_AWAY (50 * 365 * 24 * 60 * 60)

/**
 * NatterWake:
 *
 * Hears of the moments in which connections are likely to be dead without knowing it, or possible again: another network,
 * the end of a suspend. The latter is told by logind where the system bus is in reach; the clock, which the system sets on
 * resume, tells it everywhere, also in a sandbox.
 */
struct _NatterWake
{
  GObject          parent_instance;

  GNetworkMonitor *monitor;
  GDBusConnection *bus;
  GCancellable    *cancellable;
  int              clock_fd;
  guint            clock_source;
  guint            sleep_id;
  guint            gather_source;
};

enum
{
  WOKE,
  SLEEPING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterWake, natter_wake, G_TYPE_OBJECT)

static gboolean
on_gathered (gpointer data)
{
  NatterWake *self = data;

  self->gather_source = 0;
  g_debug ("Connections may have changed");
  g_signal_emit (self, signals[WOKE], 0);
  return G_SOURCE_REMOVE;
}

static void
wake_soon (NatterWake *self)
{
  if (self->gather_source == 0)
    self->gather_source = g_timeout_add (GATHER_MS, on_gathered, self);
}

static void
natter_wake_dispose (GObject *object)
{
  NatterWake *self = NATTER_WAKE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  g_clear_fd (&self->clock_fd, NULL);
  if (self->sleep_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, g_steal_handle_id (&self->sleep_id));
  g_clear_object (&self->bus);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (natter_wake_parent_class)->dispose (object);
}

static void
natter_wake_finalize (GObject *object)
{
  g_object_unref (NATTER_WAKE (object)->cancellable);
  G_OBJECT_CLASS (natter_wake_parent_class)->finalize (object);
}

static void
natter_wake_class_init (NatterWakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_wake_dispose;
  object_class->finalize = natter_wake_finalize;

  /**
   * NatterWake::woke:
   * @self: the object
   *
   * Connections may be dead without knowing it, or possible again.
   */
  signals[WOKE] = g_signal_new ("woke", NATTER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * NatterWake::sleeping:
   * @self: the object
   *
   * The machine is about to be suspended.
   */
  signals[SLEEPING] =
    g_signal_new ("sleeping", NATTER_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
natter_wake_init (NatterWake *self)
{
  self->cancellable = g_cancellable_new ();
  self->clock_fd = -1;
}

/* Readable as soon as the clock jumps, without anything having to look from time to time. */
static void
arm_clock (int clock_fd)
{
  const struct itimerspec far_away = { .it_value.tv_sec = g_get_real_time () / G_USEC_PER_SEC + FAR_AWAY };

  timerfd_settime (clock_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &far_away, NULL);
}

static gboolean
on_clock (int          clock_fd,
          GIOCondition condition,
          gpointer     data)
{
  NatterWake *self = data;
  guint64 ignored;

  if (read (clock_fd, &ignored, sizeof ignored) == 0)
    {
      self->clock_source = 0;
      return G_SOURCE_REMOVE;
    }
  arm_clock (clock_fd);
  wake_soon (self);
  return G_SOURCE_CONTINUE;
}

static void
on_prepare_for_sleep (GDBusConnection *bus,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *signal,
                      GVariant        *parameters,
                      gpointer         data)
{
  NatterWake *self = data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    g_signal_emit (self, signals[SLEEPING], 0);
  else
    wake_soon (self);
}

static void
use_bus (NatterWake      *self,
         GDBusConnection *bus)
{
  g_set_object (&self->bus, bus);
  self->sleep_id =
    g_dbus_connection_signal_subscribe (bus, "org.freedesktop.login1", "org.freedesktop.login1.Manager",
                                        "PrepareForSleep", "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        on_prepare_for_sleep, self, NULL);
}

static void
on_bus (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bus != NULL)
    use_bus (data, bus);
  else
    g_debug ("No system bus: %s", error->message);
}

/**
 * natter_wake_new:
 * @monitor: (nullable): tells of changes of the network
 * @system_bus: (nullable): where logind is
 * @clock_fd: taken over; readable when the clock jumps, or -1
 *
 * Returns: (transfer full): an object that tells what it hears
 */
NatterWake *
natter_wake_new (GNetworkMonitor *monitor,
                 GDBusConnection *system_bus,
                 int              clock_fd)
{
  NatterWake *self = g_object_new (NATTER_TYPE_WAKE, NULL);

  g_set_object (&self->monitor, monitor);
  if (monitor != NULL)
    g_signal_connect_swapped (monitor, "network-changed", G_CALLBACK (wake_soon), self);
  if (system_bus != NULL)
    use_bus (self, system_bus);
  self->clock_fd = clock_fd;
  if (clock_fd >= 0)
    self->clock_source = g_unix_fd_add (clock_fd, G_IO_IN, on_clock, self);
  return self;
}

/**
 * natter_wake_new_of_system:
 *
 * Returns: (transfer full): one that hears of this machine; what the system does not offer is left out
 */
NatterWake *
natter_wake_new_of_system (void)
{
  int clock_fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  NatterWake *self;

  if (clock_fd >= 0)
    arm_clock (clock_fd);
  self = natter_wake_new (g_network_monitor_get_default (), NULL, clock_fd);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, self);
  return self;
}
