/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-account-private.h"

struct _NatterAccount
{
  GObject            parent_instance;

  char              *id;
  char              *name;
  char              *server;
  char              *rotur_id;
  char              *picture;
  char             **permissions;
  char             **blocked;
  char              *status_text; /* "" for none */
  NatterStatus       status;
  NatterAccountKind  kind;
  NatterTokenKind    token_kind;
  guint              session_only : 1;
  guint              needs_sign_in : 1;
  guint              by_query : 1;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_KIND,
  PROP_NAME,
  PROP_SERVER,
  PROP_ROTUR_ID,
  PROP_SESSION_ONLY,
  PROP_BLOCKED,
  PROP_NEEDS_SIGN_IN,
  PROP_PICTURE,
  PROP_TOKEN_KIND,
  PROP_PERMISSIONS,
  PROP_BY_QUERY,
  PROP_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterAccount, natter_account, G_TYPE_OBJECT)

static void
natter_account_finalize (GObject *object)
{
  NatterAccount *self = NATTER_ACCOUNT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->server);
  g_free (self->rotur_id);
  g_free (self->picture);
  g_strfreev (self->permissions);
  g_strfreev (self->blocked);
  g_free (self->status_text);
  G_OBJECT_CLASS (natter_account_parent_class)->finalize (object);
}

static void
natter_account_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  NatterAccount *self = NATTER_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_KIND:
      g_value_set_int (value, self->kind);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_ROTUR_ID:
      g_value_set_string (value, self->rotur_id);
      break;
    case PROP_SESSION_ONLY:
      g_value_set_boolean (value, self->session_only);
      break;
    case PROP_BLOCKED:
      g_value_set_boxed (value, self->blocked);
      break;
    case PROP_NEEDS_SIGN_IN:
      g_value_set_boolean (value, self->needs_sign_in);
      break;
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_TOKEN_KIND:
      g_value_set_int (value, self->token_kind);
      break;
    case PROP_PERMISSIONS:
      g_value_set_boxed (value, self->permissions);
      break;
    case PROP_BY_QUERY:
      g_value_set_boolean (value, self->by_query);
      break;
    case PROP_STATUS:
      g_value_set_int (value, self->status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_account_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  NatterAccount *self = NATTER_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_KIND:
      self->kind = g_value_get_int (value);
      break;
    case PROP_NAME:
      natter_account_set_name (self, g_value_get_string (value));
      break;
    case PROP_SERVER:
      self->server = g_value_dup_string (value);
      break;
    case PROP_ROTUR_ID:
      _natter_account_set_rotur_id (self, g_value_get_string (value));
      break;
    case PROP_SESSION_ONLY:
      natter_account_set_session_only (self, g_value_get_boolean (value));
      break;
    case PROP_BLOCKED:
      natter_account_set_blocked (self, g_value_get_boxed (value));
      break;
    case PROP_NEEDS_SIGN_IN:
      natter_account_set_needs_sign_in (self, g_value_get_boolean (value));
      break;
    case PROP_PICTURE:
      _natter_account_set_picture (self, g_value_get_string (value));
      break;
    case PROP_TOKEN_KIND:
      _natter_account_set_token_kind (self, g_value_get_int (value));
      break;
    case PROP_PERMISSIONS:
      _natter_account_set_permissions (self, g_value_get_boxed (value));
      break;
    case PROP_BY_QUERY:
      _natter_account_set_by_query (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_account_class_init (NatterAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_account_finalize;
  object_class->get_property = natter_account_get_property;
  object_class->set_property = natter_account_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, construct);
  properties[PROP_KIND] =
    g_param_spec_int ("kind", NULL, NULL, NATTER_ACCOUNT_SERVER, NATTER_ACCOUNT_ROTUR, NATTER_ACCOUNT_SERVER, construct);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, notified);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, construct);
  properties[PROP_ROTUR_ID] = g_param_spec_string ("rotur-id", NULL, NULL, NULL, notified);
  properties[PROP_SESSION_ONLY] = g_param_spec_boolean ("session-only", NULL, NULL, FALSE, notified);
  properties[PROP_BLOCKED] = g_param_spec_boxed ("blocked", NULL, NULL, G_TYPE_STRV, notified);
  properties[PROP_NEEDS_SIGN_IN] = g_param_spec_boolean ("needs-sign-in", NULL, NULL, FALSE, notified);
  properties[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, notified);
  properties[PROP_TOKEN_KIND] = g_param_spec_int ("token-kind", NULL, NULL, NATTER_TOKEN_UNKNOWN, NATTER_TOKEN_RENEWED,
                                                  NATTER_TOKEN_UNKNOWN, notified);
  properties[PROP_PERMISSIONS] = g_param_spec_boxed ("permissions", NULL, NULL, G_TYPE_STRV, notified);
  properties[PROP_BY_QUERY] = g_param_spec_boolean ("by-query", NULL, NULL, FALSE, notified);
  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, NATTER_STATUS_OFFLINE, NATTER_STATUS_INVISIBLE,
                                              NATTER_STATUS_OFFLINE,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_account_init (NatterAccount *self)
{
  self->blocked = g_new0 (char *, 1);
  self->status_text = g_strdup ("");
}

