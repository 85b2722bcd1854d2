/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-discovery"

#include "config.h"

#include "natter-discovery.h"

#include <libsoup/soup.h>
#include <string.h>

#include "natter-json-private.h"

/* Parsed in the main thread, so no more than what that can take. */
#define MAX_LIST (256 * 1024)
#define MAX_NUMBERS (64 * 1024)
#define MAX_SERVERS 500
#define MAX_TAGS 8
#define MAX_TEXT 400
#define CHUNK (16 * 1024)
#define TIMEOUT_S 20

/* One answer on its way. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GByteArray  *body;
  gsize        most;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->session);
  g_object_unref (call->message);
  g_byte_array_unref (call->body);
  g_free (call);
}

static void
fail (GTask        *task,
      const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_CERTIFICATE, "%s", error->message);
  else
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_UNREACHABLE, "%s", error->message);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    fail (task, error);
  else if (g_bytes_get_size (bytes) == 0)
    g_task_return_boolean (task, TRUE);
  else if (call->body->len + g_bytes_get_size (bytes) > call->most)
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "The answer is too large");
  else
    {
      g_byte_array_append (call->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (G_INPUT_STREAM (source), CHUNK, G_PRIORITY_LOW, g_task_get_cancellable (task),
                                       on_read, g_object_ref (task));
    }
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    fail (task, error);
  else if (soup_message_get_status (call->message) != SOUP_STATUS_OK)
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_UNREACHABLE, "The answer is %u",
                             soup_message_get_status (call->message));
  else
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_LOW, g_task_get_cancellable (task), on_read,
                                     g_object_ref (task));
}

static SoupSession *
get_session (void)
{
  static SoupSession *session;

  /* One for all, so that connections are used again; no cookies. */
  if (session == NULL)
    session = soup_session_new_with_options ("timeout", TIMEOUT_S, "max-conns-per-host", 2,
                                             "user-agent", "Natter/" PACKAGE_VERSION, NULL);
  return session;
}

/* Plain http only to this machine. */
static gboolean
is_good (const char *uri)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(NatterAddress) address = NULL;

  if (parsed == NULL || g_uri_get_host (parsed) == NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (parsed), "https"))
    return TRUE;
  address = natter_address_parse (g_uri_get_host (parsed), NULL);
  return g_str_equal (g_uri_get_scheme (parsed), "http") && address != NULL && natter_address_is_loopback (address);
}

/* Redirects are not followed: the person was told whom it asks. */
static void
get (GTask      *task,
     const char *uri,
     gsize       most)
{
  Call *call = g_new0 (Call, 1);

  call->session = g_object_ref (get_session ());
  call->message = soup_message_new (SOUP_METHOD_GET, uri);
  call->body = g_byte_array_new ();
  call->most = most;
  g_task_set_task_data (task, call, call_free);
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (call->message), "Accept", "application/json");
  soup_session_send_async (call->session, call->message, G_PRIORITY_LOW, g_task_get_cancellable (task), on_sent,
                           g_object_ref (task));
}

/* (nullable): of one line, and no longer than people read */
static char *
dup_line (JsonObject *object,
          const char *name)
{
  const char *text = natter_json_string (object, name);
  g_autofree char *line = NULL;

  if (text == NULL)
    return NULL;
  line = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_TEXT));
  g_strstrip (g_strdelimit (line, "\n\r\t", ' '));
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

/**
 * natter_discovery_data_free:
 * @self: (nullable): a server of a list
 */
void
natter_discovery_data_free (NatterDiscoveryData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->address, natter_address_unref);
  g_free (self->name);
  g_free (self->owner);
  g_free (self->icon);
  g_free (self->description);
  g_strfreev (self->tags);
  g_free (self);
}

static char **
read_tags (JsonObject *object)
{
  char **tags = natter_json_strv (object, "tags", MAX_TAGS);

  return tags != NULL ? tags : g_new0 (char *, 1);
}

/* One site was agreed to with the list, and each server of it; no others, which would learn who looks at the list. */
static char *
read_icon (JsonObject    *object,
           NatterAddress *address)
{
  const char *icon = natter_json_string (object, "icon");
  g_autofree char *uri = icon != NULL ? natter_address_resolve_http (address, icon) : NULL;

  return uri != NULL && natter_address_has_site (address, uri) ? g_steal_pointer (&uri) : NULL;
}

