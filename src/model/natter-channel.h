/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-file.h"
#include "natter-group.h"
#include "natter-notify.h"
#include "natter-packet.h"
#include "natter-pins.h"
#include "natter-rights.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_CHANNEL (natter_channel_get_type ())
G_DECLARE_FINAL_TYPE (NatterChannel, natter_channel, NATTER, CHANNEL, GObject)

/* Properties, notified: server (construct, unowned by the channel), name (construct; the key), title (display name, else
 * name), description, kind (NatterChannelType), section (title of the separator above it, NULL at the top), can-send,
 * cannot-send-reason (a NatterSendBlock), unread (guint, capped by the server at 200), unread-capped, mentions (guint),
 * typing (GListModel of NatterMember who type now, without oneself), timeline (made at the first call), group (the
 * NatterGroup of its section, NULL at the top), notify-level, muted-until (microseconds since 1970, 0 for not), muted,
 * keep-offline (writable), draft (NatterDraft), has-draft, rights (NatterRights: what one may do, as far as known).
 * Of forums: threads (GListModel of NatterChannel). Of threads, whose name is their id: parent (the forum), creator
 * (NatterMember), locked, archived, joined, activity (of the last message, microseconds since 1970).
 * send-waits (whether the draft is sent as soon as its files are there).
 * Signal "act-failed" (NatterMessage or NULL, NatterAct, GError): what was done to a message was refused and is taken back. */

/**
 * NatterSendBlock:
 * @NATTER_SEND_ALLOWED: one may write
 * @NATTER_SEND_NO_RIGHT: none of one's roles may write here
 * @NATTER_SEND_WRONG_KIND: nobody writes in this kind of channel
 * @NATTER_SEND_LOCKED: the thread is locked
 * @NATTER_SEND_OFFLINE: not signed in right now; what is sent waits
 */
typedef enum
{
  NATTER_SEND_ALLOWED,
  NATTER_SEND_NO_RIGHT,
  NATTER_SEND_WRONG_KIND,
  NATTER_SEND_LOCKED,
  NATTER_SEND_OFFLINE,
} NatterSendBlock;

#define NATTER_TYPE_SEND_BLOCK (natter_send_block_get_type ())
GType natter_send_block_get_type (void);

/**
 * NatterAct:
 * @NATTER_ACT_REACT: add a reaction
 * @NATTER_ACT_UNREACT: take one back
 * @NATTER_ACT_EDIT: change a message; told by the message, unless that is gone
 * @NATTER_ACT_DELETE: delete a message
 * @NATTER_ACT_PIN: pin a message
 * @NATTER_ACT_UNPIN: unpin a message
 * @NATTER_ACT_MARK_UNREAD: make messages unread again
 * @NATTER_ACT_THREAD: change, join, leave or delete a thread
 *
 * What people do with messages.
 */
typedef enum
{
  NATTER_ACT_REACT,
  NATTER_ACT_UNREACT,
  NATTER_ACT_EDIT,
  NATTER_ACT_DELETE,
  NATTER_ACT_PIN,
  NATTER_ACT_UNPIN,
  NATTER_ACT_MARK_UNREAD,
  NATTER_ACT_THREAD,
} NatterAct;

#define NATTER_TYPE_ACT (natter_act_get_type ())
GType natter_act_get_type (void);

/* How long a deletion can be undone, in milliseconds. */
#define NATTER_CHANNEL_UNDO_MS 10000

NatterServer      *natter_channel_get_server      (NatterChannel *self);
const char        *natter_channel_get_name        (NatterChannel *self);
const char        *natter_channel_get_title       (NatterChannel *self);
const char        *natter_channel_get_description (NatterChannel *self);
NatterChannelType  natter_channel_get_kind        (NatterChannel *self);
const char        *natter_channel_get_section     (NatterChannel *self);
NatterGroup       *natter_channel_get_group       (NatterChannel *self);
/* Forums and threads: natter-channel-thread.c. */
GListModel        *natter_channel_get_threads     (NatterChannel *self);
const char        *natter_channel_get_thread_id   (NatterChannel *self);
NatterChannel     *natter_channel_get_parent      (NatterChannel *self);
NatterMember      *natter_channel_get_creator     (NatterChannel *self);
gint64             natter_channel_get_activity    (NatterChannel *self);
gboolean           natter_channel_get_locked      (NatterChannel *self);
gboolean           natter_channel_get_archived    (NatterChannel *self);
gboolean           natter_channel_get_pinned      (NatterChannel *self);
gboolean           natter_channel_get_joined      (NatterChannel *self);
gboolean           natter_channel_may_change      (NatterChannel *self);
gboolean           natter_channel_may_lock        (NatterChannel *self);
void               natter_channel_load_threads    (NatterChannel *self);
void               natter_channel_create_thread_async  (NatterChannel *self, const char *title, const char *text,
                                                        GAsyncReadyCallback callback, gpointer data);
