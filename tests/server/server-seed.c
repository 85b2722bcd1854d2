/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A community from a JSON file; README.md says what may stand in it */

#define G_LOG_DOMAIN "test-server-seed"

#include "server-private.h"

/* What there is when no file was given */
static const char built_in[] =
  "{"
  "\"roles\": {"
  "\"owner\": {\"description\": \"Server owner with ultimate permissions.\", \"color\": \"#9400D3\", \"hoisted\": true,"
  " \"permissions\": [\"administrator\"]},"
  "\"admin\": {\"description\": \"Administrator role with full permissions.\", \"color\": \"#FF0000\", \"hoisted\": true,"
  " \"permissions\": [\"administrator\", \"manage_roles\", \"manage_channels\", \"manage_users\", \"manage_server\","
  " \"manage_messages\", \"manage_threads\"]},"
  "\"moderator\": {\"description\": \"Moderator role with elevated permissions.\", \"color\": \"#FFFF00\","
  " \"hoisted\": true, \"permissions\": [\"manage_messages\", \"manage_threads\"]},"
  "\"user\": {\"description\": \"Regular user role with standard permissions.\","
  " \"permissions\": [\"send_messages\", \"read_message_history\", \"add_reactions\", \"attach_files\"]},"
  "\"artist\": {\"description\": \"Draws things\", \"color\": \"#ff66cc\", \"hoisted\": true, \"self_assignable\": true,"
  " \"category\": \"interests\"}"
  "},"
  "\"users\": ["
  "{\"name\": \"wren\", \"roles\": [\"owner\", \"user\"]},"
  "{\"name\": \"ada_k\", \"roles\": [\"admin\", \"user\"]},"
  "{\"name\": \"bruno\", \"roles\": [\"moderator\", \"user\"]},"
  "{\"name\": \"cleo\"}, {\"name\": \"dmitri\"},"
  "{\"name\": \"esme\", \"roles\": [\"artist\", \"user\"]}, {\"name\": \"faro\"}"
  "],"
  "\"channels\": ["
  "{\"type\": \"separator\", \"name\": \"sep-talk\", \"permissions\": {\"view\": [\"user\"]}},"
  "{\"type\": \"text\", \"name\": \"general\", \"description\": \"General talk for everyone\", \"permissions\":"
  " {\"view\": [\"user\"], \"send\": [\"user\"], \"delete\": [\"admin\", \"moderator\"], \"react\": [\"user\"],"
  " \"pin\": [\"owner\", \"admin\", \"moderator\"]}},"
  "{\"type\": \"text\", \"name\": \"random\", \"permissions\":"
  " {\"view\": [\"user\"], \"send\": [\"user\"], \"delete\": [\"admin\", \"moderator\"]}},"
  "{\"type\": \"text\", \"name\": \"staff\", \"permissions\": {\"view\": [\"owner\", \"admin\", \"moderator\"],"
  " \"send\": [\"owner\", \"admin\", \"moderator\"]}},"
  "{\"type\": \"forum\", \"name\": \"help-desk\", \"permissions\":"
  " {\"view\": [\"user\"], \"send\": [\"user\"], \"create_thread\": [\"user\"], \"delete\": [\"admin\"]}},"
  "{\"type\": \"voice\", \"name\": \"Lounge\", \"permissions\": {\"view\": [\"user\"]}}"
  "]"
  "}";

/* "name" stands for a server account, "username" and "id" for a Rotur account */
static const char *
full_name (TsState    *state,
           const char *name)
{
  g_autofree char *local = NULL;
  TsUser *user = ts_user_find (state, name);

  if (user == NULL)
    {
      local = g_strconcat ("USR:local_", name, NULL);
      user = ts_user_by_id (state, local);
    }

  return user != NULL ? user->id : name;
}

