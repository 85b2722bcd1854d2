/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-slash-command.h"

#include <string.h>

struct _NatterSlashCommand
{
  GObject                       parent_instance;

  NatterPacket                 *packet; /* holds @data */
  const NatterSlashCommandData *data;
};

G_DEFINE_FINAL_TYPE (NatterSlashCommand, natter_slash_command, G_TYPE_OBJECT)

G_DEFINE_QUARK (natter-slash-error-quark, natter_slash_error)

static void
natter_slash_command_finalize (GObject *object)
{
  natter_packet_unref (NATTER_SLASH_COMMAND (object)->packet);
  G_OBJECT_CLASS (natter_slash_command_parent_class)->finalize (object);
}

static void
natter_slash_command_class_init (NatterSlashCommandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_slash_command_finalize;
}

static void
natter_slash_command_init (NatterSlashCommand *self)
{
}

/**
 * natter_slash_command_new:
 * @packet: a packet with commands
 * @position: of one of them
 *
 * Returns: (transfer full): the command
 */
NatterSlashCommand *
natter_slash_command_new (NatterPacket *packet,
                          guint         position)
{
  NatterSlashCommand *self;

  g_return_val_if_fail (packet != NULL && position < packet->commands->len, NULL);

  self = g_object_new (NATTER_TYPE_SLASH_COMMAND, NULL);
  self->packet = natter_packet_ref (packet);
  self->data = packet->commands->pdata[position];
  return self;
}

/**
 * natter_slash_command_get_name:
 * @self: a command
 *
 * Returns: (transfer none): its name, without the slash
 */
const char *
natter_slash_command_get_name (NatterSlashCommand *self)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), NULL);

  return self->data->name;
}

/**
 * natter_slash_command_get_description:
 * @self: a command
 *
 * Returns: (transfer none) (nullable): what it does, in the words of whoever made it
 */
const char *
natter_slash_command_get_description (NatterSlashCommand *self)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), NULL);

  return self->data->description;
}

/**
 * natter_slash_command_get_owner:
 * @self: a command
 *
 * Returns: (transfer none) (nullable): user name of the bot whose it is, "originChats" for the server's own
 */
const char *
natter_slash_command_get_owner (NatterSlashCommand *self)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), NULL);

  return self->data->registered_by;
}

/**
 * natter_slash_command_get_n_options:
 * @self: a command
 *
 * Returns: how many options it has
 */
guint
natter_slash_command_get_n_options (NatterSlashCommand *self)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), 0);

  return self->data->options->len;
}

/**
 * natter_slash_command_get_option:
 * @self: a command
 * @position: of an option
 *
 * Returns: (transfer none): the option
 */
const NatterSlashOptionData *
natter_slash_command_get_option (NatterSlashCommand *self,
                                 guint               position)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), NULL);
  g_return_val_if_fail (position < self->data->options->len, NULL);

  return self->data->options->pdata[position];
}

static gboolean
has_any (char               **names,
         const char * const  *roles)
{
  for (; *names != NULL; names++)
    if (g_strv_contains (roles, *names))
      return TRUE;
  return FALSE;
}

/**
 * natter_slash_command_is_for:
 * @self: a command
 * @roles: names of somebody's roles
 *
 * Returns: whether somebody with these roles may run it
 */
gboolean
natter_slash_command_is_for (NatterSlashCommand *self,
                             const char * const *roles)
{
  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), FALSE);
  g_return_val_if_fail (roles != NULL, FALSE);

  if (self->data->forbidden_roles != NULL && has_any (self->data->forbidden_roles, roles))
    return FALSE;
  return self->data->only_roles == NULL || *self->data->only_roles == NULL || has_any (self->data->only_roles, roles);
}

/**
 * natter_slash_command_matches:
 * @self: a command
 * @text: what was written
 *
 * Returns: whether @text runs it
 */
gboolean
natter_slash_command_matches (NatterSlashCommand *self,
                              const char         *text)
{
  gsize length;

  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  length = strlen (self->data->name);
  return *text == '/' && strncmp (text + 1, self->data->name, length) == 0
         && (text[length + 1] == '\0' || g_ascii_isspace (text[length + 1]));
}

static const char *
skip_spaces (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return at;
}

static gboolean
is_last (NatterSlashCommand *self,
         guint               position)
{
  return position + 1 == self->data->options->len;
}

