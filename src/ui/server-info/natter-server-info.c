/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-info"

#include "config.h"

#include "natter-server-info.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-capability-text.h"
#include "natter-pictures.h"
#include "natter-state-text.h"

#define BANNER_SIZE 480

enum
{
  ROW_ADDRESS,
  ROW_OWNER,
  ROW_VERSION,
  ROW_AUTH,
  ROW_ENCRYPTION,
  ROW_SUBJECT,
  ROW_ISSUER,
  ROW_VALID,
  ROW_MESSAGE,
  ROW_RESULTS,
  ROW_UPLOADS,
  ROW_UPLOAD_SIZE,
  ROW_UPLOAD_TYPES,
  ROW_UPLOAD_COUNT,
  ROW_STATE,
  ROW_LATENCY,
  ROW_SINCE,
  ROW_RECEIVED,
  N_ROWS,
};

static const char * const row_ids[N_ROWS] = {
  "address_row", "owner_row", "version_row", "auth_row",
  "encryption_row", "subject_row", "issuer_row", "valid_row",
  "message_row", "results_row", "uploads_row", "upload_size_row", "upload_types_row", "upload_count_row",
  "state_row", "latency_row", "since_row", "received_row",
};

enum
{
  LIST_CAPABILITIES,
  LIST_PERMISSIONS,
  N_LISTS,
};

static const char * const list_ids[N_LISTS] = { "capabilities_row", "permissions_row" };

struct _NatterServerInfo
{
  AdwBin parent_instance;

  NatterServer   *server;
  GSignalGroup   *server_signals;
  GSignalGroup   *connection_signals;
  GCancellable   *cancellable; /* of the banner */
  GPtrArray      *names[N_LISTS]; /* the rows in `lists` */
  guint           tick_id;     /* while mapped: how long connected */
  GtkPicture     *banner;
  NatterAvatar   *icon;
  GtkLabel       *name_label;
  GtkLabel       *description_label;
  AdwActionRow   *rows[N_ROWS];
  AdwExpanderRow *lists[N_LISTS];
};

enum
{
  PROP_0,
  PROP_SERVER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterServerInfo, natter_server_info, ADW_TYPE_BIN)

/* Without a text there is no row. */
static void
set_row (NatterServerInfo *self, guint row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->rows[row]), text != NULL && *text != '\0');
  adw_action_row_set_subtitle (self->rows[row], text != NULL ? text : "");
}

static void
take_row (NatterServerInfo *self, guint row, char *text)
{
  set_row (self, row, text);
  g_free (text);
}

static const char *
auth_text (NatterAuthMode mode)
{
  switch (mode)
    {
    case NATTER_AUTH_ROTUR:
      return _("Rotur accounts");
    case NATTER_AUTH_BOTH:
      return _("Rotur accounts and server accounts");
    case NATTER_AUTH_SERVER:
      return _("Server accounts only");
    case NATTER_AUTH_UNKNOWN:
    default:
      return _("A kind of account that Natter doesn’t know");
    }
}

static char *
format_time (gint64 time)
{
  g_autoptr(GDateTime) utc = time != 0 ? g_date_time_new_from_unix_utc_usec (time) : NULL;
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%c") : NULL;
}

static char *
format_duration (gint64 since)
{
  gint64 minutes = (g_get_real_time () - since) / G_TIME_SPAN_MINUTE;
  int hours = minutes / 60;

  if (since == 0)
    return NULL;
  if (minutes < 1)
    return g_strdup (_("Less than a minute"));
  if (hours < 1)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (int) minutes), (int) minutes);
  /* Translators: hours and minutes, as in "3 h 20 min". */
  return g_strdup_printf (_("%d h %d min"), hours, (int) (minutes % 60));
}

