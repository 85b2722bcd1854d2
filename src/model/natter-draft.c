/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-draft"

#include "config.h"

#include "natter-draft-private.h"

/* How long after a change it is kept on disk: what a crash may cost. */
#define KEEP_MS 500

/**
 * NatterDraft:
 *
 * What is being written and was not sent: one for each channel and thread, and one for each message that is being changed.
 * It is kept on disk half a second after a change.
 */
struct _NatterDraft
{
  GObject      parent_instance;

  NatterStore *store; /* NULL: nothing is kept */
  char        *server_id;
  char        *channel;
  char        *thread_id;
  char        *edited_id;
  char        *text;
  char        *reply_to;
  guint        keep_source;
  guint        reply_pings : 1;
  guint        touched : 1; /* by the person: what is on disk is older */
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_REPLY_TO,
  PROP_REPLY_PINGS,
  PROP_EDITED_ID,
  PROP_EMPTY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterDraft, natter_draft, G_TYPE_OBJECT)

static void
natter_draft_dispose (GObject *object)
{
  NatterDraft *self = NATTER_DRAFT (object);

  natter_draft_flush (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (natter_draft_parent_class)->dispose (object);
}

static void
natter_draft_finalize (GObject *object)
{
  NatterDraft *self = NATTER_DRAFT (object);

  g_free (self->server_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->edited_id);
  g_free (self->text);
  g_free (self->reply_to);
  G_OBJECT_CLASS (natter_draft_parent_class)->finalize (object);
}

static void
natter_draft_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  NatterDraft *self = NATTER_DRAFT (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_REPLY_TO:
      g_value_set_string (value, self->reply_to);
      break;
    case PROP_REPLY_PINGS:
      g_value_set_boolean (value, self->reply_pings);
      break;
    case PROP_EDITED_ID:
      g_value_set_string (value, self->edited_id);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, natter_draft_get_empty (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_draft_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  NatterDraft *self = NATTER_DRAFT (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      natter_draft_set_text (self, g_value_get_string (value));
      break;
    case PROP_REPLY_TO:
      natter_draft_set_reply_to (self, g_value_get_string (value));
      break;
    case PROP_REPLY_PINGS:
      natter_draft_set_reply_pings (self, g_value_get_boolean (value));
      break;
    case PROP_EDITED_ID:
      self->edited_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_draft_class_init (NatterDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = notified | G_PARAM_WRITABLE;

  object_class->dispose = natter_draft_dispose;
  object_class->finalize = natter_draft_finalize;
  object_class->get_property = natter_draft_get_property;
  object_class->set_property = natter_draft_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", writable);
  properties[PROP_REPLY_TO] = g_param_spec_string ("reply-to", NULL, NULL, NULL, writable);
  properties[PROP_REPLY_PINGS] = g_param_spec_boolean ("reply-pings", NULL, NULL, TRUE, writable);
  properties[PROP_EDITED_ID] = g_param_spec_string ("edited-id", NULL, NULL, NULL, construct);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_draft_init (NatterDraft *self)
{
  self->text = g_strdup ("");
  self->reply_pings = TRUE;
}

/* @store: (nullable): where it is kept. @channel or @thread_id is given; @edited_id: (nullable). */
NatterDraft *
_natter_draft_new (NatterStore *store,
                   const char  *server_id,
                   const char  *channel,
                   const char  *thread_id,
                   const char  *edited_id)
{
  NatterDraft *self = g_object_new (NATTER_TYPE_DRAFT, "edited-id", edited_id, NULL);

  g_set_object (&self->store, store);
  self->server_id = g_strdup (server_id);
  self->channel = g_strdup (channel);
  self->thread_id = g_strdup (thread_id);
  return self;
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!natter_store_save_finish (NATTER_STORE (source), result, &error)
      && !g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED))
    g_message ("A draft can't be kept: %s", error->message);
}

static void
keep (NatterDraft *self,
      const char  *text)
{
  const NatterStoredDraft stored = {
    .server_id = self->server_id,
    .channel = self->channel,
    .thread_id = self->thread_id,
    .edited_id = self->edited_id,
    .text = (char *) text,
    .reply_to = self->reply_to,
    .reply_pings = self->reply_pings,
    .changed = g_get_real_time (),
  };

  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (self->store != NULL)
    natter_store_save_draft_async (self->store, &stored, NULL, on_kept, NULL);
}

static gboolean
on_keep (gpointer data)
{
  NatterDraft *self = data;

  self->keep_source = 0;
  keep (self, self->text);
  return G_SOURCE_REMOVE;
}

static void
keep_soon (NatterDraft *self)
{
  self->touched = TRUE;
  if (self->keep_source == 0)
    self->keep_source = g_timeout_add (KEEP_MS, on_keep, self);
}

/* Without keeping it. Tells whether anything changed. */
static gboolean
set (NatterDraft *self,
     const char  *text,
     const char  *reply_to,
     gboolean     reply_pings)
{
  gboolean was_empty = natter_draft_get_empty (self);
  gboolean new_text = g_set_str (&self->text, text != NULL ? text : "");
  gboolean new_reply = g_set_str (&self->reply_to, reply_to);
  gboolean new_pings = self->reply_pings != !!reply_pings;

  self->reply_pings = !!reply_pings;
  if (new_text)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  if (new_reply)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLY_TO]);
  if (new_pings)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REPLY_PINGS]);
  if (natter_draft_get_empty (self) != was_empty)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
  return new_text || new_reply || new_pings;
}