/**
 * natter_account_new:
 * @id: a UUID, under which the secret is kept
 * @kind: where the account is good
 * @name: the user name
 * @server: (nullable): text of the server's address; %NULL for Rotur accounts
 *
 * Returns: (transfer full): an account
 */
NatterAccount *
natter_account_new (const char        *id,
                    NatterAccountKind  kind,
                    const char        *name,
                    const char        *server)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (NATTER_TYPE_ACCOUNT, "id", id, "kind", (int) kind, "name", name, "server", server, NULL);
}

/**
 * natter_account_get_id:
 * @self: an account
 *
 * Returns: (transfer none): the UUID under which its secret is kept
 */
const char *
natter_account_get_id (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * natter_account_get_kind:
 * @self: an account
 *
 * Returns: where it is good
 */
NatterAccountKind
natter_account_get_kind (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NATTER_ACCOUNT_SERVER);

  return self->kind;
}

/**
 * natter_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the user name, as typed or as Rotur tells it
 */
const char *
natter_account_get_name (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * natter_account_set_name:
 * @self: an account
 * @name: (nullable): the user name
 */
void
natter_account_set_name (NatterAccount *self,
                         const char    *name)
{
  g_return_if_fail (NATTER_IS_ACCOUNT (self));

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * natter_account_get_server:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): text of the address of the one server where it is good; %NULL for Rotur
 *   accounts
 */
const char *
natter_account_get_server (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return self->server;
}

/* Rotur's stable id, by which one sees that two tokens are of the same person although the name changed. */
const char *
_natter_account_get_rotur_id (NatterAccount *self)
{
  return self->rotur_id;
}

void
_natter_account_set_rotur_id (NatterAccount *self,
                              const char    *rotur_id)
{
  if (g_set_str (&self->rotur_id, rotur_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROTUR_ID]);
}

/**
 * natter_account_get_session_only:
 * @self: an account
 *
 * Returns: whether its secret is in memory alone and gone when the program ends
 */
gboolean
natter_account_get_session_only (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), FALSE);

  return self->session_only;
}

/**
 * natter_account_set_session_only:
 * @self: an account
 * @session_only: whether its secret is in memory alone
 */
void
natter_account_set_session_only (NatterAccount *self,
                                 gboolean       session_only)
{
  g_return_if_fail (NATTER_IS_ACCOUNT (self));

  if (self->session_only == !!session_only)
    return;
  self->session_only = !!session_only;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION_ONLY]);
}

/**
 * natter_account_get_blocked:
 * @self: an account
 *
 * Returns: (transfer none) (array zero-terminated=1): names of the people whom one has blocked
 */
const char * const *
natter_account_get_blocked (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return (const char * const *) self->blocked;
}

/**
 * natter_account_set_blocked:
 * @self: an account
 * @names: (nullable) (array zero-terminated=1): names of the people whom one has blocked
 */
void
natter_account_set_blocked (NatterAccount      *self,
                            const char * const *names)
{
  const char * const nobody[] = { NULL };

  g_return_if_fail (NATTER_IS_ACCOUNT (self));

  if (names == NULL)
    names = nobody;
  if (g_strv_equal ((const char * const *) self->blocked, names))
    return;
  g_strfreev (self->blocked);
  self->blocked = g_strdupv ((char **) names);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLOCKED]);
}

/**
 * natter_account_has_blocked:
 * @self: an account
 * @username: a user name in any case
 *
 * Returns: whether one has blocked that person
 */
gboolean
natter_account_has_blocked (NatterAccount *self,
                            const char    *username)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (username != NULL, FALSE);

  for (gsize i = 0; self->blocked[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->blocked[i], username) == 0)
      return TRUE;
  return FALSE;
}

/**
 * natter_account_get_status:
 * @self: an account
 *
 * Returns: what one has chosen to be for others, wherever one is signed in with it; %NATTER_STATUS_OFFLINE when one never
 *   has: then one is what each server says
 */
NatterStatus
natter_account_get_status (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NATTER_STATUS_OFFLINE);

  return self->status;
}

/**
 * natter_account_get_status_text:
 * @self: an account
 *
 * Returns: (transfer none): what one has written about it; empty for nothing
 */
const char *
natter_account_get_status_text (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return self->status_text;
}

