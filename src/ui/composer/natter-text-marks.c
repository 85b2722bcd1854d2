/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text-marks"

#include "config.h"

#include "natter-text-marks.h"

static const struct
{
  guint            key;
  GdkModifierType  modifiers;
  const char      *mark;
} marks[] = {
  { GDK_KEY_b, GDK_CONTROL_MASK, "**" },
  { GDK_KEY_i, GDK_CONTROL_MASK, "*" },
  { GDK_KEY_e, GDK_CONTROL_MASK, "`" },
  { GDK_KEY_x, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "~~" },
};

static gboolean
is_marked (const GtkTextIter *start,
           const GtkTextIter *end,
           const char        *mark,
           int                length)
{
  GtkTextIter before = *start;
  GtkTextIter after = *end;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (!gtk_text_iter_backward_chars (&before, length) && gtk_text_iter_get_offset (start) != length)
    return FALSE;
  gtk_text_iter_forward_chars (&after, length);
  left = gtk_text_iter_get_text (&before, start);
  right = gtk_text_iter_get_text (end, &after);
  if (!g_str_equal (left, mark) || !g_str_equal (right, mark))
    return FALSE;
  /* One sign of two is part of another mark. */
  return length > 1 || *mark == '`' || !gtk_text_iter_backward_char (&before)
         || gtk_text_iter_get_char (&before) != (gunichar) *mark;
}

static void
select_range (GtkTextBuffer *buffer,
              int            start,
              int            end)
{
  GtkTextIter first, second;

  gtk_text_buffer_get_iter_at_offset (buffer, &first, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &second, end);
  gtk_text_buffer_select_range (buffer, &second, &first);
}

static void
delete_range (GtkTextBuffer *buffer,
              int            start,
              int            end)
{
  GtkTextIter first, second;

  gtk_text_buffer_get_iter_at_offset (buffer, &first, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &second, end);
  gtk_text_buffer_delete (buffer, &first, &second);
}

static void
insert_at (GtkTextBuffer *buffer,
           int            offset,
           const char    *text)
{
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, offset);
  gtk_text_buffer_insert (buffer, &at, text, -1);
}

/* Around what is selected, or around the cursor; away again when it is there. */
static void
toggle (GtkTextBuffer *buffer,
        const char    *mark)
{
  int length = g_utf8_strlen (mark, -1);
  GtkTextIter start, end;
  int first, last;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_offset (&start);
  last = gtk_text_iter_get_offset (&end);
  gtk_text_buffer_begin_user_action (buffer);
  if (is_marked (&start, &end, mark, length))
    {
      delete_range (buffer, last, last + length);
      delete_range (buffer, first - length, first);
      select_range (buffer, first - length, last - length);
    }
  else
    {
      insert_at (buffer, last, mark);
      insert_at (buffer, first, mark);
      select_range (buffer, first + length, last + length);
    }
  gtk_text_buffer_end_user_action (buffer);
}

/**
 * natter_text_marks_take_key:
 * @buffer: what is being written
 * @key: a key that was pressed
 * @modifiers: with which others
 *
 * Returns: whether it stands for a mark, which is set then
 */
gboolean
natter_text_marks_take_key (GtkTextBuffer   *buffer,
                            guint            key,
                            GdkModifierType  modifiers)
{
  guint lower = gdk_keyval_to_lower (key);

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  modifiers &= GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i].key == lower && marks[i].modifiers == modifiers)
      {
        toggle (buffer, marks[i].mark);
        return TRUE;
      }
  return FALSE;
}
