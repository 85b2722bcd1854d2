/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-lexer.h"

#include <string.h>

#include "natter-link.h"

/* One pass over the text. Whatever looks ahead either moves on to where it looked, or remembers what it found, so that
 * no part of the text is looked at again and again. */

#define MAX_LANGUAGE 32
#define MAX_LEVEL 6
#define ESCAPABLE "\\`*_~|#@<>[]()-"

NatterToken *
_natter_lexer_add (NatterLexer     *self,
                   NatterTokenKind  kind,
                   const char      *start,
                   const char      *end,
                   const char      *content,
                   const char      *content_end)
{
  NatterToken token = {
    .kind = kind,
    .start = start - self->text,
    .end = end - self->text,
    .content = content - self->text,
    .content_end = content_end - self->text,
  };

  g_array_append_val (self->tokens, token);
  self->at = end;
  return &g_array_index (self->tokens, NatterToken, self->tokens->len - 1);
}

static gboolean
is_letter (const char *at)
{
  return (guchar) *at < 0x80 ? g_ascii_isalnum (*at) : g_unichar_isalnum (g_utf8_get_char (at));
}

gboolean
_natter_lexer_is_letter (NatterLexer *self,
                         const char  *at)
{
  return at < self->end && is_letter (at);
}

gboolean
_natter_lexer_is_letter_before (NatterLexer *self,
                                const char  *at)
{
  return at > self->text && is_letter (g_utf8_prev_char (at));
}

static gboolean
is_space (NatterLexer *self,
          const char  *at)
{
  return at < self->text || at >= self->end || g_unichar_isspace (g_utf8_get_char (at));
}

static gboolean
is_space_before (NatterLexer *self,
                 const char  *at)
{
  return at == self->text || is_space (self, g_utf8_prev_char (at));
}

static gsize
count_run (NatterLexer *self,
           const char  *at)
{
  const char *next = at;

  while (next < self->end && *next == *at)
    next++;
  return next - at;
}

static void
forget_link (NatterLexer *self)
{
  if (self->link_end == NULL)
    return;
  g_array_index (self->tokens, NatterToken, self->link_token).kind = NATTER_TOKEN_TEXT;
  self->link_end = NULL;
}

/* Three backticks at or behind @at, NULL when there are none. */
static const char *
find_fence (NatterLexer *self,
            const char  *at)
{
  if (self->no_fence)
    return NULL;
  if (self->fence_end < at)
    {
      self->fence_end = g_strstr_len (at, self->end - at, "```");
      self->no_fence = self->fence_end == NULL;
    }
  return self->fence_end;
}

/* Behind the line of @at, where three backticks begin, when code comes; NULL when they begin none. */
static const char *
find_fence_start (NatterLexer *self,
                  const char  *at)
{
  const char *next = at + 3;

  while (next < self->end && next - at < MAX_LANGUAGE && (g_ascii_isalnum (*next) || strchr ("_+-#.", *next) != NULL))
    next++;
  while (next < self->end && *next == ' ' && next - at < MAX_LANGUAGE)
    next++;
  if (next == self->end || *next != '\n' || find_fence (self, next + 1) == NULL)
    return NULL;
  return next + 1;
}

static gboolean
read_fence (NatterLexer *self)
{
  const char *start = self->at;
  const char *content;
  const char *end;

  if (self->end - start < 3 || strncmp (start, "```", 3) != 0)
    return FALSE;
  content = find_fence_start (self, start);
  if (content == NULL)
    return FALSE;
  forget_link (self);
  end = find_fence (self, content);
  _natter_lexer_add (self, NATTER_TOKEN_FENCE, start, end + 3, content, end);
  return TRUE;
}

static gboolean
read_inline_code (NatterLexer *self)
{
  const char *limit = self->link_end != NULL ? self->link_end : self->end;
  const char *start = self->at + count_run (self, self->at) - 1;
  const char *end;

  self->at = start + 1;
  if (self->no_code || start + 1 >= limit)
    return TRUE;
  end = memchr (start + 1, '`', limit - start - 1);
  if (end == NULL)
    {
      self->no_code = limit == self->end;
      return TRUE;
    }
  /* A block of code is more than a stray backtick before it. */
  if (self->end - end >= 3 && strncmp (end, "```", 3) == 0 && find_fence_start (self, end) != NULL)
    return TRUE;
  _natter_lexer_add (self, NATTER_TOKEN_CODE, start, end + 1, start + 1, end);
  return TRUE;
}

