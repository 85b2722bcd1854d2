/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-address"

#include "natter-address-private.h"

#include <gio/gio.h>
#include <string.h>

#include "natter-error.h"

#define MAX_LENGTH 2048
#define MAX_HOST_LENGTH 253
#define MAX_LABEL_LENGTH 63

/* An address cut at its delimiters, nothing decoded yet. */
typedef struct
{
  char    *scheme; /* lower case; NULL: none was given */
  char    *host;   /* as _natter_address_normalize_host() makes it */
  int      port;   /* -1: none */
  char   **path;   /* segments, decoded, without empty ones */
  char    *query;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_free (parts->scheme);
  g_free (parts->host);
  g_strfreev (parts->path);
  g_free (parts->query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

G_GNUC_PRINTF (2, 3) static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_ADDRESS, message);
  return FALSE;
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > MAX_LABEL_LENGTH || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-' && label[i] != '_')
        return FALSE;
    }

  return TRUE;
}

/* "127.1", "0x7f.0.0.1" and the like are numbers to some resolvers and names to others. */
static gboolean
looks_like_number (const char *label)
{
  if (g_ascii_strncasecmp (label, "0x", 2) == 0)
    return TRUE;

  return label[strspn (label, "0123456789")] == '\0';
}

/* Makes of a host as it was given the one way to write it. */
gboolean
_natter_address_normalize_host (const char  *given,
                                char       **host,
                                GError     **error)
{
  g_autofree char *trimmed = g_strdup (given);
  g_autofree char *name = NULL;
  g_autoptr(GInetAddress) number = NULL;
  g_auto(GStrv) labels = NULL;
  guint n_labels;

  while (g_str_has_suffix (trimmed, "."))
    trimmed[strlen (trimmed) - 1] = '\0';
  if (*trimmed == '\0')
    return refuse (error, "There is no server name in the address");

  number = strchr (trimmed, '%') == NULL ? g_inet_address_new_from_string (trimmed) : NULL;
  if (number != NULL)
    {
      *host = g_inet_address_to_string (number);
      return TRUE;
    }

  /* Nothing is left of some texts, a joiner of zero width for one. */
  name = g_hostname_to_ascii (trimmed);
  if (name == NULL || *name == '\0' || strlen (name) > MAX_HOST_LENGTH)
    return refuse (error, "“%s” is no server name", trimmed);

  labels = g_strsplit (name, ".", -1);
  n_labels = g_strv_length (labels);
  for (guint i = 0; i < n_labels; i++)
    {
      if (!is_label (labels[i]))
        return refuse (error, "“%s” is no server name", trimmed);
    }
  if (looks_like_number (labels[n_labels - 1]))
    return refuse (error, "“%s” is neither a server name nor a complete IP address", trimmed);

  *host = g_ascii_strdown (name, -1);
  return TRUE;
}

static gboolean
parse_port (const char  *text,
            int         *port,
            GError     **error)
{
  guint64 number;

  *port = -1;
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return refuse (error, "“%s” is no port: it has to be a number from 1 to 65535", text);

  *port = (int) number;
  return TRUE;
}

static gboolean
parse_authority (const char  *authority,
                 Parts       *parts,
                 GError     **error)
{
  g_autoptr(GInetAddress) bare = NULL;
  g_autofree char *host = NULL;
  const char *colon;

  if (strchr (authority, '@') != NULL)
    return refuse (error, "A server address has no user name in it");

  if (*authority == '[')
    {
      const char *end = strchr (authority, ']');

      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return refuse (error, "The IP address lacks its closing bracket");
      host = g_strndup (authority + 1, end - authority - 1);
      bare = g_inet_address_new_from_string (host);
      if (bare == NULL || g_inet_address_get_family (bare) != G_SOCKET_FAMILY_IPV6)
        return refuse (error, "“%s” is no IP address", host);
      return parse_port (end[1] == ':' ? end + 2 : "", &parts->port, error) &&
             _natter_address_normalize_host (host, &parts->host, error);
    }

  /* An IPv6 address as people write it, without brackets; it has no port then. */
  bare = g_inet_address_new_from_string (authority);
  colon = bare == NULL ? strrchr (authority, ':') : NULL;
  host = colon != NULL ? g_strndup (authority, colon - authority) : g_strdup (authority);

  return parse_port (colon != NULL ? colon + 1 : "", &parts->port, error) &&
         _natter_address_normalize_host (host, &parts->host, error);
}

static gboolean
parse_path (const char  *path,
            Parts       *parts,
            GError     **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) segments = g_strsplit (path, "/", -1);

  for (guint i = 0; segments[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (segments[i], NULL);

      if (segment == NULL || !g_utf8_validate (segment, -1, NULL))
        return refuse (error, "The link is damaged");
      if (*segment != '\0')
        g_strv_builder_add (builder, segment);
    }

  parts->path = g_strv_builder_end (builder);
  return TRUE;
}

