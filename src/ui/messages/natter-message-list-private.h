/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message-item.h"
#include "natter-message-list.h"

G_BEGIN_DECLS

/* Three files: natter-message-list.c is the widget and its model, natter-message-list-layout.c decides which rows
 * there are and where, natter-message-list-focus.c has the keyboard. */

#define NATTER_MESSAGE_LIST_NOWHERE G_MAXUINT

/* A row that exists. All places are in content coordinates, in which the adjustment's value is the top of the view. */
typedef struct
{
  NatterMessageItem *widget;
  guint              position; /* in the model, or NOWHERE: waits for its next use, perhaps with its old message */
  int                y;        /* as of the last layout, like the height */
  int                height;
} NatterMessageListRow;

typedef enum
{
  NATTER_MESSAGE_LIST_STAY,
  NATTER_MESSAGE_LIST_JUMP,   /* the target to the upper third */
  NATTER_MESSAGE_LIST_REVEAL, /* the target into sight, by the shortest way */
} NatterMessageListMove;

struct _NatterMessageList
{
  GtkWidget              parent_instance;

  GtkAdjustment         *hadjustment;
  GtkAdjustment         *vadjustment;

  GListModel            *model;
  GArray                *heights; /* int, for each item what it was last measured as, 0 if never */
  GPtrArray             *rows;    /* NatterMessageListRow */
  double                 average; /* height of a row, for those that were never measured */

  /* The item that stays where it is while all others are placed around it. */
  guint                  anchor;
  int                    anchor_y;
  NatterMessageListMove  move;    /* what the next layout does besides */
  NatterMessage         *target;

  double                 last_value;
  guint                  first_visible;
  guint                  last_visible; /* less than first_visible: nothing is */
  guint                  report_source;
  guint                  told_first;
  guint                  told_last;

  NatterMessage         *focused; /* where the keyboard was last, whether it still is or not */
  NatterMessage         *flash;
  guint                  flash_source;

  guint                  hscroll_policy : 1;
  guint                  vscroll_policy : 1;
  guint                  following : 1;
  guint                  told_following : 1;
  guint                  can_follow : 1;
  guint                  laying_out : 1;
  guint                  scrolled : 1; /* the view has moved since the anchor was chosen */
};

/* natter-message-list.c */
void     _natter_message_list_queue_report (NatterMessageList     *self);
void     _natter_message_list_stop_fling   (NatterMessageList     *self);
gboolean _natter_message_list_find         (NatterMessageList     *self,
                                            NatterMessage         *message,
                                            guint                 *position);

/* natter-message-list-layout.c */
void     _natter_message_list_free_row     (NatterMessageListRow  *row);
NatterMessageListRow *
         _natter_message_list_ensure_row   (NatterMessageList     *self,
                                            guint                  position);
NatterMessageListRow *
         _natter_message_list_get_row      (NatterMessageList     *self,
                                            guint                  position);
gboolean _natter_message_list_is_kept      (NatterMessageList     *self,
                                            NatterMessageListRow  *row);
void     _natter_message_list_splice       (NatterMessageList     *self,
                                            guint                  position,
                                            guint                  removed,
                                            guint                  added);
void     _natter_message_list_allocate     (GtkWidget             *widget,
                                            int                    width,
                                            int                    height,
                                            int                    baseline);

/* natter-message-list-focus.c */
void     _natter_message_list_class_init_focus (GtkWidgetClass    *widget_class);
void     _natter_message_list_move_focus       (NatterMessageList *self,
                                                guint              position);

G_END_DECLS
