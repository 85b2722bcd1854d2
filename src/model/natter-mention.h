/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-resolve.h"
#include "natter-types.h"

G_BEGIN_DECLS

NatterDocument *natter_server_resolve_document (NatterServer   *self,
                                                NatterDocument *document);

G_END_DECLS
