/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-embed-card"

#include "config.h"

#include "natter-embed-card.h"

#include <glib/gi18n.h>

#include "natter-message-time.h"
#include "natter-plain-name.h"

/* Nothing of it was checked by anybody, so what is shown is bounded. */
#define MAX_TITLE  256
#define MAX_TEXT   4096
#define MAX_FIELDS 25

#define BAR_WIDTH 4
#define WIDTH     432

/**
 * NatterEmbedCard:
 *
 * A card under a message: a preview of a link, or what a bot put there. It loads nothing from anywhere.
 */
struct _NatterEmbedCard
{
  AdwBin   parent_instance;

  GtkBox  *box;
  GdkRGBA  color;
  gboolean has_color;
};

G_DEFINE_FINAL_TYPE (NatterEmbedCard, natter_embed_card, ADW_TYPE_BIN)

static void
natter_embed_card_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  NatterEmbedCard *self = NATTER_EMBED_CARD (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  GdkRGBA color = self->color;

  if (!self->has_color)
    {
      gtk_widget_get_color (widget, &color);
      color.alpha *= 0.3f;
    }
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (rtl ? width - BAR_WIDTH : 0, 0, BAR_WIDTH, gtk_widget_get_height (widget)));
  GTK_WIDGET_CLASS (natter_embed_card_parent_class)->snapshot (widget, snapshot);
}

static void
natter_embed_card_class_init (NatterEmbedCardClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = natter_embed_card_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "embed");
}

static void
natter_embed_card_init (NatterEmbedCard *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), BAR_WIDTH + 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 9);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

static char *
shorten (const char *text,
         glong       max)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= max)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, max);
  return g_strconcat (start, "…", NULL);
}

static GtkWidget *
make_label (const char *text,
            glong       max,
            const char *style)
{
  g_autofree char *shown = shorten (text, max);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH / 8);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_line (NatterEmbedCard *self,
          const char      *text,
          glong            max,
          const char      *style)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (self->box, make_label (text, max, style));
}

/* Only what leads to the web is a link, and where to is told. */
static gboolean
is_web (const char *url)
{
  const char *scheme = url != NULL ? g_uri_peek_scheme (url) : NULL;

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

static void
add_title (NatterEmbedCard       *self,
           const NatterEmbedData *data)
{
  g_autofree char *title = natter_plain_name (data->title);
  g_autofree char *shown = shorten (title, MAX_TITLE);
  GtkWidget *button;

  if (*shown == '\0')
    return;
  if (!is_web (data->url))
    {
      add_line (self, shown, MAX_TITLE, "heading");
      return;
    }
  button = gtk_link_button_new_with_label (data->url, shown);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "embed-title");
  gtk_box_append (self->box, button);
}

static void
add_fields (NatterEmbedCard *self,
            GPtrArray       *fields)
{
  AdwWrapBox *inline_box = NULL;

  for (guint i = 0; i < MIN (fields->len, MAX_FIELDS); i++)
    {
      const NatterEmbedField *field = fields->pdata[i];
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_box_append (GTK_BOX (box), make_label (field->name, MAX_TITLE, "caption-heading"));
      gtk_box_append (GTK_BOX (box), make_label (field->value, MAX_TEXT, NULL));
      gtk_widget_set_margin_top (box, 3);
      if (!field->is_inline)
        {
          inline_box = NULL;
          gtk_box_append (self->box, box);
          continue;
        }
      if (inline_box == NULL)
        {
          inline_box = ADW_WRAP_BOX (adw_wrap_box_new ());
          adw_wrap_box_set_child_spacing (inline_box, 18);
          gtk_box_append (self->box, GTK_WIDGET (inline_box));
        }
      adw_wrap_box_append (inline_box, box);
    }
}

static void
add_footer (NatterEmbedCard       *self,
            const NatterEmbedData *data)
{
  g_autofree char *text = natter_plain_name (data->footer_text);
  g_autofree char *time = data->time != 0 ? natter_message_time_format_full (data->time) : NULL;
  g_autofree char *line = NULL;

  if (*text != '\0' && time != NULL)
    /* Translators: below a card: who made it, when */
    line = g_strdup_printf (_("%s · %s"), text, time);
  add_line (self, line != NULL ? line : *text != '\0' ? text : time, MAX_TITLE, "caption");
}

/**
 * natter_embed_card_new:
 * @embed: what is on it
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
natter_embed_card_new (NatterEmbed *embed)
{
  NatterEmbedCard *self;
  const NatterEmbedData *data;

  g_return_val_if_fail (NATTER_IS_EMBED (embed), NULL);

  self = g_object_new (NATTER_TYPE_EMBED_CARD, NULL);
  data = natter_embed_get_data (embed);
  self->has_color = data->color >= 0;
  if (self->has_color)
    self->color = (GdkRGBA) { ((data->color >> 16) & 0xff) / 255.f, ((data->color >> 8) & 0xff) / 255.f,
                              (data->color & 0xff) / 255.f, 1 };
  add_line (self, data->provider, MAX_TITLE, "caption");
  add_line (self, data->author_name, MAX_TITLE, "caption-heading");
  add_title (self, data);
  add_line (self, data->description, MAX_TEXT, NULL);
  add_fields (self, data->fields);
  add_footer (self, data);
  return GTK_WIDGET (self);
}
