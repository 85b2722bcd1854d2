/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-avatar.h"

#include <adwaita.h>

static guint
count_colors (GtkWidget *avatar)
{
  g_auto(GStrv) classes = gtk_widget_get_css_classes (avatar);
  guint count = 0;

  for (guint i = 0; classes[i] != NULL; i++)
    count += g_str_has_prefix (classes[i], "color");
  return count;
}

/* Templates give avatars a look of the place where they are. */
static void
test_look_of_place (void)
{
  GtkWidget *avatar = g_object_ref_sink (natter_avatar_new (40));
  const char *const names[] = { "wren", "mika", "", "wren" };

  gtk_widget_add_css_class (avatar, "place");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      natter_avatar_set_text (NATTER_AVATAR (avatar), names[i]);
      g_assert_true (gtk_widget_has_css_class (avatar, "place"));
      g_assert_true (gtk_widget_has_css_class (avatar, "contrasted"));
      g_assert_cmpuint (count_colors (avatar), ==, 1);
    }
  g_object_unref (avatar);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/avatar/look-of-place", test_look_of_place);
  return g_test_run ();
}
