/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-moment.h"

#include <glib/gi18n.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define MONTH (30 * DAY)
#define YEAR (365 * DAY)

static char *
format_ahead (gint64 seconds)
{
  if (seconds < HOUR)
    return g_strdup_printf (ngettext ("in %d minute", "in %d minutes", seconds / MINUTE), (int) (seconds / MINUTE));
  if (seconds < DAY)
    return g_strdup_printf (ngettext ("in %d hour", "in %d hours", seconds / HOUR), (int) (seconds / HOUR));
  if (seconds < MONTH)
    return g_strdup_printf (ngettext ("in %d day", "in %d days", seconds / DAY), (int) (seconds / DAY));
  if (seconds < YEAR)
    return g_strdup_printf (ngettext ("in %d month", "in %d months", seconds / MONTH), (int) (seconds / MONTH));
  return g_strdup_printf (ngettext ("in %d year", "in %d years", seconds / YEAR), (int) (seconds / YEAR));
}

static char *
format_ago (gint64 seconds)
{
  if (seconds < HOUR)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", seconds / MINUTE), (int) (seconds / MINUTE));
  if (seconds < DAY)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", seconds / HOUR), (int) (seconds / HOUR));
  if (seconds < MONTH)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", seconds / DAY), (int) (seconds / DAY));
  if (seconds < YEAR)
    return g_strdup_printf (ngettext ("%d month ago", "%d months ago", seconds / MONTH), (int) (seconds / MONTH));
  return g_strdup_printf (ngettext ("%d year ago", "%d years ago", seconds / YEAR), (int) (seconds / YEAR));
}

static char *
format_relative (gint64 seconds)
{
  if (ABS (seconds) < MINUTE)
    /* Translators: a time, as “5 minutes ago” */
    return g_strdup (_("just now"));
  return seconds > 0 ? format_ahead (seconds) : format_ago (-seconds);
}

/**
 * natter_moment_format:
 * @moment: seconds since 1970
 * @style: `t` clock, `T` with seconds, `d` date in numbers, `D` date in words, `F` with weekday and clock, `R` how long
 *   ago, anything else date and clock
 * @now: seconds since 1970
 *
 * Returns: (transfer full) (nullable): the moment in words of the place where one is; %NULL when no calendar knows it
 */
char *
natter_moment_format (gint64 moment,
                      char   style,
                      gint64 now)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (moment);

  if (date == NULL)
    return NULL;
  switch (style)
    {
    case 't':
      /* Translators: a clock of hours and minutes for g_date_time_format() */
      return g_date_time_format (date, _("%H:%M"));
    case 'T':
      return g_date_time_format (date, "%X");
    case 'd':
      return g_date_time_format (date, "%x");
    case 'D':
      /* Translators: a date for g_date_time_format(): "3 May 2026" */
      return g_date_time_format (date, _("%-e %B %Y"));
    case 'F':
      /* Translators: a date and a clock for g_date_time_format(): "Sunday, 3 May 2026 14:05" */
      return g_date_time_format (date, _("%A, %-e %B %Y %H:%M"));
    case 'R':
      return format_relative (moment - now);
    default:
      /* Translators: a date and a clock for g_date_time_format(): "3 May 2026 14:05" */
      return g_date_time_format (date, _("%-e %B %Y %H:%M"));
    }
}