static gboolean
read_backticks (NatterLexer *self)
{
  return read_fence (self) || read_inline_code (self);
}

static gboolean
read_escape (NatterLexer *self)
{
  const char *next = self->at + 1;

  if (self->dialect != NATTER_DIALECT_NEW || next == self->end || strchr (ESCAPABLE, *next) == NULL)
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_ESCAPE, self->at, next + 1, next, next + 1);
  return TRUE;
}

/* `[text](address)`; what is between the brackets is read as any text. */
static gboolean
read_link_start (NatterLexer *self)
{
  const char *end;

  if (self->link_end != NULL)
    return FALSE;
  if (self->bracket == NULL || self->bracket < self->at)
    {
      self->bracket = memchr (self->at, ']', self->end - self->at);
      if (self->bracket == NULL)
        self->bracket = self->end;
    }
  end = self->bracket;
  if (self->end - end < 3 || end[1] != '(' || end == self->at + 1)
    return FALSE;
  if (self->measured != end)
    {
      self->measured = end;
      self->address_end = natter_link_measure_target (end + 2, self->end);
    }
  if (self->address_end == NULL)
    return FALSE;
  self->link_token = self->tokens->len;
  _natter_lexer_add (self, NATTER_TOKEN_LINK_START, self->at, self->at + 1, self->at, self->at);
  self->link_end = end;
  return TRUE;
}

static gboolean
read_link_end (NatterLexer *self)
{
  const char *start = self->at;

  if (start != self->link_end)
    return FALSE;
  self->link_end = NULL;
  _natter_lexer_add (self, NATTER_TOKEN_LINK_END, start, self->address_end + 1, start + 2, self->address_end);
  return TRUE;
}

static NatterTokenFlags
get_double_flags (void)
{
  return NATTER_TOKEN_MAY_OPEN | NATTER_TOKEN_MAY_CLOSE;
}

static gboolean
is_mark (char c)
{
  return c == '*' || c == '_' || c == '~' || c == '|';
}

/* Old servers' clients want white space, or another mark, around italic. */
static NatterTokenFlags
get_single_flags (NatterLexer *self,
                  const char  *at)
{
  gboolean space_before = is_space_before (self, at);
  gboolean space_after = is_space (self, at + 1);
  gboolean opens = !space_after;
  gboolean closes = !space_before;

  if (self->dialect == NATTER_DIALECT_OLD)
    {
      opens = opens && (space_before || is_mark (at[-1]));
      closes = closes && (space_after || is_mark (at[1]));
    }
  else if (*at == '_')
    {
      opens = opens && !_natter_lexer_is_letter_before (self, at);
      closes = closes && !_natter_lexer_is_letter (self, at + 1);
    }
  return (opens ? NATTER_TOKEN_MAY_OPEN : 0) | (closes ? NATTER_TOKEN_MAY_CLOSE : 0);
}

static gboolean
read_star_or_line (NatterLexer *self)
{
  const char *start = self->at;
  gboolean is_star = *start == '*';
  gsize length = count_run (self, start);
  NatterTokenKind kinds[] = {
    is_star ? NATTER_TOKEN_SINGLE_STAR : NATTER_TOKEN_SINGLE_LINE,
    is_star ? NATTER_TOKEN_DOUBLE_STAR : NATTER_TOKEN_DOUBLE_LINE,
    is_star ? NATTER_TOKEN_BOTH_STAR : NATTER_TOKEN_BOTH_LINE,
  };
  NatterTokenFlags flags;

  self->at = start + length;
  if (length > G_N_ELEMENTS (kinds))
    return TRUE;
  flags = length == 1 ? get_single_flags (self, start) : get_double_flags ();
  if (flags != 0)
    _natter_lexer_add (self, kinds[length - 1], start, start + length, start, start)->flags = flags;
  return TRUE;
}

static gboolean
read_strike (NatterLexer *self)
{
  gsize length = count_run (self, self->at);

  if (length == 2)
    _natter_lexer_add (self, NATTER_TOKEN_STRIKE, self->at, self->at + 2, self->at, self->at)->flags = get_double_flags ();
  else
    self->at += length;
  return TRUE;
}

