/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-channel-list.h"
#include "natter-conversation.h"
#include "natter-forum-page.h"
#include "natter-hint-page.h"
#include "natter-members-pane.h"
#include "natter-search-page.h"
#include "natter-server-rail.h"
#include "natter-visits.h"
#include "natter-window.h"

G_BEGIN_DECLS

/* Somebody waits until what is known without the network has been painted. */
typedef struct
{
  NatterWindow            *window;
  NatterWindowPaintedFunc  painted;
  gpointer                 data;
  guint                    tick;    /* until all is there that is to be painted */
  GdkFrameClock           *clock;   /* from then on */
  gulong                   handler; /* on the clock */
  guint                    source;  /* that calls back at last */
} NatterPaintWait;

struct _NatterWindow
{
  AdwApplicationWindow parent_instance;

  NatterSession          *session;
  GSettings              *settings;
  NatterServer           *server;  /* shown, NULL when there is none */
  NatterChannel          *channel; /* shown, NULL when there is none */
  NatterNotifier         *notifier; /* NULL until it is set */
  NatterMessage          *announce_message; /* the newest that was not announced yet */
  guint                   announce_count;
  guint                   announce_source; /* as long as the next one has to wait */
  char                   *plain_title; /* without what is unread */
  NatterPlace            *wanted;  /* to be shown as soon as it is there */
  NatterVisits           *visits;
  GSignalGroup           *server_signals;
  GSignalGroup           *account_signals;
  GSignalGroup           *channels_signals;
  GSignalGroup           *channel_signals;
  GSignalGroup           *threads_signals; /* of the forum whose thread is shown */
  GSignalGroup           *session_signals;
  GSignalGroup           *servers_signals;
  gulong                  painted_handler; /* on the frame clock, until the channels are painted */
  NatterPaintWait         first_paint;   /* the network waits for it */
  NatterPaintWait         members_paint; /* the members wait for it */
  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  AdwNavigationSplitView *split;
  AdwNavigationPage      *sidebar_page;
  AdwNavigationPage      *content_page;
  NatterServerRail       *rail;
  NatterChannelList      *channel_list;
  AdwWindowTitle         *channel_title;
  AdwBanner              *banner;
  AdwOverlaySplitView    *members_split;
  GtkStack               *content_stack;
  NatterHintPage         *nothing_page;
  NatterConversation     *conversation;
  NatterForumPage        *forum_page;  /* NULL until there is one to show */
  GtkWidget              *forum_button;
  GtkWidget              *thread_menu;
  GMenuModel             *channel_menu; /* what a narrow header has no room for */
  GtkWidget              *members_button;
  GtkWidget              *more_button;
  GtkWidget              *search_button;
  NatterMembersPane      *members_pane;
  NatterSearchPage       *search_page; /* NULL until somebody searches */
  guint                   searching : 1; /* the search is in front of the conversation */
  guint                   placing : 1;   /* whoever shows the channel notes the visit, too */
  guint                   stepping : 1;  /* going back or forward is no new visit */
};

void _natter_window_install_actions (GtkWidgetClass *widget_class);
void _natter_window_update_actions  (NatterWindow   *self);
void _natter_window_update_banner   (NatterWindow   *self);

/* natter-window-failures.c */
void _natter_window_act_failed      (NatterWindow  *self,
                                     NatterChannel *channel,
                                     const char    *message_id,
                                     NatterAct      act,
                                     const GError  *error);

/* natter-window-announce.c */
void _natter_window_announce        (NatterWindow  *self,
                                     NatterChannel *channel,
                                     NatterMessage *message);
void _natter_window_stop_announcing (NatterWindow  *self);

/* natter-window-reading.c */
void _natter_window_set_title    (NatterWindow *self,
                                  const char   *title);
void _natter_window_stop_reading (NatterWindow *self);

/* natter-window.c */
void _natter_window_show_members   (NatterWindow  *self);
void _natter_window_show_server    (NatterWindow  *self,
                                    NatterServer  *server);
void _natter_window_show_channel   (NatterWindow  *self,
                                    NatterChannel *channel);
void _natter_window_update_content (NatterWindow  *self);

/* natter-window-places.c */
void     _natter_window_install_place_actions (GtkWidgetClass *widget_class);
void     _natter_window_init_places           (NatterWindow   *self);
void     _natter_window_update_places         (NatterWindow   *self);
void     _natter_window_leave_place           (NatterWindow   *self);
gboolean _natter_window_show_wanted           (NatterWindow   *self);

/* natter-window-find.c */
void _natter_window_install_find_actions (GtkWidgetClass *widget_class);
void _natter_window_set_searching        (NatterWindow   *self,
                                          gboolean        searching);

/* natter-window-painted.c */
void _natter_window_stop_waiting (NatterWindow *self);

G_END_DECLS
