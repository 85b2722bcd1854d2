/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-error.h"

G_BEGIN_DECLS

GError *natter_socket_error_from_connect (const GError        *error,
                                          guint                status,
                                          GTlsCertificateFlags flags);
GError *natter_socket_error_from_close   (guint                code,
                                          const char          *text,
                                          const GError        *error,
                                          guint64              max_payload);
GError *natter_socket_error_too_large    (guint64              max_payload);

G_END_DECLS
