/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "server-json.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A stand-in for https://api.rotur.dev, its avatars and its sign-in pages */
typedef struct _Rotur Rotur;

Rotur      *rotur_new     (void);
void        rotur_free    (Rotur       *self);
void        rotur_load    (Rotur       *self,
                           JsonObject  *seed);
gboolean    rotur_start   (Rotur       *self,
                           guint16      port,
                           GError     **error);
void        rotur_stop    (Rotur       *self);
const char *rotur_get_url (Rotur       *self);
JsonObject *rotur_control (Rotur       *self,
                           JsonObject  *command,
                           GError     **error);

G_END_DECLS
