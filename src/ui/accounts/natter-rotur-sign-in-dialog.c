/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur-sign-in-dialog"

#include "config.h"

#include "natter-rotur-sign-in-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-error-text.h"
#include "natter-rotur-sign-in.h"

struct _NatterRoturSignInDialog
{
  AdwDialog            parent_instance;

  NatterSession       *session;
  GCancellable        *cancellable; /* of the attempt that goes on */
  char                *page;        /* where the browser is to go */
  NatterRoturTokens   *tokens;
  NatterRoturIdentity *identity;
  AdwNavigationView   *navigation;
  AdwStatusPage       *choose_status;
  GtkLabel            *choose_error;
  AdwToastOverlay     *browser_toasts;
  GtkLabel            *code_label;
  AdwToastOverlay     *code_toasts;
  GtkWidget           *code_buttons;
  AdwEntryRow         *token_row;
  GtkLabel            *token_error;
  GtkWidget           *token_spinner;
  AdwStatusPage       *main_status;
  AdwNavigationPage   *account_page;
  NatterAvatar        *avatar;
  GtkLabel            *name_label;
  GtkLabel            *account_text;
  GtkWidget           *once_group;
  AdwSwitchRow        *once_row;
  GtkLabel            *account_error;
  GtkWidget           *account_spinner;
  GtkButton           *account_button;
  guint                confirm : 1; /* somebody else may have signed in: ask whether it is the person */
  guint                kept : 1;
};

enum
{
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterRoturSignInDialog, natter_rotur_sign_in_dialog, ADW_TYPE_DIALOG)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  if (text != NULL && gtk_widget_get_mapped (GTK_WIDGET (label)))
    gtk_accessible_announce (GTK_ACCESSIBLE (label), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_error (GtkLabel *label, const GError *error)
{
  g_autofree char *text = natter_error_text_dup (error);

  show_text (label, text);
}

static const char *
visible_tag (NatterRoturSignInDialog *self)
{
  const char *tag = adw_navigation_view_get_visible_page_tag (self->navigation);

  return tag != NULL ? tag : "";
}

static void
forget_attempt (NatterRoturSignInDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->tokens, natter_rotur_tokens_free);
  g_clear_pointer (&self->identity, natter_rotur_identity_free);
}

static GCancellable *
begin_attempt (NatterRoturSignInDialog *self)
{
  forget_attempt (self);
  show_text (self->choose_error, NULL);
  show_text (self->token_error, NULL);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* To where another way can be taken, or the token be pasted again. */
static void
fail (NatterRoturSignInDialog *self, const GError *error)
{
  gboolean pasted = g_str_equal (visible_tag (self), "token");

  gtk_widget_set_visible (self->token_spinner, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rotur.token", TRUE);
  forget_attempt (self);
  if (pasted)
    {
      show_error (self->token_error, error);
      return;
    }
  adw_navigation_view_pop_to_tag (self->navigation, "choose");
  show_error (self->choose_error, error);
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterRoturSignInDialog) self = data;
  g_autoptr(GError) error = NULL;
  AdwToastOverlay *toasts = g_str_equal (visible_tag (self), "code") ? self->code_toasts : self->browser_toasts;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error))
    return;
  g_debug ("No browser was opened: %s", error->message);
  adw_toast_overlay_add_toast (toasts, adw_toast_new (_("No browser could be opened: copy the link instead")));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr(GtkUriLauncher) launcher = NULL;

  if (self->page == NULL)
    return;
  launcher = gtk_uri_launcher_new (self->page);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable, launched_cb,
                           g_object_ref (self));
}

static void
copy (NatterRoturSignInDialog *self, const char *text, AdwToastOverlay *toasts)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (toasts, adw_toast_new (_("Copied")));
}

static void
copy_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);

  if (self->page != NULL)
    copy (self, self->page, self->browser_toasts);
}

static void
copy_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);

  copy (self, gtk_label_get_text (self->code_label), self->code_toasts);
}

static void
show_page_cb (const char *page, const char *code, gpointer data)
{
  NatterRoturSignInDialog *self = data;

  g_set_str (&self->page, page);
  if (code != NULL)
    {
      gtk_label_set_text (self->code_label, code);
      gtk_widget_set_sensitive (self->code_buttons, TRUE);
    }
  else
    open_action (GTK_WIDGET (self), NULL, NULL);
}

/* What was waited for is over: the way back leads to the ways to sign in. */
static void
go_to (NatterRoturSignInDialog *self, const char *tag)
{
  adw_navigation_view_replace_with_tags (self->navigation, (const char *[]) { "choose", tag }, 2);
}

