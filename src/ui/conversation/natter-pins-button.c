/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-pins-button"

#include "config.h"

#include "natter-pins-button.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-hint-page.h"
#include "natter-message.h"
#include "natter-message-time.h"
#include "natter-plain-name.h"

/**
 * NatterPinsButton:
 *
 * Opens the list of the pinned messages of a channel. One that is chosen is told by #NatterPinsButton::chosen.
 *
 * Properties: channel (nullable).
 */
struct _NatterPinsButton
{
  AdwBin         parent_instance;

  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkStack      *stack;
  NatterHintPage *error_page;
  GtkListBox    *list;

  NatterChannel *channel;
  GSignalGroup  *signals;
};

enum
{
  PROP_0,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint chosen;

G_DEFINE_FINAL_TYPE (NatterPinsButton, natter_pins_button, ADW_TYPE_BIN)

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  NatterMessage *message = item;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = natter_plain_name (natter_message_get_author_name (message));
  g_autofree char *plain = natter_message_dup_plain (message);
  g_autofree char *text = natter_plain_name (plain);
  g_autofree char *time = natter_message_time_format_full (natter_message_get_time (message));
  /* Translators: above a pinned message: who wrote it, when */
  g_autofree char *title = g_strdup_printf (_("%s, %s"), name, time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "pinned-message");
  g_object_set_data_full (G_OBJECT (row), "natter-id", g_strdup (natter_message_get_id (message)), g_free);
  return row;
}

static void
on_row_activated (NatterPinsButton *self,
                  GtkListBoxRow    *row)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (row), "natter-id"));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, chosen, 0, id);
}

static void
update (NatterPinsButton *self)
{
  NatterPins *pins = self->channel != NULL ? natter_channel_get_pins (self->channel) : NULL;

  if (pins == NULL)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (pins)) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "pins");
      /* The popover was opened before there was anything to move the keyboard to. */
      if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == NULL)
        gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
    }
  else if (natter_pins_get_loading (pins))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (natter_pins_get_error (pins) != NULL)
    {
      g_autofree char *text = natter_error_text_dup (natter_pins_get_error (pins));

      natter_hint_page_set_description (self->error_page, text);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* The list is made when it is wanted. */
static void
on_map (NatterPinsButton *self)
{
  NatterPins *pins = self->channel != NULL ? natter_channel_get_pins (self->channel) : NULL;

  if (pins == NULL)
    return;
  g_signal_group_set_target (self->signals, pins);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (pins), make_row, NULL, NULL);
  natter_pins_load (pins);
  update (self);
}

static void
on_closed (NatterPinsButton *self)
{
  g_signal_group_set_target (self->signals, NULL);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
natter_pins_button_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_object (value, natter_pins_button_get_channel (NATTER_PINS_BUTTON (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_pins_button_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      natter_pins_button_set_channel (NATTER_PINS_BUTTON (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_pins_button_dispose (GObject *object)
{
  NatterPinsButton *self = NATTER_PINS_BUTTON (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->channel);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_PINS_BUTTON);

  G_OBJECT_CLASS (natter_pins_button_parent_class)->dispose (object);
}

static void
natter_pins_button_finalize (GObject *object)
{
  g_clear_object (&NATTER_PINS_BUTTON (object)->signals);

  G_OBJECT_CLASS (natter_pins_button_parent_class)->finalize (object);
}

static void
natter_pins_button_class_init (NatterPinsButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_pins_button_get_property;
  object_class->set_property = natter_pins_button_set_property;
  object_class->dispose = natter_pins_button_dispose;
  object_class->finalize = natter_pins_button_finalize;

  properties[PROP_CHANNEL] =
    g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * NatterPinsButton::chosen:
   * @self: the button
   * @id: id of a message of the channel
   *
   * The person wants to see that message.
   */
  chosen = g_signal_new ("chosen", NATTER_TYPE_PINS_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                         G_TYPE_STRING);

  g_type_ensure (NATTER_TYPE_HINT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-pins-button.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterPinsButton, button);
  gtk_widget_class_bind_template_child (widget_class, NatterPinsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, NatterPinsButton, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterPinsButton, error_page);
  gtk_widget_class_bind_template_child (widget_class, NatterPinsButton, list);
  gtk_widget_class_bind_template_callback (widget_class, on_map);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
natter_pins_button_init (NatterPinsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NATTER_TYPE_PINS);
  g_signal_group_connect_swapped (self->signals, "notify::loading", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::error", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::n-items", G_CALLBACK (update), self);
}

/**
 * natter_pins_button_get_channel:
 * @self: the button
 *
 * Returns: (transfer none) (nullable): whose pinned messages it shows
 */
NatterChannel *
natter_pins_button_get_channel (NatterPinsButton *self)
{
  g_return_val_if_fail (NATTER_IS_PINS_BUTTON (self), NULL);

  return self->channel;
}

/**
 * natter_pins_button_set_channel:
 * @self: the button
 * @channel: (nullable): whose pinned messages to show; the button is hidden for none, and for a thread, which has none
 */
void
natter_pins_button_set_channel (NatterPinsButton *self,
                                NatterChannel    *channel)
{
  g_return_if_fail (NATTER_IS_PINS_BUTTON (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (!g_set_object (&self->channel, channel))
    return;
  gtk_popover_popdown (self->popover);
  gtk_widget_set_visible (GTK_WIDGET (self), channel != NULL && natter_channel_get_thread_id (channel) == NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}
