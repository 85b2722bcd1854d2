/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of messages in a window, with real rows and real frames: what is read does not move. */
#include <adwaita.h>

#include "model-fixture.h"
#include "natter-message-item.h"
#include "natter-message-list.h"
#include "natter-message-private.h"

#define N_MESSAGES 150
#define MAX_ROWS   60
#define WIDTH      420
#define HEIGHT     500

typedef struct
{
  ModelFixture       model;
  GListStore        *store;
  GtkWidget         *window;
  GtkWidget         *scrolled;
  NatterMessageList *list;
  GtkAdjustment     *adjustment;
  guint              n_frames;
  guint              n_made;
} ListFixture;

static char *
make_text (guint n_lines)
{
  GString *text = g_string_new ("The first line of several");

  for (guint i = 1; i < n_lines; i++)
    g_string_append_printf (text, "\nAnd line number %u, which goes on for a while so that it may wrap", i);
  return g_string_free (text, FALSE);
}

static NatterMessage *
make_message (ListFixture *fixture,
              guint        n_lines)
{
  static const char *const authors[] = { "USR:local_ada_k", "USR:local_wren", "USR:local_dmitri" };
  g_autofree char *id = g_strdup_printf ("m%u", fixture->n_made);
  g_autofree char *text = make_text (n_lines);
  const NatterMessageData wire = { .id = id, .author = (char *) authors[fixture->n_made % 3], .content = text,
                                   .time = G_TIME_SPAN_DAY + fixture->n_made * G_TIME_SPAN_MINUTE };

  fixture->n_made++;
  return natter_message_new_from_data (model_channel (&fixture->model, "general"),
                                       natter_server_intern_member (fixture->model.server, wire.author), &wire);
}

static void
insert (ListFixture *fixture,
        guint        position,
        guint        count)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (added, make_message (fixture, 1 + (fixture->n_made * 7) % 5));
  g_list_store_splice (fixture->store, position, 0, added->pdata, added->len);
}

static guint
count (ListFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static void
append (ListFixture *fixture,
        guint        n_added)
{
  insert (fixture, count (fixture), n_added);
}

/* Held by the store. */
static NatterMessage *
get_message (ListFixture *fixture,
             guint        position)
{
  g_autoptr(NatterMessage) message = g_list_model_get_item (G_LIST_MODEL (fixture->store), position);

  g_assert_nonnull (message);
  return message;
}

static void
set_lines (NatterMessage *message,
           guint          n_lines)
{
  g_autofree char *text = make_text (n_lines);

  _natter_message_set_content (message, text);
}

static void
on_after_paint (ListFixture *fixture)
{
  fixture->n_frames++;
}

/* Until what was asked for so far has been laid out and painted. */
static void
wait_frame (ListFixture *fixture)
{
  guint before = fixture->n_frames;

  gtk_widget_queue_draw (fixture->window);
  wait_for (fixture->n_frames >= before + 2 || (gtk_widget_queue_draw (fixture->window), FALSE));
}

static void
set_up (ListFixture   *fixture,
        gconstpointer  n_messages)
{
  model_joined_set_up (&fixture->model, NULL);
  fixture->store = g_list_store_new (NATTER_TYPE_MESSAGE);
  append (fixture, GPOINTER_TO_UINT (n_messages));

  fixture->list = NATTER_MESSAGE_LIST (natter_message_list_new ());
  natter_message_list_set_model (fixture->list, G_LIST_MODEL (fixture->store));
  fixture->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (fixture->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scrolled), GTK_WIDGET (fixture->list));
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (fixture->scrolled));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scrolled);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (fixture->window), "after-paint", G_CALLBACK (on_after_paint),
                            fixture);
  wait_for (gtk_widget_get_mapped (GTK_WIDGET (fixture->list)) && gtk_widget_get_height (GTK_WIDGET (fixture->list)) > 0);
  wait_frame (fixture);
}

static void
tear_down (ListFixture   *fixture,
           gconstpointer  n_messages)
{
  if (fixture->window != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
      gtk_window_destroy (GTK_WINDOW (fixture->window));
    }
  g_clear_object (&fixture->store);
  model_tear_down (&fixture->model, NULL);
}

/* From the top of the view. */
static double
get_offset (ListFixture   *fixture,
            NatterMessage *message)
{
  GtkWidget *row = natter_message_list_get_row (fixture->list, message);
  graphene_rect_t bounds;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (fixture->list), &bounds));
  return bounds.origin.y;
}

