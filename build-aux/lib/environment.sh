# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Where Natter is built and run: on this machine when its packages are new
# enough, else in a Debian 13 tree in the cache folder. Sourced by the scripts
# of build-aux/, for bash.
#
# NATTER_ENVIRONMENT=native or =tree decides it by hand.

natter_checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
natter_cache=${XDG_CACHE_HOME:-$HOME/.cache}/natter
export NATTER_CHECKOUT=$natter_checkout

# The lists of build-aux/packages that are needed, and the name of the tree of exactly these: trees of
# other names stay as they are.
natter_packages=(debian)
natter_tree_name=debian-13

# shellcheck source-path=SCRIPTDIR source=machine.sh
. "$natter_checkout/build-aux/lib/machine.sh"

# What the head of a script says of it, for --help.
show_help ()
{
  sed -n '4,/^[^#]/{s/^# \?//p}' "$0"
}

say ()
{
  printf 'natter: %s\n' "$*" >&2
}

fail ()
{
  say "$@"
  exit 1
}

# The names in package lists, without comments.
package_names ()
{
  ( cd "$natter_checkout/build-aux/packages" && sed 's/#.*//' "$@" ) | tr -s ' \t' '\n' | grep . | LC_ALL=C sort -u
}

# For `prepare`: what makes and tries a Flatpak is needed too.
needs_flatpak ()
{
  natter_packages=(debian flatpak)
  natter_tree_name=debian-13-flatpak
}

# Make the place to build in: install what this machine lacks, or make the tree.
# Sets natter_environment to native or tree. Quick and without network when
# nothing is missing.
prepare ()
{
  natter_environment=${NATTER_ENVIRONMENT-}
  if [ -n "${NATTER_TREE-}" ]; then
    natter_environment=native
  elif [ "$natter_environment" = native ] || { [ -z "$natter_environment" ] && machine_is_new; }; then
    if install_missing_packages; then
      natter_environment=native
    else
      say "trying a Debian 13 tree instead, which changes nothing on this machine"
      natter_environment=tree
    fi
  else
    natter_environment=tree
  fi
  if [ "$natter_environment" = tree ]; then
    make_tree
  fi
}

# Run a command where `prepare` has made a place for it, in place of the shell.
run_prepared ()
{
  if [ "$natter_environment" = tree ]; then
    run_in_tree "$@"
  else
    exec "$@"
  fi
}

tree_path ()
{
  echo "$natter_cache/$natter_tree_name-$(package_names "${natter_packages[@]}" | sha256sum | cut -c1-12)"
}

# Put a command behind this to have a root's rights over the tree: in a user
# namespace when we are not root. The user is root there, and the other
# users of the tree are the ones that /etc/subuid gives.
as_tree_root ()
{
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    unshare --user --map-root-user --map-auto -- "$@"
  fi
}

# What makes and enters a tree, and a clear message when it is not there.
check_tree_tools ()
{
  local missing=() user
  command -v mmdebstrap > /dev/null || missing+=(mmdebstrap)
  [ -d /usr/share/keyrings ] && compgen -G '/usr/share/keyrings/debian-archive-keyring.*' > /dev/null || missing+=(debian-archive-keyring)
  [ "$(id -u)" = 0 ] || command -v newuidmap > /dev/null || missing+=(uidmap)
  if [ ${#missing[@]} != 0 ]; then
    install_with_apt "${missing[@]}" ||
      fail "the Debian 13 tree, where Natter is built when this machine's own packages will not do, needs: ${missing[*]}"
  fi
  [ "$(id -u)" = 0 ] && return
  user=$(id -un)
  if ! grep -qs "^$user:" /etc/subuid || ! grep -qs "^$user:" /etc/subgid; then
    fail "the Debian 13 tree needs user and group ids for $user. Ask an administrator for:" \
         "usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $user"
  fi
  as_tree_root true 2>/dev/null ||
    fail "this machine does not let $user make a user namespace (see kernel.unprivileged_userns_clone," \
         "kernel.apparmor_restrict_unprivileged_userns; util-linux must be 2.38 or later)." \
         "As root, or with newer packages, it works without."
}

# Make the tree if there is none for the present list. It gets its final name
# only when whole; a lock keeps two runs from making it twice.
make_tree ()
{
  local tree
  tree=$(tree_path)
  [ -d "$tree" ] && return

  mkdir -p "$natter_cache"
  exec {natter_lock}> "$natter_cache/lock"
  flock "$natter_lock"
  if [ ! -d "$tree" ]; then
    check_tree_tools
    say "making the Debian 13 tree in $natter_cache (1.5 GB, a few minutes)"
    as_tree_root rm -rf "$natter_cache/$natter_tree_name"-????????????.new
    bootstrap_tree "$tree.new" || fail "the tree could not be made, see above"
    mv "$tree.new" "$tree"
    remove_old_trees "$tree"
  fi
  exec {natter_lock}>&-
}

bootstrap_tree ()
{
  local command=(mmdebstrap --quiet --variant=apt --include="$(package_names "${natter_packages[@]}" | paste -sd,)"
                 --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*')
  local mirror=${NATTER_DEBIAN_MIRROR:-http://deb.debian.org/debian}

  if [ "$(id -u)" = 0 ]; then
    "${command[@]}" trixie "$1" "$mirror"
  else
    # By way of an archive, since mmdebstrap maps ids in another way than we do on entering.
    mkdir "$1"
    ( set -o pipefail
      "${command[@]}" --mode=unshare --format=tar trixie - "$mirror" |
        as_tree_root tar --extract --numeric-owner --preserve-permissions --exclude='./dev/*' --directory="$1" )
  fi
}

# Trees of other lists, unless somebody is in them.
remove_old_trees ()
{
  local other
  for other in "$natter_cache/$natter_tree_name"-????????????; do
    if [ "$other" != "$1" ] && flock --nonblock "$other" true; then
      say "removing $other, which is no longer needed"
      as_tree_root rm -rf --one-file-system "$other"
    fi
  done
}

# Run a command in the tree, with the checkout, its Git folder, the home and
# the cache at their own paths and the same current directory.
run_in_tree ()
{
  local binds=("$natter_checkout" "$natter_cache") git tree
  tree=$(tree_path)
  if git=$(git -C "$natter_checkout" rev-parse --path-format=absolute --git-common-dir 2>/dev/null); then
    binds+=("$git")
  fi
  if [ -d "${HOME-}" ] && [ "$HOME" != / ]; then
    binds+=("$HOME")
  fi
  mkdir -p "$natter_cache/ccache"
  export CCACHE_DIR=${CCACHE_DIR:-$natter_cache/ccache}
  # Held for as long as the command runs: somebody is in here.
  exec {natter_tree_lock}< "$tree"
  flock --shared "$natter_tree_lock"
  as_tree_root unshare --mount --propagation private -- \
    "$natter_checkout/build-aux/lib/enter-tree" "$tree" "$(id -u)" "$(id -g)" "${binds[@]}" -- "$@"
}
