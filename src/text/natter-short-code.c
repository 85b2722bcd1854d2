/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-short-code.h"

#include <string.h>

#include "natter-lexer.h"

/* What would be read as part of the id that is before it. */
static gboolean
runs_on (const char *rest)
{
  while (*rest == '.')
    rest++;
  return g_ascii_isalnum (*rest) || *rest == '_' || *rest == '-';
}

static char *
replace (const char          *source,
         NatterDialect        dialect,
         NatterTokenKind      kind,
         NatterShortCodeFunc  find,
         gpointer             data)
{
  g_autoptr(GArray) tokens = _natter_lexer_read (source, strlen (source), dialect);
  GString *text = g_string_sized_new (strlen (source));
  guint at = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      const NatterToken *token = &g_array_index (tokens, NatterToken, i);
      g_autofree char *name = NULL;
      g_autofree char *new = NULL;

      if (token->kind != kind || token->start < at)
        continue;
      name = g_strndup (source + token->content, token->content_end - token->content);
      new = find (name, data);
      if (new == NULL)
        continue;
      g_string_append_len (text, source + at, token->start - at);
      g_string_append (text, new);
      at = token->end;
      if (kind == NATTER_TOKEN_SHORT_CODE && runs_on (source + at))
        g_string_append_c (text, ' ');
    }
  g_string_append (text, source + at);
  return g_string_free_and_steal (text);
}

/**
 * natter_short_code_write:
 * @source: what a person wrote, valid UTF-8
 * @dialect: of the server
 * @find: knows what is sent for a name
 * @data: for @find
 *
 * Puts what servers know in the place of each `:name:` that is not in code.
 *
 * Returns: (transfer full): what is to be sent
 */
char *
natter_short_code_write (const char          *source,
                         NatterDialect        dialect,
                         NatterShortCodeFunc  find,
                         gpointer             data)
{
  g_return_val_if_fail (source != NULL && find != NULL, NULL);

  return replace (source, dialect, NATTER_TOKEN_SHORT_CODE, find, data);
}

/**
 * natter_short_code_read:
 * @source: the source of a message, valid UTF-8
 * @dialect: of the server
 * @find: knows what a person writes for the HOST/ID of a custom emoji
 * @data: for @find
 *
 * The other way round: for a person who changes a message.
 *
 * Returns: (transfer full): what that person could have written
 */
char *
natter_short_code_read (const char          *source,
                        NatterDialect        dialect,
                        NatterShortCodeFunc  find,
                        gpointer             data)
{
  g_return_val_if_fail (source != NULL && find != NULL, NULL);

  return replace (source, dialect, NATTER_TOKEN_CUSTOM_EMOJI, find, data);
}
