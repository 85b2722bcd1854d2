/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-completion-private.h"

#include "natter-channel.h"
#include "natter-server.h"
#include "natter-slash-command.h"

#include <string.h>

/* Bytes. Longer names are written out. */
#define MAX_QUERY 96
#define MAX_USED  50

/**
 * NatterCompletion:
 *
 * What may be meant by what somebody is writing.
 */
struct _NatterCompletion
{
  GObject               parent_instance;

  GPtrArray            *candidates;
  GQueue                used; /* texts, the last one chosen first */
  NatterChannel        *channel;
  NatterSlashCommand   *command;
  GSignalGroup         *commands;
  char                 *text;
  guint                 cursor;
  guint                 start;
  int                   option;
  NatterCompletionKind  kind;
};

enum
{
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void natter_completion_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterCompletion, natter_completion, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, natter_completion_list_model_init))

static GType
natter_completion_get_item_type (GListModel *model)
{
  return NATTER_TYPE_CANDIDATE;
}

static guint
natter_completion_get_n_items (GListModel *model)
{
  return NATTER_COMPLETION (model)->candidates->len;
}

static gpointer
natter_completion_get_item (GListModel *model,
                            guint       position)
{
  NatterCompletion *self = NATTER_COMPLETION (model);

  return position < self->candidates->len ? g_object_ref (self->candidates->pdata[position]) : NULL;
}

static void
natter_completion_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_completion_get_item_type;
  iface->get_n_items = natter_completion_get_n_items;
  iface->get_item = natter_completion_get_item;
}

static gboolean
is_letter_before (const char *text,
                  const char *at)
{
  return at > text && (g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))) || at[-1] == '_');
}

/* Code is left as it is: an odd number of marks is before @end. */
static gboolean
is_in_code (const char *text,
            const char *end)
{
  gboolean in_block = FALSE, in_line = FALSE;

  for (const char *at = text; at < end; at++)
    {
      if (strncmp (at, "```", 3) == 0)
        {
          in_block = !in_block;
          in_line = FALSE;
          at += 2;
        }
      else if (*at == '`' && !in_block)
        in_line = !in_line;
      else if (*at == '\n')
        in_line = FALSE;
    }
  return in_block || in_line;
}

static gboolean
is_code_name (const char *at,
              const char *end)
{
  guint n_letters = 0;

  for (; at < end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalnum (c) && strchr ("_+-", (int) MIN (c, 127)) == NULL)
        return FALSE;
      n_letters++;
    }
  return n_letters >= 2;
}

static NatterCompletionKind
get_kind_at (const char *text,
             const char *at,
             const char *end)
{
  if (is_letter_before (text, at))
    return NATTER_COMPLETION_NONE;
  switch (*at)
    {
    case '@':
      return at + 1 < end && at[1] == '&' ? NATTER_COMPLETION_ROLE : NATTER_COMPLETION_MEMBER;
    case '#':
      return (at > text && strchr ("#&/", at[-1]) != NULL) || (at + 1 < end && at[1] == '#') ? NATTER_COMPLETION_NONE
                                                                                             : NATTER_COMPLETION_CHANNEL;
    case ':':
      return is_code_name (at + 1, end) ? NATTER_COMPLETION_EMOJI : NATTER_COMPLETION_NONE;
    default:
      return NATTER_COMPLETION_NONE;
    }
}

/* (transfer none) (nullable): where the word before @end begins to be a name */
static const char *
find_sign (const char           *text,
           const char           *end,
           NatterCompletionKind *kind)
{
  const char *at = end;

  while (at > text && end - at < MAX_QUERY)
    {
      at = g_utf8_prev_char (at);
      if (g_unichar_isspace (g_utf8_get_char (at)))
        break;
      *kind = get_kind_at (text, at, end);
      if (*kind != NATTER_COMPLETION_NONE)
        return at;
    }
  return NULL;
}

/* @head: the text up to the cursor */
static void
look (NatterCompletion      *self,
      const char            *head,
      NatterCompletionQuery *query)
{
  NatterServer *server = natter_channel_get_server (self->channel);
  const char *end = head + strlen (head);
  const char *sign;
  gsize start;

  if (*head == '/' && strpbrk (head, " \n\t") == NULL)
    {
      query->kind = NATTER_COMPLETION_COMMAND;
      query->text = head + 1;
      self->start = 0;
      natter_server_get_commands (server);
      return;
    }
  query->command = natter_server_find_command (server, head);
  if (query->command != NULL)
    query->option = natter_slash_command_find_option (query->command, head, &start);
  sign = is_in_code (head, end) ? NULL : find_sign (head, end, &query->kind);
  if (sign != NULL)
    {
      query->text = sign + (query->kind == NATTER_COMPLETION_ROLE ? 2 : 1);
      self->start = g_utf8_pointer_to_offset (head, sign);
    }
  else if (query->option >= 0)
    {
      query->kind = NATTER_COMPLETION_CHOICE;
      query->text = head + start;
      self->start = g_utf8_pointer_to_offset (head, query->text);
    }
}

/* (transfer container) */
static GHashTable *
make_used (NatterCompletion *self)
{
  GHashTable *used = g_hash_table_new (g_str_hash, g_str_equal);
  guint age = 0;

  for (GList *item = self->used.head; item != NULL; item = item->next)
    g_hash_table_insert (used, item->data, GUINT_TO_POINTER (++age));
  return used;
}

