/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-trace"

#include "config.h"

#include "natter-trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static FILE *trace_file;
static gint64 process_start; /* CLOCK_BOOTTIME, µs */

/* The kernel knows when the process began, which is before the dynamic linker ran. */
static gint64
read_process_start (void)
{
  g_autofree char *stat = NULL;
  const char *fields;
  gint64 ticks = 0;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    return 0;

  /* The command name, field 2, may hold spaces and parentheses: count from the last ')'. */
  fields = strrchr (stat, ')');
  for (int field = 2; fields != NULL && field < 22; field++)
    fields = strchr (fields + 1, ' ');
  if (fields != NULL)
    ticks = g_ascii_strtoll (fields, NULL, 10);
  return ticks * G_USEC_PER_SEC / sysconf (_SC_CLK_TCK);
}

static gint64
boottime_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/**
 * natter_trace_init:
 *
 * Opens the file that the environment variable `NATTER_TRACE` names and writes the `start` event. Does
 * nothing when the variable is unset or the file can't be written. Call it once, first in main().
 */
void
natter_trace_init (void)
{
  const char *path = g_getenv ("NATTER_TRACE");

  if (path == NULL || *path == '\0' || trace_file != NULL)
    return;

  trace_file = fopen (path, "we");
  if (trace_file == NULL)
    {
      g_message ("The trace file can't be written");
      return;
    }
  process_start = read_process_start ();
  natter_trace_emit ("start", NULL);
}

/**
 * natter_trace_enabled:
 *
 * Returns: whether events are written
 */
gboolean
natter_trace_enabled (void)
{
  return trace_file != NULL;
}

/**
 * natter_trace_now:
 *
 * Returns: milliseconds since the process was started
 */
double
natter_trace_now (void)
{
  return (boottime_now () - process_start) / 1000.0;
}

static void
append_string (GString    *line,
               const char *text)
{
  g_string_append_c (line, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (line, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (line, "\\u%04x", (guint) *c);
      else
        g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}

static void
append_member (GString    *line,
               const char *key,
               va_list    *values)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (line, ",\"%s\":", key + 2);
  switch (key[0])
    {
    case 's':
      {
        const char *text = va_arg (*values, const char *);

        append_string (line, text != NULL ? text : "");
        break;
      }
    case 'i':
      g_string_append_printf (line, "%" G_GINT64_FORMAT, va_arg (*values, gint64));
      break;
    case 'd':
      g_string_append (line, g_ascii_formatd (number, sizeof number, "%.3f", va_arg (*values, double)));
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * natter_trace_emit:
 * @event: name of the event
 * @...: pairs, ended by %NULL: `s:NAME`, `i:NAME` or `d:NAME`, then its value as `const char *`, `gint64` or
 *   `double`
 *
 * Writes one JSON object as a line: the event, milliseconds since the process was started, and the pairs.
 * Never hand it the text of a message, the name of a person, or a secret. Main thread only.
 */
void
natter_trace_emit (const char *event,
                   ...)
{
  g_autoptr(GString) line = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  va_list values;

  g_return_if_fail (trace_file != NULL);

  g_string_append_printf (line, "{\"event\":\"%s\",\"ms\":%s", event,
                          g_ascii_formatd (number, sizeof number, "%.3f", natter_trace_now ()));
  va_start (values, event);
  for (const char *key = va_arg (values, const char *); key != NULL; key = va_arg (values, const char *))
    append_member (line, key, &values);
  va_end (values);
  g_string_append (line, "}\n");

  fputs (line->str, trace_file);
  fflush (trace_file);
}
