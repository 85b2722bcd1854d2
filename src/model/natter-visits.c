/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-visits.h"

#include "natter-channel.h"
#include "natter-server.h"
#include "natter-store-visits.h"

#define MAX_VISITS NATTER_STORE_VISITS

/* Names, so that nothing lives on that is not in the list any more. */
typedef struct
{
  char *server;
  char *channel;
  char *message; /* NULL: the end */
} Visit;

struct _NatterVisits
{
  GObject     parent_instance;

  GListModel *servers; /* NatterServer */
  GPtrArray  *visits;  /* oldest first */
  GPtrArray  *latest;  /* each place once, the last one first: going back is being there again */
  guint       at;
};

enum
{
  PROP_0,
  PROP_CAN_GO_BACK,
  PROP_CAN_GO_FORWARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint visited_signal;

G_DEFINE_FINAL_TYPE (NatterVisits, natter_visits, G_TYPE_OBJECT)

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_free (visit->server);
  g_free (visit->channel);
  g_free (visit->message);
  g_free (visit);
}

static Visit *
visit_new (const char *server,
           const char *channel,
           const char *message)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->server = g_strdup (server);
  visit->channel = g_strdup (channel);
  visit->message = g_strdup (message);
  return visit;
}

static gboolean
is_at (const Visit   *visit,
       NatterChannel *channel)
{
  return g_str_equal (visit->server, natter_server_get_id (natter_channel_get_server (channel)))
         && g_str_equal (visit->channel, natter_channel_get_name (channel));
}

/* (transfer none) (nullable): the server holds it */
static NatterChannel *
find_channel (NatterVisits *self,
              const Visit  *visit)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (self->servers, i);

      if (g_strcmp0 (natter_server_get_id (server), visit->server) == 0)
        return natter_server_lookup_channel (server, visit->channel);
    }
  return NULL;
}

static void
remember (NatterVisits  *self,
          NatterChannel *channel)
{
  const char *server = natter_server_get_id (natter_channel_get_server (channel));

  if (self->latest->len > 0 && is_at (self->latest->pdata[0], channel))
    return;
  for (guint i = 0; i < self->latest->len; i++)
    if (is_at (self->latest->pdata[i], channel))
      {
        g_ptr_array_remove_index (self->latest, i);
        break;
      }
  g_ptr_array_insert (self->latest, 0, visit_new (server, natter_channel_get_name (channel), NULL));
  if (self->latest->len > MAX_VISITS)
    g_ptr_array_set_size (self->latest, MAX_VISITS);
  g_signal_emit (self, visited_signal, 0, server, natter_channel_get_name (channel));
}

static void
notify_changes (NatterVisits *self,
                gboolean      could_go_back,
                gboolean      could_go_forward)
{
  if (could_go_back != natter_visits_get_can_go_back (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_BACK]);
  if (could_go_forward != natter_visits_get_can_go_forward (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_GO_FORWARD]);
}