static void
refresh (NatterCompletion *self)
{
  NatterCompletionQuery query = { .option = -1, .max = NATTER_COMPLETION_MAX };
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->candidates);
  g_autoptr(GHashTable) used = make_used (self);
  g_autofree char *head = NULL;

  if (self->channel != NULL && natter_channel_get_server (self->channel) != NULL)
    {
      head = g_utf8_substring (self->text, 0, self->cursor);
      look (self, head, &query);
      query.used = used;
    }
  if (query.kind != NATTER_COMPLETION_NONE)
    self->candidates = _natter_completion_search (self->channel, &query);
  else
    self->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  self->kind = query.kind;
  self->option = query.option;
  g_set_object (&self->command, query.command);
  if (old->len > 0 || self->candidates->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, self->candidates->len);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
on_commands (NatterCompletion *self)
{
  if (self->text != NULL && *self->text == '/')
    refresh (self);
}

static void
natter_completion_dispose (GObject *object)
{
  NatterCompletion *self = NATTER_COMPLETION (object);

  g_signal_group_set_target (self->commands, NULL);
  g_clear_object (&self->channel);
  g_clear_object (&self->command);
  G_OBJECT_CLASS (natter_completion_parent_class)->dispose (object);
}

static void
natter_completion_finalize (GObject *object)
{
  NatterCompletion *self = NATTER_COMPLETION (object);

  g_object_unref (self->commands);
  g_ptr_array_unref (self->candidates);
  g_queue_clear_full (&self->used, g_free);
  g_free (self->text);
  G_OBJECT_CLASS (natter_completion_parent_class)->finalize (object);
}

static void
natter_completion_class_init (NatterCompletionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_completion_dispose;
  object_class->finalize = natter_completion_finalize;

  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
natter_completion_init (NatterCompletion *self)
{
  self->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  self->option = -1;
  self->commands = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->commands, "items-changed", G_CALLBACK (on_commands), self);
}

/**
 * natter_completion_new:
 *
 * Returns: (transfer full): a completion of nothing
 */
NatterCompletion *
natter_completion_new (void)
{
  return g_object_new (NATTER_TYPE_COMPLETION, NULL);
}

/**
 * natter_completion_update:
 * @self: a completion
 * @channel: (nullable): where it is written
 * @text: (nullable): what is written so far
 * @cursor: number of characters before the cursor
 *
 * Looks what may be meant. To be called whenever the text or the cursor has changed.
 */
void
natter_completion_update (NatterCompletion *self,
                          NatterChannel    *channel,
                          const char       *text,
                          guint             cursor)
{
  NatterServer *server;

  g_return_if_fail (NATTER_IS_COMPLETION (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  g_set_object (&self->channel, channel);
  g_set_str (&self->text, text != NULL ? text : "");
  self->cursor = MIN (cursor, (guint) g_utf8_strlen (self->text, -1));
  server = channel != NULL ? natter_channel_get_server (channel) : NULL;
  if (*self->text != '/')
    g_signal_group_set_target (self->commands, NULL);
  else if (server != NULL)
    g_signal_group_set_target (self->commands, natter_server_get_commands (server));
  refresh (self);
}

/**
 * natter_completion_get_kind:
 * @self: a completion
 *
 * Returns: what is being written
 */
NatterCompletionKind
natter_completion_get_kind (NatterCompletion *self)
{
  g_return_val_if_fail (NATTER_IS_COMPLETION (self), NATTER_COMPLETION_NONE);

  return self->kind;
}

/**
 * natter_completion_get_start:
 * @self: a completion with candidates
 *
 * Returns: the character with which begins what a candidate replaces; it ends at the cursor
 */
guint
natter_completion_get_start (NatterCompletion *self)
{
  g_return_val_if_fail (NATTER_IS_COMPLETION (self), 0);

  return self->start;
}

/**
 * natter_completion_get_command:
 * @self: a completion
 *
 * Returns: (transfer none) (nullable): the slash command whose options are being written
 */
NatterSlashCommand *
natter_completion_get_command (NatterCompletion *self)
{
  g_return_val_if_fail (NATTER_IS_COMPLETION (self), NULL);

  return self->command;
}

/**
 * natter_completion_get_option:
 * @self: a completion
 *
 * Returns: the position of the option that is being written, -1: none
 */
int
natter_completion_get_option (NatterCompletion *self)
{
  g_return_val_if_fail (NATTER_IS_COMPLETION (self), -1);

  return self->option;
}

/**
 * natter_completion_choose:
 * @self: a completion
 * @candidate: what was meant
 *
 * It comes before its like the next time.
 */
void
natter_completion_choose (NatterCompletion *self,
                          NatterCandidate  *candidate)
{
  GList *link;

  g_return_if_fail (NATTER_IS_COMPLETION (self));
  g_return_if_fail (NATTER_IS_CANDIDATE (candidate));

  link = g_queue_find_custom (&self->used, natter_candidate_get_text (candidate), (GCompareFunc) g_strcmp0);
  if (link != NULL)
    {
      g_queue_unlink (&self->used, link);
      g_queue_push_head_link (&self->used, link);
      return;
    }
  g_queue_push_head (&self->used, g_strdup (natter_candidate_get_text (candidate)));
  if (self->used.length > MAX_USED)
    g_free (g_queue_pop_tail (&self->used));
}
