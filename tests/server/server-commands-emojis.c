/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define MAX_NAME 64

static void
emoji_get_all (TsCall *call)
{
  JsonObject *emojis = json_object_new ();
  JsonObject *packet = ts_call_reply (call);

  for (guint i = 0; i < call->state->emojis->len; i++)
    {
      TsEmoji *emoji = g_ptr_array_index (call->state->emojis, i);
      g_autofree char *id = g_strdup_printf ("%u", emoji->id);

      ts_set (emojis, id, ts_of_object (ts_object ("name", ts_string (emoji->name),
                                                   "fileName", ts_string (emoji->file_name),
                                                   NULL)));
    }

  ts_set (packet, "emojis", ts_of_object (emojis));
  ts_call_answer (call, packet);
}

/* FALSE after having said which field the scheme misses */
static gboolean
has_field (TsCall     *call,
           const char *field)
{
  g_autofree char *prefix = g_strdup_printf ("Invalid %s command scheme: ", call->cmd);

  if (ts_get (call->request, field) != NULL)
    return TRUE;

  ts_call_missing_field (call, prefix, field);
  return FALSE;
}

static TsEmoji *
find_by_name (TsState    *state,
              const char *name)
{
  for (guint i = 0; name != NULL && i < state->emojis->len; i++)
    {
      TsEmoji *emoji = g_ptr_array_index (state->emojis, i);

      if (g_ascii_strcasecmp (emoji->name, name) == 0)
        return emoji;
    }

  return NULL;
}

static TsEmoji *
find_named (TsCall *call)
{
  TsEmoji *emoji;

  if (!has_field (call, "name"))
    return NULL;

  emoji = find_by_name (call->state, ts_call_string (call, "name"));
  if (emoji == NULL)
    ts_call_error (call, "Emoji not found");
  return emoji;
}

static void
emoji_get_id (TsCall *call)
{
  TsEmoji *emoji = find_named (call);
  JsonObject *packet;

  if (emoji == NULL)
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "name", ts_string (ts_call_string (call, "name")));
  ts_set (packet, "id", ts_string_printf ("%u", emoji->id));
  ts_call_answer (call, packet);
}

static void
emoji_get_filename (TsCall *call)
{
  TsEmoji *emoji = find_named (call);
  JsonObject *packet;

  if (emoji == NULL)
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "name", ts_string (ts_call_string (call, "name")));
  ts_set (packet, "filepath", ts_string (emoji->file_name));
  ts_call_answer (call, packet);
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > MAX_NAME)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '_')
        return FALSE;
    }

  return TRUE;
}

