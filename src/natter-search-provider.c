/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search-provider"

#include "config.h"

#include "natter-search-provider.h"

#include <glib/gi18n.h>

#include "natter-channel.h"
#include "natter-local-search.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-screen-lock.h"
#include "natter-shell-search.h"

#define MOST_PLACES   5
#define MOST_MESSAGES 10
/* In code points; a line of the desktop has room for less. */
#define LONGEST_TEXT  200

struct _NatterSearchProvider
{
  GObject            parent_instance;

  GApplication      *application; /* weak: it holds this */
  NatterSession     *session;     /* NULL: the program is starting */
  NatterShellSearch *skeleton;
  NatterScreenLock  *screen_lock; /* NULL: not exported */
  GHashTable        *found;       /* id → NatterSwitchItem or NatterSearchHit, of the last search */
  GCancellable      *cancellable; /* of the search that goes on */
};

G_DEFINE_FINAL_TYPE (NatterSearchProvider, natter_search_provider, G_TYPE_OBJECT)

enum
{
  CHOSEN,
  MORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The first letter says what it is; what comes after is for nobody to read. */
static char *
make_id (gpointer item)
{
  if (NATTER_IS_SEARCH_HIT (item))
    return g_strdup_printf ("m/%s/%s", natter_server_get_id (natter_search_hit_get_server (item)), natter_search_hit_get_message_id (item));
  if (natter_switch_item_get_channel (item) != NULL)
    return g_strdup_printf ("c/%s/%s", natter_server_get_id (natter_switch_item_get_server (item)),
                            natter_channel_get_name (natter_switch_item_get_channel (item)));
  if (natter_switch_item_get_member (item) != NULL)
    return g_strdup_printf ("p/%s/%s", natter_server_get_id (natter_switch_item_get_server (item)),
                            natter_member_get_username (natter_switch_item_get_member (item)));
  return g_strdup_printf ("s/%s", natter_server_get_id (natter_switch_item_get_server (item)));
}

static char *
make_place (NatterSearchHit *hit)
{
  NatterChannel *channel = natter_search_hit_get_channel (hit);
  const char *name = channel != NULL ? natter_channel_get_title (channel) : natter_search_hit_get_channel_name (hit);

  return natter_plain_name (name != NULL ? name : natter_server_get_name (natter_search_hit_get_server (hit)));
}

static char *
make_name (gpointer item)
{
  g_autofree char *author = NULL;
  g_autofree char *place = NULL;

  if (NATTER_IS_SWITCH_ITEM (item))
    return natter_plain_name (natter_switch_item_get_title (item));
  author = natter_plain_name (natter_search_hit_get_author_name (item));
  place = make_place (item);
  /* Translators: a message that the desktop's search found; a person, then the channel that they wrote in. */
  return g_strdup_printf (_("%1$s in %2$s"), author, place);
}

static char *
make_description (gpointer item)
{
  g_autofree char *text = NULL;

  if (NATTER_IS_SWITCH_ITEM (item))
    return natter_plain_name (natter_switch_item_get_place (item) != NULL ? natter_switch_item_get_place (item) : "");
  text = natter_search_hit_dup_plain (item);
  return g_utf8_strlen (text, -1) > LONGEST_TEXT ? g_utf8_substring (text, 0, LONGEST_TEXT) : g_steal_pointer (&text);
}

static void
add_meta (GVariantBuilder *metas, const char *id, gpointer item)
{
  g_autofree char *name = make_name (item);
  g_autofree char *description = make_description (item);
  gboolean is_person = NATTER_IS_SWITCH_ITEM (item) && natter_switch_item_get_member (item) != NULL;

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (name));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (is_person ? "avatar-default-symbolic" : APPLICATION_ID));
  g_variant_builder_close (metas);
}

