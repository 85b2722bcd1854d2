/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-rotur-oauth.h"

G_BEGIN_DECLS

/**
 * NatterRoturWay:
 * @NATTER_ROTUR_WAY_BROWSER: on this machine: OAuth when the build has a client id, else the hand-off of Rotur's page
 * @NATTER_ROTUR_WAY_CODE: with a code that is typed into Rotur's page, on this machine or any other
 *
 * How a person signs in with Rotur. Never with the password: that is for Rotur's page alone.
 */
typedef enum
{
  NATTER_ROTUR_WAY_BROWSER,
  NATTER_ROTUR_WAY_CODE,
} NatterRoturWay;

/**
 * NatterRoturShowFunc:
 * @page: the page to open in the system's browser
 * @code: (nullable): what has to be typed there
 * @data: what was given with it
 *
 * Shows the person where to go on. @page is part of a secret: not to be logged.
 */
typedef void (* NatterRoturShowFunc) (const char *page,
                                      const char *code,
                                      gpointer    data);

void               natter_rotur_sign_in_async      (NatterRotur          *self,
                                                    NatterRoturWay        way,
                                                    NatterRoturShowFunc   show,
                                                    gpointer              show_data,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              data);
NatterRoturTokens *natter_rotur_sign_in_finish     (NatterRotur          *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

G_END_DECLS
