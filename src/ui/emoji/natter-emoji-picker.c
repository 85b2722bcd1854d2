/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-emoji-picker"

#include "config.h"

#include "natter-emoji-picker.h"

#include <glib/gi18n.h>

#include "natter-emoji-list.h"
#include "natter-emoji-view.h"
#include "natter-emoji.h"
#include "natter-plain-name.h"
#include "natter-server.h"

#define PICTURE_SIZE 28

/**
 * NatterEmojiPicker:
 *
 * Offers emojis: those that were used last, those of the server, those of Unicode by their groups, and a search in all of
 * them. With the keyboard: what is typed is searched for, Enter takes the first one, Down leads to the others.
 *
 * Signal "picked": (text): a character, or `:name:` of one of the server's own.
 *
 * Properties: channel (nullable): where it is to be used.
 */
struct _NatterEmojiPicker
{
  GtkPopover       parent_instance;

  GtkEditable     *search;
  GtkMenuButton   *tone;
  GtkLabel        *title;
  GtkStack        *stack;
  GtkScrolledWindow *scroller;
  GtkGridView     *grid;
  AdwToggleGroup  *groups;

  NatterEmojiList *emojis;
  NatterChannel   *channel;
  guint            filling : 1; /* the groups are being put together */
};

enum
{
  PROP_0,
  PROP_CHANNEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterEmojiPicker, natter_emoji_picker, GTK_TYPE_POPOVER)

static const struct
{
  const char *icon;
  const char *title;
} kinds[NATTER_EMOJI_N_GROUPS] = {
  [NATTER_EMOJI_USED] = { "emoji-recent-symbolic", N_("Recently Used") },
  [NATTER_EMOJI_SERVER] = { "starred-symbolic", NULL },
  [NATTER_EMOJI_SMILEYS] = { "emoji-people-symbolic", N_("Smileys") },
  [NATTER_EMOJI_PEOPLE] = { "emoji-body-symbolic", N_("People") },
  [NATTER_EMOJI_NATURE] = { "emoji-nature-symbolic", N_("Animals and Nature") },
  [NATTER_EMOJI_FOOD] = { "emoji-food-symbolic", N_("Food and Drink") },
  [NATTER_EMOJI_TRAVEL] = { "emoji-travel-symbolic", N_("Travel and Places") },
  [NATTER_EMOJI_ACTIVITIES] = { "emoji-activities-symbolic", N_("Activities") },
  [NATTER_EMOJI_OBJECTS] = { "emoji-objects-symbolic", N_("Objects") },
  [NATTER_EMOJI_SYMBOLS] = { "emoji-symbols-symbolic", N_("Symbols") },
  [NATTER_EMOJI_FLAGS] = { "emoji-flags-symbolic", N_("Flags") },
};

/* Names of groups, for the toggles. */
static char *
make_id (NatterEmojiGroup group)
{
  return g_strdup_printf ("%d", group);
}

static char *
dup_title (NatterEmojiPicker *self,
           NatterEmojiGroup   group)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  if (kinds[group].title != NULL)
    return g_strdup (_(kinds[group].title));
  return server != NULL ? natter_plain_name (natter_server_get_name (server)) : g_strdup ("");
}

static void
update_title (NatterEmojiPicker *self)
{
  g_autofree char *title = NULL;

  if (*gtk_editable_get_text (self->search) != '\0')
    title = g_strdup (_("Search Results"));
  else
    title = dup_title (self, natter_emoji_list_get_group (self->emojis));
  gtk_label_set_text (self->title, title);
}

static void
scroll_up (NatterEmojiPicker *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
on_items_changed (NatterEmojiPicker *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->emojis)) > 0 ? "emojis" : "nothing");
}

static void
on_search (NatterEmojiPicker *self)
{
  natter_emoji_list_set_search (self->emojis, gtk_editable_get_text (self->search));
  update_title (self);
  scroll_up (self);
}

static void
on_group (NatterEmojiPicker *self)
{
  const char *name = adw_toggle_group_get_active_name (self->groups);

  if (self->filling || name == NULL)
    return;
  gtk_editable_set_text (self->search, "");
  natter_emoji_list_set_group (self->emojis, (NatterEmojiGroup) g_ascii_strtoull (name, NULL, 10));
  update_title (self);
  scroll_up (self);
}

static void
pick (NatterEmojiPicker *self,
      guint              position)
{
  g_autoptr(NatterCandidate) candidate = g_list_model_get_item (G_LIST_MODEL (self->emojis), position);

  if (candidate == NULL || self->channel == NULL)
    return;
  natter_server_use_emoji (natter_channel_get_server (self->channel), natter_candidate_get_text (candidate));
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, natter_candidate_get_text (candidate));
}

static void
on_activate (NatterEmojiPicker *self,
             guint              position)
{
  pick (self, position);
}

static void
on_search_activate (NatterEmojiPicker *self)
{
  pick (self, 0);
}

