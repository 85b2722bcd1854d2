/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What both programs of the fault test know: of a message, user name and number; of the draft that stays, the user name; and the
 * message that is said to be changed. */
#define FAULT_TEXT       "%s #%u"
#define FAULT_LAST_DRAFT "unsent words of %s"
#define FAULT_EDITED     "a-message"
