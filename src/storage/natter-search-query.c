/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "natter-search-query.h"

#include <stdio.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (NatterSearchQuery, natter_search_query, natter_search_query_ref, natter_search_query_unref)

/* Beyond this a query is no query. */
#define MAX_TERMS 32

typedef struct
{
  const char   *at;
  GDateTime    *now;
  GPtrArray    *terms;
  GStrvBuilder *from;
  GStrvBuilder *in;
  GStrvBuilder *servers;
  guint         has;
  gint64        after;
  gint64        before;
} Parser;

static void
term_free (gpointer data)
{
  NatterSearchTerm *term = data;

  g_free (term->text);
  g_free (term);
}

static gboolean
has_word (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static void
add_term (Parser     *self,
          const char *text,
          gboolean    is_prefix)
{
  NatterSearchTerm *term;

  if (!has_word (text) || self->terms->len == MAX_TERMS)
    return;
  term = g_new0 (NatterSearchTerm, 1);
  term->text = g_strdup (text);
  term->is_prefix = is_prefix;
  g_ptr_array_add (self->terms, term);
}

static gboolean
is_space (const char *at)
{
  return g_unichar_isspace (g_utf8_get_char (at));
}

/* (transfer full): up to the closing quote, or to the end while there is none yet. @self stands behind the opening one. */
static char *
take_quoted (Parser   *self,
             gboolean *is_closed)
{
  const char *start = self->at;
  const char *end = strchr (start, '"');

  *is_closed = end != NULL;
  if (end == NULL)
    end = start + strlen (start);
  self->at = *end == '"' ? end + 1 : end;
  return g_strndup (start, end - start);
}

/* (transfer full): up to the next space */
static char *
take_word (Parser *self)
{
  const char *start = self->at;

  while (*self->at != '\0' && !is_space (self->at))
    self->at = g_utf8_next_char (self->at);
  return g_strndup (start, self->at - start);
}

static void
add_name (GStrvBuilder *names,
          const char   *value,
          const char   *signs)
{
  if (*value != '\0' && strchr (signs, *value) != NULL)
    value++;
  if (*value != '\0')
    g_strv_builder_add (names, value);
}

static void
take_from (Parser     *self,
           const char *value)
{
  add_name (self->from, value, "@");
}

static void
take_in (Parser     *self,
         const char *value)
{
  add_name (self->in, value, "#");
}

static void
take_server (Parser     *self,
             const char *value)
{
  add_name (self->servers, value, "");
}

static void
take_has (Parser     *self,
          const char *value)
{
  static const struct
  {
    const char     *word;
    NatterSearchHas has;
  } words[] = {
    { "link", NATTER_SEARCH_HAS_LINK }, { "links", NATTER_SEARCH_HAS_LINK },
    { "file", NATTER_SEARCH_HAS_FILE }, { "files", NATTER_SEARCH_HAS_FILE },
    { "image", NATTER_SEARCH_HAS_IMAGE }, { "images", NATTER_SEARCH_HAS_IMAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i].word, value) == 0)
      self->has |= words[i].has;
}

