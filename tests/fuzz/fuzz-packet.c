/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "captures.h"
#include "natter-error.h"
#include "packet-check.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse ((const char *) data, size, &error);

  if (packet == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, NATTER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  packet_check (packet);
  return 0;
}

GPtrArray *
fuzz_seeds (void)
{
  g_autoptr(GPtrArray) frames = captures_load ();
  GPtrArray *seeds = g_ptr_array_new ();

  for (guint i = 0; i < frames->len; i++)
    {
      const CapturedFrame *frame = frames->pdata[i];

      /* Long pages take their time and say no more than short ones. */
      if (strlen (frame->text) < 16 * 1024)
        g_ptr_array_add (seeds, g_string_new (frame->text));
    }

  return seeds;
}

const char *const fuzz_words[] = {
  "null", "0", "NaN", "Infinity", "-Infinity", "\"\"", "[]", "{}", ",", ":", "\"", "\\", "{", "}", "[", "]", "\\u",
  "\\ud8", "\\ud83d", "\\u0000", "'", "/*", "*/", "//", "\n", "\"cmd\":\"messages_get\"", "\"val\":", "\"val\":[]",
  "\"val\":{}", "\"message\":", "\"user\":", "\xff", "\xed\xa0\xbd", NULL,
};

const char *const fuzz_values[] = {
  "null", "true", "false", "0", "-1", "1", "1.5", "-0.0", "1e999", "-1e999", "1e-400", "NaN", "Infinity", "-Infinity",
  "9223372036854775807", "-9223372036854775808", "99999999999999999999999999", "18446744073709551616", "4294967296",
  "253402300799.999", "1e15", "\"\"", "\"x\"", "\"1\"", "\"-5\"", "\"1e999\"", "\"#12345\"", "\"#ffffff\"", "\"yes\"",
  "\"\\u0000\"", "\"\\ud83d\"", "\"\\udc00\"", "\"\\ud83d\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"",
  "\"\xff\xfe\"", "\"\xed\xa0\xbd\"", "\"\xf4\x90\x80\x80\"", "\"2026-11-23T01:02:03Z\"", "\"0001-01-01T00:00:00Z\"",
  "[]", "{}", "[[]]", "[{}]", "{\"\":1}", "[null]", "{\"id\":\"x\"}", "[{\"id\":\"x\"},{\"id\":\"x\"},{\"id\":\"x\"}]",
  "[\"x\",\"x\"]", "{\"username\":\"x\"}", "[{\"username\":\"x\"},{\"username\":\"x\"},\"x\"]", "[1,\"x\",null,{},[]]",
  "{\"a\":1,\"a\":2}", "{\"x\":[\"y\"]}", "{\"type\":\"poll\"}",
  "[{\"type\":\"poll\",\"poll\":{\"options\":[1,{},\"x\"]}}]",
  "{\"status\":\"idle\"}", "\"text\"", "\"messages_get\"", "\"message_new\"", "\"channels_get\"", "\"roles_list\"",
  "\"users_list\"", "\"handshake\"", "\"poll_end\"", "\"user_leave\"", "\"emoji_list\"", "\"unreads_get\"", NULL,
};
