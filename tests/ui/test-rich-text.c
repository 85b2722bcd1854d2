/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-code-colors.h"
#include "natter-name-color.h"
#include "natter-parser.h"
#include "natter-readable-color.h"
#include "natter-rich-text.h"

#include <adwaita.h>

#include "../core/wait.h"

typedef struct
{
  GtkWidget      *window;
  NatterRichText *text;
  char           *action; /* what was asked for last */
} Fixture;

static void
on_action (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  Fixture *fixture = data;

  g_free (fixture->action);
  fixture->action = g_strdup_printf ("%s %s", g_action_get_name (G_ACTION (action)), g_variant_get_string (parameter, NULL));
}

static void
add_actions (Fixture *fixture)
{
  const char *const names[] = { "open-link", "show-member" };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (names[i], G_VARIANT_TYPE_STRING);

      g_signal_connect (action, "activate", G_CALLBACK (on_action), fixture);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 400);
  add_actions (fixture);
  fixture->text = NATTER_RICH_TEXT (natter_rich_text_new ());
  gtk_widget_set_valign (GTK_WIDGET (fixture->text), GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->text));
  g_object_add_weak_pointer (G_OBJECT (fixture->text), (gpointer *) &fixture->text);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_for (fixture->text == NULL);
  g_free (fixture->action);
}

static void
show_text (Fixture    *fixture,
           const char *source,
           const char *suffix)
{
  g_autoptr(NatterDocument) document = natter_document_parse (source, -1, NATTER_DIALECT_NEW);
  g_autoptr(NatterAddress) address = natter_address_parse ("chats.example.org", NULL);

  natter_rich_text_set_document (fixture->text, document, suffix, address);
  wait_for (gtk_widget_get_width (GTK_WIDGET (fixture->text)) > 0 && gtk_widget_get_mapped (GTK_WIDGET (fixture->text)));
}

static int
get_height (Fixture *fixture,
            int      width)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (fixture->text), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static int
get_width (Fixture *fixture)
{
  int width;

  gtk_widget_measure (GTK_WIDGET (fixture->text), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* Lines are not of whole pixels. */
static void
assert_lines (Fixture *fixture,
              int      width,
              int      line,
              int      n_lines)
{
  g_assert_cmpint (get_height (fixture, width), <=, n_lines * line);
  g_assert_cmpint (get_height (fixture, width), >, (n_lines - 1) * line + line / 2);
}

static void
test_measure (Fixture      *fixture,
              gconstpointer data)
{
  int line;
  int wide;

  show_text (fixture, "one", NULL);
  line = get_height (fixture, 300);
  g_assert_cmpint (line, >, 8);
  show_text (fixture, "a line that is longer than the place that there is for it, so that it has to be broken", NULL);
  wide = get_width (fixture);
  assert_lines (fixture, wide, line, 1);
  assert_lines (fixture, wide - 1, line, 2);
  g_assert_cmpint (get_height (fixture, wide / 4), >, 3 * line);
  /* Back again, as when a window is dragged to and fro. */
  assert_lines (fixture, wide, line, 1);
  show_text (fixture, "one\ntwo\n\nfour", NULL);
  assert_lines (fixture, 300, line, 4);
  show_text (fixture, "verylongwordwithoutanyplacetobreakitatallsothatitisbrokenanywhere", NULL);
  g_assert_cmpint (get_height (fixture, 60), >, 2 * line);
  show_text (fixture, "", NULL);
  g_assert_cmpint (get_height (fixture, 60), ==, 0);
}

/* Like a label in the same place, so that a list is as high as it was. */
static void
test_as_high_as_label (Fixture      *fixture,
                       gconstpointer data)
{
  const char *const texts[] = { "one", "one two three four five six seven eight nine ten eleven twelve", "שלום עולם, מה שלומך היום בעיר", "日本語" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GtkWidget) label = g_object_ref_sink (gtk_label_new (texts[i]));
      int height;

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      show_text (fixture, texts[i], NULL);
      gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, 150, NULL, &height, NULL, NULL);
      g_assert_cmpint (get_height (fixture, 150), ==, height);
    }
}

static void
test_blocks_take_place (Fixture      *fixture,
                        gconstpointer data)
{
  int plain;

  show_text (fixture, "a", NULL);
  plain = get_height (fixture, 300);
  show_text (fixture, "# a", NULL);
  g_assert_cmpint (get_height (fixture, 300), >, plain);
  show_text (fixture, "```\na\n```", NULL);
  g_assert_cmpint (get_height (fixture, 300), >, plain);
  show_text (fixture, "-# a", NULL);
  g_assert_cmpint (get_height (fixture, 300), <, plain);
  show_text (fixture, "😀", NULL);
  g_assert_cmpint (get_height (fixture, 300), >, plain + plain / 2);
  show_text (fixture, "originChats:<emoji>//chats.example.org/3", NULL);
  g_assert_cmpint (get_height (fixture, 300), >, plain + plain / 2);
}

