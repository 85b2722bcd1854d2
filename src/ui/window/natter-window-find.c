/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-date-dialog.h"
#include "natter-draft.h"
#include "natter-member-card.h"
#include "natter-shortcuts-dialog.h"
#include "natter-shortcuts.h"
#include "natter-switcher-dialog.h"

/* The search is in front of the conversation, which stays as it is. */
void
_natter_window_set_searching (NatterWindow *self, gboolean searching)
{
  if (self->searching == searching)
    return;
  self->searching = searching;
  _natter_window_update_content (self);
}

/* A thread that the server has not told of yet is next to its forum. */
static void
hit_chosen_cb (NatterWindow *self, NatterSearchHit *hit)
{
  NatterServer *server = natter_search_hit_get_server (hit);
  const char *thread = natter_search_hit_get_thread_id (hit);
  const char *place = natter_search_hit_get_channel_name (hit);

  if (thread != NULL && natter_server_lookup_channel (server, thread) != NULL)
    place = thread;
  if (place != NULL)
    natter_window_show_message (self, server, place, natter_search_hit_get_message_id (hit));
}

static void
search_stopped_cb (NatterWindow *self)
{
  _natter_window_set_searching (self, FALSE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->conversation)))
    natter_conversation_focus_entry (self->conversation);
}

/* Not made before somebody searches. */
static NatterSearchPage *
get_search_page (NatterWindow *self)
{
  if (self->search_page == NULL)
    {
      self->search_page = NATTER_SEARCH_PAGE (natter_search_page_new ());
      natter_search_page_set_session (self->search_page, self->session);
      g_signal_connect_object (self->search_page, "chosen", G_CALLBACK (hit_chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->search_page, "stopped", G_CALLBACK (search_stopped_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->content_stack, GTK_WIDGET (self->search_page), "search");
    }
  return self->search_page;
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  gboolean is_here = g_str_equal (name, "win.search-channel");
  NatterSearchPage *page = get_search_page (self);

  adw_navigation_split_view_set_show_content (self->split, TRUE);
  _natter_window_set_searching (self, TRUE);
  natter_search_page_start (page, self->channel, is_here);
}

static void
choose (NatterWindow *self, NatterSwitchItem *item)
{
  switch (natter_switch_item_get_kind (item))
    {
    case NATTER_SWITCH_CHANNEL:
      natter_window_show_message (self, natter_switch_item_get_server (item),
                                  natter_channel_get_name (natter_switch_item_get_channel (item)), NULL);
      natter_conversation_focus_entry (self->conversation);
      break;
    case NATTER_SWITCH_SERVER:
      natter_window_select_server (self, natter_switch_item_get_server (item));
      break;
    case NATTER_SWITCH_PERSON:
      natter_window_select_server (self, natter_switch_item_get_server (item));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-member", "s",
                                  natter_member_get_username (natter_switch_item_get_member (item)));
      break;
    case NATTER_SWITCH_ACTION:
    default:
      gtk_widget_activate_action (GTK_WIDGET (self), natter_switch_item_get_action (item), NULL);
      break;
    }
}

/**
 * natter_window_go_to:
 * @self: the window
 * @item: a #NatterSwitchItem or a #NatterSearchHit
 *
 * Shows what was found.
 */
void
natter_window_go_to (NatterWindow *self, GObject *item)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (NATTER_IS_SWITCH_ITEM (item) || NATTER_IS_SEARCH_HIT (item));

  if (NATTER_IS_SEARCH_HIT (item))
    hit_chosen_cb (self, NATTER_SEARCH_HIT (item));
  else
    choose (self, NATTER_SWITCH_ITEM (item));
}

/**
 * natter_window_search:
 * @self: the window
 * @text: what to look for
 *
 * Shows the messages with @text, on all servers.
 */
void
natter_window_search (NatterWindow *self, const char *text)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.search", NULL);
  natter_search_page_set_text (get_search_page (self), text);
}

