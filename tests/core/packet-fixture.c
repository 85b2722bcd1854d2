/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-fixture.h"

#include <string.h>

#include "natter-error.h"

static NatterPacket *
parse (const char  *quoted,
       GError     **error)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');

  return natter_packet_parse (text, strlen (text), error);
}

NatterPacket *
packet_parse (const char *quoted)
{
  g_autoptr(GError) error = NULL;
  NatterPacket *packet = parse (quoted, &error);

  g_assert_no_error (error);
  g_assert_nonnull (packet);
  return packet;
}

NatterPacket *
packet_parse_kind (const char       *quoted,
                   NatterPacketKind  kind)
{
  NatterPacket *packet = packet_parse (quoted);

  g_assert_cmpint (packet->kind, ==, kind);
  return packet;
}

void
packet_assert_bad (const char *quoted)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (parse (quoted, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL);
}

void
packet_assert_safe (const char *with)
{
  static const char *const values[] = {
    "null", "true", "false", "0", "-1", "1.5", "1e999", "-1e999", "NaN", "Infinity", "-Infinity",
    "99999999999999999999", "-99999999999999999999", "''", "'x'", "'\\u0000'", "'\\ud800'", "'5'", "[]", "{}", "[[]]",
    "[{}]", "{'a':{}}", "[null,1,'x',[],{}]", "{'a':null,'b':1,'c':'x','d':[],'e':{}}", "{'':''}", "[{'id':''}]",
    "[{'id':1}]", "[{'id':null}]",
  };
  const char *mark = strstr (with, "%s");

  g_assert_nonnull (mark);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("%.*s%s%s", (int) (mark - with), with, values[i], mark + 2);
      g_autoptr(GError) error = NULL;
      g_autoptr(NatterPacket) packet = parse (text, &error);

      if (packet == NULL)
        g_assert_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL);
      else
        g_assert_no_error (error);
    }
}
