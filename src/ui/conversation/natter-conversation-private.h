/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-composer.h"
#include "natter-conversation.h"
#include "natter-hint-page.h"
#include "natter-timeline-view.h"
#include "natter-typing-line.h"

G_BEGIN_DECLS

/* Two files: natter-conversation.c shows a channel, natter-conversation-acts.c does what people want done with its
 * messages. */
struct _NatterConversation
{
  AdwBin              parent_instance;

  AdwToastOverlay    *toasts;
  GtkStack           *stack;
  GtkStack           *body;
  NatterHintPage     *error_page;
  AdwBanner          *page_banner;
  NatterTimelineView *view;
  GtkWidget          *jump;
  GtkLabel           *jump_label;
  NatterTypingLine   *typing;
  NatterComposer     *composer;

  NatterChannel      *channel;
  GSignalGroup       *timeline_signals;
  GSignalGroup       *server_signals;
  GSignalGroup       *channel_signals;
  GtkWindow          *window; /* the root while there is one, for whether the person looks */
  GtkWidget          *emoji;  /* the chooser, made when first needed; a child of the view */
  char               *read_id;
  char               *reacting_id; /* the message that the chooser is open for */
  char               *jump_id;     /* the message that is on its way */
  guint               loading : 1;
};

/* natter-conversation-acts.c */
void _natter_conversation_install_acts (GtkWidgetClass     *widget_class);
void _natter_conversation_init_acts    (NatterConversation *self);
void _natter_conversation_leave        (NatterConversation *self,
                                        NatterChannel      *channel);

G_END_DECLS
