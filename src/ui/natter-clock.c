/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-clock"

#include "config.h"

#include "natter-clock.h"

#include <langinfo.h>
#include <string.h>

struct _NatterClock
{
  GObject parent_instance;

  guint   twelve_hours : 1;
};

enum
{
  PROP_0,
  PROP_TWELVE_HOURS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterClock, natter_clock, G_TYPE_OBJECT)

static void
natter_clock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TWELVE_HOURS:
      g_value_set_boolean (value, natter_clock_get_twelve_hours (NATTER_CLOCK (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_clock_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TWELVE_HOURS:
      natter_clock_set_twelve_hours (NATTER_CLOCK (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_clock_class_init (NatterClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_clock_get_property;
  object_class->set_property = natter_clock_set_property;

  properties[PROP_TWELVE_HOURS] =
    g_param_spec_boolean ("twelve-hours", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_clock_init (NatterClock *self)
{
  self->twelve_hours = !!natter_clock_format_has_twelve_hours (nl_langinfo (T_FMT));
}

/**
 * natter_clock_get_default:
 *
 * Returns: (transfer none): the one clock
 */
NatterClock *
natter_clock_get_default (void)
{
  static NatterClock *clock;

  if (clock == NULL)
    clock = g_object_new (NATTER_TYPE_CLOCK, NULL);
  return clock;
}

/**
 * natter_clock_get_twelve_hours:
 * @self: the clock
 *
 * Returns: whether the afternoon begins with 1 again
 */
gboolean
natter_clock_get_twelve_hours (NatterClock *self)
{
  g_return_val_if_fail (NATTER_IS_CLOCK (self), FALSE);

  return self->twelve_hours;
}

/**
 * natter_clock_set_twelve_hours:
 * @self: the clock
 * @twelve_hours: whether the afternoon is to begin with 1 again
 */
void
natter_clock_set_twelve_hours (NatterClock *self, gboolean twelve_hours)
{
  g_return_if_fail (NATTER_IS_CLOCK (self));

  if (self->twelve_hours == !!twelve_hours)
    return;
  self->twelve_hours = !!twelve_hours;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TWELVE_HOURS]);
}

/**
 * natter_clock_format_has_twelve_hours:
 * @format: how a language writes the time, as in `nl_langinfo (T_FMT)`
 *
 * Returns: whether it counts 12 hours
 */
gboolean
natter_clock_format_has_twelve_hours (const char *format)
{
  g_return_val_if_fail (format != NULL, FALSE);

  for (const char *at = strchr (format, '%'); at != NULL && *at != '\0'; at = strchr (at, '%'))
    {
      at++;
      at += strspn (at, "_-0^#EO"); /* flags */
      if (*at != '\0' && strchr ("rIlpP", *at) != NULL)
        return TRUE;
      if (*at != '\0')
        at++;
    }
  return FALSE;
}
