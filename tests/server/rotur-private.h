/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rotur.h"

G_BEGIN_DECLS

typedef struct
{
  char *username;
  char *id;
  char *token;           /* the main token */
  char *password;
  gboolean banned;
  gboolean tos_missing;
  GPtrArray *friends;    /* names */
  GPtrArray *requests;   /* names of those who asked */
  GPtrArray *blocked;
  char *bio;
  char *pronouns;
  char *tier;
  double currency;
  guint index;
  guint followers;
  guint following;
  guint logins;
} RoturAccount;

/* A sub-token, an OAuth access token or a token that the sign-in page handed out */
typedef struct
{
  char *token;
  char *id;
  char *name;
  char *username;
  GPtrArray *permissions;
  char *client_id;       /* NULL: not from OAuth */
  char *refresh;         /* the refresh token that it belongs to, or NULL */
  gint64 expires_at;     /* s; 0 never */
} RoturToken;

typedef struct
{
  char *code;
  char *token;           /* NULL until somebody linked it */
  GPtrArray *permissions;
  char *name;
  gint64 expires_at;
} RoturLink;

typedef struct
{
  char *code;
  char *client_id;
  char *redirect_uri;
  char *challenge;
  char *username;
  GPtrArray *scopes;
  gint64 expires_at;
  char *access_token;    /* what it was swapped for; NULL: not yet */
} RoturCode;

typedef struct
{
  char *refresh;
  char *client_id;
  char *username;
  GPtrArray *scopes;
} RoturGrant;

struct _Rotur
{
  SoupServer *server;
  char *url;
  GPtrArray *accounts;
  GHashTable *tokens;      /* token -> RoturToken */
  GHashTable *validators;  /* text -> gint64 *, the clock window in which it was made */
  GHashTable *links;       /* code -> RoturLink */
  GHashTable *codes;       /* code -> RoturCode */
  GHashTable *grants;      /* refresh token -> RoturGrant */
  GHashTable *spent;       /* refresh tokens that were used */
  JsonObject *clients;     /* client id -> {"name","redirect_uris"} */
  JsonNode *discovery;

  /* switches */
  gboolean may_2026;       /* validators verify only from the main token in the query; no /v2, no scopes */
  guint delay_ms;
  guint status;            /* answer everything with it; 0: work */
  gboolean limited;        /* 30 calls of class "profile" in 60 s */
  char *browser_user;      /* who is signed in to the site; NULL: pages ask */
  char *attack;            /* one-shot, for the next redirect of the site */
  GPtrArray *granted;      /* permissions that people leave on; NULL: all */

  GArray *profile_calls;   /* gint64, monotonic */
  GPtrArray *log;          /* JsonObject */
};

/* One HTTP request */
typedef struct
{
  Rotur *rotur;
  SoupServerMessage *message;
  const char *method;
  const char *path;
  GHashTable *query;       /* NULL: none */
} RoturRequest;

typedef struct
{
  const char *method;
  const char *path;        /* ending in "/" it stands for all below */
  void (*answer) (RoturRequest *request);
} RoturRoute;

/* Who asks, and with what */
typedef struct
{
  RoturAccount *account;
  RoturToken *token;       /* NULL: the main token */
  gboolean from_query;
} RoturAuth;

void        rotur_answer        (RoturRequest *request,
                                 guint         status,
                                 JsonObject   *body);
void        rotur_error         (RoturRequest *request,
                                 guint         status,
                                 const char   *format,
                                 ...) G_GNUC_PRINTF (3, 4);
void        rotur_page          (RoturRequest *request,
                                 guint         status,
                                 const char   *html);
void        rotur_redirect      (RoturRequest *request,
                                 const char   *address);
const char *rotur_param         (RoturRequest *request,
                                 const char   *name);
GHashTable *rotur_form          (RoturRequest *request);
const char *rotur_rest          (RoturRequest *request,
                                 const char   *prefix);
char       *rotur_given_token   (RoturRequest *request,
                                 gboolean     *from_query);
gboolean    rotur_authenticate  (RoturRequest *request,
                                 const char   *permission,
                                 RoturAuth    *auth);
gint64      rotur_now           (void);
char       *rotur_random_hex    (guint         n_bytes);
gboolean    rotur_may           (RoturAuth    *auth,
                                 const char   *permission);

RoturAccount *rotur_account_find
                                (Rotur        *self,
                                 const char   *name_or_id);
RoturToken *rotur_token_new     (Rotur        *self,
                                 const char   *token,
                                 const char   *username,
                                 GPtrArray    *permissions);
void        rotur_tokens_init   (Rotur        *self);
void        rotur_tokens_clear  (Rotur        *self);
gboolean    rotur_is_permission (const char   *name);
GPtrArray  *rotur_split         (const char   *list,
                                 const char   *separators);
GPtrArray  *rotur_limit_grant   (Rotur        *self,
                                 GPtrArray    *wanted);
char       *rotur_take_attack   (Rotur        *self,
                                 const char   *name);

extern const RoturRoute rotur_account_routes[];
extern const RoturRoute rotur_friend_routes[];
extern const RoturRoute rotur_validator_routes[];
extern const RoturRoute rotur_sign_in_routes[];
extern const RoturRoute rotur_oauth_routes[];

G_END_DECLS
