/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-keys"

#include "config.h"

#include "natter-message-keys.h"

static const NatterMessageKey keys[] = {
  { GDK_KEY_r, "message.reply", natter_message_get_may_reply },
  { GDK_KEY_e, "message.edit", natter_message_get_may_edit },
  { GDK_KEY_plus, "message.pick-reaction", natter_message_get_may_react },
  { GDK_KEY_KP_Add, "message.pick-reaction", natter_message_get_may_react },
  { GDK_KEY_colon, "message.pick-reaction", natter_message_get_may_react },
  { GDK_KEY_w, "message.show-reactions", NULL },
  { GDK_KEY_c, "message.copy-text", NULL },
  { GDK_KEY_l, "message.copy-link", NULL },
  { GDK_KEY_p, "message.pin", natter_message_get_may_pin },
  { GDK_KEY_u, "message.mark-unread", NULL },
  { GDK_KEY_Delete, "message.delete", natter_message_get_may_delete },
  { GDK_KEY_KP_Delete, "message.delete", natter_message_get_may_delete },
};

/**
 * natter_message_keys_get:
 * @count: (out): how many there are
 *
 * Returns: (transfer none) (array length=count): all of them
 */
const NatterMessageKey *
natter_message_keys_get (guint *count)
{
  g_return_val_if_fail (count != NULL, NULL);

  *count = G_N_ELEMENTS (keys);
  return keys;
}

/**
 * natter_message_keys_activate:
 * @widget: from where the actions are found
 * @message: the message that has the keyboard
 * @key: what was pressed
 * @modifiers: with it
 *
 * Does what the key stands for. One that may not be done is answered with the error bell.
 *
 * Returns: whether it stands for anything
 */
gboolean
natter_message_keys_activate (GtkWidget       *widget,
                              NatterMessage   *message,
                              guint            key,
                              GdkModifierType  modifiers)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0
      || natter_message_get_id (message) == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].key != gdk_keyval_to_lower (key))
        continue;
      if (keys[i].may == NULL || keys[i].may (message))
        gtk_widget_activate_action (widget, keys[i].action, "s", natter_message_get_id (message));
      else
        gtk_widget_error_bell (widget);
      return TRUE;
    }
  return FALSE;
}