static void
update_certificate (NatterServerInfo *self)
{
  NatterConnection *connection = natter_server_get_connection (self->server);
  GTlsCertificate *certificate = natter_connection_get_certificate (connection);
  NatterAddress *address = natter_server_get_address (self->server);
  g_autoptr(GDateTime) until = NULL;

  if (natter_address_is_encrypted (address))
    set_row (self, ROW_ENCRYPTION, _("Encrypted"));
  else if (natter_address_is_loopback (address))
    set_row (self, ROW_ENCRYPTION, _("Not encrypted; the server is on this computer"));
  else
    set_row (self, ROW_ENCRYPTION, _("Not encrypted: others can read what is sent"));

  if (certificate != NULL)
    until = g_tls_certificate_get_not_valid_after (certificate);
  take_row (self, ROW_SUBJECT, certificate != NULL ? g_tls_certificate_get_subject_name (certificate) : NULL);
  take_row (self, ROW_ISSUER, certificate != NULL ? g_tls_certificate_get_issuer_name (certificate) : NULL);
  take_row (self, ROW_VALID, until != NULL ? g_date_time_format (until, "%x") : NULL);
}

static void
update_connection (NatterServerInfo *self)
{
  NatterConnection *connection = natter_server_get_connection (self->server);
  int latency = natter_connection_get_latency (connection);

  set_row (self, ROW_STATE, natter_state_text_get (natter_connection_get_state (connection)));
  /* Translators: a time in milliseconds. */
  take_row (self, ROW_LATENCY, latency >= 0 ? g_strdup_printf (_("%d ms"), latency) : NULL);
  take_row (self, ROW_SINCE, format_duration (natter_connection_get_connected_since (connection)));
  update_certificate (self);
}

static void
update_limits (NatterServerInfo *self, NatterHandshake *handshake)
{
  guint max_message = natter_handshake_get_max_message (handshake);
  guint max_results = natter_handshake_get_max_results (handshake);
  guint64 max_upload = natter_handshake_get_max_upload (handshake);
  int per_user = natter_handshake_get_uploads_per_user (handshake);
  gboolean uploads = natter_handshake_get_uploads (handshake);
  const char * const *types = natter_handshake_get_upload_types (handshake);

  take_row (self, ROW_MESSAGE, max_message > 0 ? g_strdup_printf (ngettext ("%u character", "%u characters", max_message), max_message) : NULL);
  /* Translators: how many messages a server shows as results of a search */
  take_row (self, ROW_RESULTS, max_results > 0 ? g_strdup_printf (ngettext ("%u at most", "%u at most", max_results), max_results) : NULL);
  set_row (self, ROW_UPLOADS, uploads ? _("Allowed") : _("Not allowed"));
  take_row (self, ROW_UPLOAD_SIZE, uploads && max_upload > 0 ? g_format_size_full (max_upload, G_FORMAT_SIZE_IEC_UNITS) : NULL);
  take_row (self, ROW_UPLOAD_TYPES, uploads && types != NULL ? g_strjoinv (", ", (char **) types) : NULL);
  if (!uploads)
    set_row (self, ROW_UPLOAD_COUNT, NULL);
  else if (per_user < 0)
    set_row (self, ROW_UPLOAD_COUNT, _("No limit"));
  else
    take_row (self, ROW_UPLOAD_COUNT, g_strdup_printf ("%d", per_user));
}

typedef const char *(*GetText) (const char *name);

static const char * const *
get_names (NatterHandshake *handshake, guint list)
{
  return list == LIST_CAPABILITIES ? natter_handshake_get_capabilities (handshake) : natter_handshake_get_permissions (handshake);
}

static GetText
get_text_function (guint list)
{
  return list == LIST_CAPABILITIES ? natter_capability_text_get : natter_permission_text_get;
}

/* A hundred rows take a while to make: only once somebody looks at them. */
static void
expanded_cb (NatterServerInfo *self)
{
  NatterHandshake *handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;

  for (guint list = 0; list < N_LISTS && handshake != NULL; list++)
    {
      const char * const *names = get_names (handshake, list);

      if (!adw_expander_row_get_expanded (self->lists[list]) || self->names[list]->len > 0)
        continue;
      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        {
          const char *text = get_text_function (list) (names[i]);
          GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                         "use-markup", FALSE,
                                         "title", text != NULL ? text : names[i],
                                         "subtitle", text != NULL ? names[i] : _("Not known to this version of Natter"),
                                         NULL);

          adw_expander_row_add_row (self->lists[list], row);
          g_ptr_array_add (self->names[list], row);
        }
    }
}

