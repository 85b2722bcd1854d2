/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-emoji-list.h"

#include "natter-channel.h"
#include "natter-completion-private.h"
#include "natter-emoji.h"
#include "natter-server-private.h"
#include "natter-session.h"

#include <string.h>

/* More is no help. */
#define MAX_FOUND 120

struct _NatterEmojiList
{
  GObject           parent_instance;

  GPtrArray        *candidates;
  NatterChannel    *channel;
  GSignalGroup     *emojis;
  GSignalGroup     *session;
  char             *search; /* NULL: none */
  NatterEmojiGroup  group;
};

static void natter_emoji_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterEmojiList, natter_emoji_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, natter_emoji_list_list_model_init))

/* Of the Unicode charts. */
static const guint chart_groups[NATTER_EMOJI_N_GROUPS] = {
  [NATTER_EMOJI_SMILEYS] = 0,
  [NATTER_EMOJI_PEOPLE] = 1,
  [NATTER_EMOJI_NATURE] = 3,
  [NATTER_EMOJI_FOOD] = 4,
  [NATTER_EMOJI_TRAVEL] = 5,
  [NATTER_EMOJI_ACTIVITIES] = 6,
  [NATTER_EMOJI_OBJECTS] = 7,
  [NATTER_EMOJI_SYMBOLS] = 8,
  [NATTER_EMOJI_FLAGS] = 9,
};

static GType
natter_emoji_list_get_item_type (GListModel *model)
{
  return NATTER_TYPE_CANDIDATE;
}

static guint
natter_emoji_list_get_n_items (GListModel *model)
{
  return NATTER_EMOJI_LIST (model)->candidates->len;
}

static gpointer
natter_emoji_list_get_item (GListModel *model,
                            guint       position)
{
  NatterEmojiList *self = NATTER_EMOJI_LIST (model);

  return position < self->candidates->len ? g_object_ref (self->candidates->pdata[position]) : NULL;
}

static void
natter_emoji_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_emoji_list_get_item_type;
  iface->get_n_items = natter_emoji_list_get_n_items;
  iface->get_item = natter_emoji_list_get_item;
}

static NatterServer *
get_server (NatterEmojiList *self)
{
  return self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
}

static void
add_chart (NatterEmojiList *self,
           guint            group)
{
  guint tone = natter_emoji_list_get_tone (self);
  guint n_emojis;
  const NatterEmoji *emojis = natter_emoji_get_all (&n_emojis);

  for (guint i = 0; i < n_emojis; i++)
    {
      g_autofree char *text = NULL;

      if (emojis[i].group != group)
        continue;
      text = natter_emoji_with_tone (emojis[i].text, tone);
      g_ptr_array_add (self->candidates, natter_candidate_new (emojis[i].name, NULL, text, text, NULL));
    }
}

static void
add_own (NatterEmojiList *self)
{
  GListModel *emojis = get_server (self) != NULL ? natter_server_get_emojis (get_server (self)) : NULL;

  for (guint i = 0; emojis != NULL && i < g_list_model_get_n_items (emojis); i++)
    g_ptr_array_add (self->candidates, g_list_model_get_item (emojis, i));
}

/* (transfer full) (nullable): what a used one is now; the server may no longer have it */
static NatterCandidate *
find_used (NatterEmojiList *self,
           const char      *text)
{
  GListModel *emojis = natter_server_get_emojis (get_server (self));
  const NatterEmoji *emoji;

  for (guint i = 0; *text == ':' && i < g_list_model_get_n_items (emojis); i++)
    {
      g_autoptr(NatterCandidate) candidate = g_list_model_get_item (emojis, i);

      if (g_str_equal (natter_candidate_get_text (candidate), text))
        return g_steal_pointer (&candidate);
    }
  if (*text == ':' || natter_emoji_measure (text, text + strlen (text)) != strlen (text) || *text == '\0')
    return NULL;
  emoji = natter_emoji_find (text);
  return natter_candidate_new (emoji != NULL ? emoji->name : text, NULL, text, text, NULL);
}

static void
add_used (NatterEmojiList *self)
{
  g_auto(GStrv) used = get_server (self) != NULL ? natter_server_dup_used_emojis (get_server (self)) : NULL;

  for (gsize i = 0; used != NULL && used[i] != NULL; i++)
    {
      NatterCandidate *candidate = find_used (self, used[i]);

      if (candidate != NULL)
        g_ptr_array_add (self->candidates, candidate);
    }
}

static void
find (NatterEmojiList *self)
{
  g_autoptr(GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  NatterCompletionQuery query = { .kind = NATTER_COMPLETION_EMOJI, .text = self->search, .option = -1,
                                  .max = MAX_FOUND, .used = used };

  g_autoptr(GPtrArray) found = _natter_completion_search (self->channel, &query);
  guint tone = natter_emoji_list_get_tone (self);

  for (guint i = 0; i < found->len; i++)
    {
      const char *emoji = natter_candidate_get_emoji (found->pdata[i]);
      g_autofree char *text = emoji != NULL ? natter_emoji_with_tone (emoji, tone) : NULL;

      g_ptr_array_add (self->candidates, text != NULL ? natter_candidate_new (natter_candidate_get_label (found->pdata[i]),
                                                                              NULL, text, text, NULL)
                                                      : g_object_ref (found->pdata[i]));
    }
}

static void
refresh (NatterEmojiList *self)
{
  g_autoptr(GPtrArray) old = self->candidates;

  self->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->search != NULL && get_server (self) != NULL)
    find (self);
  else if (self->group == NATTER_EMOJI_USED)
    add_used (self);
  else if (self->group == NATTER_EMOJI_SERVER)
    add_own (self);
  else
    add_chart (self, chart_groups[self->group]);
  if (old->len > 0 || self->candidates->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, self->candidates->len);
}

