/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-day-heading"

#include "config.h"

#include "natter-day-heading.h"

#include "natter-message-time.h"

/**
 * NatterDayHeading:
 *
 * The name of a day between two lines, above the first message of that day.
 */
struct _NatterDayHeading
{
  GtkBox    parent_instance;

  GtkLabel *day;
};

G_DEFINE_FINAL_TYPE (NatterDayHeading, natter_day_heading, GTK_TYPE_BOX)

static void
natter_day_heading_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_DAY_HEADING);

  G_OBJECT_CLASS (natter_day_heading_parent_class)->dispose (object);
}

static void
natter_day_heading_class_init (NatterDayHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_day_heading_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-day-heading.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterDayHeading, day);
}

static void
natter_day_heading_init (NatterDayHeading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  gtk_label_set_text (self->day, day);
}
