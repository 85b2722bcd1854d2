/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-wake.h"

#include "wait.h"

#include <glib-unix.h>
#include <unistd.h>

/* A network that changes when it is told to. */
#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor
{
  GObject parent_instance;
};

enum
{
  PROP_0,
  PROP_NETWORK_AVAILABLE,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

static void
initable_iface_init (GInitableIface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor, test_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_iface_init))

static void
test_monitor_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, prop_id == PROP_NETWORK_AVAILABLE);
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
}

static void
count (guint *n)
{
  (*n)++;
}

/* However many small changes a change of network is made of. */
static void
test_network (void)
{
  g_autoptr(TestMonitor) monitor = g_object_new (TEST_TYPE_MONITOR, NULL);
  NatterWake *wake = natter_wake_new (G_NETWORK_MONITOR (monitor), NULL, -1);
  guint n_woke = 0;

  g_signal_connect_swapped (wake, "woke", G_CALLBACK (count), &n_woke);
  for (guint i = 0; i < 5; i++)
    g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpuint (n_woke, ==, 0);
  wait_for (n_woke > 0);
  settle ();
  g_assert_cmpuint (n_woke, ==, 1);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  wait_for (n_woke == 2);
  g_assert_finalize_object (wake);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
}

static void
test_clock (void)
{
  g_autoptr(GError) error = NULL;
  int pipe_fds[2];
  NatterWake *wake;
  guint n_woke = 0;

  g_unix_open_pipe (pipe_fds, O_CLOEXEC | O_NONBLOCK, &error);
  g_assert_no_error (error);
  wake = natter_wake_new (NULL, NULL, pipe_fds[0]);
  g_signal_connect_swapped (wake, "woke", G_CALLBACK (count), &n_woke);
  for (guint i = 1; i <= 2; i++)
    {
      g_assert_cmpint (write (pipe_fds[1], "jumped!", 8), ==, 8);
      wait_for (n_woke == i);
    }
  close (pipe_fds[1]);
  settle ();
  g_assert_finalize_object (wake);
}

static void
tell (GDBusConnection *bus,
      gboolean         begins)
{
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (bus, NULL, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                 "PrepareForSleep", g_variant_new ("(b)", begins), &error);
  g_assert_no_error (error);
}

static void
test_logind (void)
{
  g_autoptr(GTestDBus) test_bus = NULL;
  g_autoptr(GDBusConnection) bus = NULL;
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  NatterWake *wake;
  guint n_woke = 0, n_sleeping = 0;

  if (daemon == NULL)
    {
      g_test_skip ("There is no dbus-daemon");
      return;
    }
  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  bus = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (test_bus),
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "RequestName", g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  wake = natter_wake_new (NULL, bus, -1);
  g_signal_connect_swapped (wake, "woke", G_CALLBACK (count), &n_woke);
  g_signal_connect_swapped (wake, "sleeping", G_CALLBACK (count), &n_sleeping);
  tell (bus, TRUE);
  wait_for (n_sleeping == 1);
  g_assert_cmpuint (n_woke, ==, 0);
  tell (bus, FALSE);
  wait_for (n_woke == 1);
  g_assert_cmpuint (n_sleeping, ==, 1);
  g_assert_finalize_object (wake);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_test_dbus_down (test_bus);
}

/* Whatever this machine has and lacks. */
static void
test_of_system (void)
{
  NatterWake *wake = natter_wake_new_of_system ();

  settle ();
  g_assert_finalize_object (wake);
  settle ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wake/network", test_network);
  g_test_add_func ("/wake/clock", test_clock);
  g_test_add_func ("/wake/logind", test_logind);
  g_test_add_func ("/wake/of-system", test_of_system);
  return g_test_run ();
}
