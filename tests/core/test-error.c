/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-error.h"

typedef struct
{
  const char *text;
  NatterError code;
} ServerCase;

/* Texts as servers of April 2026 write them. */
static const ServerCase server_cases[] = {
  { "Unknown command: pong", NATTER_ERROR_UNKNOWN_COMMAND },
  { "Unknown command: None", NATTER_ERROR_UNKNOWN_COMMAND },
  { "Access denied: You are banned from this server", NATTER_ERROR_BANNED },
  { "You have been banned", NATTER_ERROR_BANNED },
  { "Authentication required", NATTER_ERROR_SIGN_IN },
  { "User not authenticated", NATTER_ERROR_SIGN_IN },
  { "Not authenticated", NATTER_ERROR_SIGN_IN },
  { "Burst limit exceeded. You're in cooldown for 30 seconds", NATTER_ERROR_RATE_LIMITED },
  { "Rate limit exceeded. Wait 12.5 seconds", NATTER_ERROR_RATE_LIMITED },
  { "You are in cooldown for 29.9 more seconds", NATTER_ERROR_RATE_LIMITED },
  { "You are in timeout for 60 more seconds", NATTER_ERROR_RATE_LIMITED },
  { "This thread is locked", NATTER_ERROR_LOCKED },
  { "This thread is archived", NATTER_ERROR_LOCKED },
  { "Access denied to this channel", NATTER_ERROR_PERMISSION },
  { "Access denied: 'owner' role required", NATTER_ERROR_PERMISSION },
  { "Access denied: 'manage_roles' permission required", NATTER_ERROR_PERMISSION },
  { "Access denied: 'view_audit_log' or 'manage_users' permission required", NATTER_ERROR_PERMISSION },
  { "Access denied: can only check your own rate limit status", NATTER_ERROR_PERMISSION },
  { "Access denied: forbidden roles", NATTER_ERROR_PERMISSION },
  { "Access denied: 'muted' role is forbidden", NATTER_ERROR_PERMISSION },
  { "You do not have permission to send messages in this channel", NATTER_ERROR_PERMISSION },
  { "You do not have permission to view this thread", NATTER_ERROR_PERMISSION },
  { "You do not have permission to mention the '@&locked_ping' role", NATTER_ERROR_PERMISSION },
  { "You do not have permission to edit this message", NATTER_ERROR_PERMISSION },
  { "You do not have permission to access this voice channel", NATTER_ERROR_PERMISSION },
  { "You don't have permission to send in this channel", NATTER_ERROR_PERMISSION },
  { "You can only attach your own uploads", NATTER_ERROR_PERMISSION },
  { "You can only delete your own attachments", NATTER_ERROR_PERMISSION },
  { "Missing 'manage_roles' permission", NATTER_ERROR_PERMISSION },
  { "Cannot manage roles at or above your position", NATTER_ERROR_PERMISSION },
  { "Cannot manage protected role 'owner'", NATTER_ERROR_PERMISSION },
  { "Cannot ban the server owner", NATTER_ERROR_PERMISSION },
  { "Cannot mute the server owner", NATTER_ERROR_PERMISSION },
  { "This role is not self-assignable", NATTER_ERROR_PERMISSION },
  { "Message not found or cannot be edited", NATTER_ERROR_NOT_FOUND },
  { "Message not found or cannot be deleted", NATTER_ERROR_NOT_FOUND },
  { "Attachment 4711 not found or expired", NATTER_ERROR_NOT_FOUND },
  { "Attachment not found or expired", NATTER_ERROR_NOT_FOUND },
  { "Attachment not found", NATTER_ERROR_NOT_FOUND },
  { "The message you're trying to reply to was not found", NATTER_ERROR_NOT_FOUND },
  { "User 'nobody' not found", NATTER_ERROR_NOT_FOUND },
  { "Role 'None' not found", NATTER_ERROR_NOT_FOUND },
  { "Role 'nobody' does not exist", NATTER_ERROR_NOT_FOUND },
  { "Channel does not exist", NATTER_ERROR_NOT_FOUND },
  { "Thread has no parent channel", NATTER_ERROR_NOT_FOUND },
  { "Voice channel no longer exists", NATTER_ERROR_NOT_FOUND },
  { "Channel not found", NATTER_ERROR_NOT_FOUND },
  { "Channel or thread not found", NATTER_ERROR_NOT_FOUND },
  { "Thread not found", NATTER_ERROR_NOT_FOUND },
  { "Message not found", NATTER_ERROR_NOT_FOUND },
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
  { "Message too long. Maximum length is 2000 characters", NATTER_ERROR_REJECTED },
  { "Message content or attachments cannot be empty", NATTER_ERROR_REJECTED },
  { "Missing fields: user_id", NATTER_ERROR_REJECTED },
  { "Cannot send messages in this channel type", NATTER_ERROR_REJECTED },
  { "Failed to save message", NATTER_ERROR_REJECTED },
  { "Poll has ended", NATTER_ERROR_REJECTED },
  { "Embed 1: 1 validation error for Embed\ntitle\n  String should have at most 256 characters",
    NATTER_ERROR_REJECTED },
  { "a sentence that nobody has written yet", NATTER_ERROR_REJECTED },
  { "Channel not found, or so", NATTER_ERROR_REJECTED },
  { "", NATTER_ERROR_REJECTED },
  { NULL, NATTER_ERROR_REJECTED },
};

