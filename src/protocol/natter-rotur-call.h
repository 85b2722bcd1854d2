/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What an answer of the API may be long: parsed in the main thread, so no more than what that can take. */
#define NATTER_ROTUR_MAX_ANSWER (64 * 1024)

/**
 * NatterRoturAnswer:
 * @status: the HTTP status
 * @node: (nullable): the body, when it is a JSON object
 *
 * What the API said to one call.
 */
typedef struct
{
  guint     status;
  JsonNode *node;
} NatterRoturAnswer;

void               natter_rotur_answer_free     (NatterRoturAnswer    *self);
JsonObject        *natter_rotur_answer_object   (NatterRoturAnswer    *self);
gboolean           natter_rotur_answer_is_good  (NatterRoturAnswer    *self);
gboolean           natter_rotur_answer_no_route (NatterRoturAnswer    *self);
GError            *natter_rotur_answer_to_error (NatterRoturAnswer    *self);

void               natter_rotur_call_async      (SoupSession          *session,
                                                 const char           *method,
                                                 const char           *uri,
                                                 const char           *token,
                                                 const char           *form,
                                                 guint                 limit_ms,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              data);
NatterRoturAnswer *natter_rotur_call_finish     (GAsyncResult         *result,
                                                 GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRoturAnswer, natter_rotur_answer_free)

G_END_DECLS
