/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-spelling"

#include "config.h"

#include "natter-spelling.h"

#ifdef HAVE_LIBSPELLING
#include <libspelling.h>

/* Dictionaries take megabytes and time, which only those who write should pay. */
static void
changed_cb (GtkTextView *view, GtkTextBuffer *buffer)
{
  g_autoptr(SpellingTextBufferAdapter) adapter = NULL;

  g_signal_handlers_disconnect_by_func (buffer, changed_cb, view);
  adapter = spelling_text_buffer_adapter_new (GTK_SOURCE_BUFFER (buffer), spelling_checker_get_default ());
  spelling_text_buffer_adapter_set_enabled (adapter, TRUE);
  gtk_text_view_set_extra_menu (view, spelling_text_buffer_adapter_get_menu_model (adapter));
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (adapter));
}

/* libspelling works on a buffer of GtkSourceView; nothing else of that is wanted. */
static void
attach (GtkTextView *view)
{
  static const char * const nowhere[] = { NULL };
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();
  g_autoptr(GtkSourceBuffer) buffer = NULL;

  /* A new buffer reads all the colour schemes that there are. This one has no use for them. */
  gtk_source_style_scheme_manager_set_search_path (schemes, nowhere);
  buffer = gtk_source_buffer_new (NULL);
  gtk_source_style_scheme_manager_set_search_path (schemes, NULL);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  gtk_source_buffer_set_highlight_syntax (buffer, FALSE);
  gtk_source_buffer_set_implicit_trailing_newline (buffer, FALSE);
  gtk_text_view_set_buffer (view, GTK_TEXT_BUFFER (buffer));
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), view, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
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
