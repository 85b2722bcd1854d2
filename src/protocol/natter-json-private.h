/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a frame may hold. Servers stay far below; the bounds are there for hostile ones. */
#define NATTER_JSON_MAX_DEPTH 256
#define NATTER_JSON_MAX_MEMBERS 4096
#define NATTER_JSON_MAX_VALUES (4 * 1024 * 1024)

gboolean    natter_json_mend        (const char      *text,
                                     gsize            length,
                                     GString        **mended,
                                     GError         **error);
JsonNode   *natter_json_parse       (const char      *text,
                                     gsize            length,
                                     GError         **error);

gboolean    natter_json_has         (JsonObject      *object,
                                     const char      *name);
const char *natter_json_string      (JsonObject      *object,
                                     const char      *name);
const char *natter_json_id          (JsonObject      *object,
                                     const char      *name);
char       *natter_json_dup_string  (JsonObject      *object,
                                     const char      *name);
char       *natter_json_dup_id      (JsonObject      *object,
                                     const char      *name);
char       *natter_json_dup_lax_id  (JsonObject      *object,
                                     const char      *name);
gint64      natter_json_int         (JsonObject      *object,
                                     const char      *name,
                                     gint64           minimum,
                                     gint64           maximum,
                                     gint64           fallback);
gint64      natter_json_lax_int     (JsonObject      *object,
                                     const char      *name,
                                     gint64           minimum,
                                     gint64           maximum,
                                     gint64           fallback);
double      natter_json_double      (JsonObject      *object,
                                     const char      *name,
                                     double           fallback);
gboolean    natter_json_bool        (JsonObject      *object,
                                     const char      *name,
                                     gboolean         fallback);
gboolean    natter_json_lax_bool    (JsonObject      *object,
                                     const char      *name,
                                     gboolean         fallback);
gint64      natter_json_time        (JsonObject      *object,
                                     const char      *name);
char      **natter_json_strv        (JsonObject      *object,
                                     const char      *name,
                                     guint            maximum);
JsonObject *natter_json_object      (JsonObject      *object,
                                     const char      *name);
JsonArray  *natter_json_array       (JsonObject      *object,
                                     const char      *name);

/* Makes something of an object, or gives NULL when it is no good. */
typedef gpointer (*NatterJsonRead) (JsonObject *object);

GPtrArray  *natter_json_list        (JsonArray       *array,
                                     guint            maximum,
                                     NatterJsonRead   read,
                                     GDestroyNotify   free_item);

JsonObject *natter_json_node_object (JsonNode        *node);
const char *natter_json_node_string (JsonNode        *node);
char      **natter_json_node_strv   (JsonNode        *node,
                                     guint            maximum);

G_END_DECLS
