/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-validator-cache.h"

/* Tokens are not kept: a checksum tells them apart as well. */
typedef struct
{
  char  *token_sum;
  char  *key;
  char  *validator;
  gint64 made;
} Entry;

struct _NatterValidatorCache
{
  GQueue entries; /* Entry, oldest first */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->token_sum);
  g_free (entry->key);
  g_free (entry->validator);
  g_free (entry);
}

static char *
sum_of (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/* A clock that jumped back makes the age of an entry unknown. */
static gboolean
is_good (const Entry *entry,
         gint64       now)
{
  return now >= entry->made && now - entry->made < NATTER_VALIDATOR_LIFE_US - NATTER_VALIDATOR_MARGIN_US;
}

static GList *
find (NatterValidatorCache *self,
      const char           *token,
      const char           *key)
{
  g_autofree char *sum = sum_of (token);

  for (GList *link = self->entries.head; link != NULL; link = link->next)
    {
      const Entry *entry = link->data;

      if (g_str_equal (entry->key, key) && g_str_equal (entry->token_sum, sum))
        return link;
    }
  return NULL;
}

static void
remove_link (NatterValidatorCache *self,
             GList                *link)
{
  entry_free (link->data);
  g_queue_delete_link (&self->entries, link);
}

/**
 * natter_validator_cache_new:
 *
 * Validators that were made, for as long as they are good: a reconnect or an upload within that time needs no
 * new one. Times are given by the caller, in microseconds of a clock that goes on while the machine is suspended.
 *
 * Returns: (transfer full): an empty cache
 */
NatterValidatorCache *
natter_validator_cache_new (void)
{
  NatterValidatorCache *self = g_new0 (NatterValidatorCache, 1);

  g_queue_init (&self->entries);
  return self;
}

/**
 * natter_validator_cache_free:
 * @self: a cache
 */
void
natter_validator_cache_free (NatterValidatorCache *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->entries, entry_free);
  g_free (self);
}

/**
 * natter_validator_cache_lookup:
 * @self: a cache
 * @token: whose validator
 * @key: the key that it was made for
 * @now: the time
 *
 * Returns: (transfer none) (nullable): a validator that is good for some time yet; valid until the next call
 */
const char *
natter_validator_cache_lookup (NatterValidatorCache *self,
                               const char           *token,
                               const char           *key,
                               gint64                now)
{
  GList *link;

  g_return_val_if_fail (self != NULL && token != NULL && key != NULL, NULL);

  link = find (self, token, key);
  if (link == NULL)
    return NULL;
  if (is_good (link->data, now))
    return ((const Entry *) link->data)->validator;
  remove_link (self, link);
  return NULL;
}

/**
 * natter_validator_cache_store:
 * @self: a cache
 * @token: whose validator
 * @key: the key that it was made for
 * @validator: what was made
 * @now: the time at which it was asked for
 *
 * Keeps a validator in place of an older one. Those that are no more good go, and the oldest of more than
 * %NATTER_VALIDATOR_CACHE_SIZE.
 */
void
natter_validator_cache_store (NatterValidatorCache *self,
                              const char           *token,
                              const char           *key,
                              const char           *validator,
                              gint64                now)
{
  Entry *entry;

  g_return_if_fail (self != NULL && token != NULL && key != NULL && validator != NULL);

  natter_validator_cache_drop (self, token, key);
  for (GList *link = self->entries.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (!is_good (link->data, now))
        remove_link (self, link);
    }
  while (g_queue_get_length (&self->entries) >= NATTER_VALIDATOR_CACHE_SIZE)
    remove_link (self, self->entries.head);

  entry = g_new0 (Entry, 1);
  entry->token_sum = sum_of (token);
  entry->key = g_strdup (key);
  entry->validator = g_strdup (validator);
  entry->made = now;
  g_queue_push_tail (&self->entries, entry);
}

/**
 * natter_validator_cache_drop:
 * @self: a cache
 * @token: whose validator
 * @key: the key that it was made for
 *
 * Forgets a validator that a chat server has refused.
 */
void
natter_validator_cache_drop (NatterValidatorCache *self,
                             const char           *token,
                             const char           *key)
{
  GList *link;

  g_return_if_fail (self != NULL && token != NULL && key != NULL);

  link = find (self, token, key);
  if (link != NULL)
    remove_link (self, link);
}

/**
 * natter_validator_cache_forget:
 * @self: a cache
 * @token: a token
 *
 * Forgets all that was made with @token, for signing out.
 */
void
natter_validator_cache_forget (NatterValidatorCache *self,
                               const char           *token)
{
  g_autofree char *sum = NULL;

  g_return_if_fail (self != NULL && token != NULL);

  sum = sum_of (token);
  for (GList *link = self->entries.head, *next; link != NULL; link = next)
    {
      const Entry *entry = link->data;

      next = link->next;
      if (g_str_equal (entry->token_sum, sum))
        remove_link (self, link);
    }
}

/**
 * natter_validator_cache_size:
 * @self: a cache
 *
 * Returns: how many validators it holds, good or not
 */
guint
natter_validator_cache_size (NatterValidatorCache *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_queue_get_length (&self->entries);
}
