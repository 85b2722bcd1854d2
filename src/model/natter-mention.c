/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-mention.h"
#include "natter-message-private.h"
#include "natter-moment.h"
#include "natter-role.h"
#include "natter-server-private.h"

/* What names in messages stand for on one server. A name in a message may run on into what is behind it ("@ada-"), so
 * the longest beginning that is known is taken. */

typedef gboolean (*FindFunc) (NatterServer     *self,
                              const char       *name,
                              NatterResolution *resolution);

static gboolean
find_user (NatterServer     *self,
           const char       *name,
           NatterResolution *resolution)
{
  NatterMember *member = natter_roster_lookup (self->roster, name);

  if (member == NULL || (!natter_member_get_known (member) && member != self->me))
    return FALSE;
  resolution->text = g_strdup_printf ("@%s", natter_member_get_name (member));
  resolution->target = g_strdup (natter_member_get_username (member));
  resolution->color = natter_member_get_color (member);
  resolution->own = member == self->me;
  return TRUE;
}

static gboolean
has_role (NatterMember *member,
          NatterRole   *role)
{
  const char * const *names = member != NULL ? natter_member_get_role_names (member) : NULL;

  return names != NULL && (g_strv_contains (names, natter_role_get_name (role))
                           || (natter_role_get_id (role) != NULL && g_strv_contains (names, natter_role_get_id (role))));
}

static gboolean
find_role (NatterServer     *self,
           const char       *name,
           NatterResolution *resolution)
{
  NatterRole *role = natter_roster_lookup_role (self->roster, name);

  if (role == NULL)
    return FALSE;
  resolution->text = g_strdup_printf ("@%s", natter_role_get_name (role));
  resolution->target = g_strdup (natter_role_get_name (role));
  resolution->color = natter_role_get_color (role);
  resolution->own = has_role (self->me, role);
  return TRUE;
}

static NatterChannel *
lookup_channel (NatterServer *self,
                const char   *name)
{
  NatterChannel *channel = natter_server_lookup_channel (self, name);
  g_autofree char *folded = NULL;

  if (channel != NULL)
    return channel;
  folded = g_utf8_casefold (name, -1);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(NatterChannel) candidate = g_list_model_get_item (G_LIST_MODEL (self->channels), i);
      g_autofree char *title = g_utf8_casefold (natter_channel_get_title (candidate), -1);

      if (g_str_equal (title, folded))
        return natter_server_lookup_channel (self, natter_channel_get_name (candidate));
    }
  return NULL;
}

static gboolean
find_channel (NatterServer     *self,
              const char       *name,
              NatterResolution *resolution)
{
  NatterChannel *channel = lookup_channel (self, name);

  if (channel == NULL)
    return FALSE;
  resolution->text = g_strdup_printf ("#%s", natter_channel_get_title (channel));
  resolution->target = g_strdup (natter_channel_get_name (channel));
  return TRUE;
}

static gboolean
is_cut (const char *end)
{
  return *end == '\0' || strchr (".-_#:", *end) != NULL || (guchar) *end >= 0x80;
}

static gboolean
find_longest (NatterServer     *self,
              const char       *target,
              FindFunc          find,
              NatterResolution *resolution)
{
  g_autofree char *name = g_strdup (target);
  char *end = name + strlen (name);

  while (end > name)
    {
      *end = '\0';
      if (find (self, name, resolution))
        {
          resolution->used = end - name;
          return TRUE;
        }
      do
        end = g_utf8_find_prev_char (name, end);
      while (end != NULL && end > name && !is_cut (target + (end - name)));
      if (end == NULL)
        break;
    }
  return FALSE;
}

static gboolean
find_place (NatterServer     *self,
            const char       *uri,
            NatterResolution *resolution)
{
  g_autoptr(NatterAddress) address = natter_address_parse (uri, NULL);
  const char *name = address != NULL ? natter_address_get_channel (address) : NULL;
  NatterChannel *channel;

  if (name == NULL)
    return FALSE;
  if (!natter_address_equal (address, self->address))
    {
      resolution->text = g_strdup_printf ("%s: #%s", natter_address_get_text (address), name);
      return TRUE;
    }
  channel = natter_server_lookup_channel (self, name);
  resolution->text = g_strdup_printf ("#%s", channel != NULL ? natter_channel_get_title (channel) : name);
  return TRUE;
}

static gboolean
find_emoji (NatterServer     *self,
            const char       *name,
            NatterResolution *resolution)
{
  const char *id = natter_server_lookup_emoji_id (self, name);

  if (id == NULL)
    return FALSE;
  resolution->target = g_strdup_printf ("%s/%s", natter_address_get_site (self->address), id);
  resolution->text = g_strdup_printf (":%s:", name);
  return TRUE;
}

/* Of other servers only the id is known. */
static gboolean
name_emoji (NatterServer     *self,
            const char       *target,
            NatterResolution *resolution)
{
  const char *slash = strchr (target, '/');
  g_autofree char *host = g_strndup (target, slash != NULL ? (gsize) (slash - target) : 0);
  const char *name = NULL;

  if (slash != NULL && g_ascii_strcasecmp (host, natter_address_get_site (self->address)) == 0)
    name = natter_server_lookup_emoji_name (self, slash + 1);
  if (name == NULL)
    return FALSE;
  resolution->text = g_strdup_printf (":%s:", name);
  return TRUE;
}

static gboolean
resolve (const NatterSpan *span,
         NatterResolution *resolution,
         gpointer          data)
{
  NatterServer *self = data;

  switch ((guint) span->kind)
    {
    case NATTER_SPAN_USER:
      return find_longest (self, span->target, find_user, resolution);
    case NATTER_SPAN_ROLE:
      return find_longest (self, span->target, find_role, resolution);
    case NATTER_SPAN_CHANNEL:
      return find_longest (self, span->target, find_channel, resolution);
    case NATTER_SPAN_NAMED_EMOJI:
      return find_emoji (self, span->target, resolution);
    case NATTER_SPAN_CUSTOM_EMOJI:
      return name_emoji (self, span->target, resolution);
    case NATTER_SPAN_LINK:
      return find_place (self, span->target, resolution);
    case NATTER_SPAN_TIME:
      resolution->text = natter_moment_format (span->value, *span->target, g_get_real_time () / G_USEC_PER_SEC);
      return resolution->text != NULL;
    default:
      return FALSE;
    }
}

/**
 * natter_server_resolve_document:
 * @self: a server
 * @document: of a message there
 *
 * Returns: (transfer full): the document with the names that people, roles, channels and moments have right now
 */
NatterDocument *
natter_server_resolve_document (NatterServer   *self,
                                NatterDocument *document)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return natter_document_resolve (document, resolve, self);
}

static void
tell_timeline (NatterTimeline *timeline)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (timeline)); i++)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      _natter_message_names_changed (message);
    }
}

static gboolean
on_names_changed (gpointer data)
{
  NatterServer *self = data;
  GHashTableIter iter;
  gpointer thread;

  self->names_source = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      if (channel->timeline != NULL)
        tell_timeline (channel->timeline);
    }
  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &thread))
    if (NATTER_CHANNEL (thread)->timeline != NULL)
      tell_timeline (NATTER_CHANNEL (thread)->timeline);
  return G_SOURCE_REMOVE;
}

/* Lets what is shown be resolved again, once for all that comes at a time. */
void
_natter_server_names_changed (NatterServer *self)
{
  if (self->names_source == 0)
    self->names_source = g_idle_add (on_names_changed, self);
}