static void
on_emojis_changed (NatterEmojiList *self)
{
  if (self->search != NULL || self->group <= NATTER_EMOJI_SERVER)
    refresh (self);
}

static void
natter_emoji_list_dispose (GObject *object)
{
  NatterEmojiList *self = NATTER_EMOJI_LIST (object);

  g_signal_group_set_target (self->emojis, NULL);
  g_signal_group_set_target (self->session, NULL);
  g_clear_object (&self->channel);
  G_OBJECT_CLASS (natter_emoji_list_parent_class)->dispose (object);
}

static void
natter_emoji_list_finalize (GObject *object)
{
  NatterEmojiList *self = NATTER_EMOJI_LIST (object);

  g_object_unref (self->emojis);
  g_object_unref (self->session);
  g_ptr_array_unref (self->candidates);
  g_free (self->search);
  G_OBJECT_CLASS (natter_emoji_list_parent_class)->finalize (object);
}

static void
natter_emoji_list_class_init (NatterEmojiListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_emoji_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = natter_emoji_list_finalize;
}

static void
natter_emoji_list_init (NatterEmojiList *self)
{
  self->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  self->group = NATTER_EMOJI_SMILEYS;
  self->emojis = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->emojis, "items-changed", G_CALLBACK (on_emojis_changed), self);
  self->session = g_signal_group_new (NATTER_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session, "notify::skin-tone", G_CALLBACK (refresh), self);
}

/**
 * natter_emoji_list_new:
 *
 * Returns: (transfer full): a list that is empty until a group is set
 */
NatterEmojiList *
natter_emoji_list_new (void)
{
  return g_object_new (NATTER_TYPE_EMOJI_LIST, NULL);
}

/**
 * natter_emoji_list_set_channel:
 * @self: a list
 * @channel: (nullable): where the emoji is to be used
 */
void
natter_emoji_list_set_channel (NatterEmojiList *self,
                               NatterChannel   *channel)
{
  g_return_if_fail (NATTER_IS_EMOJI_LIST (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (!g_set_object (&self->channel, channel))
    return;
  g_signal_group_set_target (self->emojis,
                             get_server (self) != NULL ? natter_server_get_emojis (get_server (self)) : NULL);
  g_signal_group_set_target (self->session, get_server (self) != NULL ? get_server (self)->session : NULL);
  refresh (self);
}

/**
 * natter_emoji_list_get_group:
 * @self: a list
 *
 * Returns: what it holds while nothing is searched for
 */
NatterEmojiGroup
natter_emoji_list_get_group (NatterEmojiList *self)
{
  g_return_val_if_fail (NATTER_IS_EMOJI_LIST (self), NATTER_EMOJI_SMILEYS);

  return self->group;
}

/**
 * natter_emoji_list_set_group:
 * @self: a list
 * @group: what it is to hold while nothing is searched for
 *
 * Ends a search.
 */
void
natter_emoji_list_set_group (NatterEmojiList  *self,
                             NatterEmojiGroup  group)
{
  g_return_if_fail (NATTER_IS_EMOJI_LIST (self));
  g_return_if_fail (group < NATTER_EMOJI_N_GROUPS);

  self->group = group;
  g_clear_pointer (&self->search, g_free);
  refresh (self);
}

/**
 * natter_emoji_list_set_search:
 * @self: a list
 * @search: (nullable): words of an emoji; %NULL or empty: the group is shown
 */
void
natter_emoji_list_set_search (NatterEmojiList *self,
                              const char      *search)
{
  g_return_if_fail (NATTER_IS_EMOJI_LIST (self));

  if (search != NULL && *search == '\0')
    search = NULL;
  if (g_set_str (&self->search, search))
    refresh (self);
}

/**
 * natter_emoji_list_get_tone:
 * @self: a list
 *
 * Returns: as natter_session_get_skin_tone()
 */
guint
natter_emoji_list_get_tone (NatterEmojiList *self)
{
  g_return_val_if_fail (NATTER_IS_EMOJI_LIST (self), 0);

  return get_server (self) != NULL && get_server (self)->session != NULL
           ? natter_session_get_skin_tone (get_server (self)->session) : 0;
}

/**
 * natter_emoji_list_set_tone:
 * @self: a list
 * @tone: of the skin of people, 1 (light) to 5 (dark), 0: none in particular
 *
 * It is the same in all lists.
 */
void
natter_emoji_list_set_tone (NatterEmojiList *self,
                            guint            tone)
{
  g_return_if_fail (NATTER_IS_EMOJI_LIST (self));
  g_return_if_fail (tone <= NATTER_EMOJI_MAX_TONE);

  if (get_server (self) != NULL && get_server (self)->session != NULL)
    natter_session_set_skin_tone (get_server (self)->session, tone);
}

/**
 * natter_emoji_list_has_group:
 * @self: a list
 * @group: a group
 *
 * Returns: whether there is anything in it
 */
gboolean
natter_emoji_list_has_group (NatterEmojiList  *self,
                             NatterEmojiGroup  group)
{
  g_auto(GStrv) used = NULL;

  g_return_val_if_fail (NATTER_IS_EMOJI_LIST (self), FALSE);

  if (group > NATTER_EMOJI_SERVER)
    return TRUE;
  if (get_server (self) == NULL)
    return FALSE;
  if (group == NATTER_EMOJI_SERVER)
    return g_list_model_get_n_items (natter_server_get_emojis (get_server (self))) > 0;
  used = natter_server_dup_used_emojis (get_server (self));
  return *used != NULL;
}
