/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-typing-line"

#include "config.h"

#include "natter-typing-line.h"

#include <glib/gi18n.h>

#include "natter-member.h"
#include "natter-plain-name.h"

/**
 * NatterTypingLine:
 *
 * Says who is typing, in a line that is as high when nobody is, so that nothing jumps.
 */
struct _NatterTypingLine
{
  AdwBin        parent_instance;

  GtkLabel     *label;
  GSignalGroup *signals; /* on the list of members */
};

G_DEFINE_FINAL_TYPE (NatterTypingLine, natter_typing_line, ADW_TYPE_BIN)

static char *
dup_name (GListModel *members,
          guint       position)
{
  g_autoptr(NatterMember) member = g_list_model_get_item (members, position);

  return natter_plain_name (natter_member_get_name (member));
}

static char *
make_text (GListModel *members)
{
  guint n_members = g_list_model_get_n_items (members);
  g_autofree char *first = n_members > 0 ? dup_name (members, 0) : NULL;
  g_autofree char *second = n_members > 1 ? dup_name (members, 1) : NULL;

  switch (n_members)
    {
    case 0:
      return g_strdup ("");
    case 1:
      /* Translators: the name of a person */
      return g_strdup_printf (_("%s is typing…"), first);
    case 2:
      /* Translators: the names of two persons */
      return g_strdup_printf (_("%1$s and %2$s are typing…"), first, second);
    default:
      return g_strdup (_("Several people are typing…"));
    }
}

static void
update (NatterTypingLine *self)
{
  g_autoptr(GListModel) members = g_signal_group_dup_target (self->signals);
  g_autofree char *text = members != NULL ? make_text (members) : g_strdup ("");

  gtk_label_set_text (self->label, text);
}

static void
natter_typing_line_dispose (GObject *object)
{
  NatterTypingLine *self = NATTER_TYPING_LINE (object);

  g_signal_group_set_target (self->signals, NULL);
  /* The template frees a bound child that is the bin's own, without the bin hearing of it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_TYPING_LINE);

  G_OBJECT_CLASS (natter_typing_line_parent_class)->dispose (object);
}

static void
natter_typing_line_finalize (GObject *object)
{
  g_clear_object (&NATTER_TYPING_LINE (object)->signals);

  G_OBJECT_CLASS (natter_typing_line_parent_class)->finalize (object);
}

static void
natter_typing_line_class_init (NatterTypingLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_typing_line_dispose;
  object_class->finalize = natter_typing_line_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-typing-line.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterTypingLine, label);
}

static void
natter_typing_line_init (NatterTypingLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->signals, "items-changed", G_CALLBACK (update), self);
}

/**
 * natter_typing_line_set_members:
 * @self: a line
 * @members: (nullable): #NatterMember who are typing now
 */
void
natter_typing_line_set_members (NatterTypingLine *self,
                                GListModel       *members)
{
  g_return_if_fail (NATTER_IS_TYPING_LINE (self));

  g_signal_group_set_target (self->signals, members);
  update (self);
}