static gpointer
read_server (JsonObject *object)
{
  const char *url = natter_json_string (object, "url");
  g_autoptr(NatterAddress) address = url != NULL ? natter_address_parse (url, NULL) : NULL;
  NatterDiscoveryData *self;

  if (address == NULL)
    return NULL;
  self = g_new0 (NatterDiscoveryData, 1);
  self->name = dup_line (object, "name");
  if (self->name == NULL)
    self->name = g_strdup (natter_address_get_host (address));
  self->owner = dup_line (object, "owner");
  self->description = dup_line (object, "description");
  self->icon = read_icon (object, address);
  self->tags = read_tags (object);
  self->address = g_steal_pointer (&address);
  return self;
}

/**
 * natter_discovery_parse:
 * @text: an array of servers, or an object with one; need not end in NUL
 * @length: its length in bytes
 * @error: why it is neither
 *
 * Reads a public list of servers.
 *
 * Returns: (transfer full) (element-type NatterDiscoveryData): the servers, each address once
 */
GPtrArray *
natter_discovery_parse (const char  *text,
                        gsize        length,
                        GError     **error)
{
  g_autofree char *whole = g_strdup_printf ("{\"list\":%.*s}", (int) MIN (length, MAX_LIST), text);
  g_autoptr(JsonNode) node = natter_json_parse (whole, strlen (whole), error);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) servers = NULL;
  JsonArray *list;

  if (node == NULL)
    return NULL;
  list = natter_json_array (natter_json_node_object (node), "list");
  if (list == NULL)
    {
      g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "This is no list");
      return NULL;
    }
  servers = natter_json_list (list, MAX_SERVERS, read_server, (GDestroyNotify) natter_discovery_data_free);
  for (guint i = 0; i < servers->len;)
    {
      NatterDiscoveryData *server = servers->pdata[i];

      if (g_hash_table_add (seen, (gpointer) natter_address_get_text (server->address)))
        i++;
      else
        g_ptr_array_remove_index (servers, i);
    }
  return g_steal_pointer (&servers);
}

/**
 * natter_discovery_load_async:
 * @uri: where the list is; `https`, or `http` on this machine
 * @cancellable: (nullable): gives up
 * @callback: called with the list
 * @data: for @callback
 *
 * Fetches a public list of servers, which may be of somebody whom the person has not chosen: ask before.
 */
void
natter_discovery_load_async (const char          *uri,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (uri != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, natter_discovery_load_async);
  if (is_good (uri))
    get (task, uri, MAX_LIST);
  else
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_ADDRESS, "This is no address of a list");
}

/**
 * natter_discovery_load_finish:
 * @result: what the callback got
 * @error: why there is no list: of the domain %NATTER_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type NatterDiscoveryData): the servers
 */
GPtrArray *
natter_discovery_load_finish (GAsyncResult  *result,
                              GError       **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  call = g_task_get_task_data (G_TASK (result));
  return natter_discovery_parse ((const char *) call->body->data, call->body->len, error);
}

/**
 * natter_discovery_numbers_async:
 * @address: a server
 * @cancellable: (nullable): gives up
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks a server how many people are there, without signing in.
 */
void
natter_discovery_numbers_async (NatterAddress       *address,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *uri = NULL;

  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, natter_discovery_numbers_async);
  uri = natter_address_resolve_http (address, "/info");
  get (task, uri, MAX_NUMBERS);
}

/**
 * natter_discovery_numbers_finish:
 * @result: what the callback got
 * @numbers: (out): what the server said
 * @error: why it said nothing
 *
 * Returns: whether there is an answer
 */
gboolean
natter_discovery_numbers_finish (GAsyncResult         *result,
                                 NatterServerNumbers  *numbers,
                                 GError              **error)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *stats;
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  call = g_task_get_task_data (G_TASK (result));
  node = natter_json_parse (call->body->data != NULL ? (const char *) call->body->data : "", call->body->len, error);
  if (node == NULL)
    return FALSE;
  stats = natter_json_object (natter_json_node_object (node), "stats");
  numbers->users = stats != NULL ? (int) natter_json_int (stats, "total_users", 0, G_MAXINT, -1) : -1;
  numbers->online = stats != NULL ? (int) natter_json_int (stats, "online_users", 0, G_MAXINT, -1) : -1;
  return TRUE;
}