/* @data: an element of "users" of a seed; @avatars: address below which pictures of people are */
void
ts_seed_add_user (TsState    *state,
                  JsonObject *data,
                  const char *avatars)
{
  const char *name = ts_get_string (data, "name");
  const char *password = ts_get_string (data, "password");
  g_autofree char *id = name != NULL ? g_strconcat ("USR:local_", name, NULL) : NULL;
  JsonObject *status = ts_get_object (data, "status");
  TsUser *user;

  if (name == NULL)
    id = g_strdup (ts_get_string (data, "id"));
  if (id == NULL)
    return;

  user = ts_user_new (state, id, name != NULL ? id : ts_get_string (data, "username"));
  if (name != NULL)
    {
      user->password = password != NULL ? g_strdup (password) : g_strconcat (name, "-pass", NULL);
      user->nickname = g_strdup (name);
    }
  if (ts_get (data, "nickname") != NULL)
    g_set_str (&user->nickname, ts_get_string (data, "nickname"));
  g_set_str (&user->pfp, ts_get_string (data, "pfp"));
  if (g_strcmp0 (user->pfp, "avatar") == 0)
    {
      g_free (user->pfp);
      user->pfp = g_strdup_printf ("%s/avatars/%s", avatars, name != NULL ? name : user->username);
    }
  if (ts_get_bool (data, "present", FALSE))
    g_ptr_array_add (state->present, g_strdup (id));
  if (ts_get_bool (data, "greeted", FALSE))
    g_hash_table_add (state->greeted, g_strdup (id));

  if (ts_get_array (data, "roles") != NULL)
    ts_user_set_roles (user, ts_get_strings (data, "roles"));
  else
    {
      GPtrArray *roles = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (roles, g_strdup ("user"));
      ts_user_set_roles (user, roles);
    }

  if (status != NULL)
    {
      g_set_str (&user->status, ts_get_string (status, "status"));
      json_node_unref (user->status_text);
      user->status_text = ts_get (status, "text") != NULL ? ts_clone (ts_get (status, "text")) : ts_string ("");
    }
}

/* "timestamp" in seconds since 1970, or "at" in seconds from now, negative for what was before */
static double
get_time (JsonObject *data,
          double      now)
{
  return ts_get (data, "timestamp") != NULL ? ts_get_number (data, "timestamp", now)
                                            : now + ts_get_number (data, "at", 0);
}

static void
load_reactions (TsState    *state,
                TsMessage  *message,
                JsonObject *reactions)
{
  JsonObjectIter iter;
  const char *emoji;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, reactions);
  while (json_object_iter_next_ordered (&iter, &emoji, &node))
    {
      g_autoptr(GPtrArray) names = ts_get_strings (reactions, emoji);

      for (guint i = 0; i < names->len; i++)
        ts_message_react (message, emoji, full_name (state, g_ptr_array_index (names, i)));
    }
}

/* "reply" counts back: 1 is the message before; "reply_to" is as on the wire */
static void
load_reply (TsState    *state,
            TsPlace    *place,
            TsMessage  *message,
            JsonObject *data)
{
  gint64 back = ts_get_int (data, "reply", 0);
  JsonObject *wire = ts_get_object (data, "reply_to");

  if (back > 0 && back <= place->messages->len)
    {
      TsMessage *original = g_ptr_array_index (place->messages, place->messages->len - back);

      message->reply_id = g_strdup (original->id);
      message->reply_user = g_strdup (original->user);
    }
  else if (wire != NULL)
    {
      message->reply_id = g_strdup (ts_get_string (wire, "id"));
      message->reply_user = g_strdup (full_name (state, ts_get_string (wire, "user")));
    }
}

static JsonObject *
dup_object (JsonObject *data,
            const char *name)
{
  JsonObject *object = ts_get_object (data, name);

  return object != NULL ? ts_clone_object (object) : NULL;
}

