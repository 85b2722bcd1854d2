/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-phrase"

#include "config.h"

#include "natter-phrase.h"

/**
 * natter_phrase_set:
 * @phrase: what was said so far
 * @format: a translated phrase, such as "%s, muted"
 * @...: what is in it; the text of @phrase may be among it
 *
 * Says one thing more with a phrase of which what was said so far is a part, so that a language decides where that stands and
 * what separates the two.
 */
void
natter_phrase_set (GString    *phrase,
                   const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  g_return_if_fail (phrase != NULL);
  g_return_if_fail (format != NULL);

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_string_assign (phrase, text);
}
