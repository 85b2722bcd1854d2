/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-menu"

#include "config.h"

#include "natter-message-menu.h"

#include <glib/gi18n.h>

#include "natter-member.h"

static void
add (GMenu      *section,
     const char *label,
     const char *action,
     const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (section, item);
}

static void
add_answers (GMenu         *section,
             NatterMessage *message)
{
  const char *id = natter_message_get_id (message);

  if (natter_message_get_may_reply (message))
    {
      add (section, _("_Reply"), "message.reply", id);
      if (*natter_message_get_content (message) != '\0')
        add (section, _("_Quote"), "message.quote", id);
    }
  if (natter_message_get_may_react (message))
    add (section, _("R_eact…"), "message.pick-reaction", id);
  if (natter_message_get_reactions (message) != NULL && g_list_model_get_n_items (natter_message_get_reactions (message)) > 0)
    add (section, _("_Who Reacted"), "message.show-reactions", id);
}

static void
add_copies (GMenu         *section,
            NatterMessage *message)
{
  const char *id = natter_message_get_id (message);

  if (*natter_message_get_content (message) != '\0')
    add (section, _("_Copy Text"), "message.copy-text", id);
  add (section, _("Copy _Link"), "message.copy-link", id);
  if (natter_message_get_origin (message) == NATTER_MESSAGE_FROM_PERSON)
    add (section, _("Show _Author"), "win.show-member", natter_member_get_username (natter_message_get_author (message)));
  add (section, _("Mark as _Unread From Here"), "message.mark-unread", id);
}

static void
add_changes (GMenu         *section,
             NatterMessage *message)
{
  const char *id = natter_message_get_id (message);

  if (natter_message_get_may_edit (message))
    add (section, _("Ed_it"), "message.edit", id);
  if (natter_message_get_waiting (message))
    /* Translators: takes back a new text of a message that the server was not told yet */
    add (section, _("Discard Edi_t"), "message.discard-change", id);
  if (natter_message_get_may_pin (message))
    add (section, natter_message_get_pinned (message) ? _("Un_pin") : _("_Pin"), "message.pin", id);
  if (natter_message_get_may_delete (message))
    add (section, _("_Delete"), "message.delete", id);
}

/**
 * natter_message_menu_new:
 * @message: a message
 *
 * Returns: (transfer full) (nullable): what one may do with it, as far as known, as actions with its id; %NULL while the server
 *   does not have it
 */
GMenuModel *
natter_message_menu_new (NatterMessage *message)
{
  void (* const parts[]) (GMenu *section, NatterMessage *message) = { add_answers, add_copies, add_changes };
  GMenu *menu;

  g_return_val_if_fail (NATTER_IS_MESSAGE (message), NULL);

  if (natter_message_get_id (message) == NULL)
    return NULL;
  menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GMenu) section = g_menu_new ();

      parts[i] (section, message);
      if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
        g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  return G_MENU_MODEL (menu);
}
