/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-clock.h"
#include "natter-message-time.h"
#include "natter-plain-name.h"

static void
assert_name (const char *text,
             const char *expected)
{
  g_autofree char *name = natter_plain_name (text);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_plain_name (void)
{
  assert_name (NULL, "");
  assert_name ("", "");
  assert_name ("Wren", "Wren");
  assert_name ("  Wren \n the\t\tbird ", "Wren the bird");
  assert_name ("\xe2\x80\xae" "evil" "\xe2\x80\xac", "evil");          /* override, pop */
  assert_name ("a\xe2\x81\xa6" "b\xe2\x81\xa9" "c\xd8\x9c", "abc");    /* isolates, Arabic letter mark */
  assert_name ("<b>Wren</b> & co", "<b>Wren</b> & co");
  assert_name ("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
}

static void
assert_day (const char *time,
            const char *expected)
{
  g_autoptr(GDateTime) now = g_date_time_new_local (2026, 3, 1, 0, 30, 0);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) at = g_date_time_new_from_iso8601 (time, zone);
  g_autofree char *day = natter_message_time_format_day (g_date_time_to_unix_usec (at), now);

  g_assert_cmpstr (day, ==, expected);
}

static void
test_day (void)
{
  assert_day ("2026-03-01T00:00:00", "Today");
  assert_day ("2026-03-01T23:59:59", "Today");
  assert_day ("2026-02-28T23:59:59", "Yesterday");
  assert_day ("2026-02-28T00:00:00", "Yesterday");
  assert_day ("2026-02-27T23:59:59", "Friday, 27 February");
  assert_day ("2025-12-31T12:00:00", "Wednesday, 31 December 2025");
}

static void
test_clock (void)
{
  g_autofree char *clock = natter_message_time_format_clock (G_GINT64_CONSTANT (1772323506) * G_USEC_PER_SEC);
  g_autofree char *full = natter_message_time_format_full (G_GINT64_CONSTANT (1772323506) * G_USEC_PER_SEC);
  g_autofree char *never = natter_message_time_format_full (G_MAXINT64);

  g_assert_cmpstr (clock, ==, "00:05");
  g_assert_cmpstr (full, ==, "Sunday, 1 March 2026, 00:05:06");
  g_assert_cmpstr (never, ==, "");
}

/* Whatever the desktop says, which nobody has asked yet. */
static void
test_clock_of_language (void)
{
  g_assert_false (natter_clock_get_twelve_hours (natter_clock_get_default ()));
  g_assert_false (natter_clock_format_has_twelve_hours ("%H:%M:%S"));            /* C */
  g_assert_false (natter_clock_format_has_twelve_hours ("%T"));                  /* de_DE */
  g_assert_false (natter_clock_format_has_twelve_hours ("%k:%M:%S"));
  g_assert_true (natter_clock_format_has_twelve_hours ("%r"));                   /* en_US */
  g_assert_true (natter_clock_format_has_twelve_hours ("%I:%M:%S %p %Z"));       /* hi_IN */
  g_assert_true (natter_clock_format_has_twelve_hours ("%Z %-I:%M:%S "));
  g_assert_true (natter_clock_format_has_twelve_hours ("%OI:%OM:%OS"));
  g_assert_false (natter_clock_format_has_twelve_hours ("100%% %T%"));
}

static void
test_clock_of_12_hours (void)
{
  NatterClock *clock = natter_clock_get_default ();
  g_autofree char *morning = NULL;
  g_autofree char *afternoon = NULL;

  natter_clock_set_twelve_hours (clock, TRUE);
  morning = natter_message_time_format_clock (G_GINT64_CONSTANT (1772323506) * G_USEC_PER_SEC);
  afternoon = natter_message_time_format_full (G_GINT64_CONSTANT (1772372106) * G_USEC_PER_SEC);
  natter_clock_set_twelve_hours (clock, FALSE);
  g_assert_cmpstr (morning, ==, "12:05 AM");
  g_assert_cmpstr (afternoon, ==, "Sunday, 1 March 2026, 1:35:06 PM");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-text/plain-name", test_plain_name);
  g_test_add_func ("/message-text/day", test_day);
  g_test_add_func ("/message-text/clock", test_clock);
  g_test_add_func ("/message-text/clock-of-language", test_clock_of_language);
  g_test_add_func ("/message-text/clock-of-12-hours", test_clock_of_12_hours);
  return g_test_run ();
}