/* An id alone stands for a file of the seed; addresses without a host get the server's */
static JsonArray *
load_files (TsState    *state,
            JsonObject *data)
{
  JsonArray *given = ts_get_array (data, "attachments");
  JsonArray *files;

  if (given == NULL)
    return NULL;

  files = json_array_new ();
  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *file = ts_clone_object (json_array_get_object_element (given, i));
      const char *url = ts_get_string (file, "url");
      TsAttachment *known = ts_attachment_find (state, ts_get_string (file, "id"));

      if (url == NULL && known != NULL)
        {
          json_object_unref (file);
          file = ts_attachment_to_json (state, known);
        }
      else if (url != NULL && *url == '/' && state->config.url != NULL)
        ts_set (file, "url", ts_string_printf ("%s%s", state->config.url, url));
      json_array_add_object_element (files, file);
    }

  return files;
}

static JsonArray *
dup_array (JsonObject *data,
           const char *name)
{
  JsonArray *array = ts_get_array (data, name);

  return array != NULL ? json_array_ref (array) : NULL;
}

static void
load_message (TsState    *state,
              TsPlace    *place,
              JsonObject *data,
              double      now)
{
  const char *user = ts_get_string (data, "user");
  const char *content = ts_get_string (data, "content");
  TsMessage *message;

  if (user == NULL)
    return;

  message = ts_message_new (full_name (state, user), content != NULL ? content : "");
  if (ts_get_string (data, "id") != NULL)
    g_set_str (&message->id, ts_get_string (data, "id"));
  message->timestamp = get_time (data, now);
  message->edited = ts_get_bool (data, "edited", FALSE);
  message->pinned = ts_get_bool (data, "pinned", FALSE);
  if (ts_is_bool (ts_get (data, "ping")))
    message->ping = ts_get_bool (data, "ping", TRUE);
  load_reply (state, place, message, data);
  if (ts_get_object (data, "reactions") != NULL)
    load_reactions (state, message, ts_get_object (data, "reactions"));
  message->embeds = dup_array (data, "embeds");
  message->attachments = load_files (state, data);
  message->webhook = dup_object (data, "webhook");
  message->interaction = dup_object (data, "interaction");
  message->extra = dup_object (data, "extra");
  ts_place_add (place, message);
}

