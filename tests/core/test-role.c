/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-role.h"

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_color (void)
{
  const struct
  {
    const char *text;
    int         color;
  } colors[] = {
    { "#fff", 0xffffff },     { "#1a2B3c", 0x1a2b3c }, { "crimson", 0xdc143c }, { "YellowGreen", 0x9acd32 },
    { "aqua", 0x00ffff },     { "#000000", 0 },        { NULL, -1 },            { "", -1 },
    { "#", -1 },              { "#12", -1 },           { "#12345", -1 },        { "#12345g", -1 },
    { "#1234567", -1 },       { "123456", -1 },        { "nocolor", -1 },       { "url(javascript:x)", -1 },
    { "#\xc3\xa4\xc3\xa4\xc3\xa4", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (colors); i++)
    g_assert_cmpint (natter_color_parse (colors[i].text), ==, colors[i].color);
}

static void
test_update (void)
{
  NatterRole *role = natter_role_new ("moderator");
  char *permissions[] = { (char *) "manage_users", NULL };
  NatterRoleData data = { .id = (char *) "r1", .color = (char *) "#ff0000", .position = 3, .hoisted = TRUE,
                          .permissions = permissions };
  guint n_colors = 0;

  g_assert_cmpint (natter_role_get_color (role), ==, -1);
  g_assert_nonnull (natter_role_get_permissions (role));
  g_signal_connect_swapped (role, "notify::color", G_CALLBACK (count_notify), &n_colors);
  natter_role_update (role, &data);
  natter_role_update (role, &data);
  g_assert_cmpuint (n_colors, ==, 1);
  g_assert_cmpstr (natter_role_get_name (role), ==, "moderator");
  g_assert_cmpstr (natter_role_get_id (role), ==, "r1");
  g_assert_cmpint (natter_role_get_color (role), ==, 0xff0000);
  g_assert_cmpint (natter_role_get_position (role), ==, 3);
  g_assert_true (natter_role_get_hoisted (role));
  g_assert_true (g_strv_contains (natter_role_get_permissions (role), "manage_users"));
  g_assert_finalize_object (role);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/role/color", test_color);
  g_test_add_func ("/role/update", test_update);
  return g_test_run ();
}
