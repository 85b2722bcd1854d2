/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-slash-hint"

#include "config.h"

#include "natter-slash-hint.h"

#include <glib/gi18n.h>

#include <string.h>

#include "natter-error-text.h"
#include "natter-error.h"
#include "natter-parser.h"
#include "natter-plain-name.h"

#define LONGEST_ANSWER 2000 /* bytes */

/**
 * NatterSlashHint:
 *
 * A line that tells how the slash command that is being written goes on, why it did not do, or what it had to say.
 */
struct _NatterSlashHint
{
  AdwBin    parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (NatterSlashHint, natter_slash_hint, ADW_TYPE_BIN)

static void
natter_slash_hint_class_init (NatterSlashHintClass *klass)
{
}

static void
natter_slash_hint_init (NatterSlashHint *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->label = GTK_LABEL (label);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  adw_bin_set_child (ADW_BIN (self), label);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show (NatterSlashHint *self,
      const char      *text,
      gboolean         is_error)
{
  gboolean is_new = !g_str_equal (gtk_label_get_text (self->label), text);

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
  if (is_error)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dimmed");
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
    }
  if (is_new && *text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, is_error ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                                                   : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* "/mute username duration [reason]", the option that is written in bold. */
static void
append_option (GString                     *text,
               PangoAttrList               *attributes,
               const NatterSlashOptionData *option,
               gboolean                     is_current)
{
  g_autofree char *name = natter_plain_name (option->name);
  PangoAttribute *bold;
  guint start;

  g_string_append_c (text, ' ');
  start = text->len;
  g_string_append_printf (text, option->required ? "%s" : "[%s]", name);
  if (!is_current)
    return;
  bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  bold->start_index = start;
  bold->end_index = text->len;
  pango_attr_list_insert (attributes, bold);
}

/**
 * natter_slash_hint_show_command:
 * @self: a hint
 * @command: (nullable): the command that is written, %NULL to hide the line
 * @option: position of the option that is written, -1 for none
 */
void
natter_slash_hint_show_command (NatterSlashHint    *self,
                                NatterSlashCommand *command,
                                int                 option)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  const char *about;
  g_autofree char *plain = NULL;

  g_return_if_fail (NATTER_IS_SLASH_HINT (self));

  if (command == NULL)
    {
      show (self, "", FALSE);
      return;
    }
  plain = natter_plain_name (natter_slash_command_get_name (command));
  g_string_printf (text, "/%s", plain);
  for (guint i = 0; i < natter_slash_command_get_n_options (command); i++)
    append_option (text, attributes, natter_slash_command_get_option (command, i), (int) i == option);
  about = option >= 0 ? natter_slash_command_get_option (command, option)->description
                      : natter_slash_command_get_description (command);
  if (about != NULL && *about != '\0')
    {
      g_autofree char *plain_about = natter_plain_name (about);

      g_string_append_printf (text, "\n%s", plain_about);
    }
  gtk_label_set_attributes (self->label, attributes);
  show (self, text->str, FALSE);
}

static char *
describe (const GError *error)
{
  g_autofree char *name = natter_plain_name (error->message);

  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT))
    return g_strdup (_("The command was not answered."));
  if (error->domain != NATTER_SLASH_ERROR)
    return natter_error_text_dup (error);
  switch ((NatterSlashError) error->code)
    {
    case NATTER_SLASH_ERROR_NUMBER:
      /* Translators: the name of an option of a command, such as “duration” */
      return g_strdup_printf (_("“%s” has to be a number."), name);
    case NATTER_SLASH_ERROR_CHOICE:
      /* Translators: the name of an option of a command, such as “duration” */
      return g_strdup_printf (_("“%s” has to be one of the suggestions."), name);
    case NATTER_SLASH_ERROR_MISSING:
    default:
      /* Translators: the name of an option of a command, such as “duration” */
      return g_strdup_printf (_("“%s” is missing."), name);
    }
}

/**
 * natter_slash_hint_show_answer:
 * @self: a hint
 * @answer: what a command that was run has to say
 */
void
natter_slash_hint_show_answer (NatterSlashHint *self,
                               const char      *answer)
{
  g_autoptr(NatterDocument) document = NULL;
  g_autofree char *plain = NULL;

  g_return_if_fail (NATTER_IS_SLASH_HINT (self));
  g_return_if_fail (answer != NULL);

  document = natter_document_parse (answer, (gssize) strnlen (answer, LONGEST_ANSWER), NATTER_DIALECT_OLD);
  plain = natter_document_get_plain (document, NATTER_PLAIN_ONE_LINE);
  gtk_label_set_attributes (self->label, NULL);
  show (self, plain, FALSE);
}

/**
 * natter_slash_hint_show_error:
 * @self: a hint
 * @error: why a command could not be run
 */
void
natter_slash_hint_show_error (NatterSlashHint *self,
                              const GError    *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (NATTER_IS_SLASH_HINT (self));
  g_return_if_fail (error != NULL);

  text = describe (error);
  gtk_label_set_attributes (self->label, NULL);
  show (self, text, TRUE);
}
