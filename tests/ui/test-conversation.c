/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation goes from channel to channel: nothing of a channel that was closed stays. */
#include <adwaita.h>

#include "model-fixture.h"
#include "natter-conversation.h"
#include "natter-message-item.h"
#include "natter-message-list.h"

#define N_SWITCHES 300

typedef struct
{
  ModelFixture        model;
  GtkWidget          *window;
  NatterConversation *conversation;
  guint               n_messages; /* alive */
} ConversationFixture;

static void
set_up (ConversationFixture *fixture,
        gconstpointer        options)
{
  model_joined_set_up (&fixture->model, options);
  fixture->window = adw_window_new ();
  fixture->conversation = NATTER_CONVERSATION (natter_conversation_new ());
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->conversation));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 500);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
on_freed (gpointer  data,
          GObject  *object)
{
  ((ConversationFixture *) data)->n_messages--;
}

/* Watches the messages that are held now. */
static void
watch (ConversationFixture *fixture,
       NatterChannel       *channel)
{
  GListModel *timeline = G_LIST_MODEL (natter_channel_get_timeline (channel));

  for (guint i = 0; i < g_list_model_get_n_items (timeline); i++)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (timeline, i);

      g_object_weak_ref (G_OBJECT (message), on_freed, fixture);
      fixture->n_messages++;
    }
}

/* The widgets below @widget, and how many of them show a message of a channel other than @channel. */
static guint
count_widgets (GtkWidget     *widget,
               NatterChannel *channel,
               guint         *n_foreign)
{
  guint n_widgets = 1;

  if (NATTER_IS_MESSAGE_ITEM (widget))
    {
      NatterMessage *message = natter_message_item_get_message (NATTER_MESSAGE_ITEM (widget));

      *n_foreign += message != NULL && natter_message_get_channel (message) != channel;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n_widgets += count_widgets (child, channel, n_foreign);
  return n_widgets;
}

static gboolean
has_row (GtkWidget     *widget,
         NatterChannel *channel)
{
  if (NATTER_IS_MESSAGE_ITEM (widget))
    {
      NatterMessage *message = natter_message_item_get_message (NATTER_MESSAGE_ITEM (widget));

      return message != NULL && natter_message_get_channel (message) == channel;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_row (child, channel))
      return TRUE;
  return FALSE;
}

static void
go_to (ConversationFixture *fixture,
       NatterChannel       *channel)
{
  natter_conversation_set_channel (fixture->conversation, channel);
  wait_for (has_row (GTK_WIDGET (fixture->conversation), channel));
}

static void
tear_down (ConversationFixture *fixture,
           gconstpointer        options)
{
  GtkWidget *window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (fixture->conversation), (gpointer *) &fixture->conversation);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_for (fixture->window == NULL);
  g_assert_null (fixture->conversation);
  model_tear_down (&fixture->model, options);
  g_assert_cmpuint (fixture->n_messages, ==, 0);
}

static void
test_switches (ConversationFixture *fixture,
               gconstpointer        options)
{
  NatterChannel *channels[] = { model_channel (&fixture->model, "archive"), model_channel (&fixture->model, "general") };
  guint n_widgets = 0;

  test_server_post (fixture->model.test_server, "USR:local_wren", "general", "There is something to see here");
  for (guint i = 0; i < N_SWITCHES; i++)
    {
      guint n_foreign = 0;
      guint n_now;

      go_to (fixture, channels[i % 2]);
      if (i < 2)
        watch (fixture, channels[i % 2]);
      n_now = count_widgets (GTK_WIDGET (fixture->conversation), channels[i % 2], &n_foreign);
      g_assert_cmpuint (n_foreign, ==, 0);
      /* The first rounds make what the others use again. How many rows are in sight depends on what has come by then;
       * what grows with each round does not pass. */
      if (i < 20)
        n_widgets = MAX (n_widgets, n_now);
      else
        g_assert_cmpuint (n_now, <=, n_widgets + N_SWITCHES / 3);
    }
}

/* Closed for good: its messages go with it, though the widgets are still there. */
static void
test_closed (ConversationFixture *fixture,
             gconstpointer        options)
{
  NatterChannel *channel = model_channel (&fixture->model, "archive");
  guint n_foreign = 0;

  go_to (fixture, channel);
  watch (fixture, channel);
  g_assert_cmpuint (fixture->n_messages, >, 0);
  natter_conversation_set_channel (fixture->conversation, NULL);
  count_widgets (GTK_WIDGET (fixture->conversation), NULL, &n_foreign);
  g_assert_cmpuint (n_foreign, ==, 0);
}

static guint
count_asked (ConversationFixture *fixture)
{
  return test_server_count_received (fixture->model.test_server, "messages_get")
         + test_server_count_received (fixture->model.test_server, "messages_around");
}

static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  GtkAdjustment *found = NULL;

  if (NATTER_IS_MESSAGE_LIST (widget))
    return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_adjustment (child);
  return found;
}

/* Whoever starts to read back finds the next page there by the time they come to it, and it is one page. */
static void
test_reading_back (ConversationFixture *fixture,
                   gconstpointer        options)
{
  NatterChannel *channel = model_channel (&fixture->model, "archive");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  guint n_asked;
  GtkAdjustment *adjustment;

  go_to (fixture, channel);
  wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
  adjustment = find_adjustment (GTK_WIDGET (fixture->conversation));
  wait_for (gtk_adjustment_get_value (adjustment) - gtk_adjustment_get_lower (adjustment) > 1000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, NATTER_TIMELINE_PAGE);
  n_asked = count_asked (fixture);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 1);
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 2 * NATTER_TIMELINE_PAGE);
  settle ();
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - 1);
  settle ();
  g_assert_false (natter_timeline_get_loading (timeline));
  g_assert_cmpuint (count_asked (fixture), ==, n_asked + 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 2 * NATTER_TIMELINE_PAGE);
}

int
main (int    argc,
      char **argv)
{
  static const TestServerOptions options = { .messages = 200 };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/conversation/switches", ConversationFixture, &options, set_up, test_switches, tear_down);
  g_test_add ("/conversation/closed", ConversationFixture, &options, set_up, test_closed, tear_down);
  g_test_add ("/conversation/reading-back", ConversationFixture, &options, set_up, test_reading_back, tear_down);
  return g_test_run ();
}
