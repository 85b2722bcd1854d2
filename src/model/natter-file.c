/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-file-private.h"

#include "natter-channel-private.h"
#include "natter-credentials.h"
#include "natter-server-private.h"
#include "natter-session.h"
#include "natter-sign-in.h"
#include "natter-upload.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," \
  G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," G_FILE_ATTRIBUTE_STANDARD_TYPE

/**
 * NatterFile:
 *
 * A file that is to go with a message. It is sent to the server while the message is still being written: looked at, checked
 * against the server's limits, proof of who sends it, upload.
 */
struct _NatterFile
{
  GObject               parent_instance;

  NatterChannel        *channel; /* weak: it holds the file */
  NatterServer         *server;  /* weak */
  GFile                *file;
  char                 *name;
  char                 *mime_type;
  char                 *token;
  GCancellable         *cancellable; /* of what goes on */
  NatterAttachmentData *attachment;
  GError               *error;
  guint64               size;
  double                fraction;
  NatterFileState       state;
  guint                 again : 1; /* the first proof was refused */
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_MIME_TYPE,
  PROP_SIZE,
  PROP_STATE,
  PROP_FRACTION,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterFile, natter_file, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterFileState, natter_file_state,
                    G_DEFINE_ENUM_VALUE (NATTER_FILE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (NATTER_FILE_UPLOADING, "uploading"),
                    G_DEFINE_ENUM_VALUE (NATTER_FILE_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (NATTER_FILE_FAILED, "failed"))

static void get_token (NatterFile *self);

static void
notify (NatterFile *self,
        guint       property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (NatterFile      *self,
           NatterFileState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

static void
set_fraction (NatterFile *self,
              double      fraction)
{
  if (self->fraction == fraction)
    return;
  self->fraction = fraction;
  notify (self, PROP_FRACTION);
}

/* @error: (nullable) */
static void
set_error (NatterFile   *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  notify (self, PROP_ERROR);
}

static void
wipe_token (NatterFile *self)
{
  natter_secret_wipe (g_steal_pointer (&self->token));
}

static void
stop (NatterFile *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  wipe_token (self);
}

static void
fail (NatterFile   *self,
      const GError *error)
{
  stop (self);
  set_error (self, error);
  set_state (self, NATTER_FILE_FAILED);
}

static NatterHandshake *
get_handshake (NatterFile *self)
{
  return self->server != NULL ? natter_server_get_handshake (self->server) : NULL;
}

static NatterCredentials *
get_credentials (NatterFile *self)
{
  return self->server != NULL && self->server->session != NULL ? natter_session_get_credentials (self->server->session)
                                                               : NULL;
}

static gboolean
is_connected (NatterFile *self)
{
  return self->server != NULL && natter_server_get_state (self->server) == NATTER_CONNECTION_READY;
}

static void
on_progress (double   fraction,
             gpointer data)
{
  set_fraction (data, fraction);
}

static void
on_uploaded (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(NatterFile) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAttachmentData) attachment = natter_upload_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR) && !self->again && get_credentials (self) != NULL
      && get_handshake (self) != NULL)
    {
      self->again = TRUE;
      natter_rotur_drop_validator (natter_credentials_get_rotur (get_credentials (self)), self->token,
                                   natter_handshake_get_validator_key (get_handshake (self)));
      get_token (self);
      return;
    }
  if (attachment == NULL)
    {
      fail (self, error);
      return;
    }
  stop (self);
  self->attachment = g_steal_pointer (&attachment);
  set_fraction (self, 1);
  set_state (self, NATTER_FILE_READY);
}

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(NatterFile) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &error);
  NatterUploadRequest request = { 0 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->server == NULL || self->channel == NULL)
    return;
  if (validator == NULL)
    {
      fail (self, error);
      return;
    }
  request.file = self->file;
  request.name = self->name;
  request.mime_type = self->mime_type;
  request.channel = _natter_channel_get_place (self->channel).channel; /* a thread has no files of its own */
  request.validator_key = natter_handshake_get_validator_key (get_handshake (self));
  request.validator = validator;
  natter_upload_async (natter_server_get_address (self->server), get_handshake (self), &request, on_progress, self,
                       self->cancellable, on_uploaded, g_object_ref (self));
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(NatterFile) self = data;
  NatterCredentials *credentials = NATTER_CREDENTIALS (source);
  g_autoptr(GError) error = NULL;
  char *token = natter_credentials_get_finish (credentials, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->server == NULL)
    {
      natter_secret_wipe (token);
      return;
    }
  if (token == NULL)
    {
      fail (self, error);
      return;
    }
  wipe_token (self);
  self->token = token;
  natter_rotur_get_validator_async (natter_credentials_get_rotur (credentials), token,
                                    natter_handshake_get_validator_key (get_handshake (self)), self->cancellable,
                                    on_validator, g_object_ref (self));
}

static void
get_token (NatterFile *self)
{
  natter_credentials_get_async (get_credentials (self), natter_server_get_account (self->server), NULL,
                                self->cancellable, on_token, g_object_ref (self));
}

/* Before anything is read of it. */
static gboolean
check (NatterFile  *self,
       GError     **error)
{
  NatterHandshake *handshake = get_handshake (self);

  if (self->channel == NULL || !natter_channel_check_upload (self->channel, error))
    return FALSE;
  if (self->size > natter_upload_get_max (handshake))
    g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "The file is larger than the server takes");
  else if (!natter_upload_check_type (handshake, self->mime_type))
    g_set_error (error, NATTER_ERROR, NATTER_ERROR_REJECTED, "%s", self->mime_type);
  else
    return TRUE;
  return FALSE;
}

