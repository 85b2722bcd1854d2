/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-server-private.h"
#include "natter-session.h"

/* Whether pictures of other sites are loaded: asked once for each server. */

#define REMOTE_MEDIA NATTER_SERVER_REMOTE_MEDIA

G_DEFINE_ENUM_TYPE (NatterRemoteMedia, natter_remote_media,
                    G_DEFINE_ENUM_VALUE (NATTER_REMOTE_MEDIA_NEVER, "never"),
                    G_DEFINE_ENUM_VALUE (NATTER_REMOTE_MEDIA_ASK, "ask"),
                    G_DEFINE_ENUM_VALUE (NATTER_REMOTE_MEDIA_ALWAYS, "always"),
                    G_DEFINE_ENUM_VALUE (NATTER_REMOTE_MEDIA_DEFAULT, "default"))

/* Pictures of people and of the server itself follow. */
void
_natter_server_remote_media_changed (NatterServer *self)
{
  natter_roster_show_foreign (self->roster, natter_server_get_remote_media (self) == NATTER_REMOTE_MEDIA_ALWAYS);
  _natter_server_names_changed (self);
  g_object_notify (G_OBJECT (self), "remote-media");
  if (self->icon != NULL && !natter_server_has_site (self, self->icon))
    g_object_notify (G_OBJECT (self), "icon");
}

/**
 * natter_server_get_own_remote_media:
 * @self: a server
 *
 * Returns: what the person has set for this server, %NATTER_REMOTE_MEDIA_DEFAULT when nothing
 */
NatterRemoteMedia
natter_server_get_own_remote_media (NatterServer *self)
{
  g_autoptr(GEnumClass) choices = g_type_class_ref (NATTER_TYPE_REMOTE_MEDIA);
  GEnumValue *choice;
  const char *value;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NATTER_REMOTE_MEDIA_DEFAULT);

  value = natter_server_get_setting (self, "", REMOTE_MEDIA);
  choice = value != NULL ? g_enum_get_value_by_nick (choices, value) : NULL;
  return choice != NULL ? (NatterRemoteMedia) choice->value : NATTER_REMOTE_MEDIA_DEFAULT;
}

/**
 * natter_server_get_remote_media:
 * @self: a server
 *
 * Returns: what is done with pictures of other sites there
 */
NatterRemoteMedia
natter_server_get_remote_media (NatterServer *self)
{
  NatterRemoteMedia own = natter_server_get_own_remote_media (self);

  if (own != NATTER_REMOTE_MEDIA_DEFAULT)
    return own;
  return self->session != NULL ? natter_session_get_remote_media (self->session) : NATTER_REMOTE_MEDIA_ASK;
}

/**
 * natter_server_set_remote_media:
 * @self: a server
 * @remote_media: what is to be done with pictures of other sites there: in messages, of people, and of the server
 */
void
natter_server_set_remote_media (NatterServer      *self,
                                NatterRemoteMedia  remote_media)
{
  g_autoptr(GEnumClass) choices = g_type_class_ref (NATTER_TYPE_REMOTE_MEDIA);

  g_return_if_fail (NATTER_IS_SERVER (self));

  if (natter_server_get_own_remote_media (self) == remote_media)
    return;
  natter_server_set_setting (self, "", REMOTE_MEDIA,
                             remote_media != NATTER_REMOTE_MEDIA_DEFAULT
                               ? g_enum_get_value (choices, (int) remote_media)->value_nick : NULL);
}

/**
 * natter_server_has_site:
 * @self: a server
 * @uri: an absolute address
 *
 * Returns: whether it leads to the server itself, which knows already that somebody reads there
 */
gboolean
natter_server_has_site (NatterServer *self,
                        const char   *uri)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  return natter_address_has_site (self->address, uri);
}

/**
 * natter_server_judge_picture:
 * @self: a server
 * @uri: absolute address of a picture that the server told of
 *
 * Returns: what is to be done with it; what is on the server itself is always loaded
 */
NatterRemoteMedia
natter_server_judge_picture (NatterServer *self,
                             const char   *uri)
{
  return natter_server_has_site (self, uri) ? NATTER_REMOTE_MEDIA_ALWAYS : natter_server_get_remote_media (self);
}
