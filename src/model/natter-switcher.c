/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-switcher.h"

#include "natter-channel.h"
#include "natter-fuzzy.h"
#include "natter-member.h"
#include "natter-server.h"

/* Where one was lately is worth as much as some letters that fit better. */
#define POINTS_LATELY  10
#define POINTS_MENTION 6
#define POINTS_UNREAD  3

struct _NatterSwitcher
{
  GObject        parent_instance;

  NatterSession *session;
  NatterVisits  *visits;
  NatterChannel *current; /* where one is: nobody wants to go there */
  char          *text;
  GPtrArray     *places;  /* channels and servers */
  GPtrArray     *people;  /* NULL: not needed yet */
  GPtrArray     *actions;
  GPtrArray     *found;
};

typedef struct
{
  NatterSwitchItem *item;
  guint             points;
  guint             order; /* where it stands when the points are equal */
} Candidate;

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
natter_switcher_get_item_type (GListModel *model)
{
  return NATTER_TYPE_SWITCH_ITEM;
}

static guint
natter_switcher_get_n_items (GListModel *model)
{
  return NATTER_SWITCHER (model)->found->len;
}

static gpointer
natter_switcher_get_item (GListModel *model,
                          guint       position)
{
  NatterSwitcher *self = NATTER_SWITCHER (model);

  return position < self->found->len ? g_object_ref (self->found->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = natter_switcher_get_item_type;
  interface->get_n_items = natter_switcher_get_n_items;
  interface->get_item = natter_switcher_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterSwitcher, natter_switcher, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint
get_age (NatterSwitcher   *self,
         NatterSwitchItem *item)
{
  switch (natter_switch_item_get_kind (item))
    {
    case NATTER_SWITCH_CHANNEL:
      return natter_visits_get_age (self->visits, natter_switch_item_get_server (item), natter_switch_item_get_channel (item));
    case NATTER_SWITCH_SERVER:
      return natter_visits_get_age (self->visits, natter_switch_item_get_server (item), NULL);
    case NATTER_SWITCH_PERSON:
    case NATTER_SWITCH_ACTION:
    default:
      return G_MAXUINT;
    }
}

static guint
get_lately (NatterSwitcher   *self,
            NatterSwitchItem *item)
{
  guint age = get_age (self, item);

  return age < POINTS_LATELY ? POINTS_LATELY - age : 0;
}

static guint
get_waiting (NatterSwitchItem *item)
{
  NatterChannel *channel = natter_switch_item_get_channel (item);

  if (channel == NULL)
    return 0;
  if (natter_channel_get_mentions (channel) > 0)
    return POINTS_MENTION;
  return natter_channel_get_unread (channel) > 0 && !natter_channel_get_muted (channel) ? POINTS_UNREAD : 0;
}

static gboolean
is_current (NatterSwitcher   *self,
            NatterSwitchItem *item)
{
  return self->current != NULL && natter_switch_item_get_channel (item) == self->current;
}

/* Whether it is a neighbour of where one is. */
static gboolean
is_near (NatterSwitcher   *self,
         NatterSwitchItem *item)
{
  return self->current != NULL && natter_switch_item_get_server (item) == natter_channel_get_server (self->current);
}

/* With nothing typed: where one was, then where something waits, then the neighbours. */
static guint
rate_place (NatterSwitcher   *self,
            NatterSwitchItem *item)
{
  guint age = get_age (self, item);

  if (natter_switch_item_get_kind (item) != NATTER_SWITCH_CHANNEL || is_current (self, item))
    return 0;
  return age != G_MAXUINT ? G_MAXUINT / 2 - age : get_waiting (item) * 2 + (is_near (self, item) ? 1 : 0);
}

static guint
rate_match (NatterSwitcher    *self,
            NatterSwitchItem  *item,
            char             **words)
{
  guint points = natter_switch_item_score (item, words);

  if (points == 0)
    return 0;
  return points * 2 + get_lately (self, item) + (is_current (self, item) ? 0 : get_waiting (item))
         + (NATTER_SWITCH_ACTION - natter_switch_item_get_kind (item));
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->points != other->points)
    return one->points > other->points ? -1 : 1;
  return one->order < other->order ? -1 : one->order > other->order;
}

static void
rate_all (NatterSwitcher  *self,
          GPtrArray       *items,
          char           **words,
          GArray          *candidates)
{
  for (guint i = 0; i < items->len; i++)
    {
      Candidate candidate = { items->pdata[i], 0, candidates->len };

      candidate.points = words[0] != NULL ? rate_match (self, candidate.item, words) : rate_place (self, candidate.item);
      if (candidate.points > 0)
        g_array_append_val (candidates, candidate);
    }
}

static void
add_people (NatterSwitcher *self,
            NatterServer   *server)
{
  GListModel *members = natter_server_get_members (server);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr(NatterMember) member = g_list_model_get_item (members, i);

      g_ptr_array_add (self->people, natter_switch_item_new_person (server, member));
    }
}

