# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Where Natter is built and run: on this machine when its packages are new
# enough, else in a Debian 13 tree in the cache folder. Sourced by the scripts
# of build-aux/, for bash.

natter_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
natter_cache=${XDG_CACHE_HOME:-$HOME/.cache}/natter
export NATTER_CHECKOUT=$natter_checkout

say ()
{
  printf 'natter: %s\n' "$*" >&2
}

fail ()
{
  say "$@"
  exit 1
}

# The names in a package list, without comments.
package_names ()
{
  sed 's/#.*//' "$natter_checkout/build-aux/packages/$1" | tr -s ' \t' '\n' | grep . | LC_ALL=C sort -u
}

tree_path ()
{
  echo "$natter_cache/debian-13-$(package_names debian | sha256sum | cut -c1-12)"
}

# Make the tree if there is none for the present list. It gets its final name
# only when whole; a lock keeps two runs from making it twice.
make_tree ()
{
  local tree
  tree=$(tree_path)
  [ -d "$tree" ] && return

  mkdir -p "$natter_cache"
  exec 9> "$natter_cache/lock"
  flock 9
  if [ ! -d "$tree" ]; then
    command -v mmdebstrap > /dev/null || fail "mmdebstrap is needed"
    say "making the Debian 13 tree (about 1.5 GB, a few minutes)"
    rm -rf "$natter_cache"/debian-13-*.new
    mmdebstrap --variant=apt --include="$(package_names debian | paste -sd,)" \
               --dpkgopt='path-exclude=/usr/share/man/*' \
               --dpkgopt='path-exclude=/usr/share/info/*' \
               trixie "$tree.new" http://deb.debian.org/debian
    mv "$tree.new" "$tree"
  fi
  exec 9>&-
}

# Run a command in the tree, with the checkout, its Git folder, the home and
# the cache at their own paths and the same current directory.
run_in_tree ()
{
  local binds=("$natter_checkout" "$natter_cache") git
  git=$(git -C "$natter_checkout" rev-parse --path-format=absolute --git-common-dir 2>/dev/null) && binds+=("$git")
  [ -d "${HOME-}" ] && [ "$HOME" != / ] && binds+=("$HOME")
  mkdir -p "$natter_cache/ccache"
  export CCACHE_DIR=${CCACHE_DIR:-$natter_cache/ccache}
  unshare --mount --propagation private -- \
          "$natter_checkout/build-aux/lib/enter-tree" "$(tree_path)" "$(id -u)" "$(id -g)" "${binds[@]}" -- "$@"
}
