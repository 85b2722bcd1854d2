/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-lexer.h"

#include <string.h>

#include "natter-emoji.h"
#include "natter-link.h"

/* What is one thing in the text: addresses, mentions, pictures, moments. */

#define MAX_NAME 128
#define MAX_PATH 256
#define MAX_SHORT_CODE 96
#define EMOJI_PREFIX "originchats:<emoji>//"
#define STICKER_PREFIX "originchats:<sticker>//"

static gboolean
has_prefix (NatterLexer *self,
            const char  *at,
            const char  *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (self->end - at) > length && g_ascii_strncasecmp (at, prefix, length) == 0;
}

/* HOST/ID from @at; returns its end, NULL when it is none. */
static const char *
measure_picture (NatterLexer *self,
                 const char  *at)
{
  const char *start = at;
  const char *id;

  while (at < self->end && at - start < MAX_PATH && (g_ascii_isalnum (*at) || strchr (".-:[]", *at) != NULL))
    at++;
  if (at == start || at == self->end || *at != '/')
    return NULL;
  id = ++at;
  while (at < self->end && at - start < MAX_PATH && (g_ascii_isalnum (*at) || strchr ("_.-", *at) != NULL)
         && !has_prefix (self, at, EMOJI_PREFIX) && !has_prefix (self, at, STICKER_PREFIX))
    at++;
  while (at > id && at[-1] == '.')
    at--;
  return at > id ? at : NULL;
}

static gboolean
read_picture (NatterLexer     *self,
              const char      *prefix,
              NatterTokenKind  kind)
{
  const char *content;
  const char *end;

  if (!has_prefix (self, self->at, prefix))
    return FALSE;
  content = self->at + strlen (prefix);
  end = measure_picture (self, content);
  if (end == NULL)
    return FALSE;
  _natter_lexer_add (self, kind, self->at, end, content, end);
  return TRUE;
}

/* originChats:<emoji>//HOST/ID, and addresses. */
gboolean
_natter_lexer_read_word (NatterLexer *self)
{
  gsize length;

  if (read_picture (self, EMOJI_PREFIX, NATTER_TOKEN_CUSTOM_EMOJI)
      || read_picture (self, STICKER_PREFIX, NATTER_TOKEN_STICKER))
    return TRUE;
  if (self->link_end != NULL || _natter_lexer_is_letter_before (self, self->at))
    return FALSE;
  length = natter_link_measure (self->at, self->end);
  if (length == 0)
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_ADDRESS, self->at, self->at + length, self->at, self->at + length);
  return TRUE;
}

/* Marks at the end of a name close what was opened before it: `__@ada__`. */
static const char *
trim_name (NatterLexer *self,
           const char  *sign,
           const char  *start,
           const char  *end)
{
  const char *before = sign;

  while (before > self->text && before[-1] == '_' && end > start && end[-1] == '_')
    {
      before--;
      end--;
    }
  return end;
}

static const char *
measure_name (NatterLexer *self,
              const char  *start,
              const char  *inner)
{
  const char *at = start;
  const char *end = start;

  while (at < self->end && at - start < MAX_NAME)
    {
      gboolean is_word = *at == '_' || _natter_lexer_is_letter (self, at);

      if (!is_word && strchr (inner, *at) == NULL)
        break;
      at = g_utf8_next_char (at);
      if (is_word)
        end = at;
    }
  return end;
}

/* @name, @USR:name, @&role */
gboolean
_natter_lexer_read_mention (NatterLexer *self)
{
  const char *start = self->at;
  const char *name = start + 1;
  const char *end;
  gboolean is_role = name < self->end && *name == '&';
  gboolean is_prefixed;

  if (self->link_end != NULL || _natter_lexer_is_letter_before (self, start))
    return FALSE;
  if (is_role)
    name++;
  is_prefixed = !is_role && strncmp (name, "USR:", 4) == 0;
  if (is_prefixed)
    end = measure_name (self, name + 4, ".-:");
  else
    end = measure_name (self, name, is_role ? "-" : ".-");
  end = trim_name (self, start, name, end);
  if (end <= name || (is_prefixed && end <= name + 4))
    return FALSE;
  if (!is_role && self->end - end > 1 && *end == '#' && g_ascii_isdigit (end[1]))
    {
      for (end++; end < self->end && g_ascii_isdigit (*end) && end - name < MAX_NAME;)
        end++;
    }
  _natter_lexer_add (self, is_role ? NATTER_TOKEN_ROLE : NATTER_TOKEN_USER, start, end, name, end);
  return TRUE;
}

