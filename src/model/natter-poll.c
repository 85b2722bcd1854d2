/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-poll-private.h"
#include "natter-server-private.h"

/* Nobody is told when the time of a poll is over, so that is waited for here; not for years. */
#define MAX_WAIT_SECONDS (7 * 24 * 60 * 60)

struct _NatterPoll
{
  GObject          parent_instance;

  NatterChannel   *channel; /* weak */
  NatterServer    *server;  /* weak: the channel may be gone before it */
  char            *message_id;
  char            *question;
  GListStore      *choices;
  GError          *error;
  gint64           expires;
  NatterPollState  state;
  guint            total;
  guint            expiry_source;
  guint            multiple : 1;
  guint            ended : 1;
  guint            may_end : 1;
};

enum
{
  PROP_0,
  PROP_QUESTION,
  PROP_CHOICES,
  PROP_MULTIPLE,
  PROP_EXPIRES,
  PROP_STATE,
  PROP_TOTAL,
  PROP_MAY_END,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterPoll, natter_poll, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterPollState, natter_poll_state,
                    G_DEFINE_ENUM_VALUE (NATTER_POLL_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (NATTER_POLL_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (NATTER_POLL_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (NATTER_POLL_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (NATTER_POLL_MISSING, "missing"))

static void
notify (NatterPoll *self,
        guint       prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
natter_poll_dispose (GObject *object)
{
  NatterPoll *self = NATTER_POLL (object);

  g_clear_handle_id (&self->expiry_source, g_source_remove);
  if (self->server != NULL)
    _natter_server_forget_poll (self->server, self->message_id, self);
  g_clear_weak_pointer (&self->server);
  g_clear_weak_pointer (&self->channel);
  G_OBJECT_CLASS (natter_poll_parent_class)->dispose (object);
}

static void
natter_poll_finalize (GObject *object)
{
  NatterPoll *self = NATTER_POLL (object);

  g_free (self->message_id);
  g_free (self->question);
  g_object_unref (self->choices);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (natter_poll_parent_class)->finalize (object);
}

static void
natter_poll_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  NatterPoll *self = NATTER_POLL (object);

  switch (prop_id)
    {
    case PROP_QUESTION:
      g_value_set_string (value, self->question);
      break;
    case PROP_CHOICES:
      g_value_set_object (value, self->choices);
      break;
    case PROP_MULTIPLE:
      g_value_set_boolean (value, self->multiple);
      break;
    case PROP_EXPIRES:
      g_value_set_int64 (value, self->expires);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_TOTAL:
      g_value_set_uint (value, self->total);
      break;
    case PROP_MAY_END:
      g_value_set_boolean (value, self->may_end);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_poll_class_init (NatterPollClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_poll_dispose;
  object_class->finalize = natter_poll_finalize;
  object_class->get_property = natter_poll_get_property;

  properties[PROP_QUESTION] = g_param_spec_string ("question", NULL, NULL, NULL, notified);
  properties[PROP_CHOICES] = g_param_spec_object ("choices", NULL, NULL, G_TYPE_LIST_MODEL, notified);
  properties[PROP_MULTIPLE] = g_param_spec_boolean ("multiple", NULL, NULL, FALSE, notified);
  properties[PROP_EXPIRES] = g_param_spec_int64 ("expires", NULL, NULL, 0, G_MAXINT64, 0, notified);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_POLL_STATE, NATTER_POLL_NEW, notified);
  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_MAY_END] = g_param_spec_boolean ("may-end", NULL, NULL, FALSE, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_poll_init (NatterPoll *self)
{
  self->choices = g_list_store_new (NATTER_TYPE_POLL_CHOICE);
}

/**
 * natter_poll_new:
 * @channel: where the message is
 * @message_id: id of the message that shows it
 * @data: the card of type "poll" of that message
 *
 * Returns: (transfer full): a poll of which nobody knows yet how it stands
 */
NatterPoll *
natter_poll_new (NatterChannel         *channel,
                 const char            *message_id,
                 const NatterEmbedData *data)
{
  NatterPoll *self;

  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);
  g_return_val_if_fail (message_id != NULL, NULL);
  g_return_val_if_fail (data != NULL && data->poll_options != NULL, NULL);

  self = g_object_new (NATTER_TYPE_POLL, NULL);
  g_set_weak_pointer (&self->channel, channel);
  g_set_weak_pointer (&self->server, natter_channel_get_server (channel));
  self->message_id = g_strdup (message_id);
  self->question = g_strdup (data->poll_question != NULL ? data->poll_question : data->title);
  self->multiple = !!data->poll_multiple;
  self->expires = MAX (data->poll_expires, 0);
  for (guint i = 0; i < data->poll_options->len; i++)
    {
      g_autoptr(NatterPollChoice) choice = _natter_poll_choice_new (data->poll_options->pdata[i]);

      g_list_store_append (self->choices, choice);
    }
  if (self->server != NULL)
    _natter_server_watch_poll (self->server, self->message_id, self);
  return self;
}

static void
set_error (NatterPoll   *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

static void
set_state (NatterPoll      *self,
           NatterPollState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void update_ended (NatterPoll *self);

static gboolean
on_expired (gpointer data)
{
  NatterPoll *self = data;

  self->expiry_source = 0;
  update_ended (self);
  return G_SOURCE_REMOVE;
}

static void
update_ended (NatterPoll *self)
{
  gint64 left = self->expires != 0 ? self->expires - g_get_real_time () : G_MAXINT64;

  g_clear_handle_id (&self->expiry_source, g_source_remove);
  if (self->ended || left <= 0)
    {
      set_state (self, NATTER_POLL_ENDED);
      return;
    }
  set_state (self, NATTER_POLL_OPEN);
  if (left / G_USEC_PER_SEC < MAX_WAIT_SECONDS)
    self->expiry_source = g_timeout_add_seconds (left / G_USEC_PER_SEC + 1, on_expired, self);
}

/* (transfer none) (nullable): the list holds it */
static NatterPollChoice *
find_choice (NatterPoll *self,
             const char *id)
{
  guint n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 0; i < n_choices; i++)
    {
      g_autoptr(NatterPollChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i);

      if (g_str_equal (natter_poll_choice_get_id (choice), id))
        return choice;
    }
  return NULL;
}

static void
take_results (NatterPoll                  *self,
              const NatterPollResultsData *results)
{
  for (guint i = 0; i < results->options->len; i++)
    {
      const NatterPollResultData *data = results->options->pdata[i];
      NatterPollChoice *choice = find_choice (self, data->id);

      if (choice != NULL)
        _natter_poll_choice_set_votes (choice, MAX (data->votes, 0));
    }
  if (self->total != (guint) MAX (results->total, 0))
    {
      self->total = MAX (results->total, 0);
      notify (self, PROP_TOTAL);
    }
  self->ended |= !!results->ended;
}

/* @replaces: whether what is not in @ids was not voted for */
static void
take_own_votes (NatterPoll  *self,
                char       **ids,
                gboolean     replaces)
{
  guint n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 0; i < n_choices; i++)
    {
      g_autoptr(NatterPollChoice) choice = g_list_model_get_item (G_LIST_MODEL (self->choices), i);
      gboolean voted = ids != NULL && g_strv_contains ((const char * const *) ids, natter_poll_choice_get_id (choice));

      if (voted || replaces)
        _natter_poll_choice_set_voted (choice, voted);
    }
}

static gboolean
is_me (NatterPoll *self,
       const char *username)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;

  return me != NULL && username != NULL && g_ascii_strcasecmp (natter_member_get_username (me), username) == 0;
}

/* Somebody has voted or the poll was ended. */
void
_natter_poll_take_event (NatterPoll                *self,
                         const NatterPollEventData *event)
{
  if (event->results != NULL)
    take_results (self, event->results);
  if (is_me (self, event->user) && event->option_ids != NULL)
    take_own_votes (self, event->option_ids, !self->multiple);
  if (self->state == NATTER_POLL_OPEN || self->ended)
    update_ended (self);
}

static void
take_poll (NatterPoll           *self,
           const NatterPollData *data)
{
  gboolean may_end;

  self->ended |= !!data->ended;
  if (data->expires > 0 && self->expires != data->expires)
    {
      self->expires = data->expires;
      notify (self, PROP_EXPIRES);
    }
  if (self->multiple != !!data->multiple)
    {
      self->multiple = !!data->multiple;
      notify (self, PROP_MULTIPLE);
    }
  take_own_votes (self, data->own_votes, TRUE);
  may_end = is_me (self, data->created_by)
            || (self->server != NULL && natter_server_has_permission (self->server, "manage_messages"));
  if (self->may_end == may_end)
    return;
  self->may_end = may_end;
  notify (self, PROP_MAY_END);
}

/* One request; who made it may be gone when the answer comes. */
static GWeakRef *
weak_ref_new (NatterPoll *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

/* (transfer full) (nullable) */
static NatterPoll *
weak_ref_take (GWeakRef *ref)
{
  NatterPoll *self = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);
  return self;
}

static void
on_results (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterPoll) self = weak_ref_take (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self == NULL)
    return;
  if (packet != NULL && packet->kind == NATTER_PACKET_POLL_RESULTS && packet->vote.results != NULL)
    take_results (self, packet->vote.results);
  else
    g_debug ("Results of a poll did not come: %s", error != NULL ? error->message : "another answer");
  update_ended (self);
}

static void
on_poll (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(NatterPoll) self = weak_ref_take (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self == NULL)
    return;
  if (packet != NULL && packet->kind == NATTER_PACKET_POLL)
    {
      take_poll (self, packet->poll);
      natter_connection_request_async (NATTER_CONNECTION (source), natter_command_poll_results (self->message_id),
                                       NULL, on_results, weak_ref_new (self));
    }
  else if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    set_state (self, NATTER_POLL_MISSING);
  else if (self->state == NATTER_POLL_LOADING)
    set_state (self, NATTER_POLL_NEW);
}

static void
request_poll (NatterPoll *self)
{
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_poll_get (self->message_id), NULL, on_poll, weak_ref_new (self));
}

/**
 * natter_poll_load:
 * @self: a poll
 *
 * To be called when it is shown: asks the server how it stands, unless that is known. After that it is told by itself.
 */
void
natter_poll_load (NatterPoll *self)
{
  g_return_if_fail (NATTER_IS_POLL (self));

  if (self->state != NATTER_POLL_NEW || !_natter_server_is_ready (self->server))
    return;
  set_state (self, NATTER_POLL_LOADING);
  request_poll (self);
}

void
_natter_poll_refresh (NatterPoll *self)
{
  if (self->state == NATTER_POLL_OPEN && _natter_server_is_ready (self->server))
    request_poll (self);
}

/* The answer has come by as a packet. */
static void
on_act (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr(NatterPoll) self = weak_ref_take (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self != NULL)
    set_error (self, error);
}

/* @command: (transfer full) */
static void
act (NatterPoll    *self,
     NatterCommand *command)
{
  if (_natter_server_is_ready (self->server))
    {
      natter_connection_request_async (natter_server_get_connection (self->server), command, NULL, on_act,
                                       weak_ref_new (self));
    }
  else
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");

      natter_command_free (command);
      set_error (self, error);
    }
}

/**
 * natter_poll_vote:
 * @self: a poll
 * @choice: one of its choices
 *
 * Votes. Where one choice is allowed it replaces one's vote, else it is added. The votes are those that the server tells;
 * a refusal is in #NatterPoll:error.
 */
void
natter_poll_vote (NatterPoll       *self,
                  NatterPollChoice *choice)
{
  const char *ids[2] = { NULL, NULL };

  g_return_if_fail (NATTER_IS_POLL (self));
  g_return_if_fail (NATTER_IS_POLL_CHOICE (choice));

  if (self->state != NATTER_POLL_OPEN || natter_poll_choice_get_voted (choice))
    return;
  ids[0] = natter_poll_choice_get_id (choice);
  act (self, natter_command_poll_vote (self->message_id, ids));
}

/**
 * natter_poll_end:
 * @self: a poll
 *
 * Ends it for everybody. A refusal is in #NatterPoll:error.
 */
void
natter_poll_end (NatterPoll *self)
{
  g_return_if_fail (NATTER_IS_POLL (self));

  if (self->state == NATTER_POLL_OPEN)
    act (self, natter_command_poll_end (self->message_id));
}

/**
 * natter_poll_get_question:
 * @self: a poll
 *
 * Returns: (transfer none) (nullable): what is asked
 */
const char *
natter_poll_get_question (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), NULL);

  return self->question;
}

