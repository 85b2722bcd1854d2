/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define NATTER_TYPE_ADDRESS (natter_address_get_type ())

/**
 * NatterAddress:
 *
 * Where a server is, immutable and counted. Made of what people type or paste: a bare host, `host:port`,
 * `wss://`, `https://`, `originChats://HOST`, or a link of one of the known web clients with a server in it.
 */
typedef struct _NatterAddress NatterAddress;

GType          natter_address_get_type      (void);
NatterAddress *natter_address_parse         (const char *text,
                                             GError    **error);
NatterAddress *natter_address_allow_plain   (NatterAddress *self);
NatterAddress *natter_address_ref           (NatterAddress *self);
void           natter_address_unref         (NatterAddress *self);
/* parse() for who has agreed to a plain connection to another machine; also for a stored text of such an address. */
NatterAddress *natter_address_parse_plain   (const char *text,
                                             GError    **error);
/* The text that names the server: `host` or `host:port`, lower case, with `ws://` before it when the connection is
 * plain, and `wss://` when it is not although the bare text would be taken otherwise (loopback, a name of one
 * word). Equal servers have equal texts; parse() takes it back. */
const char    *natter_address_get_text      (NatterAddress *self);
const char    *natter_address_get_site      (NatterAddress *self);
gboolean       natter_address_has_site      (NatterAddress *self,
                                             const char    *uri);
const char    *natter_address_get_host      (NatterAddress *self);
/* 0 for the standard port of the kind of connection */
guint16        natter_address_get_port      (NatterAddress *self);
gboolean       natter_address_is_encrypted  (NatterAddress *self);
gboolean       natter_address_is_loopback   (NatterAddress *self);
/* A link for people to share; @channel may be NULL. */
char          *natter_address_dup_link          (NatterAddress  *self,
                                                 const char     *channel,
                                                 const char     *thread);
char          *natter_address_dup_socket_uri (NatterAddress *self);
/* @reference: what a server gave as the place of a file: absolute, relative, wss://…, or NULL. */
char          *natter_address_resolve_http  (NatterAddress *self,
                                             const char    *reference);
gboolean       natter_address_equal         (NatterAddress *a,
                                             NatterAddress *b);
/* What else a link pointed at, NULL mostly; no part of the server's identity. */
const char    *natter_address_get_channel   (NatterAddress *self);
const char    *natter_address_get_thread    (NatterAddress *self);
const char    *natter_address_get_message   (NatterAddress *self);
const char    *natter_address_get_invite    (NatterAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterAddress, natter_address_unref)

G_END_DECLS
