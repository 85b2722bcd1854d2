/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-handshake"

#include "natter-handshake-private.h"

#include <string.h>

#include "natter-validator-key.h"

/* What April 2026 servers have unless their operator says otherwise; used in place of nonsense. */
#define DEFAULT_MAX_MESSAGE 2000
#define DEFAULT_MAX_RESULTS 30
#define DEFAULT_MAX_UPLOAD G_GUINT64_CONSTANT (104857600)

#define HIGHEST_MAX_MESSAGE 1000000
#define HIGHEST_MAX_RESULTS 10000
#define MAX_WORDS 4096
#define MAX_RAW (256 * 1024)

struct _NatterHandshake
{
  GObject        parent_instance;

  char          *name, *owner, *description, *icon, *banner, *url, *version;
  char          *validator_key, *signing_url;
  NatterAuthMode auth_mode;
  guint          max_message, max_results;
  guint64        max_upload;
  int            uploads_per_user;
  char         **upload_types, **permanent_tiers, **capabilities, **permissions;
  gint64         server_time;
  gint64         received;
  char          *raw;

  guint          uploads : 1;
  guint          is_new_generation : 1;
};

G_DEFINE_FINAL_TYPE (NatterHandshake, natter_handshake, G_TYPE_OBJECT)

static void
natter_handshake_finalize (GObject *object)
{
  NatterHandshake *self = NATTER_HANDSHAKE (object);

  g_free (self->name);
  g_free (self->owner);
  g_free (self->description);
  g_free (self->icon);
  g_free (self->banner);
  g_free (self->url);
  g_free (self->version);
  g_free (self->validator_key);
  g_free (self->signing_url);
  g_strfreev (self->upload_types);
  g_strfreev (self->permanent_tiers);
  g_strfreev (self->capabilities);
  g_strfreev (self->permissions);
  g_free (self->raw);

  G_OBJECT_CLASS (natter_handshake_parent_class)->finalize (object);
}

static void
natter_handshake_class_init (NatterHandshakeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = natter_handshake_finalize;
}

static void
natter_handshake_init (NatterHandshake *self)
{
}

static char **
dup_words (JsonObject *object,
           const char *name)
{
  char **words = object != NULL ? natter_json_strv (object, name, MAX_WORDS) : NULL;

  return words != NULL ? words : g_new0 (char *, 1);
}

static void
read_server (NatterHandshake *self,
             JsonObject      *server)
{
  JsonObject *owner;

  if (server == NULL)
    return;

  owner = natter_json_object (server, "owner");
  self->name = natter_json_dup_id (server, "name");
  self->owner = owner != NULL ? natter_json_dup_id (owner, "name") : natter_json_dup_id (server, "owner");
  self->description = natter_json_dup_id (server, "description");
  if (self->description == NULL)
    self->description = natter_json_dup_id (server, "about");
  self->icon = natter_json_dup_id (server, "icon");
  self->banner = natter_json_dup_id (server, "banner");
  self->url = natter_json_dup_id (server, "url");
}

/* 0 when the server didn't say, @nonsense when it said something that can't be. */
static guint
read_limit (JsonObject *limits,
            const char *name,
            guint       highest,
            guint       nonsense)
{
  gint64 limit;

  if (limits == NULL || !natter_json_has (limits, name))
    return 0;

  limit = natter_json_int (limits, name, 0, highest, 0);
  return limit > 0 ? (guint) limit : nonsense;
}

static void
read_uploads (NatterHandshake *self,
              JsonObject      *attachments)
{
  self->uploads_per_user = -1;
  self->upload_types = dup_words (attachments, "allowed_types");
  self->permanent_tiers = dup_words (attachments, "permanent_tiers");
  if (attachments == NULL)
    return;

  self->uploads = natter_json_bool (attachments, "enabled", TRUE);
  if (natter_json_has (attachments, "max_size"))
    self->max_upload = (guint64) natter_json_int (attachments, "max_size", 0, G_MAXINT64, 0);
  if (natter_json_has (attachments, "max_size") && self->max_upload == 0)
    self->max_upload = DEFAULT_MAX_UPLOAD;
  self->uploads_per_user = (int) natter_json_int (attachments, "max_attachments_per_user", -1, G_MAXINT, -1);
}

static NatterAuthMode
read_auth_mode (JsonObject *value)
{
  const char *word = natter_json_string (value, "auth_mode");

  /* Servers from before the choice had Rotur accounts only. */
  if (!natter_json_has (value, "auth_mode"))
    return NATTER_AUTH_ROTUR;
  if (g_strcmp0 (word, "rotur") == 0)
    return NATTER_AUTH_ROTUR;
  if (g_strcmp0 (word, "cracked") == 0)
    return NATTER_AUTH_BOTH;
  if (g_strcmp0 (word, "cracked-only") == 0)
    return NATTER_AUTH_SERVER;
  return NATTER_AUTH_UNKNOWN;
}

