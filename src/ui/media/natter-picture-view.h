/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NatterPictureState:
 * @NATTER_PICTURE_EMPTY: there is nothing to show
 * @NATTER_PICTURE_ASKS: the person has not agreed to load it yet
 * @NATTER_PICTURE_LOADING: on its way
 * @NATTER_PICTURE_SHOWN: there
 * @NATTER_PICTURE_FAILED: could not be loaded
 *
 * What a picture of a message shows.
 */
typedef enum
{
  NATTER_PICTURE_EMPTY,
  NATTER_PICTURE_ASKS,
  NATTER_PICTURE_LOADING,
  NATTER_PICTURE_SHOWN,
  NATTER_PICTURE_FAILED,
} NatterPictureState;

#define NATTER_TYPE_PICTURE_VIEW (natter_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (NatterPictureView, natter_picture_view, NATTER, PICTURE_VIEW, GtkWidget)

GtkWidget          *natter_picture_view_new         (void);
void                natter_picture_view_set         (NatterPictureView *self,
                                                     const char        *uri,
                                                     int                width,
                                                     int                height,
                                                     gboolean           is_foreign,
                                                     gboolean           may_load);
void                natter_picture_view_set_room    (NatterPictureView *self,
                                                     int                width,
                                                     int                height);
NatterPictureState  natter_picture_view_get_state   (NatterPictureView *self);
GdkPaintable       *natter_picture_view_get_picture (NatterPictureView *self);
void                natter_picture_view_load        (NatterPictureView *self);

G_END_DECLS
