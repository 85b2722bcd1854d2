/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server.h"
#include "natter-voice-user.h"

static NatterVoiceUser *
make_user (NatterChannel             *self,
           const NatterVoiceUserData *data)
{
  NatterVoiceUser *user =
    natter_voice_user_new (natter_server_intern_member (self->server, data->username), data->peer_id);

  natter_voice_user_set_muted (user, data->muted);
  return user;
}

/* @name: (nullable); @peer_id: (nullable), when the name is not known */
static gboolean
find_user (NatterChannel *self,
           const char    *name,
           const char    *peer_id,
           guint         *position)
{
  NatterMember *member = name != NULL ? natter_server_intern_member (self->server, name) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->voice)); i++)
    {
      g_autoptr(NatterVoiceUser) user = g_list_model_get_item (G_LIST_MODEL (self->voice), i);

      *position = i;
      if (member != NULL ? natter_voice_user_get_member (user) == member
                         : peer_id != NULL && g_strcmp0 (natter_voice_user_get_peer_id (user), peer_id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
_natter_channel_set_voice (NatterChannel *self,
                           GPtrArray     *users)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; users != NULL && i < users->len; i++)
    g_ptr_array_add (objects, make_user (self, users->pdata[i]));
  if (objects->len > 0 || g_list_model_get_n_items (G_LIST_MODEL (self->voice)) > 0)
    g_list_store_splice (self->voice, 0, g_list_model_get_n_items (G_LIST_MODEL (self->voice)), objects->pdata,
                         objects->len);
}

void
_natter_channel_voice_joined (NatterChannel             *self,
                              const NatterVoiceUserData *data)
{
  g_autoptr(NatterVoiceUser) user = make_user (self, data);
  guint position;

  if (find_user (self, data->username, NULL, &position))
    g_list_store_splice (self->voice, position, 1, (gpointer *) &user, 1);
  else
    g_list_store_append (self->voice, user);
}

void
_natter_channel_voice_updated (NatterChannel         *self,
                               const NatterVoiceData *data)
{
  g_autoptr(NatterVoiceUser) user = NULL;
  guint position;

  if (!find_user (self, data->user != NULL ? data->user->username : NULL, data->peer_id, &position))
    return;
  user = g_list_model_get_item (G_LIST_MODEL (self->voice), position);
  natter_voice_user_set_muted (user, data->muted);
}

/* @name: (nullable): %NULL does nothing */
void
_natter_channel_voice_left (NatterChannel *self,
                            const char    *name)
{
  guint position;

  if (name != NULL && find_user (self, name, NULL, &position))
    g_list_store_remove (self->voice, position);
}

/**
 * natter_channel_get_voice:
 * @self: a channel
 *
 * Returns: (transfer none): a list of the #NatterVoiceUser who talk in it, as far as known
 */
GListModel *
natter_channel_get_voice (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return G_LIST_MODEL (self->voice);
}
