/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-pairs.h"

/* Which marks belong together. Each kind is looked at by itself, as the web clients do it: one that opens goes with the
 * next of its kind that closes, within a line; what lies between does not matter. So spans may overlap, and
 * nothing nests. */

static void
join (NatterToken *opening,
      NatterToken *closing)
{
  opening->flags |= NATTER_TOKEN_OPENS;
  closing->flags |= NATTER_TOKEN_CLOSES;
}

static gboolean
is_joined (const NatterToken *token)
{
  return (token->flags & (NATTER_TOKEN_OPENS | NATTER_TOKEN_CLOSES)) != 0;
}

/* Three marks that have no partner are two marks and a letter. */
static void
shorten (NatterToken *token)
{
  token->kind = token->kind == NATTER_TOKEN_BOTH_STAR ? NATTER_TOKEN_DOUBLE_STAR : NATTER_TOKEN_DOUBLE_LINE;
  token->end--;
}

static void
join_kinds (NatterToken *tokens,
            guint        n_tokens,
            guint        first,
            guint        last)
{
  NatterToken *open[NATTER_N_TOKENS] = { NULL };

  for (guint i = 0; i < n_tokens; i++)
    {
      NatterToken *token = &tokens[i];

      if (token->kind < first || token->kind > last)
        continue;
      if (open[token->kind] != NULL && (token->flags & NATTER_TOKEN_MAY_CLOSE) != 0)
        {
          join (open[token->kind], token);
          open[token->kind] = NULL;
        }
      else if (open[token->kind] == NULL && (token->flags & NATTER_TOKEN_MAY_OPEN) != 0)
        open[token->kind] = token;
    }
}

static void
join_line (NatterToken *tokens,
           guint        n_tokens)
{
  join_kinds (tokens, n_tokens, NATTER_TOKEN_BOTH_STAR, NATTER_TOKEN_BOTH_LINE);
  for (guint i = 0; i < n_tokens; i++)
    if ((tokens[i].kind == NATTER_TOKEN_BOTH_STAR || tokens[i].kind == NATTER_TOKEN_BOTH_LINE) && !is_joined (&tokens[i]))
      shorten (&tokens[i]);
  join_kinds (tokens, n_tokens, NATTER_TOKEN_DOUBLE_STAR, NATTER_TOKEN_SINGLE_LINE);
}

static void
join_spoilers (GArray *tokens)
{
  NatterToken *open = NULL;

  for (guint i = 0; i < tokens->len; i++)
    {
      NatterToken *token = &g_array_index (tokens, NatterToken, i);

      if (token->kind != NATTER_TOKEN_SPOILER)
        continue;
      if (open == NULL || token->start == open->end)
        open = token;
      else
        {
          join (open, token);
          open = NULL;
        }
    }
}

/* Sets which of @tokens open and close a span; marks left alone are text. */
void
_natter_pairs_find (GArray *tokens)
{
  guint start = 0;

  join_spoilers (tokens);
  for (guint i = 0; i <= tokens->len; i++)
    {
      guint kind = i < tokens->len ? g_array_index (tokens, NatterToken, i).kind : NATTER_TOKEN_NEWLINE;

      if (kind != NATTER_TOKEN_NEWLINE && kind != NATTER_TOKEN_FENCE)
        continue;
      if (i > start)
        join_line (&g_array_index (tokens, NatterToken, start), i - start);
      start = i + 1;
    }
}
