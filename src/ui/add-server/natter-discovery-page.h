/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * NatterDiscoveryPage:
 *
 * A public list of servers. Whose list it is and who is asked is said before anything is fetched.
 *
 * Signal "chosen" (address, as text): the person wants to look at a server.
 */
#define NATTER_TYPE_DISCOVERY_PAGE (natter_discovery_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterDiscoveryPage, natter_discovery_page, NATTER, DISCOVERY_PAGE, AdwNavigationPage)

void natter_discovery_page_set_settings (NatterDiscoveryPage *self,
                                         GSettings           *settings);
void natter_discovery_page_show         (NatterDiscoveryPage *self);

G_END_DECLS
