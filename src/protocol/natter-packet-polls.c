/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about polls. The message of a poll is like other messages. */

static void
result_free (NatterPollResultData *result)
{
  g_free (result->id);
  g_free (result->text);
  g_free (result->emoji);
  g_strfreev (result->voters);
  g_free (result);
}

static void
results_free (NatterPollResultsData *results)
{
  g_clear_pointer (&results->options, g_ptr_array_unref);
  g_free (results);
}

static gpointer
read_result (JsonObject *object)
{
  g_autofree char *id = natter_json_dup_lax_id (object, "id");
  NatterPollResultData *result;

  if (id == NULL)
    return NULL;

  result = g_new0 (NatterPollResultData, 1);
  result->id = g_steal_pointer (&id);
  result->text = natter_json_dup_lax_id (object, "text");
  if (result->text == NULL)
    result->text = g_strdup ("");
  result->emoji = natter_json_dup_id (object, "emoji");
  result->votes = (int) natter_json_int (object, "votes", 0, G_MAXINT, 0);
  result->voters = _natter_packet_names (object, "voters");
  result->voted = natter_json_bool (object, "voted", FALSE);
  return result;
}

static NatterPollResultsData *
read_results (JsonObject *object)
{
  NatterPollResultsData *results = g_new0 (NatterPollResultsData, 1);

  results->ended = natter_json_bool (object, "ended", FALSE);
  results->ended_time = natter_json_time (object, "ended_at");
  results->total = (int) natter_json_int (object, "total_votes", 0, G_MAXINT, 0);
  results->options = natter_json_list (natter_json_array (object, "results"), NATTER_PACKET_MAX_POLL_OPTIONS,
                                       read_result, (GDestroyNotify) result_free);
  return results;
}

static void
clear_vote (NatterPacket *packet)
{
  g_clear_pointer (&packet->vote.poll_id, g_free);
  g_clear_pointer (&packet->vote.message_id, g_free);
  g_clear_pointer (&packet->vote.channel, g_free);
  g_clear_pointer (&packet->vote.thread_id, g_free);
  g_clear_pointer (&packet->vote.user, g_free);
  g_clear_pointer (&packet->vote.option_ids, g_strfreev);
  g_clear_pointer (&packet->vote.results, results_free);
}

static gboolean
parse_created (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  NatterPollEventData *vote = &packet->vote;

  vote->poll_id = natter_json_dup_id (root, "poll_id");
  vote->message_id = natter_json_dup_id (root, "message_id");
  vote->channel = natter_json_dup_id (root, "channel");
  vote->thread_id = natter_json_dup_id (root, "thread_id");
  vote->user = natter_json_dup_id (root, "user");
  vote->option_ids = _natter_packet_names (root, "option_ids");
  return vote->poll_id != NULL || vote->message_id != NULL || _natter_packet_lacks (packet, "poll_id", error);
}

static gboolean
parse_results (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  JsonObject *results = natter_json_object (root, "results");

  if (!parse_created (packet, root, error))
    return FALSE;
  if (results == NULL)
    return _natter_packet_lacks (packet, "results", error);

  packet->vote.results = read_results (results);
  return TRUE;
}

static void
poll_free (NatterPollData *poll)
{
  g_free (poll->id);
  g_free (poll->message_id);
  g_free (poll->channel);
  g_free (poll->thread_id);
  g_free (poll->question);
  g_clear_pointer (&poll->options, g_ptr_array_unref);
  g_free (poll->created_by);
  g_strfreev (poll->own_votes);
  g_free (poll);
}

static void
clear_poll (NatterPacket *packet)
{
  g_clear_pointer (&packet->poll, poll_free);
}

static gboolean
parse_poll (NatterPacket  *packet,
            JsonObject    *root,
            GError       **error)
{
  JsonObject *object = _natter_packet_find_object (root, "poll", "val");
  NatterPollData *poll;

  if (object == NULL || natter_json_id (object, "id") == NULL)
    return _natter_packet_lacks (packet, "poll", error);

  packet->poll = poll = g_new0 (NatterPollData, 1);
  poll->id = natter_json_dup_id (object, "id");
  poll->message_id = natter_json_dup_id (object, "message_id");
  poll->channel = natter_json_dup_id (object, "channel");
  poll->thread_id = natter_json_dup_id (object, "thread_id");
  poll->question = natter_json_dup_id (object, "question");
  poll->options = _natter_poll_options_read (natter_json_array (object, "options"));
  poll->multiple = natter_json_lax_bool (object, "allow_multiselect", FALSE);
  poll->expires = natter_json_time (object, "expires_at");
  poll->created_by = natter_json_dup_id (object, "created_by");
  poll->created = natter_json_time (object, "created_at");
  poll->ended = natter_json_bool (object, "ended", FALSE);
  poll->ended_time = natter_json_time (object, "ended_at");
  poll->own_votes = _natter_packet_names (object, "user_votes");
  return TRUE;
}

const NatterPacketEntry natter_packet_poll_entries[] = {
  { "poll_get", NATTER_PACKET_POLL, parse_poll, clear_poll },
  { "poll_create", NATTER_PACKET_POLL_CREATED, parse_created, clear_vote },
  { "poll_vote", NATTER_PACKET_POLL_VOTE, parse_results, clear_vote },
  { "poll_vote_update", NATTER_PACKET_POLL_VOTE, parse_results, clear_vote },
  { "poll_end", NATTER_PACKET_POLL_END, parse_results, clear_vote },
  { "poll_results", NATTER_PACKET_POLL_RESULTS, parse_results, clear_vote },
  { NULL },
};
