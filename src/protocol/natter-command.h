/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "natter-packet-data.h"

G_BEGIN_DECLS

/**
 * NatterCommand:
 *
 * One command to a server, typed on the way in and JSON only inside. Handed to
 * natter_connection_request_async() or natter_connection_send(), which take it over.
 */
typedef struct _NatterCommand NatterCommand;

/**
 * NatterSlashArgument:
 * @name: of the option
 * @type: of the option: "int", "float" and "bool" travel as such, all others as text
 * @value: as it was typed, fit for the type
 *
 * What a slash command is told.
 */
typedef struct
{
  const char *name;
  const char *type;
  const char *value;
} NatterSlashArgument;

NatterCommand *natter_command_login           (const char *username, const char *password);
NatterCommand *natter_command_register        (const char *username, const char *password);
NatterCommand *natter_command_auth            (const char *validator, const char *invite_code, const char *server_password);
NatterCommand *natter_command_ping            (void);
/* The list of what this client understands, for servers that want to know. */
NatterCommand *natter_command_capabilities    (void);
NatterCommand *natter_command_channels_get    (void);
NatterCommand *natter_command_users_list      (void);
NatterCommand *natter_command_users_online    (void);
NatterCommand *natter_command_roles_list      (void);
NatterCommand *natter_command_emojis          (gboolean new_name);
/* A place is a channel, or a thread: exactly one of the two is not NULL. */
NatterCommand *natter_command_messages_get    (const char *channel, const char *thread_id, guint skip, guint limit);
NatterCommand *natter_command_messages_before (const char *channel, const char *thread_id, const char *id, guint limit);
NatterCommand *natter_command_messages_around (const char *channel, const char *thread_id, const char *id, guint older, guint newer);
NatterCommand *natter_command_thread_messages (const char *thread_id, const char *before_id, guint skip, guint limit);
NatterCommand *natter_command_message_get     (const char *channel, const char *thread_id, const char *id);
NatterCommand *natter_command_message_new     (const char *channel, const char *thread_id, const char *content, const char *reply_to, gboolean reply_pings);
void           natter_command_set_attachments (NatterCommand *self, const char * const *ids);
NatterCommand *natter_command_message_edit    (const char *channel, const char *thread_id, const char *id, const char *content);
NatterCommand *natter_command_message_delete  (const char *channel, const char *thread_id, const char *id);
NatterCommand *natter_command_typing          (const char *channel, const char *thread_id, guint duration_ms);
NatterCommand *natter_command_unreads_get     (void);
NatterCommand *natter_command_status_set      (NatterStatus status, const char *text);
NatterCommand *natter_command_user_leave      (void);
NatterCommand *natter_command_unreads_ack     (const char *channel, const char *thread_id, const char *message_id);

/* What people do with messages: natter-command-acts.c. */
NatterCommand *natter_command_reaction        (const char *channel, const char *thread_id, const char *id, const char *emoji, gboolean add, gboolean new_names);
NatterCommand *natter_command_message_pin     (const char *channel, const char *id, gboolean pinned);
NatterCommand *natter_command_messages_pinned (const char *channel);
NatterCommand *natter_command_messages_search (const char *channel, const char *text);
NatterCommand *natter_command_poll_get        (const char *message_id);
NatterCommand *natter_command_poll_results    (const char *message_id);
NatterCommand *natter_command_poll_vote       (const char *message_id, const char * const *option_ids);
NatterCommand *natter_command_poll_end        (const char *message_id);
NatterCommand *natter_command_poll_create     (const char *channel, const char *thread_id, const char *question, const char * const *options, gboolean several, guint hours);
NatterCommand *natter_command_user_timeout    (const char *username, guint seconds);
NatterCommand *natter_command_slash_list      (void);
NatterCommand *natter_command_slash_call      (const char *channel, const char *thread_id, const char *command, const NatterSlashArgument *arguments, gsize n_arguments);

/* Threads: natter-command-threads.c. */
NatterCommand *natter_command_threads_get     (const char *channel, guint limit);
NatterCommand *natter_command_thread_create   (const char *channel, const char *name);
NatterCommand *natter_command_thread_rename   (const char *thread_id, const char *name);
NatterCommand *natter_command_thread_lock     (const char *thread_id, gboolean locked);
NatterCommand *natter_command_thread_archive  (const char *thread_id, gboolean archived);
NatterCommand *natter_command_thread_delete   (const char *thread_id);
NatterCommand *natter_command_thread_join     (const char *thread_id, gboolean join);
NatterCommand *natter_command_unreads_count   (const char *channel, const char *thread_id);

NatterCommand *natter_command_self_role       (const char *name, gboolean take);
void           natter_command_free            (NatterCommand *self);
const char    *natter_command_get_name        (NatterCommand *self);
/* How long to wait for an answer; a default per command, seconds. */
guint          natter_command_get_timeout     (NatterCommand *self);
/* Whether it costs of the server's message budget and so waits while the server asks to be slower. */
gboolean       natter_command_is_rate_limited (NatterCommand *self);
char          *natter_command_serialize       (NatterCommand *self, const char *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterCommand, natter_command_free)

G_END_DECLS
