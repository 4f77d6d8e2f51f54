# shellcheck shell=bash
# Sourced by the demo, tests/run and the scripts beside it: messages, packages, places. Sets
# `checkout` and `tools`.

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Everything that is fetched or built for the tests and the demo, reused by the next run.
tools=${C8UPGRADE_TOOLS:-$checkout/.tools}
case $tools in /*) ;; *) tools=$PWD/$tools ;; esac

. "$checkout/tests/cluster/packages.sh"

say() { printf '%s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '  %s\n' "${@:2}" >&2
  exit 1
}

# Installs what is missing of the packages, with sudo if we are not root.
install_packages() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "packages are missing, and neither root nor sudo is at hand" \
      "As root: apt-get install -y ${missing[*]}"
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >&2 ||
    die "apt could not install the packages" "Try: sudo apt-get update && sudo apt-get install -y ${missing[*]}"
}
