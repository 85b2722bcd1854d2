# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What this machine has, and how more is installed on it. Sourced by
# environment.sh.

# The floor of meson.build, in the words of pkg-config.
natter_floors=('glib-2.0 >= 2.84' 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'libsoup-3.0 >= 3.6' 'json-glib-1.0 >= 1.10'
               'libsecret-1 >= 0.21' 'sqlite3 >= 3.46')

has_floors ()
{
  command -v meson > /dev/null && command -v pkg-config > /dev/null && pkg-config --exists "${natter_floors[@]}"
}

# at_least VERSION FLOOR
at_least ()
{
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Whether what this machine has, or what can be installed on it, is new enough.
machine_is_new ()
{
  local ID='' VERSION_ID='' ID_LIKE=''
  has_floors && return
  # shellcheck source=/dev/null
  [ -r /etc/os-release ] && . /etc/os-release
  case $ID in
    debian) [ -z "$VERSION_ID" ] || at_least "$VERSION_ID" 13 ;;
    ubuntu) at_least "${VERSION_ID:-0}" 25.04 ;;
    fedora) at_least "${VERSION_ID:-0}" 42 ;;
    arch | archarm) true ;;
    *) [[ " $ID_LIKE " = *\ arch\ * ]] || apt_is_new ;;
  esac
}

# Relatives of Debian count their versions in ways of their own.
apt_is_new ()
{
  command -v apt-cache > /dev/null || return
  at_least "$(apt-cache policy libgtk-4-dev 2>/dev/null | sed -n 's/ *Candidate: *//p')" 4.18 &&
    at_least "$(apt-cache policy libadwaita-1-dev 2>/dev/null | sed -n 's/ *Candidate: *//p')" 1.7
}

# Which of the packages given are not installed.
missing_apt_packages ()
{
  LC_ALL=C comm -23 <(printf '%s\n' "$@" | LC_ALL=C sort -u) \
                    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
                        sed -n 's/^installed //p' | LC_ALL=C sort -u)
}

# Install packages, as root or with sudo. Fails when neither is to be had.
install_with_apt ()
{
  local root=()
  command -v apt-get > /dev/null || return
  if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || return
    # Nobody is there to type a password when there is no terminal.
    [ -t 0 ] || sudo -n true 2>/dev/null || return
    root=(sudo)
    say "these packages are missing and are installed now, with sudo: $*"
  else
    say "these packages are missing and are installed now: $*"
  fi
  "${root[@]}" apt-get update -q >&2 || say "the package lists could not be updated"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

# Install what the list of this distribution has and the machine lacks.
# Fails when that takes rights that we do not have.
install_missing_packages ()
{
  local names missing=()
  if command -v dpkg-query > /dev/null && command -v apt-get > /dev/null; then
    # shellcheck disable=SC2154 # of environment.sh
    mapfile -t names < <(package_names "${natter_packages[@]}")
    mapfile -t missing < <(missing_apt_packages "${names[@]}")
    [ ${#missing[@]} = 0 ] && return
    if ! install_with_apt "${missing[@]}"; then
      say "to build natively, install: ${missing[*]}"
      return 1
    fi
  elif command -v rpm > /dev/null && command -v dnf > /dev/null; then
    mapfile -t names < <(package_names fedora)
    mapfile -t missing < <(missing_rpm_packages "${names[@]}")
    [ ${#missing[@]} = 0 ] || fail "packages are missing. Install them with: sudo dnf install ${missing[*]}"
  elif command -v pacman > /dev/null; then
    mapfile -t names < <(package_names arch)
    mapfile -t missing < <(pacman --deptest "${names[@]}" || true)
    [ ${#missing[@]} = 0 ] || fail "packages are missing. Install them with: sudo pacman -S --needed ${missing[*]}"
  else
    has_floors || fail "packages are missing. build-aux/packages/debian lists what Natter needs, by Debian's names"
  fi
}

missing_rpm_packages ()
{
  local name
  for name in "$@"; do
    rpm --quiet -q --whatprovides "$name" || echo "$name"
  done
}
