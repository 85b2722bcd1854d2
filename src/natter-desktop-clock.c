/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-desktop-clock"

#include "config.h"

#include "natter-desktop-clock.h"

#include "natter-clock.h"
#include "natter-portal.h"

#define SETTINGS_INTERFACE "org.freedesktop.portal.Settings"
#define SCHEMA_ID "org.gnome.desktop.interface"
#define KEY "clock-format"

struct _NatterDesktopClock
{
  GObject          parent_instance;

  GDBusConnection *bus;
  GCancellable    *cancellable;
  GSettings       *settings; /* NULL: the portal is asked, or nobody */
  guint            changes;  /* subscription */
};

G_DEFINE_FINAL_TYPE (NatterDesktopClock, natter_desktop_clock, G_TYPE_OBJECT)

/* Elsewhere the setting may be there too, with a default that nobody has chosen. */
static gboolean
is_on_gnome (void)
{
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");
  g_auto(GStrv) names = desktop != NULL ? g_strsplit (desktop, ":", -1) : NULL;

  return names != NULL && g_strv_contains ((const char * const *) names, "GNOME");
}

static void
take (const char *format)
{
  if (g_strcmp0 (format, "12h") == 0)
    natter_clock_set_twelve_hours (natter_clock_get_default (), TRUE);
  else if (g_strcmp0 (format, "24h") == 0)
    natter_clock_set_twelve_hours (natter_clock_get_default (), FALSE);
}

static void
take_variant (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    take (g_variant_get_string (value, NULL));
}

static void
setting_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal, GVariant *parameters, gpointer data)
{
  g_autoptr(GVariant) value = NULL;
  const char *key;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", NULL, &key, &value);
  if (g_str_equal (key, KEY))
    take_variant (value);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);
  g_autoptr(GVariant) value = NULL;

  if (answer == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("The desktop does not tell how its clock is set: %s", error->message);
      return;
    }
  g_variant_get (answer, "(v)", &value);
  take_variant (value);
}

/* In a sandbox the settings of the desktop are out of reach, and GSettings has the defaults instead. */
static void
ask_portal (NatterDesktopClock *self)
{
  self->changes = g_dbus_connection_signal_subscribe (self->bus, NATTER_PORTAL_NAME, SETTINGS_INTERFACE, "SettingChanged", NATTER_PORTAL_PATH,
                                                      SCHEMA_ID, G_DBUS_SIGNAL_FLAGS_NONE, setting_changed_cb, self, NULL);
  g_dbus_connection_call (self->bus, NATTER_PORTAL_NAME, NATTER_PORTAL_PATH, SETTINGS_INTERFACE, "ReadOne",
                          g_variant_new ("(ss)", SCHEMA_ID, KEY), G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, read_cb, NULL);
}

static void
changed_cb (NatterDesktopClock *self)
{
  g_autofree char *format = g_settings_get_string (self->settings, KEY);

  take (format);
}

static void
follow_settings (NatterDesktopClock *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  /* A missing schema would end the program. */
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, KEY))
    return;
  self->settings = g_settings_new (SCHEMA_ID);
  g_signal_connect_object (self->settings, "changed::" KEY, G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

static void
natter_desktop_clock_dispose (GObject *object)
{
  NatterDesktopClock *self = NATTER_DESKTOP_CLOCK (object);

  g_cancellable_cancel (self->cancellable);
  if (self->changes != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->changes);
  self->changes = 0;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (natter_desktop_clock_parent_class)->dispose (object);
}

static void
natter_desktop_clock_class_init (NatterDesktopClockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_desktop_clock_dispose;
}

static void
natter_desktop_clock_init (NatterDesktopClock *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * natter_desktop_clock_new:
 * @bus: (nullable): the session bus
 *
 * Returns: (transfer full): what follows the desktop as long as it lives. Where nothing is set for the clock, #NatterClock
 *   stays as it is
 */
NatterDesktopClock *
natter_desktop_clock_new (GDBusConnection *bus)
{
  NatterDesktopClock *self;

  g_return_val_if_fail (bus == NULL || G_IS_DBUS_CONNECTION (bus), NULL);

  self = g_object_new (NATTER_TYPE_DESKTOP_CLOCK, NULL);
  g_set_object (&self->bus, bus);
  if (!is_on_gnome ())
    return self;
  if (!natter_portal_is_needed ())
    follow_settings (self);
  else if (bus != NULL)
    ask_portal (self);
  return self;
}
