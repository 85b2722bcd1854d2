/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-outbox-private.h"
#include "natter-roster.h"
#include "natter-server.h"

G_BEGIN_DECLS

/* Four files: natter-server.c is the object, natter-server-packets.c takes what comes, natter-server-channels.c keeps the
 * list of channels, natter-server-sign-in.c signs in after each connecting. */
struct _NatterServer
{
  GObject           parent_instance;

  char             *id;
  NatterAddress    *address;
  NatterSession    *session; /* weak: it holds the server */
  NatterConnection *connection;
  NatterAccount    *account;
  NatterHandshake  *handshake;
  NatterMember     *me;
  NatterRoster     *roster;
  NatterOutbox     *outbox;
  GListStore       *channels;
  GHashTable       *by_name; /* name -> NatterChannel, both owned by the list */
  GCancellable     *sign_in; /* of the sign-in that is going on */
  GError           *sign_in_error;
  char             *name;
  char             *icon;
  char             *last_channel;
  guint             mentions;
  guint             sign_in_source;
  guint             refetch_source;
  guint             unread : 1;
  guint             was_ready : 1;
  guint             sign_in_tried : 1; /* since the connection was made */
  guint             refetch_channels : 1;
  guint             refetch_users : 1;
  guint             refetch_unreads : 1;
};

/* natter-server.c */
void _natter_server_set_name          (NatterServer       *self,
                                       const char         *name);
void _natter_server_set_icon          (NatterServer       *self,
                                       const char         *icon);
void _natter_server_set_me            (NatterServer       *self,
                                       NatterMember       *me);
void _natter_server_set_sign_in_error (NatterServer       *self,
                                       const GError       *error);
void _natter_server_sum_unread        (NatterServer       *self);
void _natter_server_refresh_blocks    (NatterServer       *self);

/* natter-server-packets.c */
void _natter_server_packet            (NatterServer       *self,
                                       NatterPacket       *packet);
void _natter_server_fetch             (NatterServer       *self,
                                       NatterCommand      *command);
void _natter_server_fetch_all         (NatterServer       *self);

/* natter-server-channels.c */
void _natter_server_set_channels      (NatterServer       *self,
                                       GPtrArray          *channels);
void _natter_server_remove_channel    (NatterServer       *self,
                                       const char         *name);

/* natter-server-sign-in.c */
void _natter_server_sign_in_if_due    (NatterServer       *self);
void _natter_server_stop_sign_in      (NatterServer       *self);

G_END_DECLS
