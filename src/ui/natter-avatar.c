/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-avatar"

#include "config.h"

#include "natter-avatar.h"

#include "natter-pictures.h"

struct _NatterAvatar
{
  AdwBin parent_instance;

  AdwAvatar    *avatar;
  char         *uri;
  GCancellable *cancellable; /* of the picture on its way */
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

G_DEFINE_FINAL_TYPE (NatterAvatar, natter_avatar, ADW_TYPE_BIN)

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
  adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (texture));
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
  int pixels = adw_avatar_get_size (self->avatar) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  GdkTexture *texture;

  cancel (self);
  texture = self->uri != NULL ? natter_pictures_lookup (self->uri, pixels) : NULL;
  adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (texture));
  if (self->uri == NULL || texture != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  natter_pictures_load_async (self->uri, pixels, self->cancellable, loaded_cb, self);
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
  cancel (NATTER_AVATAR (object));

  G_OBJECT_CLASS (natter_avatar_parent_class)->dispose (object);
}

static void
natter_avatar_finalize (GObject *object)
{
  g_free (NATTER_AVATAR (object)->uri);

  G_OBJECT_CLASS (natter_avatar_parent_class)->finalize (object);
}

static void
natter_avatar_class_init (NatterAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_avatar_get_property;
  object_class->set_property = natter_avatar_set_property;
  object_class->dispose = natter_avatar_dispose;
  object_class->finalize = natter_avatar_finalize;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 512, 40,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_URI] = g_param_spec_string ("uri", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
natter_avatar_init (NatterAvatar *self)
{
  self->avatar = ADW_AVATAR (adw_avatar_new (40, NULL, TRUE));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->avatar));
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

int
natter_avatar_get_size (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), 0);
  return adw_avatar_get_size (self->avatar);
}

void
natter_avatar_set_size (NatterAvatar *self, int size)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (adw_avatar_get_size (self->avatar) == size)
    return;
  adw_avatar_set_size (self->avatar, size);
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

const char *
natter_avatar_get_text (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), NULL);
  return adw_avatar_get_text (self->avatar);
}

void
natter_avatar_set_text (NatterAvatar *self, const char *text)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (g_strcmp0 (adw_avatar_get_text (self->avatar), text) == 0)
    return;
  adw_avatar_set_text (self->avatar, text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
natter_avatar_get_uri (NatterAvatar *self)
{
  g_return_val_if_fail (NATTER_IS_AVATAR (self), NULL);
  return self->uri;
}

void
natter_avatar_set_uri (NatterAvatar *self, const char *uri)
{
  g_return_if_fail (NATTER_IS_AVATAR (self));

  if (!g_set_str (&self->uri, uri))
    return;
  load (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URI]);
}
