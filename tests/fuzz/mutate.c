/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

/* Makes wrong input of right input, a little or a lot. */

/* What nothing to be read needs to be longer than; growing mutations stop there. */
#define MAX_LENGTH (256 * 1024)

static gsize
below (GRand *rand,
       gsize  limit)
{
  return limit > 0 ? g_rand_int (rand) % limit : 0;
}

static void
flip_bit (GRand   *rand,
          GString *text)
{
  if (text->len > 0)
    text->str[below (rand, text->len)] ^= (char) (1 << below (rand, 8));
}

static void
set_byte (GRand   *rand,
          GString *text)
{
  if (text->len > 0)
    text->str[below (rand, text->len)] = (char) below (rand, 256);
}

static void
cut_out (GRand   *rand,
         GString *text)
{
  gsize start = below (rand, text->len);
  gsize length = below (rand, MIN (text->len - start, 64)) + 1;

  if (text->len > 0)
    g_string_erase (text, (gssize) start, (gssize) MIN (length, text->len - start));
}

static void
cut_off (GRand   *rand,
         GString *text)
{
  g_string_truncate (text, below (rand, text->len + 1));
}

static void
double_part (GRand   *rand,
             GString *text)
{
  gsize start = below (rand, text->len);
  gsize length = below (rand, text->len - start);
  g_autofree char *part = g_memdup2 (text->str + start, length + 1);

  if (text->len + length < MAX_LENGTH)
    g_string_insert_len (text, (gssize) start, part, (gssize) length);
}

static void
insert_word (GRand             *rand,
             GString           *text,
             const char *const *words)
{
  const char *word = words[below (rand, g_strv_length ((char **) words))];

  g_string_insert (text, (gssize) below (rand, text->len + 1), word);
}

/* Behind a string that begins at @at, or the end. */
static const char *
skip_string (const char *at)
{
  for (at++; *at != '\0' && *at != '"'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
    }
  return *at != '\0' ? at + 1 : at;
}

/* Behind a value of JSON that begins at @at. */
static const char *
skip_value (const char *at)
{
  guint depth = 0;

  do
    {
      if (*at == '"')
        {
          at = skip_string (at);
          continue;
        }
      if (*at == '{' || *at == '[')
        depth++;
      else if ((*at == '}' || *at == ']') && depth > 0)
        depth--;
      at++;
    }
  while (*at != '\0' && (depth > 0 || strchr (",}]", *at) == NULL));

  return at;
}

/* Picks the beginning of a value somewhere in JSON, NULL when there is none. */
static const char *
find_value (GRand   *rand,
            GString *text)
{
  gsize wanted = below (rand, text->len);
  const char *found = NULL;
  const char *at = text->str;

  while (*at != '\0' && (found == NULL || at < text->str + wanted))
    {
      if (*at == '"')
        {
          at = skip_string (at);
          continue;
        }
      if (*at == ':' || *at == '[')
        found = at + 1 + strspn (at + 1, " ");
      at++;
    }

  return found != NULL && *found != '\0' ? found : NULL;
}

static void
replace_with (GString    *text,
              const char *at,
              const char *value,
              gsize       length)
{
  gssize start = at - text->str;

  g_string_erase (text, start, skip_value (at) - at);
  g_string_insert_len (text, start, value, (gssize) length);
}

/* A value becomes one of another kind, the rest stays well-formed. */
static void
replace_value (GRand             *rand,
               GString           *text,
               const char *const *values)
{
  const char *at = find_value (rand, text);
  const char *value = values[below (rand, g_strv_length ((char **) values))];

  if (at != NULL)
    replace_with (text, at, value, strlen (value));
}

/* A value becomes another one of the same packet. */
static void
repeat_value (GRand   *rand,
              GString *text)
{
  const char *from = find_value (rand, text);
  const char *to = find_value (rand, text);
  g_autofree char *value = NULL;
  gsize length;

  if (from == NULL || to == NULL || text->len > MAX_LENGTH / 2)
    return;
  length = skip_value (from) - from;
  value = g_memdup2 (from, length + 1);
  replace_with (text, to, value, length);
}

static void
splice (GRand     *rand,
        GString   *text,
        GPtrArray *seeds)
{
  const GString *other = seeds->pdata[below (rand, seeds->len)];
  gsize start = below (rand, other->len);
  gsize length = MIN (below (rand, other->len - start + 1), MAX_LENGTH);

  g_string_truncate (text, below (rand, text->len + 1));
  g_string_append_len (text, other->str + start, (gssize) length);
}

static void
nest (GRand   *rand,
      GString *text)
{
  guint depth = (guint) below (rand, 2000);
  const char *at = find_value (rand, text);
  g_autoptr(GString) nested = g_string_new (NULL);

  if (at == NULL)
    return;
  for (guint i = 0; i < depth; i++)
    g_string_append (nested, i % 3 == 0 ? "{\"a\":" : "[");
  g_string_append (nested, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append_c (nested, (i - 1) % 3 == 0 ? '}' : ']');

  replace_with (text, at, nested->str, nested->len);
}

/* JSON stays JSON, so that the change gets as far as to who reads it. */
static void
change_values (GRand             *rand,
               GString           *text,
               const char *const *values)
{
  switch (below (rand, 8))
    {
    case 0:
      nest (rand, text);
      break;

    case 1:
    case 2:
      repeat_value (rand, text);
      break;

    default:
      replace_value (rand, text, values);
      break;
    }
}

static void
change_bytes (GRand             *rand,
              GString           *text,
              GPtrArray         *seeds,
              const char *const *words)
{
  switch (below (rand, 8))
    {
    case 0:
      flip_bit (rand, text);
      break;

    case 1:
      set_byte (rand, text);
      break;

    case 2:
      cut_out (rand, text);
      break;

    case 3:
      cut_off (rand, text);
      break;

    case 4:
      double_part (rand, text);
      break;

    case 5:
      splice (rand, text, seeds);
      break;

    default:
      insert_word (rand, text, words);
      break;
    }
}

GString *
fuzz_mutate (GRand             *rand,
             GPtrArray         *seeds,
             const char *const *words,
             const char *const *values)
{
  const GString *seed = seeds->pdata[below (rand, seeds->len)];
  GString *text = g_string_new_len (seed->str, (gssize) seed->len);
  guint changes = (guint) below (rand, 8) + 1;
  /* Half of what has values stays well-formed. */
  gboolean whole = *values != NULL && below (rand, 2) == 0;

  for (guint i = 0; i < changes && text->len < MAX_LENGTH; i++)
    {
      if (whole || (*values != NULL && below (rand, 2) == 0))
        change_values (rand, text, values);
      else
        change_bytes (rand, text, seeds, words);
    }

  return text;
}
