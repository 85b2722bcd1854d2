/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-channel-menu.h"
#include "natter-error-text.h"
#include "natter-frame-watch.h"
#include "natter-late-menu.h"
#include "natter-pins-button.h"
#include "natter-trace.h"
#include "natter-welcome-page.h"

G_DEFINE_FINAL_TYPE (NatterWindow, natter_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
can_be_read (NatterChannel *channel)
{
  NatterChannelType kind = natter_channel_get_kind (channel);

  return kind == NATTER_CHANNEL_TEXT || kind == NATTER_CHANNEL_CHAT || kind == NATTER_CHANNEL_THREAD;
}

static void
update_title (NatterWindow *self)
{
  const char *channel = self->channel != NULL ? natter_channel_get_title (self->channel) : "";
  NatterChannel *forum = self->channel != NULL ? natter_channel_get_parent (self->channel) : NULL;
  const char *description = self->channel != NULL ? natter_channel_get_description (self->channel) : NULL;
  const char *server = self->server != NULL ? natter_server_get_name (self->server) : NULL;
  g_autofree char *title = NULL;

  if (forum != NULL)
    description = natter_channel_get_title (forum);
  adw_window_title_set_title (self->channel_title, self->searching ? _("Search") : channel);
  adw_window_title_set_subtitle (self->channel_title, description != NULL && !self->searching ? description : "");
  adw_navigation_page_set_title (self->content_page, *channel != '\0' ? channel : _("Conversation"));
  adw_navigation_page_set_title (self->sidebar_page, server != NULL ? server : _("Channels"));
  if (*channel != '\0' && server != NULL)
    title = g_strdup_printf ("%s · %s", channel, server);
  _natter_window_set_title (self, title);
}

static void
thread_chosen_cb (NatterWindow *self, NatterChannel *thread)
{
  _natter_window_show_channel (self, thread);
  if (!natter_conversation_focus_entry (self->conversation)
      && !gtk_widget_child_focus (GTK_WIDGET (self->conversation), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->forum_button);
}

/* @forum: (nullable) */
static void
show_forum (NatterWindow *self, NatterChannel *forum)
{
  if (forum != NULL && self->forum_page == NULL)
    {
      self->forum_page = NATTER_FORUM_PAGE (natter_forum_page_new ());
      g_signal_connect_object (self->forum_page, "chosen", G_CALLBACK (thread_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->content_stack, GTK_WIDGET (self->forum_page), "forum");
    }
  if (self->forum_page != NULL)
    natter_forum_page_set_forum (self->forum_page, forum);
}

void
_natter_window_update_content (NatterWindow *self)
{
  gboolean readable = self->channel != NULL && can_be_read (self->channel);
  gboolean is_forum = self->channel != NULL && natter_channel_get_kind (self->channel) == NATTER_CHANNEL_FORUM;

  natter_conversation_set_channel (self->conversation, readable ? self->channel : NULL);
  show_forum (self, is_forum ? self->channel : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.go-to-date", readable);
  update_title (self);
  if (self->searching)
    {
      gtk_stack_set_visible_child_name (self->content_stack, "search");
      return;
    }
  if (is_forum)
    {
      gtk_stack_set_visible_child_name (self->content_stack, "forum");
      return;
    }
  if (readable)
    {
      gtk_stack_set_visible_child_name (self->content_stack, "conversation");
      return;
    }
  if (self->channel == NULL)
    {
      natter_hint_page_set_icon_name (self->nothing_page, "natter-channel-chat-symbolic");
      natter_hint_page_set_title (self->nothing_page, _("No Channel Selected"));
      natter_hint_page_set_description (self->nothing_page, NULL);
    }
  else
    {
      natter_hint_page_set_icon_name (self->nothing_page, "natter-channel-voice-symbolic");
      natter_hint_page_set_title (self->nothing_page, _("Nothing to Read Here"));
      natter_hint_page_set_description (self->nothing_page,
                                       _("This is a voice channel. Natter can’t talk or listen yet."));
    }
  gtk_stack_set_visible_child_name (self->content_stack, "nothing");
}

/* In a narrow header the name of the channel needs the room, and a menu has the rest; threads have a menu already. */
static void
update_members_button (NatterWindow *self)
{
  gboolean is_thread = self->channel != NULL && natter_channel_get_thread_id (self->channel) != NULL;
  gboolean narrow = adw_navigation_split_view_get_collapsed (self->split);

  gtk_widget_set_visible (self->members_button, !narrow);
  gtk_widget_set_visible (self->search_button, !narrow);
  gtk_widget_set_visible (self->more_button, narrow && !is_thread);
}

static void
update_thread (NatterWindow *self)
{
  NatterChannel *forum = self->channel != NULL ? natter_channel_get_parent (self->channel) : NULL;

  g_signal_group_set_target (self->threads_signals, forum != NULL ? natter_channel_get_threads (forum) : NULL);
  gtk_widget_set_visible (self->forum_button, forum != NULL);
  gtk_widget_set_visible (self->thread_menu, forum != NULL);
  update_members_button (self);
  if (forum != NULL)
    natter_channel_menu_attach (self->thread_menu, self->thread_menu, self->channel);
}

/* Without noting anything when it is shown already. */
void
_natter_window_show_channel (NatterWindow *self, NatterChannel *channel)
{
  if (self->channel == channel)
    return;
  _natter_window_leave_place (self);
  g_set_object (&self->channel, channel);
  g_signal_group_set_target (self->channel_signals, channel);
  update_thread (self);
  if (channel != NULL)
    natter_server_set_last_channel (self->server, natter_channel_get_name (channel));
  natter_channel_list_set_selected (self->channel_list, channel);
  /* When the window gets narrow, it is the conversation that stays. */
  if (channel != NULL && !adw_navigation_split_view_get_collapsed (self->split))
    adw_navigation_split_view_set_show_content (self->split, TRUE);
  if (channel != NULL && !self->placing)
    natter_visits_add (self->visits, channel, NULL);
  if (channel != NULL)
    self->searching = FALSE;
  _natter_window_update_content (self);
}

static gboolean
has_channel (NatterServer *server, NatterChannel *channel)
{
  return channel != NULL && natter_server_lookup_channel (server, natter_channel_get_name (channel)) == channel;
}

/* A thread that is deleted leaves one in its forum. */
static void
threads_changed_cb (NatterWindow *self)
{
  NatterChannel *forum = natter_channel_get_parent (self->channel);

  if (!has_channel (self->server, self->channel))
    _natter_window_show_channel (self, forum);
}

static void
forum_clicked_cb (NatterWindow *self)
{
  NatterChannel *forum = self->channel != NULL ? natter_channel_get_parent (self->channel) : NULL;

  if (forum == NULL)
    return;
  _natter_window_show_channel (self, forum);
  gtk_widget_child_focus (GTK_WIDGET (self->forum_page), GTK_DIR_TAB_FORWARD);
}

static void
create_thread_menu (GtkMenuButton *button, gpointer data)
{
  NatterWindow *self = data;
  g_autoptr(GMenuModel) menu = self->channel != NULL ? natter_channel_menu_new (self->channel) : NULL;

  if (menu != NULL && adw_navigation_split_view_get_collapsed (self->split))
    g_menu_prepend_section (G_MENU (menu), NULL, self->channel_menu);
  gtk_menu_button_set_menu_model (button, menu);
}

/* The one read last, else the first that can be read. */
static NatterChannel *
choose_channel (NatterServer *server)
{
  GListModel *channels = natter_server_get_channels (server);
  const char *last = natter_server_get_last_channel (server);
  NatterChannel *channel = last != NULL ? natter_server_lookup_channel (server, last) : NULL;

  for (guint i = 0; channel == NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) candidate = g_list_model_get_item (channels, i);

      if (can_be_read (candidate))
        channel = candidate; /* the server holds it */
    }
  return channel;
}

static void
channels_painted_cb (NatterWindow *self, GdkFrameClock *clock)
{
  guint count = self->server != NULL ? g_list_model_get_n_items (natter_server_get_channels (self->server)) : 0;

  g_clear_signal_handler (&self->painted_handler, clock);
  natter_trace ("channels-shown", "i:count", (gint64) count);
}

static void
watch_for_paint (NatterWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (natter_trace_enabled () && clock != NULL && self->painted_handler == 0)
    self->painted_handler = g_signal_connect_object (clock, "after-paint", G_CALLBACK (channels_painted_cb), self, G_CONNECT_SWAPPED);
}

static void
channels_changed_cb (NatterWindow *self)
{
  if (self->server == NULL)
    return;
  if (g_list_model_get_n_items (natter_server_get_channels (self->server)) > 0)
    watch_for_paint (self);
  if (!_natter_window_show_wanted (self) && !has_channel (self->server, self->channel))
    _natter_window_show_channel (self, choose_channel (self->server));
}

static void
server_changed_cb (NatterWindow *self)
{
  g_signal_group_set_target (self->account_signals, self->server != NULL ? natter_server_get_account (self->server) : NULL);
  update_title (self);
  _natter_window_update_actions (self);
  _natter_window_update_banner (self);
}

void
_natter_window_show_server (NatterWindow *self, NatterServer *server)
{
  GListModel *channels;

  if (!g_set_object (&self->server, server))
    return;
  _natter_window_show_channel (self, NULL);
  channels = server != NULL ? natter_server_get_channels (server) : NULL;
  adw_banner_set_revealed (self->banner, FALSE);
  g_signal_group_set_target (self->server_signals, server);
  natter_server_rail_set_selected (self->rail, server);
  natter_channel_list_set_server (self->channel_list, server);
  _natter_window_show_members (self);
  g_signal_group_set_target (self->channels_signals, channels);
  if (server != NULL)
    g_settings_set_string (self->settings, "selected-server", natter_server_get_id (server));
  server_changed_cb (self);
  channels_changed_cb (self);
}

static void
server_selected_cb (NatterWindow *self)
{
  if (natter_server_rail_get_selected (self->rail) != NULL)
    _natter_window_show_server (self, natter_server_rail_get_selected (self->rail));
}

static void
channel_selected_cb (NatterWindow *self)
{
  if (natter_channel_list_get_selected (self->channel_list) != NULL)
    _natter_window_show_channel (self, natter_channel_list_get_selected (self->channel_list));
}

static void
channel_activated_cb (NatterWindow *self)
{
  /* What was asked for before and has not come is not what the person wants now. */
  g_clear_pointer (&self->wanted, natter_place_free);
  _natter_window_set_searching (self, FALSE);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  if (can_be_read (self->channel))
    natter_conversation_focus_entry (self->conversation);
}

static NatterServer *
find_server (NatterWindow *self, const char *id)
{
  GListModel *servers = natter_session_get_servers (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (g_strcmp0 (natter_server_get_id (server), id) == 0)
        return server; /* the session holds it */
    }
  return NULL;
}

static GtkWidget *
new_welcome_page (NatterWindow *self)
{
  return natter_welcome_page_new (self->session);
}

static GtkWidget *
new_loading_page (NatterWindow *self)
{
  GtkWidget *page = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();

  adw_header_bar_set_show_title (ADW_HEADER_BAR (bar), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (page), bar);
  return page;
}

/* Most starts never need it. */
static void
show_page (NatterWindow *self, const char *name, GtkWidget *(*make) (NatterWindow *self))
{
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL)
    gtk_stack_add_named (self->stack, make (self), name);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
servers_changed_cb (NatterWindow *self)
{
  GListModel *servers = natter_session_get_servers (self->session);
  gboolean loaded = FALSE;

  if (self->server == NULL || find_server (self, natter_server_get_id (self->server)) == NULL)
    {
      g_autofree char *id = g_settings_get_string (self->settings, "selected-server");
      g_autoptr(NatterServer) first = g_list_model_get_item (servers, 0);
      NatterServer *last = find_server (self, id);

      _natter_window_show_server (self, last != NULL ? last : first);
    }
  g_object_get (self->session, "loaded", &loaded, NULL);
  if (g_list_model_get_n_items (servers) > 0)
    gtk_stack_set_visible_child_name (self->stack, "main");
  else if (loaded)
    show_page (self, "welcome", new_welcome_page);
  else
    show_page (self, "loading", new_loading_page);
}

/* The members are folded away while there is no room, and as the person left them when there is. */
static void
members_collapsed_cb (NatterWindow *self)
{
  gboolean show = self->settings != NULL && g_settings_get_boolean (self->settings, "show-members");

  adw_overlay_split_view_set_show_sidebar (self->members_split, show && !adw_overlay_split_view_get_collapsed (self->members_split));
}

static void
members_shown_cb (NatterWindow *self)
{
  if (self->settings != NULL && !adw_overlay_split_view_get_collapsed (self->members_split))
    g_settings_set_boolean (self->settings, "show-members", adw_overlay_split_view_get_show_sidebar (self->members_split));
}

static void
natter_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (natter_window_parent_class)->map (widget);
  natter_trace ("window-mapped");
}

static void
natter_window_dispose (GObject *object)
{
  NatterWindow *self = NATTER_WINDOW (object);

  _natter_window_stop_waiting (self);
  _natter_window_stop_reading (self);
  if (self->visits != NULL)
    g_signal_handlers_disconnect_by_data (self->visits, self);
  _natter_window_stop_announcing (self);
  g_clear_object (&self->server_signals);
  g_clear_object (&self->account_signals);
  g_clear_object (&self->channels_signals);
  g_clear_object (&self->channel_signals);
  g_clear_object (&self->threads_signals);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->servers_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_WINDOW);
  g_clear_object (&self->channel);
  g_clear_object (&self->server);
  g_clear_object (&self->visits);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->notifier);
  g_clear_pointer (&self->plain_title, g_free);
  g_clear_pointer (&self->wanted, natter_place_free);

  G_OBJECT_CLASS (natter_window_parent_class)->dispose (object);
}

