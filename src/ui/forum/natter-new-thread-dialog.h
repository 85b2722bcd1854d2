/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_NEW_THREAD_DIALOG (natter_new_thread_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterNewThreadDialog, natter_new_thread_dialog, NATTER, NEW_THREAD_DIALOG, AdwDialog)

AdwDialog *natter_new_thread_dialog_new (NatterChannel *forum);

G_END_DECLS