static double
get_bottom (ListFixture   *fixture,
            NatterMessage *message)
{
  return get_offset (fixture, message)
         + gtk_widget_get_height (natter_message_list_get_row (fixture->list, message));
}

/* In the content, where the view scrolls over it. */
static double
get_place (ListFixture   *fixture,
           NatterMessage *message)
{
  return get_offset (fixture, message) + gtk_adjustment_get_value (fixture->adjustment);
}

/* Scrolls to the middle, and chooses the first message that begins in the view. */
static NatterMessage *
read_above (ListFixture *fixture)
{
  guint first;

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 4 * HEIGHT);
  wait_frame (fixture);
  g_assert_false (natter_message_list_get_following (fixture->list));
  g_assert_true (natter_message_list_get_visible_range (fixture->list, &first, NULL));
  return get_message (fixture, first + 1);
}

static guint
get_position (ListFixture   *fixture,
              NatterMessage *message)
{
  guint position;

  g_assert_true (g_list_store_find (fixture->store, message, &position));
  return position;
}

#define assert_same_place(before, now) g_assert_cmpfloat_with_epsilon ((before), (now), 1.0)

static void
test_growth (ListFixture   *fixture,
             gconstpointer  data)
{
  NatterMessage *chosen = read_above (fixture);
  guint position = get_position (fixture, chosen);
  double offset = get_offset (fixture, chosen);

  for (int distance = -8; distance <= 12; distance++)
    {
      double upper = gtk_adjustment_get_upper (fixture->adjustment) - gtk_adjustment_get_lower (fixture->adjustment);

      set_lines (get_message (fixture, position + distance), 9);
      wait_frame (fixture);
      assert_same_place (offset, get_offset (fixture, chosen));
      if (distance == 0)
        g_assert_cmpfloat (gtk_adjustment_get_upper (fixture->adjustment)
                           - gtk_adjustment_get_lower (fixture->adjustment), >, upper);
    }
  for (int distance = 12; distance >= -8; distance--)
    {
      set_lines (get_message (fixture, position + distance), 1);
      wait_frame (fixture);
      assert_same_place (offset, get_offset (fixture, chosen));
    }
}

static GtkEventController *
find_scroll_controller (ListFixture *fixture)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (fixture->scrolled);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller)
          && gtk_event_controller_scroll_get_flags (GTK_EVENT_CONTROLLER_SCROLL (controller))
             & GTK_EVENT_CONTROLLER_SCROLL_KINETIC)
        return controller;
    }
  g_assert_not_reached ();
}

/* A finger that has left the touchpad: the view goes on by itself, frame by frame. */
static void
test_prepend_in_fling (ListFixture   *fixture,
                       gconstpointer  data)
{
  NatterMessage *chosen = read_above (fixture);
  double start = gtk_adjustment_get_value (fixture->adjustment);
  double place = get_place (fixture, chosen);
  double when_added;
  guint n_added = 0;

  g_signal_emit_by_name (find_scroll_controller (fixture), "decelerate", 0.0, -20.0);
  wait_for (gtk_adjustment_get_value (fixture->adjustment) < start - 5);
  when_added = gtk_adjustment_get_value (fixture->adjustment);
  while (n_added < 6 && natter_message_list_get_row (fixture->list, chosen) != NULL)
    {
      double lower = gtk_adjustment_get_lower (fixture->adjustment);

      insert (fixture, 0, 20);
      n_added++;
      wait_frame (fixture);
      g_assert_cmpfloat (gtk_adjustment_get_lower (fixture->adjustment), <, lower);
      if (natter_message_list_get_row (fixture->list, chosen) != NULL)
        assert_same_place (place, get_place (fixture, chosen));
    }
  g_assert_cmpuint (n_added, >=, 2);
  /* Nothing has stopped it. */
  wait_for (gtk_adjustment_get_value (fixture->adjustment) < when_added - 40);
}

static void
assert_end_in_sight (ListFixture *fixture)
{
  double bottom = get_bottom (fixture, get_message (fixture, count (fixture) - 1));
  int height = gtk_widget_get_height (GTK_WIDGET (fixture->list));

  g_assert_cmpfloat (bottom, <=, height);
  g_assert_cmpfloat (bottom, >, height - 24);
}