/* There is no version to compare: servers kept saying the same one. These signs no April 2026 server shows; that none
 * is there doesn't prove an old server. */
static gboolean
looks_new (NatterHandshake *self)
{
  static const char *const signs[] = {
    "emoji_list", "threads_get", "thread_new", "channel_get", "reaction_add", "reaction_remove", "messages_batch",
    "user_kick", "users_banned", "register", "message_signatures_v1", "slash_signatures_v1", "user_metadata_v1",
    "server_side_embeds", "capabilities",
  };

  if (self->server_time != 0 || self->signing_url != NULL || natter_validator_key_has_address (self->validator_key))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (natter_handshake_has_capability (self, signs[i]))
        return TRUE;
    }

  return FALSE;
}

static char *
make_raw (JsonObject *value)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) shown = json_object_new ();
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, value);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (g_str_equal (name, "validator_key"))
        json_object_set_string_member (shown, name, "(hidden)");
      else
        json_object_set_member (shown, name, json_node_copy (node));
    }

  json_node_set_object (root, shown);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  if (strlen (text) <= MAX_RAW)
    return g_steal_pointer (&text);

  text[MAX_RAW] = '\0';
  cut = g_utf8_make_valid (text, -1);
  return g_strconcat (cut, "…", NULL);
}

/* @value: the `val` of the packet */
NatterHandshake *
_natter_handshake_new (JsonObject *value)
{
  NatterHandshake *self = g_object_new (NATTER_TYPE_HANDSHAKE, NULL);
  JsonObject *limits = natter_json_object (value, "limits");

  read_server (self, natter_json_object (value, "server"));
  self->version = natter_json_dup_id (value, "version");
  self->validator_key = natter_json_dup_id (value, "validator_key");
  self->signing_url = natter_json_dup_id (value, "signing_url");
  self->auth_mode = read_auth_mode (value);
  self->max_message = read_limit (limits, "post_content", HIGHEST_MAX_MESSAGE, DEFAULT_MAX_MESSAGE);
  self->max_results = read_limit (limits, "search_results", HIGHEST_MAX_RESULTS, DEFAULT_MAX_RESULTS);
  read_uploads (self, natter_json_object (value, "attachments"));
  self->capabilities = dup_words (value, "capabilities");
  self->permissions = dup_words (value, "permissions");
  self->server_time = natter_json_time (value, "server_time");
  self->received = g_get_real_time ();
  self->is_new_generation = looks_new (self);
  self->raw = make_raw (value);

  return self;
}

/**
 * natter_handshake_check_validator_key:
 * @self: a handshake
 * @address: the server that was dialled
 * @error: return location
 *
 * Whether the validator key may be used, as far as this handshake alone can tell; see natter_validator_key_check(),
 * which also knows keys from before.
 *
 * Returns: whether a validator may be made; otherwise %NATTER_ERROR_VALIDATOR_KEY is set
 */
gboolean
natter_handshake_check_validator_key (NatterHandshake  *self,
                                      NatterAddress    *address,
                                      GError          **error)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  return natter_validator_key_check (self->validator_key, address, NULL, error);
}

/**
 * natter_handshake_has_capability:
 * @self: a handshake
 * @name: name of a command or behaviour
 *
 * Returns: whether the server's list has @name. April 2026 servers list names of their documentation, a few of which
 *   are no commands, and leave out commands that work; the list may also be empty. So only ask for names that one
 *   generation alone has, and take %FALSE for “not known”.
 */
gboolean
natter_handshake_has_capability (NatterHandshake *self,
                                 const char      *name)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->capabilities, name);
}

/**
 * natter_handshake_dup_raw:
 * @self: a handshake
 *
 * Returns: (transfer full): the handshake as indented JSON for people to read, with the validator key hidden; at
 *   most 256 KiB of it
 */
char *
natter_handshake_dup_raw (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return g_strdup (self->raw);
}

/**
 * natter_handshake_get_name:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the server's name
 */
const char *
natter_handshake_get_name (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->name;
}

/**
 * natter_handshake_get_owner:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the owner as the operator wrote it; not necessarily a user name
 */
const char *
natter_handshake_get_owner (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->owner;
}

/**
 * natter_handshake_get_description:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): what the server says of itself; newer servers only
 */
const char *
natter_handshake_get_description (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->description;
}

/**
 * natter_handshake_get_icon:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): place of the icon, for natter_address_resolve_http(). New handshakes carry the
 *   old one after a change until the server is started again.
 */
const char *
natter_handshake_get_icon (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->icon;
}

/**
 * natter_handshake_get_banner:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): place of the banner, for natter_address_resolve_http()
 */
