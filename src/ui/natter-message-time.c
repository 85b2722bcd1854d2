/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-time"

#include "config.h"

#include "natter-message-time.h"

#include <glib/gi18n.h>

#include "natter-clock.h"

static gboolean
wants_12_hours (void)
{
  return natter_clock_get_twelve_hours (natter_clock_get_default ());
}

static GDateTime *
local_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);

  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static char *
format_or_empty (GDateTime  *local,
                 const char *format)
{
  char *text = local != NULL ? g_date_time_format (local, format) : NULL;

  return text != NULL ? text : g_strdup ("");
}

/**
 * natter_message_time_format_clock:
 * @time: µs since 1970
 *
 * Returns: (transfer full): the local time of day as #NatterClock has it; empty when @time is out of range
 */
char *
natter_message_time_format_clock (gint64 time)
{
  g_autoptr(GDateTime) local = local_time (time);

  /* Translators: the time of day, on a 12 hour clock */
  return format_or_empty (local, wants_12_hours () ? _("%-I:%M %p") : "%H:%M");
}

/**
 * natter_message_time_format_full:
 * @time: µs since 1970
 *
 * Returns: (transfer full): local date and time to the second; empty when @time is out of range
 */
char *
natter_message_time_format_full (gint64 time)
{
  g_autoptr(GDateTime) local = local_time (time);

  /* Translators: date and time of a message, for g_date_time_format(): weekday, day, month, year, hours, minutes and
   * seconds */
  return format_or_empty (local, wants_12_hours () ? _("%A, %-d %B %Y, %-I:%M:%S %p") : _("%A, %-d %B %Y, %H:%M:%S"));
}

static int
days_between (GDateTime *from,
              GDateTime *to)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (from), g_date_time_get_month (from), g_date_time_get_year (from));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (to), g_date_time_get_month (to), g_date_time_get_year (to));
  return g_date_days_between (&a, &b);
}

/**
 * natter_message_time_format_day:
 * @time: µs since 1970
 * @now: the present, in local time
 *
 * Returns: (transfer full): the heading of the day that @time is in; empty when @time is out of range
 */
char *
natter_message_time_format_day (gint64     time,
                                GDateTime *now)
{
  g_autoptr(GDateTime) local = local_time (time);
  int days;

  if (local == NULL)
    return g_strdup ("");

  days = days_between (local, now);
  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (g_date_time_get_year (local) == g_date_time_get_year (now))
    /* Translators: heading of a day of this year, for g_date_time_format(): weekday, day and month */
    return format_or_empty (local, _("%A, %-d %B"));
  /* Translators: heading of a day of another year, for g_date_time_format(): weekday, day, month and year */
  return format_or_empty (local, _("%A, %-d %B %Y"));
}
