/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A person's browser: opens a page, follows where it leads, and remembers what came of it. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message; /* of the page that was opened last */
  char        *uri;     /* where it ended */
  char        *body;
  guint        status;  /* 0: nobody answered */
  gboolean     done;
} Browser;

Browser *browser_new  (void);
void     browser_free (Browser *self);
void     browser_open (Browser    *self,
                       const char *uri);
char    *browser_ask  (const char *uri,
                       const char *method,
                       const char *path,
                       const char *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Browser, browser_free)

G_END_DECLS
