/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-address.h"

G_BEGIN_DECLS

struct _NatterAddress
{
  char    *host; /* ASCII, lower case; IPv6 without brackets */
  guint16  port; /* 0: the standard one */
  gboolean is_encrypted;
  gboolean is_loopback;
  char    *text;
  char    *channel, *thread, *message, *invite;
};

NatterAddress *_natter_address_new            (const char     *host,
                                               guint16         port,
                                               gboolean        encrypted);
gboolean       _natter_address_normalize_host (const char     *given,
                                               char          **host,
                                               GError        **error);
char          *_natter_address_authority      (NatterAddress  *self);

G_END_DECLS