/**
 * natter_poll_get_choices:
 * @self: a poll
 *
 * Returns: (transfer none): its #NatterPollChoice, always the same ones
 */
GListModel *
natter_poll_get_choices (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), NULL);

  return G_LIST_MODEL (self->choices);
}

/**
 * natter_poll_get_multiple:
 * @self: a poll
 *
 * Returns: whether one may choose several
 */
gboolean
natter_poll_get_multiple (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), FALSE);

  return self->multiple;
}

/**
 * natter_poll_get_expires:
 * @self: a poll
 *
 * Returns: when its time is over, in µs since 1970; 0 for never
 */
gint64
natter_poll_get_expires (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), 0);

  return self->expires;
}

/**
 * natter_poll_get_state:
 * @self: a poll
 *
 * Returns: how far it is
 */
NatterPollState
natter_poll_get_state (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), NATTER_POLL_NEW);

  return self->state;
}

/**
 * natter_poll_get_total:
 * @self: a poll
 *
 * Returns: how many votes there are; one person may have several
 */
guint
natter_poll_get_total (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), 0);

  return self->total;
}

/**
 * natter_poll_get_may_end:
 * @self: a poll
 *
 * Returns: whether one may end it, as far as known
 */
gboolean
natter_poll_get_may_end (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), FALSE);

  return self->may_end;
}

/**
 * natter_poll_get_error:
 * @self: a poll
 *
 * Returns: (transfer none) (nullable): why the last vote, or ending it, was refused
 */
const GError *
natter_poll_get_error (NatterPoll *self)
{
  g_return_val_if_fail (NATTER_IS_POLL (self), NULL);

  return self->error;
}
