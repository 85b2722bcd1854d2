/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The objects of the model know each other; only the names are needed for that. */
typedef struct _NatterAccount  NatterAccount;
typedef struct _NatterChannel  NatterChannel;
typedef struct _NatterDraft    NatterDraft;
typedef struct _NatterMember   NatterMember;
typedef struct _NatterMessage  NatterMessage;
typedef struct _NatterOutbox   NatterOutbox;
typedef struct _NatterRole     NatterRole;
typedef struct _NatterServer   NatterServer;
typedef struct _NatterSession  NatterSession;
typedef struct _NatterSlashCommand NatterSlashCommand;
typedef struct _NatterTimeline NatterTimeline;
typedef struct _NatterVisits   NatterVisits;

G_END_DECLS