/**
 * natter_account_set_status:
 * @self: an account
 * @status: what to be for others
 * @text: (nullable): what to say about it, at most %NATTER_STATUS_TEXT_MAX characters
 *
 * The session tells the servers where one is signed in with @self, and those where one signs in later.
 */
void
natter_account_set_status (NatterAccount *self,
                           NatterStatus   status,
                           const char    *text)
{
  gboolean changed;

  g_return_if_fail (NATTER_IS_ACCOUNT (self));
  g_return_if_fail (text == NULL || g_utf8_strlen (text, -1) <= NATTER_STATUS_TEXT_MAX);

  changed = g_set_str (&self->status_text, text != NULL ? text : "");
  if (self->status == status && !changed)
    return;
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

/**
 * natter_account_get_needs_sign_in:
 * @self: an account
 *
 * Returns: whether the person has to sign in again: the secret is missing or was refused
 */
gboolean
natter_account_get_needs_sign_in (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), FALSE);

  return self->needs_sign_in;
}

/**
 * natter_account_set_needs_sign_in:
 * @self: an account
 * @needs_sign_in: whether the person has to sign in again
 */
void
natter_account_set_needs_sign_in (NatterAccount *self,
                                  gboolean       needs_sign_in)
{
  g_return_if_fail (NATTER_IS_ACCOUNT (self));

  if (self->needs_sign_in == !!needs_sign_in)
    return;
  self->needs_sign_in = !!needs_sign_in;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEEDS_SIGN_IN]);
}

/**
 * natter_account_get_picture:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the address of its picture
 */
const char *
natter_account_get_picture (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return self->picture;
}

void
_natter_account_set_picture (NatterAccount *self,
                             const char    *picture)
{
  if (g_set_str (&self->picture, picture))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE]);
}

/**
 * natter_account_get_token_kind:
 * @self: an account
 *
 * Returns: which kind of token is kept of it
 */
NatterTokenKind
natter_account_get_token_kind (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NATTER_TOKEN_UNKNOWN);

  return self->token_kind;
}

void
_natter_account_set_token_kind (NatterAccount   *self,
                                NatterTokenKind  kind)
{
  if (self->token_kind == kind)
    return;
  self->token_kind = kind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOKEN_KIND]);
}

/**
 * natter_account_get_permissions:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): what its token may do; %NULL: not known
 */
const char * const *
natter_account_get_permissions (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return (const char * const *) self->permissions;
}

static gboolean
is_same (const char * const *one,
         const char * const *two)
{
  return one == two || (one != NULL && two != NULL && g_strv_equal (one, two));
}

void
_natter_account_set_permissions (NatterAccount      *self,
                                 const char * const *permissions)
{
  if (is_same ((const char * const *) self->permissions, permissions))
    return;
  g_strfreev (self->permissions);
  self->permissions = g_strdupv ((char **) permissions);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERMISSIONS]);
}

/* Whether proofs are made with the token in the address, see natter_rotur_set_by_query(). */
gboolean
_natter_account_get_by_query (NatterAccount *self)
{
  return self->by_query;
}

void
_natter_account_set_by_query (NatterAccount *self,
                              gboolean       by_query)
{
  if (self->by_query == !!by_query)
    return;
  self->by_query = !!by_query;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_QUERY]);
}

/**
 * natter_account_get_lack:
 * @self: an account
 * @permission: a permission of Rotur, such as `friends:view`
 *
 * Says what is in the way of doing something with Rotur. Where it is not known what the token may do, nothing is:
 * Rotur will say.
 *
 * Returns: what is missing
 */
NatterAccountLack
natter_account_get_lack (NatterAccount *self,
                         const char    *permission)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NATTER_ACCOUNT_LACKS_ROTUR);
  g_return_val_if_fail (permission != NULL, NATTER_ACCOUNT_LACKS_PERMISSION);

  if (self->kind != NATTER_ACCOUNT_ROTUR)
    return NATTER_ACCOUNT_LACKS_ROTUR;
  if (self->token_kind != NATTER_TOKEN_MAIN && self->permissions != NULL
      && !g_strv_contains ((const char * const *) self->permissions, permission))
    return NATTER_ACCOUNT_LACKS_PERMISSION;
  return self->needs_sign_in ? NATTER_ACCOUNT_LACKS_SIGN_IN : NATTER_ACCOUNT_LACKS_NOTHING;
}

/**
 * natter_account_dup_label:
 * @self: an account
 *
 * Returns: (transfer full): what programs that show the keyring call its secret
 */
char *
natter_account_dup_label (NatterAccount *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT (self), NULL);

  return g_strdup_printf ("Natter: %s on %s", self->name, self->server != NULL ? self->server : "Rotur");
}
