/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-json-private.h"
#include "natter-packet.h"

G_BEGIN_DECLS

/* How many of a kind are taken out of one packet; the rest is dropped. All are far above what servers send. */
#define NATTER_PACKET_MAX_NAMES 10000
#define NATTER_PACKET_MAX_ITEMS 100000
#define NATTER_PACKET_MAX_MESSAGES 10000
#define NATTER_PACKET_MAX_REACTIONS 500
#define NATTER_PACKET_MAX_ATTACHMENTS 100
#define NATTER_PACKET_MAX_EMBEDS 50
#define NATTER_PACKET_MAX_EMBED_FIELDS 100
#define NATTER_PACKET_MAX_POLL_OPTIONS 100
#define NATTER_PACKET_MAX_COMMAND_OPTIONS 100

/* How long somebody is shown as typing when the packet doesn't say. */
#define NATTER_PACKET_TYPING_MS 6000

/* FALSE with an error when @root lacks what makes it this packet. What was filled in by then is cleared. */
typedef gboolean (*NatterPacketParse) (NatterPacket *packet, JsonObject *root, GError **error);

/**
 * NatterPacketEntry:
 * @command: the `cmd` of the packet
 * @kind: what it becomes; @parse may choose another one
 * @parse: (nullable): fills in the union
 * @clear: (nullable): frees what @parse filled in
 *
 * One row of the table that each module has of the packets that it knows. A row without a command ends the table.
 */
typedef struct
{
  const char       *command;
  NatterPacketKind  kind;
  NatterPacketParse parse;
  void            (*clear) (NatterPacket *packet);
} NatterPacketEntry;

extern const NatterPacketEntry natter_packet_session_entries[];
extern const NatterPacketEntry natter_packet_history_entries[];
extern const NatterPacketEntry natter_packet_message_entries[];
extern const NatterPacketEntry natter_packet_channel_entries[];
extern const NatterPacketEntry natter_packet_place_entries[];
extern const NatterPacketEntry natter_packet_thread_entries[];
extern const NatterPacketEntry natter_packet_people_entries[];
extern const NatterPacketEntry natter_packet_role_entries[];
extern const NatterPacketEntry natter_packet_voice_entries[];
extern const NatterPacketEntry natter_packet_poll_entries[];
extern const NatterPacketEntry natter_packet_server_entries[];

/* For parsers */
gboolean    _natter_packet_lacks       (NatterPacket  *packet,
                                        const char    *name,
                                        GError       **error);
JsonArray  *_natter_packet_find_array  (JsonObject    *root,
                                        const char    *name,
                                        const char    *other_name);
JsonObject *_natter_packet_find_object (JsonObject    *root,
                                        const char    *name,
                                        const char    *other_name);
char      **_natter_packet_names       (JsonObject    *object,
                                        const char    *name);
gboolean    _natter_packet_parse_place (NatterPacket  *packet,
                                        JsonObject    *root,
                                        GError       **error);
void        _natter_packet_clear_place (NatterPacket  *packet);

/* Parts of packets. A reader gives NULL when the object lacks what it is known by. */
NatterMessageData   *_natter_message_data_read    (JsonObject          *object);
void                 _natter_message_data_free    (NatterMessageData   *self);
NatterAttachmentData *_natter_attachment_data_read (JsonObject         *object);
char                *_natter_message_rest_new     (JsonObject          *object);
NatterEmbedData     *_natter_embed_data_read      (JsonObject          *object);
GPtrArray           *_natter_poll_options_read    (JsonArray           *array);
NatterThreadData    *_natter_thread_data_read     (JsonObject          *object);
void                 _natter_thread_data_free     (NatterThreadData    *self);
NatterVoiceUserData *_natter_voice_user_data_read (JsonObject          *object);
void                 _natter_voice_user_data_free (NatterVoiceUserData *self);

G_END_DECLS
