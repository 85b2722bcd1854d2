/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-parser.h"

G_BEGIN_DECLS

typedef enum
{
  NATTER_TOKEN_NEWLINE,
  NATTER_TOKEN_QUOTE,
  NATTER_TOKEN_HEADING,
  NATTER_TOKEN_SMALL,
  NATTER_TOKEN_FENCE,  /* content: the code */
  NATTER_TOKEN_CODE,
  NATTER_TOKEN_ESCAPE, /* content: what stands behind the backslash */
  NATTER_TOKEN_TEXT,   /* a mark that means nothing after all */
  NATTER_TOKEN_LINK_START,
  NATTER_TOKEN_LINK_END, /* content: the address */
  NATTER_TOKEN_ADDRESS,
  NATTER_TOKEN_USER,
  NATTER_TOKEN_ROLE,
  NATTER_TOKEN_CHANNEL,
  NATTER_TOKEN_CUSTOM_EMOJI,
  NATTER_TOKEN_STICKER,
  NATTER_TOKEN_SHORT_CODE,
  NATTER_TOKEN_EMOJI,
  NATTER_TOKEN_TIME,
  NATTER_TOKEN_SPOILER,
  /* Marks that come in pairs within a line, from here on */
  NATTER_TOKEN_BOTH_STAR,
  NATTER_TOKEN_BOTH_LINE,
  NATTER_TOKEN_DOUBLE_STAR,
  NATTER_TOKEN_DOUBLE_LINE,
  NATTER_TOKEN_STRIKE,
  NATTER_TOKEN_SINGLE_STAR,
  NATTER_TOKEN_SINGLE_LINE,
  NATTER_N_TOKENS,
} NatterTokenKind;

typedef enum
{
  NATTER_TOKEN_MAY_OPEN = 1 << 0,
  NATTER_TOKEN_MAY_CLOSE = 1 << 1,
  NATTER_TOKEN_OPENS = 1 << 2,  /* set when pairs are found */
  NATTER_TOKEN_CLOSES = 1 << 3,
} NatterTokenFlags;

/* A piece of the source that is more than text; what lies between tokens is text. */
typedef struct
{
  guint32 start;
  guint32 end;
  guint32 content;
  guint32 content_end;
  guint8  kind;
  guint8  flags;
  guint8  level; /* of a heading */
} NatterToken;

typedef struct
{
  const char   *text;
  const char   *end;
  const char   *at;
  GArray       *tokens; /* NatterToken */
  NatterDialect dialect;
  const char   *bracket;     /* the next `]` at or behind `at`, once looked for */
  const char   *link_end;    /* the `]` of the link that `at` is in, NULL: in none */
  const char   *measured;    /* the `]` behind which an address was looked for */
  const char   *address_end; /* the end of that address, NULL: there is none */
  guint         link_token;
  const char   *fence_end;   /* the next three backticks at or behind where it was looked for */
  gboolean      no_fence;    /* there are no three backticks any more */
  gboolean      no_code;
} NatterLexer;

GArray     *_natter_lexer_read          (const char    *text,
                                         gsize          length,
                                         NatterDialect  dialect);

/* natter-lexer-atoms.c */
gboolean    _natter_lexer_read_word     (NatterLexer   *self);
gboolean    _natter_lexer_read_mention  (NatterLexer   *self);
gboolean    _natter_lexer_read_channel  (NatterLexer   *self);
gboolean    _natter_lexer_read_code     (NatterLexer   *self);
gboolean    _natter_lexer_read_angle    (NatterLexer   *self);
gboolean    _natter_lexer_read_emoji    (NatterLexer   *self);
NatterToken *_natter_lexer_add          (NatterLexer   *self,
                                         NatterTokenKind kind,
                                         const char    *start,
                                         const char    *end,
                                         const char    *content,
                                         const char    *content_end);
gboolean    _natter_lexer_is_letter     (NatterLexer   *self,
                                         const char    *at);
gboolean    _natter_lexer_is_letter_before (NatterLexer *self,
                                         const char    *at);

G_END_DECLS
