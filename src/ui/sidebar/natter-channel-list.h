/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"
#include "natter-server.h"

G_BEGIN_DECLS

/**
 * NatterChannelList:
 *
 * The channels of one server in its order, under the headings that it has put between them, which fold; the server's name and
 * menu above, oneself below.
 *
 * Properties, notified: server (NatterServer or NULL), selected (NatterChannel or NULL).
 * Signal "activated": the person chose a channel, maybe the selected one again.
 */
#define NATTER_TYPE_CHANNEL_LIST (natter_channel_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterChannelList, natter_channel_list, NATTER, CHANNEL_LIST, AdwBin)

NatterServer  *natter_channel_list_get_server   (NatterChannelList *self);
void           natter_channel_list_set_server   (NatterChannelList *self,
                                                 NatterServer      *server);
NatterChannel *natter_channel_list_get_selected (NatterChannelList *self);
void           natter_channel_list_set_selected (NatterChannelList *self,
                                                 NatterChannel     *channel);
void           natter_channel_list_step         (NatterChannelList *self,
                                                 int                step);
gboolean       natter_channel_list_focus        (NatterChannelList *self);

G_END_DECLS
