/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which addresses are places on servers, and which are for the browser. */
#include "natter-link.h"

static void
test_place (void)
{
  static const struct
  {
    const char *address;
    gboolean    is_place;
  } cases[] = {
    { "originChats://chats.example.org/general", TRUE },
    { "ORIGINCHATS://chats.example.org", TRUE },
    { "https://originchats.com/message/chats.example.org/general/m-1", TRUE },
    { "https://www.originchats.com/invite/chats.example.org/code", TRUE },
    { "https://originchats.mistium.com/app/chats.example.org", TRUE },
    { "https://originchats.com/app?server=chats.example.org", TRUE },
    { "https://originchats.com/", FALSE },
    { "https://originchats.com/about", FALSE },
    { "https://originchats.com.example.org/message/a/b/c", FALSE },
    { "https://example.org/originchats.com/message/a/b/c", FALSE },
    { "http://originchats.com/message/a/b/c", FALSE },
    { "mailto:somebody@example.org", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (natter_link_is_place (cases[i].address), ==, cases[i].is_place);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/link/place", test_place);

  return g_test_run ();
}
