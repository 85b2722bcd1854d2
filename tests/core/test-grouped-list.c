/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups before what is in them, and nothing of those that are folded. */
#include "natter-grouped-list.h"

#define THING_TYPE (thing_get_type ())
G_DECLARE_FINAL_TYPE (Thing, thing, TEST, THING, GObject)

struct _Thing
{
  GObject      parent_instance;

  const char  *name;
  NatterGroup *group;
};

G_DEFINE_FINAL_TYPE (Thing, thing, G_TYPE_OBJECT)

static void
thing_finalize (GObject *object)
{
  g_clear_object (&TEST_THING (object)->group);
  G_OBJECT_CLASS (thing_parent_class)->finalize (object);
}

static void
thing_get_property (GObject    *object,
                    guint       prop_id,
                    GValue     *value,
                    GParamSpec *pspec)
{
  g_value_set_object (value, TEST_THING (object)->group);
}

static void
thing_class_init (ThingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = thing_finalize;
  object_class->get_property = thing_get_property;
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_object ("group", NULL, NULL, NATTER_TYPE_GROUP,
                                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
thing_init (Thing *self)
{
}

static void
append (GListStore  *store,
        const char  *name,
        NatterGroup *group)
{
  g_autoptr(Thing) thing = g_object_new (THING_TYPE, NULL);

  thing->name = name;
  g_set_object (&thing->group, group);
  g_list_store_append (store, thing);
}

static char *
show (GListModel *model)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (model, i);

      if (NATTER_IS_GROUP (item))
        g_string_append_printf (text, "[%s]", natter_group_get_title (NATTER_GROUP (item)));
      else
        g_string_append (text, TEST_THING (item)->name);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_shows(model, expected) \
  G_STMT_START { \
    g_autofree char *shown = show (G_LIST_MODEL (model)); \
    g_assert_cmpstr (shown, ==, expected); \
  } G_STMT_END

typedef struct
{
  guint changes, position, removed, added;
} Change;

static void
on_changed (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            Change     *change)
{
  change->changes++;
  change->position = position;
  change->removed = removed;
  change->added = added;
}

static void
test_groups (void)
{
  g_autoptr(GListStore) store = g_list_store_new (THING_TYPE);
  g_autoptr(NatterGroup) one = natter_group_new ("1", "one");
  g_autoptr(NatterGroup) two = natter_group_new ("2", "two");
  g_autoptr(NatterGroupedList) list = NULL;
  Change change = { 0 };

  append (store, "a", NULL);
  append (store, "b", one);
  append (store, "c", one);
  append (store, "d", two);
  append (store, "e", NULL);
  list = natter_grouped_list_new (G_LIST_MODEL (store));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_changed), &change);
  assert_shows (list, "a[one]bc[two]de");

  natter_group_set_collapsed (one, TRUE);
  assert_shows (list, "a[one][two]de");
  g_assert_cmpuint (change.changes, ==, 1);
  g_assert_cmpuint (change.position, ==, 2);
  g_assert_cmpuint (change.removed, ==, 2);
  g_assert_cmpuint (change.added, ==, 0);

  /* What comes into a folded group is not seen. */
  append (store, "f", NULL);
  g_list_store_remove (store, 1);
  assert_shows (list, "a[one][two]def");
  natter_group_set_collapsed (one, FALSE);
  assert_shows (list, "a[one]c[two]def");
  g_list_store_remove (store, 1);
  assert_shows (list, "a[two]def");
  natter_group_set_collapsed (one, TRUE);
  assert_shows (list, "a[two]def");
}

static void
test_moves (void)
{
  g_autoptr(GListStore) store = g_list_store_new (THING_TYPE);
  g_autoptr(NatterGroup) one = natter_group_new ("1", "one");
  g_autoptr(NatterGroupedList) list = natter_grouped_list_new (G_LIST_MODEL (store));
  g_autoptr(Thing) thing = NULL;

  assert_shows (list, "");
  append (store, "a", one);
  append (store, "b", NULL);
  thing = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_set_object (&thing->group, one);
  g_object_notify (G_OBJECT (thing), "group");
  assert_shows (list, "[one]ab");
  g_list_store_remove_all (store);
  assert_shows (list, "");
  g_set_object (&thing->group, NULL);
  g_object_notify (G_OBJECT (thing), "group");
  assert_shows (list, "");
}

static void
test_freed (void)
{
  g_autoptr(GListStore) store = g_list_store_new (THING_TYPE);
  g_autoptr(NatterGroup) one = natter_group_new ("1", "one");
  NatterGroupedList *list = natter_grouped_list_new (G_LIST_MODEL (store));

  append (store, "a", one);
  g_assert_finalize_object (list);
  natter_group_set_collapsed (one, TRUE);
  g_list_store_remove_all (store);
  g_assert_finalize_object (g_steal_pointer (&one));
}

static void
test_counts (void)
{
  g_autoptr(NatterGroup) group = natter_group_new ("1", "one");

  natter_group_set_counts (group, TRUE, 3);
  g_assert_true (natter_group_get_unread (group));
  g_assert_cmpuint (natter_group_get_mentions (group), ==, 3);
  natter_group_set_color (group, NATTER_GROUP_COLORS + 1);
  g_assert_cmpuint (natter_group_get_color (group), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grouped-list/groups", test_groups);
  g_test_add_func ("/grouped-list/moves", test_moves);
  g_test_add_func ("/grouped-list/freed", test_freed);
  g_test_add_func ("/group/counts", test_counts);

  return g_test_run ();
}
