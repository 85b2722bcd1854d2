/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_VISITS (natter_visits_get_type ())
G_DECLARE_FINAL_TYPE (NatterVisits, natter_visits, NATTER, VISITS, GObject)

/* Where the person has been, one place after the other, to go back and forward in, as in a browser; and how long ago.
 * Properties, notified: can-go-back, can-go-forward. Signal "visited" (id of the server, name of the channel or id of the
 * thread): the person is there now. */
NatterVisits  *natter_visits_new                (GListModel    *servers);
void           natter_visits_add_former         (NatterVisits  *self,
                                                 const char    *server,
                                                 const char    *channel);
void           natter_visits_add                (NatterVisits  *self,
                                                 NatterChannel *channel,
                                                 const char    *message_id);
void           natter_visits_leave              (NatterVisits  *self,
                                                 const char    *message_id);
NatterChannel *natter_visits_step               (NatterVisits  *self,
                                                 int            step,
                                                 const char   **message_id);
gboolean       natter_visits_get_can_go_back    (NatterVisits  *self);
gboolean       natter_visits_get_can_go_forward (NatterVisits  *self);
guint          natter_visits_get_age            (NatterVisits  *self,
                                                 NatterServer  *server,
                                                 NatterChannel *channel);

G_END_DECLS
