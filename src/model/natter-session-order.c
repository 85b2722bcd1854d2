/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-server-private.h"
#include "natter-session-private.h"

/* The order is that of the list of servers. What is in a folder stands together in it; whatever is done to the list, it
 * is made so afterwards. */

static NatterGroup *
folder_of (gpointer server)
{
  return natter_server_get_group (server);
}

static GPtrArray *
get_servers (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));

  for (guint i = 0; i < n_servers; i++)
    g_ptr_array_add (servers, g_list_model_get_item (G_LIST_MODEL (self->servers), i));
  return g_steal_pointer (&servers);
}

/* (transfer full): @servers with each folder at the place of its first server */
static GPtrArray *
gather (GPtrArray *servers)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < servers->len; i++)
    {
      NatterGroup *folder = folder_of (servers->pdata[i]);

      if (g_ptr_array_find (order, servers->pdata[i], NULL))
        continue;
      g_ptr_array_add (order, g_object_ref (servers->pdata[i]));
      for (guint j = i + 1; folder != NULL && j < servers->len; j++)
        {
          if (folder_of (servers->pdata[j]) == folder)
            g_ptr_array_add (order, g_object_ref (servers->pdata[j]));
        }
    }
  return g_steal_pointer (&order);
}

static void
set_order (NatterSession *self,
           GPtrArray     *order)
{
  g_autoptr(GPtrArray) old = get_servers (self);
  guint n_start = 0;
  guint n_end = 0;

  while (n_start < old->len && old->pdata[n_start] == order->pdata[n_start])
    n_start++;
  while (n_end < old->len - n_start && old->pdata[old->len - 1 - n_end] == order->pdata[order->len - 1 - n_end])
    n_end++;
  if (n_start < old->len)
    g_list_store_splice (self->servers, n_start, old->len - n_start - n_end, order->pdata + n_start,
                         order->len - n_start - n_end);
}

static gboolean
is_empty (GPtrArray   *servers,
          NatterGroup *folder)
{
  for (guint i = 0; i < servers->len; i++)
    if (folder_of (servers->pdata[i]) == folder)
      return FALSE;
  return TRUE;
}

static void
drop_empty_folders (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = get_servers (self);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i > 0; i--)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i - 1);

      if (!is_empty (servers, folder))
        continue;
      g_signal_handlers_disconnect_by_data (folder, self);
      g_list_store_remove (self->folders, i - 1);
    }
}

void
_natter_session_sum_folders (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = get_servers (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i++)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i);
      gboolean unread = FALSE;
      guint mentions = 0;

      for (guint j = 0; j < servers->len; j++)
        {
          NatterServer *server = servers->pdata[j];

          if (server->group != folder || server->muted)
            continue;
          unread |= server->unread;
          mentions += server->mentions;
        }
      natter_group_set_counts (folder, unread, mentions);
    }
}

/* Who is in the list twice is told apart by the account. */
void
_natter_session_find_twins (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = get_servers (self);

  for (guint i = 0; i < servers->len; i++)
    {
      gboolean has_twin = FALSE;

      for (guint j = 0; j < servers->len && !has_twin; j++)
        has_twin = i != j && natter_address_equal (natter_server_get_address (servers->pdata[i]),
                                                   natter_server_get_address (servers->pdata[j]));
      _natter_server_set_has_twin (servers->pdata[i], has_twin);
    }
}

static void
save_folders (NatterSession *self)
{
  g_autoptr(GPtrArray) stored = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_folder_free);
  g_autoptr(GPtrArray) servers = get_servers (self);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->folders)); i++)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (G_LIST_MODEL (self->folders), i);
      g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
      NatterStoredFolder *item = g_new0 (NatterStoredFolder, 1);

      for (guint j = 0; j < servers->len; j++)
        if (folder_of (servers->pdata[j]) == folder)
          g_strv_builder_add (ids, natter_server_get_id (servers->pdata[j]));
      item->id = g_strdup (natter_group_get_id (folder));
      item->name = g_strdup (natter_group_get_title (folder));
      item->color = (int) natter_group_get_color (folder);
      item->collapsed = natter_group_get_collapsed (folder);
      item->servers = g_strv_builder_end (ids);
      g_ptr_array_add (stored, item);
    }
  natter_store_save_folders_async (self->store, stored, NULL, NULL, NULL);
}

void
_natter_session_save_order (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = get_servers (self);
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) order = NULL;

  for (guint i = 0; i < servers->len; i++)
    g_strv_builder_add (ids, natter_server_get_id (servers->pdata[i]));
  order = g_strv_builder_end (ids);
  natter_store_order_servers_async (self->store, (const char * const *) order, NULL, NULL, NULL);
  save_folders (self);
}

