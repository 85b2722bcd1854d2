/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-notifier.h"
#include "natter-session.h"

G_BEGIN_DECLS

#define NATTER_TYPE_WINDOW (natter_window_get_type ())
G_DECLARE_FINAL_TYPE (NatterWindow, natter_window, NATTER, WINDOW, AdwApplicationWindow)

NatterWindow *natter_window_new           (GtkApplication *application,
                                           NatterSession  *session,
                                           GSettings      *settings);
void          natter_window_set_notifier  (NatterWindow  *self,
                                           NatterNotifier *notifier);
void          natter_window_select_server (NatterWindow  *self,
                                           NatterServer  *server);
void          natter_window_add_server    (NatterWindow  *self,
                                           const char    *address);
void          natter_window_open_link     (NatterWindow  *self,
                                           const char    *text);
void          natter_window_show_message  (NatterWindow  *self,
                                           NatterServer  *server,
                                           const char    *channel,
                                           const char    *message_id);
void          natter_window_go_to         (NatterWindow  *self,
                                           GObject       *item);
void          natter_window_search        (NatterWindow  *self,
                                           const char    *text);
void          natter_window_add_toast     (NatterWindow  *self,
                                           AdwToast      *toast);
void          natter_window_show_error    (NatterWindow  *self,
                                           const GError  *error);

/* Called when the window has been painted with what is known without the network. */
typedef void (*NatterWindowPaintedFunc) (gpointer data);

void          natter_window_when_painted  (NatterWindow            *self,
                                           NatterWindowPaintedFunc  painted,
                                           gpointer                 data);

G_END_DECLS