static void
natter_window_class_init (NatterWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_window_dispose;
  widget_class->map = natter_window_map;

  g_type_ensure (NATTER_TYPE_SERVER_RAIL);
  g_type_ensure (NATTER_TYPE_CHANNEL_LIST);
  g_type_ensure (NATTER_TYPE_CONVERSATION);
  g_type_ensure (NATTER_TYPE_PINS_BUTTON);
  g_type_ensure (NATTER_TYPE_HINT_PAGE);
  g_type_ensure (NATTER_TYPE_MEMBERS_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-window.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, split);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, sidebar_page);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, channel_list);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, channel_title);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, members_split);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, content_stack);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, conversation);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, forum_button);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, members_button);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, more_button);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, channel_menu);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, thread_menu);
  gtk_widget_class_bind_template_callback (widget_class, natter_conversation_jump_to);
  gtk_widget_class_bind_template_child (widget_class, NatterWindow, members_pane);
  gtk_widget_class_bind_template_callback (widget_class, server_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, channel_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, channel_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_members_button);
  gtk_widget_class_bind_template_callback (widget_class, forum_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, members_collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, members_shown_cb);
  _natter_window_install_actions (widget_class);
  _natter_window_install_place_actions (widget_class);
  _natter_window_install_find_actions (widget_class);
}

