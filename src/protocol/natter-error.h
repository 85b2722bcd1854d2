/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NATTER_ERROR (natter_error_quark ())

/**
 * NatterError:
 * @NATTER_ERROR_ADDRESS: what was typed is no server address
 * @NATTER_ERROR_NOT_ENCRYPTED: the address asks for a plain connection to another machine
 * @NATTER_ERROR_UNREACHABLE: no connection: name not found, refused, network away
 * @NATTER_ERROR_CERTIFICATE: the server's certificate is not good; there is no way round it
 * @NATTER_ERROR_NOT_ORIGINCHATS: something answers there, but not an OriginChats server
 * @NATTER_ERROR_TOO_LARGE: a frame passed the bound of the connection
 * @NATTER_ERROR_DISCONNECTED: the connection ended, or was not there
 * @NATTER_ERROR_TIMEOUT: no answer within the time of the command
 * @NATTER_ERROR_RATE_LIMITED: too fast; the message says for how long
 * @NATTER_ERROR_SIGN_IN: the server refused the sign-in for a reason of its own, quoted in the message
 * @NATTER_ERROR_WRONG_PASSWORD: unknown user name or wrong password of a server account
 * @NATTER_ERROR_NAME_TAKEN: registering: somebody has the user name
 * @NATTER_ERROR_REGISTRATION_CLOSED: registering is switched off
 * @NATTER_ERROR_VALIDATOR: the chat server did not accept the proof from Rotur
 * @NATTER_ERROR_BANNED: banned from the server; trying again is useless
 * @NATTER_ERROR_NEEDS_INVITE: an invite code is asked for, or the one given is not good
 * @NATTER_ERROR_NEEDS_PASSWORD: a server password is asked for, or the one given is wrong
 * @NATTER_ERROR_NOT_ADMITTED: application pending or required, or not on the list of the admitted
 * @NATTER_ERROR_PERMISSION: a right is missing
 * @NATTER_ERROR_NOT_FOUND: the message, channel, thread, … is not there
 * @NATTER_ERROR_LOCKED: the thread is locked or archived
 * @NATTER_ERROR_REJECTED: any other refusal of a command, quoted in the message
 * @NATTER_ERROR_UNKNOWN_COMMAND: the server does not know the command
 * @NATTER_ERROR_VALIDATOR_KEY: the server's validator key names, or belongs to, another server
 * @NATTER_ERROR_ROTUR: the Rotur API refused, quoted in the message
 * @NATTER_ERROR_TOKEN: the Rotur token is not good, or lacks a permission: sign in again
 * @NATTER_ERROR_TOKEN_PERMISSION: the person left out what signing in to servers needs: sign in to Rotur again
 * @NATTER_ERROR_LIMITED_TOKEN: proofs that Rotur makes with a token of limited rights are not accepted
 * @NATTER_ERROR_DENIED: the person said no in the browser
 * @NATTER_ERROR_BROWSER: what came back from the browser does not belong to the sign-in, or nothing could come back
 * @NATTER_ERROR_EXPIRED: the person did not finish the sign-in in time
 * @NATTER_ERROR_NO_SECRETS: no Secret Service, or it refuses
 * @NATTER_ERROR_SECRETS_LOCKED: the keyring is locked, and the person did not open it
 * @NATTER_ERROR_PROTOCOL: the other side sent something that makes no sense
 *
 * What can go wrong between Natter and a server, told apart by what a person can do about it. The message of
 * the #GError is the server's own text or a short technical remark: the window writes its own sentence per code
 * and may quote the message below it.
 */
typedef enum
{
  NATTER_ERROR_ADDRESS,
  NATTER_ERROR_NOT_ENCRYPTED,
  NATTER_ERROR_UNREACHABLE,
  NATTER_ERROR_CERTIFICATE,
  NATTER_ERROR_NOT_ORIGINCHATS,
  NATTER_ERROR_TOO_LARGE,
  NATTER_ERROR_DISCONNECTED,
  NATTER_ERROR_TIMEOUT,
  NATTER_ERROR_RATE_LIMITED,
  NATTER_ERROR_SIGN_IN,
  NATTER_ERROR_WRONG_PASSWORD,
  NATTER_ERROR_NAME_TAKEN,
  NATTER_ERROR_REGISTRATION_CLOSED,
  NATTER_ERROR_VALIDATOR,
  NATTER_ERROR_BANNED,
  NATTER_ERROR_NEEDS_INVITE,
  NATTER_ERROR_NEEDS_PASSWORD,
  NATTER_ERROR_NOT_ADMITTED,
  NATTER_ERROR_PERMISSION,
  NATTER_ERROR_NOT_FOUND,
  NATTER_ERROR_LOCKED,
  NATTER_ERROR_REJECTED,
  NATTER_ERROR_UNKNOWN_COMMAND,
  NATTER_ERROR_VALIDATOR_KEY,
  NATTER_ERROR_ROTUR,
  NATTER_ERROR_TOKEN,
  NATTER_ERROR_TOKEN_PERMISSION,
  NATTER_ERROR_LIMITED_TOKEN,
  NATTER_ERROR_DENIED,
  NATTER_ERROR_BROWSER,
  NATTER_ERROR_EXPIRED,
  NATTER_ERROR_NO_SECRETS,
  NATTER_ERROR_SECRETS_LOCKED,
  NATTER_ERROR_PROTOCOL,
} NatterError;

GQuark   natter_error_quark        (void);
GError  *natter_error_from_server  (const char *text);
GError  *natter_error_from_sign_in (const char *text,
                                    const char *reason);
gboolean natter_error_is_keyring   (const GError *error);

G_END_DECLS
