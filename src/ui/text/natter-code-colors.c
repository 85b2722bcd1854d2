/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-code-colors"

#include "config.h"

#include "natter-code-colors.h"

#include "natter-text-color.h"

#ifdef HAVE_GTKSOURCEVIEW
#include <gtksourceview/gtksource.h>
#endif

/* Colouring takes its time, and a conversation has few blocks of code. */
#define MAX_LENGTH (16 * 1024)
#define MAX_KEPT 64

static GHashTable *kept; /* language, style and code → PangoAttrList */

static char *
make_key (const char *language,
          const char *code,
          gsize       length,
          gboolean    dark)
{
  return g_strdup_printf ("%s\n%d\n%.*s", language, dark, (int) length, code);
}

/**
 * natter_code_colors_lookup:
 * @language: as an author named it
 * @code: UTF-8
 * @length: bytes of it
 * @dark: whether it is drawn on something dark
 *
 * Returns: (transfer none) (nullable): the colours that natter_code_colors_make() found lately
 */
PangoAttrList *
natter_code_colors_lookup (const char *language,
                           const char *code,
                           gsize       length,
                           gboolean    dark)
{
  g_autofree char *key = NULL;

  if (kept == NULL || length > MAX_LENGTH)
    return NULL;
  key = make_key (language, code, length, dark);
  return g_hash_table_lookup (kept, key);
}

#ifdef HAVE_GTKSOURCEVIEW

static GtkSourceLanguage *
find_language (const char *name)
{
  static const struct
  {
    const char *name;
    const char *id;
  } others[] = {
    { "javascript", "js" }, { "jsx", "js" }, { "node", "js" }, { "ts", "typescript" }, { "tsx", "typescript" },
    { "py", "python3" }, { "python", "python3" }, { "rs", "rust" }, { "golang", "go" }, { "c++", "cpp" }, { "cc", "cpp" },
    { "hpp", "cpp" }, { "h", "c" }, { "bash", "sh" }, { "shell", "sh" }, { "zsh", "sh" }, { "console", "sh" }, { "md", "markdown" },
    { "yml", "yaml" }, { "cs", "c-sharp" }, { "csharp", "c-sharp" }, { "kt", "kotlin" }, { "rb", "ruby" }, { "patch", "diff" },
    { "svg", "xml" }, { "objective-c", "objc" }, { "make", "makefile" }, { "docker", "dockerfile" },
  };
  g_autofree char *folded = g_ascii_strdown (name, -1);
  const char *id = folded;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (folded, others[i].name))
      id = others[i].id;
  return gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (), id);
}

static gboolean
get_color (GtkTextIter *at,
           GdkRGBA     *color)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (at);
  gboolean found = FALSE;

  /* In the order of their priority, the highest last. */
  for (GSList *link = tags; link != NULL; link = link->next)
    {
      g_autoptr(GdkRGBA) foreground = NULL;

      g_object_get (link->data, "foreground-rgba", &foreground, NULL);
      if (foreground == NULL)
        continue;
      *color = *foreground;
      found = TRUE;
    }
  return found;
}

static guint32
pack_color (const GdkRGBA *color)
{
  return ((guint32) (color->red * 255) << 16) | ((guint32) (color->green * 255) << 8) | (guint32) (color->blue * 255);
}

static PangoAttrList *
read_colors (GtkTextBuffer *buffer)
{
  PangoAttrList *list = pango_attr_list_new ();
  GtkTextIter at;
  guint index = 0;

  gtk_text_buffer_get_start_iter (buffer, &at);
  while (!gtk_text_iter_is_end (&at))
    {
      GtkTextIter next = at;
      GdkRGBA color;
      g_autofree char *slice = NULL;
      guint length;

      gtk_text_iter_forward_to_tag_toggle (&next, NULL);
      slice = gtk_text_iter_get_slice (&at, &next);
      length = strlen (slice);
      if (get_color (&at, &color))
        natter_text_color_insert (list, pack_color (&color), index, index + length);
      index += length;
      at = next;
    }
  return list;
}

static PangoAttrList *
make_colors (const char *language,
             const char *code,
             gsize       length,
             gboolean    dark)
{
  GtkSourceLanguage *known;
  g_autoptr(GtkSourceBuffer) buffer = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_source_init ();
  known = find_language (language);
  if (known == NULL)
    return pango_attr_list_new ();
  buffer = gtk_source_buffer_new_with_language (known);
  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (gtk_source_style_scheme_manager_get_default (),
                                                                                          dark ? "Adwaita-dark" : "Adwaita"));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), code, (int) length);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  gtk_source_buffer_ensure_highlight (buffer, &start, &end);
  return read_colors (GTK_TEXT_BUFFER (buffer));
}

#else

static PangoAttrList *
make_colors (const char *language,
             const char *code,
             gsize       length,
             gboolean    dark)
{
  return pango_attr_list_new ();
}

#endif

/**
 * natter_code_colors_make:
 * @language: as an author named it
 * @code: UTF-8
 * @length: bytes of it
 * @dark: whether it is drawn on something dark
 *
 * Finds the colours of @code. It takes some milliseconds, the first time for a language more: not while a list is
 * filled.
 *
 * Returns: (transfer none) (nullable): the colours, none for a language that is not known; %NULL for very long code
 */
PangoAttrList *
natter_code_colors_make (const char *language,
                         const char *code,
                         gsize       length,
                         gboolean    dark)
{
  PangoAttrList *list;

  if (length > MAX_LENGTH)
    return NULL;
  list = natter_code_colors_lookup (language, code, length, dark);
  if (list != NULL)
    return list;
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) pango_attr_list_unref);
  if (g_hash_table_size (kept) >= MAX_KEPT)
    g_hash_table_remove_all (kept);
  list = make_colors (language, code, length, dark);
  g_hash_table_insert (kept, make_key (language, code, length, dark), list);
  return list;
}
