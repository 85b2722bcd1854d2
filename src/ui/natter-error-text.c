/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-error-text"

#include "config.h"

#include "natter-error-text.h"

#include <glib/gi18n.h>

#include "natter-error.h"
#include "natter-store.h"

typedef struct
{
  const char *summary;
  const char *advice; /* NULL: there is nothing to do */
  gboolean    quote;  /* the server's own words say more than ours */
} ErrorText;

/* By the code of NATTER_ERROR. */
static const ErrorText texts[] = {
  [NATTER_ERROR_ADDRESS] = { N_("This is not a server address."), N_("Type the name of the server, such as chat.example.org, or paste a link to it."), FALSE },
  [NATTER_ERROR_NOT_ENCRYPTED] = { N_("This connection would not be encrypted."), N_("Anyone on the network could read what you write, including your password. Leave out “ws://” to connect with encryption."), FALSE },
  [NATTER_ERROR_UNREACHABLE] = { N_("The server can’t be reached."), N_("Check the address and your network, then try again."), FALSE },
  [NATTER_ERROR_CERTIFICATE] = { N_("The server’s identity can’t be verified."), N_("Check the address and the clock of this computer, or tell the server’s operator."), FALSE },
  [NATTER_ERROR_NOT_ORIGINCHATS] = { N_("There is no OriginChats server at this address."), N_("Check the address. The server may need a name such as chat.example.org in front."), FALSE },
  [NATTER_ERROR_TOO_LARGE] = { N_("The server sent more at once than Natter accepts."), N_("Tell the server’s operator."), FALSE },
  [NATTER_ERROR_DISCONNECTED] = { N_("The connection was lost."), N_("Try again."), FALSE },
  [NATTER_ERROR_TIMEOUT] = { N_("The server did not answer in time."), N_("Try again in a moment."), FALSE },
  [NATTER_ERROR_RATE_LIMITED] = { N_("That was too fast for this server."), N_("Wait a moment, then try again."), FALSE },
  [NATTER_ERROR_SIGN_IN] = { N_("The server refused the sign-in."), NULL, TRUE },
  [NATTER_ERROR_WRONG_PASSWORD] = { N_("The username or the password is wrong."), N_("Try again, or register if you have no account on this server yet."), FALSE },
  [NATTER_ERROR_NAME_TAKEN] = { N_("This username is already taken."), N_("Choose another one, or sign in if it is yours."), FALSE },
  [NATTER_ERROR_REGISTRATION_CLOSED] = { N_("This server does not accept new accounts."), N_("Ask the server’s operator for an account."), FALSE },
  [NATTER_ERROR_VALIDATOR] = { N_("The server did not accept your Rotur account."), N_("Try again. If that doesn’t help, sign in to Rotur again."), FALSE },
  [NATTER_ERROR_BANNED] = { N_("You are banned from this server."), N_("Only the server’s operator can change that."), FALSE },
  [NATTER_ERROR_NEEDS_INVITE] = { N_("This server requires an invitation."), N_("Ask a member for a link."), FALSE },
  [NATTER_ERROR_NEEDS_PASSWORD] = { N_("This server requires an additional password."), N_("Ask the server’s operator for it."), FALSE },
  [NATTER_ERROR_NOT_ADMITTED] = { N_("This server has not admitted you yet."), N_("Wait until somebody has looked at your application, or ask the server’s operator."), FALSE },
  [NATTER_ERROR_PERMISSION] = { N_("You may not do that here."), N_("Ask a moderator of the server for permission."), FALSE },
  [NATTER_ERROR_NOT_FOUND] = { N_("That is no longer there."), NULL, FALSE },
  [NATTER_ERROR_LOCKED] = { N_("This thread is locked."), N_("Write in the channel instead."), FALSE },
  [NATTER_ERROR_REJECTED] = { N_("The server refused that."), NULL, TRUE },
  [NATTER_ERROR_UNKNOWN_COMMAND] = { N_("This server can’t do that."), N_("It may be older than the feature."), FALSE },
  [NATTER_ERROR_VALIDATOR_KEY] = { N_("This server uses the identity of another server."), N_("Don’t sign in here. Tell the server’s operator."), FALSE },
  [NATTER_ERROR_ROTUR] = { N_("Rotur refused the request."), N_("Try again in a moment."), TRUE },
  [NATTER_ERROR_TOKEN] = { N_("The Rotur token is not valid, or lacks a permission."), N_("Create a new token, then sign in again."), FALSE },
  /* Translators: “validators:generate” is what a permission is called on Rotur's page; it stays as it is. */
  [NATTER_ERROR_TOKEN_PERMISSION] = { N_("You did not allow Natter to sign in to servers with this Rotur account."), N_("Sign in to Rotur again and allow “validators:generate”."), FALSE },
  [NATTER_ERROR_LIMITED_TOKEN] = { N_("The permissions of your Rotur token are not enough for this server."), N_("Sign in again with the main token of your Rotur account, or with a server account."), FALSE },
  [NATTER_ERROR_DENIED] = { N_("Natter was not allowed to use the account."), N_("Try again and choose Allow in the browser."), FALSE },
  [NATTER_ERROR_BROWSER] = { N_("The browser’s answer does not belong to this sign-in."), N_("Try again, or use a code."), FALSE },
  [NATTER_ERROR_EXPIRED] = { N_("The sign-in was not finished in time."), N_("Try again."), FALSE },
  [NATTER_ERROR_NO_SECRETS] = { N_("There is no open keyring for the password."), N_("Unlock or install a keyring such as GNOME Keyring, or sign in for this session only."), FALSE },
  [NATTER_ERROR_SECRETS_LOCKED] = { N_("The keyring is locked."), N_("Unlock it, or sign in for this session only."), FALSE },
  [NATTER_ERROR_PROTOCOL] = { N_("The server sent something that Natter does not understand."), N_("Try again. If that doesn’t help, tell the server’s operator."), FALSE },
};