/* There may be thousands, so not before somebody types something. */
static GPtrArray *
get_people (NatterSwitcher *self)
{
  GListModel *servers = natter_session_get_servers (self->session);

  if (self->people != NULL)
    return self->people;
  self->people = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      add_people (self, server);
    }
  return self->people;
}

static void
add_places (NatterSwitcher *self,
            NatterServer   *server)
{
  GListModel *channels = natter_server_get_channels (server);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      g_ptr_array_add (self->places, natter_switch_item_new_channel (channel));
    }
  g_ptr_array_add (self->places, natter_switch_item_new_server (server));
}

static char **
split_words (const char *text)
{
  g_autofree char *folded = natter_fuzzy_fold (text);
  g_auto(GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

static void
take_best (NatterSwitcher *self,
           GArray         *candidates)
{
  guint n_before = self->found->len;

  g_array_sort (candidates, compare_candidates);
  g_ptr_array_set_size (self->found, 0);
  for (guint i = 0; i < MIN (candidates->len, NATTER_SWITCHER_MAX); i++)
    g_ptr_array_add (self->found, g_object_ref (g_array_index (candidates, Candidate, i).item));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->found->len);
  if (n_before != self->found->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
find (NatterSwitcher *self)
{
  const char *text = g_str_has_prefix (self->text, "#") || g_str_has_prefix (self->text, "@") || g_str_has_prefix (self->text, ">")
                       ? self->text + 1 : self->text;
  char only = text != self->text ? *self->text : '\0';
  g_auto(GStrv) words = split_words (text);
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  if (only == '\0' || only == '#')
    rate_all (self, self->places, words, candidates);
  if (words[0] != NULL && (only == '\0' || only == '@'))
    rate_all (self, get_people (self), words, candidates);
  if (words[0] != NULL && (only == '\0' || only == '>'))
    rate_all (self, self->actions, words, candidates);
  take_best (self, candidates);
}

static void
natter_switcher_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  NatterSwitcher *self = NATTER_SWITCHER (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->found->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_switcher_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      natter_switcher_set_text (NATTER_SWITCHER (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_switcher_finalize (GObject *object)
{
  NatterSwitcher *self = NATTER_SWITCHER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->visits);
  g_clear_object (&self->current);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->actions);
  g_ptr_array_unref (self->found);
  g_free (self->text);

  G_OBJECT_CLASS (natter_switcher_parent_class)->finalize (object);
}

static void
natter_switcher_class_init (NatterSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_switcher_get_property;
  object_class->set_property = natter_switcher_set_property;
  object_class->finalize = natter_switcher_finalize;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_switcher_init (NatterSwitcher *self)
{
  self->text = g_strdup ("");
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
  self->actions = g_ptr_array_new_with_free_func (g_object_unref);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * natter_switcher_new:
 * @session: where to look
 * @visits: where the person has been
 * @current: (nullable): where the person is
 *
 * Makes a list of where to go from here, as things are now.
 *
 * Returns: (transfer full): the places where the person has been
 */
NatterSwitcher *
natter_switcher_new (NatterSession *session,
                     NatterVisits  *visits,
                     NatterChannel *current)
{
  NatterSwitcher *self = g_object_new (NATTER_TYPE_SWITCHER, NULL);
  GListModel *servers;

  g_return_val_if_fail (NATTER_IS_SESSION (session), NULL);
  g_return_val_if_fail (NATTER_IS_VISITS (visits), NULL);

  self->session = g_object_ref (session);
  self->visits = g_object_ref (visits);
  g_set_object (&self->current, current);
  servers = natter_session_get_servers (session);
  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      add_places (self, server);
    }
  find (self);
  return self;
}

/**
 * natter_switcher_add_action:
 * @self: a switcher
 * @title: what it does, as people call it
 * @action: detailed name of an action
 * @shortcut: (nullable): the keys that do the same, as people read them
 *
 * Lets people find an action, from the next text on.
 */
void
natter_switcher_add_action (NatterSwitcher *self,
                            const char     *title,
                            const char     *action,
                            const char     *shortcut)
{
  g_return_if_fail (NATTER_IS_SWITCHER (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (action != NULL);

  g_ptr_array_add (self->actions, natter_switch_item_new_action (title, action, shortcut));
}

/**
 * natter_switcher_get_text:
 * @self: a switcher
 *
 * Returns: (transfer none): what was typed
 */
const char *
natter_switcher_get_text (NatterSwitcher *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCHER (self), NULL);

  return self->text;
}

/**
 * natter_switcher_set_text:
 * @self: a switcher
 * @text: what was typed
 *
 * Finds what fits @text.
 */
void
natter_switcher_set_text (NatterSwitcher *self,
                          const char     *text)
{
  g_return_if_fail (NATTER_IS_SWITCHER (self));

  if (!g_set_str (&self->text, text != NULL ? text : ""))
    return;
  find (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

