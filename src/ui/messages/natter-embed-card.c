/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-embed-card"

#include "config.h"

#include "natter-embed-card.h"

#include <glib/gi18n.h>

#include "natter-attachment.h"
#include "natter-emoji-view.h"
#include "natter-handshake.h"
#include "natter-media-viewer.h"
#include "natter-mention.h"
#include "natter-message-time.h"
#include "natter-parser.h"
#include "natter-picture-button.h"
#include "natter-plain-name.h"
#include "natter-rich-text.h"
#include "natter-server.h"

/* Nothing of it was checked by anybody, so what is shown is bounded. */
#define MAX_TITLE  256
#define MAX_TEXT   4096
#define MAX_FIELDS 25

#define BAR_WIDTH 4
#define WIDTH     432

/* The largest picture, the small one beside the text, and those beside a name. */
#define IMAGE_WIDTH 400
#define IMAGE_HEIGHT 300
#define THUMBNAIL 80
#define ICON 20

/**
 * NatterEmbedCard:
 *
 * A card under a message: a preview of a link, or what a bot put there. Its pictures are loaded as the person wants it for
 * other sites than the server.
 */
struct _NatterEmbedCard
{
  AdwBin        parent_instance;

  GtkBox       *box;
  NatterServer *server;
  GdkRGBA       color;
  gboolean      has_color;
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
natter_embed_card_dispose (GObject *object)
{
  g_clear_object (&NATTER_EMBED_CARD (object)->server);

  G_OBJECT_CLASS (natter_embed_card_parent_class)->dispose (object);
}

static void
natter_embed_card_class_init (NatterEmbedCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_embed_card_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = natter_embed_card_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "embed");
}

static void
natter_embed_card_init (NatterEmbedCard *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), BAR_WIDTH + 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 9);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 9);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), clamp);
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
add_line (GtkBox     *box,
          const char *text,
          glong       max,
          const char *style)
{
  if (text != NULL && *text != '\0')
    gtk_box_append (box, make_label (text, max, style));
}

/* Only what leads to the web is a link, and where to is told. */
static gboolean
is_web (const char *url)
{
  const char *scheme = url != NULL ? g_uri_peek_scheme (url) : NULL;

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

/* Marks mean in it what they mean in messages. */
static GtkWidget *
make_text (NatterEmbedCard *self,
           const char      *text)
{
  g_autofree char *shown = shorten (text, MAX_TEXT);
  NatterHandshake *handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;
  NatterDialect dialect = handshake != NULL && natter_handshake_is_new_generation (handshake) ? NATTER_DIALECT_NEW
                                                                                             : NATTER_DIALECT_OLD;
  g_autoptr(NatterDocument) document = natter_document_parse (shown, -1, dialect);
  g_autoptr(NatterDocument) resolved = self->server != NULL ? natter_server_resolve_document (self->server, document)
                                                            : natter_document_ref (document);
  GtkWidget *widget = natter_rich_text_new ();

  natter_rich_text_set_document (NATTER_RICH_TEXT (widget), resolved, NULL,
                                 self->server != NULL ? natter_server_get_address (self->server) : NULL);
  return widget;
}

/* So small a picture is not asked for. */
static GtkWidget *
make_icon (NatterEmbedCard *self,
           const char      *uri)
{
  GtkWidget *icon;

  if (!is_web (uri) || self->server == NULL || natter_server_judge_picture (self->server, uri) != NATTER_REMOTE_MEDIA_ALWAYS)
    return NULL;
  icon = natter_emoji_view_new (ICON);
  natter_emoji_view_set (NATTER_EMOJI_VIEW (icon), NULL, uri);
  return icon;
}

/* A line with a picture before it. */
static void
add_name (NatterEmbedCard *self,
          GtkBox          *box,
          const char      *icon_uri,
          const char      *text,
          const char      *style)
{
  GtkWidget *icon = text != NULL && *text != '\0' ? make_icon (self, icon_uri) : NULL;
  GtkWidget *line;

  if (icon == NULL)
    {
      add_line (box, text, MAX_TITLE, style);
      return;
    }
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (line), icon);
  add_line (GTK_BOX (line), text, MAX_TITLE, style);
  gtk_box_append (box, line);
}

static void
on_picture_opened (NatterEmbedCard     *self,
                   NatterPictureButton *button)
{
  const NatterEmbedData *data = natter_embed_get_data (g_object_get_data (G_OBJECT (button), "embed"));
  const char *uri = g_object_get_data (G_OBJECT (button), "uri");
  g_autofree char *name = g_path_get_basename (uri);
  NatterAttachmentData file = { .id = name, .name = name, .mime_type = (char *) "image/png", .url = (char *) uri,
                                .width = data->image_width, .height = data->image_height, .permanent = TRUE };
  g_autoptr(NatterAttachment) attachment = natter_attachment_new (&file, natter_server_get_address (self->server));
  g_autoptr(GListStore) pictures = g_list_store_new (NATTER_TYPE_ATTACHMENT);

  if (natter_attachment_get_url (attachment) == NULL)
    return;
  g_list_store_append (pictures, attachment);
  natter_media_viewer_present (GTK_WIDGET (self), G_LIST_MODEL (pictures), attachment);
}

