/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

#include <gio/gio.h>

/* One clock for all test servers of a process, so that tests need not wait for time-outs */
static double clock_offset;

double
ts_now (void)
{
  return g_get_real_time () / (double) G_USEC_PER_SEC + clock_offset;
}

void
ts_advance_clock (double seconds)
{
  clock_offset += seconds;
}

char *
ts_new_id (void)
{
  return g_uuid_string_random ();
}

/* URL-safe base64 without padding, as in validator keys */
char *
ts_random_text (guint n_bytes)
{
  g_autofree guchar *bytes = g_malloc (n_bytes);
  char *text;

  for (guint i = 0; i < n_bytes; i++)
    bytes[i] = g_random_int_range (0, 256);

  text = g_base64_encode (bytes, n_bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return text;
}

static void
user_free (TsUser *user)
{
  g_free (user->id);
  g_free (user->username);
  g_free (user->nickname);
  g_ptr_array_unref (user->roles);
  g_free (user->status);
  json_node_unref (user->status_text);
  g_free (user->pfp);
  g_free (user->password);
  g_free (user);
}

static void
role_free (TsRole *role)
{
  g_free (role->name);
  json_object_unref (role->data);
  g_free (role);
}

static void
thread_free (TsThread *thread)
{
  g_free (thread->id);
  json_node_unref (thread->name);
  g_free (thread->parent);
  g_free (thread->created_by);
  g_ptr_array_unref (thread->participants);
  ts_place_free (thread->place);
  g_free (thread);
}

static void
emoji_free (TsEmoji *emoji)
{
  g_free (emoji->name);
  g_free (emoji->file_name);
  g_free (emoji->mime_type);
  g_bytes_unref (emoji->bytes);
  g_free (emoji);
}

static void
poll_free (TsPoll *poll)
{
  g_free (poll->id);
  g_free (poll->message_id);
  g_free (poll->channel);
  g_free (poll->thread_id);
  g_clear_pointer (&poll->question, json_node_unref);
  g_clear_pointer (&poll->options, json_array_unref);
  g_clear_pointer (&poll->allow_multiselect, json_node_unref);
  g_clear_pointer (&poll->expires_at, json_node_unref);
  g_free (poll->created_by);
  g_ptr_array_unref (poll->votes);
  g_free (poll);
}

static void
webhook_free (TsWebhook *webhook)
{
  g_free (webhook->id);
  g_free (webhook->channel);
  g_free (webhook->name);
  g_free (webhook->token);
  g_free (webhook->created_by);
  g_free (webhook->avatar);
  g_free (webhook);
}

static void
attachment_free (TsAttachment *attachment)
{
  g_free (attachment->id);
  g_free (attachment->name);
  g_free (attachment->mime_type);
  g_free (attachment->owner);
  g_free (attachment->hash);
  g_clear_pointer (&attachment->bytes, g_bytes_unref);
  g_free (attachment);
}

static void
config_init (TsConfig *config)
{
  static const char *const types[] = { "image/*", "video/*", "audio/*", "application/pdf", "text/plain" };

  config->name = g_strdup ("Lantern Street");
  config->owner = g_strdup ("wren");
  config->post_content = 2000;
  config->search_results = 30;
  config->uploads = TRUE;
  config->max_size = 10485760;
  config->allowed_types = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_ptr_array_add (config->allowed_types, g_strdup (types[i]));
  config->max_attachments_per_user = -1;
  config->permanent_tiers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (config->permanent_tiers, g_strdup ("pro"));
  g_ptr_array_add (config->permanent_tiers, g_strdup ("max"));
  config->blocked_words = g_ptr_array_new_with_free_func (g_free);
}

static void
config_clear (TsConfig *config)
{
  g_free (config->name);
  g_free (config->owner);
  g_free (config->icon);
  g_free (config->banner);
  g_free (config->url);
  g_free (config->shown_name);
  g_free (config->shown_icon);
  g_free (config->shown_banner);
  g_ptr_array_unref (config->allowed_types);
  g_ptr_array_unref (config->permanent_tiers);
  g_ptr_array_unref (config->blocked_words);
}

TsState *
ts_state_new (void)
{
  TsState *self = g_new0 (TsState, 1);

  config_init (&self->config);
  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify) user_free);
  self->users_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->new_roles = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->new_roles, g_strdup ("user"));
  self->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) role_free);
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ts_place_free);
  self->threads = g_ptr_array_new_with_free_func ((GDestroyNotify) thread_free);
  self->emojis = g_ptr_array_new_with_free_func ((GDestroyNotify) emoji_free);
  self->polls = g_ptr_array_new_with_free_func ((GDestroyNotify) poll_free);
  self->webhooks = g_ptr_array_new_with_free_func ((GDestroyNotify) webhook_free);
  self->attachments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) attachment_free);
  self->reads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->present = g_ptr_array_new_with_free_func (g_free);
  self->greeted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->audit = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  return self;
}

void
ts_state_free (TsState *self)
{
  config_clear (&self->config);
  g_ptr_array_unref (self->users);
  g_hash_table_unref (self->users_by_id);
  g_ptr_array_unref (self->new_roles);
  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->channels);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->emojis);
  g_ptr_array_unref (self->polls);
  g_ptr_array_unref (self->webhooks);
  g_hash_table_unref (self->attachments);
  g_hash_table_unref (self->reads);
  g_ptr_array_unref (self->present);
  g_hash_table_unref (self->greeted);
  g_ptr_array_unref (self->audit);
  g_free (self);
}