static const NatterSpan *
find_item (Fixture *fixture,
           NatterSpanKind kind)
{
  for (int y = 0; y < get_height (fixture, 400); y += 4)
    for (int x = 0; x < 400; x += 4)
      {
        const NatterSpan *item = natter_rich_text_find_item (fixture->text, x, y);

        if (item != NULL && item->kind == kind)
          return item;
      }
  return NULL;
}

static void
test_items (Fixture      *fixture,
            gconstpointer data)
{
  const NatterSpan *item;

  show_text (fixture, "plain **bold**", NULL);
  g_assert_null (find_item (fixture, NATTER_SPAN_BOLD));
  show_text (fixture, "see originChats://chats.example.org/general and @ada in #news", NULL);
  item = find_item (fixture, NATTER_SPAN_LINK);
  g_assert_nonnull (item);
  natter_rich_text_activate_item (fixture->text, item);
  g_assert_cmpstr (fixture->action, ==, "open-link originChats://chats.example.org/general");
  item = find_item (fixture, NATTER_SPAN_USER);
  g_assert_nonnull (item);
  natter_rich_text_activate_item (fixture->text, item);
  g_assert_cmpstr (fixture->action, ==, "show-member ada");
  item = find_item (fixture, NATTER_SPAN_CHANNEL);
  g_assert_nonnull (item);
  natter_rich_text_activate_item (fixture->text, item);
  g_assert_cmpstr (fixture->action, ==, "open-link originChats://chats.example.org/news");
}

static char *
get_contents (Fixture *fixture)
{
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (fixture->text);
  GBytes *bytes = iface->get_contents (GTK_ACCESSIBLE_TEXT (fixture->text), 0, G_MAXUINT);
  gsize length;
  char *data = g_bytes_unref_to_data (bytes, &length);

  g_assert_cmpuint (strlen (data), ==, length);
  return data;
}

/* A link below a spoiler is neither read, nor found, nor followed before it is shown. */
static void
test_spoiler (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;
  const NatterSpan *spoiler;

  show_text (fixture, "the end: ||see https://example.org|| no", NULL);
  g_assert_null (find_item (fixture, NATTER_SPAN_LINK));
  hidden = get_contents (fixture);
  g_assert_null (strstr (hidden, "see"));
  g_assert_nonnull (strstr (hidden, "the end: "));
  spoiler = find_item (fixture, NATTER_SPAN_SPOILER);
  g_assert_nonnull (spoiler);
  natter_rich_text_activate_item (fixture->text, spoiler);
  g_assert_null (find_item (fixture, NATTER_SPAN_SPOILER));
  g_assert_nonnull (find_item (fixture, NATTER_SPAN_LINK));
  shown = get_contents (fixture);
  g_assert_cmpstr (shown, ==, "the end: see https://example.org no");
}

static void
test_selection (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;

  show_text (fixture, "# one\n**two** originChats:<emoji>//chats.example.org/3\n```\nthree\n```", NULL);
  none = natter_rich_text_dup_selection (fixture->text);
  g_assert_null (none);
  natter_rich_text_select (fixture->text, 1, 7);
  part = natter_rich_text_dup_selection (fixture->text);
  g_assert_cmpstr (part, ==, "ne\ntwo");
  natter_rich_text_select (fixture->text, 0, G_MAXUINT);
  all = natter_rich_text_dup_selection (fixture->text);
  g_assert_cmpstr (all, ==, "one\ntwo :3:\nthree");
}

static void
test_accessible (Fixture      *fixture,
                 gconstpointer data)
{
  GtkAccessibleTextInterface *iface = GTK_ACCESSIBLE_TEXT_GET_IFACE (fixture->text);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) word = NULL;
  g_autoptr(GBytes) character = NULL;
  unsigned int start;
  unsigned int end;

  show_text (fixture, "ärger mit **fetten** Wörtern", "(edited)");
  text = get_contents (fixture);
  g_assert_cmpstr (text, ==, "ärger mit fetten Wörtern (edited)");
  word = iface->get_contents_at (GTK_ACCESSIBLE_TEXT (fixture->text), 12, GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD, &start, &end);
  g_assert_cmpuint (start, ==, 10);
  g_assert_cmpstr (g_bytes_get_data (word, NULL), ==, "fetten ");
  character = iface->get_contents_at (GTK_ACCESSIBLE_TEXT (fixture->text), 0, GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER, &start, &end);
  g_assert_cmpuint (end, ==, 1);
  g_assert_cmpstr (g_bytes_get_data (character, NULL), ==, "ä");
  gtk_test_accessible_assert_role (fixture->text, GTK_ACCESSIBLE_ROLE_PARAGRAPH);
}

