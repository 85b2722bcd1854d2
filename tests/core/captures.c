/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "captures.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
frame_free (CapturedFrame *frame)
{
  g_free (frame->place);
  g_free (frame->text);
  g_free (frame);
}

/* The frame in a line is the text of the member "packet", the last one of the object; or, where strict JSON
 * can't say it, the string in "raw" inside. NULL when the line is about something else. */
static char *
dup_frame (const char *line)
{
  static const char mark[] = "\"packet\": ";
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *object, *packet;
  const char *start = strstr (line, mark);

  node = json_from_string (line, &error);
  g_assert_no_error (error);
  object = json_node_get_object (node);
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "dir", NULL), "in") != 0)
    return NULL;

  g_assert_nonnull (start);
  packet = json_object_get_object_member (object, "packet");
  if (json_object_has_member (packet, "raw"))
    {
      JsonNode *raw = json_object_get_member (packet, "raw");

      return JSON_NODE_HOLDS_VALUE (raw) ? json_node_dup_string (raw) : NULL;
    }
  if (!json_object_has_member (packet, "cmd"))
    return NULL;

  start += strlen (mark);
  g_assert_true (g_str_has_suffix (line, "}"));
  return g_strndup (start, strlen (start) - 1);
}

static void
load_file (GPtrArray  *frames,
           const char *directory,
           const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *text = *lines[i] != '\0' ? dup_frame (lines[i]) : NULL;
      CapturedFrame *frame;

      if (text == NULL)
        continue;
      frame = g_new0 (CapturedFrame, 1);
      frame->place = g_strdup_printf ("%s:%u", name, i + 1);
      frame->text = text;
      g_ptr_array_add (frames, frame);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

GPtrArray *
captures_load (void)
{
  g_autofree char *directory = g_test_build_filename (G_TEST_DIST, "data", "captures", NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (directory, 0, &error);
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) frame_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".jsonl"))
        g_ptr_array_add (names, g_strdup (name));
    }

  g_ptr_array_sort_values (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    load_file (frames, directory, names->pdata[i]);

  return frames;
}