static void
freeze (GPtrArray *servers,
        gboolean   frozen)
{
  for (guint i = 0; i < servers->len; i++)
    {
      if (frozen)
        g_object_freeze_notify (servers->pdata[i]);
      else
        g_object_thaw_notify (servers->pdata[i]);
    }
}

/* Moves those servers out of the list and in again before the one at @position of what is left, all into @folder. Who
 * listens to the list and to the servers sees one change. */
static void
move (NatterSession *self,
      GPtrArray     *moved,
      guint          position,
      NatterGroup   *folder)
{
  g_autoptr(GPtrArray) servers = get_servers (self);
  g_autoptr(GPtrArray) order = NULL;

  freeze (moved, TRUE);
  for (guint i = 0; i < moved->len; i++)
    {
      g_ptr_array_remove (servers, moved->pdata[i]);
      _natter_server_set_group (moved->pdata[i], folder);
    }
  for (guint i = 0; i < moved->len; i++)
    g_ptr_array_insert (servers, (int) MIN (position + i, servers->len), g_object_ref (moved->pdata[i]));
  order = gather (servers);
  set_order (self, order);
  freeze (moved, FALSE);
  drop_empty_folders (self);
  _natter_session_sum_folders (self);
  _natter_session_save_order (self);
}

/* (transfer full): the server, or all that are in the folder */
static GPtrArray *
servers_of (NatterSession *self,
            gpointer       item)
{
  g_autoptr(GPtrArray) servers = get_servers (self);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < servers->len; i++)
    if (servers->pdata[i] == item || folder_of (servers->pdata[i]) == item)
      g_ptr_array_add (found, g_object_ref (servers->pdata[i]));
  return g_steal_pointer (&found);
}

/* Before the first of @item, or after the last, among the servers without @moved; the end when there is nothing of it. */
static guint
find_place (NatterSession *self,
            GPtrArray     *moved,
            gpointer       item,
            gboolean       after)
{
  g_autoptr(GPtrArray) rest = get_servers (self);
  guint place;

  for (guint i = 0; i < moved->len; i++)
    g_ptr_array_remove (rest, moved->pdata[i]);
  place = rest->len;
  for (guint i = 0; i < rest->len; i++)
    {
      if (rest->pdata[i] != item && folder_of (rest->pdata[i]) != item)
        continue;
      if (!after)
        return i;
      place = i + 1;
    }
  return place;
}

/**
 * natter_session_place:
 * @self: a session
 * @item: one of its servers or folders
 * @target: another one
 * @placement: where to, seen from there
 *
 * Moves a server or a folder. What goes beside a server that is in a folder is in that folder too, but folders are in
 * none. A server that goes into a folder comes last in it; %NATTER_PLACE_INTO a server is behind it.
 */
void
natter_session_place (NatterSession   *self,
                      gpointer         item,
                      gpointer         target,
                      NatterPlacement  placement)
{
  g_autoptr(GPtrArray) moved = NULL;
  NatterGroup *folder = NULL;
  gboolean after = placement != NATTER_PLACE_BEFORE;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (item) || NATTER_IS_GROUP (item));
  g_return_if_fail (NATTER_IS_SERVER (target) || NATTER_IS_GROUP (target));

  if (item == target || (NATTER_IS_SERVER (target) && folder_of (target) == item))
    return;
  moved = servers_of (self, item);
  if (NATTER_IS_GROUP (item))
    {
      folder = item;
      if (NATTER_IS_SERVER (target) && folder_of (target) != NULL)
        target = folder_of (target);
    }
  else if (NATTER_IS_SERVER (target))
    folder = folder_of (target);
  else if (placement == NATTER_PLACE_INTO)
    folder = target;
  move (self, moved, find_place (self, moved, target, after), folder);
}

/* (transfer full) (nullable): the server before or after */
static NatterServer *
find_neighbour (NatterSession *self,
                GPtrArray     *own,
                int            step)
{
  guint position;

  if (own->len == 0 || !g_list_store_find (self->servers, own->pdata[step < 0 ? 0 : own->len - 1], &position))
    return NULL;
  if (step < 0 && position == 0)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->servers), step < 0 ? position - 1 : position + 1);
}

