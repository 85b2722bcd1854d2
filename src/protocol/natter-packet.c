/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

#include "natter-error.h"

G_DEFINE_BOXED_TYPE (NatterPacket, natter_packet, natter_packet_ref, natter_packet_unref)

typedef struct
{
  NatterPacket             packet;
  const NatterPacketEntry *entry; /* NULL: an unknown packet */
} Box;

static gpointer
make_table (gpointer data)
{
  static const NatterPacketEntry *const modules[] = {
    natter_packet_session_entries,
    natter_packet_history_entries,
    natter_packet_message_entries,
    natter_packet_channel_entries,
    natter_packet_place_entries,
    natter_packet_thread_entries,
    natter_packet_people_entries,
    natter_packet_role_entries,
    natter_packet_voice_entries,
    natter_packet_poll_entries,
    natter_packet_server_entries,
  };
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      for (const NatterPacketEntry *entry = modules[i]; entry->command != NULL; entry++)
        {
          if (!g_hash_table_insert (table, (gpointer) entry->command, (gpointer) entry))
            g_critical ("Two entries for %s", entry->command);
        }
    }

  return table;
}

static const NatterPacketEntry *
find_entry (const char *command)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *table = g_once (&once, make_table, NULL);

  return g_hash_table_lookup (table, command);
}

static void
box_clear (Box *box)
{
  if (box->entry != NULL && box->entry->clear != NULL)
    box->entry->clear (&box->packet);
  g_free (box->packet.command);
  g_free (box->packet.listener);
  g_clear_pointer (&box->packet.source, g_bytes_unref);
}

/**
 * natter_packet_ref:
 * @self: a packet
 *
 * Safe in any thread.
 *
 * Returns: (transfer full): @self with one more reference
 */
NatterPacket *
natter_packet_ref (NatterPacket *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * natter_packet_unref:
 * @self: (transfer full): a packet
 *
 * Drops a reference. Safe in any thread.
 */
void
natter_packet_unref (NatterPacket *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) box_clear);
}

/* What a server is like, as opposed to what happens on it. None of these has a secret in it. */
static gboolean
is_worth_keeping (NatterPacketKind kind)
{
  return kind == NATTER_PACKET_HANDSHAKE || kind == NATTER_PACKET_CHANNELS || kind == NATTER_PACKET_USERS
         || kind == NATTER_PACKET_ROLES;
}

/* For parsers: says that something needed is not there, or is of the wrong type. */
gboolean
_natter_packet_lacks (NatterPacket  *packet,
                      const char    *name,
                      GError       **error)
{
  g_set_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "A packet “%s” has no usable “%s”",
               packet->command, name);
  return FALSE;
}

/* Several packets have the same under another name on newer servers, mostly `val`. */
JsonArray *
_natter_packet_find_array (JsonObject *root,
                           const char *name,
                           const char *other_name)
{
  JsonArray *array = natter_json_array (root, name);

  return array != NULL ? array : natter_json_array (root, other_name);
}

JsonObject *
_natter_packet_find_object (JsonObject *root,
                            const char *name,
                            const char *other_name)
{
  JsonObject *object = natter_json_object (root, name);

  return object != NULL ? object : natter_json_object (root, other_name);
}

/* (transfer full): the names in an array, never NULL */
char **
_natter_packet_names (JsonObject *object,
                      const char *name)
{
  char **names = natter_json_strv (object, name, NATTER_PACKET_MAX_NAMES);

  return names != NULL ? names : g_new0 (char *, 1);
}

/**
 * natter_packet_parse:
 * @text: a frame; need not end in NUL
 * @length: its length in bytes
 * @error: return location
 *
 * Makes a packet of a frame. It is strict about types and generous about the rest: what JSON of a Python program may
 * have beyond the standard is mended, unknown fields are ignored, a field that is missing or of the wrong type gets a
 * default, a bad item of a list is dropped and the list kept. An unknown command gives a packet of the kind
 * %NATTER_PACKET_UNKNOWN.
 *
 * It takes some 60 ms a MiB, so large frames belong into a worker thread. Safe in any thread.
 *
 * Returns: (transfer full): a packet, or %NULL with %NATTER_ERROR_PROTOCOL or %NATTER_ERROR_TOO_LARGE: the frame is
 *   no JSON object, has no command, lacks what makes it the command that it says, or has too many values
 */
NatterPacket *
natter_packet_parse (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(NatterPacket) packet = NULL;
  JsonObject *root;
  const char *command;
  Box *box;

  g_return_val_if_fail (text != NULL, NULL);

  node = natter_json_parse (text, length, error);
  if (node == NULL)
    return NULL;

  root = json_node_get_object (node);
  command = natter_json_id (root, "cmd");
  if (command == NULL)
    {
      g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "A frame without a command");
      return NULL;
    }

  box = g_atomic_rc_box_new0 (Box);
  packet = &box->packet;
  packet->command = g_strdup (command);
  packet->listener = natter_json_dup_id (root, "listener");

  box->entry = find_entry (command);
  if (box->entry == NULL)
    return g_steal_pointer (&packet);

  packet->kind = box->entry->kind;
  if (box->entry->parse != NULL && !box->entry->parse (packet, root, error))
    return NULL;

  if (is_worth_keeping (packet->kind))
    packet->source = g_bytes_new (text, length);
  return g_steal_pointer (&packet);
}
