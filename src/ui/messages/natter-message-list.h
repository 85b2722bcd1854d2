/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-message.h"

G_BEGIN_DECLS

/* The messages, laid out from where the person reads: a GtkScrollable, for a GtkScrolledWindow. Any GListModel of
 * NatterMessage will do, oldest first; what is above the window and below it is estimated and never made.
 *
 * Coordinates are stable: whatever comes, goes or turns out higher above the person's place moves `lower` of the
 * adjustment (which may become negative) or `upper`, and not `value`. So a fling goes on, and nothing jumps.
 *
 * Properties, notified from the main loop and not in the middle of a layout:
 *   model            (read, write) GListModel of NatterMessage, or NULL
 *   following        (read) the end is in sight and stays so; left when the person scrolls up, entered at the end
 *   can-follow       (read, write) the end of the model is the end of the conversation; TRUE as it is made
 *
 * Keys: Up and Down go from message to message, Page Up and Page Down by the page; Home and End activate the actions
 * timeline.first and timeline.last of whoever is around it, who knows where the conversation ends.
 *
 * Signals:
 *   visible-range-changed (first, last)  positions of what is in sight; not emitted when nothing is */
#define NATTER_TYPE_MESSAGE_LIST (natter_message_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageList, natter_message_list, NATTER, MESSAGE_LIST, GtkWidget)

GtkWidget     *natter_message_list_new               (void);
GListModel    *natter_message_list_get_model         (NatterMessageList *self);
void           natter_message_list_set_model         (NatterMessageList *self,
                                                      GListModel        *model);
gboolean       natter_message_list_get_following     (NatterMessageList *self);
gboolean       natter_message_list_get_can_follow    (NatterMessageList *self);
void           natter_message_list_set_can_follow    (NatterMessageList *self,
                                                      gboolean           can_follow);
void           natter_message_list_follow            (NatterMessageList *self);
gboolean       natter_message_list_scroll_to         (NatterMessageList *self,
                                                      NatterMessage     *message,
                                                      gboolean           flash);
gboolean       natter_message_list_get_visible_range (NatterMessageList *self,
                                                      guint             *first,
                                                      guint             *last);
gboolean       natter_message_list_focus_message     (NatterMessageList *self,
                                                      NatterMessage     *message);
void           natter_message_list_focus_first       (NatterMessageList *self);
void           natter_message_list_focus_last        (NatterMessageList *self);
NatterMessage *natter_message_list_get_focused       (NatterMessageList *self);
NatterMessage *natter_message_list_get_message_at    (NatterMessageList *self,
                                                      double             x,
                                                      double             y);
GtkWidget     *natter_message_list_get_row           (NatterMessageList *self,
                                                      NatterMessage     *message);

G_END_DECLS
