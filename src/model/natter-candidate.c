/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-candidate.h"

struct _NatterCandidate
{
  GObject  parent_instance;

  char    *label;
  char    *detail;
  char    *text;
  char    *emoji;
  char    *picture;
  GObject *item;
};

G_DEFINE_FINAL_TYPE (NatterCandidate, natter_candidate, G_TYPE_OBJECT)

static void
natter_candidate_finalize (GObject *object)
{
  NatterCandidate *self = NATTER_CANDIDATE (object);

  g_free (self->label);
  g_free (self->detail);
  g_free (self->text);
  g_free (self->emoji);
  g_free (self->picture);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (natter_candidate_parent_class)->finalize (object);
}

static void
natter_candidate_class_init (NatterCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_candidate_finalize;
}

static void
natter_candidate_init (NatterCandidate *self)
{
}

/**
 * natter_candidate_new:
 * @label: what people call it
 * @detail: (nullable): more about it
 * @text: what is to be written
 * @emoji: (nullable): a character to show in front of it
 * @item: (nullable): the object that it is
 *
 * Returns: (transfer full): the candidate
 */
NatterCandidate *
natter_candidate_new (const char *label,
                      const char *detail,
                      const char *text,
                      const char *emoji,
                      gpointer    item)
{
  NatterCandidate *self = g_object_new (NATTER_TYPE_CANDIDATE, NULL);

  self->label = g_strdup (label);
  self->detail = g_strdup (detail);
  self->text = g_strdup (text);
  self->emoji = g_strdup (emoji);
  g_set_object (&self->item, item);
  return self;
}

/**
 * natter_candidate_new_emoji:
 * @name: of an emoji that a server has of its own, without colons
 * @picture: absolute address of its picture
 *
 * Returns: (transfer full): the candidate
 */
NatterCandidate *
natter_candidate_new_emoji (const char *name,
                            const char *picture)
{
  g_autofree char *text = g_strdup_printf (":%s:", name);
  NatterCandidate *self = natter_candidate_new (text, NULL, text, NULL, NULL);

  self->picture = g_strdup (picture);
  return self;
}

/**
 * natter_candidate_get_label:
 * @self: a candidate
 *
 * Returns: (transfer none): what people call it
 */
const char *
natter_candidate_get_label (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->label;
}

/**
 * natter_candidate_get_detail:
 * @self: a candidate
 *
 * Returns: (transfer none) (nullable): more about it
 */
const char *
natter_candidate_get_detail (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->detail;
}

/**
 * natter_candidate_get_text:
 * @self: a candidate
 *
 * Returns: (transfer none): what is to be written
 */
const char *
natter_candidate_get_text (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->text;
}

/**
 * natter_candidate_get_emoji:
 * @self: a candidate
 *
 * Returns: (transfer none) (nullable): a character to show in front of it
 */
const char *
natter_candidate_get_emoji (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->emoji;
}

/**
 * natter_candidate_get_picture:
 * @self: a candidate
 *
 * Returns: (transfer none) (nullable): absolute address of a picture to show in front of it
 */
const char *
natter_candidate_get_picture (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->picture;
}

/**
 * natter_candidate_get_item:
 * @self: a candidate
 *
 * Returns: (transfer none) (nullable): the #NatterMember, #NatterRole, #NatterChannel or #NatterSlashCommand that it is
 */
gpointer
natter_candidate_get_item (NatterCandidate *self)
{
  g_return_val_if_fail (NATTER_IS_CANDIDATE (self), NULL);

  return self->item;
}
