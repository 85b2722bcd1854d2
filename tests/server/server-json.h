/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * JSON as the Python server reads and writes it. Strings may hold what JSON
 * text can say and UTF-8 cannot: a lone surrogate is kept as its three-byte
 * form (ED A0 80 …) and U+0000 as C0 80, so that C strings carry both.
 */

JsonNode   *ts_string        (const char *value);
JsonNode   *ts_string_printf (const char *format,
                              ...) G_GNUC_PRINTF (1, 2);
JsonNode   *ts_int           (gint64      value);
JsonNode   *ts_float         (double      value);
JsonNode   *ts_bool          (gboolean    value);
JsonNode   *ts_null          (void);
JsonNode   *ts_strings       (GPtrArray  *strings);
JsonNode   *ts_of_object     (JsonObject *object);
JsonNode   *ts_of_array      (JsonArray  *array);
JsonNode   *ts_clone         (JsonNode   *node);
JsonObject *ts_clone_object  (JsonObject *object);

JsonObject *ts_object        (const char *first_name,
                              ...) G_GNUC_NULL_TERMINATED;
void        ts_set           (JsonObject *object,
                              const char *name,
                              JsonNode   *value);

JsonNode   *ts_get           (JsonObject *object,
                              const char *name);
const char *ts_get_string    (JsonObject *object,
                              const char *name);
JsonObject *ts_get_object    (JsonObject *object,
                              const char *name);
JsonArray  *ts_get_array     (JsonObject *object,
                              const char *name);
gboolean    ts_get_bool      (JsonObject *object,
                              const char *name,
                              gboolean    fallback);
gint64      ts_get_int       (JsonObject *object,
                              const char *name,
                              gint64      fallback);
double      ts_get_number    (JsonObject *object,
                              const char *name,
                              double      fallback);
GPtrArray  *ts_get_strings   (JsonObject *object,
                              const char *name);

gboolean    ts_is_set        (JsonObject *object,
                              const char *name);
gboolean    ts_is_string     (JsonNode   *node);
gboolean    ts_is_int        (JsonNode   *node);
gboolean    ts_is_number     (JsonNode   *node);
gboolean    ts_is_bool       (JsonNode   *node);
gboolean    ts_truthy        (JsonNode   *node);
gboolean    ts_array_has     (JsonArray  *array,
                              const char *string);
gboolean    ts_has_surrogate (const char *text);

JsonNode   *ts_json_parse    (const char *text,
                              gsize       length,
                              GError    **error);
char       *ts_json_write    (JsonNode   *node);
char       *ts_json_write_object
                             (JsonObject *object);
void        ts_json_append   (GString    *out,
                              JsonNode   *node);
char       *ts_python_float  (double      value);
char       *ts_python_repr   (JsonNode   *node);
char       *ts_python_str    (JsonNode   *node);
char       *ts_python_strip  (const char *text);
glong       ts_code_points   (const char *text);

G_END_DECLS
