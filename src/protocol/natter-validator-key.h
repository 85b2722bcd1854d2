/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-address.h"

G_BEGIN_DECLS

#define NATTER_VALIDATOR_PINS_SIZE 4096

typedef struct _NatterValidatorPins NatterValidatorPins;

/* A key was seen for the first time: @sum is its checksum, @place the text of the server's address. */
typedef void (* NatterValidatorPinFunc) (const char *sum,
                                         const char *place,
                                         gpointer    data);

NatterValidatorPins *natter_validator_pins_new        (void);
void                 natter_validator_pins_free       (NatterValidatorPins  *self);
void                 natter_validator_pins_add        (NatterValidatorPins  *self,
                                                       const char           *sum,
                                                       const char           *place);
void                 natter_validator_pins_set_func   (NatterValidatorPins  *self,
                                                       NatterValidatorPinFunc func,
                                                       gpointer              data);
gboolean             natter_validator_key_has_address (const char           *key);
gboolean             natter_validator_key_check       (const char           *key,
                                                       NatterAddress        *address,
                                                       NatterValidatorPins  *pins,
                                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterValidatorPins, natter_validator_pins_free)

G_END_DECLS
