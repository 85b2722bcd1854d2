/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-validator-cache.h"

#define SECOND G_USEC_PER_SEC

static void
test_life (void)
{
  g_autoptr(NatterValidatorCache) cache = natter_validator_cache_new ();
  const gint64 start = 1000 * SECOND;

  g_assert_null (natter_validator_cache_lookup (cache, "t", "k", start));
  natter_validator_cache_store (cache, "t", "k", "id,1", start);
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "t", "k", start), ==, "id,1");
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "t", "k", start + 269 * SECOND), ==, "id,1");
  g_assert_null (natter_validator_cache_lookup (cache, "t", "k", start + 270 * SECOND));
  g_assert_null (natter_validator_cache_lookup (cache, "t", "k", start));

  natter_validator_cache_store (cache, "t", "k", "id,2", start);
  g_assert_null (natter_validator_cache_lookup (cache, "t", "k", start - 1));
}

static void
test_tells_apart (void)
{
  g_autoptr(NatterValidatorCache) cache = natter_validator_cache_new ();

  natter_validator_cache_store (cache, "a", "k", "a,k", 1);
  natter_validator_cache_store (cache, "b", "k", "b,k", 1);
  natter_validator_cache_store (cache, "a", "l", "a,l", 1);
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "a", "k", 2), ==, "a,k");
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "b", "k", 2), ==, "b,k");
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "a", "l", 2), ==, "a,l");
  g_assert_null (natter_validator_cache_lookup (cache, "b", "l", 2));

  natter_validator_cache_store (cache, "a", "k", "new", 2);
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "a", "k", 2), ==, "new");
  g_assert_cmpuint (natter_validator_cache_size (cache), ==, 3);

  natter_validator_cache_drop (cache, "a", "l");
  natter_validator_cache_drop (cache, "a", "l");
  g_assert_null (natter_validator_cache_lookup (cache, "a", "l", 2));
  natter_validator_cache_store (cache, "a", "l", "a,l", 2);
  natter_validator_cache_forget (cache, "a");
  g_assert_null (natter_validator_cache_lookup (cache, "a", "k", 2));
  g_assert_null (natter_validator_cache_lookup (cache, "a", "l", 2));
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "b", "k", 2), ==, "b,k");
}

static void
test_bounded (void)
{
  g_autoptr(NatterValidatorCache) cache = natter_validator_cache_new ();

  for (guint i = 0; i < NATTER_VALIDATOR_CACHE_SIZE + 10; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %u", i);

      natter_validator_cache_store (cache, "t", key, key, i);
    }
  g_assert_cmpuint (natter_validator_cache_size (cache), ==, NATTER_VALIDATOR_CACHE_SIZE);
  g_assert_null (natter_validator_cache_lookup (cache, "t", "key 9", 1000));
  g_assert_cmpstr (natter_validator_cache_lookup (cache, "t", "key 10", 1000), ==, "key 10");

  natter_validator_cache_store (cache, "t", "late", "late", 1000 * SECOND);
  g_assert_cmpuint (natter_validator_cache_size (cache), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validator-cache/life", test_life);
  g_test_add_func ("/validator-cache/tells-apart", test_tells_apart);
  g_test_add_func ("/validator-cache/bounded", test_bounded);
  return g_test_run ();
}