static void
test_append (ListFixture   *fixture,
             gconstpointer  data)
{
  NatterMessage *chosen;
  double offset;

  for (guint i = 1; i < 8; i++)
    {
      append (fixture, i * i);
      wait_frame (fixture);
      g_assert_true (natter_message_list_get_following (fixture->list));
      assert_end_in_sight (fixture);
      set_lines (get_message (fixture, count (fixture) - 1 - i % 3), 6);
      wait_frame (fixture);
      assert_end_in_sight (fixture);
    }

  chosen = read_above (fixture);
  offset = get_offset (fixture, chosen);
  for (guint i = 1; i < 8; i++)
    {
      append (fixture, i * i);
      wait_frame (fixture);
      g_assert_false (natter_message_list_get_following (fixture->list));
      assert_same_place (offset, get_offset (fixture, chosen));
    }
}

static void
test_trim (ListFixture   *fixture,
           gconstpointer  data)
{
  NatterMessage *chosen = read_above (fixture);
  double offset = get_offset (fixture, chosen);

  while (get_position (fixture, chosen) > 0)
    {
      g_list_store_splice (fixture->store, 0, MIN (9, get_position (fixture, chosen)), NULL, 0);
      append (fixture, 3);
      wait_frame (fixture);
      if (get_position (fixture, chosen) > 0)
        assert_same_place (offset, get_offset (fixture, chosen));
    }
  /* Nothing is above it any more. */
  g_assert_cmpfloat (get_offset (fixture, chosen), <=, offset + 1);

  insert (fixture, 0, 40);
  wait_frame (fixture);
  offset = get_offset (fixture, chosen);
  for (guint after = count (fixture) - get_position (fixture, chosen) - 1; after > 30; after -= 10)
    {
      g_list_store_splice (fixture->store, count (fixture) - 10, 10, NULL, 0);
      insert (fixture, 0, 5);
      wait_frame (fixture);
      assert_same_place (offset, get_offset (fixture, chosen));
    }
}

static void
test_remove (ListFixture   *fixture,
             gconstpointer  data)
{
  NatterMessage *chosen = read_above (fixture);
  guint position = get_position (fixture, chosen);
  double offset = get_offset (fixture, chosen);
  NatterMessage *next = get_message (fixture, position + 1);
  double next_offset = get_offset (fixture, next);
  g_autoptr(NatterMessage) moved = g_object_ref (chosen);

  g_list_store_remove (fixture->store, position - 1);
  wait_frame (fixture);
  assert_same_place (offset, get_offset (fixture, chosen));

  /* Out and in again in one step, as when a message that was on its way is sent. */
  g_list_store_splice (fixture->store, position - 1, 1, (gpointer *) &moved, 1);
  wait_frame (fixture);
  assert_same_place (offset, get_offset (fixture, chosen));

  /* What is read itself goes: the next stays. */
  g_list_store_remove (fixture->store, position - 1);
  wait_frame (fixture);
  assert_same_place (next_offset, get_offset (fixture, next));
}

static void
test_width (ListFixture   *fixture,
            gconstpointer  data)
{
  NatterMessage *chosen;
  double offset;

  gtk_widget_set_margin_end (GTK_WIDGET (fixture->list), 100);
  wait_frame (fixture);
  assert_end_in_sight (fixture);

  chosen = read_above (fixture);
  offset = get_offset (fixture, chosen);
  for (int margin = 180; margin >= 0; margin -= 30)
    {
      int width = gtk_widget_get_width (GTK_WIDGET (fixture->list));

      gtk_widget_set_margin_end (GTK_WIDGET (fixture->list), margin);
      wait_frame (fixture);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->list)), !=, width);
      assert_same_place (offset, get_offset (fixture, chosen));
    }
}

static void
test_jump (ListFixture   *fixture,
           gconstpointer  data)
{
  const guint positions[] = { 70, 10, 75, 100, 30, 0, N_MESSAGES - 1 };
  g_autoptr(NatterMessage) elsewhere = make_message (fixture, 1);

  g_assert_false (natter_message_list_scroll_to (fixture->list, elsewhere, TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      NatterMessage *message = get_message (fixture, positions[i]);

      g_assert_true (natter_message_list_scroll_to (fixture->list, message, TRUE));
      wait_frame (fixture);
      g_assert_cmpfloat (get_offset (fixture, message), >=, 0);
      g_assert_cmpfloat (get_bottom (fixture, message), <=, gtk_widget_get_height (GTK_WIDGET (fixture->list)));
      g_assert_true (gtk_widget_has_css_class (natter_message_list_get_row (fixture->list, message), "flash")
                     || gtk_widget_has_css_class (natter_message_list_get_row (fixture->list, message), "flash-still"));
      if (positions[i] > 0 && positions[i] < N_MESSAGES - 1)
        g_assert_cmpfloat (get_offset (fixture, message), <, HEIGHT / 3);
    }
  wait_for (!gtk_widget_has_css_class (natter_message_list_get_row (fixture->list, get_message (fixture, N_MESSAGES - 1)),
                                       "flash"));
}

static void
change_at_random (ListFixture   *fixture,
                  GRand         *random,
                  NatterMessage *chosen)
{
  guint position = g_rand_int_range (random, 0, count (fixture));

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      insert (fixture, 0, g_rand_int_range (random, 1, 30));
      break;
    case 1:
      append (fixture, g_rand_int_range (random, 1, 30));
      break;
    case 2:
      insert (fixture, position, g_rand_int_range (random, 1, 4));
      break;
    case 3:
      if (get_message (fixture, position) != chosen)
        g_list_store_remove (fixture->store, position);
      break;
    case 4:
      gtk_widget_set_margin_end (GTK_WIDGET (fixture->list), g_rand_int_range (random, 0, 150));
      break;
    default:
      /* Mostly near, where it can be seen. */
      position = get_position (fixture, chosen) + g_rand_int_range (random, -6, 12);
      set_lines (get_message (fixture, position), g_rand_int_range (random, 1, 12));
      break;
    }
}

