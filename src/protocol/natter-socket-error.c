/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-socket"

#include "config.h"

#include "natter-socket-error.h"

#include <libsoup/soup.h>

static GError *
natter_error (NatterError code,
              const char *message)
{
  return g_error_new_literal (NATTER_ERROR, code, message);
}

static GError *
bad_certificate (GTlsCertificateFlags flags)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char          *text;
  } names[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "not signed by an authority that this computer trusts" },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "made for another address" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid yet" },
    { G_TLS_CERTIFICATE_EXPIRED, "expired" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "made by a method that is not safe" },
  };
  g_autoptr(GString) text = g_string_new ("The server's certificate is ");
  gsize start = text->len;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (flags & names[i].flag)
      g_string_append_printf (text, "%s%s", text->len > start ? ", " : "", names[i].text);
  if (text->len == start)
    g_string_append (text, "not good");
  return natter_error (NATTER_ERROR_CERTIFICATE, text->str);
}

/* Something in front of the server answered for it, and says that the server is away for now. 520 to 530 are of the
 * widely used proxy Cloudflare. */
static gboolean
means_server_away (guint status)
{
  return status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE
         || status == SOUP_STATUS_GATEWAY_TIMEOUT || status == 429 || (status >= 520 && status <= 530);
}

static GError *
no_websocket (guint status)
{
  NatterError code = means_server_away (status) ? NATTER_ERROR_UNREACHABLE : NATTER_ERROR_NOT_ORIGINCHATS;

  if (status == 0)
    return natter_error (code, "The answer is not that of a chat server");
  return g_error_new (NATTER_ERROR, code, "The server answered %u %s", status, soup_status_get_phrase (status));
}

/**
 * natter_socket_error_from_connect:
 * @error: what libsoup says of a connection that could not be made
 * @status: the HTTP status that came, 0 for none
 * @flags: what is wrong with the certificate
 *
 * Returns: (transfer full): the same as an error that a person can act on
 */
GError *
natter_socket_error_from_connect (const GError         *error,
                                  guint                 status,
                                  GTlsCertificateFlags  flags)
{
  if (flags != G_TLS_CERTIFICATE_NO_FLAGS || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return bad_certificate (flags);
  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    return g_error_new (NATTER_ERROR, NATTER_ERROR_NOT_ORIGINCHATS, "No encryption with this server: %s", error->message);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    return no_websocket (status);
  if (error->domain == SOUP_SESSION_ERROR)
    return natter_error (NATTER_ERROR_NOT_ORIGINCHATS, error->message);
  return natter_error (NATTER_ERROR_UNREACHABLE, error->message);
}

/**
 * natter_socket_error_too_large:
 * @max_payload: the bound, in bytes
 *
 * Returns: (transfer full): the error for a message that is larger
 */
GError *
natter_socket_error_too_large (guint64 max_payload)
{
  g_autofree char *size = g_format_size_full (max_payload, G_FORMAT_SIZE_IEC_UNITS);

  return g_error_new (NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "The server sent more than %s at once", size);
}

/**
 * natter_socket_error_from_close:
 * @code: the close code of the other side, 0 for none
 * @text: (nullable): the text that came with it
 * @error: (nullable): what the WebSocket said before
 * @max_payload: the bound for incoming messages, in bytes
 *
 * April 2026 servers have no close codes of their own. They end a connection with 1000 after a ban, with 1009 after
 * a frame that is too large for them, and without a close frame when they stop.
 *
 * Returns: (transfer full): why the connection ended
 */
GError *
natter_socket_error_from_close (guint         code,
                                const char   *text,
                                const GError *error,
                                guint64       max_payload)
{
  if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    return natter_socket_error_too_large (max_payload);
  if (error != NULL)
    return natter_error (NATTER_ERROR_DISCONNECTED, error->message);

  switch (code)
    {
    case 0:
    case SOUP_WEBSOCKET_CLOSE_ABNORMAL:
      return natter_error (NATTER_ERROR_DISCONNECTED, "The connection broke");
    case SOUP_WEBSOCKET_CLOSE_TOO_BIG:
      return natter_error (NATTER_ERROR_TOO_LARGE, "What was sent is too large for the server");
    default:
      if (text != NULL && *text != '\0')
        return g_error_new (NATTER_ERROR, NATTER_ERROR_DISCONNECTED,
                            "The server closed the connection (%u: %s)", code, text);
      return g_error_new (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "The server closed the connection (%u)", code);
    }
}
