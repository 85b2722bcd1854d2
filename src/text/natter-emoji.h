/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NatterEmoji:
 * @text: the emoji
 * @name: its English name, "grinning face"
 * @codes: its short names without colons, separated by spaces; may be empty
 * @tags: words to find it by, separated by spaces
 * @group: of the Unicode charts: 0 smileys, 1 people, 3 animals, 4 food, 5 travel, 6 activities, 7 objects, 8 symbols,
 *   9 flags
 *
 * An emoji of Unicode. Constant.
 */
typedef struct
{
  const char *text;
  const char *name;
  const char *codes;
  const char *tags;
  guint       group;
} NatterEmoji;

#define NATTER_EMOJI_MAX_TONE 5

const NatterEmoji *natter_emoji_get_all   (guint      *n_emojis);
const NatterEmoji *natter_emoji_lookup    (const char *code,
                                           gsize       length);
const NatterEmoji *natter_emoji_find      (const char *text);
char              *natter_emoji_with_tone (const char *text,
                                           guint       tone);
gsize              natter_emoji_measure   (const char *text,
                                           const char *end);

G_END_DECLS