static void
set_keeping (NatterRoturSignInDialog *self, gboolean keeping)
{
  gtk_widget_set_visible (self->account_spinner, keeping);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rotur.keep", !keeping);
}

static void
kept_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterRoturSignInDialog) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAccount) account = natter_session_add_account_finish (NATTER_SESSION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_keeping (self, FALSE);
  if (account == NULL)
    {
      show_error (self->account_error, error);
      gtk_widget_set_visible (self->once_group, TRUE);
      gtk_button_set_label (self->account_button, _("Try Again"));
      return;
    }
  self->kept = TRUE;
  adw_navigation_page_set_can_pop (self->account_page, FALSE);
  gtk_widget_set_visible (self->once_group, FALSE);
  adw_navigation_page_set_title (self->account_page, _("Signed In"));
  gtk_label_set_text (self->account_text, _("You are signed in to Rotur. You can use this account on any server that takes Rotur accounts."));
  gtk_button_set_label (self->account_button, _("Done"));
  gtk_widget_grab_focus (GTK_WIDGET (self->account_button));
  g_signal_emit (self, signals[SIGNED_IN], 0, account);
}

static void
keep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);
  gboolean once = gtk_widget_get_visible (self->once_group) && adw_switch_row_get_active (self->once_row);

  if (self->kept)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  set_keeping (self, TRUE);
  show_text (self->account_error, NULL);
  natter_session_add_account_async (self->session, self->tokens, self->identity, once, self->cancellable, kept_cb,
                                    g_object_ref (self));
}

static void
show_account (NatterRoturSignInDialog *self)
{
  natter_avatar_set_text (self->avatar, self->identity->username);
  natter_avatar_set_uri (self->avatar, self->identity->picture);
  gtk_label_set_text (self->name_label, self->identity->username);
  show_text (self->account_error, NULL);
  gtk_widget_set_visible (self->once_group, FALSE);
  adw_navigation_page_set_title (self->account_page, self->confirm ? _("Is This You?") : _("Signing In"));
  gtk_label_set_text (self->account_text, self->confirm ? _("Add this account only if it is yours: whoever knew the code could have used it.") : "");
  gtk_button_set_label (self->account_button, _("Add Account"));
  go_to (self, "account");
  gtk_widget_grab_focus (GTK_WIDGET (self->account_button));
  if (!self->confirm)
    keep_action (GTK_WIDGET (self), NULL, NULL);
}

static void
show_main_warning (NatterRoturSignInDialog *self)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  /* Translators: %s is a username. */
  text = g_strdup_printf (_("This is the main token of “%s”. Whoever has it can do everything that you can: read and write in your name, change the account, spend its credits, and lock you out. Natter would use it only to sign in to servers, and keep it in your keyring.\n\nA token for what Natter needs is safer. Keep the main token only if Rotur offers no other."),
                          self->identity->username);
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->main_status, escaped);
  go_to (self, "main");
}

static void
keep_main_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_account (NATTER_ROTUR_SIGN_IN_DIALOG (widget));
}

static void
identified_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterRoturSignInDialog) self = data;
  g_autoptr(GError) error = NULL;
  NatterRoturIdentity *identity = natter_rotur_identify_finish (NATTER_ROTUR (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (identity == NULL)
    {
      fail (self, error);
      return;
    }
  gtk_widget_set_visible (self->token_spinner, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rotur.token", TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->token_row), "");
  g_clear_pointer (&self->identity, natter_rotur_identity_free);
  self->identity = identity;
  if (identity->is_main)
    show_main_warning (self);
  else
    show_account (self);
}

static void
identify (NatterRoturSignInDialog *self)
{
  natter_rotur_identify_async (natter_session_get_rotur (self->session), self->tokens->access, self->cancellable,
                               identified_cb, g_object_ref (self));
}

static void
signed_in_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterRoturSignInDialog) self = data;
  g_autoptr(GError) error = NULL;
  NatterRoturTokens *tokens = natter_rotur_sign_in_finish (NATTER_ROTUR (object), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (tokens == NULL)
    {
      fail (self, error);
      return;
    }
  self->tokens = tokens;
  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (root));
  identify (self);
}

static void
start (NatterRoturSignInDialog *self, NatterRoturWay way)
{
  GCancellable *cancellable = begin_attempt (self);

  self->confirm = way == NATTER_ROTUR_WAY_CODE;
  natter_rotur_sign_in_async (natter_session_get_rotur (self->session), way, show_page_cb, self, cancellable,
                              signed_in_cb, g_object_ref (self));
}

