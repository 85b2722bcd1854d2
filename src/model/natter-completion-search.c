/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-completion-private.h"

#include "natter-channel-private.h"
#include "natter-emoji.h"
#include "natter-match.h"
#include "natter-member.h"
#include "natter-message.h"
#include "natter-role.h"
#include "natter-server-private.h"
#include "natter-slash-command.h"

#include <string.h>

#define LOCAL_PREFIX "USR:local_"
/* Of the newest messages: who wrote them is likely to be meant. */
#define RECENT_MESSAGES 100
/* How long ago is never. */
#define NEVER 0xffff

/* The smaller, the likelier: whether it is put last, how well it matches, how long ago it was used, its place in the list. */
typedef struct
{
  NatterCandidate *candidate;
  guint            is_last;
  NatterMatch      match;
  guint            age;
  char            *name; /* NULL: as the list goes */
  guint            position;
} Found;

typedef struct
{
  const NatterCompletionQuery *query;
  NatterServer                *server;
  char                        *folded;
  GArray                      *found;
} Search;

static void
found_clear (gpointer data)
{
  Found *found = data;

  g_clear_object (&found->candidate);
  g_clear_pointer (&found->name, g_free);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const Found *first = a;
  const Found *second = b;

  if (first->is_last != second->is_last)
    return first->is_last < second->is_last ? -1 : 1;
  if (first->match != second->match)
    return first->match < second->match ? -1 : 1;
  if (first->age != second->age)
    return first->age < second->age ? -1 : 1;
  if (first->name != NULL && second->name != NULL && !g_str_equal (first->name, second->name))
    return strcmp (first->name, second->name);
  return first->position < second->position ? -1 : first->position > second->position;
}

static guint
get_age (Search     *search,
         const char *text)
{
  guint age = GPOINTER_TO_UINT (g_hash_table_lookup (search->query->used, text));

  return age > 0 ? age : NEVER;
}

/* @candidate: (transfer full), @name: (transfer full) (nullable): in what order they come else */
static void
add (Search          *search,
     NatterCandidate *candidate,
     NatterMatch      match,
     gboolean         is_last,
     guint            age,
     char            *name)
{
  Found found = {
    .candidate = candidate,
    .is_last = is_last,
    .match = match,
    .age = MIN (age, get_age (search, natter_candidate_get_text (candidate))),
    .name = name,
    .position = search->found->len,
  };

  g_array_append_val (search->found, found);
}

static NatterMatch
match_text (Search     *search,
            const char *text)
{
  g_autofree char *folded = natter_match_fold (text);

  return natter_match (folded, search->folded);
}

/* (transfer container): NatterMember -> how many messages ago */
static GHashTable *
find_authors (NatterChannel *channel)
{
  GHashTable *authors = g_hash_table_new (NULL, NULL);
  GListModel *timeline = G_LIST_MODEL (channel->timeline);
  guint n_items = timeline != NULL ? g_list_model_get_n_items (timeline) : 0;

  for (guint i = 0; i < MIN (n_items, RECENT_MESSAGES); i++)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (timeline, n_items - 1 - i);
      NatterMember *author = natter_message_get_author (message);

      if (author != NULL && !g_hash_table_contains (authors, author))
        g_hash_table_insert (authors, author, GUINT_TO_POINTER (i + 1));
    }
  return authors;
}

static const char *
get_bare_name (NatterMember *member)
{
  const char *username = natter_member_get_username (member);

  return g_str_has_prefix (username, LOCAL_PREFIX) ? username + strlen (LOCAL_PREFIX) : username;
}

static gboolean
is_new_generation (Search *search)
{
  return search->server->handshake != NULL && natter_handshake_is_new_generation (search->server->handshake);
}