/* @parts has to be cleared also when this fails. */
static gboolean
cut (const char  *text,
     Parts       *parts,
     GError     **error)
{
  const char *mark = strstr (text, "://");
  const char *rest = text;
  g_autofree char *authority = NULL;
  g_autofree char *path = NULL;

  parts->port = -1;
  if (mark != NULL && strcspn (text, "/?#") > (gsize) (mark - text))
    {
      parts->scheme = g_ascii_strdown (text, mark - text);
      rest = mark + 3;
    }

  authority = g_strndup (rest, strcspn (rest, "/?#"));
  rest += strlen (authority);
  /* The full stop of a sentence, or of a complete domain name. */
  while (g_str_has_suffix (authority, "."))
    authority[strlen (authority) - 1] = '\0';
  path = g_strndup (rest, strcspn (rest, "?#"));
  rest += strlen (path);
  if (*rest == '?')
    parts->query = g_strndup (rest + 1, strcspn (rest + 1, "#"));

  return parse_authority (authority, parts, error) && parse_path (path, parts, error);
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  if (*text == '\0')
    return refuse (error, "The address is empty");
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "The address is no text");
  if (strlen (text) > MAX_LENGTH)
    return refuse (error, "The address is too long");

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (g_unichar_isspace (character) || g_unichar_iscntrl (character))
        return refuse (error, "A server address has no spaces in it");
    }

  return TRUE;
}

static NatterAddress *
server_from_parts (Parts     *parts,
                   gboolean   allow_plain,
                   GError   **error)
{
  g_autoptr(NatterAddress) address = NULL;
  guint16 port = parts->port > 0 ? (guint16) parts->port : 0;
  gboolean plain = FALSE;

  if (parts->scheme == NULL)
    {
      if (strpbrk (parts->host, ".:") == NULL && parts->port < 0 && !g_str_equal (parts->host, "localhost"))
        {
          refuse (error, "“%s” is no complete server name: they look like chats.example.org", parts->host);
          return NULL;
        }
    }
  else
    {
      plain = g_str_equal (parts->scheme, "ws") || g_str_equal (parts->scheme, "http");
      if (!plain && !g_str_equal (parts->scheme, "wss") && !g_str_equal (parts->scheme, "https"))
        {
          refuse (error, "“%s” addresses are not for chat servers", parts->scheme);
          return NULL;
        }
    }

  address = _natter_address_new (parts->host, port, !plain);
  if (parts->scheme == NULL && address->is_loopback)
    return natter_address_allow_plain (address);

  if (plain && !address->is_loopback && !allow_plain)
    {
      g_set_error (error, NATTER_ERROR, NATTER_ERROR_NOT_ENCRYPTED,
                   "The connection to “%s” would not be encrypted", address->host);
      return NULL;
    }

  return g_steal_pointer (&address);
}

/* A server named inside a link. */
static NatterAddress *
parse_server (const char  *text,
              gboolean     allow_plain,
              GError     **error)
{
  g_auto(Parts) parts = { 0 };

  if (!check_text (text, error) || !cut (text, &parts, error))
    return NULL;

  return server_from_parts (&parts, allow_plain, error);
}

/* Codes are 12 hexadecimal digits where servers make them; servers compare them in upper case. */
static void
set_invite (NatterAddress *address,
            const char    *code)
{
  gsize length = code != NULL ? strlen (code) : 0;

  if (length < 4 || length > 64)
    return;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (code[i]) && code[i] != '-' && code[i] != '_')
        return;
    }

  g_free (address->invite);
  address->invite = g_ascii_strup (code, -1);
}

