/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-screen-lock"

#include "config.h"

#include "natter-screen-lock.h"

#include "natter-portal.h"

#define INHIBIT_INTERFACE "org.freedesktop.portal.Inhibit"

/* The session is about to end. */
#define QUERY_END 2

/* Portals tell the state at once; one that does not is not waited for. */
#define LONGEST_WAIT_MS 10000

struct _NatterScreenLock
{
  GObject          parent_instance;

  GDBusConnection *bus;
  GCancellable    *cancellable;
  char            *session; /* path */
  guint            changes; /* subscription */
  guint            wait;    /* source, until it is known */
  guint            is_known : 1;
  guint            is_locked : 1;
};

G_DEFINE_FINAL_TYPE (NatterScreenLock, natter_screen_lock, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KNOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_known (NatterScreenLock *self)
{
  if (self->is_known)
    return;
  g_clear_handle_id (&self->wait, g_source_remove);
  self->is_known = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KNOWN]);
}

static void
waited_long_cb (gpointer data)
{
  NatterScreenLock *self = data;

  self->wait = 0;
  set_known (self);
}

/* The portal knows of a screen saver; whether it asks for a password is the desktop's affair. */
static void
state_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal, GVariant *parameters, gpointer data)
{
  NatterScreenLock *self = data;
  g_autoptr(GVariant) state = NULL;
  const char *session;
  gboolean is_active = FALSE;
  guint32 phase = 0;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    return;
  g_variant_get (parameters, "(&o@a{sv})", &session, &state);
  if (!g_str_equal (session, self->session))
    return;
  if (g_variant_lookup (state, "screensaver-active", "b", &is_active))
    self->is_locked = !!is_active;
  set_known (self);
  /* Whoever listens is waited for. */
  if (g_variant_lookup (state, "session-state", "u", &phase) && phase == QUERY_END)
    g_dbus_connection_call (bus, NATTER_PORTAL_NAME, NATTER_PORTAL_PATH, INHIBIT_INTERFACE, "QueryEndResponse",
                            g_variant_new ("(o)", session), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
created_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("The desktop does not tell whether the screen is locked: %s", error->message);
  set_known (data);
}

static void
create_monitor (NatterScreenLock *self)
{
  g_autofree char *token = NULL;
  g_autofree char *session_token = NULL;
  g_autofree char *request = natter_portal_make_path (self->bus, "request", &token);
  GVariantBuilder options;

  self->session = natter_portal_make_path (self->bus, "session", &session_token);
  self->changes = g_dbus_connection_signal_subscribe (self->bus, NATTER_PORTAL_NAME, INHIBIT_INTERFACE, "StateChanged", NATTER_PORTAL_PATH,
                                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, state_changed_cb, self, NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "session_handle_token", g_variant_new_string (session_token));
  g_dbus_connection_call (self->bus, NATTER_PORTAL_NAME, NATTER_PORTAL_PATH, INHIBIT_INTERFACE, "CreateMonitor",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, created_cb, self);
  self->wait = g_timeout_add_once (LONGEST_WAIT_MS, waited_long_cb, self);
}

static void
natter_screen_lock_dispose (GObject *object)
{
  NatterScreenLock *self = NATTER_SCREEN_LOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->wait, g_source_remove);
  if (self->changes != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->changes);
  self->changes = 0;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (natter_screen_lock_parent_class)->dispose (object);
}

static void
natter_screen_lock_finalize (GObject *object)
{
  g_free (NATTER_SCREEN_LOCK (object)->session);

  G_OBJECT_CLASS (natter_screen_lock_parent_class)->finalize (object);
}

static void
natter_screen_lock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_KNOWN:
      g_value_set_boolean (value, NATTER_SCREEN_LOCK (object)->is_known);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_screen_lock_class_init (NatterScreenLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_screen_lock_dispose;
  object_class->finalize = natter_screen_lock_finalize;
  object_class->get_property = natter_screen_lock_get_property;

  properties[PROP_KNOWN] = g_param_spec_boolean ("known", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_screen_lock_init (NatterScreenLock *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * natter_screen_lock_new:
 * @bus: the session bus
 *
 * Returns: (transfer full): what follows the screen, as long as it lives
 */
NatterScreenLock *
natter_screen_lock_new (GDBusConnection *bus)
{
  NatterScreenLock *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), NULL);

  self = g_object_new (NATTER_TYPE_SCREEN_LOCK, NULL);
  self->bus = g_object_ref (bus);
  create_monitor (self);
  return self;
}

/**
 * natter_screen_lock_is_known:
 * @self: a screen lock
 *
 * Returns: whether the desktop has told of it, or does not; #NatterScreenLock:known is notified soon after a start
 */
gboolean
natter_screen_lock_is_known (NatterScreenLock *self)
{
  g_return_val_if_fail (NATTER_IS_SCREEN_LOCK (self), FALSE);

  return self->is_known;
}

/**
 * natter_screen_lock_is_locked:
 * @self: a screen lock
 *
 * Returns: whether the screen is locked, as far as is known
 */
gboolean
natter_screen_lock_is_locked (NatterScreenLock *self)
{
  g_return_val_if_fail (NATTER_IS_SCREEN_LOCK (self), FALSE);

  return self->is_locked;
}