/* (transfer floating) (nullable) */
static GtkWidget *
make_picture (NatterEmbedCard *self,
              NatterEmbed     *embed,
              const char      *uri,
              int              room_width,
              int              room_height)
{
  const NatterEmbedData *data = natter_embed_get_data (embed);
  gboolean is_image = uri == data->image_url;
  GtkWidget *button;

  if (!is_web (uri) || self->server == NULL)
    return NULL;
  button = natter_picture_button_new (self->server);
  natter_picture_view_set_room (natter_picture_button_get_view (NATTER_PICTURE_BUTTON (button)), room_width, room_height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Picture of the Preview"), -1);
  g_object_set_data_full (G_OBJECT (button), "embed", g_object_ref (embed), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "uri", g_strdup (uri), g_free);
  g_signal_connect_object (button, "opened", G_CALLBACK (on_picture_opened), self, G_CONNECT_SWAPPED);
  natter_picture_button_set (NATTER_PICTURE_BUTTON (button), uri, is_image ? data->image_width : data->thumbnail_width,
                             is_image ? data->image_height : data->thumbnail_height);
  return button;
}

static void
add_title (GtkBox                *box,
           const NatterEmbedData *data)
{
  g_autofree char *title = natter_plain_name (data->title);
  g_autofree char *shown = shorten (title, MAX_TITLE);
  GtkWidget *button;

  if (*shown == '\0')
    return;
  if (!is_web (data->url))
    {
      add_line (box, shown, MAX_TITLE, "heading");
      return;
    }
  button = gtk_link_button_new_with_label (data->url, shown);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "embed-title");
  gtk_box_append (box, button);
}

/* It is not fetched before it is asked for; then whatever the person watches the web with plays it. The button tells where
 * that leads to, as links do. */
static void
add_video (NatterEmbedCard       *self,
           const NatterEmbedData *data)
{
  GtkWidget *button;
  GtkWidget *content;

  if (!is_web (data->video_url))
    return;
  button = gtk_link_button_new (data->video_url);
  content = adw_button_content_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "media-playback-start-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Play Video"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_remove_css_class (button, "link");
  gtk_widget_remove_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Play Video"), -1);
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
      gtk_box_append (GTK_BOX (box), make_text (self, field->value));
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
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = data->time != 0 ? natter_message_time_format_day (data->time, now) : NULL;
  g_autofree char *line = NULL;

  if (*text != '\0' && time != NULL)
    /* Translators: below a card: who made it, when */
    line = g_strdup_printf (_("%s · %s"), text, time);
  add_name (self, self->box, data->footer_icon, line != NULL ? line : *text != '\0' ? text : time, "caption");
}

/* The text, with the small picture beside it. */
static void
add_body (NatterEmbedCard *self,
          NatterEmbed     *embed)
{
  const NatterEmbedData *data = natter_embed_get_data (embed);
  GtkWidget *thumbnail = make_picture (self, embed, data->thumbnail_url, THUMBNAIL, THUMBNAIL);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line;

  add_line (GTK_BOX (text), data->provider, MAX_TITLE, "caption");
  add_name (self, GTK_BOX (text), data->author_icon, data->author_name, "caption-heading");
  add_title (GTK_BOX (text), data);
  if (data->description != NULL && *data->description != '\0')
    gtk_box_append (GTK_BOX (text), make_text (self, data->description));
  gtk_widget_set_hexpand (text, TRUE);
  if (thumbnail == NULL)
    {
      gtk_box_append (self->box, text);
      return;
    }
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line), thumbnail);
  gtk_box_append (self->box, line);
}

/**
 * natter_embed_card_new:
 * @embed: what is on it
 * @server: (nullable): where the message is; without, there are no pictures
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
natter_embed_card_new (NatterEmbed  *embed,
                       NatterServer *server)
{
  NatterEmbedCard *self;
  const NatterEmbedData *data;
  GtkWidget *image;

  g_return_val_if_fail (NATTER_IS_EMBED (embed), NULL);

  self = g_object_new (NATTER_TYPE_EMBED_CARD, NULL);
  g_set_object (&self->server, server);
  data = natter_embed_get_data (embed);
  self->has_color = data->color >= 0;
  if (self->has_color)
    self->color = (GdkRGBA) { ((data->color >> 16) & 0xff) / 255.f, ((data->color >> 8) & 0xff) / 255.f,
                              (data->color & 0xff) / 255.f, 1 };
  add_body (self, embed);
  add_fields (self, data->fields);
  image = make_picture (self, embed, data->image_url, IMAGE_WIDTH, IMAGE_HEIGHT);
  if (image != NULL)
    {
      gtk_widget_set_margin_top (image, 6);
      gtk_box_append (self->box, image);
    }
  add_video (self, data);
  add_footer (self, data);
  return GTK_WIDGET (self);
}