static void
add_member (Search        *search,
            NatterChannel *channel,
            NatterMember  *member,
            guint          age)
{
  const char *name = natter_member_get_name (member);
  const char *username = natter_member_get_username (member);
  const char *bare_name = get_bare_name (member);
  g_autofree char *folded = natter_match_fold (name);
  g_autofree char *text = NULL;
  NatterMatch match = natter_match (folded, search->folded);
  gboolean sees;

  match = MIN (match, match_text (search, bare_name));
  if (bare_name != username)
    match = MIN (match, match_text (search, username));
  if (match == NATTER_MATCH_NONE)
    return;
  if (natter_channel_get_parent (channel) != NULL)
    channel = natter_channel_get_parent (channel);
  sees = natter_rights_may_view (&channel->rules, natter_member_get_role_names (member), username,
                                 is_new_generation (search));
  /* The whole user name, odd signs and all: that is what servers and other clients look for. */
  text = g_strconcat ("@", username, NULL);
  add (search, natter_candidate_new (name, g_ascii_strcasecmp (name, bare_name) == 0 ? NULL : bare_name, text, NULL, member), match,
       !sees || member == search->server->me || natter_member_get_blocked (member), age, g_steal_pointer (&folded));
}

static void
find_members (Search        *search,
              NatterChannel *channel)
{
  GListModel *members = natter_roster_get_members (search->server->roster);
  g_autoptr(GHashTable) authors = find_authors (channel);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr(NatterMember) member = g_list_model_get_item (members, i);
      guint age = GPOINTER_TO_UINT (g_hash_table_lookup (authors, member));

      add_member (search, channel, member, age > 0 ? age : NEVER);
    }
}

/* Newer servers look for the role's id. */
static void
find_roles (Search *search)
{
  g_autoptr(GPtrArray) roles = natter_roster_dup_roles (search->server->roster);

  for (guint i = 0; i < roles->len; i++)
    {
      NatterRole *role = roles->pdata[i];
      const char *name = natter_role_get_name (role);
      const char *id = is_new_generation (search) ? natter_role_get_id (role) : NULL;
      NatterMatch match = match_text (search, name);
      g_autofree char *text = g_strconcat ("@&", id != NULL ? id : name, NULL);

      if (match != NATTER_MATCH_NONE && natter_server_may_mention (search->server, role))
        add (search, natter_candidate_new (name, NULL, text, NULL, role), match, FALSE, NEVER, NULL);
    }
}

static gboolean
is_plain_name (const char *name)
{
  for (; *name != '\0'; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      if (!g_unichar_isalnum (c) && c != '_' && c != '-')
        return FALSE;
    }
  return TRUE;
}

/* Names that end before their end in a text are written as links. */
static char *
write_channel (Search     *search,
               const char *name)
{
  g_autofree char *escaped = NULL;

  if (is_plain_name (name))
    return g_strconcat ("#", name, NULL);
  escaped = g_uri_escape_string (name, NULL, FALSE);
  return g_strdup_printf ("originChats://%s/%s", natter_address_get_host (search->server->address), escaped);
}

static void
find_channels (Search *search)
{
  GListModel *channels = natter_server_get_channels (search->server);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);
      const char *name = natter_channel_get_name (channel);
      NatterGroup *section = natter_channel_get_group (channel);
      NatterMatch match = MIN (match_text (search, natter_channel_get_title (channel)), match_text (search, name));
      g_autofree char *text = NULL;

      if (match == NATTER_MATCH_NONE || natter_channel_get_thread_id (channel) != NULL)
        continue;
      text = write_channel (search, name);
      add (search, natter_candidate_new (natter_channel_get_title (channel),
                                         section != NULL ? natter_channel_get_section (channel) : NULL, text, NULL, channel),
           match, FALSE, NEVER, NULL);
    }
}

static NatterMatch
match_words (Search     *search,
             const char *words,
             char      **best)
{
  g_auto(GStrv) codes = g_strsplit (words, " ", -1);
  NatterMatch match = NATTER_MATCH_NONE;

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      NatterMatch one = *codes[i] != '\0' ? match_text (search, codes[i]) : NATTER_MATCH_NONE;

      if (one >= match)
        continue;
      match = one;
      g_set_str (best, codes[i]);
    }
  return match;
}