static void
test_server (gconstpointer data)
{
  const ServerCase *c = data;
  g_autoptr(GError) error = natter_error_from_server (c->text);

  g_assert_error (error, NATTER_ERROR, (int) c->code);
  g_assert_cmpstr (error->message, ==, c->text != NULL ? c->text : "");
}

typedef struct
{
  const char *text;
  const char *reason;
  NatterError code;
} SignInCase;

static const SignInCase sign_in_cases[] = {
  { "User not found", NULL, NATTER_ERROR_WRONG_PASSWORD },
  { "Invalid password", NULL, NATTER_ERROR_WRONG_PASSWORD },
  { "Access denied: You are banned from this server", NULL, NATTER_ERROR_BANNED },
  { "Registration is disabled", NULL, NATTER_ERROR_REGISTRATION_CLOSED },
  { "Username already taken", NULL, NATTER_ERROR_NAME_TAKEN },
  { "Invalid authentication", NULL, NATTER_ERROR_VALIDATOR },
  { "Username and password required", NULL, NATTER_ERROR_SIGN_IN },
  { "This account uses Rotur authentication", NULL, NATTER_ERROR_SIGN_IN },
  { "Authentication failed", NULL, NATTER_ERROR_SIGN_IN },
  { "Authentication required", NULL, NATTER_ERROR_SIGN_IN },
  { "Username must be 2-32 characters", NULL, NATTER_ERROR_SIGN_IN },
  { "Username can only contain letters, numbers, hyphens, and underscores", NULL, NATTER_ERROR_SIGN_IN },
  { "Password must be 4-72 characters", NULL, NATTER_ERROR_SIGN_IN },
  { "Registration failed", NULL, NATTER_ERROR_SIGN_IN },
  { "User not found after registration", NULL, NATTER_ERROR_SIGN_IN },
  { "Rotur authentication is disabled. Use login or register commands.", NULL, NATTER_ERROR_SIGN_IN },
  { "a sentence that nobody has written yet", NULL, NATTER_ERROR_SIGN_IN },
  { NULL, NULL, NATTER_ERROR_SIGN_IN },
  { "You are banned", "banned", NATTER_ERROR_BANNED },
  { "Invite required", "invite_required", NATTER_ERROR_NEEDS_INVITE },
  { "Invite invalid", "invite_invalid", NATTER_ERROR_NEEDS_INVITE },
  { "Invite expired", "invite_expired", NATTER_ERROR_NEEDS_INVITE },
  { "Password required", "password_required", NATTER_ERROR_NEEDS_PASSWORD },
  { "Invalid password", "password_incorrect", NATTER_ERROR_NEEDS_PASSWORD },
  { "Apply first", "application_required", NATTER_ERROR_NOT_ADMITTED },
  { "Wait", "application_pending", NATTER_ERROR_NOT_ADMITTED },
  { "Not on the list", "not_whitelisted", NATTER_ERROR_NOT_ADMITTED },
  { "Invalid password", "yet_to_be_invented", NATTER_ERROR_WRONG_PASSWORD },
  { "Invalid password", "", NATTER_ERROR_WRONG_PASSWORD },
};

static void
test_sign_in (gconstpointer data)
{
  const SignInCase *c = data;
  g_autoptr(GError) error = natter_error_from_sign_in (c->text, c->reason);

  g_assert_error (error, NATTER_ERROR, (int) c->code);
  g_assert_cmpstr (error->message, ==, c->text != NULL ? c->text : "");
}

static void
test_reason_only (void)
{
  g_autoptr(GError) error = natter_error_from_sign_in (NULL, "invite_required");

  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_NEEDS_INVITE);
  g_assert_cmpstr (error->message, ==, "invite_required");
}

static void
test_hostile (void)
{
  g_autofree char *filler = g_strnfill (5000000, 'x');
  g_autofree char *umlauts = g_strdup_printf ("%0999dü%s", 0, filler);
  g_autoptr(GError) error = natter_error_from_server (umlauts);
  g_autoptr(GError) invalid = natter_error_from_server ("x\xffy");
  g_autoptr(GError) format = natter_error_from_server ("%s%n");

  g_assert_cmpint (g_utf8_strlen (error->message, -1), ==, 1001);
  g_assert_true (g_str_has_suffix (error->message, "ü…"));
  g_assert_true (g_utf8_validate (invalid->message, -1, NULL));
  g_assert_cmpstr (format->message, ==, "%s%n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (server_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/error/server/%u", i);

      g_test_add_data_func (path, &server_cases[i], test_server);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sign_in_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/error/sign-in/%u", i);

      g_test_add_data_func (path, &sign_in_cases[i], test_sign_in);
    }
  g_test_add_func ("/error/reason-only", test_reason_only);
  g_test_add_func ("/error/hostile", test_hostile);

  return g_test_run ();
}