/* What stands at @at for an option. Returns its end, and where the next one may begin in @next. */
static const char *
measure_value (NatterSlashCommand  *self,
               guint                position,
               const char         **at,
               const char         **next)
{
  const char *end;

  if (**at == '"' && (end = strchr (*at + 1, '"')) != NULL
      && (is_last (self, position) ? *skip_spaces (end + 1) == '\0' : end[1] == '\0' || g_ascii_isspace (end[1])))
    {
      (*at)++;
      *next = end + 1;
      return end;
    }
  end = *at;
  if (is_last (self, position))
    {
      end += strlen (end);
      *next = end;
      while (end > *at && g_ascii_isspace (end[-1]))
        end--;
      return end;
    }
  while (*end != '\0' && !g_ascii_isspace (*end))
    end++;
  *next = end;
  return end;
}

/**
 * natter_slash_command_find_option:
 * @self: a command
 * @text: what was written up to the cursor; it matches the command
 * @start: (out) (optional): byte at which the option's value begins
 *
 * Returns: the position of the option that is being written, -1: none, it is the name or behind all options
 */
int
natter_slash_command_find_option (NatterSlashCommand *self,
                                  const char         *text,
                                  gsize              *start)
{
  const char *at;

  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), -1);
  g_return_val_if_fail (text != NULL && natter_slash_command_matches (self, text), -1);

  at = text + 1 + strlen (self->data->name);
  if (*at == '\0')
    return -1;
  for (guint i = 0; i < self->data->options->len; i++)
    {
      const char *value = skip_spaces (at);
      const char *next;

      if (start != NULL)
        *start = value - text;
      if (*value == '\0' || (*value == '"' && strchr (value + 1, '"') == NULL))
        return i;
      measure_value (self, i, &value, &next);
      if (*next == '\0' && (is_last (self, i) || next[-1] != '"'))
        return i;
      at = next;
    }
  return -1;
}

static gboolean
is_number (const char *value,
           gboolean    is_whole)
{
  char *end;

  if (is_whole)
    g_ascii_strtoll (value, &end, 10);
  else
    g_ascii_strtod (value, &end);
  return end > value && *end == '\0';
}

static gboolean
check_value (const NatterSlashOptionData  *option,
             const char                   *value,
             GError                      **error)
{
  gboolean is_whole = g_str_equal (option->type, "int");

  if ((is_whole || g_str_equal (option->type, "float")) && !is_number (value, is_whole))
    g_set_error_literal (error, NATTER_SLASH_ERROR, NATTER_SLASH_ERROR_NUMBER, option->name);
  else if ((option->choices != NULL && *option->choices != NULL
            && !g_strv_contains ((const char * const *) option->choices, value))
           || (g_str_equal (option->type, "bool") && g_ascii_strcasecmp (value, "true") != 0
               && g_ascii_strcasecmp (value, "false") != 0))
    g_set_error_literal (error, NATTER_SLASH_ERROR, NATTER_SLASH_ERROR_CHOICE, option->name);
  else
    return TRUE;
  return FALSE;
}

/* "@ada" is who is meant in a message; commands take the name. */
static gboolean
is_of_person (const NatterSlashOptionData *option)
{
  return g_str_equal (option->type, "user") || g_str_equal (option->name, "username") || g_str_equal (option->name, "user");
}

/**
 * natter_slash_command_make:
 * @self: a command
 * @channel: name of the channel in which it is run; of a thread, its forum
 * @thread_id: (nullable): id of the thread in which it is run
 * @text: what was written; it matches the command
 * @error: a #NatterSlashError
 *
 * Returns: (transfer full) (nullable): what to send
 */
NatterCommand *
natter_slash_command_make (NatterSlashCommand  *self,
                           const char          *channel,
                           const char          *thread_id,
                           const char          *text,
                           GError             **error)
{
  g_autoptr(GArray) arguments = g_array_new (FALSE, FALSE, sizeof (NatterSlashArgument));
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *at;

  g_return_val_if_fail (NATTER_IS_SLASH_COMMAND (self), NULL);
  g_return_val_if_fail (text != NULL && natter_slash_command_matches (self, text), NULL);

  at = text + 1 + strlen (self->data->name);
  for (guint i = 0; i < self->data->options->len; i++)
    {
      const NatterSlashOptionData *option = self->data->options->pdata[i];
      const char *value = skip_spaces (at);
      const char *end;
      NatterSlashArgument argument = { option->name, option->type, NULL };

      if (*value == '\0' && !option->required)
        continue;
      if (*value == '\0')
        {
          g_set_error_literal (error, NATTER_SLASH_ERROR, NATTER_SLASH_ERROR_MISSING, option->name);
          return NULL;
        }
      end = measure_value (self, i, &value, &at);
      if (is_of_person (option) && *value == '@')
        value++;
      argument.value = g_strndup (value, end - value);
      g_ptr_array_add (values, (gpointer) argument.value);
      if (!check_value (option, argument.value, error))
        return NULL;
      g_array_append_val (arguments, argument);
    }
  return natter_command_slash_call (channel, thread_id, self->data->name, (NatterSlashArgument *) arguments->data, arguments->len);
}
