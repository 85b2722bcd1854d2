/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-attachment.h"
#include "natter-channel.h"
#include "natter-embed.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-reaction.h"
#include "natter-server.h"

static NatterServer *
get_server (NatterMessage *self)
{
  return self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
}

static const char *
get_own_name (NatterMessage *self)
{
  NatterServer *server = get_server (self);
  NatterMember *me = server != NULL ? natter_server_get_me (server) : NULL;

  return me != NULL ? natter_member_get_username (me) : NULL;
}

static GListStore *
need_reactions (NatterMessage *self)
{
  if (self->reactions == NULL)
    {
      self->reactions = g_list_store_new (NATTER_TYPE_REACTION);
      _natter_message_notify (self, NATTER_MESSAGE_PROP_REACTIONS);
    }
  return self->reactions;
}

/* (transfer full) (nullable) */
static NatterReaction *
find_reaction (NatterMessage *self,
               const char    *emoji,
               guint         *position)
{
  guint n_items = self->reactions != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->reactions)) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterReaction) reaction = g_list_model_get_item (G_LIST_MODEL (self->reactions), i);

      if (!g_str_equal (natter_reaction_get_emoji (reaction), emoji))
        continue;
      *position = i;
      return g_steal_pointer (&reaction);
    }
  return NULL;
}

static NatterReaction *
make_reaction (NatterMessage      *self,
               const char         *emoji,
               const char * const *users)
{
  NatterServer *server = get_server (self);
  NatterReaction *reaction = natter_reaction_new (emoji, server != NULL ? natter_server_get_address (server) : NULL);

  natter_reaction_set_users (reaction, users, get_own_name (self));
  return reaction;
}

static gboolean
names_emoji (GPtrArray  *wanted,
             const char *emoji)
{
  for (guint i = 0; i < wanted->len; i++)
    if (g_str_equal (((NatterReactionData *) wanted->pdata[i])->emoji, emoji))
      return TRUE;
  return FALSE;
}

/* Makes the list the same as @wanted: what stays keeps its object, and only what differs is changed. */
static void
update_reactions (NatterMessage *self,
                  GPtrArray     *wanted)
{
  if (self->reactions == NULL && wanted->len == 0)
    return;
  need_reactions (self);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->reactions)); i > 0; i--)
    {
      g_autoptr(NatterReaction) reaction = g_list_model_get_item (G_LIST_MODEL (self->reactions), i - 1);

      if (!names_emoji (wanted, natter_reaction_get_emoji (reaction)))
        g_list_store_remove (self->reactions, i - 1);
    }
  for (guint i = 0; i < wanted->len; i++)
    {
      const NatterReactionData *data = wanted->pdata[i];
      guint position;
      g_autoptr(NatterReaction) reaction = find_reaction (self, data->emoji, &position);

      if (reaction != NULL)
        {
          natter_reaction_set_users (reaction, (const char * const *) data->users, get_own_name (self));
          continue;
        }
      reaction = make_reaction (self, data->emoji, (const char * const *) data->users);
      g_list_store_append (self->reactions, reaction);
    }
}

/* Somebody has reacted or taken it back. Returns whether that is news. */
gboolean
_natter_message_react (NatterMessage *self,
                       const char    *emoji,
                       const char    *username,
                       gboolean       add)
{
  guint position;
  g_autoptr(NatterReaction) reaction = find_reaction (self, emoji, &position);

  if (reaction == NULL)
    {
      const char * const users[] = { username, NULL };

      if (!add)
        return FALSE;
      reaction = make_reaction (self, emoji, users);
      g_list_store_append (need_reactions (self), reaction);
      return TRUE;
    }
  if (!natter_reaction_change (reaction, username, add, get_own_name (self)))
    return FALSE;
  if (natter_reaction_get_count (reaction) == 0)
    g_list_store_remove (self->reactions, position);
  return TRUE;
}

static gboolean
has_same_attachments (NatterMessage *self,
                      GPtrArray     *wanted)
{
  guint n_items = self->attachments != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->attachments)) : 0;

  if (n_items != wanted->len)
    return FALSE;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterAttachment) attachment = g_list_model_get_item (G_LIST_MODEL (self->attachments), i);

      if (!natter_attachment_is (attachment, wanted->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
update_attachments (NatterMessage *self,
                    GPtrArray     *wanted)
{
  NatterServer *server = get_server (self);

  if (has_same_attachments (self, wanted))
    return;
  g_clear_object (&self->attachments);
  for (guint i = 0; i < wanted->len && server != NULL; i++)
    {
      g_autoptr(NatterAttachment) attachment =
        natter_attachment_new (wanted->pdata[i], natter_server_get_address (server));

      if (self->attachments == NULL)
        self->attachments = g_list_store_new (NATTER_TYPE_ATTACHMENT);
      g_list_store_append (self->attachments, attachment);
    }
  _natter_message_notify (self, NATTER_MESSAGE_PROP_ATTACHMENTS);
}

/* (transfer full): without polls, which are shown in another way */
static GPtrArray *
pick_embeds (GPtrArray *embeds)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < embeds->len; i++)
    if (((NatterEmbedData *) embeds->pdata[i])->poll_options == NULL)
      g_ptr_array_add (picked, embeds->pdata[i]);
  return picked;
}

static gboolean
has_same_embeds (NatterMessage *self,
                 GPtrArray     *wanted)
{
  guint n_items = self->embeds != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->embeds)) : 0;

  if (n_items != wanted->len)
    return FALSE;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterEmbed) embed = g_list_model_get_item (G_LIST_MODEL (self->embeds), i);

      if (!natter_embed_is (embed, wanted->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
update_embeds (NatterMessage *self,
               GPtrArray     *embeds)
{
  g_autoptr(GPtrArray) wanted = pick_embeds (embeds);

  if (has_same_embeds (self, wanted))
    return;
  g_clear_object (&self->embeds);
  for (guint i = 0; i < wanted->len; i++)
    {
      g_autoptr(NatterEmbed) embed = natter_embed_new (wanted->pdata[i]);

      if (self->embeds == NULL)
        self->embeds = g_list_store_new (NATTER_TYPE_EMBED);
      g_list_store_append (self->embeds, embed);
    }
  _natter_message_notify (self, NATTER_MESSAGE_PROP_EMBEDS);
}

static void
update_poll (NatterMessage *self,
             GPtrArray     *embeds)
{
  if (self->poll != NULL || self->id == NULL || self->channel == NULL)
    return;
  for (guint i = 0; i < embeds->len; i++)
    {
      const NatterEmbedData *data = embeds->pdata[i];

      if (data->poll_options == NULL || data->poll_options->len == 0)
        continue;
      self->poll = natter_poll_new (self->channel, self->id, data);
      _natter_message_notify (self, NATTER_MESSAGE_PROP_POLL);
      return;
    }
}

/* Files that go with a message on its way. */
void
_natter_message_set_attachments (NatterMessage *self,
                                 GPtrArray     *attachments)
{
  update_attachments (self, attachments);
}

/* What hangs on the message; parts that did not change keep their objects. */
void
_natter_message_update_parts (NatterMessage           *self,
                              const NatterMessageData *data)
{
  if (data->reactions != NULL)
    update_reactions (self, data->reactions);
  if (data->attachments != NULL)
    update_attachments (self, data->attachments);
  if (data->embeds == NULL)
    return;
  update_embeds (self, data->embeds);
  update_poll (self, data->embeds);
}
