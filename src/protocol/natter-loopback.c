/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-loopback"

#include "config.h"

#include "natter-loopback.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "natter-error.h"
#include "natter-random.h"

#define PATH_BYTES 16

struct _NatterLoopback
{
  GObject       parent_instance;

  SoupServer   *server;
  char         *path;
  char         *host; /* what the Host header has to be */
  char         *uri;
  GTask        *task; /* of who waits */
  GCancellable *cancellable;
  gulong        cancelled_handler;
  GHashTable   *query; /* of the request that was accepted */
  guint         limit_source;
};

G_DEFINE_FINAL_TYPE (NatterLoopback, natter_loopback, G_TYPE_OBJECT)

/* Takes over @error. */
static void
end_wait (NatterLoopback *self,
          GError         *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  g_clear_handle_id (&self->limit_source, g_source_remove);
  if (self->cancellable != NULL)
    g_clear_signal_handler (&self->cancelled_handler, self->cancellable);
  g_clear_object (&self->cancellable);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_hash_table_ref (self->query), (GDestroyNotify) g_hash_table_unref);
}

static gboolean
succeed (gpointer data)
{
  NatterLoopback *self = data;

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  end_wait (self, NULL);
  return G_SOURCE_REMOVE;
}

/* The answer is with the browser: nobody is listened to any more. Not at once: the server is still at it. */
static void
on_answered (NatterLoopback *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, succeed, g_object_ref (self), g_object_unref);
}

/* A page of another site can make a browser send requests here, but not with our path, and under a name that points
 * here only with its own Host. */
static gboolean
is_expected (NatterLoopback    *self,
             SoupServerMessage *message,
             const char        *path)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  return self->task != NULL && self->query == NULL && soup_server_message_get_method (message) == SOUP_METHOD_GET
         && g_strcmp0 (path, self->path) == 0 && g_strcmp0 (host, self->host) == 0;
}

/* What was in the address is in the browser's history until the page replaces it. */
static char *
make_page (const char *nonce)
{
  g_autofree char *title = g_markup_escape_text (_("Back to Natter"), -1);
  g_autofree char *text = g_markup_escape_text (_("Natter continues to sign you in. You can close this window."), -1);

  return g_strdup_printf ("<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
                          "<style nonce=\"%s\">:root { color-scheme: light dark; font: 1.1em sans-serif; }"
                          " body { max-width: 30em; margin: 20vh auto; padding: 0 1em; text-align: center; }</style>\n"
                          "<script nonce=\"%s\">history.replaceState (null, \"\", \"/\");</script>\n</head>\n"
                          "<body dir=\"auto\">\n<h1>%s</h1>\n<p>%s</p>\n</body>\n</html>\n",
                          title, nonce, nonce, title, text);
}

static void
answer_with_page (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *nonce = natter_random_text (PATH_BYTES);
  g_autofree char *policy =
    g_strdup_printf ("default-src 'none'; script-src 'nonce-%s'; style-src 'nonce-%s'; base-uri 'none';"
                     " form-action 'none'; frame-ancestors 'none'", nonce, nonce);
  char *page = make_page (nonce);

  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page, strlen (page));
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  NatterLoopback *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Connection", "close");
  if (!is_expected (self, message, path))
    {
      g_debug ("A request that is not ours");
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  self->query = query != NULL ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal);
  answer_with_page (message);
  g_signal_connect_object (message, "finished", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
}

static gboolean
on_limit (gpointer data)
{
  NatterLoopback *self = data;

  self->limit_source = 0;
  soup_server_disconnect (self->server);
  end_wait (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_EXPIRED, "The browser did not come back in time"));
  return G_SOURCE_REMOVE;
}

