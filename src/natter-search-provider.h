/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterSearchProvider:
 *
 * Channels, servers, people and messages in the search of the desktop, out of what is kept on this computer. Nothing while
 * the screen is locked.
 *
 * Signals: "chosen" (GObject: #NatterSwitchItem or #NatterSearchHit), the person wants to be there; "more" (text), the person
 * wants to see all that is found.
 */
#define NATTER_TYPE_SEARCH_PROVIDER (natter_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (NatterSearchProvider, natter_search_provider, NATTER, SEARCH_PROVIDER, GObject)

NatterSearchProvider *natter_search_provider_new         (GApplication          *application);
void                  natter_search_provider_set_session (NatterSearchProvider  *self,
                                                          NatterSession         *session);
gboolean              natter_search_provider_export      (NatterSearchProvider  *self,
                                                          GDBusConnection       *bus,
                                                          const char            *path,
                                                          GError               **error);
void                  natter_search_provider_unexport    (NatterSearchProvider  *self);

G_END_DECLS
