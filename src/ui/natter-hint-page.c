/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-hint-page"

#include "config.h"

#include "natter-hint-page.h"

/**
 * NatterHintPage:
 *
 * A status page that is made when it is shown: two dozen widgets that most pages of a stack never need.
 *
 * Properties, all of them plain text: icon-name, title, description (nullable), button-label and action-name (a button below; none without them).
 */
struct _NatterHintPage
{
  AdwBin  parent_instance;

  char   *icon_name;
  char   *title;
  char   *description;
  char   *button_label;
  char   *action_name;
};

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterHintPage, natter_hint_page, ADW_TYPE_BIN)

static GtkWidget *
new_button (NatterHintPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (self->button_label);

  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), self->action_name);
  return button;
}

static void
make_page (NatterHintPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  g_auto(GStrv) classes = gtk_widget_get_css_classes (GTK_WIDGET (self));

  gtk_widget_set_css_classes (page, (const char **) classes);
  if (self->button_label != NULL)
    adw_status_page_set_child (ADW_STATUS_PAGE (page), new_button (self));
  adw_bin_set_child (ADW_BIN (self), page);
}

static void
update (NatterHintPage *self)
{
  GtkWidget *page = adw_bin_get_child (ADW_BIN (self));
  g_autofree char *title = g_markup_escape_text (self->title != NULL ? self->title : "", -1);
  g_autofree char *description = self->description != NULL ? g_markup_escape_text (self->description, -1) : NULL;

  if (page == NULL)
    return;
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), self->icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
}

static void
natter_hint_page_map (GtkWidget *widget)
{
  NatterHintPage *self = NATTER_HINT_PAGE (widget);

  if (adw_bin_get_child (ADW_BIN (self)) == NULL)
    make_page (self);
  update (self);
  GTK_WIDGET_CLASS (natter_hint_page_parent_class)->map (widget);
}

static void
natter_hint_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  NatterHintPage *self = NATTER_HINT_PAGE (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;
    case PROP_ACTION_NAME:
      g_value_set_string (value, self->action_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_hint_page_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  NatterHintPage *self = NATTER_HINT_PAGE (object);

  switch (prop_id)
    {
    case PROP_ICON_NAME:
      natter_hint_page_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_TITLE:
      natter_hint_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      natter_hint_page_set_description (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      g_set_str (&self->button_label, g_value_get_string (value));
      break;
    case PROP_ACTION_NAME:
      g_set_str (&self->action_name, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_hint_page_finalize (GObject *object)
{
  NatterHintPage *self = NATTER_HINT_PAGE (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->description);
  g_free (self->button_label);
  g_free (self->action_name);

  G_OBJECT_CLASS (natter_hint_page_parent_class)->finalize (object);
}

static void
natter_hint_page_class_init (NatterHintPageClass *klass)
{
  static const char * const names[N_PROPS] = { NULL, "icon-name", "title", "description", "button-label", "action-name" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_hint_page_get_property;
  object_class->set_property = natter_hint_page_set_property;
  object_class->finalize = natter_hint_page_finalize;
  GTK_WIDGET_CLASS (klass)->map = natter_hint_page_map;

  for (guint i = 1; i < N_PROPS; i++)
    properties[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_hint_page_init (NatterHintPage *self)
{
}

/**
 * natter_hint_page_set_icon_name:
 * @self: a page
 * @icon_name: (nullable): what it is about
 */
void
natter_hint_page_set_icon_name (NatterHintPage *self,
                                const char     *icon_name)
{
  g_return_if_fail (NATTER_IS_HINT_PAGE (self));

  g_set_str (&self->icon_name, icon_name);
  update (self);
}

/**
 * natter_hint_page_set_title:
 * @self: a page
 * @title: what is so
 */
void
natter_hint_page_set_title (NatterHintPage *self,
                            const char     *title)
{
  g_return_if_fail (NATTER_IS_HINT_PAGE (self));

  g_set_str (&self->title, title);
  update (self);
}

/**
 * natter_hint_page_set_description:
 * @self: a page
 * @description: (nullable): why, or what to do; text without markup
 */
void
natter_hint_page_set_description (NatterHintPage *self,
                                  const char     *description)
{
  g_return_if_fail (NATTER_IS_HINT_PAGE (self));

  g_set_str (&self->description, description);
  update (self);
}
