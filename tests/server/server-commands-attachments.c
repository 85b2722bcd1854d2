/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static gboolean
has_id (TsCall *call)
{
  g_autofree char *prefix = g_strdup_printf ("Invalid %s command: ", call->cmd);

  if (ts_get (call->request, "attachment_id") != NULL)
    return TRUE;

  ts_call_missing_field (call, prefix, "attachment_id");
  return FALSE;
}

static void
attachment_get (TsCall *call)
{
  TsAttachment *attachment;

  if (!has_id (call))
    return;

  attachment = ts_attachment_find (call->state, ts_call_string (call, "attachment_id"));
  if (attachment == NULL)
    ts_call_error (call, "Attachment not found or expired");
  else
    ts_call_answer (call, ts_object ("cmd", ts_string ("attachment_info"),
                                     "attachment", ts_of_object (ts_attachment_to_json (call->state, attachment)),
                                     NULL));
}

static void
attachment_delete (TsCall *call)
{
  g_autofree char *id = NULL;
  TsAttachment *attachment;

  if (!ts_call_knows_user (call) || !has_id (call))
    return;

  attachment = ts_attachment_find (call->state, ts_call_string (call, "attachment_id"));
  if (attachment == NULL)
    {
      ts_call_error (call, "Attachment not found");
      return;
    }
  if (strcmp (attachment->owner, call->user->id) != 0
      && !ts_user_has_role (call->user, "owner") && !ts_user_has_role (call->user, "admin"))
    {
      ts_call_error (call, "You can only delete your own attachments");
      return;
    }

  id = g_strdup (attachment->id);
  g_hash_table_remove (call->state->attachments, id);
  ts_call_answer (call, ts_object ("cmd", ts_string ("attachment_deleted"),
                                   "attachment_id", ts_string (id),
                                   "deleted", ts_bool (TRUE),
                                   NULL));
}

const TsCommand ts_commands_attachments[] = {
  { "attachment_get", attachment_get },
  { "attachment_delete", attachment_delete },
  { NULL },
};
