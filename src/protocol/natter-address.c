/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-address"

#include "natter-address-private.h"

#include <gio/gio.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (NatterAddress, natter_address, natter_address_ref, natter_address_unref)

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr(GInetAddress) number = g_inet_address_new_from_string (host);

  if (number != NULL)
    return g_inet_address_get_is_loopback (number);

  /* GLib's resolver answers these two itself, always with a loopback address. */
  return g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost");
}

char *
_natter_address_authority (NatterAddress *self)
{
  const char *open = strchr (self->host, ':') != NULL ? "[" : "";
  const char *close = *open != '\0' ? "]" : "";

  if (self->port == 0)
    return g_strconcat (open, self->host, close, NULL);
  return g_strdup_printf ("%s%s%s:%u", open, self->host, close, self->port);
}

/* @host: as _natter_address_normalize_host() makes it; @port: 0 or the standard one are the same */
NatterAddress *
_natter_address_new (const char *host,
                     guint16     port,
                     gboolean    encrypted)
{
  NatterAddress *self = g_atomic_rc_box_new0 (NatterAddress);
  g_autofree char *authority = NULL;
  const char *scheme = "";

  self->host = g_strdup (host);
  self->port = port == (encrypted ? 443 : 80) ? 0 : port;
  self->is_encrypted = encrypted;
  self->is_loopback = host_is_loopback (host);

  /* Where the bare text would be taken for something else. */
  if (!encrypted)
    scheme = "ws://";
  else if (self->is_loopback || (strpbrk (host, ".:") == NULL && self->port == 0))
    scheme = "wss://";
  authority = _natter_address_authority (self);
  self->text = g_strconcat (scheme, authority, NULL);

  return self;
}

static void
natter_address_clear (NatterAddress *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->thread, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->invite, g_free);
}

/**
 * natter_address_ref:
 * @self: an address
 *
 * Safe in any thread.
 *
 * Returns: (transfer full): @self with one more reference
 */
NatterAddress *
natter_address_ref (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * natter_address_unref:
 * @self: (transfer full): an address
 *
 * Drops a reference. Safe in any thread.
 */
void
natter_address_unref (NatterAddress *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) natter_address_clear);
}

/**
 * natter_address_allow_plain:
 * @self: an address
 *
 * The same server over a connection that is not encrypted, for after the person has chosen so. A port that
 * was given stays; the standard port becomes that of plain connections.
 *
 * Returns: (transfer full): a new address, or another reference if @self is plain already
 */
NatterAddress *
natter_address_allow_plain (NatterAddress *self)
{
  NatterAddress *plain;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->is_encrypted)
    return natter_address_ref (self);

  plain = _natter_address_new (self->host, self->port, FALSE);
  plain->channel = g_strdup (self->channel);
  plain->thread = g_strdup (self->thread);
  plain->message = g_strdup (self->message);
  plain->invite = g_strdup (self->invite);
  return plain;
}

/**
 * natter_address_get_text:
 * @self: an address
 *
 * Returns: (transfer none): the text that names the server: `host` or `host:port`, in lower case and ASCII (names in
 *   other scripts as Punycode), with `ws://` before it when the connection is plain, and `wss://` when it is encrypted
 *   but goes to a loopback address or a name of one word. Equal servers have equal texts. natter_address_parse()
 *   takes it back, or natter_address_parse_plain() when it is plain and not loopback.
 */
