/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made when it is shown: pages and menus. */
#include <adwaita.h>

#include "natter-day-heading.h"
#include "natter-hint-page.h"
#include "natter-late-menu.h"

static GtkWidget *
show_in_window (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static void
test_hint_page (void)
{
  GtkWidget *page = g_object_new (NATTER_TYPE_HINT_PAGE, "icon-name", "edit-find-symbolic", "title", "A & B",
                                  "button-label", "Try Again", "action-name", "page.retry", NULL);
  AdwStatusPage *status;
  GtkWidget *window;

  gtk_widget_add_css_class (page, "compact");
  g_assert_null (adw_bin_get_child (ADW_BIN (page)));
  window = show_in_window (page);
  status = ADW_STATUS_PAGE (adw_bin_get_child (ADW_BIN (page)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (status), "compact"));
  g_assert_cmpstr (adw_status_page_get_icon_name (status), ==, "edit-find-symbolic");
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "A &amp; B");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (adw_status_page_get_child (status))), ==, "Try Again");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (adw_status_page_get_child (status))), ==, "page.retry");

  natter_hint_page_set_description (NATTER_HINT_PAGE (page), "<b>what a server said</b>");
  g_assert_cmpstr (adw_status_page_get_description (status), ==, "&lt;b&gt;what a server said&lt;/b&gt;");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_late_menu (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  GtkWidget *window;

  g_menu_append (menu, "Something", "app.something");
  natter_late_menu_set (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  window = show_in_window (button);
  g_assert_null (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  g_assert_true (gtk_widget_get_sensitive (button));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_assert_true (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) == G_MENU_MODEL (menu));
  g_assert_nonnull (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The name of the day is in the middle, and may be wider than the heading. */
static void
test_day_heading (void)
{
  GtkWidget *heading = natter_day_heading_new ();
  GtkWidget *window, *day;
  graphene_rect_t bounds;

  natter_day_heading_set_time (NATTER_DAY_HEADING (heading), G_GINT64_CONSTANT (86400000000));
  gtk_widget_set_size_request (heading, 600, -1);
  window = show_in_window (heading);
  while (gtk_widget_get_width (heading) == 0)
    g_main_context_iteration (NULL, TRUE);
  day = gtk_widget_get_first_child (heading);
  g_assert_true (gtk_widget_compute_bounds (day, heading, &bounds));
  g_assert_cmpint (ABS ((int) bounds.origin.x * 2 + (int) bounds.size.width - gtk_widget_get_width (heading)), <=, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/late/hint-page", test_hint_page);
  g_test_add_func ("/late/menu", test_late_menu);
  g_test_add_func ("/late/day-heading", test_day_heading);
  return g_test_run ();
}
