/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-command.h"
#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_SLASH_ERROR (natter_slash_error_quark ())

/**
 * NatterSlashError:
 * @NATTER_SLASH_ERROR_MISSING: an option is required and was left out
 * @NATTER_SLASH_ERROR_NUMBER: an option takes a number
 * @NATTER_SLASH_ERROR_CHOICE: an option takes one of a few words
 *
 * Why a slash command can't be sent as it was typed. The message of the #GError is the name of the option.
 */
typedef enum
{
  NATTER_SLASH_ERROR_MISSING,
  NATTER_SLASH_ERROR_NUMBER,
  NATTER_SLASH_ERROR_CHOICE,
} NatterSlashError;

GQuark natter_slash_error_quark (void);

#define NATTER_TYPE_SLASH_COMMAND (natter_slash_command_get_type ())
G_DECLARE_FINAL_TYPE (NatterSlashCommand, natter_slash_command, NATTER, SLASH_COMMAND, GObject)

/* A command of a server or a bot, "/mute username duration [reason]". What is behind its name are its options in order, apart
 * by spaces; one in quotation marks may have spaces in it, and the last one takes the rest. Never changes. */
NatterSlashCommand *natter_slash_command_new             (NatterPacket       *packet,
                                                          guint               position);
const char         *natter_slash_command_get_name        (NatterSlashCommand *self);
const char         *natter_slash_command_get_description (NatterSlashCommand *self);
const char         *natter_slash_command_get_owner       (NatterSlashCommand *self);
guint               natter_slash_command_get_n_options   (NatterSlashCommand *self);
const NatterSlashOptionData *
                    natter_slash_command_get_option      (NatterSlashCommand *self,
                                                          guint               position);
gboolean            natter_slash_command_is_for          (NatterSlashCommand *self,
                                                          const char * const *roles);
gboolean            natter_slash_command_matches         (NatterSlashCommand *self,
                                                          const char         *text);
int                 natter_slash_command_find_option     (NatterSlashCommand *self,
                                                          const char         *text,
                                                          gsize              *start);
NatterCommand      *natter_slash_command_make            (NatterSlashCommand *self,
                                                          const char         *channel,
                                                          const char         *thread_id,
                                                          const char         *text,
                                                          GError            **error);

G_END_DECLS