/* Goes on when it was looked at and there is a connection. */
static void
start_if_due (NatterFile *self)
{
  g_autoptr(GError) error = NULL;

  if (self->state != NATTER_FILE_WAITING || self->mime_type == NULL || !is_connected (self))
    return;
  if (!check (self, &error))
    {
      if (error != NULL)
        fail (self, error);
      return;
    }
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_state (self, NATTER_FILE_UPLOADING);
  get_token (self);
}

static void
on_info (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(NatterFile) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "It is a folder");
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (self->name == NULL)
    {
      self->name = g_strdup (g_file_info_get_display_name (info));
      notify (self, PROP_NAME);
    }
  self->size = (guint64) MAX (0, g_file_info_get_size (info));
  self->mime_type = g_content_type_get_mime_type (g_file_info_get_content_type (info));
  if (self->mime_type == NULL)
    self->mime_type = g_strdup ("application/octet-stream");
  notify (self, PROP_SIZE);
  notify (self, PROP_MIME_TYPE);
  start_if_due (self);
}

static void
natter_file_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  NatterFile *self = NATTER_FILE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, natter_file_get_name (self));
      break;
    case PROP_MIME_TYPE:
      g_value_set_string (value, self->mime_type);
      break;
    case PROP_SIZE:
      g_value_set_uint64 (value, self->size);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_file_dispose (GObject *object)
{
  NatterFile *self = NATTER_FILE (object);

  stop (self);
  g_clear_weak_pointer (&self->channel);
  g_clear_weak_pointer (&self->server);
  G_OBJECT_CLASS (natter_file_parent_class)->dispose (object);
}

static void
natter_file_finalize (GObject *object)
{
  NatterFile *self = NATTER_FILE (object);

  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->mime_type);
  g_clear_pointer (&self->attachment, natter_attachment_data_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (natter_file_parent_class)->finalize (object);
}

static void
natter_file_class_init (NatterFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = natter_file_get_property;
  object_class->dispose = natter_file_dispose;
  object_class->finalize = natter_file_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, notified);
  properties[PROP_MIME_TYPE] = g_param_spec_string ("mime-type", NULL, NULL, NULL, notified);
  properties[PROP_SIZE] = g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0, notified);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_FILE_STATE, NATTER_FILE_WAITING, notified);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_file_init (NatterFile *self)
{
}

static void
look (NatterFile *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_file_query_info_async (self->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_info,
                           g_object_ref (self));
}

/* @name: (nullable): what others see; %NULL for the file's own */
NatterFile *
_natter_file_new (NatterChannel *channel,
                  GFile         *file,
                  const char    *name)
{
  NatterFile *self = g_object_new (NATTER_TYPE_FILE, NULL);

  g_set_weak_pointer (&self->channel, channel);
  g_set_weak_pointer (&self->server, natter_channel_get_server (channel));
  self->file = g_object_ref (file);
  self->name = g_strdup (name);
  if (self->server != NULL)
    g_signal_connect_object (self->server, "notify::state", G_CALLBACK (start_if_due), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

/* Ends what goes on: it was taken away. */
void
_natter_file_stop (NatterFile *self)
{
  stop (self);
}

/* (nullable): what the server knows it by, when it has it */
const NatterAttachmentData *
_natter_file_get_attachment (NatterFile *self)
{
  return self->attachment;
}

/**
 * natter_file_get_file:
 * @self: a file
 *
 * Returns: (transfer none): where it is
 */
GFile *
natter_file_get_file (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), NULL);

  return self->file;
}

/**
 * natter_file_get_name:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): the name that others will see; %NULL until it was looked at
 */
const char *
natter_file_get_name (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), NULL);

  return self->name;
}

/**
 * natter_file_get_mime_type:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): what it is; %NULL until it was looked at
 */
const char *
natter_file_get_mime_type (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), NULL);

  return self->mime_type;
}

/**
 * natter_file_get_size:
 * @self: a file
 *
 * Returns: its size in bytes; 0 until it was looked at
 */
guint64
natter_file_get_size (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), 0);

  return self->size;
}

/**
 * natter_file_get_state:
 * @self: a file
 *
 * Returns: how far it has come
 */
NatterFileState
natter_file_get_state (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), NATTER_FILE_FAILED);

  return self->state;
}

/**
 * natter_file_get_fraction:
 * @self: a file
 *
 * Returns: how much was sent of what is to be sent, 0 to 1
 */
double
natter_file_get_fraction (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), 0);

  return self->fraction;
}

/**
 * natter_file_get_error:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): why it failed
 */
const GError *
natter_file_get_error (NatterFile *self)
{
  g_return_val_if_fail (NATTER_IS_FILE (self), NULL);

  return self->error;
}

/**
 * natter_file_retry:
 * @self: a file
 *
 * Sends one that failed again, as it is now.
 */
void
natter_file_retry (NatterFile *self)
{
  g_return_if_fail (NATTER_IS_FILE (self));

  if (self->state != NATTER_FILE_FAILED)
    return;
  self->again = FALSE;
  g_clear_pointer (&self->mime_type, g_free);
  set_error (self, NULL);
  set_fraction (self, 0);
  set_state (self, NATTER_FILE_WAITING);
  look (self);
}
