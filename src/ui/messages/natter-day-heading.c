/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-day-heading"

#include "config.h"

#include "natter-day-heading.h"

#include "natter-message-time.h"

/* Between the name and the lines. */
#define SPACING 12

/**
 * NatterDayHeading:
 *
 * The name of a day between two lines, above the first message of that day. The lines have the colour of the heading, the
 * name has its own.
 */
struct _NatterDayHeading
{
  GtkWidget  parent_instance;

  GtkWidget *day;
};

G_DEFINE_FINAL_TYPE (NatterDayHeading, natter_day_heading, GTK_TYPE_WIDGET)

static void
natter_day_heading_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  gtk_widget_measure (NATTER_DAY_HEADING (widget)->day, orientation, -1, minimum, natural, NULL, NULL);
}

static void
natter_day_heading_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  NatterDayHeading *self = NATTER_DAY_HEADING (widget);
  int natural;

  gtk_widget_measure (self->day, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  natural = MIN (natural, width);
  gtk_widget_allocate (self->day, natural, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) ((width - natural) / 2), 0)));
}

static void
natter_day_heading_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  NatterDayHeading *self = NATTER_DAY_HEADING (widget);
  int length = (gtk_widget_get_width (widget) - gtk_widget_get_width (self->day)) / 2 - SPACING;
  float y = (float) (gtk_widget_get_height (widget) / 2);
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (length > 0)
    {
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, y, (float) length, 1));
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) (gtk_widget_get_width (widget) - length), y, (float) length, 1));
    }
  gtk_widget_snapshot_child (widget, self->day, snapshot);
}

static void
natter_day_heading_dispose (GObject *object)
{
  g_clear_pointer (&NATTER_DAY_HEADING (object)->day, gtk_widget_unparent);

  G_OBJECT_CLASS (natter_day_heading_parent_class)->dispose (object);
}

static void
natter_day_heading_class_init (NatterDayHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_day_heading_dispose;
  widget_class->measure = natter_day_heading_measure;
  widget_class->size_allocate = natter_day_heading_size_allocate;
  widget_class->snapshot = natter_day_heading_snapshot;

  gtk_widget_class_set_css_name (widget_class, "dayheading");
}

static void
natter_day_heading_init (NatterDayHeading *self)
{
  self->day = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->day), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->day, "caption-heading");
  gtk_widget_add_css_class (self->day, "dimmed");
  gtk_widget_set_parent (self->day, GTK_WIDGET (self));
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
}

/**
 * natter_day_heading_new:
 *
 * Returns: (transfer floating): a heading with no day yet
 */
GtkWidget *
natter_day_heading_new (void)
{
  return g_object_new (NATTER_TYPE_DAY_HEADING, NULL);
}

/**
 * natter_day_heading_set_time:
 * @self: a heading
 * @time: any time of the day, µs since 1970
 */
void
natter_day_heading_set_time (NatterDayHeading *self,
                             gint64            time)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = natter_message_time_format_day (time, now);

  g_return_if_fail (NATTER_IS_DAY_HEADING (self));

  gtk_label_set_text (GTK_LABEL (self->day), day);
}
