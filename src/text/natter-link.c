/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-link.h"

#include <string.h>

#define MAX_ADDRESS 4096

static const struct
{
  const char *prefix;
  gboolean    is_place;
} schemes[] = {
  { "https://", FALSE },
  { "http://", FALSE },
  { "mailto:", FALSE },
  { "originchats://", TRUE },
};

/* Bytes of the scheme that @text begins with, 0: with none that is allowed. */
static gsize
measure_scheme (const char *text,
                gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize size = strlen (schemes[i].prefix);

      if (length > size && g_ascii_strncasecmp (text, schemes[i].prefix, size) == 0)
        return size;
    }
  return 0;
}

/* Invisible characters and those of direction have no place in an address that is shown. */
static gboolean
is_address_character (const char *at)
{
  gunichar c;

  if ((guchar) *at < 0x80)
    return *at > ' ' && *at < 0x7f && strchr ("\"'<>`\\", *at) == NULL;
  c = g_utf8_get_char (at);
  return g_unichar_isgraph (c) && g_unichar_type (c) != G_UNICODE_FORMAT;
}

/* Cuts off what ends a sentence, a bracket or a mark rather than the address. */
static const char *
trim_address (const char *text,
              const char *end)
{
  int round = 0;
  int square = 0;

  for (const char *at = text; at < end; at++)
    {
      round += (*at == '(') - (*at == ')');
      square += (*at == '[') - (*at == ']');
    }
  while (end > text)
    {
      char last = end[-1];

      if (last == ')' && round < 0)
        round++;
      else if (last == ']' && square < 0)
        square++;
      else if (strchr (".,!?:;*~|", last) == NULL)
        break;
      end--;
    }
  return end;
}

/**
 * natter_link_measure:
 * @text: valid UTF-8
 * @end: its end
 *
 * Returns: how many bytes at @text are an address to be made a link, 0: none
 */
gsize
natter_link_measure (const char *text,
                     const char *end)
{
  gsize scheme = measure_scheme (text, end - text);
  const char *at = text + scheme;

  if (scheme == 0)
    return 0;
  while (at < end && at - text < MAX_ADDRESS && is_address_character (at)
         && !(*at == '|' && at + 1 < end && at[1] == '|'))
    at = g_utf8_next_char (at);
  at = trim_address (text + scheme, at);
  return at > text + scheme ? at - text : 0;
}

/**
 * natter_link_measure_target:
 * @text: valid UTF-8, behind the bracket that opens the target of a link
 * @end: its end
 *
 * Returns: (nullable): the bracket that closes it, %NULL when it is no address that may be opened
 */
const char *
natter_link_measure_target (const char *text,
                            const char *end)
{
  gsize scheme = measure_scheme (text, end - text);
  guint depth = 0;

  if (scheme == 0)
    return NULL;
  for (const char *at = text + scheme; at < end && at - text < MAX_ADDRESS; at = g_utf8_next_char (at))
    {
      if (*at == ')' && depth-- == 0)
        return at > text + scheme ? at : NULL;
      if (*at == '(')
        depth++;
      if (!is_address_character (at) && *at != '\'')
        return NULL;
    }
  return NULL;
}

/**
 * natter_link_is_allowed:
 * @address: an address
 *
 * Returns: whether it may be opened: of the web, of mail, or a place on a server
 */
gboolean
natter_link_is_allowed (const char *address)
{
  return measure_scheme (address, strlen (address)) != 0;
}

static const char *
skip_prefix (const char *text,
             const char *prefix)
{
  gsize size = strlen (prefix);

  return g_ascii_strncasecmp (text, prefix, size) == 0 ? text + size : NULL;
}

/* The web clients give out links that begin with their own address. */
static gboolean
is_place_of_web_client (const char *address)
{
  static const char * const clients[] = { "https://originchats.com/", "https://www.originchats.com/", "https://originchats.mistium.com/" };
  static const char * const pages[] = { "message/", "invite/", "app/", "app?server=" };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      const char *page = skip_prefix (address, clients[i]);

      for (guint j = 0; page != NULL && j < G_N_ELEMENTS (pages); j++)
        if (skip_prefix (page, pages[j]) != NULL)
          return TRUE;
    }
  return FALSE;
}

/**
 * natter_link_is_place:
 * @address: an address
 *
 * Returns: whether it names a server, or a channel, thread or message on one
 */
gboolean
natter_link_is_place (const char *address)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (schemes[i].is_place && skip_prefix (address, schemes[i].prefix) != NULL)
      return TRUE;
  return is_place_of_web_client (address);
}

/**
 * natter_link_has_user:
 * @address: an address that may be opened
 *
 * Returns: whether a name stands before the host of an address of the web, which may be made to look like a host
 */
gboolean
natter_link_has_user (const char *address)
{
  const char *start = address + measure_scheme (address, strlen (address));

  return start[-1] == '/' && g_strstr_len (start, strcspn (start, "/?#"), "@") != NULL;
}

/**
 * natter_link_dup_host:
 * @address: an address that may be opened
 *
 * Returns: (transfer full): the host that it leads to, in lower case, for a mail address what stands behind the `@`
 */
char *
natter_link_dup_host (const char *address)
{
  const char *start = address + measure_scheme (address, strlen (address));
  gsize length = strcspn (start, "/?#");
  const char *at = g_strrstr_len (start, length, "@");

  if (at != NULL)
    {
      length -= at + 1 - start;
      start = at + 1;
    }
  return g_utf8_strdown (start, length);
}
