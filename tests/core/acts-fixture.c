/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts-fixture.h"

static void
on_act_failed (NatterChannel *channel,
               NatterMessage *message,
               NatterAct      act,
               GError        *error,
               ActFailures      *failures)
{
  failures->n_failed++;
  failures->act = act;
  failures->code = error->code;
}

NatterChannel *
acts_open_general (ModelFixture *fixture,
                   ActFailures  *failures)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
  if (failures != NULL)
    g_signal_connect (channel, "act-failed", G_CALLBACK (on_act_failed), failures);
  return channel;
}

/* (transfer full): somebody's message, which is in the timeline */
NatterMessage *
acts_post (ModelFixture  *fixture,
           NatterChannel *channel,
           const char    *user,
           const char    *text)
{
  g_autofree char *id = test_server_post (fixture->test_server, user, natter_channel_get_name (channel), text);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  return g_object_ref (natter_timeline_lookup (timeline, id));
}

NatterMessage *
acts_write_own (NatterChannel *channel,
                const char    *text)
{
  NatterMessage *message = g_object_ref (natter_channel_send (channel, text, NULL));

  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  return message;
}

void
acts_set_rules (ModelFixture *fixture,
                const char   *rules)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"channel_update\",\"current_name\":\"general\",\"updates\":"
                                             "{\"permissions\":%s}}", rules);

  model_act (fixture, "USR:local_wren", packet);
}

void
acts_push_rules (ModelFixture *fixture,
                 const char   *rules)
{
  acts_set_rules (fixture, rules);
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
}

/* (transfer none): the message of an id, as it is after the program has ended and started again, which signs nobody in */
NatterMessage *
acts_restart (ModelFixture *fixture,
              const char   *id)
{
  NatterTimeline *timeline;

  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  timeline = natter_channel_get_timeline (model_channel (fixture, "general"));
  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  return natter_timeline_lookup (timeline, id);
}

gboolean
acts_is_pinned (NatterPins    *pins,
                NatterMessage *message)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pins)); i++)
    {
      g_autoptr(NatterMessage) pinned = g_list_model_get_item (G_LIST_MODEL (pins), i);

      if (pinned == message)
        return TRUE;
    }
  return FALSE;
}
