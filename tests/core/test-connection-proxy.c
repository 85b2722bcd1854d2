/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections go the way that the system says. */
#include "connection-fixture.h"
#include "raw-peer.h"

/* What the person has set up in the system. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)

struct _TestResolver
{
  GObject parent_instance;
};

static char *proxy;
static GPtrArray *asked;

static gboolean
test_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
test_resolver_lookup (GProxyResolver  *resolver,
                      const char      *uri,
                      GCancellable    *cancellable,
                      GError         **error)
{
  const char * const proxies[] = { proxy, NULL };

  return g_strdupv ((char **) proxies);
}

static void
test_resolver_lookup_async (GProxyResolver      *resolver,
                            const char          *uri,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_ptr_array_add (asked, g_strdup (uri));
  g_task_return_pointer (task, test_resolver_lookup (resolver, uri, cancellable, NULL), (GDestroyNotify) g_strfreev);
}

static char **
test_resolver_lookup_finish (GProxyResolver  *resolver,
                             GAsyncResult    *result,
                             GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_resolver_is_supported;
  iface->lookup = test_resolver_lookup;
  iface->lookup_async = test_resolver_lookup_async;
  iface->lookup_finish = test_resolver_lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestResolver, test_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_iface_init))

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_proxy (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(RawPeer) peer = raw_peer_new (RAW_PEER_SILENT, NULL);

  proxy = g_strdup_printf ("http://127.0.0.1:%u", peer->port);
  natter_connection_open (fixture->connection);
  wait_for (peer->connections->len == 1);
  g_assert_cmpuint (asked->len, >, 0);
  g_assert_cmpuint (fixture->peer->n_opened, ==, 0);
  natter_connection_close (fixture->connection);
  g_clear_pointer (&proxy, g_free);
}

static void
test_no_proxy (Fixture       *fixture,
               gconstpointer  data)
{
  proxy = g_strdup ("direct://");
  natter_connection_open (fixture->connection);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
  g_assert_cmpuint (fixture->peer->n_opened, ==, 1);
  g_clear_pointer (&proxy, g_free);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  asked = g_ptr_array_new_with_free_func (g_free);
  /* The first use registers what GIO has itself. */
  g_assert_nonnull (g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME));
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_RESOLVER, "test", 1000);
  add_test ("/connection-proxy/proxy", test_proxy);
  add_test ("/connection-proxy/no-proxy", test_no_proxy);
  return g_test_run ();
}
