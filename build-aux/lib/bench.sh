# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What the benchmarks share: the build, and the program under Xvfb against the
# test server. Sourced by build-aux/lib/bench-*, for bash.

# shellcheck source-path=SCRIPTDIR source=build.sh
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"

cd "$NATTER_CHECKOUT"
build_in build

export GSETTINGS_SCHEMA_DIR=$NATTER_CHECKOUT/build/data \
       LC_ALL=C.UTF-8 \
       NATTER_PROGRAM=$NATTER_CHECKOUT/build/src/natter \
       NATTER_TEST_SERVER=$NATTER_CHECKOUT/build/tests/server/natter-test-server \
       PYTHONDONTWRITEBYTECODE=1 \
       TZ=UTC

# Run a program of tests/bench on a display of its own.
run_on_display ()
{
  exec build-aux/display --keyring --window-manager -- python3 "tests/bench/$1" "${@:2}"
}
