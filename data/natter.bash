# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

_natter ()
{
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
  [ "$current" != = ] || current=''
  case $previous in
    --profile) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    --join-file) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    --server) ;;
    *) mapfile -t COMPREPLY < <(compgen -W '--help --version --debug-info --background --server= --profile= --join-file=' -- "$current") ;;
  esac
  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}

complete -o filenames -F _natter natter
