/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-day-list.h"

/* All that a day list wants of a message. */
#define TEST_TYPE_ITEM (test_item_get_type ())
G_DECLARE_FINAL_TYPE (TestItem, test_item, TEST, ITEM, GObject)

struct _TestItem
{
  GObject  parent_instance;
  gboolean starts_day;
};

G_DEFINE_FINAL_TYPE (TestItem, test_item, G_TYPE_OBJECT)

static void
test_item_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_value_set_boolean (value, TEST_ITEM (object)->starts_day);
}

static void
test_item_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  TEST_ITEM (object)->starts_day = g_value_get_boolean (value);
}

static void
test_item_class_init (TestItemClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = test_item_get_property;
  G_OBJECT_CLASS (klass)->set_property = test_item_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1,
                                   g_param_spec_boolean ("starts-day", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
test_item_init (TestItem *self)
{
}

typedef struct
{
  GListStore    *store;
  NatterDayList *days;
  guint          items_changes;
  guint          section_changes;
} Fixture;

static void
insert (Fixture    *f,
        guint       position,
        const char *starts)
{
  for (guint i = 0; starts[i] != '\0'; i++)
    {
      g_autoptr(GObject) item = g_object_new (TEST_TYPE_ITEM, "starts-day", starts[i] == 'D', NULL);

      g_list_store_insert (f->store, position + i, item);
    }
}

static void
on_items_changed (Fixture *f)
{
  f->items_changes++;
}

static void
on_sections_changed (Fixture *f,
                     guint    position,
                     guint    n_items)
{
  g_assert_cmpuint (position + n_items, <=, g_list_model_get_n_items (G_LIST_MODEL (f->days)));
  f->section_changes++;
}

static void
set_up (Fixture       *f,
        gconstpointer  starts)
{
  f->store = g_list_store_new (TEST_TYPE_ITEM);
  insert (f, 0, starts);
  f->days = natter_day_list_new (G_LIST_MODEL (f->store));
  g_signal_connect_swapped (f->days, "items-changed", G_CALLBACK (on_items_changed), f);
  g_signal_connect_swapped (f->days, "sections-changed", G_CALLBACK (on_sections_changed), f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  starts)
{
  g_assert_finalize_object (f->days);
  g_assert_finalize_object (f->store);
}

/* Writes the length of each section, as the view would walk them. */
static char *
describe (Fixture *f)
{
  GString *text = g_string_new (NULL);
  guint start, end;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->days)); i = end)
    {
      gtk_section_model_get_section (GTK_SECTION_MODEL (f->days), i, &start, &end);
      g_assert_cmpuint (start, ==, i);
      g_assert_cmpuint (end, >, i);
      for (guint j = start; j < end; j++)
        {
          guint same_start, same_end;

          gtk_section_model_get_section (GTK_SECTION_MODEL (f->days), j, &same_start, &same_end);
          g_assert_cmpuint (same_start, ==, start);
          g_assert_cmpuint (same_end, ==, end);
        }
      g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", end - start);
    }
  return g_string_free_and_steal (text);
}

static void
assert_sections (Fixture    *f,
                 const char *expected)
{
  g_autofree char *sections = describe (f);

  g_assert_cmpstr (sections, ==, expected);
}

static void
set_starts (Fixture  *f,
            guint     position,
            gboolean  starts)
{
  g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (f->store), position);

  g_object_set (item, "starts-day", starts, NULL);
}

static void
test_sections (Fixture       *f,
               gconstpointer  starts)
{
  guint start, end;

  assert_sections (f, "3 1 2");
  gtk_section_model_get_section (GTK_SECTION_MODEL (f->days), 6, &start, &end);
  g_assert_cmpuint (start, ==, 6);
  g_assert_cmpuint (end, ==, G_MAXUINT);
}

static void
test_append (Fixture       *f,
             gconstpointer  starts)
{
  insert (f, 6, "mDm");
  g_assert_cmpuint (f->items_changes, ==, 3);
  g_assert_cmpuint (f->section_changes, ==, 0);
  assert_sections (f, "3 1 3 2");
}

static void
test_prepend_same_day (Fixture       *f,
                       gconstpointer  starts)
{
  insert (f, 0, "Dm");
  assert_sections (f, "2 3 1 2");

  /* The first of the old ones isn't the first of its day any more. */
  set_starts (f, 2, FALSE);
  g_assert_cmpuint (f->section_changes, ==, 1);
  assert_sections (f, "5 1 2");
}

static void
test_told_too_early (Fixture       *f,
                     gconstpointer  starts)
{
  /* The property of the first item changes before what comes above it is there. */
  set_starts (f, 0, FALSE);
  g_assert_cmpuint (f->section_changes, ==, 0);
  assert_sections (f, "3 1 2");
  insert (f, 0, "D");
  assert_sections (f, "4 1 2");
}

static void
test_remove (Fixture       *f,
             gconstpointer  starts)
{
  g_list_store_splice (f->store, 0, 4, NULL, 0);
  assert_sections (f, "2");
  g_list_store_remove_all (f->store);
  assert_sections (f, "");
  insert (f, 0, "DmD");
  assert_sections (f, "2 1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/day-list/sections", Fixture, "DmmDDm", set_up, test_sections, tear_down);
  g_test_add ("/day-list/append", Fixture, "DmmDDm", set_up, test_append, tear_down);
  g_test_add ("/day-list/prepend-same-day", Fixture, "DmmDDm", set_up, test_prepend_same_day, tear_down);
  g_test_add ("/day-list/told-too-early", Fixture, "DmmDDm", set_up, test_told_too_early, tear_down);
  g_test_add ("/day-list/remove", Fixture, "DmmDDm", set_up, test_remove, tear_down);
  return g_test_run ();
}
