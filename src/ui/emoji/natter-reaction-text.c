/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-reaction-text"

#include "config.h"

#include "natter-reaction-text.h"

#include "natter-plain-name.h"
#include "natter-server.h"

/**
 * natter_reaction_text_dup:
 * @reaction: a reaction
 * @server: (nullable): where it is
 *
 * Returns: (transfer full): its emoji in a line of text: a character, or `:name:`
 */
char *
natter_reaction_text_dup (NatterReaction *reaction,
                          NatterServer   *server)
{
  const char *id = natter_reaction_get_custom_id (reaction);
  const char *known = id != NULL && server != NULL && natter_reaction_get_picture (reaction) != NULL
                        ? natter_server_lookup_emoji_name (server, id) : NULL;
  g_autofree char *name = natter_plain_name (known != NULL ? known : id != NULL ? id : natter_reaction_get_emoji (reaction));

  return id != NULL ? g_strconcat (":", name, ":", NULL) : g_steal_pointer (&name);
}