const char *
natter_handshake_get_banner (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->banner;
}

/**
 * natter_handshake_get_url:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the public address as the operator wrote it: any scheme, or none
 */
const char *
natter_handshake_get_url (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->url;
}

/**
 * natter_handshake_get_version:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the version that the server claims, for people to read: it says nothing of
 *   what works
 */
const char *
natter_handshake_get_version (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->version;
}

/**
 * natter_handshake_get_validator_key:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the key that a validator is made for; good for this connection only, never to
 *   be shown or logged. Ask natter_handshake_check_validator_key() first.
 */
const char *
natter_handshake_get_validator_key (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->validator_key;
}

/**
 * natter_handshake_get_signing_url:
 * @self: a handshake
 *
 * Returns: (transfer none) (nullable): the address that goes into signatures, exactly as given; newer servers only
 */
const char *
natter_handshake_get_signing_url (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return self->signing_url;
}

/**
 * natter_handshake_get_auth_mode:
 * @self: a handshake
 *
 * Returns: which accounts the server takes
 */
NatterAuthMode
natter_handshake_get_auth_mode (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NATTER_AUTH_UNKNOWN);

  return self->auth_mode;
}

/**
 * natter_handshake_get_max_message:
 * @self: a handshake
 *
 * Returns: the longest message in Unicode code points, counted after trimming; 0 when the server didn't say
 */
guint
natter_handshake_get_max_message (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), 0);

  return self->max_message;
}

/**
 * natter_handshake_get_max_results:
 * @self: a handshake
 *
 * Returns: how many results a search gives at most; 0 when the server didn't say
 */
guint
natter_handshake_get_max_results (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), 0);

  return self->max_results;
}

/**
 * natter_handshake_get_uploads:
 * @self: a handshake
 *
 * Returns: whether files can be uploaded
 */
gboolean
natter_handshake_get_uploads (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), FALSE);

  return self->uploads;
}

/**
 * natter_handshake_get_max_upload:
 * @self: a handshake
 *
 * Returns: largest upload in bytes, 0 when the server didn't say. For April 2026 servers it bounds the request with
 *   the file in base64 inside, so that the file may have three quarters of it.
 */
guint64
natter_handshake_get_max_upload (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), 0);

  return self->max_upload;
}

/**
 * natter_handshake_get_upload_types:
 * @self: a handshake
 *
 * Returns: (transfer none): the media types that may be uploaded: `image/png`, `image/` and a star, or a star for
 *   all. Empty when the server didn't say.
 */
const char *const *
natter_handshake_get_upload_types (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return (const char *const *) self->upload_types;
}

/**
 * natter_handshake_get_uploads_per_user:
 * @self: a handshake
 *
 * Returns: how many files the server keeps of one person, beyond which the oldest goes; -1 when there is no bound
 */
int
natter_handshake_get_uploads_per_user (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), -1);

  return self->uploads_per_user;
}

/**
 * natter_handshake_get_permanent_tiers:
 * @self: a handshake
 *
 * Returns: (transfer none): the Rotur subscriptions whose uploads live long
 */
const char *const *
natter_handshake_get_permanent_tiers (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return (const char *const *) self->permanent_tiers;
}

/**
 * natter_handshake_get_capabilities:
 * @self: a handshake
 *
 * Returns: (transfer none): the server's list as it came; see natter_handshake_has_capability()
 */
const char *const *
natter_handshake_get_capabilities (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return (const char *const *) self->capabilities;
}

/**
 * natter_handshake_get_permissions:
 * @self: a handshake
 *
 * Returns: (transfer none): ids of the permissions that roles can hold
 */
const char *const *
natter_handshake_get_permissions (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), NULL);

  return (const char *const *) self->permissions;
}

/**
 * natter_handshake_is_new_generation:
 * @self: a handshake
 *
 * Returns: whether the handshake shows a sign that only servers from summer 2026 on have: the server's time, an
 *   address for signatures or in the validator key, or names of commands in the list. %FALSE proves nothing.
 */
gboolean
natter_handshake_is_new_generation (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), FALSE);

  return self->is_new_generation;
}

/**
 * natter_handshake_get_server_time:
 * @self: a handshake
 *
 * Returns: the server's clock when it sent the handshake, in microseconds since 1970; 0 when it didn't say
 */
gint64
natter_handshake_get_server_time (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), 0);

  return self->server_time;
}

/**
 * natter_handshake_get_received:
 * @self: a handshake
 *
 * Returns: our clock when the handshake came, in microseconds since 1970
 */
gint64
natter_handshake_get_received (NatterHandshake *self)
{
  g_return_val_if_fail (NATTER_IS_HANDSHAKE (self), 0);

  return self->received;
}
