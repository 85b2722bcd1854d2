/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-error"

#include "natter-error.h"

#include <string.h>

/* Servers give no codes, only English sentences: these are the sentences of April 2026 servers. The first match
 * counts. `*` stands for anything. */
typedef struct
{
  const char *pattern;
  NatterError code;
} Sentence;

static const Sentence command_sentences[] = {
  { "Unknown command: *", NATTER_ERROR_UNKNOWN_COMMAND },

  { "Access denied: You are banned*", NATTER_ERROR_BANNED },
  { "You have been banned*", NATTER_ERROR_BANNED },

  { "Authentication required", NATTER_ERROR_SIGN_IN },
  { "User not authenticated", NATTER_ERROR_SIGN_IN },
  { "Not authenticated", NATTER_ERROR_SIGN_IN },

  { "Burst limit exceeded*", NATTER_ERROR_RATE_LIMITED },
  { "Rate limit exceeded*", NATTER_ERROR_RATE_LIMITED },
  { "You are in cooldown for *", NATTER_ERROR_RATE_LIMITED },
  { "You are in timeout for *", NATTER_ERROR_RATE_LIMITED },

  { "This thread is locked", NATTER_ERROR_LOCKED },
  { "This thread is archived", NATTER_ERROR_LOCKED },

  { "Access denied*", NATTER_ERROR_PERMISSION },
  { "You do not have permission *", NATTER_ERROR_PERMISSION },
  { "You don't have permission *", NATTER_ERROR_PERMISSION },
  { "You can only attach your own uploads", NATTER_ERROR_PERMISSION },
  { "You can only delete your own attachments", NATTER_ERROR_PERMISSION },
  { "Missing '*' permission", NATTER_ERROR_PERMISSION },
  { "Cannot manage roles at or above your position", NATTER_ERROR_PERMISSION },
  { "Cannot manage protected role '*'", NATTER_ERROR_PERMISSION },
  { "Cannot ban the server owner", NATTER_ERROR_PERMISSION },
  { "Cannot mute the server owner", NATTER_ERROR_PERMISSION },
  { "This role is not self-assignable", NATTER_ERROR_PERMISSION },

  { "Message not found or cannot be *", NATTER_ERROR_NOT_FOUND },
  { "Attachment * not found or expired", NATTER_ERROR_NOT_FOUND },
  { "Attachment not found or expired", NATTER_ERROR_NOT_FOUND },
  { "The message you're trying to reply to was not found", NATTER_ERROR_NOT_FOUND },
  { "User '*' not found", NATTER_ERROR_NOT_FOUND },
  { "Role '*' not found", NATTER_ERROR_NOT_FOUND },
  { "Role '*' does not exist", NATTER_ERROR_NOT_FOUND },
  { "Channel does not exist", NATTER_ERROR_NOT_FOUND },
  { "Thread has no parent channel", NATTER_ERROR_NOT_FOUND },
  { "Voice channel no longer exists", NATTER_ERROR_NOT_FOUND },
  { "Channel not found", NATTER_ERROR_NOT_FOUND },
  { "Channel or thread not found", NATTER_ERROR_NOT_FOUND },
  { "Thread not found", NATTER_ERROR_NOT_FOUND },
  { "Message not found", NATTER_ERROR_NOT_FOUND },
  { "Attachment not found", NATTER_ERROR_NOT_FOUND },
  { "User not found", NATTER_ERROR_NOT_FOUND },
  { "Target user not found", NATTER_ERROR_NOT_FOUND },
  { "User roles not found", NATTER_ERROR_NOT_FOUND },
  { "Role not found", NATTER_ERROR_NOT_FOUND },
  { "Role not found after update", NATTER_ERROR_NOT_FOUND },
  { "No roles found", NATTER_ERROR_NOT_FOUND },
  { "Poll not found", NATTER_ERROR_NOT_FOUND },
  { "Poll results not found", NATTER_ERROR_NOT_FOUND },
  { "Webhook not found", NATTER_ERROR_NOT_FOUND },
  { "Emoji not found", NATTER_ERROR_NOT_FOUND },
  { "Emoji file not found", NATTER_ERROR_NOT_FOUND },
};