static void
make_groups (NatterWindow *self)
{
  static const char * const server_properties[] = { "notify::state", "notify::reason", "notify::handshake", "notify::account", "notify::name" };

  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "message-arrived", G_CALLBACK (_natter_window_announce), self);
  for (guint i = 0; i < G_N_ELEMENTS (server_properties); i++)
    g_signal_group_connect_swapped (self->server_signals, server_properties[i], G_CALLBACK (server_changed_cb), self);
  self->account_signals = g_signal_group_new (NATTER_TYPE_ACCOUNT);
  g_signal_group_connect_swapped (self->account_signals, "notify::needs-sign-in", G_CALLBACK (_natter_window_update_banner), self);
  self->channels_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->channels_signals, "items-changed", G_CALLBACK (channels_changed_cb), self);
  self->channel_signals = g_signal_group_new (NATTER_TYPE_CHANNEL);
  g_signal_group_connect_swapped (self->channel_signals, "notify::title", G_CALLBACK (update_title), self);
  g_signal_group_connect_swapped (self->channel_signals, "notify::description", G_CALLBACK (update_title), self);
  self->threads_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->threads_signals, "items-changed", G_CALLBACK (threads_changed_cb), self);
  g_signal_group_connect_swapped (self->channel_signals, "notify::kind", G_CALLBACK (_natter_window_update_content), self);
  self->session_signals = g_signal_group_new (NATTER_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::loaded", G_CALLBACK (servers_changed_cb), self);
  g_signal_group_connect_swapped (self->session_signals, "act-failed", G_CALLBACK (_natter_window_act_failed), self);
  self->servers_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->servers_signals, "items-changed", G_CALLBACK (servers_changed_cb), self);
}