/* By the code of NATTER_STORE_ERROR. */
static const ErrorText store_texts[] = {
  [NATTER_STORE_ERROR_NEWER] = { N_("A newer Natter wrote the data on this computer."), N_("Update Natter."), FALSE },
  [NATTER_STORE_ERROR_DAMAGED] = { N_("The messages kept on this computer were damaged."), N_("They were set aside. What servers still have is fetched again."), FALSE },
  [NATTER_STORE_ERROR_FULL] = { N_("The disk is full, so new messages can’t be kept for reading offline."), N_("Free up some space."), FALSE },
};

static const ErrorText other_text = { N_("Something went wrong."), N_("Try again."), TRUE };

static const ErrorText *
find_text (const GError *error)
{
  if (error->domain == NATTER_STORE_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (store_texts)
      && store_texts[error->code].summary != NULL)
    return &store_texts[error->code];
  if (error->domain != NATTER_ERROR || error->code < 0 || error->code >= (int) G_N_ELEMENTS (texts)
      || texts[error->code].summary == NULL)
    return &other_text;
  return &texts[error->code];
}

/**
 * natter_error_text_get_summary:
 * @error: what went wrong
 *
 * Says in one plain sentence what went wrong.
 *
 * Returns: (transfer none): a translated sentence, no markup
 */
const char *
natter_error_text_get_summary (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return _(find_text (error)->summary);
}

/**
 * natter_error_text_get_advice:
 * @error: what went wrong
 *
 * Says what a person can do about it.
 *
 * Returns: (transfer none) (nullable): a translated sentence or two, no markup; %NULL if there is nothing to do
 */
const char *
natter_error_text_get_advice (const GError *error)
{
  const ErrorText *text;

  g_return_val_if_fail (error != NULL, NULL);
  text = find_text (error);
  return text->advice != NULL ? _(text->advice) : NULL;
}

/**
 * natter_error_text_dup:
 * @error: what went wrong
 *
 * Puts together what went wrong, the server's own words where they say more, and what to do. The words of the
 * server are not to be trusted: show the text without markup.
 *
 * Returns: (transfer full): a translated text, no markup
 */
char *
natter_error_text_dup (const GError *error)
{
  GString *string;
  const ErrorText *text;

  g_return_val_if_fail (error != NULL, NULL);

  text = find_text (error);
  string = g_string_new (_(text->summary));
  if (text->quote && error->message != NULL && *error->message != '\0')
    {
      g_autofree char *valid = g_utf8_make_valid (error->message, -1);

      /* Translators: a sentence that says what went wrong; what the server says of it, in its own words */
      g_string_printf (string, _("%1$s “%2$.300s”"), _(text->summary), valid);
    }
  if (text->advice != NULL)
    {
      g_string_append_c (string, ' ');
      g_string_append (string, _(text->advice));
    }
  return g_string_free_and_steal (string);
}