static gboolean
cancel (gpointer data)
{
  NatterLoopback *self = data;

  soup_server_disconnect (self->server);
  end_wait (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

/* Not at once: a handler can't be taken off while it runs. */
static void
on_cancelled (NatterLoopback *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, cancel, g_object_ref (self), g_object_unref);
}

static void
natter_loopback_dispose (GObject *object)
{
  NatterLoopback *self = NATTER_LOOPBACK (object);

  g_clear_handle_id (&self->limit_source, g_source_remove);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_loopback_parent_class)->dispose (object);
}

static void
natter_loopback_finalize (GObject *object)
{
  NatterLoopback *self = NATTER_LOOPBACK (object);

  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self->host);
  g_free (self->uri);

  G_OBJECT_CLASS (natter_loopback_parent_class)->finalize (object);
}

static void
natter_loopback_class_init (NatterLoopbackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_loopback_dispose;
  object_class->finalize = natter_loopback_finalize;
}

static void
natter_loopback_init (NatterLoopback *self)
{
}

/* On the first of @ports that is free. */
static gboolean
listen_on (NatterLoopback  *self,
           const guint16   *ports,
           GError         **error)
{
  gboolean listening = FALSE;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (ports == NULL || *ports == 0)
    return soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
  for (; *ports != 0 && !listening; ports++)
    {
      g_clear_error (error);
      listening = soup_server_listen_local (self->server, *ports, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
    }
  return listening;
}

/**
 * natter_loopback_new:
 * @ports: (nullable): the ports that may be taken, a 0 behind the last; %NULL: any that is free
 * @path: (nullable): the path, with a slash in front; %NULL: one of 128 random bits
 * @error: why nobody can be listened to: %NATTER_ERROR_BROWSER
 *
 * Listens on 127.0.0.1.
 *
 * Returns: (transfer full) (nullable): who listens
 */
NatterLoopback *
natter_loopback_new (const guint16  *ports,
                     const char     *path,
                     GError        **error)
{
  g_autoptr(NatterLoopback) self = g_object_new (NATTER_TYPE_LOOPBACK, NULL);
  g_autoptr(GError) reason = NULL;
  g_autofree char *random = natter_random_text (PATH_BYTES);
  GSList *uris;

  if (!listen_on (self, ports, &reason))
    {
      g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_BROWSER, reason->message);
      return NULL;
    }
  uris = soup_server_get_uris (self->server);
  self->host = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->path = path != NULL ? g_strdup (path) : g_strconcat ("/", random, NULL);
  self->uri = g_strconcat ("http://", self->host, self->path, NULL);
  return g_steal_pointer (&self);
}

/**
 * natter_loopback_get_uri:
 * @self: who listens
 *
 * Returns: (transfer none): where the browser is to come back to; a secret unless the path was given
 */
const char *
natter_loopback_get_uri (NatterLoopback *self)
{
  g_return_val_if_fail (NATTER_IS_LOOPBACK (self), NULL);

  return self->uri;
}

/**
 * natter_loopback_wait_async:
 * @self: who listens; only once
 * @limit_ms: how long, in ms
 * @cancellable: (nullable): ends it
 * @callback: called when the browser has come back and has its answer
 * @data: for @callback
 *
 * Waits for the browser. Nobody is listened to afterwards.
 */
void
natter_loopback_wait_async (NatterLoopback      *self,
                            guint                limit_ms,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_return_if_fail (NATTER_IS_LOOPBACK (self));
  g_return_if_fail (self->task == NULL && self->query == NULL);

  self->task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->task, natter_loopback_wait_async);
  g_task_set_static_name (self->task, "natter-loopback-wait");
  self->limit_source = g_timeout_add (limit_ms, on_limit, self);
  if (cancellable == NULL)
    return;
  self->cancellable = g_object_ref (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    on_cancelled (self);
  else
    self->cancelled_handler =
      g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), self, G_CONNECT_SWAPPED);
}

/**
 * natter_loopback_wait_finish:
 * @self: who listened
 * @result: what the callback got
 * @error: why nobody came: %NATTER_ERROR_EXPIRED, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the query of the request
 */
GHashTable *
natter_loopback_wait_finish (NatterLoopback  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