/* Tab goes from one thing to the next and then away; without any it does not stop. */
static void
test_focus (Fixture      *fixture,
            gconstpointer data)
{
  show_text (fixture, "plain", NULL);
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
  show_text (fixture, "@ada and #news", NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
  gtk_widget_activate (GTK_WIDGET (fixture->text));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
  show_text (fixture, "```\ncode\n```", NULL);
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
  g_assert_true (GTK_IS_BUTTON (gtk_widget_get_focus_child (GTK_WIDGET (fixture->text))));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture->text), GTK_DIR_TAB_FORWARD));
}

/* Colours are found for the languages that people name, and lie within the code. */
static void
test_code_colors (Fixture      *fixture,
                  gconstpointer data)
{
#ifdef HAVE_GTKSOURCEVIEW
  const char *const languages[] = {
    "javascript", "js", "typescript", "ts", "python", "py", "rust", "go", "java", "c", "cpp", "c++", "bash", "css", "html", "json",
  };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const char *code = "/* ä */ # \"text\" \n if (a == 12) { \"b\": 1 } <p class=\"x\">";
      PangoAttrList *colors = natter_code_colors_make (languages[i], code, strlen (code), FALSE);
      GSList *attributes = pango_attr_list_get_attributes (colors);

      g_assert_nonnull (attributes);
      for (GSList *link = attributes; link != NULL; link = link->next)
        g_assert_cmpuint (((PangoAttribute *) link->data)->end_index, <=, strlen (code));
      g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
      g_assert_true (natter_code_colors_lookup (languages[i], code, strlen (code), FALSE) == colors);
    }
#endif
  g_assert_null (natter_code_colors_lookup ("c", "other", 5, TRUE));
  g_assert_nonnull (natter_code_colors_make ("no such language", "x", 1, FALSE));
}

/* What a row of messages has behind it, light or dark. */
static guint32
get_background (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? 0x303033 : 0xf0f0f1;
}

/* The dots of a widget as they are seen on the background, 0xRRGGBB. */
static GArray *
draw (GtkWidget *widget)
{
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr(GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree guint32 *dots = g_new (guint32, (gsize) (width * height));
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 background = get_background ();
  GdkRGBA color = { ((background >> 16) & 0xff) / 255.0f, ((background >> 8) & 0xff) / 255.0f, (background & 0xff) / 255.0f, 1 };
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);

  gtk_snapshot_append_color (snapshot, &color, &area);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, &area);
  gdk_texture_download (texture, (guchar *) dots, (gsize) width * sizeof (guint32));
  for (int i = 0; i < width * height; i++)
    dots[i] &= 0xffffff;
  return g_array_append_vals (seen, dots, (guint) (width * height));
}

static double
get_contrast (GArray  *dots,
              guint32  ground)
{
  double contrast = 0;

  for (guint i = 0; i < dots->len; i++)
    contrast = MAX (contrast, natter_color_contrast (g_array_index (dots, guint32, i), ground));
  return contrast;
}

/* As draw(), once there is something to be seen. */
static GArray *
draw_alone (Fixture   *fixture,
            GtkWidget *widget)
{
  GArray *dots = NULL;

  gtk_window_set_child (GTK_WINDOW (fixture->window), widget);
  wait_for (gtk_widget_get_width (widget) > 0);
  do
    {
      g_clear_pointer (&dots, g_array_unref);
      g_main_context_iteration (NULL, TRUE);
      dots = draw (widget);
    }
  while (get_contrast (dots, get_background ()) < 2);
  return dots;
}

static GArray *
draw_text (Fixture    *fixture,
           const char *source)
{
  g_autoptr(NatterDocument) document = natter_document_parse (source, -1, NATTER_DIALECT_NEW);
  GtkWidget *text = natter_rich_text_new ();

  natter_rich_text_set_document (NATTER_RICH_TEXT (text), document, NULL, NULL);
  return draw_alone (fixture, text);
}

/* The colour that most dots have, without those of another one. */
static guint32
get_ground (GArray  *dots,
            guint32  other)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  guint32 ground = other;
  guint most = 0;

  for (guint i = 0; i < dots->len; i++)
    {
      guint32 dot = g_array_index (dots, guint32, i);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (dot))) + 1;

      g_hash_table_insert (counts, GUINT_TO_POINTER (dot), GUINT_TO_POINTER (count));
      if (dot == other || count <= most)
        continue;
      most = count;
      ground = dot;
    }
  return ground;
}

