/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur-private.h"

#include <string.h>

static char *
sum_of (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/**
 * natter_rotur_is_limited:
 * @token: a Rotur token
 *
 * Returns: whether it is one of limited rights, as its look tells; the main token of an account may be any text
 */
gboolean
natter_rotur_is_limited (const char *token)
{
  g_return_val_if_fail (token != NULL, FALSE);

  return g_str_has_prefix (token, "rotur_st_");
}

/**
 * natter_rotur_set_by_query:
 * @self: the API
 * @token: a Rotur token; nothing is set for one that is limited
 * @by_query: whether proofs are made with the token in the address
 *
 * The API of May 2026 makes a good proof only of a main token in the address, where it may end in logs of the API. To
 * be set only after a chat server has refused a fresh proof that was made with the header.
 */
void
natter_rotur_set_by_query (NatterRotur *self,
                           const char  *token,
                           gboolean     by_query)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL);

  clean = _natter_rotur_clean_token (token);
  if (clean == NULL || natter_rotur_is_limited (clean) || by_query == natter_rotur_get_by_query (self, clean))
    return;
  natter_validator_cache_forget (self->cache, clean);
  if (by_query)
    {
      g_hash_table_add (self->by_query, sum_of (clean));
    }
  else
    {
      g_autofree char *sum = sum_of (clean);

      g_hash_table_remove (self->by_query, sum);
    }
}

/**
 * natter_rotur_get_by_query:
 * @self: the API
 * @token: a Rotur token
 *
 * Returns: whether proofs are made with the token in the address
 */
gboolean
natter_rotur_get_by_query (NatterRotur *self,
                           const char  *token)
{
  g_autofree char *clean = NULL;
  g_autofree char *sum = NULL;

  g_return_val_if_fail (NATTER_IS_ROTUR (self), FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  clean = _natter_rotur_clean_token (token);
  sum = clean != NULL ? sum_of (clean) : NULL;
  return sum != NULL && g_hash_table_contains (self->by_query, sum);
}

/* https://api.HOST -> https://HOST, with @prefix in place of "api."; (nullable) when the API has another name. */
static char *
dup_sibling (NatterRotur *self,
             const char  *prefix)
{
  static const char start[] = "https://api.";

  if (!g_str_has_prefix (self->base, start))
    return NULL;
  return g_strconcat ("https://", prefix, self->base + strlen (start), NULL);
}

/**
 * natter_rotur_dup_site:
 * @self: the API
 *
 * Returns: (transfer full): the address of the pages for people that belong to it, without a slash at the end: of
 *   `https://api.rotur.dev` it is `https://rotur.dev`, of any other name that itself
 */
char *
natter_rotur_dup_site (NatterRotur *self)
{
  char *site;

  g_return_val_if_fail (NATTER_IS_ROTUR (self), NULL);

  site = dup_sibling (self, "");
  return site != NULL ? site : g_strdup (self->base);
}

/**
 * natter_rotur_dup_picture:
 * @self: the API
 * @username: a user name
 *
 * Returns: (transfer full) (nullable): the address of the person's picture; %NULL when this API has none
 */
char *
natter_rotur_dup_picture (NatterRotur *self,
                          const char  *username)
{
  g_autofree char *site = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (NATTER_IS_ROTUR (self), NULL);
  g_return_val_if_fail (username != NULL, NULL);

  site = dup_sibling (self, "avatars.");
  if (site == NULL)
    return NULL;
  escaped = g_uri_escape_string (username, NULL, FALSE);
  return g_strconcat (site, "/", escaped, NULL);
}

/**
 * natter_rotur_set_client:
 * @self: the API
 * @client_id: (nullable): the id under which this program is registered; %NULL or empty: it is not
 * @ports: (nullable): the ports of the registered addresses `http://127.0.0.1:PORT/callback`, a 0 behind the last;
 *   %NULL: any
 *
 * Makes sign-in by OAuth possible.
 */
void
natter_rotur_set_client (NatterRotur   *self,
                         const char    *client_id,
                         const guint16 *ports)
{
  gsize count = 0;

  g_return_if_fail (NATTER_IS_ROTUR (self));

  while (ports != NULL && ports[count] != 0)
    count++;
  g_clear_pointer (&self->ports, g_free);
  if (count > 0)
    self->ports = g_memdup2 (ports, (count + 1) * sizeof *ports);
  g_set_str (&self->client_id, client_id != NULL && *client_id != '\0' ? client_id : NULL);
}

/**
 * natter_rotur_get_client_id:
 * @self: the API
 *
 * Returns: (transfer none) (nullable): the id under which this program is registered
 */
const char *
natter_rotur_get_client_id (NatterRotur *self)
{
  g_return_val_if_fail (NATTER_IS_ROTUR (self), NULL);

  return self->client_id;
}

/**
 * natter_rotur_set_patience:
 * @self: the API
 * @browser_ms: how long a person may take in the browser, in ms; 5 min unless set
 * @poll_ms: time between two looks whether a code was typed, in ms; 4 s unless set
 */
void
natter_rotur_set_patience (NatterRotur *self,
                           guint        browser_ms,
                           guint        poll_ms)
{
  g_return_if_fail (NATTER_IS_ROTUR (self));

  self->browser_ms = browser_ms;
  self->poll_ms = poll_ms;
}
