/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-completion-row"

#include "config.h"

#include "natter-completion-row.h"

#include "natter-avatar.h"
#include "natter-channel.h"
#include "natter-emoji-view.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-role.h"

#define PICTURE_SIZE 24

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_size_request (label, PICTURE_SIZE, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  return label;
}

static GtkWidget *
new_emoji (NatterCandidate *candidate)
{
  GtkWidget *view = natter_emoji_view_new (PICTURE_SIZE);

  natter_emoji_view_set (NATTER_EMOJI_VIEW (view), natter_candidate_get_emoji (candidate),
                         natter_candidate_get_picture (candidate));
  gtk_widget_set_size_request (view, PICTURE_SIZE, PICTURE_SIZE);
  return view;
}

static GtkWidget *
new_picture (NatterCandidate *candidate)
{
  gpointer item = natter_candidate_get_item (candidate);
  GtkWidget *avatar;

  if (natter_candidate_get_emoji (candidate) != NULL || natter_candidate_get_picture (candidate) != NULL)
    return new_emoji (candidate);
  if (NATTER_IS_CHANNEL (item))
    return new_label ("#");
  if (NATTER_IS_ROLE (item))
    return gtk_image_new_from_icon_name ("system-users-symbolic");
  if (!NATTER_IS_MEMBER (item))
    return NULL;
  avatar = natter_avatar_new (PICTURE_SIZE);
  natter_avatar_set_text (NATTER_AVATAR (avatar), natter_member_get_name (item));
  natter_avatar_set_uri (NATTER_AVATAR (avatar), natter_member_get_avatar (item));
  return avatar;
}

/* @text: of somebody on the network */
static GtkWidget *
new_name (const char *text,
          gboolean    is_dimmed)
{
  g_autofree char *plain = natter_plain_name (text);
  GtkWidget *label = gtk_label_new (plain);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), is_dimmed ? 36 : 24);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (is_dimmed)
    gtk_widget_add_css_class (label, "dimmed");
  return label;
}

/**
 * natter_completion_row_new:
 * @candidate: what it shows
 *
 * Returns: (transfer floating): a row of a list
 */
GtkWidget *
natter_completion_row_new (NatterCandidate *candidate)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *picture = new_picture (candidate);
  const char *detail = natter_candidate_get_detail (candidate);
  g_autofree char *name = natter_plain_name (natter_candidate_get_label (candidate));
  g_autofree char *more = natter_plain_name (detail != NULL ? detail : "");
  g_autofree char *spoken = *more != '\0' ? g_strdup_printf ("%s, %s", name, more) : g_strdup (name);

  if (picture != NULL)
    gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), new_name (natter_candidate_get_label (candidate), FALSE));
  if (*more != '\0')
    gtk_box_append (GTK_BOX (box), new_name (detail, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* The keyboard stays in the entry. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  return row;
}
