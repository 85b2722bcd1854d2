/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#define BUTTON_BACK    8
#define BUTTON_FORWARD 9

/* To be called before something else is shown, so that one comes back to where one was. */
void
_natter_window_leave_place (NatterWindow *self)
{
  g_autofree char *position = NULL;

  if (self->channel == NULL || self->stepping)
    return;
  position = natter_conversation_dup_position (self->conversation);
  natter_visits_leave (self->visits, position);
}

static void
show_place_in_channel (NatterWindow *self, NatterChannel *channel, const char *message_id)
{
  if (message_id != NULL && natter_conversation_get_channel (self->conversation) == channel)
    natter_conversation_jump_to (self->conversation, message_id);
  else if (self->stepping)
    gtk_widget_activate_action (GTK_WIDGET (self->conversation), "conversation.jump-to-latest", NULL);
}

/* Whether what is wanted is there by now, and is shown. */
gboolean
_natter_window_show_wanted (NatterWindow *self)
{
  g_autoptr(NatterPlace) place = NULL;
  NatterChannel *channel = NULL;

  if (self->wanted == NULL || self->wanted->server != self->server || self->wanted->channel == NULL)
    return FALSE;
  if (self->wanted->thread != NULL)
    channel = natter_server_lookup_channel (self->server, self->wanted->thread);
  /* A thread that is gone, or not told yet: its forum is next to it. */
  if (channel == NULL)
    channel = natter_server_lookup_channel (self->server, self->wanted->channel);
  if (channel == NULL)
    return FALSE;
  place = g_steal_pointer (&self->wanted);
  if (channel == self->channel)
    _natter_window_leave_place (self);
  self->placing = TRUE;
  _natter_window_show_channel (self, channel);
  self->placing = FALSE;
  if (!self->stepping)
    natter_visits_add (self->visits, channel, place->message);
  _natter_window_set_searching (self, FALSE);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  show_place_in_channel (self, channel, place->message);
  return TRUE;
}

/* Takes the place. */
static void
show_place (NatterWindow *self, NatterPlace *place)
{
  g_clear_pointer (&self->wanted, natter_place_free);
  self->wanted = place;
  if (self->server != place->server)
    _natter_window_show_server (self, place->server);
  _natter_window_show_wanted (self);
}

static NatterPlace *
make_place (NatterServer *server, const char *channel, const char *message_id)
{
  NatterPlace *place = g_new0 (NatterPlace, 1);

  place->server = g_object_ref (server);
  place->channel = g_strdup (channel);
  place->message = g_strdup (message_id);
  return place;
}

/**
 * natter_window_show_message:
 * @self: the window
 * @server: a server of the list
 * @channel: name of a channel, or id of a thread
 * @message_id: (nullable): id of a message there; %NULL for the end of the channel
 *
 * Shows a message where it is, as soon as the channel is known; it is fetched when it is not at hand. When it is not there
 * any more, the conversation says so.
 */
void
natter_window_show_message (NatterWindow *self, NatterServer *server, const char *channel, const char *message_id)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (NATTER_IS_SERVER (server));
  g_return_if_fail (channel != NULL);

  show_place (self, make_place (server, channel, message_id));
}

/**
 * natter_window_open_link:
 * @self: the window
 * @text: an address, or a link of one of the known clients
 *
 * Shows the place that a link is about, or offers to add its server when that is not in the list.
 */
void
natter_window_open_link (NatterWindow *self, const char *text)
{
  g_autoptr(NatterPlace) place = NULL;

  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  place = natter_session_find_link (self->session, text, self->server, NULL);
  if (place == NULL || place->server == NULL)
    natter_window_add_server (self, text);
  else
    show_place (self, g_steal_pointer (&place));
}

static void
open_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  natter_window_open_link (NATTER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  NatterChannel *channel;
  const char *message_id;

  _natter_window_leave_place (self);
  channel = natter_visits_step (self->visits, g_str_equal (name, "win.back") ? -1 : 1, &message_id);
  if (channel == NULL)
    return;
  self->stepping = TRUE;
  show_place (self, make_place (natter_channel_get_server (channel), natter_channel_get_name (channel), message_id));
  self->stepping = FALSE;
}

static void
step_unread_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  int step = g_str_equal (name, "win.next-unread") ? 1 : -1;
  NatterChannel *channel = natter_session_find_unread (self->session, self->channel, step);

  if (channel == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  natter_window_show_message (self, natter_channel_get_server (channel), natter_channel_get_name (channel), NULL);
  natter_conversation_focus_entry (self->conversation);
}

static void
button_pressed_cb (NatterWindow *self, int n_press, double x, double y, GtkGesture *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (button != BUTTON_BACK && button != BUTTON_FORWARD)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), button == BUTTON_BACK ? "win.back" : "win.forward", NULL);
}

/* A dialog may have the same keys for its own pages. */
void
_natter_window_update_places (NatterWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_free = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL;

  gtk_widget_action_set_enabled (widget, "win.back", is_free && natter_visits_get_can_go_back (self->visits));
  gtk_widget_action_set_enabled (widget, "win.forward", is_free && natter_visits_get_can_go_forward (self->visits));
}

void
_natter_window_install_place_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-link", "s", open_link_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "win.next-unread", NULL, step_unread_action);
  gtk_widget_class_install_action (widget_class, "win.previous-unread", NULL, step_unread_action);
}

void
_natter_window_init_places (NatterWindow *self)
{
  GtkGesture *buttons = gtk_gesture_click_new ();

  self->visits = g_object_ref (natter_session_get_visits (self->session));
  g_signal_connect_object (self->visits, "notify", G_CALLBACK (_natter_window_update_places), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::visible-dialog", G_CALLBACK (_natter_window_update_places), self, G_CONNECT_DEFAULT);
  _natter_window_update_places (self);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (buttons), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (buttons), GTK_PHASE_CAPTURE);
  g_signal_connect_object (buttons, "pressed", G_CALLBACK (button_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (buttons));
}
