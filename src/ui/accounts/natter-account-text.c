/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-account-text"

#include "config.h"

#include "natter-account-text.h"

#include <glib/gi18n.h>

/**
 * natter_account_text_dup_kind:
 * @account: an account
 *
 * Says where it is good.
 *
 * Returns: (transfer full): a translated text, no markup
 */
char *
natter_account_text_dup_kind (NatterAccount *account)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), NULL);

  if (natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR)
    return g_strdup (_("Rotur account"));
  /* Translators: %s is the address of a server. */
  return g_strdup_printf (_("Server account on %s"), natter_account_get_server (account));
}

/**
 * natter_account_text_get_place:
 * @account: an account
 *
 * Says where its password or token is.
 *
 * Returns: (transfer none): a translated text, no markup
 */
const char *
natter_account_text_get_place (NatterAccount *account)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), NULL);

  if (natter_account_get_session_only (account))
    return _("In memory only, until Natter is closed");
  return _("In your keyring");
}

/**
 * natter_account_text_get_token:
 * @account: an account
 *
 * Says what its token is good for.
 *
 * Returns: (transfer none): a translated text, no markup
 */
const char *
natter_account_text_get_token (NatterAccount *account)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), NULL);

  switch (natter_account_get_token_kind (account))
    {
    case NATTER_TOKEN_MAIN:
      return _("The main token, which may do everything");
    case NATTER_TOKEN_LIMITED:
      return _("A token for what you allowed");
    case NATTER_TOKEN_RENEWED:
      return _("A token for what you allowed, renewed every hour");
    case NATTER_TOKEN_UNKNOWN:
    default:
      return _("Not known yet");
    }
}

/**
 * natter_account_text_get_lack:
 * @account: an account
 *
 * Says why it can't sign in to servers, and what to do.
 *
 * Returns: (transfer none) (nullable): a translated text, no markup; %NULL: it can
 */
const char *
natter_account_text_get_lack (NatterAccount *account)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), NULL);

  if (natter_account_get_lack (account, NATTER_ACCOUNT_PERMISSION_SIGN_IN) == NATTER_ACCOUNT_LACKS_PERMISSION)
    /* Translators: “validators:generate” is what the permission is called on Rotur's page; it stays as it is. */
    return _("You did not allow Natter to sign in to servers with this account. Sign in again and allow “validators:generate”.");
  return natter_account_get_needs_sign_in (account) ? _("You have to sign in again.") : NULL;
}
