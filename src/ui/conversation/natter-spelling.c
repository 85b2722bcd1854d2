/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-spelling"

#include "config.h"

#include "natter-spelling.h"

#ifdef HAVE_LIBSPELLING
#include <libspelling.h>

/* libspelling works on a buffer of GtkSourceView; nothing else of that is wanted. */
static void
attach (GtkTextView *view)
{
  g_autoptr(GtkSourceBuffer) buffer = gtk_source_buffer_new (NULL);
  g_autoptr(SpellingTextBufferAdapter) adapter = NULL;

  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_source_buffer_set_highlight_syntax (buffer, FALSE);
  gtk_source_buffer_set_implicit_trailing_newline (buffer, FALSE);
  gtk_text_view_set_buffer (view, GTK_TEXT_BUFFER (buffer));
  adapter = spelling_text_buffer_adapter_new (buffer, spelling_checker_get_default ());
  spelling_text_buffer_adapter_set_enabled (adapter, TRUE);
  gtk_text_view_set_extra_menu (view, spelling_text_buffer_adapter_get_menu_model (adapter));
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (adapter));
}
#endif

/**
 * natter_spelling_attach:
 * @view: an entry
 *
 * To be called before anything is done with the entry's buffer, which may become another one.
 *
 * Returns: (transfer none): its buffer
 */
GtkTextBuffer *
natter_spelling_attach (GtkTextView *view)
{
  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

#ifdef HAVE_LIBSPELLING
  attach (view);
#endif
  return gtk_text_view_get_buffer (view);
}
