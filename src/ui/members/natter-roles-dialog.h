/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

AdwDialog *natter_roles_dialog_new (NatterServer *server);

G_END_DECLS