/* (nullable) (transfer full): the first moment of a day; NULL while it is not a day yet */
static GDateTime *
parse_day (Parser     *self,
           const char *value)
{
  int year = g_date_time_get_year (self->now);
  int month = g_date_time_get_month (self->now);
  int day = g_date_time_get_day_of_month (self->now);
  g_autoptr(GDateTime) today = g_date_time_new (g_date_time_get_timezone (self->now), year, month, day, 0, 0, 0);
  char rest;

  if (g_ascii_strcasecmp (value, "today") == 0)
    return g_date_time_ref (today);
  if (g_ascii_strcasecmp (value, "yesterday") == 0)
    return g_date_time_add_days (today, -1);
  if (strlen (value) != 10 || sscanf (value, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3)
    return NULL;
  return g_date_time_new (g_date_time_get_timezone (self->now), year, month, day, 0, 0, 0);
}

static void
take_after (Parser     *self,
            const char *value)
{
  g_autoptr(GDateTime) day = parse_day (self, value);

  if (day != NULL)
    self->after = g_date_time_to_unix_usec (day);
}

static void
take_before (Parser     *self,
             const char *value)
{
  g_autoptr(GDateTime) day = parse_day (self, value);

  if (day != NULL)
    self->before = g_date_time_to_unix_usec (day);
}

static const struct
{
  const char *name;
  void      (*take) (Parser     *self,
                     const char *value);
} filters[] = {
  { "from:", take_from },
  { "in:", take_in },
  { "server:", take_server },
  { "has:", take_has },
  { "after:", take_after },
  { "before:", take_before },
};

static gboolean
take_filter (Parser *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *value = NULL;
      gboolean is_closed;

      if (g_ascii_strncasecmp (self->at, filters[i].name, strlen (filters[i].name)) != 0)
        continue;
      self->at += strlen (filters[i].name);
      if (*self->at == '"')
        {
          self->at++;
          value = take_quoted (self, &is_closed);
        }
      else
        {
          value = take_word (self);
        }
      filters[i].take (self, value);
      return TRUE;
    }
  return FALSE;
}

static void
take_next (Parser *self)
{
  g_autofree char *text = NULL;
  gboolean is_closed;

  if (take_filter (self))
    return;
  if (*self->at == '"')
    {
      self->at++;
      text = take_quoted (self, &is_closed);
      add_term (self, text, !is_closed);
      return;
    }
  text = take_word (self);
  add_term (self, text, *self->at == '\0');
}

/**
 * natter_search_query_parse:
 * @text: what somebody typed, finished or not; any text will do
 * @now: the time there, for "today" and for the time zone of days
 *
 * Takes apart words, "several words", `from:`, `in:`, `server:`, `has:link`, `has:file`, `has:image`, `after:` and
 * `before:` with a day as YYYY-MM-DD, "today" or "yesterday". Values may be in quotes. The day of `after:` is part of
 * what is searched, that of `before:` is not. The last word, as long as it is being typed, is the start of one. What has
 * no value yet is left out.
 *
 * Returns: (transfer full): the query
 */
NatterSearchQuery *
natter_search_query_parse (const char *text,
                           GDateTime  *now)
{
  NatterSearchQuery *self;
  g_autofree char *valid = NULL;
  g_autoptr(GStrvBuilder) from = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) in = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) servers = g_strv_builder_new ();
  Parser parser = { .now = now, .from = from, .in = in, .servers = servers };

  g_return_val_if_fail (text != NULL && now != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  parser.at = valid;
  parser.terms = g_ptr_array_new_with_free_func (term_free);
  while (*parser.at != '\0')
    {
      if (is_space (parser.at))
        parser.at = g_utf8_next_char (parser.at);
      else
        take_next (&parser);
    }
  self = g_atomic_rc_box_new0 (NatterSearchQuery);
  self->terms = parser.terms;
  self->from = g_strv_builder_end (from);
  self->in = g_strv_builder_end (in);
  self->servers = g_strv_builder_end (servers);
  self->has = parser.has;
  self->after = parser.after;
  self->before = parser.before;
  return self;
}

/**
 * natter_search_query_ref:
 * @self: a query, which never changes
 *
 * Returns: (transfer full): @self with one more reference
 */
NatterSearchQuery *
natter_search_query_ref (NatterSearchQuery *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
query_clear (gpointer data)
{
  NatterSearchQuery *self = data;

  g_ptr_array_unref (self->terms);
  g_strfreev (self->from);
  g_strfreev (self->in);
  g_strfreev (self->servers);
}

/**
 * natter_search_query_unref:
 * @self: (transfer full): a query
 */
void
natter_search_query_unref (NatterSearchQuery *self)
{
  g_atomic_rc_box_release_full (self, query_clear);
}

/**
 * natter_search_query_is_empty:
 * @self: a query
 *
 * Returns: whether it asks for nothing
 */
gboolean
natter_search_query_is_empty (const NatterSearchQuery *self)
{
  return self->terms->len == 0 && self->from[0] == NULL && self->in[0] == NULL && self->servers[0] == NULL
         && self->has == 0 && self->after == 0 && self->before == 0;
}

/**
 * natter_search_query_dup_words:
 * @self: a query
 *
 * Returns: (transfer full): the words alone, as a server searches for them
 */
char *
natter_search_query_dup_words (const NatterSearchQuery *self)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", ((NatterSearchTerm *) self->terms->pdata[i])->text);
  return g_string_free_and_steal (words);
}

