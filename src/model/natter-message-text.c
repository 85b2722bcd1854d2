/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-handshake.h"
#include "natter-mention.h"
#include "natter-message-private.h"
#include "natter-server.h"

/* The text of a message as a document: made when it is first asked for, made again after an edit, and when it turns out
 * that the server is of the other kind. */

static NatterServer *
get_server (NatterMessage *self)
{
  return self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
}

static NatterDialect
get_dialect (NatterMessage *self)
{
  NatterServer *server = get_server (self);
  NatterHandshake *handshake = server != NULL ? natter_server_get_handshake (server) : NULL;

  return handshake != NULL && natter_handshake_is_new_generation (handshake) ? NATTER_DIALECT_NEW : NATTER_DIALECT_OLD;
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterMessage) self = data;
  NatterDocument *document = natter_document_parse_finish (result, NULL);

  /* Nothing but an edit makes it fail, by cancelling it. */
  if (document == NULL)
    return;
  g_clear_pointer (&self->document, natter_document_unref);
  self->document = document;
  g_clear_object (&self->parsing);
  _natter_message_notify (self, NATTER_MESSAGE_PROP_DOCUMENT);
}

static void
make_document (NatterMessage *self)
{
  const char *content = self->content != NULL ? self->content : "";
  gsize length = strlen (content);

  self->dialect = get_dialect (self);
  if (length <= NATTER_DOCUMENT_SHORT)
    {
      self->document = natter_document_parse (content, (gssize) length, self->dialect);
      return;
    }
  self->document = natter_document_new_plain (content, (gssize) length);
  self->parsing = g_cancellable_new ();
  natter_document_parse_async (content, (gssize) length, self->dialect, self->parsing, on_parsed, g_object_ref (self));
}

/* The text is another one. */
void
_natter_message_forget_document (NatterMessage *self)
{
  g_cancellable_cancel (self->parsing);
  g_clear_object (&self->parsing);
  g_clear_pointer (&self->document, natter_document_unref);
}

/* What is shown of it may be something else now; what was never asked for is not shown. */
void
_natter_message_names_changed (NatterMessage *self)
{
  guint n_spans = 0;

  if (self->document != NULL)
    natter_document_get_spans (self->document, &n_spans);
  if (n_spans > 0)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_DOCUMENT);
  if (self->reply_text != NULL)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_REPLY_TEXT);
  if (self->alias_avatar != NULL)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_AUTHOR_AVATAR);
}

/**
 * natter_message_get_document:
 * @self: a message
 *
 * Returns: (transfer none): its text with all that it means, names as they were written. Of very long text first only
 *   the text; #NatterMessage:document is notified when the rest is known
 */
NatterDocument *
natter_message_get_document (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->document != NULL && self->dialect != get_dialect (self))
    _natter_message_forget_document (self);
  if (self->document == NULL)
    make_document (self);
  return self->document;
}

/**
 * natter_message_dup_shown:
 * @self: a message
 *
 * Returns: (transfer full): its text to be shown now: with the names that people, roles and channels have
 */
NatterDocument *
natter_message_dup_shown (NatterMessage *self)
{
  NatterDocument *document;
  NatterServer *server;

  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  document = natter_message_get_document (self);
  server = get_server (self);
  return server != NULL ? natter_server_resolve_document (server, document) : natter_document_ref (document);
}

/**
 * natter_message_dup_plain:
 * @self: a message
 *
 * Returns: (transfer full): its text without marks, in one line, without what is hidden: for screen readers and
 *   notifications
 */
char *
natter_message_dup_plain (NatterMessage *self)
{
  g_autoptr(NatterDocument) shown = natter_message_dup_shown (self);

  return natter_document_get_plain (shown, NATTER_PLAIN_ONE_LINE | NATTER_PLAIN_HIDE_SPOILERS);
}

/**
 * natter_message_dup_reply_plain:
 * @self: a message
 *
 * Returns: (transfer full): the text of the message that it answers, as of natter_message_dup_plain(); empty if it is not
 *   known
 */
char *
natter_message_dup_reply_plain (NatterMessage *self)
{
  NatterServer *server;
  g_autoptr(NatterDocument) document = NULL;
  g_autoptr(NatterDocument) shown = NULL;

  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->reply_text == NULL)
    return g_strdup ("");
  server = get_server (self);
  /* A line shows less, but what is hidden is known as such only with its end. */
  document = natter_document_parse (self->reply_text, (gssize) MIN (strlen (self->reply_text), NATTER_DOCUMENT_SHORT),
                                    get_dialect (self));
  shown = server != NULL ? natter_server_resolve_document (server, document) : natter_document_ref (document);
  return natter_document_get_plain (shown, NATTER_PLAIN_ONE_LINE | NATTER_PLAIN_HIDE_SPOILERS);
}