static void
switcher_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  g_autoptr(NatterSwitcher) switcher = NULL;
  const NatterShortcut *shortcuts;
  AdwDialog *dialog;
  guint count;

  if (NATTER_IS_SWITCHER_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    return;
  switcher = natter_switcher_new (self->session, self->visits, self->channel);
  shortcuts = natter_shortcuts_get (&count);
  for (guint i = 0; i < count; i++)
    if (shortcuts[i].is_choice)
      {
        g_auto(GStrv) accels = natter_shortcuts_dup_accels (self->settings, &shortcuts[i]);
        g_autofree char *keys = accels[0] != NULL ? natter_shortcuts_dup_label (accels[0]) : NULL;

        natter_switcher_add_action (switcher, _(shortcuts[i].title), shortcuts[i].action, keys);
      }
  dialog = natter_switcher_dialog_new (switcher);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
date_chosen_cb (NatterWindow *self, gint64 time)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  _natter_window_set_searching (self, FALSE);
  natter_conversation_jump_to_time (self->conversation, time);
}

static void
date_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  NatterDateDialog *dialog = natter_date_dialog_new (natter_conversation_get_time (self->conversation));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (date_chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (natter_shortcuts_dialog_new (NATTER_WINDOW (widget)->settings), widget);
}

/* Where the pointer is, in coordinates of the window. */
static gboolean
find_pointer (NatterWindow *self, graphene_point_t *point)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  double x, y, left, top;

  if (pointer == NULL
      || !gdk_surface_get_device_position (gtk_native_get_surface (GTK_NATIVE (self)), pointer, &x, &y, NULL))
    return FALSE;
  gtk_native_get_surface_transform (GTK_NATIVE (self), &left, &top);
  graphene_point_init (point, x - left, y - top);
  return TRUE;
}

/* What the card is about: what has the keyboard when that is in use, else what is under the pointer. */
static GtkWidget *
find_cause (NatterWindow *self, graphene_point_t *point)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  graphene_rect_t bounds;

  if (gtk_window_get_focus_visible (GTK_WINDOW (self)) && focus != NULL
      && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    {
      graphene_point_init (point, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2);
      return focus;
    }
  return find_pointer (self, point) ? gtk_widget_pick (GTK_WIDGET (self), point->x, point->y, GTK_PICK_DEFAULT) : NULL;
}

/* A popover needs a parent that stays, and that places it. */
static GtkWidget *
find_home (NatterWindow *self, GtkWidget *cause)
{
  GtkWidget *homes[] = { GTK_WIDGET (self->members_pane), GTK_WIDGET (self->conversation), (GtkWidget *) self->search_page };

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (cause != NULL && homes[i] != NULL && gtk_widget_is_ancestor (cause, homes[i]))
      return homes[i];
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (homes[i] != NULL && gtk_widget_get_mapped (homes[i]))
      return homes[i];
  return NULL;
}

static void
show_card (NatterWindow *self, GtkWidget *card)
{
  graphene_point_t point;
  graphene_point_t at;
  GtkWidget *cause = find_cause (self, &point);
  GtkWidget *home = find_home (self, cause);

  if (home == NULL)
    {
      g_object_ref_sink (card);
      g_object_unref (card);
      return;
    }
  if (cause == NULL || !gtk_widget_is_ancestor (cause, home)
      || !gtk_widget_compute_point (GTK_WIDGET (self), home, &point, &at))
    graphene_point_init (&at, gtk_widget_get_width (home) / 2, gtk_widget_get_height (home) / 3);
  natter_member_card_show (NATTER_MEMBER_CARD (card), home, at.x, at.y);
}

static void
mention_cb (NatterWindow *self, NatterMember *member)
{
  NatterDraft *draft = self->channel != NULL ? natter_channel_get_draft (self->channel) : NULL;
  const char *before = draft != NULL ? natter_draft_get_text (draft) : "";
  g_autofree char *text = NULL;

  if (draft == NULL)
    return;
  text = g_strdup_printf ("%s%s@%s ", before, *before == '\0' || g_str_has_suffix (before, " ") ? "" : " ",
                          natter_member_get_username (member));
  natter_draft_set_text (draft, text);
  natter_conversation_focus_entry (self->conversation);
}

static void
show_member_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  GtkWidget *card;

  if (self->server == NULL)
    return;
  card = natter_member_card_new (self->server, natter_server_intern_member (self->server, g_variant_get_string (parameter, NULL)),
                                 self->channel);
  g_signal_connect_object (card, "mention", G_CALLBACK (mention_cb), self, G_CONNECT_SWAPPED);
  show_card (self, card);
}

void
_natter_window_install_find_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.search-channel", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.go-to-date", NULL, date_action);
  gtk_widget_class_install_action (widget_class, "win.switcher", NULL, switcher_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.show-member", "s", show_member_action);
}