static void
browser_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);

  adw_navigation_view_push_by_tag (self->navigation, "browser");
  start (self, NATTER_ROTUR_WAY_BROWSER);
}

static void
code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);

  gtk_label_set_text (self->code_label, "");
  gtk_widget_set_sensitive (self->code_buttons, FALSE);
  adw_navigation_view_push_by_tag (self->navigation, "code");
  start (self, NATTER_ROTUR_WAY_CODE);
}

static void
token_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (widget);
  g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->token_row))));

  if (*token == '\0')
    {
      show_text (self->token_error, _("Paste a token first."));
      return;
    }
  begin_attempt (self);
  self->confirm = FALSE;
  self->tokens = natter_rotur_tokens_new (token);
  explicit_bzero (token, strlen (token));
  gtk_widget_set_visible (self->token_spinner, TRUE);
  gtk_widget_action_set_enabled (widget, "rotur.token", FALSE);
  identify (self);
}

static void
token_entry_cb (NatterRoturSignInDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "rotur.token", NULL);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_navigation_view_pop_to_tag (NATTER_ROTUR_SIGN_IN_DIALOG (widget)->navigation, "choose");
}

/* Whoever goes back gives up what was begun there. */
static void
popped_cb (NatterRoturSignInDialog *self)
{
  if (!g_str_equal (visible_tag (self), "choose"))
    return;
  forget_attempt (self);
  gtk_editable_set_text (GTK_EDITABLE (self->token_row), "");
  gtk_widget_set_visible (self->token_spinner, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rotur.token", TRUE);
}

static void
natter_rotur_sign_in_dialog_closed (AdwDialog *dialog)
{
  forget_attempt (NATTER_ROTUR_SIGN_IN_DIALOG (dialog));
}

static void
natter_rotur_sign_in_dialog_dispose (GObject *object)
{
  NatterRoturSignInDialog *self = NATTER_ROTUR_SIGN_IN_DIALOG (object);

  forget_attempt (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_ROTUR_SIGN_IN_DIALOG);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_rotur_sign_in_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, choose_status);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, choose_error);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, browser_toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, code_label);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, code_toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, code_buttons);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, token_error);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, token_spinner);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, main_status);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, account_page);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, account_text);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, once_group);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, once_row);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, account_error);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, account_spinner);
  gtk_widget_class_bind_template_child (widget_class, NatterRoturSignInDialog, account_button);
  gtk_widget_class_bind_template_callback (widget_class, popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, token_entry_cb);
}

static void
natter_rotur_sign_in_dialog_class_init (NatterRoturSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_rotur_sign_in_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = natter_rotur_sign_in_dialog_closed;

  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, NATTER_TYPE_ACCOUNT);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-rotur-sign-in-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "rotur.browser", NULL, browser_action);
  gtk_widget_class_install_action (widget_class, "rotur.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "rotur.token", NULL, token_action);
  gtk_widget_class_install_action (widget_class, "rotur.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "rotur.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "rotur.copy-code", NULL, copy_code_action);
  gtk_widget_class_install_action (widget_class, "rotur.keep-main", NULL, keep_main_action);
  gtk_widget_class_install_action (widget_class, "rotur.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "rotur.cancel", NULL, cancel_action);
}

static void
natter_rotur_sign_in_dialog_init (NatterRoturSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_rotur_sign_in_dialog_new:
 * @session: where the account is added; it must have a Rotur API
 *
 * Returns: (transfer floating): a new dialog
 */
AdwDialog *
natter_rotur_sign_in_dialog_new (NatterSession *session)
{
  NatterRoturSignInDialog *self = g_object_new (NATTER_TYPE_ROTUR_SIGN_IN_DIALOG, NULL);

  self->session = g_object_ref (session);
  return ADW_DIALOG (self);
}

/**
 * natter_rotur_sign_in_dialog_set_account:
 * @self: the dialog
 * @account: a Rotur account of the session
 *
 * Asks to sign in to an account again. Whoever signs in as somebody else there adds another account.
 */
void
natter_rotur_sign_in_dialog_set_account (NatterRoturSignInDialog *self, NatterAccount *account)
{
  g_autofree char *title = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (NATTER_IS_ROTUR_SIGN_IN_DIALOG (self));
  g_return_if_fail (NATTER_IS_ACCOUNT (account));

  /* Translators: %s is a username. */
  title = g_strdup_printf (_("Sign In Again as “%s”"), natter_account_get_name (account));
  escaped = g_markup_escape_text (title, -1);
  adw_status_page_set_title (self->choose_status, escaped);
}
