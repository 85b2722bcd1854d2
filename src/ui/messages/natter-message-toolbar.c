/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-toolbar"

#include "config.h"

#include "natter-message-toolbar.h"

#include "natter-message-menu.h"

/**
 * NatterMessageToolbar:
 *
 * What one can do with the message under the pointer; one for the whole list. It is for the pointer alone: the keyboard
 * has letters and the menu.
 */
struct _NatterMessageToolbar
{
  AdwBin         parent_instance;

  GtkWidget     *quick;
  GtkWidget     *react;
  GtkWidget     *reply;
  GtkWidget     *edit;
  GtkWidget     *delete;
  GtkMenuButton *more;

  NatterMessage *message;
  GSignalGroup  *signals;
};

G_DEFINE_FINAL_TYPE (NatterMessageToolbar, natter_message_toolbar, ADW_TYPE_BIN)

static const char * const quick_emoji[] = { "👍", "❤️", "😀" };

static void
update (NatterMessageToolbar *self)
{
  gboolean may_react = natter_message_get_may_react (self->message);
  const char *id = natter_message_get_id (self->message);
  GtkWidget *buttons[] = { self->react, self->reply, self->edit, self->delete };

  gtk_widget_set_visible (self->quick, may_react);
  gtk_widget_set_visible (self->react, may_react);
  gtk_widget_set_visible (self->reply, natter_message_get_may_reply (self->message));
  gtk_widget_set_visible (self->edit, natter_message_get_may_edit (self->message));
  gtk_widget_set_visible (self->delete, natter_message_get_may_delete (self->message));
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "s", id);
  for (GtkWidget *button = gtk_widget_get_first_child (self->quick); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", id, gtk_button_get_label (GTK_BUTTON (button)));
}

/* The menu is made when it is wanted. */
static void
on_more (GtkMenuButton *button,
         gpointer       data)
{
  NatterMessageToolbar *self = data;
  g_autoptr(GMenuModel) menu = self->message != NULL ? natter_message_menu_new (self->message) : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static void
natter_message_toolbar_dispose (GObject *object)
{
  NatterMessageToolbar *self = NATTER_MESSAGE_TOOLBAR (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->message);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MESSAGE_TOOLBAR);

  G_OBJECT_CLASS (natter_message_toolbar_parent_class)->dispose (object);
}

static void
natter_message_toolbar_finalize (GObject *object)
{
  g_clear_object (&NATTER_MESSAGE_TOOLBAR (object)->signals);

  G_OBJECT_CLASS (natter_message_toolbar_parent_class)->finalize (object);
}

static void
natter_message_toolbar_class_init (NatterMessageToolbarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_message_toolbar_dispose;
  object_class->finalize = natter_message_toolbar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-message-toolbar.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, quick);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, react);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, reply);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, edit);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, delete);
  gtk_widget_class_bind_template_child (widget_class, NatterMessageToolbar, more);
}

static void
natter_message_toolbar_init (NatterMessageToolbar *self)
{
  const char * const rights[] = { "notify::may-react", "notify::may-reply", "notify::may-edit", "notify::may-delete" };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (quick_emoji); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (quick_emoji[i]);

      gtk_widget_set_focusable (button, FALSE);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "", "");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "message.react");
      gtk_box_append (GTK_BOX (self->quick), button);
    }
  gtk_menu_button_set_create_popup_func (self->more, on_more, self, NULL);

  self->signals = g_signal_group_new (NATTER_TYPE_MESSAGE);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    g_signal_group_connect_swapped (self->signals, rights[i], G_CALLBACK (update), self);
}

/**
 * natter_message_toolbar_new:
 *
 * Returns: (transfer floating): a toolbar about nothing, which is hidden
 */
GtkWidget *
natter_message_toolbar_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_TOOLBAR, NULL);
}

/**
 * natter_message_toolbar_get_message:
 * @self: the toolbar
 *
 * Returns: (transfer none) (nullable): what it is about
 */
NatterMessage *
natter_message_toolbar_get_message (NatterMessageToolbar *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_TOOLBAR (self), NULL);

  return self->message;
}

/**
 * natter_message_toolbar_set_message:
 * @self: the toolbar
 * @message: (nullable): what it is about; it is hidden for none, and for one that the server does not have
 */
void
natter_message_toolbar_set_message (NatterMessageToolbar *self,
                                    NatterMessage        *message)
{
  g_return_if_fail (NATTER_IS_MESSAGE_TOOLBAR (self));
  g_return_if_fail (message == NULL || NATTER_IS_MESSAGE (message));

  if (message != NULL && natter_message_get_id (message) == NULL)
    message = NULL;
  if (!g_set_object (&self->message, message))
    return;
  g_signal_group_set_target (self->signals, message);
  if (message != NULL)
    update (self);
  gtk_widget_set_visible (GTK_WIDGET (self), message != NULL);
}

/**
 * natter_message_toolbar_get_busy:
 * @self: the toolbar
 *
 * Returns: whether its menu is open, so that it has to stay
 */
gboolean
natter_message_toolbar_get_busy (NatterMessageToolbar *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_TOOLBAR (self), FALSE);

  return gtk_menu_button_get_active (self->more);
}