static void
natter_window_init (NatterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_groups (self);
  natter_late_menu_set (GTK_MENU_BUTTON (self->more_button), self->channel_menu);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->thread_menu), create_thread_menu, self, NULL);
  natter_frame_watch_start (GTK_WIDGET (self));
}

static void
bind_settings (NatterWindow *self)
{
  g_autoptr(GAction) style = g_settings_create_action (self->settings, "style");

  g_action_map_add_action (G_ACTION_MAP (self), style);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  members_collapsed_cb (self);
}

/**
 * natter_window_new:
 * @application: the application
 * @session: whose servers are shown
 * @settings: where the size and the look are kept
 *
 * Makes the window.
 *
 * Returns: (transfer none): the window, owned by GTK until it is closed
 */
NatterWindow *
natter_window_new (GtkApplication *application, NatterSession *session, GSettings *settings)
{
  NatterWindow *self = g_object_new (NATTER_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  bind_settings (self);
  _natter_window_init_places (self);
  natter_server_rail_set_session (self->rail, session);
  g_signal_group_set_target (self->session_signals, session);
  g_signal_group_set_target (self->servers_signals, natter_session_get_servers (session));
  _natter_window_update_content (self);
  servers_changed_cb (self);
  _natter_window_update_actions (self);
  return self;
}

/**
 * natter_window_select_server:
 * @self: the window
 * @server: a server of the list
 *
 * Shows @server.
 */
void
natter_window_select_server (NatterWindow *self, NatterServer *server)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (NATTER_IS_SERVER (server));

  _natter_window_show_server (self, server);
}

/**
 * natter_window_add_toast:
 * @self: the window
 * @toast: (transfer full): a toast
 *
 * Shows a toast.
 */
void
natter_window_add_toast (NatterWindow *self, AdwToast *toast)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * natter_window_show_error:
 * @self: the window
 * @error: what went wrong
 *
 * Says that something did not work and what to do about it.
 */
void
natter_window_show_error (NatterWindow *self, const GError *error)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  g_return_if_fail (NATTER_IS_WINDOW (self));

  text = natter_error_text_dup (error);
  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
