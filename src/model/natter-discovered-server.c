/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-discovered-server.h"

#include <string.h>

struct _NatterDiscoveredServer
{
  GObject              parent_instance;

  NatterDiscoveryData *data;
  GCancellable        *cancellable; /* made when it was asked */
  char                *haystack;
  int                  users;
  int                  online;
};

enum
{
  PROP_0,
  PROP_USERS,
  PROP_ONLINE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterDiscoveredServer, natter_discovered_server, G_TYPE_OBJECT)

static void
natter_discovered_server_dispose (GObject *object)
{
  NatterDiscoveredServer *self = NATTER_DISCOVERED_SERVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (natter_discovered_server_parent_class)->dispose (object);
}

static void
natter_discovered_server_finalize (GObject *object)
{
  NatterDiscoveredServer *self = NATTER_DISCOVERED_SERVER (object);

  natter_discovery_data_free (self->data);
  g_free (self->haystack);
  G_OBJECT_CLASS (natter_discovered_server_parent_class)->finalize (object);
}

static void
natter_discovered_server_get_property (GObject    *object,
                                       guint       prop_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  NatterDiscoveredServer *self = NATTER_DISCOVERED_SERVER (object);

  switch (prop_id)
    {
    case PROP_USERS:
      g_value_set_int (value, self->users);
      break;
    case PROP_ONLINE:
      g_value_set_int (value, self->online);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_discovered_server_class_init (NatterDiscoveredServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_discovered_server_dispose;
  object_class->finalize = natter_discovered_server_finalize;
  object_class->get_property = natter_discovered_server_get_property;

  properties[PROP_USERS] = g_param_spec_int ("users", NULL, NULL, -1, G_MAXINT, -1, notified);
  properties[PROP_ONLINE] = g_param_spec_int ("online", NULL, NULL, -1, G_MAXINT, -1, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_discovered_server_init (NatterDiscoveredServer *self)
{
  self->users = -1;
  self->online = -1;
}

/* Compared in the end, so that nobody has to know how names are written. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/**
 * natter_discovered_server_new:
 * @data: (transfer full): what the list says
 *
 * Returns: (transfer full): the server
 */
NatterDiscoveredServer *
natter_discovered_server_new (NatterDiscoveryData *data)
{
  NatterDiscoveredServer *self;
  g_autofree char *tags = NULL;
  g_autofree char *all = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (NATTER_TYPE_DISCOVERED_SERVER, NULL);
  self->data = data;
  tags = g_strjoinv ("\n", data->tags);
  all = g_strjoin ("\n", data->name, tags, natter_address_get_text (data->address), data->owner != NULL ? data->owner : "",
                   data->description != NULL ? data->description : "", NULL);
  self->haystack = fold (all);
  return self;
}

/**
 * natter_discovered_server_get_data:
 * @self: a server of a list
 *
 * Returns: (transfer none): what the list says
 */
const NatterDiscoveryData *
natter_discovered_server_get_data (NatterDiscoveredServer *self)
{
  g_return_val_if_fail (NATTER_IS_DISCOVERED_SERVER (self), NULL);

  return self->data;
}

/**
 * natter_discovered_server_get_users:
 * @self: a server of a list
 *
 * Returns: how many people have joined; -1 while not known
 */
int
natter_discovered_server_get_users (NatterDiscoveredServer *self)
{
  g_return_val_if_fail (NATTER_IS_DISCOVERED_SERVER (self), -1);

  return self->users;
}

/**
 * natter_discovered_server_get_online:
 * @self: a server of a list
 *
 * Returns: how many people are there now; -1 while not known
 */
int
natter_discovered_server_get_online (NatterDiscoveredServer *self)
{
  g_return_val_if_fail (NATTER_IS_DISCOVERED_SERVER (self), -1);

  return self->online;
}

static void
on_numbers (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  NatterServerNumbers numbers;
  NatterDiscoveredServer *self;

  if (!natter_discovery_numbers_finish (result, &numbers, &error))
    {
      /* Cancelled when the server is gone. */
      g_debug ("No numbers: %s", error->message);
      return;
    }
  self = data;
  g_object_freeze_notify (G_OBJECT (self));
  if (self->users != numbers.users)
    {
      self->users = numbers.users;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERS]);
    }
  if (self->online != numbers.online)
    {
      self->online = numbers.online;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * natter_discovered_server_ask:
 * @self: a server of a list
 *
 * Asks it how many people are there, the first time that this is called.
 */
void
natter_discovered_server_ask (NatterDiscoveredServer *self)
{
  g_return_if_fail (NATTER_IS_DISCOVERED_SERVER (self));

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  natter_discovery_numbers_async (self->data->address, self->cancellable, on_numbers, self);
}

static gboolean
has_tag (NatterDiscoveredServer *self,
         const char             *tag)
{
  for (gsize i = 0; self->data->tags[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->data->tags[i], tag) == 0)
      return TRUE;
  return FALSE;
}

/**
 * natter_discovered_server_matches:
 * @self: a server of a list
 * @text: words to look for
 * @tag: (nullable): a tag that it must have
 *
 * Returns: whether all words are somewhere in what is said of it, and it has the tag
 */
gboolean
natter_discovered_server_matches (NatterDiscoveredServer *self,
                                  const char             *text,
                                  const char             *tag)
{
  g_auto(GStrv) words = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (NATTER_IS_DISCOVERED_SERVER (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (tag != NULL && !has_tag (self, tag))
    return FALSE;
  folded = fold (text);
  words = g_strsplit_set (folded, " \t", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (strstr (self->haystack, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
