/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-poll-card"

#include "config.h"

#include "natter-poll-card.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-message-time.h"
#include "natter-plain-name.h"

/**
 * NatterPollCard:
 *
 * A poll: what is asked, a button for each answer with how many chose it, and how long it goes on.
 */
struct _NatterPollCard
{
  AdwBin      parent_instance;

  GtkBox     *choices;
  GtkLabel   *question;
  GtkLabel   *footer;
  GtkLabel   *problem;
  GtkWidget  *end;
  NatterPoll *poll;
};

G_DEFINE_FINAL_TYPE (NatterPollCard, natter_poll_card, ADW_TYPE_BIN)

/* What one button is made of. */
typedef struct
{
  NatterPollChoice *choice; /* the poll holds it */
  GtkWidget        *button;
  GtkLabel         *label;
  GtkLabel         *votes;
  GtkImage         *mark;
  GtkProgressBar   *share;
} Answer;

static void
update_answer (NatterPollCard *self,
               Answer         *answer)
{
  guint votes = natter_poll_choice_get_votes (answer->choice);
  guint total = natter_poll_get_total (self->poll);
  gboolean voted = natter_poll_choice_get_voted (answer->choice);
  g_autofree char *text = natter_plain_name (natter_poll_choice_get_text (answer->choice));
  g_autofree char *number = g_strdup_printf (ngettext ("%u vote", "%u votes", votes), votes);
  /* Translators: read by a screen reader: an answer of a poll, how many votes it has */
  g_autofree char *label = g_strdup_printf (_("%s, %s"), text, number);

  gtk_label_set_text (answer->votes, number);
  gtk_widget_set_visible (GTK_WIDGET (answer->mark), voted);
  gtk_progress_bar_set_fraction (answer->share, total > 0 ? MIN (1.0, (double) votes / total) : 0);
  gtk_widget_set_sensitive (answer->button, natter_poll_get_state (self->poll) == NATTER_POLL_OPEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (answer->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (answer->button), GTK_ACCESSIBLE_STATE_PRESSED,
                               voted ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static char *
dup_footer (NatterPoll *poll)
{
  guint total = natter_poll_get_total (poll);
  g_autofree char *votes = g_strdup_printf (ngettext ("%u vote", "%u votes", total), total);
  g_autofree char *until = NULL;

  switch (natter_poll_get_state (poll))
    {
    case NATTER_POLL_MISSING:
      return g_strdup (_("This is not a real poll."));
    case NATTER_POLL_ENDED:
      /* Translators: below a poll: how many votes there are */
      return g_strdup_printf (_("%s · Ended"), votes);
    case NATTER_POLL_OPEN:
      if (natter_poll_get_expires (poll) == 0)
        return g_steal_pointer (&votes);
      until = natter_message_time_format_full (natter_poll_get_expires (poll));
      /* Translators: below a poll: how many votes there are, until when one can vote */
      return g_strdup_printf (_("%s · Until %s"), votes, until);
    case NATTER_POLL_NEW:
    case NATTER_POLL_LOADING:
    default:
      return g_strdup (_("Loading Votes"));
    }
}

static void
update (NatterPollCard *self)
{
  const GError *error = natter_poll_get_error (self->poll);
  g_autofree char *footer = dup_footer (self->poll);
  g_autofree char *problem = error != NULL ? natter_error_text_dup (error) : NULL;

  gtk_label_set_text (self->footer, footer);
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_widget_set_visible (self->end, natter_poll_get_may_end (self->poll)
                                     && natter_poll_get_state (self->poll) == NATTER_POLL_OPEN);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    update_answer (self, g_object_get_data (G_OBJECT (child), "natter-answer"));
}

static void
on_answer (NatterPollCard *self,
           GtkButton      *button)
{
  Answer *answer = g_object_get_data (G_OBJECT (button), "natter-answer");

  natter_poll_vote (self->poll, answer->choice);
}

static void
on_end (NatterPollCard *self)
{
  natter_poll_end (self->poll);
}

static void
add_answer (NatterPollCard   *self,
            NatterPollChoice *choice)
{
  g_autofree char *emoji = natter_plain_name (natter_poll_choice_get_emoji (choice));
  g_autofree char *text = natter_plain_name (natter_poll_choice_get_text (choice));
  g_autofree char *shown = *emoji != '\0' ? g_strdup_printf ("%s %s", emoji, text) : g_strdup (text);
  Answer *answer = g_new0 (Answer, 1);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  answer->choice = choice;
  answer->button = gtk_button_new ();
  answer->label = GTK_LABEL (gtk_label_new (shown));
  answer->votes = GTK_LABEL (gtk_label_new (NULL));
  answer->mark = GTK_IMAGE (gtk_image_new_from_icon_name ("object-select-symbolic"));
  answer->share = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_label_set_xalign (answer->label, 0);
  gtk_label_set_wrap (answer->label, TRUE);
  gtk_label_set_wrap_mode (answer->label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (answer->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (answer->votes), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (answer->votes), "caption");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (answer->label));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (answer->mark));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (answer->votes));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (answer->share));
  gtk_button_set_child (GTK_BUTTON (answer->button), box);
  g_object_set_data_full (G_OBJECT (answer->button), "natter-answer", answer, g_free);
  g_signal_connect_object (answer->button, "clicked", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->choices, answer->button);
}

static void
natter_poll_card_dispose (GObject *object)
{
  NatterPollCard *self = NATTER_POLL_CARD (object);

  if (self->poll != NULL)
    g_signal_handlers_disconnect_by_func (self->poll, update, self);
  g_clear_object (&self->poll);

  G_OBJECT_CLASS (natter_poll_card_parent_class)->dispose (object);
}

static void
natter_poll_card_class_init (NatterPollCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_poll_card_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "poll");
}

static GtkLabel *
add_label (GtkBox     *box,
           const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), style);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static void
natter_poll_card_init (NatterPollCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *bottom = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->question = add_label (GTK_BOX (box), "heading");
  self->choices = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->choices));
  self->problem = add_label (GTK_BOX (box), "error");
  self->footer = add_label (GTK_BOX (bottom), "caption");
  self->end = gtk_button_new_with_label (_("End Poll"));
  gtk_widget_add_css_class (self->end, "small-button");
  gtk_box_append (GTK_BOX (bottom), self->end);
  gtk_box_append (GTK_BOX (box), bottom);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_size_request (GTK_WIDGET (self), 220, -1);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  g_signal_connect_object (self->end, "clicked", G_CALLBACK (on_end), self, G_CONNECT_SWAPPED);
}

/**
 * natter_poll_card_new:
 * @poll: a poll; it is asked how it stands
 *
 * Returns: (transfer floating): a card that follows @poll
 */
GtkWidget *
natter_poll_card_new (NatterPoll *poll)
{
  const char * const signals[] = { "notify::state", "notify::total", "notify::may-end", "notify::error" };
  GListModel *choices;
  NatterPollCard *self;
  g_autofree char *question = NULL;

  g_return_val_if_fail (NATTER_IS_POLL (poll), NULL);

  self = g_object_new (NATTER_TYPE_POLL_CARD, NULL);
  self->poll = g_object_ref (poll);
  question = natter_plain_name (natter_poll_get_question (poll));
  gtk_label_set_text (self->question, question);
  choices = natter_poll_get_choices (poll);
  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr(NatterPollChoice) choice = g_list_model_get_item (choices, i);

      add_answer (self, choice);
      g_signal_connect_object (choice, "notify::votes", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (choice, "notify::voted", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (poll, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  natter_poll_load (poll);
  update (self);
  return GTK_WIDGET (self);
}
