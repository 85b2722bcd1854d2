/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-secrets.h"

#include <libsecret/secret.h>

G_BEGIN_DECLS

void     _natter_secrets_return_failure (GTask              *task,
                                         const char         *what,
                                         GError             *error);

gboolean _natter_secrets_in_file        (void);
void     _natter_secrets_file_check     (GTask              *task,
                                         const SecretSchema *schema,
                                         GHashTable         *attributes);
void     _natter_secrets_file_store     (GTask              *task,
                                         const SecretSchema *schema,
                                         GHashTable         *attributes,
                                         const char         *label,
                                         SecretValue        *value,
                                         GAsyncReadyCallback callback);
void     _natter_secrets_file_lookup    (GTask              *task,
                                         const SecretSchema *schema,
                                         GHashTable         *attributes);
void     _natter_secrets_file_forget    (GTask              *task,
                                         const SecretSchema *schema,
                                         GHashTable         *attributes);

G_END_DECLS
