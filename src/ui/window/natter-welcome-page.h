/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterWelcomePage:
 *
 * What is there before there is any server: the ways to one.
 */
#define NATTER_TYPE_WELCOME_PAGE (natter_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterWelcomePage, natter_welcome_page, NATTER, WELCOME_PAGE, AdwBin)

GtkWidget *natter_welcome_page_new (NatterSession *session);

G_END_DECLS
