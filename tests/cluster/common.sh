# shellcheck shell=bash
# Sourced by install.sh, tests/run and the scripts beside it: messages, packages, places.
# Needs bash. Sets `checkout` and `tools`.

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# Everything that is fetched or built for the tests and the demo, reused by the next run.
tools=${C8UPGRADE_TOOLS:-$checkout/.tools}
case $tools in /*) ;; *) tools=$PWD/$tools ;; esac

say() { printf '%s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '  %s\n' "${@:2}" >&2
  exit 1
}

# linux-amd64 or linux-arm64; nothing and status 1 elsewhere.
platform() {
  [ "$(uname -s)" = Linux ] || return 1
  case $(uname -m) in
    x86_64 | amd64) echo linux-amd64 ;;
    aarch64 | arm64) echo linux-arm64 ;;
    *) return 1 ;;
  esac
}

# Debian 12's default Boost is too old for Boost.Process 2, so its newer one is named; later
# releases have no 1.81 and a default that will do.
boost_packages() {
  if grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
    echo libboost1.81-dev libboost-filesystem1.81-dev
  else
    echo libboost-dev libboost-filesystem-dev
  fi
}
build_packages() {
  echo cmake ninja-build g++ "$(boost_packages)" libcli11-dev libfmt-dev libyaml-cpp-dev nlohmann-json3-dev
}
test_packages() { echo libgtest-dev libgmock-dev ccache strace; }
tool_packages() { echo ca-certificates openssl python3 python3-venv; }

# Those of the packages that are not installed; all of them are taken for installed without dpkg.
missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -q '^installed$' || echo "$name"
  done
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
  say "installing ${missing[*]}"
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >&2 ||
    die "apt could not install the packages" "Try: sudo apt-get update && sudo apt-get install ${missing[*]}"
}