static void
find_emojis (Search *search)
{
  guint n_emojis;
  const NatterEmoji *emojis = natter_emoji_get_all (&n_emojis);

  for (guint i = 0; i < n_emojis; i++)
    {
      g_autofree char *code = NULL;
      g_autofree char *tag = NULL;
      g_autofree char *label = NULL;
      g_autofree char *name = g_strdup (emojis[i].name);
      NatterMatch match = match_words (search, emojis[i].codes, &code);
      NatterMatch other = match_text (search, name);

      g_strdelimit (name, " ", '_');
      if (other < match)
        {
          match = other;
          g_set_str (&code, name);
        }
      /* Words that go with it come after its names. */
      if (match == NATTER_MATCH_NONE && match_words (search, emojis[i].tags, &tag) == NATTER_MATCH_START)
        match = NATTER_MATCH_INSIDE;
      if (match == NATTER_MATCH_NONE)
        continue;
      label = g_strdup_printf (":%s:", code != NULL ? code : name);
      add (search, natter_candidate_new (label, tag, emojis[i].text, emojis[i].text, NULL), match, FALSE, NEVER, NULL);
    }
}

/* Those of the server's own come first. */
static void
find_own_emojis (Search *search)
{
  GListModel *emojis = natter_server_get_emojis (search->server);

  for (guint i = 0; i < g_list_model_get_n_items (emojis); i++)
    {
      g_autoptr(NatterCandidate) emoji = g_list_model_get_item (emojis, i);
      const char *text = natter_candidate_get_text (emoji);
      g_autofree char *name = g_strndup (text + 1, strlen (text) - 2);
      NatterMatch match = match_text (search, name);

      if (match != NATTER_MATCH_NONE)
        add (search, g_object_ref (emoji), match, FALSE, NEVER - 1, g_steal_pointer (&name));
    }
}

static void
find_commands (Search *search)
{
  GListModel *commands = natter_server_get_commands (search->server);
  const char * const *roles = search->server->me != NULL ? natter_member_get_role_names (search->server->me) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (commands); i++)
    {
      g_autoptr(NatterSlashCommand) command = g_list_model_get_item (commands, i);
      const char *name = natter_slash_command_get_name (command);
      NatterMatch match = match_text (search, name);
      g_autofree char *text = g_strconcat ("/", name, NULL);

      if (match != NATTER_MATCH_NONE && (roles == NULL || natter_slash_command_is_for (command, roles)))
        add (search, natter_candidate_new (text, natter_slash_command_get_description (command), text, NULL, command),
             match, FALSE, NEVER, NULL);
    }
}

static void
find_choices (Search *search)
{
  const NatterSlashOptionData *option = natter_slash_command_get_option (search->query->command, search->query->option);
  const char * const truths[] = { "true", "false", NULL };
  const char * const *choices = g_str_equal (option->type, "bool") ? truths : (const char * const *) option->choices;

  for (gsize i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      NatterMatch match = match_text (search, choices[i]);
      g_autofree char *text = strpbrk (choices[i], " \t") != NULL ? g_strdup_printf ("\"%s\"", choices[i])
                                                                 : g_strdup (choices[i]);

      if (match != NATTER_MATCH_NONE && !g_str_equal (choices[i], search->query->text))
        add (search, natter_candidate_new (choices[i], NULL, text, NULL, NULL), match, FALSE, NEVER, NULL);
    }
}

/* (transfer full) (element-type NatterCandidate): what may be meant, the likeliest first */
GPtrArray *
_natter_completion_search (NatterChannel               *channel,
                           const NatterCompletionQuery *query)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = natter_match_fold (query->text);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  Search search = { query, natter_channel_get_server (channel), folded, found };

  g_array_set_clear_func (found, found_clear);
  switch (query->kind)
    {
    case NATTER_COMPLETION_MEMBER:
      find_members (&search, channel);
      break;
    case NATTER_COMPLETION_ROLE:
      find_roles (&search);
      break;
    case NATTER_COMPLETION_CHANNEL:
      find_channels (&search);
      break;
    case NATTER_COMPLETION_EMOJI:
      find_own_emojis (&search);
      find_emojis (&search);
      break;
    case NATTER_COMPLETION_COMMAND:
      find_commands (&search);
      break;
    case NATTER_COMPLETION_CHOICE:
      find_choices (&search);
      break;
    case NATTER_COMPLETION_NONE:
    default:
      break;
    }
  g_array_sort (found, compare);
  for (guint i = 0; i < MIN (found->len, query->max); i++)
    g_ptr_array_add (candidates, g_object_ref (g_array_index (found, Found, i).candidate));
  return candidates;
}
