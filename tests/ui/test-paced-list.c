/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-paced-list.h"

#include <gtk/gtk.h>

typedef struct
{
  GtkStringList   *model;
  NatterPacedList *paced;
  GtkStringList   *heard;   /* what somebody knows who only listens to the signal */
  guint            largest; /* the most that was ever added at once */
} Fixture;

static void
on_items_changed (Fixture    *f,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GListModel *list)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) strings = NULL;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (list, i);

      g_strv_builder_add (builder, gtk_string_object_get_string (item));
    }
  strings = g_strv_builder_end (builder);
  gtk_string_list_splice (f->heard, position, removed, (const char * const *) strings);
  f->largest = MAX (f->largest, added);
}

/* @from and on, @n of them, put in at @position instead of @removed others */
static void
splice (Fixture *f,
        guint    position,
        guint    removed,
        int      from,
        guint    n)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) strings = NULL;

  for (guint i = 0; i < n; i++)
    g_strv_builder_take (builder, g_strdup_printf ("%d", from + (int) i));
  strings = g_strv_builder_end (builder);
  gtk_string_list_splice (f->model, position, removed, (const char * const *) strings);
}

static void
set_up (Fixture       *f,
        gconstpointer  n)
{
  f->model = gtk_string_list_new (NULL);
  splice (f, 0, 0, 0, GPOINTER_TO_UINT (n));
  f->paced = natter_paced_list_new (G_LIST_MODEL (f->model));
  f->heard = gtk_string_list_new (NULL);
  on_items_changed (f, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (f->paced)), G_LIST_MODEL (f->paced));
  f->largest = 0;
  g_signal_connect_swapped (f->paced, "items-changed", G_CALLBACK (on_items_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  n)
{
  g_signal_handlers_disconnect_by_data (f->paced, f);
  g_assert_finalize_object (f->paced);
  g_object_unref (f->model);
  g_object_unref (f->heard);
}

/* The list is an unbroken stretch of the model, and the signal told all of it. */
static void
assert_stretch (Fixture *f)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->paced));
  guint n_model = g_list_model_get_n_items (G_LIST_MODEL (f->model));
  guint offset = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->heard)), ==, n);
  g_assert_cmpuint (n, <=, n_model);
  g_assert_true (n > 0 || n_model == 0);
  if (n == 0)
    return;
  while (g_strcmp0 (gtk_string_list_get_string (f->model, offset), gtk_string_list_get_string (f->heard, 0)) != 0)
    offset++;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (f->paced), i);

      g_assert_cmpstr (gtk_string_list_get_string (f->model, offset + i), ==, gtk_string_object_get_string (item));
      g_assert_cmpstr (gtk_string_list_get_string (f->heard, i), ==, gtk_string_object_get_string (item));
    }
}

static void
let_all_in (Fixture *f)
{
  while (natter_paced_list_get_pending (f->paced))
    {
      natter_paced_list_advance (f->paced);
      assert_stretch (f);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->paced)), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (f->model)));
}

static void
test_starts_at_end (Fixture       *f,
                    gconstpointer  n)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->paced)), ==, NATTER_PACED_LIST_FIRST);
  g_assert_cmpstr (gtk_string_list_get_string (f->heard, NATTER_PACED_LIST_FIRST - 1), ==, "49");
  let_all_in (f);
  g_assert_cmpuint (f->largest, ==, NATTER_PACED_LIST_STEP);
}

static void
test_pages (Fixture       *f,
            gconstpointer  n)
{
  let_all_in (f);
  splice (f, 0, 0, 1000, 50);
  assert_stretch (f);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->paced)), ==, 50);
  splice (f, 100, 0, 2000, 50);
  assert_stretch (f);
  let_all_in (f);
  g_assert_cmpuint (f->largest, ==, NATTER_PACED_LIST_STEP);
}

static void
test_live_message (Fixture       *f,
                   gconstpointer  n)
{
  let_all_in (f);
  splice (f, 50, 0, 50, 1);
  g_assert_false (natter_paced_list_get_pending (f->paced));
  g_assert_cmpstr (gtk_string_list_get_string (f->heard, 50), ==, "50");
}

static void
test_empty (Fixture       *f,
            gconstpointer  n)
{
  assert_stretch (f);
  splice (f, 0, 0, 0, 50);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->paced)), ==, NATTER_PACED_LIST_FIRST);
  splice (f, 0, 50, 0, 0);
  assert_stretch (f);
  g_assert_false (natter_paced_list_get_pending (f->paced));
}

static void
test_anything (Fixture       *f,
               gconstpointer  n)
{
  for (int round = 0; round < 3000; round++)
    {
      guint length = g_list_model_get_n_items (G_LIST_MODEL (f->model));
      guint position = g_test_rand_int_range (0, length + 1);
      guint removed = g_test_rand_int_range (0, MIN (length - position, 60) + 1);
      guint added = g_test_rand_int_range (0, length > 200 ? 10 : 60);

      splice (f, position, removed, 10000 * (round + 1), added);
      assert_stretch (f);
      if (g_test_rand_bit ())
        natter_paced_list_advance (f->paced);
      assert_stretch (f);
    }
  let_all_in (f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/paced-list/starts-at-end", Fixture, GUINT_TO_POINTER (50), set_up, test_starts_at_end, tear_down);
  g_test_add ("/paced-list/pages", Fixture, GUINT_TO_POINTER (50), set_up, test_pages, tear_down);
  g_test_add ("/paced-list/live-message", Fixture, GUINT_TO_POINTER (50), set_up, test_live_message, tear_down);
  g_test_add ("/paced-list/empty", Fixture, GUINT_TO_POINTER (0), set_up, test_empty, tear_down);
  g_test_add ("/paced-list/anything", Fixture, GUINT_TO_POINTER (30), set_up, test_anything, tear_down);
  return g_test_run ();
}