/* (transfer full): what is left of @terms when the screen is locked */
static char *
join (NatterSearchProvider *self, const char * const *terms)
{
  if (self->screen_lock == NULL || natter_screen_lock_is_locked (self->screen_lock))
    return g_strdup ("");
  return g_strjoinv (" ", (char **) terms);
}

/* What was asked, or chosen of what was found before. */
typedef struct
{
  NatterSearchProvider  *self;
  GDBusMethodInvocation *invocation; /* to be answered with what is found; NULL: nobody waits for that */
  char                  *id;         /* that is to be shown; NULL: none */
  char                  *text;
  GPtrArray             *found;      /* NULL: nothing */
  gulong                 known;      /* handler, while the screen may be locked */
} Question;

static void
question_free (Question *question)
{
  if (question->self->application != NULL)
    g_application_release (question->self->application);
  g_object_unref (question->self);
  g_free (question->id);
  g_free (question->text);
  g_clear_pointer (&question->found, g_ptr_array_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* (transfer full): the ids of what was found, which is kept until the next search */
static GStrv
keep (NatterSearchProvider *self, GPtrArray *found)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  if (found != NULL)
    g_hash_table_remove_all (self->found);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      char *id = make_id (found->pdata[i]);

      g_strv_builder_add (ids, id);
      g_hash_table_insert (self->found, id, g_object_ref (found->pdata[i]));
    }
  return g_strv_builder_end (ids);
}

/* @text: what was looked for when @id was found; it is shown when that is not found any more */
static void
show (NatterSearchProvider *self, const char *id, const char *text)
{
  gpointer item = g_hash_table_lookup (self->found, id);
  g_autoptr(GObject) kept = item != NULL ? g_object_ref (item) : NULL;

  if (kept != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, kept);
  else
    g_signal_emit (self, signals[MORE], 0, text);
}

/* @question: (transfer full) */
static void
answer (Question *question)
{
  g_autoptr(Question) owned = question;
  NatterSearchProvider *self = question->self;
  gboolean is_locked = natter_screen_lock_is_locked (self->screen_lock);
  g_auto(GStrv) ids = keep (self, is_locked ? NULL : question->found);

  if (question->invocation != NULL)
    g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids));
  else if (!is_locked && question->found != NULL)
    show (self, question->id, question->text);
}

static void
lock_known_cb (NatterScreenLock *screen_lock, GParamSpec *pspec, gpointer data)
{
  Question *question = data;

  g_clear_signal_handler (&question->known, screen_lock);
  answer (question);
}

static void
searched_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  NatterScreenLock *screen_lock = question->self->screen_lock;
  g_autoptr(GError) error = NULL;

  question->found = natter_local_search_finish (NATTER_SESSION (object), result, &error);
  if (question->found == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The desktop's search found nothing: %s", error->message);
  if (natter_screen_lock_is_known (screen_lock))
    answer (question);
  else
    question->known = g_signal_connect (screen_lock, "notify::known", G_CALLBACK (lock_known_cb), question);
}

