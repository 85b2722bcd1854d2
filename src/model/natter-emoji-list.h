/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-candidate.h"
#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterEmojiGroup:
 * @NATTER_EMOJI_USED: what was used last
 * @NATTER_EMOJI_SERVER: what the server has of its own
 * @NATTER_EMOJI_SMILEYS: faces, hearts
 * @NATTER_EMOJI_PEOPLE: people, hands
 * @NATTER_EMOJI_NATURE: animals, plants
 * @NATTER_EMOJI_FOOD: food, drinks
 * @NATTER_EMOJI_TRAVEL: places, vehicles, weather
 * @NATTER_EMOJI_ACTIVITIES: sports, games, arts
 * @NATTER_EMOJI_OBJECTS: things
 * @NATTER_EMOJI_SYMBOLS: signs
 * @NATTER_EMOJI_FLAGS: flags
 *
 * A page of a picker.
 */
typedef enum
{
  NATTER_EMOJI_USED,
  NATTER_EMOJI_SERVER,
  NATTER_EMOJI_SMILEYS,
  NATTER_EMOJI_PEOPLE,
  NATTER_EMOJI_NATURE,
  NATTER_EMOJI_FOOD,
  NATTER_EMOJI_TRAVEL,
  NATTER_EMOJI_ACTIVITIES,
  NATTER_EMOJI_OBJECTS,
  NATTER_EMOJI_SYMBOLS,
  NATTER_EMOJI_FLAGS,
  NATTER_EMOJI_N_GROUPS
} NatterEmojiGroup;

#define NATTER_TYPE_EMOJI_LIST (natter_emoji_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterEmojiList, natter_emoji_list, NATTER, EMOJI_LIST, GObject)

/* A list of #NatterCandidate: the emojis of one group, or those that a search finds. It is renewed by what is set and when
 * the server's own emojis or the colour of the skin change; what was used since it was made comes with the next natter_emoji_list_set_group(). */
NatterEmojiList  *natter_emoji_list_new         (void);
void              natter_emoji_list_set_channel (NatterEmojiList  *self,
                                                 NatterChannel    *channel);
NatterEmojiGroup  natter_emoji_list_get_group   (NatterEmojiList  *self);
void              natter_emoji_list_set_group   (NatterEmojiList  *self,
                                                 NatterEmojiGroup  group);
void              natter_emoji_list_set_search  (NatterEmojiList  *self,
                                                 const char       *search);
guint             natter_emoji_list_get_tone    (NatterEmojiList  *self);
void              natter_emoji_list_set_tone    (NatterEmojiList  *self,
                                                 guint             tone);
gboolean          natter_emoji_list_has_group   (NatterEmojiList  *self,
                                                 NatterEmojiGroup  group);

G_END_DECLS