static gboolean
read_bars (NatterLexer *self)
{
  gsize length = count_run (self, self->at);

  if (length == 2 || length == 3)
    _natter_lexer_add (self, NATTER_TOKEN_SPOILER, self->at, self->at + 2, self->at, self->at);
  else
    self->at += length;
  return TRUE;
}

/* What stands at the beginning of a line makes a block of it. */
static void
read_line_start (NatterLexer *self)
{
  const char *start;
  gsize level;

  if (self->at < self->end && *self->at == '|' && count_run (self, self->at) == 2)
    read_bars (self);
  start = self->at;
  if (start == self->end)
    return;
  if (*start == '>' && (start + 1 == self->end || start[1] == ' ' || start[1] == '\n'))
    {
      const char *next = start + 1;

      while (next < self->end && (*next == '>' || *next == ' '))
        next++;
      _natter_lexer_add (self, NATTER_TOKEN_QUOTE, start, next, start, start);
    }
  else if (strncmp (start, "-# ", 3) == 0 && !is_space (self, start + 3))
    _natter_lexer_add (self, NATTER_TOKEN_SMALL, start, start + 3, start, start);
  else if (*start == '#')
    {
      level = count_run (self, start);
      if (level <= MAX_LEVEL && start + level < self->end && start[level] == ' ' && !is_space (self, start + level + 1))
        _natter_lexer_add (self, NATTER_TOKEN_HEADING, start, start + level + 1, start, start)->level = (guint8) level;
    }
}

static gboolean
read_newline (NatterLexer *self)
{
  forget_link (self);
  _natter_lexer_add (self, NATTER_TOKEN_NEWLINE, self->at, self->at + 1, self->at, self->at);
  read_line_start (self);
  return TRUE;
}

/* Reads what begins at `at`; FALSE: nothing but text. */
static gboolean
read_token (NatterLexer *self)
{
  switch (*self->at)
    {
    case '\n': return read_newline (self);
    case '`':  return read_backticks (self);
    case '*':  return _natter_lexer_read_emoji (self) || read_star_or_line (self);
    case '_':  return read_star_or_line (self);
    case '~':  return read_strike (self);
    case '|':  return read_bars (self);
    case '[':  return read_link_start (self);
    case ']':  return read_link_end (self);
    case '\\': return read_escape (self);
    case '<':  return _natter_lexer_read_angle (self);
    case '@':  return _natter_lexer_read_mention (self);
    case '#':  return _natter_lexer_read_emoji (self) || _natter_lexer_read_channel (self);
    case ':':  return _natter_lexer_read_code (self);
    case 'h': case 'H': case 'o': case 'O': case 'm': case 'M':
      return _natter_lexer_read_word (self);
    default:
      return _natter_lexer_read_emoji (self);
    }
}

/* Whether something may begin with @c. Emojis begin with a digit, U+00A9, U+00AE, or at U+203C or behind. */
static gboolean
is_special (char c)
{
  return (g_ascii_ispunct (c) && strchr ("`*_~|[]\\<@#:", c) != NULL) || c == '\n' || g_ascii_isdigit (c)
         || strchr ("hHoOmM\xc2\xe2\xe3\xf0", c) != NULL;
}

static gpointer
make_special (gpointer data)
{
  gboolean *special = g_new0 (gboolean, 256);

  for (guint c = 1; c < 256; c++)
    special[c] = is_special ((char) c);
  return special;
}

/* Returns: (transfer full) (element-type NatterToken): the tokens of @text, which is what natter_clean() made */
GArray *
_natter_lexer_read (const char    *text,
                    gsize          length,
                    NatterDialect  dialect)
{
  static GOnce once = G_ONCE_INIT;
  const gboolean *special = g_once (&once, make_special, NULL);
  NatterLexer self = {
    .text = text,
    .end = text + length,
    .at = text,
    .tokens = g_array_new (FALSE, FALSE, sizeof (NatterToken)),
    .dialect = dialect,
  };

  read_line_start (&self);
  while (self.at < self.end)
    {
      if (!special[(guchar) *self.at] || !read_token (&self))
        self.at++;
    }
  forget_link (&self);
  return self.tokens;
}