NatterChannel     *natter_channel_create_thread_finish (NatterChannel *self, GAsyncResult *result, GError **error);
char              *natter_channel_dup_link        (NatterChannel *self);
/* What is done to threads; what is refused is told by "act-failed". */
void               natter_channel_join            (NatterChannel *self, gboolean join);
void               natter_channel_rename          (NatterChannel *self, const char *title);
void               natter_channel_lock            (NatterChannel *self, gboolean locked);
void               natter_channel_archive         (NatterChannel *self, gboolean archived);
void               natter_channel_delete_thread   (NatterChannel *self);

NatterSendBlock    natter_channel_get_send_block  (NatterChannel *self);
guint              natter_channel_get_unread      (NatterChannel *self);
guint              natter_channel_get_mentions    (NatterChannel *self);
GListModel        *natter_channel_get_voice       (NatterChannel *self);
NatterNotifyLevel  natter_channel_get_notify_level (NatterChannel *self);
void               natter_channel_set_notify_level (NatterChannel *self, NatterNotifyLevel level);
gint64             natter_channel_get_muted_until (NatterChannel *self);
void               natter_channel_set_muted_until (NatterChannel *self, gint64 until);
gboolean           natter_channel_get_muted       (NatterChannel *self);
GListModel        *natter_channel_get_typing      (NatterChannel *self);
NatterTimeline    *natter_channel_get_timeline    (NatterChannel *self);
NatterPins        *natter_channel_get_pins        (NatterChannel *self);
NatterRights       natter_channel_get_rights      (NatterChannel *self);
guint              natter_channel_get_max_length  (NatterChannel *self); /* code points */

/* Sends a message, now or when there is a connection; it turns from a pending into a sent or a failed one. */
NatterMessage     *natter_channel_send            (NatterChannel *self, const char *content, const char *reply_to);
/* Sends what is written in the draft, which is empty from then on; NULL when that is nothing. */
NatterMessage     *natter_channel_send_draft      (NatterChannel *self);
NatterDraft       *natter_channel_get_draft       (NatterChannel *self);
gboolean           natter_channel_get_has_draft   (NatterChannel *self);
NatterDraft       *natter_channel_get_edit_draft  (NatterChannel *self, const char *message_id);
/* NatterFile: what is to go with the draft. It is sent to the server at once; the draft goes when all of it is there. */
GListModel        *natter_channel_get_files       (NatterChannel *self);
NatterFile        *natter_channel_add_file        (NatterChannel *self, GFile *file, const char *name);
void               natter_channel_remove_file     (NatterChannel *self, NatterFile *file);
/* Whether one may send files; @error says why not, as for #NatterFile. */
gboolean           natter_channel_check_upload    (NatterChannel *self, GError **error);
/* The same as soon as the server has all files. */
void               natter_channel_send_draft_soon  (NatterChannel *self);
gboolean           natter_channel_get_send_waits   (NatterChannel *self);
void               natter_channel_create_poll_async (NatterChannel *self, const char *question, const char * const *options, gboolean several, guint hours, GAsyncReadyCallback callback, gpointer data);
gboolean           natter_channel_create_poll_finish (NatterChannel *self, GAsyncResult *result, GError **error);
/* Runs the slash command that was written. */
void               natter_channel_call_async       (NatterChannel *self, const char *text, GAsyncReadyCallback callback, gpointer data);
char              *natter_channel_call_finish      (NatterChannel *self, GAsyncResult *result, GError **error);
void               natter_channel_retry           (NatterChannel *self, NatterMessage *message);
void               natter_channel_discard         (NatterChannel *self, NatterMessage *message);
/* The person typed a character: tells the server now and then. */
void               natter_channel_typed           (NatterChannel *self);
/* The newest message was really seen. */
void               natter_channel_mark_read       (NatterChannel *self);
/* The person does not want to read what is unread. */
void               natter_channel_mark_all_read   (NatterChannel *self);
void               natter_channel_mark_read_to    (NatterChannel *self, const char *id);
void               natter_channel_mark_unread_from (NatterChannel *self, NatterMessage *message);
/* To be called when the channel is opened, before its timeline loads. */
void               natter_channel_open            (NatterChannel *self);

void               natter_channel_react           (NatterChannel *self, NatterMessage *message, const char *emoji, gboolean add);
void               natter_channel_edit            (NatterChannel *self, NatterMessage *message, const char *content);
void               natter_channel_delete          (NatterChannel *self, NatterMessage *message);
gboolean           natter_channel_undo_delete     (NatterChannel *self, NatterMessage *message);
void               natter_channel_send_deletions  (NatterChannel *self);
void               natter_channel_pin             (NatterChannel *self, NatterMessage *message, gboolean pinned);
/* To be called when a reply is shown whose original is not known yet: it is asked for, once. */
void               natter_channel_fetch_original  (NatterChannel *self, NatterMessage *message);

/* What is kept of the history: natter-server-cache.c. */
gboolean           natter_channel_get_keep_offline (NatterChannel *self);
void               natter_channel_set_keep_offline (NatterChannel *self, gboolean keep_offline);
void               natter_channel_clear_history    (NatterChannel *self);

G_END_DECLS
