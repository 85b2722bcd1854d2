/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that was closed while the program goes on in the background: no widget of it stays. */
#define G_SETTINGS_ENABLE_BACKEND
#include <adwaita.h>
#include <gio/gsettingsbackend.h>

#include "model-fixture.h"
#include "natter-message-item.h"
#include "natter-notifier.h"
#include "natter-window.h"

static guint n_widgets; /* alive, of the window */

static GSettings *
make_settings (void)
{
  g_autoptr(GSettingsSchemaSource) source = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr(GError) error = NULL;

  source = g_settings_schema_source_new_from_directory (g_getenv ("NATTER_SCHEMAS"), NULL, TRUE, &error);
  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, "dev.natter.Natter", FALSE);
  return g_settings_new_full (schema, backend, NULL);
}

static gboolean
shows_message (GtkWidget *widget)
{
  if (NATTER_IS_MESSAGE_ITEM (widget) && natter_message_item_get_message (NATTER_MESSAGE_ITEM (widget)) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows_message (child))
      return TRUE;
  return FALSE;
}

static void
on_freed (gpointer  data,
          GObject  *object)
{
  n_widgets--;
}

static void
watch (GtkWidget *widget)
{
  /* GTK has one for all windows of a display. */
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  g_object_weak_ref (G_OBJECT (widget), on_freed, NULL);
  n_widgets++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    watch (child);
}

static void
test_closed (ModelFixture  *fixture,
             gconstpointer  options)
{
  g_autoptr(AdwApplication) application = adw_application_new ("dev.natter.Test", G_APPLICATION_NON_UNIQUE);
  g_autoptr(GSettings) settings = make_settings ();
  g_autoptr(NatterNotifier) notifier = natter_notifier_new (fixture->session);
  g_autoptr(GError) error = NULL;
  NatterWindow *window;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  natter_server_set_last_channel (fixture->server, "archive");
  window = natter_window_new (GTK_APPLICATION (application), fixture->session, settings);
  natter_window_set_notifier (window, notifier);
  gtk_window_present (GTK_WINDOW (window));
  wait_for (shows_message (GTK_WIDGET (window)));
  watch (GTK_WIDGET (window));
  g_assert_cmpuint (n_widgets, >, 100);

  gtk_window_close (GTK_WINDOW (window));
  wait_for (n_widgets == 0);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
}

static NatterWindow *
open_window (GtkApplication *application,
             NatterSession  *session,
             GSettings      *settings)
{
  NatterWindow *window = natter_window_new (application, session, settings);

  gtk_window_present (GTK_WINDOW (window));
  wait_for (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

/* Where one was is known to the next window, too. */
static void
test_again (ModelFixture  *fixture,
            gconstpointer  options)
{
  g_autoptr(AdwApplication) application = adw_application_new ("dev.natter.Again", G_APPLICATION_NON_UNIQUE);
  g_autoptr(GSettings) settings = make_settings ();
  g_autoptr(GError) error = NULL;
  NatterWindow *window;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  natter_server_set_last_channel (fixture->server, "archive");
  window = open_window (GTK_APPLICATION (application), fixture->session, settings);
  wait_for (shows_message (GTK_WIDGET (window)));
  natter_window_show_message (window, fixture->server, "general", NULL);
  wait_for (g_strcmp0 (natter_server_get_last_channel (fixture->server), "general") == 0);
  gtk_window_close (GTK_WINDOW (window));
  wait_for (gtk_application_get_windows (GTK_APPLICATION (application)) == NULL);

  window = open_window (GTK_APPLICATION (application), fixture->session, settings);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  wait_for (g_strcmp0 (natter_server_get_last_channel (fixture->server), "archive") == 0);
  gtk_window_close (GTK_WINDOW (window));
  wait_for (gtk_application_get_windows (GTK_APPLICATION (application)) == NULL);
}

int
main (int    argc,
      char **argv)
{
  static const TestServerOptions options = { .messages = 200 };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add_model_test ("/window/closed", test_closed, &options);
  add_model_test ("/window/again", test_again, &options);
  return g_test_run ();
}
