/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-avatar"

#include "config.h"

#include "natter-avatar.h"

#include "natter-pictures.h"

/* How much of the diameter the initials may take. */
#define INITIALS_SHARE 0.56

/* The colours avatar.color1 to avatar.color14 are those of libadwaita's own avatars. */
#define N_COLORS 14

/* Lists show hundreds: it is one widget that draws, and what it draws is only made when it is seen. */
struct _NatterAvatar
{
  GtkWidget     parent_instance;

  int           size;
  char         *text;
  char         *uri;
  GdkTexture   *texture;
  PangoLayout  *initials; /* NULL until they are drawn */
  GCancellable *cancellable; /* of the picture on its way */
  char          look[16]; /* the style class of the colour, or of a picture */
};

enum
{
  PROP_0,
  PROP_SIZE,
  PROP_TEXT,
  PROP_URI,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterAvatar, natter_avatar, GTK_TYPE_WIDGET)

/* Some people are known by their picture, the others by their colour. Other classes are those of the place. */
static void
update_look (NatterAvatar *self)
{
  guint color = self->text != NULL && *self->text != '\0' ? g_str_hash (self->text) % N_COLORS + 1 : N_COLORS;
  char look[sizeof self->look];

  if (self->texture != NULL)
    g_strlcpy (look, "image", sizeof look);
  else
    g_snprintf (look, sizeof look, "color%u", color);
  if (g_str_equal (look, self->look))
    return;
  if (*self->look != '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->look);
  g_strlcpy (self->look, look, sizeof look);
  gtk_widget_add_css_class (GTK_WIDGET (self), look);
}

static void
set_texture (NatterAvatar *self, GdkTexture *texture)
{
  if (!g_set_object (&self->texture, texture))
    return;
  update_look (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = natter_pictures_load_finish (result, &error);
  NatterAvatar *self;

  /* Cancelled means that the widget shows something else by now, or is gone. */
  if (texture == NULL)
    return;
  self = data;
  g_clear_object (&self->cancellable);
  set_texture (self, texture);
}

static void
cancel (NatterAvatar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (NatterAvatar *self)
{
  int pixels = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  GdkTexture *texture;

  cancel (self);
  texture = self->uri != NULL ? natter_pictures_lookup (self->uri, pixels) : NULL;
  set_texture (self, texture);
  if (self->uri == NULL || texture != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  natter_pictures_load_async (self->uri, pixels, self->cancellable, loaded_cb, self);
}

/* The first letters of the first and of the last word. */
static char *
make_initials (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr(GString) initials = g_string_new (NULL);
  const char *last = strrchr (stripped, ' ');

  if (*stripped != '\0')
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (stripped)));
  if (last != NULL)
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (last + 1)));
  return g_string_free (g_steal_pointer (&initials), FALSE);
}

static void
draw_initials (NatterAvatar *self, GtkSnapshot *snapshot)
{
  PangoRectangle box;
  GdkRGBA color;
  float scale;

  if (self->initials == NULL)
    {
      g_autofree char *initials = make_initials (self->text);

      self->initials = gtk_widget_create_pango_layout (GTK_WIDGET (self), initials);
    }
  pango_layout_get_pixel_extents (self->initials, NULL, &box);
  if (box.width <= 0 || box.height <= 0)
    return;

  /* One size of letters, drawn larger or smaller: every further size of a font is as dear as a font. */
  scale = (float) (INITIALS_SHARE * self->size / MAX (box.width, box.height));
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->size / 2.0f, self->size / 2.0f));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-box.x - box.width / 2.0f, -box.y - box.height / 2.0f));
  gtk_snapshot_append_layout (snapshot, self->initials, &color);
  gtk_snapshot_restore (snapshot);
}

/* Fills the circle, whatever shape the picture has. */
static void
draw_texture (NatterAvatar *self, GtkSnapshot *snapshot)
{
  int width = gdk_texture_get_width (self->texture), height = gdk_texture_get_height (self->texture);
  float scale = (float) self->size / MIN (width, height);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, self->size, self->size);
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &bounds, self->size / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_scaled_texture (snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
                                      &GRAPHENE_RECT_INIT ((self->size - width * scale) / 2, (self->size - height * scale) / 2,
                                                           width * scale, height * scale));
  gtk_snapshot_pop (snapshot);
}

static void
natter_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  NatterAvatar *self = NATTER_AVATAR (widget);

  if (self->texture != NULL)
    draw_texture (self, snapshot);
  else
    draw_initials (self, snapshot);
}