static void
update_lists (NatterServerInfo *self, NatterHandshake *handshake)
{
  for (guint list = 0; list < N_LISTS; list++)
    {
      const char * const *names = handshake != NULL ? get_names (handshake, list) : NULL;
      guint count = names != NULL ? g_strv_length ((char **) names) : 0;
      g_autofree char *subtitle = g_strdup_printf ("%u", count);

      for (guint i = 0; i < self->names[list]->len; i++)
        adw_expander_row_remove (self->lists[list], self->names[list]->pdata[i]);
      g_ptr_array_set_size (self->names[list], 0);
      adw_expander_row_set_subtitle (self->lists[list], subtitle);
      gtk_widget_set_visible (GTK_WIDGET (self->lists[list]), count > 0);
    }
  expanded_cb (self);
}

static void
banner_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GdkTexture) texture = natter_pictures_load_finish (result, NULL);
  NatterServerInfo *self;

  /* The widget may be gone when nothing came. */
  if (texture == NULL)
    return;
  self = data;
  gtk_picture_set_paintable (self->banner, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->banner), TRUE);
}

static void
update_banner (NatterServerInfo *self, NatterHandshake *handshake)
{
  g_autofree char *uri = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), FALSE);
  if (handshake == NULL || natter_handshake_get_banner (handshake) == NULL)
    return;
  uri = natter_address_resolve_http (natter_server_get_address (self->server), natter_handshake_get_banner (handshake));
  if (uri == NULL || natter_server_judge_picture (self->server, uri) != NATTER_REMOTE_MEDIA_ALWAYS)
    return;
  self->cancellable = g_cancellable_new ();
  natter_pictures_load_async (uri, BANNER_SIZE, self->cancellable, banner_cb, self);
}

static void
update_handshake (NatterServerInfo *self)
{
  NatterHandshake *handshake = natter_server_get_handshake (self->server);

  update_banner (self, handshake);
  update_lists (self, handshake);
  for (guint row = 0; row < ROW_STATE; row++)
    set_row (self, row, NULL);
  set_row (self, ROW_ADDRESS, natter_address_get_text (natter_server_get_address (self->server)));
  update_connection (self);
  if (handshake == NULL)
    {
      set_row (self, ROW_RECEIVED, _("Not yet"));
      return;
    }
  set_row (self, ROW_OWNER, natter_handshake_get_owner (handshake));
  set_row (self, ROW_VERSION, natter_handshake_get_version (handshake));
  set_row (self, ROW_AUTH, auth_text (natter_handshake_get_auth_mode (handshake)));
  update_limits (self, handshake);
  take_row (self, ROW_RECEIVED, format_time (natter_handshake_get_received (handshake)));
  gtk_label_set_text (self->description_label, natter_handshake_get_description (handshake));
  gtk_widget_set_visible (GTK_WIDGET (self->description_label), natter_handshake_get_description (handshake) != NULL);
}

static void
update_name (NatterServerInfo *self)
{
  const char *name = natter_server_get_name (self->server);

  gtk_label_set_text (self->name_label, name);
  natter_avatar_set_text (self->icon, name);
  natter_avatar_set_uri (self->icon, natter_server_get_icon (self->server));
}

static gboolean
tick_cb (gpointer data)
{
  NatterServerInfo *self = data;

  if (self->server != NULL)
    update_connection (self);
  return G_SOURCE_CONTINUE;
}

static void
natter_server_info_map (GtkWidget *widget)
{
  NatterServerInfo *self = NATTER_SERVER_INFO (widget);

  GTK_WIDGET_CLASS (natter_server_info_parent_class)->map (widget);
  self->tick_id = g_timeout_add_seconds (10, tick_cb, self);
}