static void
load_messages (TsState   *state,
               TsPlace   *place,
               JsonArray *messages,
               double     now)
{
  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    {
      JsonNode *node = json_array_get_element (messages, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        load_message (state, place, json_node_get_object (node), now);
    }
}

static void
load_thread (TsState    *state,
             JsonObject *data,
             double      now)
{
  const char *creator = ts_get_string (data, "created_by");
  g_autoptr(GPtrArray) participants = ts_get_strings (data, "participants");
  TsThread *thread;

  if (creator == NULL || ts_get (data, "name") == NULL)
    return;

  thread = ts_thread_new (state, ts_get_string (data, "parent_channel"), ts_clone (ts_get (data, "name")),
                          full_name (state, creator));
  if (ts_get_string (data, "id") != NULL)
    g_set_str (&thread->id, ts_get_string (data, "id"));
  thread->created_at = ts_get_number (data, "created_at", get_time (data, now));
  thread->locked = ts_get_bool (data, "locked", FALSE);
  thread->archived = ts_get_bool (data, "archived", FALSE);
  thread->pinned = ts_get_bool (data, "pinned", FALSE);
  if (ts_get_array (data, "participants") != NULL)
    {
      g_ptr_array_set_size (thread->participants, 0);
      for (guint i = 0; i < participants->len; i++)
        g_ptr_array_add (thread->participants, g_strdup (full_name (state, g_ptr_array_index (participants, i))));
    }
  load_messages (state, thread->place, ts_get_array (data, "messages"), now);
}

/* "data": base64; without it a picture is drawn */
static GBytes *
load_bytes (JsonObject *data,
            const char *name,
            guint       width,
            guint       height,
            gboolean    scene)
{
  const char *text = ts_get_string (data, "data");
  gsize length;
  guchar *bytes;

  if (text == NULL)
    return scene ? ts_picture_scene (name, width, height) : ts_picture (name, width, height);

  bytes = g_base64_decode (text, &length);
  return g_bytes_new_take (bytes, length);
}

static void
load_emoji (TsState    *state,
            JsonObject *data)
{
  const char *name = ts_get_string (data, "name");
  const char *extension = ts_get_string (data, "extension");
  g_autoptr(GBytes) bytes = NULL;

  if (name == NULL)
    return;

  bytes = load_bytes (data, name, 64, 64, FALSE);
  ts_emoji_new (state, name, extension != NULL ? extension : "png", bytes);
}

static void
load_attachment (TsState    *state,
                 JsonObject *data,
                 double      now)
{
  const char *id = ts_get_string (data, "id");
  const char *type = ts_get_string (data, "mime_type");
  const char *owner = ts_get_string (data, "owner");
  TsAttachment *attachment;

  if (id == NULL || owner == NULL)
    return;

  attachment = ts_attachment_new (state, id);
  attachment->name = g_strdup (ts_get_string (data, "name"));
  attachment->mime_type = g_strdup (type != NULL ? type : "image/png");
  attachment->owner = g_strdup (full_name (state, owner));
  attachment->bytes = load_bytes (data, id, ts_get_int (data, "width", 320), ts_get_int (data, "height", 200),
                                  TRUE);
  attachment->expires_at = ts_get_number (data, "expires_at", now + 7 * 86400.0);
  attachment->permanent = ts_get_bool (data, "permanent", FALSE);
  if (g_str_has_prefix (attachment->mime_type, "image/"))
    ts_picture_measure (attachment->bytes, &attachment->width, &attachment->height);
}

static void
load_reads (TsState    *state,
            JsonObject *reads)
{
  JsonObjectIter iter;
  JsonObjectIter marks_iter;
  const char *user;
  const char *key;
  JsonNode *marks;
  JsonNode *mark;

  json_object_iter_init_ordered (&iter, reads);
  while (json_object_iter_next_ordered (&iter, &user, &marks))
    {
      if (!JSON_NODE_HOLDS_OBJECT (marks))
        continue;

      json_object_iter_init_ordered (&marks_iter, json_node_get_object (marks));
      while (json_object_iter_next_ordered (&marks_iter, &key, &mark))
        {
          TsPlace *place = g_hash_table_lookup (state->places, key);
          gint64 unread = ts_is_int (mark) ? json_node_get_int (mark) : -1;

          if (ts_is_string (mark))
            ts_set_read_mark (state, full_name (state, user), key, json_node_get_string (mark));
          else if (place != NULL && unread >= 0 && unread < place->messages->len)
            {
              TsMessage *message = g_ptr_array_index (place->messages, place->messages->len - 1 - unread);

              ts_set_read_mark (state, full_name (state, user), key, message->id);
            }
        }
    }
}

static void
set_string (JsonObject *data,
            const char *name,
            char      **target)
{
  if (ts_get (data, name) != NULL)
    g_set_str (target, ts_get_string (data, name));
}

static void
load_config (TestServer *self,
             JsonObject *seed)
{
  TsConfig *config = &self->state->config;
  JsonObject *server = ts_get_object (seed, "server");
  JsonObject *limits = ts_get_object (seed, "limits");
  JsonObject *attachments = ts_get_object (seed, "attachments_config");
  JsonObject *rates = ts_get_object (seed, "rate_limits");
  JsonObject *automod = ts_get_object (seed, "automod");

  set_string (server, "name", &config->name);
  set_string (server, "owner", &config->owner);
  set_string (server, "icon", &config->icon);
  set_string (server, "banner", &config->banner);
  set_string (server, "url", &config->url);
  if (ts_get (server, "url") == NULL)
    config->url = ts_server_dup_public_url (self);
  config->bots_reachable = ts_get_bool (server, "bots_reachable", FALSE);
  config->post_content = ts_get_int (limits, "post_content", config->post_content);
  config->search_results = ts_get_int (limits, "search_results", config->search_results);
  config->uploads = ts_get_bool (attachments, "enabled", config->uploads);
  config->max_size = ts_get_int (attachments, "max_size", config->max_size);
  config->max_attachments_per_user = ts_get_int (attachments, "max_attachments_per_user", -1);
  config->mute_seconds = ts_get_int (automod, "mute_seconds", 0);

  if (ts_get_array (attachments, "allowed_types") != NULL)
    {
      g_ptr_array_unref (config->allowed_types);
      config->allowed_types = ts_get_strings (attachments, "allowed_types");
    }
  if (automod != NULL)
    {
      g_ptr_array_unref (config->blocked_words);
      config->blocked_words = ts_get_strings (automod, "blocked_words");
    }
  if (rates != NULL && self->limiter != NULL)
    ts_rate_limiter_set_limits (self->limiter, ts_get_int (rates, "per_minute", 60), ts_get_int (rates, "burst", 10),
                                ts_get_number (rates, "cooldown", 30));
}

static void
load_roles (TsState    *state,
            JsonObject *roles)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, roles);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        ts_role_new (state, name, ts_clone_object (json_node_get_object (node)));
    }
}