/* The picture of "data:image/…;base64,…", when it is one of the kinds that are allowed */
static GBytes *
read_picture (const char  *uri,
              const char **extension)
{
  static const struct { const char *type; const char *extension; } kinds[] = {
    { "data:image/png;base64,", "png" },
    { "data:image/gif;base64,", "gif" },
    { "data:image/jpeg;base64,", "jpg" },
    { "data:image/jpg;base64,", "jpg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GBytes) bytes = NULL;
      guchar *data;
      gsize length;
      guint width;
      guint height;

      if (!g_str_has_prefix (uri, kinds[i].type))
        continue;

      data = g_base64_decode (uri + strlen (kinds[i].type), &length);
      bytes = g_bytes_new_take (data, length);
      *extension = kinds[i].extension;
      return ts_picture_measure (bytes, &width, &height) ? g_steal_pointer (&bytes) : NULL;
    }

  return NULL;
}

static void
emoji_add (TsCall *call)
{
  const char *name = ts_call_string (call, "name");
  const char *image = ts_call_string (call, "image");
  g_autoptr(GBytes) bytes = NULL;
  const char *extension;
  TsEmoji *emoji;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_server") || !has_field (call, "name") || !has_field (call, "image"))
    return;
  if (image == NULL || !g_str_has_prefix (image, "data:image/") || strstr (image, ";base64,") == NULL)
    {
      g_autofree char *repr = ts_python_repr (ts_get (call->request, "image"));

      ts_call_error (call, "Invalid emoji_add command scheme: 1 validation error for Emoji_add\nimage\n"
                     "  Value error, Invalid image data URI [type=value_error, input_value=%s, input_type=str]\n"
                     "    For further information visit https://errors.pydantic.dev/2.10/v/value_error", repr);
      return;
    }

  bytes = read_picture (image, &extension);
  if (name == NULL || !is_name (name) || find_by_name (call->state, name) != NULL || bytes == NULL)
    {
      ts_call_error (call, "Error adding emoji");
      return;
    }

  emoji = ts_emoji_new (call->state, name, extension, bytes);
  ts_audit (call->state, "emoji_add", "server_management", call->user->id, name, NULL,
            ts_object ("name", ts_string (name), NULL));
  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_string_printf ("%u", emoji->id));
  ts_set (packet, "added", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

/* A number, or text that is one; FALSE after having said that it isn't */
static gboolean
get_id (TsCall *call,
        gint64 *id)
{
  JsonNode *node = ts_get (call->request, "emoji_id");
  g_autofree char *repr = NULL;

  if (!has_field (call, "emoji_id"))
    return FALSE;
  if (ts_is_int (node))
    {
      *id = json_node_get_int (node);
      return TRUE;
    }
  if (ts_is_string (node)
      && g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, id, NULL))
    return TRUE;

  repr = ts_python_repr (node);
  ts_call_error (call, "Invalid %s command scheme: 1 validation error for %c%s\nemoji_id\n"
                 "  Input should be a valid integer, unable to parse string as an integer"
                 " [type=int_parsing, input_value=%s, input_type=str]\n"
                 "    For further information visit https://errors.pydantic.dev/2.10/v/int_parsing",
                 call->cmd, g_ascii_toupper (call->cmd[0]), call->cmd + 1, repr);
  return FALSE;
}

/* With "image" nothing ever changes */
static gboolean
rename_emoji (TsCall  *call,
              TsEmoji *emoji)
{
  const char *name = ts_call_string (call, "name");

  if (emoji == NULL || name == NULL || !is_name (name) || ts_is_set (call->request, "image"))
    return FALSE;

  g_set_str (&emoji->name, name);
  return TRUE;
}

static void
emoji_update (TsCall *call)
{
  g_autofree char *id_text = NULL;
  gint64 id;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_server") || !get_id (call, &id))
    return;
  if (!ts_truthy (ts_get (call->request, "name")) && !ts_truthy (ts_get (call->request, "image")))
    {
      ts_call_error (call, "At least one field to update is required (name or image)");
      return;
    }

  id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_int (id));
  ts_set (packet, "updated", ts_bool (rename_emoji (call, ts_emoji_find (call->state, id))));
  ts_audit (call->state, "emoji_update", "server_management", call->user->id, id_text, NULL, NULL);
  ts_call_answer (call, packet);
}

static void
emoji_delete (TsCall *call)
{
  g_autofree char *id_text = NULL;
  gint64 id;
  TsEmoji *emoji;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_server") || !get_id (call, &id))
    return;

  id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  emoji = ts_emoji_find (call->state, id);
  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_int (id));
  ts_set (packet, "deleted", ts_bool (emoji != NULL));
  if (emoji != NULL)
    g_ptr_array_remove (call->state->emojis, emoji);
  ts_audit (call->state, "emoji_delete", "server_management", call->user->id, id_text, NULL, NULL);
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_emojis[] = {
  { "emoji_get_all", emoji_get_all },
  { "emoji_get_id", emoji_get_id },
  { "emoji_get_filename", emoji_get_filename },
  { "emoji_add", emoji_add },
  { "emoji_update", emoji_update },
  { "emoji_delete", emoji_delete },
  { NULL },
};
