/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-date-dialog"

#include "config.h"

#include "natter-date-dialog.h"

#include <glib/gi18n.h>

/**
 * NatterDateDialog:
 *
 * Asks for a day of a conversation.
 *
 * Signals: "chosen" (gint64), the time at which the day begins, in µs since 1970; 0 is where the conversation begins.
 */
struct _NatterDateDialog
{
  AdwDialog    parent_instance;

  GtkCalendar *calendar;
  GtkLabel    *day;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterDateDialog, natter_date_dialog, ADW_TYPE_DIALOG)

/* The calendar itself tells assistive technology nothing. */
static void
on_date_changed (NatterDateDialog *self)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);
  /* Translators: a day as it is written in full; %A is the day of the week, see strftime(3) */
  g_autofree char *text = g_date_time_format (date, C_("date", "%A, %-e %B %Y"));

  gtk_label_set_text (self->day, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The calendar's own keys move a frame that has to be chosen first; people expect the day itself to move. */
static gboolean
on_key_pressed (NatterDateDialog *self,
                guint             key,
                guint             code,
                GdkModifierType   modifiers)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) next = NULL;
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      next = g_date_time_add_days (date, -forward);
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      next = g_date_time_add_days (date, forward);
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      next = g_date_time_add_days (date, -7);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      next = g_date_time_add_days (date, 7);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      next = g_date_time_add_months (date, -1);
      break;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      next = g_date_time_add_months (date, 1);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      gtk_widget_activate_action (GTK_WIDGET (self), "date.go", NULL);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  if (next != NULL)
    gtk_calendar_select_day (self->calendar, next);
  return GDK_EVENT_STOP;
}

static void
choose (NatterDateDialog *self,
        gint64            time)
{
  g_autoptr(NatterDateDialog) alive = g_object_ref (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, time);
}

static void
on_go (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  NatterDateDialog *self = NATTER_DATE_DIALOG (widget);
  g_autoptr(GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr(GDateTime) start = g_date_time_new_local (g_date_time_get_year (date), g_date_time_get_month (date),
                                                      g_date_time_get_day_of_month (date), 0, 0, 0);

  choose (self, MAX (g_date_time_to_unix (start), 0) * G_USEC_PER_SEC);
}

static void
on_first (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  choose (NATTER_DATE_DIALOG (widget), 0);
}

static void
on_cancel (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
find_buttons (GtkWidget *widget,
              GPtrArray *buttons)
{
  if (GTK_IS_BUTTON (widget))
    g_ptr_array_add (buttons, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    find_buttons (child, buttons);
}

/* GTK leaves the arrows of a calendar without a name. */
static void
name_arrows (NatterDateDialog *self)
{
  const char * const names[] = { _("Previous Month"), _("Next Month"), _("Previous Year"), _("Next Year") };
  g_autoptr(GPtrArray) buttons = g_ptr_array_new ();

  find_buttons (GTK_WIDGET (self->calendar), buttons);
  for (guint i = 0; buttons->len == G_N_ELEMENTS (names) && i < buttons->len; i++)
    gtk_accessible_update_property (buttons->pdata[i], GTK_ACCESSIBLE_PROPERTY_LABEL, names[i], -1);
}

static void
natter_date_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_DATE_DIALOG);
  G_OBJECT_CLASS (natter_date_dialog_parent_class)->dispose (object);
}

static void
natter_date_dialog_class_init (NatterDateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_date_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_INT64);
  gtk_widget_class_install_action (widget_class, "date.go", NULL, on_go);
  gtk_widget_class_install_action (widget_class, "date.first", NULL, on_first);
  gtk_widget_class_install_action (widget_class, "date.cancel", NULL, on_cancel);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-date-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterDateDialog, calendar);
  gtk_widget_class_bind_template_child (widget_class, NatterDateDialog, day);
  gtk_widget_class_bind_template_callback (widget_class, on_date_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
natter_date_dialog_init (NatterDateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_arrows (self);
  on_date_changed (self);
}

/**
 * natter_date_dialog_new:
 * @time: a time of the day to begin with, µs since 1970
 *
 * Returns: (transfer floating): a dialog that asks for a day
 */
NatterDateDialog *
natter_date_dialog_new (gint64 time)
{
  NatterDateDialog *self = g_object_new (NATTER_TYPE_DATE_DIALOG, NULL);
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  if (date != NULL)
    gtk_calendar_select_day (self->calendar, date);
  return self;
}