static void
natter_avatar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = NATTER_AVATAR (widget)->size;
}

static GtkSizeRequestMode
natter_avatar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
natter_avatar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  NatterAvatar *self = NATTER_AVATAR (widget);

  GTK_WIDGET_CLASS (natter_avatar_parent_class)->css_changed (widget, change);

  g_clear_object (&self->initials);
}

static void
natter_avatar_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  NatterAvatar *self = NATTER_AVATAR (widget);

  GTK_WIDGET_CLASS (natter_avatar_parent_class)->system_setting_changed (widget, setting);

  g_clear_object (&self->initials);
}

static void
natter_avatar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterAvatar *self = NATTER_AVATAR (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      g_value_set_int (value, natter_avatar_get_size (self));
      break;
    case PROP_TEXT:
      g_value_set_string (value, natter_avatar_get_text (self));
      break;
    case PROP_URI:
      g_value_set_string (value, self->uri);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_avatar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterAvatar *self = NATTER_AVATAR (object);

  switch (prop_id)
    {
    case PROP_SIZE:
      natter_avatar_set_size (self, g_value_get_int (value));
      break;
    case PROP_TEXT:
      natter_avatar_set_text (self, g_value_get_string (value));
      break;
    case PROP_URI:
      natter_avatar_set_uri (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_avatar_dispose (GObject *object)
{
  NatterAvatar *self = NATTER_AVATAR (object);

  cancel (self);
  g_clear_object (&self->initials);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (natter_avatar_parent_class)->dispose (object);
}

static void
natter_avatar_finalize (GObject *object)
{
  NatterAvatar *self = NATTER_AVATAR (object);

  g_free (self->text);
  g_free (self->uri);

  G_OBJECT_CLASS (natter_avatar_parent_class)->finalize (object);
}

static void
natter_avatar_class_init (NatterAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_avatar_get_property;
  object_class->set_property = natter_avatar_set_property;
  object_class->dispose = natter_avatar_dispose;
  object_class->finalize = natter_avatar_finalize;
  widget_class->snapshot = natter_avatar_snapshot;
  widget_class->measure = natter_avatar_measure;
  widget_class->get_request_mode = natter_avatar_get_request_mode;
  widget_class->css_changed = natter_avatar_css_changed;
  widget_class->system_setting_changed = natter_avatar_system_setting_changed;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 512, 40,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
natter_avatar_init (NatterAvatar *self)
{
  self->size = 40;
  gtk_widget_add_css_class (GTK_WIDGET (self), "contrasted");
  update_look (self);
}

/**
 * natter_avatar_new:
 * @size: in logical pixels
 *
 * Returns: (transfer floating): a new avatar
 */
GtkWidget *
natter_avatar_new (int size)
{
  return g_object_new (NATTER_TYPE_AVATAR, "size", size, NULL);
}

/**
 * natter_avatar_get_size:
 * @self: an avatar
 *
 * How large it is.
 *
 * Returns: width and height in pixels
 */
int
natter_avatar_get_size (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), 0);
  return self->size;
}

/**
 * natter_avatar_set_size:
 * @self: an avatar
 * @size: width and height in pixels
 *
 * Makes it larger or smaller; the picture is decoded for that size.
 */
void
natter_avatar_set_size (NatterAvatar *self, int size)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (self->size == size)
    return;
  self->size = size;
  load (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

/**
 * natter_avatar_get_text:
 * @self: an avatar
 *
 * Whose picture it is.
 *
 * Returns: (nullable): the name that initials and colour are made of
 */
const char *
natter_avatar_get_text (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), NULL);
  return self->text;
}

/**
 * natter_avatar_set_text:
 * @self: an avatar
 * @text: (nullable): the name that initials and colour are made of
 *
 * Gives it the name of somebody; without a picture its initials are shown.
 */
void
natter_avatar_set_text (NatterAvatar *self, const char *text)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (!g_set_str (&self->text, text))
    return;
  g_clear_object (&self->initials);
  update_look (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * natter_avatar_get_uri:
 * @self: an avatar
 *
 * Where the picture comes from.
 *
 * Returns: (nullable): the address of the picture
 */
const char *
natter_avatar_get_uri (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), NULL);
  return self->uri;
}

/**
 * natter_avatar_set_uri:
 * @self: an avatar
 * @uri: (nullable): the address of the picture
 *
 * Has the picture fetched; without one, or until it is there, initials are shown.
 */
void
natter_avatar_set_uri (NatterAvatar *self, const char *uri)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (!g_set_str (&self->uri, uri))
    return;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URI]);
}
