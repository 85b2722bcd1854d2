# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Configure and compile. Sourced, for bash, where Natter is built: in the tree
# or on a machine that is new enough.

# build_in DIRECTORY [MESON-OPTION…]
build_in ()
{
  local directory=$1 environment log
  shift
  # A folder that was configured elsewhere (before an upgrade, or in the tree) is of no use here.
  # shellcheck source=/dev/null
  environment=$(. /etc/os-release && echo "${ID-} ${VERSION_ID-} ${NATTER_TREE:+tree}")
  if [ -f "$directory/environment" ] && [ "$(cat "$directory/environment")" != "$environment" ]; then
    rm -rf "$directory"
  fi
  mkdir -p "$directory"
  log=$directory/setup.log
  if [ ! -f "$directory/build.ninja" ]; then
    echo "natter: building in $directory for the first time, which takes some minutes" >&2
    if ! meson setup "$directory" "$@" > "$log" 2>&1; then
      cat "$log" >&2
      return 1
    fi
  fi
  echo "$environment" > "$directory/environment"
  ninja -C "$directory" --quiet >&2
}