/* A word of a text, without case and accents. */
typedef struct
{
  char *folded;
  guint start;
  guint end;
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->folded);
}

static gboolean
is_mark (gunichar c)
{
  return g_unichar_ismark (c);
}

/* (transfer full) */
static char *
fold (const char *text,
      gsize       length)
{
  g_autofree char *parts = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_DEFAULT);
  g_autoptr(GString) bare = g_string_new (NULL);

  for (const char *at = parts; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!is_mark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_utf8_casefold (bare->str, (gssize) bare->len);
}

/* (transfer full): the words of a text, as the index takes them */
static GArray *
split_words (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *at = text;

  g_array_set_clear_func (words, word_clear);
  while (*at != '\0')
    {
      const char *start = at;
      Word word;

      while (*at != '\0' && (g_unichar_isalnum (g_utf8_get_char (at)) || (at > start && is_mark (g_utf8_get_char (at)))))
        at = g_utf8_next_char (at);
      if (at == start)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      word.folded = fold (start, at - start);
      word.start = (guint) (start - text);
      word.end = (guint) (at - text);
      g_array_append_val (words, word);
    }
  return words;
}

static gboolean
stands_at (GArray                 *text,
           guint                   position,
           GArray                 *words,
           const NatterSearchTerm *term)
{
  if (words->len == 0 || position + words->len > text->len)
    return FALSE;
  for (guint i = 0; i < words->len; i++)
    {
      const char *wanted = g_array_index (words, Word, i).folded;
      const char *found = g_array_index (text, Word, position + i).folded;
      gboolean may_go_on = term->is_prefix && i == words->len - 1;

      if (may_go_on ? !g_str_has_prefix (found, wanted) : !g_str_equal (found, wanted))
        return FALSE;
    }
  return TRUE;
}

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  const NatterSearchRange *first = a;
  const NatterSearchRange *second = b;

  return first->start < second->start ? -1 : first->start > second->start;
}

/**
 * natter_search_query_find:
 * @self: a query
 * @text: a text
 *
 * Returns: (transfer full) (element-type NatterSearchRange): where the words of the query are in @text, in order and
 *   apart
 */
GArray *
natter_search_query_find (const NatterSearchQuery *self,
                          const char              *text)
{
  g_autoptr(GArray) words = NULL;
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (NatterSearchRange));
  guint n_apart = 0;

  g_return_val_if_fail (text != NULL, ranges);

  words = split_words (text);
  for (guint i = 0; i < self->terms->len; i++)
    {
      const NatterSearchTerm *term = self->terms->pdata[i];
      g_autoptr(GArray) wanted = split_words (term->text);

      for (guint j = 0; j < words->len; j++)
        {
          NatterSearchRange range;

          if (!stands_at (words, j, wanted, term))
            continue;
          range.start = g_array_index (words, Word, j).start;
          range.end = g_array_index (words, Word, j + wanted->len - 1).end;
          g_array_append_val (ranges, range);
        }
    }
  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      NatterSearchRange *range = &g_array_index (ranges, NatterSearchRange, i);
      NatterSearchRange *last = n_apart > 0 ? &g_array_index (ranges, NatterSearchRange, n_apart - 1) : NULL;

      if (last != NULL && range->start < last->end)
        last->end = MAX (last->end, range->end);
      else
        g_array_index (ranges, NatterSearchRange, n_apart++) = *range;
    }
  g_array_set_size (ranges, n_apart);
  return ranges;
}
