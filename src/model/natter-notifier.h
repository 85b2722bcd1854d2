/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterNoticeKind:
 * @NATTER_NOTICE_MESSAGE: a message
 * @NATTER_NOTICE_MENTION: a message that is for oneself
 * @NATTER_NOTICE_SUMMARY: what was written while there was no connection
 *
 * What a person is told about.
 */
typedef enum
{
  NATTER_NOTICE_MESSAGE,
  NATTER_NOTICE_MENTION,
  NATTER_NOTICE_SUMMARY,
} NatterNoticeKind;

/**
 * NatterNotice:
 * @kind: what it is about
 * @server: where
 * @channel: (nullable): where there, %NULL for a summary
 * @message: (nullable): the newest one, %NULL for a summary
 * @count: how many messages it stands for
 *
 * What is to be shown, in the place of what was shown before of the same channel, or of the same server when there is none.
 */
typedef struct
{
  NatterNoticeKind  kind;
  NatterServer     *server;
  NatterChannel    *channel;
  NatterMessage    *message;
  guint             count;
} NatterNotice;

/**
 * NatterNotifier:
 *
 * Decides what a person is told about, and until when.
 */
#define NATTER_TYPE_NOTIFIER (natter_notifier_get_type ())
G_DECLARE_FINAL_TYPE (NatterNotifier, natter_notifier, NATTER, NOTIFIER, GObject)

/* Properties, notified: session (construct), reading (the NatterChannel that is on the screen, or NULL), count (guint: of
 * unread messages that the person wants to be told about).
 * Signals "show" (const NatterNotice *, as long as the signal lasts) and "withdraw" (NatterServer, NatterChannel or NULL
 * for the summary). */
NatterNotifier *natter_notifier_new         (NatterSession  *session);
NatterChannel  *natter_notifier_get_reading (NatterNotifier *self);
void            natter_notifier_set_reading (NatterNotifier *self,
                                             NatterChannel  *channel);
guint           natter_notifier_get_count   (NatterNotifier *self);

G_END_DECLS