static void
step_server (NatterSession *self,
             NatterServer  *server,
             GPtrArray     *own,
             NatterServer  *neighbour,
             int            step)
{
  NatterGroup *folder = folder_of (server);
  NatterGroup *next = neighbour != NULL ? folder_of (neighbour) : NULL;
  guint position;

  g_list_store_find (self->servers, server, &position);
  if (folder != NULL && next != folder)
    move (self, own, position, NULL); /* out of the folder */
  else if (folder == NULL && next != NULL && !natter_group_get_collapsed (next))
    move (self, own, position, next); /* into one */
  else if (neighbour != NULL)
    natter_session_place (self, server, next != NULL && folder == NULL ? (gpointer) next : neighbour,
                          step < 0 ? NATTER_PLACE_BEFORE : NATTER_PLACE_AFTER);
}

/**
 * natter_session_step:
 * @self: a session
 * @item: one of its servers or folders
 * @step: -1 to move it up, 1 to move it down
 *
 * Moves a server or a folder by one place, as seen: servers go into folders that are open, through them and out again;
 * folders go past each other.
 *
 * Returns: whether there was anywhere to go
 */
gboolean
natter_session_step (NatterSession *self,
                     gpointer       item,
                     int            step)
{
  g_autoptr(GPtrArray) own = NULL;
  g_autoptr(NatterServer) neighbour = NULL;

  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);
  g_return_val_if_fail (NATTER_IS_SERVER (item) || NATTER_IS_GROUP (item), FALSE);

  own = servers_of (self, item);
  neighbour = find_neighbour (self, own, step);
  if (neighbour == NULL && (NATTER_IS_GROUP (item) || folder_of (item) == NULL))
    return FALSE;
  if (NATTER_IS_SERVER (item))
    step_server (self, item, own, neighbour, step);
  else
    natter_session_place (self, item, neighbour, step < 0 ? NATTER_PLACE_BEFORE : NATTER_PLACE_AFTER);
  return TRUE;
}

/**
 * natter_session_new_folder:
 * @self: a session
 * @title: what it is called
 * @server: the first one in it
 *
 * Makes a folder where @server is.
 *
 * Returns: (transfer none): the folder; it is there as long as anything is in it
 */
NatterGroup *
natter_session_new_folder (NatterSession *self,
                           const char    *title,
                           NatterServer  *server)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(NatterGroup) folder = NULL;

  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);
  g_return_val_if_fail (NATTER_IS_SERVER (server), NULL);

  folder = natter_group_new (id, title);
  _natter_session_add_folder (self, folder);
  natter_session_set_folder (self, server, folder);
  return folder; /* the list holds it */
}

/**
 * natter_session_set_folder:
 * @self: a session
 * @server: one of its servers
 * @folder: (nullable): where it goes, behind all others; %NULL for out of the folder, behind it
 */
void
natter_session_set_folder (NatterSession *self,
                           NatterServer  *server,
                           NatterGroup   *folder)
{
  g_autoptr(GPtrArray) moved = NULL;
  g_autoptr(GPtrArray) others = NULL;
  guint position;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));

  if (folder_of (server) == folder || !g_list_store_find (self->servers, server, &position))
    return;
  moved = servers_of (self, server);
  others = servers_of (self, folder != NULL ? folder : folder_of (server));
  g_ptr_array_remove (others, server);
  move (self, moved, others->len > 0 ? find_place (self, moved, folder != NULL ? folder : folder_of (server), TRUE) : position,
        folder);
}

/**
 * natter_session_dissolve_folder:
 * @self: a session
 * @folder: one of its folders
 *
 * Removes a folder. The servers in it stay where they are.
 */
void
natter_session_dissolve_folder (NatterSession *self,
                                NatterGroup   *folder)
{
  g_autoptr(GPtrArray) moved = NULL;
  guint position;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_GROUP (folder));

  moved = servers_of (self, folder);
  if (moved->len > 0 && g_list_store_find (self->servers, moved->pdata[0], &position))
    move (self, moved, position, NULL);
}

/**
 * natter_session_get_folders:
 * @self: a session
 *
 * Returns: (transfer none): a list of the #NatterGroup that are folders, in no order
 */
GListModel *
natter_session_get_folders (NatterSession *self)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->folders);
}

void
_natter_session_add_folder (NatterSession *self,
                            NatterGroup   *folder)
{
  static const char * const signals[] = { "notify::title", "notify::color", "notify::collapsed" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (folder, signals[i], G_CALLBACK (save_folders), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->folders, folder);
}

/* After what was kept was read: whatever that was, it is in order then. */
void
_natter_session_tidy (NatterSession *self)
{
  g_autoptr(GPtrArray) servers = get_servers (self);
  g_autoptr(GPtrArray) order = gather (servers);

  set_order (self, order);
  drop_empty_folders (self);
  _natter_session_find_twins (self);
}