/* What is typed next makes what was typed before of no interest. */
static void
search (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char *id, const char * const *terms)
{
  Question *question = g_new0 (Question, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->self = g_object_ref (self);
  question->invocation = invocation;
  question->id = g_strdup (id);
  question->text = join (self, terms);
  g_application_hold (self->application);
  natter_local_search_async (self->session, question->text, MOST_PLACES, MOST_MESSAGES, self->cancellable, searched_cb, question);
}

static gboolean
initial_cb (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char * const *terms)
{
  search (self, invocation, NULL, terms);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
subsearch_cb (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char * const *previous, const char * const *terms)
{
  search (self, invocation, NULL, terms);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
metas_cb (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char * const *ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; ids[i] != NULL && !natter_screen_lock_is_locked (self->screen_lock); i++)
    {
      gpointer item = g_hash_table_lookup (self->found, ids[i]);

      if (item != NULL)
        add_meta (&metas, ids[i], item);
    }
  natter_shell_search_complete_get_result_metas (self->skeleton, invocation, g_variant_builder_end (&metas));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
activate_cb (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char *id, const char * const *terms, guint timestamp)
{
  g_autofree char *text = join (self, terms);

  natter_shell_search_complete_activate_result (self->skeleton, invocation);
  /* The desktop shows what was found for longer than the program may have run. */
  if (!g_hash_table_contains (self->found, id))
    search (self, NULL, id, terms);
  else if (!natter_screen_lock_is_locked (self->screen_lock))
    show (self, id, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
launch_cb (NatterSearchProvider *self, GDBusMethodInvocation *invocation, const char * const *terms, guint timestamp)
{
  g_autofree char *text = join (self, terms);

  natter_shell_search_complete_launch_search (self->skeleton, invocation);
  if (!natter_screen_lock_is_locked (self->screen_lock))
    g_signal_emit (self, signals[MORE], 0, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
natter_search_provider_dispose (GObject *object)
{
  NatterSearchProvider *self = NATTER_SEARCH_PROVIDER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->screen_lock);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->application);
  g_hash_table_remove_all (self->found);

  G_OBJECT_CLASS (natter_search_provider_parent_class)->dispose (object);
}

static void
natter_search_provider_finalize (GObject *object)
{
  g_hash_table_unref (NATTER_SEARCH_PROVIDER (object)->found);

  G_OBJECT_CLASS (natter_search_provider_parent_class)->finalize (object);
}

static void
natter_search_provider_class_init (NatterSearchProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_search_provider_dispose;
  object_class->finalize = natter_search_provider_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  signals[MORE] = g_signal_new ("more", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
natter_search_provider_init (NatterSearchProvider *self)
{
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->skeleton = natter_shell_search_skeleton_new ();
  g_signal_connect_object (self->skeleton, "handle-get-initial-result-set", G_CALLBACK (initial_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-get-subsearch-result-set", G_CALLBACK (subsearch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-get-result-metas", G_CALLBACK (metas_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-activate-result", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->skeleton, "handle-launch-search", G_CALLBACK (launch_cb), self, G_CONNECT_SWAPPED);
}

/**
 * natter_search_provider_new:
 * @application: is held while a search goes on
 *
 * Returns: (transfer full): a provider that nobody knows of yet
 */
NatterSearchProvider *
natter_search_provider_new (GApplication *application)
{
  NatterSearchProvider *self = g_object_new (NATTER_TYPE_SEARCH_PROVIDER, NULL);

  g_set_weak_pointer (&self->application, application);
  return self;
}

/**
 * natter_search_provider_set_session:
 * @self: a provider
 * @session: (nullable): where to search; %NULL when the program ends
 *
 * To be called before the main loop turns: no question comes before.
 */
void
natter_search_provider_set_session (NatterSearchProvider *self, NatterSession *session)
{
  g_return_if_fail (NATTER_IS_SEARCH_PROVIDER (self));

  g_set_object (&self->session, session);
}

/**
 * natter_search_provider_export:
 * @self: a provider
 * @bus: the session bus
 * @path: where the desktop looks for it
 * @error: why it can't be there
 *
 * Returns: whether the desktop can ask from now on
 */
gboolean
natter_search_provider_export (NatterSearchProvider *self, GDBusConnection *bus, const char *path, GError **error)
{
  g_return_val_if_fail (NATTER_IS_SEARCH_PROVIDER (self), FALSE);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), FALSE);

  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), bus, path, error))
    return FALSE;
  g_clear_object (&self->screen_lock);
  self->screen_lock = natter_screen_lock_new (bus);
  return TRUE;
}

/**
 * natter_search_provider_unexport:
 * @self: a provider
 *
 * The desktop can't ask any more.
 */
void
natter_search_provider_unexport (NatterSearchProvider *self)
{
  g_return_if_fail (NATTER_IS_SEARCH_PROVIDER (self));

  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
}
