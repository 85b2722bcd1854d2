/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-failure"

#include "config.h"

#include "natter-message-failure.h"

/**
 * NatterMessageFailure:
 *
 * What stands under a message that was not sent: the reason, and buttons for the actions `message.retry`,
 * `message.copy` and `message.discard` of the row that it is in.
 */
struct _NatterMessageFailure
{
  AdwBin    parent_instance;

  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (NatterMessageFailure, natter_message_failure, ADW_TYPE_BIN)

static void
natter_message_failure_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_MESSAGE_FAILURE);

  G_OBJECT_CLASS (natter_message_failure_parent_class)->dispose (object);
}

static void
natter_message_failure_class_init (NatterMessageFailureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_message_failure_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-message-failure.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMessageFailure, reason);
}

static void
natter_message_failure_init (NatterMessageFailure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_message_failure_new:
 *
 * Returns: (transfer floating): a widget with no reason yet
 */
GtkWidget *
natter_message_failure_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_FAILURE, NULL);
}

/**
 * natter_message_failure_set_reason:
 * @self: the widget
 * @reason: why the message was not sent, in words for a person
 */
void
natter_message_failure_set_reason (NatterMessageFailure *self,
                                   const char           *reason)
{
  g_return_if_fail (NATTER_IS_MESSAGE_FAILURE (self));

  gtk_label_set_text (self->reason, reason);
}
