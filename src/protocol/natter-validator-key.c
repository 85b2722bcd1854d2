/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-validator-key.h"

#include "natter-error.h"

#include <string.h>

#define PREFIX "originChats-"
#define MAX_LENGTH 1024

struct _NatterValidatorPins
{
  GHashTable            *places; /* checksum of a key -> text of the address where it was seen */
  GQueue                 order;  /* the checksums, owned by @places, oldest first */
  NatterValidatorPinFunc func;
  gpointer               func_data;
};

/* A server that is reached under one name and names another in its keys. */
static const struct
{
  const char *dialled;
  const char *named;
} aliases[] = {
  { "dms.originchats.com", "dms.mistium.com" },
};

/**
 * natter_validator_pins_new:
 *
 * Which validator keys were seen at which server.
 *
 * Returns: (transfer full): an empty table
 */
NatterValidatorPins *
natter_validator_pins_new (void)
{
  NatterValidatorPins *self = g_new0 (NatterValidatorPins, 1);

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->order);
  return self;
}

/**
 * natter_validator_pins_free:
 * @self: a table
 */
void
natter_validator_pins_free (NatterValidatorPins *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear (&self->order);
  g_hash_table_unref (self->places);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR_KEY, message);
  return FALSE;
}

/**
 * natter_validator_pins_add:
 * @self: a table
 * @sum: checksum of a key, as the function of natter_validator_pins_set_func() got it
 * @place: text of the address where the key was seen
 *
 * Adds what is known from before. A key that is known already stays where it is.
 */
void
natter_validator_pins_add (NatterValidatorPins *self,
                           const char          *sum,
                           const char          *place)
{
  char *kept;

  g_return_if_fail (self != NULL && sum != NULL && place != NULL);

  if (g_hash_table_contains (self->places, sum))
    return;
  if (g_hash_table_size (self->places) >= NATTER_VALIDATOR_PINS_SIZE)
    g_hash_table_remove (self->places, g_queue_pop_head (&self->order));
  kept = g_strdup (sum);
  g_hash_table_insert (self->places, kept, g_strdup (place));
  g_queue_push_tail (&self->order, kept);
}

/**
 * natter_validator_pins_set_func:
 * @self: a table
 * @func: (nullable): called when a key was seen for the first time, so that it can be kept
 * @data: for @func
 */
void
natter_validator_pins_set_func (NatterValidatorPins    *self,
                                NatterValidatorPinFunc  func,
                                gpointer                data)
{
  g_return_if_fail (self != NULL);

  self->func = func;
  self->func_data = data;
}

/* Whether the key was not seen elsewhere; it is known from now on. */
static gboolean
pin (NatterValidatorPins *self,
     const char          *key,
     NatterAddress       *address)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  const char *place = g_hash_table_lookup (self->places, sum);

  if (place != NULL)
    return g_str_equal (place, natter_address_get_text (address));

  natter_validator_pins_add (self, sum, natter_address_get_text (address));
  if (self->func != NULL)
    self->func (sum, natter_address_get_text (address), self->func_data);
  return TRUE;
}

static int
port_of (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  if (g_str_equal (scheme, "https") || g_str_equal (scheme, "wss"))
    return 443;
  if (g_str_equal (scheme, "http") || g_str_equal (scheme, "ws"))
    return 80;
  return -1;
}

static char *
dup_host (GUri *uri)
{
  g_autofree char *ascii = g_hostname_to_ascii (g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "");

  return ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
}

static gboolean
is_same_host (const char *dialled,
              const char *named)
{
  if (g_str_equal (dialled, named))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (dialled, aliases[i].dialled) && g_str_equal (named, aliases[i].named))
      return TRUE;
  return FALSE;
}

/* @named: the address inside the key */
static gboolean
names_server (const char    *named,
              NatterAddress *address)
{
  g_autofree char *dialled = natter_address_dup_socket_uri (address);
  g_autoptr(GUri) dialled_uri = g_uri_parse (dialled, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GUri) named_uri = g_uri_parse (named, G_URI_FLAGS_NONE, NULL);
  g_autofree char *dialled_host = NULL;
  g_autofree char *named_host = NULL;

  if (dialled_uri == NULL || named_uri == NULL || g_uri_get_userinfo (named_uri) != NULL)
    return FALSE;

  dialled_host = dup_host (dialled_uri);
  named_host = dup_host (named_uri);
  return dialled_host != NULL && named_host != NULL && *named_host != '\0'
         && is_same_host (dialled_host, named_host) && port_of (dialled_uri) == port_of (named_uri);
}

/* @key: without the prefix. The random part has no hyphen; an address without a scheme is one of a secure socket. */
static char *
dup_address (const char *key)
{
  const char *end = strrchr (key, '-');
  g_autofree char *address = g_strndup (key, end != NULL ? end - key : 0);

  if (strstr (address, "://") != NULL)
    return g_steal_pointer (&address);
  return g_strconcat ("wss://", address, NULL);
}

/**
 * natter_validator_key_has_address:
 * @key: (nullable): the validator key of a handshake
 *
 * Returns: whether the key is of the newer form, `originChats-ADDRESS-RANDOM`. The older one has nothing but URL-safe
 *   base64 behind the prefix, so any other character means an address.
 */
gboolean
natter_validator_key_has_address (const char *key)
{
  static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";

  if (key == NULL || !g_str_has_prefix (key, PREFIX))
    return FALSE;

  key += strlen (PREFIX);
  return key[strspn (key, base64)] != '\0';
}

/**
 * natter_validator_key_check:
 * @key: the validator key of a handshake
 * @address: the server that sent it
 * @pins: (nullable): keys that were seen before
 * @error: why no validator must be made for @key: %NATTER_ERROR_VALIDATOR_KEY
 *
 * A validator lets whoever holds it sign in wherever its key is from, for five minutes. A server that hands out the key of
 * another could so sign in there under the name of its guest. Keys of newer servers are
 * `originChats-ADDRESS-RANDOM` and say where they are from: host and port must be those that were dialled.
 * Keys of April 2026 are random, and new for each connection; one that was seen elsewhere is refused.
 *
 * Returns: whether a validator may be made
 */
gboolean
natter_validator_key_check (const char           *key,
                            NatterAddress        *address,
                            NatterValidatorPins  *pins,
                            GError              **error)
{
  g_return_val_if_fail (address != NULL, FALSE);

  if (key == NULL || *key == '\0')
    return refuse (error, "The server gave no validator key");
  if (strlen (key) > MAX_LENGTH)
    return refuse (error, "The server's validator key is too long");
  if (!g_str_has_prefix (key, PREFIX))
    return refuse (error, "The server's validator key is for something other than a chat server");

  if (natter_validator_key_has_address (key))
    {
      g_autofree char *named = dup_address (key + strlen (PREFIX));

      if (!names_server (named, address))
        return refuse (error, "The server's validator key is that of another server");
    }
  else if (pins != NULL && !pin (pins, key, address))
    return refuse (error, "The server's validator key was seen at another server before");
  return TRUE;
}