typedef void (*Loader) (TsState *state, JsonObject *data, double now);

static void
load_users (TestServer *self,
            JsonArray  *users)
{
  for (guint i = 0; users != NULL && i < json_array_get_length (users); i++)
    ts_seed_add_user (self->state, json_array_get_object_element (users, i), rotur_get_url (self->rotur));
}

static void
each (JsonObject *seed,
      const char *name,
      TsState    *state,
      double      now,
      Loader      load)
{
  JsonArray *array = ts_get_array (seed, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        load (state, json_node_get_object (node), now);
    }
}

static void
channel_loader (TsState    *state,
                JsonObject *data,
                double      now)
{
  g_ptr_array_add (state->channels, ts_clone_object (data));
}

static void
emoji_loader (TsState    *state,
              JsonObject *data,
              double      now)
{
  load_emoji (state, data);
}

/* Who sits in which voice channel, without a connection */
static void
load_voice (TestServer *self,
            JsonObject *voice)
{
  JsonObjectIter iter;
  const char *channel;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, voice);
  while (json_object_iter_next_ordered (&iter, &channel, &node))
    {
      g_autoptr(GPtrArray) names = ts_get_strings (voice, channel);

      for (guint i = 0; i < names->len; i++)
        ts_voice_seat (self, channel, full_name (self->state, g_ptr_array_index (names, i)), i % 2 == 1);
    }
}

static void
load (TestServer *self,
      JsonObject *seed)
{
  TsState *state = self->state;
  double now = ts_now ();
  JsonObject *messages = ts_get_object (seed, "messages");
  JsonObjectIter iter;
  const char *channel;
  JsonNode *node;

  load_config (self, seed);
  if (ts_get_object (seed, "roles") != NULL)
    load_roles (state, ts_get_object (seed, "roles"));
  load_users (self, ts_get_array (seed, "users"));
  each (seed, "channels", state, now, channel_loader);
  each (seed, "emojis", state, now, emoji_loader);
  each (seed, "attachments", state, now, load_attachment);
  each (seed, "threads", state, now, load_thread);

  if (messages != NULL)
    {
      json_object_iter_init_ordered (&iter, messages);
      while (json_object_iter_next_ordered (&iter, &channel, &node))
        load_messages (state, ts_channel_place (state, channel), ts_get_array (messages, channel), now);
    }
  if (ts_get_object (seed, "reads") != NULL)
    load_reads (state, ts_get_object (seed, "reads"));

  if (ts_get_object (seed, "voice") != NULL)
    load_voice (self, ts_get_object (seed, "voice"));

  rotur_load (self->rotur, ts_get_object (seed, "rotur"));
}

/**
 * ts_seed_load:
 *
 * Fills the empty state from the seed file of the options, or with the small built-in community. The port is open.
 */
gboolean
ts_seed_load (TestServer  *self,
              GError     **error)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (self->options.seed_file != NULL)
    {
      if (!g_file_get_contents (self->options.seed_file, &text, &length, error))
        return FALSE;
      node = ts_json_parse (text, length, error);
    }
  else
    node = ts_json_parse (built_in, strlen (built_in), error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The seed is no object");
      return FALSE;
    }

  load (self, json_node_get_object (node));
  return TRUE;
}