static void
test_random (ListFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr(GRand) random = g_rand_new_with_seed (4711);
  NatterMessage *chosen = read_above (fixture);
  double offset = get_offset (fixture, chosen);

  for (guint i = 0; i < 100; i++)
    {
      for (int k = g_rand_int_range (random, 0, 3); k >= 0; k--)
        change_at_random (fixture, random, chosen);
      wait_frame (fixture);
      assert_same_place (offset, get_offset (fixture, chosen));
    }
}

/* A step up, however small, is a person who wants to read; the end is where it is left again. */
static void
test_following (ListFixture   *fixture,
                gconstpointer  data)
{
  double end;

  g_assert_true (natter_message_list_get_following (fixture->list));
  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_value (fixture->adjustment) - 2);
  g_assert_false (natter_message_list_get_following (fixture->list));
  append (fixture, 1);
  wait_frame (fixture);
  g_assert_false (natter_message_list_get_following (fixture->list));

  end = gtk_adjustment_get_upper (fixture->adjustment) - gtk_adjustment_get_page_size (fixture->adjustment);
  gtk_adjustment_set_value (fixture->adjustment, end);
  wait_frame (fixture);
  g_assert_true (natter_message_list_get_following (fixture->list));

  /* The end of what is held is not the end when there is more. */
  natter_message_list_set_can_follow (fixture->list, FALSE);
  wait_frame (fixture);
  g_assert_false (natter_message_list_get_following (fixture->list));
  natter_message_list_set_can_follow (fixture->list, TRUE);
  natter_message_list_follow (fixture->list);
  wait_frame (fixture);
  g_assert_true (natter_message_list_get_following (fixture->list));
  assert_end_in_sight (fixture);
}

/* What fits stands at the bottom, and the list may be emptied and filled. */
static void
test_few (ListFixture   *fixture,
          gconstpointer  data)
{
  g_list_store_remove_all (fixture->store);
  wait_frame (fixture);
  g_assert_false (natter_message_list_get_visible_range (fixture->list, NULL, NULL));
  append (fixture, 2);
  wait_frame (fixture);
  assert_end_in_sight (fixture);
  g_assert_true (natter_message_list_get_following (fixture->list));
  append (fixture, 60);
  wait_frame (fixture);
  assert_end_in_sight (fixture);
}

static guint
count_rows (ListFixture *fixture)
{
  guint n_rows = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n_rows++;
  return n_rows;
}

static void
test_bounded (ListFixture   *fixture,
              gconstpointer  data)
{
  double lower = gtk_adjustment_get_lower (fixture->adjustment);
  double upper = gtk_adjustment_get_upper (fixture->adjustment);

  g_assert_cmpuint (count_rows (fixture), <, MAX_ROWS);
  for (guint i = 0; i <= 20; i++)
    {
      gtk_adjustment_set_value (fixture->adjustment, lower + (upper - lower) * ((i * 7) % 21) / 20);
      wait_frame (fixture);
      g_assert_cmpuint (count_rows (fixture), <, MAX_ROWS);
      g_assert_true (natter_message_list_get_visible_range (fixture->list, NULL, NULL));
    }
}