static void
natter_visits_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  NatterVisits *self = NATTER_VISITS (object);

  switch (prop_id)
    {
    case PROP_CAN_GO_BACK:
      g_value_set_boolean (value, natter_visits_get_can_go_back (self));
      break;
    case PROP_CAN_GO_FORWARD:
      g_value_set_boolean (value, natter_visits_get_can_go_forward (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_visits_finalize (GObject *object)
{
  NatterVisits *self = NATTER_VISITS (object);

  g_clear_object (&self->servers);
  g_ptr_array_unref (self->visits);
  g_ptr_array_unref (self->latest);

  G_OBJECT_CLASS (natter_visits_parent_class)->finalize (object);
}

static void
natter_visits_class_init (NatterVisitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_visits_get_property;
  object_class->finalize = natter_visits_finalize;

  properties[PROP_CAN_GO_BACK] =
    g_param_spec_boolean ("can-go-back", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_GO_FORWARD] =
    g_param_spec_boolean ("can-go-forward", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  visited_signal = g_signal_new ("visited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
natter_visits_init (NatterVisits *self)
{
  self->visits = g_ptr_array_new_with_free_func (visit_free);
  self->latest = g_ptr_array_new_with_free_func (visit_free);
}

/**
 * natter_visits_new:
 * @servers: a list of #NatterServer, in which the places are
 *
 * Returns: (transfer full): nowhere yet
 */
NatterVisits *
natter_visits_new (GListModel *servers)
{
  NatterVisits *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (servers), NULL);

  self = g_object_new (NATTER_TYPE_VISITS, NULL);
  self->servers = g_object_ref (servers);
  return self;
}

/**
 * natter_visits_add_former:
 * @self: the visits
 * @server: id of a server
 * @channel: name of a channel of it, or id of a thread
 *
 * The person was there before all that is known so far: how long ago is known then, and one does not go back to it.
 */
void
natter_visits_add_former (NatterVisits *self,
                          const char   *server,
                          const char   *channel)
{
  g_return_if_fail (NATTER_IS_VISITS (self));
  g_return_if_fail (server != NULL && channel != NULL);

  for (guint i = 0; i < self->latest->len; i++)
    {
      const Visit *visit = self->latest->pdata[i];

      if (g_str_equal (visit->server, server) && g_str_equal (visit->channel, channel))
        return;
    }
  if (self->latest->len < MAX_VISITS)
    g_ptr_array_add (self->latest, visit_new (server, channel, NULL));
}

/**
 * natter_visits_add:
 * @self: the visits
 * @channel: where the person is now
 * @message_id: (nullable): the message that was asked for there
 *
 * The person went somewhere; what was forward is forgotten. Being where one is already is no visit.
 */
void
natter_visits_add (NatterVisits  *self,
                   NatterChannel *channel,
                   const char    *message_id)
{
  gboolean could_go_back, could_go_forward;

  g_return_if_fail (NATTER_IS_VISITS (self));
  g_return_if_fail (NATTER_IS_CHANNEL (channel));

  remember (self, channel);
  if (self->visits->len > 0 && message_id == NULL && is_at (self->visits->pdata[self->at], channel))
    return;
  could_go_back = natter_visits_get_can_go_back (self);
  could_go_forward = natter_visits_get_can_go_forward (self);
  if (self->visits->len > 0)
    g_ptr_array_set_size (self->visits, (int) self->at + 1);
  g_ptr_array_add (self->visits, visit_new (natter_server_get_id (natter_channel_get_server (channel)),
                                            natter_channel_get_name (channel), message_id));
  if (self->visits->len > MAX_VISITS)
    g_ptr_array_remove_index (self->visits, 0);
  self->at = self->visits->len - 1;
  notify_changes (self, could_go_back, could_go_forward);
}

/**
 * natter_visits_leave:
 * @self: the visits
 * @message_id: (nullable): the message at which the person is, %NULL for the end
 *
 * To be called before going somewhere else, so that one comes back to where one was.
 */
void
natter_visits_leave (NatterVisits *self,
                     const char   *message_id)
{
  g_return_if_fail (NATTER_IS_VISITS (self));

  if (self->visits->len > 0)
    g_set_str (&((Visit *) self->visits->pdata[self->at])->message, message_id);
}

/**
 * natter_visits_step:
 * @self: the visits
 * @step: -1 for back, 1 for forward
 * @message_id: (out) (nullable) (transfer none): the message there, %NULL for the end; valid until the next call
 *
 * Goes back or forward to the next place that is still there.
 *
 * Returns: (transfer none) (nullable): the channel; %NULL when there is no such place, and then nothing is different
 */
NatterChannel *
natter_visits_step (NatterVisits  *self,
                    int            step,
                    const char   **message_id)
{
  gboolean could_go_back, could_go_forward;

  g_return_val_if_fail (NATTER_IS_VISITS (self), NULL);
  g_return_val_if_fail (step == 1 || step == -1, NULL);
  g_return_val_if_fail (message_id != NULL, NULL);

  could_go_back = natter_visits_get_can_go_back (self);
  could_go_forward = natter_visits_get_can_go_forward (self);
  for (gint64 i = (gint64) self->at + step; i >= 0 && i < self->visits->len; i += step)
    {
      Visit *visit = self->visits->pdata[i];
      NatterChannel *channel = find_channel (self, visit);

      if (channel == NULL)
        continue;
      self->at = (guint) i;
      *message_id = visit->message;
      remember (self, channel);
      notify_changes (self, could_go_back, could_go_forward);
      return channel;
    }
  *message_id = NULL;
  return NULL;
}

/**
 * natter_visits_get_can_go_back:
 * @self: the visits
 *
 * Returns: whether there is a place before this one
 */
gboolean
natter_visits_get_can_go_back (NatterVisits *self)
{
  g_return_val_if_fail (NATTER_IS_VISITS (self), FALSE);

  return self->at > 0;
}

/**
 * natter_visits_get_can_go_forward:
 * @self: the visits
 *
 * Returns: whether there is a place after this one
 */
gboolean
natter_visits_get_can_go_forward (NatterVisits *self)
{
  g_return_val_if_fail (NATTER_IS_VISITS (self), FALSE);

  return self->at + 1 < self->visits->len;
}

/**
 * natter_visits_get_age:
 * @self: the visits
 * @server: a server
 * @channel: (nullable): a channel of it; %NULL for any
 *
 * Returns: how many other places were visited since; %G_MAXUINT: it never was
 */
guint
natter_visits_get_age (NatterVisits  *self,
                       NatterServer  *server,
                       NatterChannel *channel)
{
  g_return_val_if_fail (NATTER_IS_VISITS (self), G_MAXUINT);
  g_return_val_if_fail (NATTER_IS_SERVER (server), G_MAXUINT);

  for (guint i = 0; i < self->latest->len; i++)
    {
      const Visit *visit = self->latest->pdata[i];

      if (channel != NULL ? is_at (visit, channel) : g_strcmp0 (visit->server, natter_server_get_id (server)) == 0)
        return i;
    }
  return G_MAXUINT;
}