/* Names of channels may have anything in them that names of files may. */
static gboolean
is_channel_character (NatterLexer *self,
                      const char  *at)
{
  gunichar c;

  if ((guchar) *at < 0x80)
    return g_ascii_isalnum (*at) || *at == '_' || *at == '-';
  c = g_utf8_get_char (at);
  return !g_unichar_isspace (c) && (!g_unichar_ispunct (c) || g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL);
}

gboolean
_natter_lexer_read_channel (NatterLexer *self)
{
  const char *start = self->at;
  const char *name = start + 1;
  const char *end = name;

  if (self->link_end != NULL || _natter_lexer_is_letter_before (self, start)
      || (start > self->text && strchr ("#&/", start[-1]) != NULL))
    return FALSE;
  while (end < self->end && end - name < MAX_NAME && is_channel_character (self, end))
    end = g_utf8_next_char (end);
  end = trim_name (self, start, name, end);
  if (end <= name)
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_CHANNEL, start, end, name, end);
  return TRUE;
}

/* :name: */
gboolean
_natter_lexer_read_code (NatterLexer *self)
{
  const char *start = self->at;
  const char *name = start + 1;
  const char *end = name;

  while (end < self->end && end - name < MAX_SHORT_CODE && *end != ':' && *end != '\n')
    end++;
  if (end == name || end == self->end || *end != ':')
    return FALSE;
  /* 12:30:45 */
  if (start > self->text && g_ascii_isdigit (start[-1]) && end + 1 < self->end && g_ascii_isdigit (end[1]))
    return FALSE;
  if (natter_emoji_lookup (name, end - name) == NULL)
    {
      for (const char *at = name; at < end; at++)
        if (!g_ascii_isalnum (*at) && *at != '_')
          return FALSE;
    }
  _natter_lexer_add (self, NATTER_TOKEN_SHORT_CODE, start, end + 1, name, end);
  return TRUE;
}

static gboolean
read_time (NatterLexer *self)
{
  const char *start = self->at;
  const char *content = start + 3;
  const char *at = content;

  if (at < self->end && *at == '-')
    at++;
  for (guint i = 0; i < 12 && at < self->end && g_ascii_isdigit (*at); i++)
    at++;
  if (at == content || at[-1] == '-')
    return FALSE;
  if (self->end - at > 2 && *at == ':' && strchr ("tTdDfFR", at[1]) != NULL)
    at += 2;
  if (at == self->end || *at != '>')
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_TIME, start, at + 1, content, at);
  return TRUE;
}

/* <t:0:R>, <https://…> */
gboolean
_natter_lexer_read_angle (NatterLexer *self)
{
  const char *content = self->at + 1;
  gsize length;

  if (self->dialect != NATTER_DIALECT_NEW || self->link_end != NULL)
    return FALSE;
  if (self->end - content > 3 && strncmp (content, "t:", 2) == 0)
    return read_time (self);
  length = natter_link_measure (content, self->end);
  if (length == 0 || content + length == self->end || content[length] != '>')
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_ADDRESS, self->at, content + length + 1, content, content + length);
  return TRUE;
}

/* A run of emojis. */
gboolean
_natter_lexer_read_emoji (NatterLexer *self)
{
  const char *at = self->at;
  gsize length;

  while ((length = natter_emoji_measure (at, self->end)) > 0)
    at += length;
  if (at == self->at)
    return FALSE;
  _natter_lexer_add (self, NATTER_TOKEN_EMOJI, self->at, at, self->at, at);
  return TRUE;
}