/* Whoever begins to write before it was read what was kept has both. */
static void
put_before (NatterDraft *self,
            const char  *kept)
{
  g_autofree char *both = g_strconcat (kept, *self->text != '\0' ? "\n" : NULL, self->text, NULL);

  if (*kept != '\0' && !g_str_equal (kept, self->text) && set (self, both, self->reply_to, self->reply_pings))
    keep_soon (self);
}

/* What was kept. Of what a message is changed to, what is being written is the newer. */
void
_natter_draft_restore (NatterDraft             *self,
                       const NatterStoredDraft *stored)
{
  if (self->touched)
    {
      if (self->edited_id == NULL)
        put_before (self, stored->text);
      return;
    }
  set (self, stored->text, stored->reply_to, stored->reply_pings);
}

/* A text that can't be what it was meant for is put before what is being written. */
void
_natter_draft_give_back (NatterDraft *self,
                         const char  *text)
{
  put_before (self, text);
  natter_draft_flush (self);
}

/* It is in the outbox now, which has taken it off the disk. */
void
_natter_draft_was_sent (NatterDraft *self)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->touched = TRUE;
  set (self, "", NULL, TRUE);
}

/* Belongs to another entry of the same server and identity from now on. */
void
_natter_draft_move (NatterDraft *self,
                    NatterStore *store,
                    const char  *server_id)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  g_set_object (&self->store, store);
  g_set_str (&self->server_id, server_id);
  if (!natter_draft_get_empty (self))
    keep (self, self->text);
}

/* (nullable): name of the channel, or id of the thread */
const char *
_natter_draft_get_channel (NatterDraft *self)
{
  return self->thread_id != NULL ? self->thread_id : self->channel;
}

/**
 * natter_draft_get_text:
 * @self: a draft
 *
 * Returns: (transfer none): what was written so far
 */
const char *
natter_draft_get_text (NatterDraft *self)
{
  g_return_val_if_fail (NATTER_IS_DRAFT (self), NULL);

  return self->text;
}

/**
 * natter_draft_set_text:
 * @self: a draft
 * @text: (nullable): what is written now
 */
void
natter_draft_set_text (NatterDraft *self,
                       const char  *text)
{
  g_return_if_fail (NATTER_IS_DRAFT (self));

  if (set (self, text, self->reply_to, self->reply_pings))
    keep_soon (self);
}

/**
 * natter_draft_get_reply_to:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): id of the message that it answers
 */
const char *
natter_draft_get_reply_to (NatterDraft *self)
{
  g_return_val_if_fail (NATTER_IS_DRAFT (self), NULL);

  return self->reply_to;
}

/**
 * natter_draft_set_reply_to:
 * @self: a draft
 * @reply_to: (nullable): id of the message that it answers
 */
void
natter_draft_set_reply_to (NatterDraft *self,
                           const char  *reply_to)
{
  g_return_if_fail (NATTER_IS_DRAFT (self));

  if (set (self, self->text, reply_to, self->reply_pings))
    keep_soon (self);
}

/**
 * natter_draft_get_reply_pings:
 * @self: a draft
 *
 * Returns: whether the author of the message that it answers is to be pinged
 */
gboolean
natter_draft_get_reply_pings (NatterDraft *self)
{
  g_return_val_if_fail (NATTER_IS_DRAFT (self), FALSE);

  return self->reply_pings;
}

/**
 * natter_draft_set_reply_pings:
 * @self: a draft
 * @reply_pings: whether the author of the message that it answers is to be pinged
 */
void
natter_draft_set_reply_pings (NatterDraft *self,
                              gboolean     reply_pings)
{
  g_return_if_fail (NATTER_IS_DRAFT (self));

  if (set (self, self->text, self->reply_to, reply_pings))
    keep_soon (self);
}

/**
 * natter_draft_get_edited_id:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): id of the message that is being changed, %NULL for a new one
 */
const char *
natter_draft_get_edited_id (NatterDraft *self)
{
  g_return_val_if_fail (NATTER_IS_DRAFT (self), NULL);

  return self->edited_id;
}

/**
 * natter_draft_get_empty:
 * @self: a draft
 *
 * Returns: whether nothing was written, and no answer begun
 */
gboolean
natter_draft_get_empty (NatterDraft *self)
{
  g_return_val_if_fail (NATTER_IS_DRAFT (self), TRUE);

  return *self->text == '\0' && self->reply_to == NULL;
}

/**
 * natter_draft_flush:
 * @self: a draft
 *
 * Keeps at once what would be kept soon.
 */
void
natter_draft_flush (NatterDraft *self)
{
  g_return_if_fail (NATTER_IS_DRAFT (self));

  if (self->keep_source != 0)
    keep (self, self->text);
}

/**
 * natter_draft_clear:
 * @self: a draft
 *
 * Empties it, and takes it off the disk.
 */
void
natter_draft_clear (NatterDraft *self)
{
  g_return_if_fail (NATTER_IS_DRAFT (self));

  self->touched = TRUE;
  set (self, "", NULL, TRUE);
  keep (self, NULL);
}
