/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-composer-bar"

#include "config.h"

#include "natter-composer-bar.h"

#include <glib/gi18n.h>

#include "natter-message.h"
#include "natter-plain-name.h"
#include "natter-timeline.h"

/**
 * NatterComposerBar:
 *
 * Above the entry: which message one answers or changes, and whether its author is notified. Hidden for an ordinary
 * message.
 */
struct _NatterComposerBar
{
  AdwBin           parent_instance;

  GtkLabel        *title;
  GtkLabel        *quote;
  GtkToggleButton *ping;

  NatterChannel   *channel;
  NatterDraft     *draft;
  GSignalGroup    *signals;
  GBinding        *ping_binding;
};

G_DEFINE_FINAL_TYPE (NatterComposerBar, natter_composer_bar, ADW_TYPE_BIN)

static NatterMessage *
find_message (NatterComposerBar *self,
              const char        *id)
{
  return id != NULL ? natter_timeline_lookup (natter_channel_get_timeline (self->channel), id) : NULL;
}

static void
update (NatterComposerBar *self)
{
  const char *edited = self->draft != NULL ? natter_draft_get_edited_id (self->draft) : NULL;
  const char *reply_to = self->draft != NULL && edited == NULL ? natter_draft_get_reply_to (self->draft) : NULL;
  NatterMessage *message = self->channel != NULL ? find_message (self, edited != NULL ? edited : reply_to) : NULL;
  g_autofree char *name = natter_plain_name (message != NULL ? natter_message_get_author_name (message) : NULL);
  g_autofree char *plain = message != NULL ? natter_message_dup_plain (message) : NULL;
  g_autofree char *quote = natter_plain_name (plain);
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), edited != NULL || reply_to != NULL);
  if (edited != NULL)
    title = g_strdup (_("Editing Message"));
  else if (*name != '\0')
    /* Translators: above the entry: whom one answers */
    title = g_strdup_printf (_("Replying to %s"), name);
  else
    title = g_strdup (_("Replying to an Earlier Message"));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->quote, quote);
  gtk_widget_set_visible (GTK_WIDGET (self->quote), *quote != '\0');
  /* Nobody is notified by oneself. */
  gtk_widget_set_visible (GTK_WIDGET (self->ping), reply_to != NULL && (message == NULL || !natter_message_get_own (message)));
}

static void
natter_composer_bar_dispose (GObject *object)
{
  NatterComposerBar *self = NATTER_COMPOSER_BAR (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->channel);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_COMPOSER_BAR);

  G_OBJECT_CLASS (natter_composer_bar_parent_class)->dispose (object);
}

static void
natter_composer_bar_finalize (GObject *object)
{
  g_clear_object (&NATTER_COMPOSER_BAR (object)->signals);

  G_OBJECT_CLASS (natter_composer_bar_parent_class)->finalize (object);
}

static void
natter_composer_bar_class_init (NatterComposerBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_composer_bar_dispose;
  object_class->finalize = natter_composer_bar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-composer-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterComposerBar, title);
  gtk_widget_class_bind_template_child (widget_class, NatterComposerBar, quote);
  gtk_widget_class_bind_template_child (widget_class, NatterComposerBar, ping);
}

static void
natter_composer_bar_init (NatterComposerBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (NATTER_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->signals, "notify::reply-to", G_CALLBACK (update), self);
}

/**
 * natter_composer_bar_set_draft:
 * @self: the bar
 * @channel: (nullable): where one writes
 * @draft: (nullable): what is being written
 */
void
natter_composer_bar_set_draft (NatterComposerBar *self,
                               NatterChannel     *channel,
                               NatterDraft       *draft)
{
  g_return_if_fail (NATTER_IS_COMPOSER_BAR (self));

  g_clear_pointer (&self->ping_binding, g_binding_unbind);
  g_set_object (&self->channel, channel);
  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->signals, draft);
  if (draft != NULL)
    self->ping_binding = g_object_bind_property (draft, "reply-pings", self->ping, "active",
                                                 G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  update (self);
}