static void
on_stop_search (NatterEmojiPicker *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
add_group (NatterEmojiPicker *self,
           NatterEmojiGroup   group)
{
  AdwToggle *toggle = adw_toggle_new ();
  g_autofree char *id = make_id (group);
  g_autofree char *title = dup_title (self, group);

  adw_toggle_set_name (toggle, id);
  adw_toggle_set_icon_name (toggle, kinds[group].icon);
  adw_toggle_set_tooltip (toggle, title);
  adw_toggle_group_add (self->groups, toggle);
}

/* Groups of which there is nothing here are not offered. */
static void
fill_groups (NatterEmojiPicker *self)
{
  NatterEmojiGroup first = NATTER_EMOJI_N_GROUPS;
  g_autofree char *id = NULL;

  self->filling = TRUE;
  adw_toggle_group_remove_all (self->groups);
  for (NatterEmojiGroup group = 0; group < NATTER_EMOJI_N_GROUPS; group++)
    {
      if (!natter_emoji_list_has_group (self->emojis, group))
        continue;
      add_group (self, group);
      first = MIN (first, group);
    }
  self->filling = FALSE;
  id = make_id (first);
  adw_toggle_group_set_active_name (self->groups, id);
  on_group (self);
}

static void
update_tone (NatterEmojiPicker *self)
{
  g_autofree char *hand = natter_emoji_with_tone ("✋", natter_emoji_list_get_tone (self->emojis));

  gtk_menu_button_set_label (self->tone, hand);
}

static void
on_set_tone (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  NatterEmojiPicker *self = NATTER_EMOJI_PICKER (widget);

  natter_emoji_list_set_tone (self->emojis, (guint) g_variant_get_int32 (parameter));
  update_tone (self);
}

/* (transfer full): a hand in each colour */
static GMenuModel *
make_tone_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (int tone = 0; tone <= NATTER_EMOJI_MAX_TONE; tone++)
    {
      const char * const names[] = { _("No Skin Tone"), _("Light"), _("Medium Light"), _("Medium"), _("Medium Dark"), _("Dark") };
      g_autofree char *hand = natter_emoji_with_tone ("✋", (guint) tone);
      g_autofree char *label = g_strdup_printf ("%s %s", hand, names[tone]);
      g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "emoji.tone", "i", tone);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, natter_emoji_view_new (PICTURE_SIZE));
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  NatterCandidate *candidate = gtk_list_item_get_item (item);
  GtkWidget *view = gtk_list_item_get_child (item);
  g_autofree char *label = natter_plain_name (natter_candidate_get_label (candidate));

  natter_emoji_view_set (NATTER_EMOJI_VIEW (view), natter_candidate_get_emoji (candidate), natter_candidate_get_picture (candidate));
  gtk_widget_set_tooltip_text (view, label);
  gtk_list_item_set_accessible_label (item, label);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  natter_emoji_view_set (NATTER_EMOJI_VIEW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
natter_emoji_picker_map (GtkWidget *widget)
{
  NatterEmojiPicker *self = NATTER_EMOJI_PICKER (widget);

  gtk_editable_set_text (self->search, "");
  fill_groups (self);
  update_tone (self);
  GTK_WIDGET_CLASS (natter_emoji_picker_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
natter_emoji_picker_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_object (value, NATTER_EMOJI_PICKER (object)->channel);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_emoji_picker_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHANNEL:
      natter_emoji_picker_set_channel (NATTER_EMOJI_PICKER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_emoji_picker_dispose (GObject *object)
{
  NatterEmojiPicker *self = NATTER_EMOJI_PICKER (object);

  g_clear_object (&self->channel);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_EMOJI_PICKER);

  G_OBJECT_CLASS (natter_emoji_picker_parent_class)->dispose (object);
}

static void
natter_emoji_picker_finalize (GObject *object)
{
  g_clear_object (&NATTER_EMOJI_PICKER (object)->emojis);

  G_OBJECT_CLASS (natter_emoji_picker_parent_class)->finalize (object);
}

static void
natter_emoji_picker_class_init (NatterEmojiPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_emoji_picker_get_property;
  object_class->set_property = natter_emoji_picker_set_property;
  object_class->dispose = natter_emoji_picker_dispose;
  object_class->finalize = natter_emoji_picker_finalize;
  widget_class->map = natter_emoji_picker_map;

  properties[PROP_CHANNEL] =
    g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "emoji.tone", "i", on_set_tone);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-emoji-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, search);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, tone);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, title);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, grid);
  gtk_widget_class_bind_template_child (widget_class, NatterEmojiPicker, groups);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_group);
}

static void
natter_emoji_picker_init (NatterEmojiPicker *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GtkNoSelection) model = NULL;
  g_autoptr(GMenuModel) tones = make_tone_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->emojis = natter_emoji_list_new ();
  g_signal_connect_object (self->emojis, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->emojis)));
  gtk_grid_view_set_factory (self->grid, factory);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (model));
  gtk_menu_button_set_menu_model (self->tone, tones);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), GTK_WIDGET (self));
}

/**
 * natter_emoji_picker_new:
 *
 * Returns: (transfer floating): a picker for no channel
 */
GtkWidget *
natter_emoji_picker_new (void)
{
  return g_object_new (NATTER_TYPE_EMOJI_PICKER, NULL);
}

/**
 * natter_emoji_picker_set_channel:
 * @self: a picker
 * @channel: (nullable): where the emoji is to be used
 */
void
natter_emoji_picker_set_channel (NatterEmojiPicker *self,
                                 NatterChannel     *channel)
{
  g_return_if_fail (NATTER_IS_EMOJI_PICKER (self));
  g_return_if_fail (channel == NULL || NATTER_IS_CHANNEL (channel));

  if (!g_set_object (&self->channel, channel))
    return;
  natter_emoji_list_set_channel (self->emojis, channel);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill_groups (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}
