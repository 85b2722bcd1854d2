/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-find"

#include "config.h"

#include "natter-search-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "natter-avatar.h"
#include "natter-channel.h"
#include "natter-clock.h"
#include "natter-member.h"
#include "natter-message-time.h"
#include "natter-name-color.h"
#include "natter-plain-name.h"
#include "natter-search-query.h"
#include "natter-server.h"

/* What is shown of a long message begins this much before the first word that was looked for, in bytes. */
#define BEFORE_HIT 80
#define MAX_SHOWN  400

/**
 * NatterSearchRow:
 *
 * One message that was found. Built once and used again.
 */
struct _NatterSearchRow
{
  AdwBin           parent_instance;

  NatterAvatar    *avatar;
  GtkLabel        *author;
  GtkLabel        *time;
  GtkLabel        *text;
  GtkLabel        *place;

  NatterSearchHit *hit;
  GSignalGroup    *signals;
};

G_DEFINE_FINAL_TYPE (NatterSearchRow, natter_search_row, ADW_TYPE_BIN)

/* Where to begin and to end, in bytes, so that the first word that was looked for is in sight. */
static void
find_part (const char *content,
           GArray     *ranges,
           guint      *start,
           guint      *end)
{
  guint length = strlen (content);
  guint first = ranges->len > 0 ? g_array_index (ranges, NatterSearchRange, 0).start : 0;

  *start = first > BEFORE_HIT ? first - BEFORE_HIT : 0;
  while (*start > 0 && (content[*start] & 0xc0) == 0x80)
    (*start)--;
  *end = MIN (length, *start + MAX_SHOWN);
  while (*end < length && (content[*end] & 0xc0) == 0x80)
    (*end)++;
}

/* (transfer full): what may be read of it at a glance; a spoiler is opened in its place, where it says what it is */
static char *
dup_text (NatterSearchHit *hit)
{
  g_autofree char *plain = natter_search_hit_dup_plain (hit);

  return natter_plain_name (plain);
}

/* A line, with an attribute for each word that was looked for. */
static void
show_text (NatterSearchRow *self)
{
  g_autofree char *content = dup_text (self->hit);
  g_autoptr(GArray) ranges = natter_search_hit_get_ranges (self->hit, content);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr(GString) line = g_string_new (NULL);
  guint start, end, offset;

  find_part (content, ranges, &start, &end);
  if (start > 0)
    g_string_append (line, "…");
  offset = line->len;
  g_string_append_len (line, content + start, end - start);
  for (guint i = 0; i < ranges->len; i++)
    {
      const NatterSearchRange *range = &g_array_index (ranges, NatterSearchRange, i);
      PangoAttribute *attribute;

      if (range->start < start || range->end > end)
        continue;
      attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
      attribute->start_index = range->start - start + offset;
      attribute->end_index = range->end - start + offset;
      pango_attr_list_insert (attributes, attribute);
      attribute = pango_attr_underline_new (PANGO_UNDERLINE_SINGLE);
      attribute->start_index = range->start - start + offset;
      attribute->end_index = range->end - start + offset;
      pango_attr_list_insert (attributes, attribute);
    }
  gtk_label_set_text (self->text, line->str);
  gtk_label_set_attributes (self->text, attributes);
}

static char *
dup_place (NatterSearchHit *hit)
{
  NatterChannel *channel = natter_search_hit_get_channel (hit);
  const char *name = channel != NULL ? natter_channel_get_title (channel) : natter_search_hit_get_channel_name (hit);
  g_autofree char *plain = natter_plain_name (name);
  g_autofree char *server = natter_plain_name (natter_server_get_name (natter_search_hit_get_server (hit)));

  if (*plain == '\0')
    return g_steal_pointer (&server);
  /* Translators: where a message is: name of a channel, name of a server */
  return g_strdup_printf (_("%1$s · %2$s"), plain, server);
}

static char *
dup_time (NatterSearchHit *hit)
{
  gint64 time = natter_search_hit_get_time (hit);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = natter_message_time_format_day (time, now);
  g_autofree char *clock = natter_message_time_format_clock (time);

  /* Translators: when a message was sent: day, time of the day */
  return g_strdup_printf (_("%1$s, %2$s"), day, clock);
}

static void
update_time (NatterSearchRow *self)
{
  g_autofree char *time = self->hit != NULL ? dup_time (self->hit) : g_strdup ("");

  gtk_label_set_text (self->time, time);
}

static void
update (NatterSearchRow *self)
{
  NatterMember *member = natter_search_hit_get_author (self->hit);
  g_autofree char *author = natter_plain_name (natter_search_hit_get_author_name (self->hit));
  g_autofree char *place = dup_place (self->hit);

  gtk_label_set_text (self->author, author);
  natter_name_color_apply (self->author, member != NULL ? natter_member_get_color (member) : -1);
  natter_avatar_set_text (self->avatar, author);
  natter_avatar_set_uri (self->avatar, member != NULL ? natter_member_get_avatar (member) : NULL);
  update_time (self);
  gtk_label_set_text (self->place, place);
  show_text (self);
}

static void
natter_search_row_dispose (GObject *object)
{
  NatterSearchRow *self = NATTER_SEARCH_ROW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->hit);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SEARCH_ROW);

  G_OBJECT_CLASS (natter_search_row_parent_class)->dispose (object);
}

static void
natter_search_row_class_init (NatterSearchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_search_row_dispose;

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterSearchRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchRow, author);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchRow, time);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchRow, text);
  gtk_widget_class_bind_template_child (widget_class, NatterSearchRow, place);
}

static void
natter_search_row_init (NatterSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NATTER_TYPE_SEARCH_HIT);
  g_signal_group_connect_swapped (self->signals, "notify::query", G_CALLBACK (show_text), self);
  g_signal_connect_object (natter_clock_get_default (), "notify::twelve-hours", G_CALLBACK (update_time), self, G_CONNECT_SWAPPED);
}

/**
 * natter_search_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
natter_search_row_new (void)
{
  return g_object_new (NATTER_TYPE_SEARCH_ROW, NULL);
}

/**
 * natter_search_row_set_hit:
 * @self: a row
 * @hit: (nullable): what to show; %NULL when the row waits for its next use
 */
void
natter_search_row_set_hit (NatterSearchRow *self,
                           NatterSearchHit *hit)
{
  g_return_if_fail (NATTER_IS_SEARCH_ROW (self));
  g_return_if_fail (hit == NULL || NATTER_IS_SEARCH_HIT (hit));

  if (!g_set_object (&self->hit, hit))
    return;
  g_signal_group_set_target (self->signals, hit);
  if (hit != NULL)
    update (self);
  else
    natter_avatar_set_uri (self->avatar, NULL);
}

/**
 * natter_search_row_describe:
 * @hit: a #NatterSearchHit
 *
 * Returns: (transfer full): what a screen reader says of it
 */
char *
natter_search_row_describe (gpointer hit)
{
  g_autofree char *author = NULL;
  g_autofree char *time = NULL;
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (NATTER_IS_SEARCH_HIT (hit), NULL);

  author = natter_plain_name (natter_search_hit_get_author_name (hit));
  time = dup_time (hit);
  place = dup_place (hit);
  text = dup_text (hit);
  /* Translators: read by a screen reader, a message that was found: author, text, place, time */
  return g_strdup_printf (_("%1$s: %2$s. %3$s, %4$s"), author, text, place, time);
}