/* Colours are rounded to whole steps on their way to the screen. */
#define READABLE 4.4

static void
assert_readable (Fixture *fixture)
{
  g_autoptr(GArray) link = NULL;
  g_autoptr(GArray) mention = NULL;
  guint32 ground;

  /* Thick letters have dots that are of their colour alone. */
  link = draw_text (fixture, "# https://lll.example");
  g_assert_cmpfloat (get_contrast (link, get_background ()), >, READABLE);
  mention = draw_text (fixture, "# @lllllll");
  ground = get_ground (mention, get_background ());
  g_assert_cmphex (ground, !=, get_background ());
  g_assert_cmpfloat (get_contrast (mention, ground), >, READABLE);
}

static void
assert_name_readable (Fixture *fixture,
                      int      color)
{
  GtkWidget *name = gtk_label_new ("lll");
  g_autoptr(PangoAttrList) attributes = natter_name_color_new_attributes (color);
  g_autoptr(GArray) dots = NULL;

  gtk_widget_add_css_class (name, "title-1");
  gtk_label_set_attributes (GTK_LABEL (name), attributes);
  dots = draw_alone (fixture, name);
  g_assert_cmpfloat (get_contrast (dots, get_background ()), >, READABLE);
}

/* Where the first and the last column of dots with text are, in pixels. */
static void
find_text (Fixture    *fixture,
           const char *source,
           int        *first,
           int        *last,
           int        *width)
{
  g_autoptr(GArray) dots = draw_text (fixture, source);

  *width = gtk_widget_get_width (gtk_window_get_child (GTK_WINDOW (fixture->window)));
  *first = *width;
  *last = 0;
  for (guint i = 0; i < dots->len; i++)
    if (g_array_index (dots, guint32, i) != get_background ())
      {
        *first = MIN (*first, (int) i % *width);
        *last = MAX (*last, (int) i % *width);
      }
}

/* Somebody who writes in another direction is not at the other end of the window. */
static void
test_beside_author (Fixture      *fixture,
                    gconstpointer data)
{
  const char *const texts[] = { "one two", "\u0648\u0627\u062d\u062f", "> one\n> two", "# \u0648\u0627\u062d\u062f" };
  GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };
  GtkTextDirection before = gtk_widget_get_default_direction ();

  for (guint d = 0; d < G_N_ELEMENTS (directions); d++)
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        int first, last, width;

        gtk_widget_set_default_direction (directions[d]);
        find_text (fixture, texts[i], &first, &last, &width);
        g_test_message ("%d: %s from %d to %d of %d", directions[d], texts[i], first, last, width);
        if (directions[d] == GTK_TEXT_DIR_LTR)
          g_assert_cmpint (last, <, width / 2);
        else
          g_assert_cmpint (first, >, width / 2);
      }
  gtk_widget_set_default_direction (before);
}

/* What is asked of a colour is asked of what is seen in the end. */
static void
test_readable (Fixture      *fixture,
               gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  assert_readable (fixture);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  assert_readable (fixture);
  assert_name_readable (fixture, 0x2040a0);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  assert_name_readable (fixture, 0xe0c040);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
}

/* A row of a list is filled and emptied over and over. */
static void
test_reuse (Fixture      *fixture,
            gconstpointer data)
{
  const char *const texts[] = { "plain", "@ada `code` ||a||", "```c\nint a;\n```", "", "> a\n# b", "😀", "a\u202eb" };

  for (guint i = 0; i < 100; i++)
    {
      show_text (fixture, texts[i % G_N_ELEMENTS (texts)], i % 3 == 0 ? "(edited)" : NULL);
      get_height (fixture, 50 + (int) i);
      natter_rich_text_set_document (fixture->text, NULL, NULL, NULL);
    }
  g_assert_null (natter_rich_text_get_document (fixture->text));
}

#define add(path, function) g_test_add ("/rich-text/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add ("measure", test_measure);
  add ("as-high-as-label", test_as_high_as_label);
  add ("blocks-take-place", test_blocks_take_place);
  add ("items", test_items);
  add ("spoiler", test_spoiler);
  add ("selection", test_selection);
  add ("accessible", test_accessible);
  add ("focus", test_focus);
  add ("code-colors", test_code_colors);
  add ("beside-author", test_beside_author);
  add ("readable", test_readable);
  add ("reuse", test_reuse);
  return g_test_run ();
}