const char *
natter_address_get_text (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * natter_address_get_site:
 * @self: an address
 *
 * Returns: (transfer none): `host` or `host:port`, as texts name a server that is written about
 */
const char *
natter_address_get_site (NatterAddress *self)
{
  const char *site;

  g_return_val_if_fail (self != NULL, NULL);

  site = strstr (self->text, "://");
  return site != NULL ? site + strlen ("://") : self->text;
}

/**
 * natter_address_has_site:
 * @self: an address
 * @uri: an absolute address of the web
 *
 * Returns: whether @uri leads to the same machine
 */
gboolean
natter_address_has_site (NatterAddress *self,
                         const char    *uri)
{
  g_autoptr(GUri) parsed = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  return parsed != NULL && g_uri_get_host (parsed) != NULL
         && g_ascii_strcasecmp (g_uri_get_host (parsed), self->host) == 0;
}

/**
 * natter_address_get_host:
 * @self: an address
 *
 * Returns: (transfer none): name or number of the machine, in lower case and ASCII; IPv6 without brackets
 */
const char *
natter_address_get_host (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

/**
 * natter_address_get_port:
 * @self: an address
 *
 * Returns: the port, 0 for the standard one (443, or 80 when plain)
 */
guint16
natter_address_get_port (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

/**
 * natter_address_is_encrypted:
 * @self: an address
 *
 * Returns: whether the connection is made with TLS
 */
gboolean
natter_address_is_encrypted (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_encrypted;
}

/**
 * natter_address_is_loopback:
 * @self: an address
 *
 * Returns: whether the server is on this machine
 */
gboolean
natter_address_is_loopback (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_loopback;
}

/**
 * natter_address_get_channel:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): name of the channel that the link pointed to; hostile text
 */
const char *
natter_address_get_channel (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->channel;
}

/**
 * natter_address_get_thread:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): id of the thread that the link pointed to; hostile text
 */
const char *
natter_address_get_thread (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->thread;
}

/**
 * natter_address_get_message:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): id of the message that the link pointed to; hostile text
 */
const char *
natter_address_get_message (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->message;
}

/**
 * natter_address_get_invite:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): the invite code in the link, in upper case
 */
const char *
natter_address_get_invite (NatterAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->invite;
}

/**
 * natter_address_equal:
 * @a: an address
 * @b: an address
 *
 * Returns: whether both are the same server, reached in the same way. What else a link pointed at doesn't count.
 */
gboolean
natter_address_equal (NatterAddress *a,
                      NatterAddress *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (a->text, b->text);
}

/**
 * natter_address_dup_socket_uri:
 * @self: an address
 *
 * Returns: (transfer full): the URI of the WebSocket. Servers have it at the path `/` and nowhere else.
 */
char *
natter_address_dup_socket_uri (NatterAddress *self)
{
  g_autofree char *authority = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  authority = _natter_address_authority (self);
  return g_strconcat (self->is_encrypted ? "wss://" : "ws://", authority, "/", NULL);
}

/**
 * natter_address_dup_link:
 * @self: an address
 * @channel: (nullable): name of a channel there
 * @thread: (nullable): id of a thread in the channel
 *
 * Returns: (transfer full): a link to the server, to a channel or to a thread, which natter_address_parse() takes back. It does not
 *   say whether the connection is encrypted.
 */
char *
natter_address_dup_link (NatterAddress *self,
                         const char    *channel,
                         const char    *thread)
{
  g_autofree char *authority = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *in_it = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  authority = _natter_address_authority (self);
  escaped = channel != NULL ? g_uri_escape_string (channel, NULL, FALSE) : NULL;
  in_it = thread != NULL ? g_uri_escape_string (thread, NULL, FALSE) : NULL;
  if (escaped == NULL)
    return g_strconcat ("originChats://", authority, NULL);
  return g_strconcat ("originChats://", authority, "/", escaped, in_it != NULL ? "/" : NULL, in_it, NULL);
}

static gboolean
is_good_file (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *path = g_uri_get_path (uri);
  g_autofree char *host = NULL;

  if (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
    return FALSE;
  if (g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  /* GLib takes "https://host;x/" for a host and a path without a slash, which it can't write again. */
  if (*path != '\0' && *path != '/')
    return FALSE;

  return _natter_address_normalize_host (g_uri_get_host (uri), &host, NULL);
}

/* Servers that don't know their public address name their files by the address that they listen on, or without TLS
 * although a proxy adds it: such a file is where we dialled. */
static gboolean
is_own_file (NatterAddress *self,
             GUri          *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);

  if (host_is_loopback (host))
    return !self->is_loopback;

  return g_str_equal (host, self->host) && g_str_equal (g_uri_get_scheme (uri), "http") &&
         self->is_encrypted && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == self->port);
}

/**
 * natter_address_resolve_http:
 * @self: the server that was dialled
 * @reference: (nullable): what the server gave as the place of a file: absolute, relative to it, or with a
 *   WebSocket scheme; %NULL for the root of the server
 *
 * Finds where a file is. Servers put their configured public address before the path, which may be missing, begin
 * with `wss://`, lack TLS, or be the loopback address that they listen on; all of these are led to the server that
 * was dialled.
 *
 * Returns: (transfer full) (nullable): an `https` or `http` URI; %NULL when @reference is neither. Plain `http` to
 *   another host is left as it is: whoever fetches decides.
 */
char *
natter_address_resolve_http (NatterAddress *self,
                             const char    *reference)
{
  g_autofree char *authority = NULL;
  g_autofree char *base_text = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GUri) base = NULL;
  g_autoptr(GUri) uri = NULL;
  GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED;

  g_return_val_if_fail (self != NULL, NULL);

  authority = _natter_address_authority (self);
  base_text = g_strconcat (self->is_encrypted ? "https://" : "http://", authority, "/", NULL);
  base = g_uri_parse (base_text, flags, NULL);
  g_return_val_if_fail (base != NULL, NULL);

  if (reference == NULL || *reference == '\0')
    return g_steal_pointer (&base_text);

  if (g_ascii_strncasecmp (reference, "wss://", 6) == 0)
    path = g_strconcat ("https://", reference + 6, NULL);
  else if (g_ascii_strncasecmp (reference, "ws://", 5) == 0)
    path = g_strconcat ("http://", reference + 5, NULL);

  uri = g_uri_parse_relative (base, path != NULL ? path : reference, flags, NULL);
  if (uri == NULL || !is_good_file (uri))
    return NULL;

  if (is_own_file (self, uri))
    {
      g_autoptr(GUri) own = g_uri_build (flags, g_uri_get_scheme (base), NULL, self->host,
                                          self->port != 0 ? self->port : -1,
                                          g_uri_get_path (uri), g_uri_get_query (uri), NULL);

      return g_uri_to_string (own);
    }

  return g_uri_to_string (uri);
}