/* The keyboard stays with its message when that is scrolled away, and goes to a neighbour when it is deleted. */
static void
test_focus (ListFixture   *fixture,
            gconstpointer  data)
{
  NatterMessage *message = get_message (fixture, N_MESSAGES - 3);
  NatterMessage *next = get_message (fixture, N_MESSAGES - 2);

  /* The keyboard is in the window's first place, which is the list; it enters at the end, and is out with one Tab. */
  g_assert_true (natter_message_list_get_focused (fixture->list) == get_message (fixture, N_MESSAGES - 1));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->list), GTK_DIR_TAB_FORWARD));
  g_assert_true (natter_message_list_focus_message (fixture->list, message));
  g_assert_true (natter_message_list_get_focused (fixture->list) == message);

  gtk_adjustment_set_value (fixture->adjustment, gtk_adjustment_get_lower (fixture->adjustment));
  wait_frame (fixture);
  g_assert_true (natter_message_list_get_focused (fixture->list) == message);
  g_assert_true (gtk_widget_has_focus (natter_message_list_get_row (fixture->list, message))
                 || gtk_root_get_focus (GTK_ROOT (fixture->window))
                    == natter_message_list_get_row (fixture->list, message));
  g_assert_cmpfloat (get_offset (fixture, message), >, HEIGHT);

  g_list_store_remove (fixture->store, N_MESSAGES - 3);
  g_assert_true (natter_message_list_get_focused (fixture->list) == next);
  wait_frame (fixture);
  g_assert_true (natter_message_list_get_focused (fixture->list) == next);

  /* A message that has no row yet comes into sight. */
  message = get_message (fixture, 70);
  g_assert_true (natter_message_list_focus_message (fixture->list, message));
  wait_frame (fixture);
  g_assert_cmpfloat (get_offset (fixture, message), >=, 0);
  g_assert_cmpfloat (get_bottom (fixture, message), <=, HEIGHT);
}

static void
test_accessible (ListFixture   *fixture,
                 gconstpointer  data)
{
  GtkWidget *row = natter_message_list_get_row (fixture->list, get_message (fixture, N_MESSAGES - 1));
  GtkWidget *last = NULL;

  gtk_test_accessible_assert_role (fixture->list, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_POS_IN_SET, N_MESSAGES);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_SET_SIZE, N_MESSAGES);

  /* In the order in which they are read, also after moving about. */
  read_above (fixture);
  insert (fixture, 0, 20);
  wait_frame (fixture);
  for (row = gtk_widget_get_first_child (GTK_WIDGET (fixture->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (!gtk_widget_get_visible (row))
        continue;
      if (last != NULL)
        g_assert_cmpuint (get_position (fixture, natter_message_item_get_message (NATTER_MESSAGE_ITEM (row))), >,
                          get_position (fixture, natter_message_item_get_message (NATTER_MESSAGE_ITEM (last))));
      last = row;
    }
  g_assert_nonnull (last);
}

static void
count_gone (gpointer  n_gone,
            GObject  *row)
{
  (*(guint *) n_gone)++;
}

static void
test_finalize (ListFixture   *fixture,
               gconstpointer  data)
{
  guint n_rows = count_rows (fixture);
  guint n_gone = 0;
  NatterMessageList *list = fixture->list;

  g_assert_cmpuint (n_rows, >, 0);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    g_object_weak_ref (G_OBJECT (row), count_gone, &n_gone);
  natter_message_list_scroll_to (list, get_message (fixture, 3), TRUE);
  g_object_add_weak_pointer (G_OBJECT (list), (gpointer *) &fixture->list);
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (fixture->window), fixture);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  wait_for (fixture->list == NULL);
  g_assert_cmpuint (n_gone, ==, n_rows);
}

#define add_test(path, function, n_messages) \
  g_test_add ("/message-list" path, ListFixture, GUINT_TO_POINTER (n_messages), set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  add_test ("/growth", test_growth, N_MESSAGES);
  add_test ("/prepend-in-fling", test_prepend_in_fling, N_MESSAGES);
  add_test ("/append", test_append, N_MESSAGES);
  add_test ("/trim", test_trim, N_MESSAGES);
  add_test ("/remove", test_remove, N_MESSAGES);
  add_test ("/width", test_width, N_MESSAGES);
  add_test ("/jump", test_jump, N_MESSAGES);
  add_test ("/random", test_random, N_MESSAGES);
  add_test ("/following", test_following, N_MESSAGES);
  add_test ("/few", test_few, N_MESSAGES);
  add_test ("/bounded/150", test_bounded, 150);
  add_test ("/bounded/10000", test_bounded, 10000);
  add_test ("/focus", test_focus, N_MESSAGES);
  add_test ("/accessible", test_accessible, N_MESSAGES);
  add_test ("/finalize", test_finalize, N_MESSAGES);

  return g_test_run ();
}
