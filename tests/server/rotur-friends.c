/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

static gboolean
has (GPtrArray  *names,
     const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static void
add (GPtrArray  *names,
     const char *name)
{
  if (!has (names, name))
    g_ptr_array_add (names, g_strdup (name));
}

static gboolean
take_out (GPtrArray  *names,
          const char *name)
{
  guint position;

  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, &position))
    return FALSE;

  g_ptr_array_remove_index (names, position);
  return TRUE;
}

static void
say (RoturRequest *request,
     const char   *text)
{
  rotur_answer (request, SOUP_STATUS_OK, ts_object ("message", ts_string (text), NULL));
}

static void
friends (RoturRequest *request)
{
  RoturAuth auth;

  if (rotur_authenticate (request, "friends:view", &auth))
    rotur_answer (request, SOUP_STATUS_OK, ts_object ("friends", ts_strings (auth.account->friends), NULL));
}

static void
requests (RoturRequest *request)
{
  RoturAuth auth;

  if (rotur_authenticate (request, "friends:view", &auth))
    rotur_answer (request, SOUP_STATUS_OK, ts_object ("requests", ts_strings (auth.account->requests), NULL));
}

static void
outgoing (RoturRequest *request)
{
  RoturAuth auth;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (!rotur_authenticate (request, "friends:view", &auth))
    return;

  for (guint i = 0; i < request->rotur->accounts->len; i++)
    {
      RoturAccount *other = g_ptr_array_index (request->rotur->accounts, i);

      if (has (other->requests, auth.account->username))
        g_ptr_array_add (names, other->username);
    }
  rotur_answer (request, SOUP_STATUS_OK, ts_object ("requests", ts_strings (names), NULL));
}

/* The one whom the path names, or an error */
static RoturAccount *
other_of (RoturRequest *request)
{
  const char *name = strrchr (request->path, '/') + 1;
  RoturAccount *other = rotur_account_find (request->rotur, name);

  if (*name == '\0')
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Username cannot be empty");
  else if (other == NULL)
    rotur_error (request, SOUP_STATUS_NOT_FOUND, "Account Does Not Exist");
  return other;
}

static void
become_friends (RoturAccount *one,
                RoturAccount *other)
{
  take_out (one->requests, other->username);
  take_out (other->requests, one->username);
  add (one->friends, other->username);
  add (other->friends, one->username);
}

static void
ask (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "friends:request", &auth) || (other = other_of (request)) == NULL)
    return;

  if (other == auth.account)
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "You need other friends");
  else if (has (auth.account->friends, other->username))
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Already Friends");
  else if (has (other->blocked, auth.account->username))
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "You cant send friend requests to this user");
  else if (has (other->requests, auth.account->username))
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Already Requested");
  else if (has (auth.account->requests, other->username))
    {
      become_friends (auth.account, other);
      say (request, "Friend request accepted automatically");
    }
  else
    {
      add (other->requests, auth.account->username);
      say (request, "Friend request sent successfully");
    }
}

static void
accept_request (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "friends:accept", &auth) || (other = other_of (request)) == NULL)
    return;

  if (!has (auth.account->requests, other->username))
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "No Pending Request");
  else
    {
      become_friends (auth.account, other);
      say (request, "Friend request accepted");
    }
}

static void
reject_request (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "friends:accept", &auth) || (other = other_of (request)) == NULL)
    return;

  if (take_out (auth.account->requests, other->username))
    say (request, "Friend request rejected");
  else
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "No Pending Request");
}

static void
cancel_request (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "friends:cancel", &auth) || (other = other_of (request)) == NULL)
    return;

  if (take_out (other->requests, auth.account->username))
    say (request, "Friend request cancelled");
  else
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "No Pending Request");
}

static void
remove_friend (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "friends:remove", &auth) || (other = other_of (request)) == NULL)
    return;

  if (other == auth.account)
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Cannot Remove Yourself");
  else if (!take_out (auth.account->friends, other->username))
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Not Friends");
  else
    {
      take_out (other->friends, auth.account->username);
      say (request, "Friend removed");
    }
}

static void
blocked (RoturRequest *request)
{
  RoturAuth auth;

  if (rotur_authenticate (request, "blocked:view", &auth))
    rotur_answer (request, SOUP_STATUS_OK, ts_object ("blocked", ts_strings (auth.account->blocked), NULL));
}

static void
block (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "blocked:manage", &auth) || (other = other_of (request)) == NULL)
    return;

  add (auth.account->blocked, other->username);
  say (request, "User blocked");
}

static void
unblock (RoturRequest *request)
{
  RoturAuth auth;
  RoturAccount *other;

  if (!rotur_authenticate (request, "blocked:manage", &auth) || (other = other_of (request)) == NULL)
    return;

  take_out (auth.account->blocked, other->username);
  say (request, "User unblocked");
}

const RoturRoute rotur_friend_routes[] = {
  { "GET", "/friends", friends },
  { "POST", "/friends/request/", ask },
  { "POST", "/friends/accept/", accept_request },
  { "POST", "/friends/reject/", reject_request },
  { "POST", "/friends/cancel/", cancel_request },
  { "POST", "/friends/remove/", remove_friend },
  { "GET", "/me/requests", requests },
  { "GET", "/me/outgoing", outgoing },
  { "GET", "/me/blocked", blocked },
  { "POST", "/me/block/", block },
  { "POST", "/me/unblock/", unblock },
  { NULL },
};