static void
natter_server_info_unmap (GtkWidget *widget)
{
  NatterServerInfo *self = NATTER_SERVER_INFO (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (natter_server_info_parent_class)->unmap (widget);
}

static void
natter_server_info_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterServerInfo *self = NATTER_SERVER_INFO (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_info_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterServerInfo *self = NATTER_SERVER_INFO (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      natter_server_info_set_server (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_info_dispose (GObject *object)
{
  NatterServerInfo *self = NATTER_SERVER_INFO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->server_signals);
  g_clear_object (&self->connection_signals);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_pointer (&self->names[i], g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SERVER_INFO);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_server_info_parent_class)->dispose (object);
}

static void
natter_server_info_class_init (NatterServerInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_server_info_get_property;
  object_class->set_property = natter_server_info_set_property;
  object_class->dispose = natter_server_info_dispose;
  widget_class->map = natter_server_info_map;
  widget_class->unmap = natter_server_info_unmap;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-info.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfo, banner);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfo, icon);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfo, name_label);
  gtk_widget_class_bind_template_child (widget_class, NatterServerInfo, description_label);
  for (guint i = 0; i < N_LISTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, list_ids[i], FALSE, G_STRUCT_OFFSET (NatterServerInfo, lists) + i * sizeof (AdwExpanderRow *));
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
  for (guint i = 0; i < N_ROWS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, row_ids[i], FALSE, G_STRUCT_OFFSET (NatterServerInfo, rows) + i * sizeof (AdwActionRow *));
}

static void
natter_server_info_init (NatterServerInfo *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_LISTS; i++)
    self->names[i] = g_ptr_array_new ();

  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::name", G_CALLBACK (update_name), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::icon", G_CALLBACK (update_name), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::handshake", G_CALLBACK (update_handshake), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::remote-media", G_CALLBACK (update_handshake), self);
  self->connection_signals = g_signal_group_new (NATTER_TYPE_CONNECTION);
  g_signal_group_connect_swapped (self->connection_signals, "notify::state", G_CALLBACK (update_connection), self);
  g_signal_group_connect_swapped (self->connection_signals, "notify::latency", G_CALLBACK (update_connection), self);
  g_signal_group_connect_swapped (self->connection_signals, "notify::certificate", G_CALLBACK (update_connection), self);
}

/**
 * natter_server_info_get_server:
 * @self: the widget
 *
 * Returns: (transfer none) (nullable): the server that is shown
 */
NatterServer *
natter_server_info_get_server (NatterServerInfo *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER_INFO (self), NULL);
  return self->server;
}

/**
 * natter_server_info_set_server:
 * @self: the widget
 * @server: (nullable): the server to show
 *
 * Shows @server.
 */
void
natter_server_info_set_server (NatterServerInfo *self, NatterServer *server)
{
  g_return_if_fail (NATTER_IS_SERVER_INFO (self));

  if (!g_set_object (&self->server, server))
    return;
  g_signal_group_set_target (self->server_signals, server);
  g_signal_group_set_target (self->connection_signals, server != NULL ? natter_server_get_connection (server) : NULL);
  if (server != NULL)
    {
      update_name (self);
      update_handshake (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

/**
 * natter_server_info_dup_text:
 * @self: the widget
 *
 * Puts all that is shown into one text, for a report or a friend.
 *
 * Returns: (transfer full): lines of "title: value"
 */
char *
natter_server_info_dup_text (NatterServerInfo *self)
{
  NatterHandshake *handshake;
  GString *text;

  g_return_val_if_fail (NATTER_IS_SERVER_INFO (self), NULL);

  handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;
  text = g_string_new (gtk_label_get_text (self->name_label));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < N_ROWS; i++)
    {
      if (gtk_widget_get_visible (GTK_WIDGET (self->rows[i])))
        g_string_append_printf (text, "%s: %s\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->rows[i])), adw_action_row_get_subtitle (self->rows[i]));
    }
  for (guint list = 0; list < N_LISTS && handshake != NULL; list++)
    {
      const char * const *names = get_names (handshake, list);

      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        {
          const char *words = get_text_function (list) (names[i]);

          g_string_append_printf (text, "%s: %s (%s)\n", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->lists[list])),
                                  words != NULL ? words : "?", names[i]);
        }
    }
  return g_string_free_and_steal (text);
}