static const char *
query_value (GHashTable        *query,
             const char *const *names)
{
  for (guint i = 0; query != NULL && names[i] != NULL; i++)
    {
      const char *value = g_hash_table_lookup (query, names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

static GHashTable *
parse_query (Parts *parts)
{
  if (parts->query == NULL)
    return NULL;

  return g_uri_parse_params (parts->query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

static gboolean
is_official_client (Parts *parts)
{
  static const char *const hosts[] = { "originchats.com", "www.originchats.com", "originchats.mistium.com", NULL };

  return g_strv_contains (hosts, parts->host);
}

/* Links of the official web client:
 * /invite/HOST[/CODE], /message/HOST/CHANNEL/ID, /app/HOST[/CHANNEL[/THREAD]], /app?server=HOST[&invite=CODE]; the last one without /app, too */
static NatterAddress *
parse_official_link (Parts     *parts,
                     gboolean   allow_plain,
                     GError   **error)
{
  static const char *const server_names[] = { "server", "serverurl", NULL };
  static const char *const invite_names[] = { "invite", "invite_code", "code", NULL };
  g_autoptr(GHashTable) query = parse_query (parts);
  guint length = g_strv_length (parts->path);
  const char *place = parts->path[0];
  const char *host = length > 1 ? parts->path[1] : query_value (query, server_names);
  NatterAddress *address;

  if (host == NULL)
    {
      refuse (error, "The link names no server");
      return NULL;
    }

  address = parse_server (host, allow_plain, error);
  if (address == NULL)
    return NULL;

  set_invite (address, query_value (query, invite_names));
  if (length < 3)
    return address;

  if (g_str_equal (place, "invite"))
    {
      set_invite (address, parts->path[2]);
      return address;
    }

  address->channel = g_strdup (parts->path[2]);
  if (length > 3 && g_str_equal (place, "message"))
    address->message = g_strdup (parts->path[3]);
  else if (length > 3)
    address->thread = g_strdup (parts->path[3]);
  return address;
}

static gboolean
is_official_link (Parts *parts)
{
  static const char *const places[] = { "app", "invite", "message", NULL };
  g_autoptr(GHashTable) query = NULL;

  if (!is_official_client (parts))
    return FALSE;
  if (parts->path[0] != NULL)
    return g_strv_contains (places, parts->path[0]);
  query = parse_query (parts);
  return query_value (query, (const char *const[]) { "server", NULL }) != NULL;
}

static gboolean
is_indigo_link (Parts *parts)
{
  return g_str_equal (parts->host, "runnova.github.io") && g_strcmp0 (parts->path[0], "indigo") == 0;
}

/* https://runnova.github.io/indigo/?s=HOST&c=CHANNEL&t=THREAD */
static NatterAddress *
parse_indigo_link (Parts     *parts,
                   gboolean   allow_plain,
                   GError   **error)
{
  g_autoptr(GHashTable) query = parse_query (parts);
  const char *host = query_value (query, (const char *const[]) { "s", NULL });
  NatterAddress *address;

  if (host == NULL)
    {
      refuse (error, "The link names no server");
      return NULL;
    }

  address = parse_server (host, allow_plain, error);
  if (address == NULL)
    return NULL;

  address->channel = g_strdup (query_value (query, (const char *const[]) { "c", NULL }));
  address->thread = g_strdup (query_value (query, (const char *const[]) { "t", NULL }));
  return address;
}

/* originChats://HOST[/CHANNEL[/THREAD]]; the same with /emojis/ID is a picture of the server. */
static NatterAddress *
parse_own_scheme (Parts     *parts,
                  gboolean   allow_plain,
                  GError   **error)
{
  NatterAddress *address;
  guint length = g_strv_length (parts->path);

  g_clear_pointer (&parts->scheme, g_free);
  address = server_from_parts (parts, allow_plain, error);
  if (address == NULL || length == 0 || g_str_equal (parts->path[0], "emojis"))
    return address;

  address->channel = g_strdup (parts->path[0]);
  if (length > 1)
    address->thread = g_strdup (parts->path[1]);
  return address;
}

static gboolean
is_code_of_server (const char *code)
{
  gsize length = strlen (code);

  return length == 12 && strspn (code, "0123456789abcdefABCDEF") == length;
}

static NatterAddress *
parse (const char  *text,
       gboolean     allow_plain,
       GError     **error)
{
  g_autofree char *trimmed = g_strdup (text);
  g_auto(Parts) parts = { 0 };
  NatterAddress *address;
  gboolean web;

  g_strstrip (trimmed);
  if (!check_text (trimmed, error) || !cut (trimmed, &parts, error))
    return NULL;

  if (parts.scheme != NULL && g_str_equal (parts.scheme, "originchats"))
    return parse_own_scheme (&parts, allow_plain, error);

  web = parts.scheme == NULL || g_str_equal (parts.scheme, "https") || g_str_equal (parts.scheme, "http");
  if (web && is_official_link (&parts))
    return parse_official_link (&parts, allow_plain, error);
  if (web && is_indigo_link (&parts))
    return parse_indigo_link (&parts, allow_plain, error);

  address = server_from_parts (&parts, allow_plain, error);
  if (address != NULL && web && g_strv_length (parts.path) == 2 && g_str_equal (parts.path[0], "invite") &&
      is_code_of_server (parts.path[1]))
    set_invite (address, parts.path[1]);
  return address;
}

/**
 * natter_address_parse:
 * @text: what a person typed or pasted
 * @error: return location
 *
 * Finds the server in a text: a host, `host:port`, an IP address, a `wss://`, `https://` or `originChats://` address,
 * or a link of one of the web clients that names a server. What else such a link names is kept beside it. Any path is
 * ignored otherwise, since servers have their socket at `/`.
 *
 * Connections are encrypted, except to loopback with `ws://` or `http://` or without any scheme. The same schemes for
 * another machine are refused with %NATTER_ERROR_NOT_ENCRYPTED.
 *
 * Returns: (transfer full): an address, or %NULL with %NATTER_ERROR_ADDRESS or %NATTER_ERROR_NOT_ENCRYPTED
 */
NatterAddress *
natter_address_parse (const char  *text,
                      GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, FALSE, error);
}

/**
 * natter_address_parse_plain:
 * @text: what a person typed or pasted, or what natter_address_get_text() gave
 * @error: return location
 *
 * The same as natter_address_parse() for somebody who has agreed to a connection that is not encrypted: `ws://` and
 * `http://` are taken for any machine. Addresses without these are encrypted all the same.
 *
 * Returns: (transfer full): an address, or %NULL with %NATTER_ERROR_ADDRESS
 */
NatterAddress *
natter_address_parse_plain (const char  *text,
                            GError     **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return parse (text, TRUE, error);
}