static const Sentence sign_in_sentences[] = {
  { "Access denied: You are banned*", NATTER_ERROR_BANNED },
  { "User not found", NATTER_ERROR_WRONG_PASSWORD },
  { "Invalid password", NATTER_ERROR_WRONG_PASSWORD },
  { "Registration is disabled", NATTER_ERROR_REGISTRATION_CLOSED },
  { "Username already taken", NATTER_ERROR_NAME_TAKEN },
  { "Invalid authentication", NATTER_ERROR_VALIDATOR },
};

/* The word in `reason`, which newer servers add to a refused sign-in. */
static const Sentence sign_in_reasons[] = {
  { "banned", NATTER_ERROR_BANNED },
  { "invite_required", NATTER_ERROR_NEEDS_INVITE },
  { "invite_invalid", NATTER_ERROR_NEEDS_INVITE },
  { "invite_expired", NATTER_ERROR_NEEDS_INVITE },
  { "password_required", NATTER_ERROR_NEEDS_PASSWORD },
  { "password_incorrect", NATTER_ERROR_NEEDS_PASSWORD },
  { "application_required", NATTER_ERROR_NOT_ADMITTED },
  { "application_pending", NATTER_ERROR_NOT_ADMITTED },
  { "not_whitelisted", NATTER_ERROR_NOT_ADMITTED },
};

/* Reports of a server's validation library run over many lines; nobody reads on after this. */
#define MAX_CHARACTERS 1000

G_DEFINE_QUARK (natter-error-quark, natter_error)

static gboolean
matches (const char *pattern,
         const char *text)
{
  const char *star = strchr (pattern, '*');
  gsize before, after, length;

  if (star == NULL)
    return g_str_equal (pattern, text);

  before = star - pattern;
  after = strlen (star + 1);
  length = strlen (text);
  return length >= before + after &&
         strncmp (text, pattern, before) == 0 &&
         strcmp (text + length - after, star + 1) == 0;
}

static NatterError
look_up (const Sentence *sentences,
         gsize           n_sentences,
         const char     *text,
         NatterError     fallback)
{
  for (gsize i = 0; text != NULL && i < n_sentences; i++)
    {
      if (matches (sentences[i].pattern, text))
        return sentences[i].code;
    }

  return fallback;
}

static GError *
new_error (NatterError  code,
           const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *shortened = NULL;

  if (g_utf8_strlen (valid, -1) <= MAX_CHARACTERS)
    return g_error_new_literal (NATTER_ERROR, code, g_strstrip (valid));

  shortened = g_utf8_substring (valid, 0, MAX_CHARACTERS);
  return g_error_new (NATTER_ERROR, code, "%s…", g_strstrip (shortened));
}

/**
 * natter_error_from_server:
 * @text: (nullable): the text of an `error` packet, as it came
 *
 * Finds out what a refused command means. Servers tell only a sentence; one that isn't known
 * gives %NATTER_ERROR_REJECTED.
 *
 * Returns: (transfer full): an error of the domain %NATTER_ERROR with the server's text as its message, at most
 *   1,000 characters of it
 */
GError *
natter_error_from_server (const char *text)
{
  return new_error (look_up (command_sentences, G_N_ELEMENTS (command_sentences), text, NATTER_ERROR_REJECTED), text);
}

/**
 * natter_error_from_sign_in:
 * @text: (nullable): the text of an `auth_error` packet
 * @reason: (nullable): its `reason`, which only newer servers give
 *
 * Finds out why a sign-in was refused. A known @reason counts more than @text; when neither is known
 * the code is %NATTER_ERROR_SIGN_IN.
 *
 * Returns: (transfer full): an error of the domain %NATTER_ERROR with the server's text as its message, at most
 *   1,000 characters of it
 */
GError *
natter_error_from_sign_in (const char *text,
                           const char *reason)
{
  NatterError code = look_up (sign_in_sentences, G_N_ELEMENTS (sign_in_sentences), text, NATTER_ERROR_SIGN_IN);

  return new_error (look_up (sign_in_reasons, G_N_ELEMENTS (sign_in_reasons), reason, code),
                    text != NULL && *text != '\0' ? text : reason);
}

/**
 * natter_error_is_keyring:
 * @error: (nullable): what went wrong
 *
 * Returns: whether the keyring is in the way: the person can see to it, or do without for this session
 */
gboolean
natter_error_is_keyring (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NO_SECRETS)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_SECRETS_LOCKED);
}
