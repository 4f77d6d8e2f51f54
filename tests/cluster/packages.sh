# shellcheck shell=sh
# Sourced (plain sh): the platforms and the Debian packages that a build and the tests need.

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
  echo cmake ninja-build g++ "$(boost_packages)" libcli11-dev libdtl-dev libfmt-dev libyaml-cpp-dev nlohmann-json3-dev
}
test_packages() { echo clang libclang-rt-dev libgtest-dev libgmock-dev ccache patch strace python3-yaml; }
tool_packages() { echo ca-certificates openssl python3 python3-venv; }

# Those of the packages that are not here, a line each. A program counts wherever it came from; of
# a library nothing is known without dpkg, and then it counts as present.
missing_packages() {
  for package in "$@"; do
    has_package "$package" || echo "$package"
  done
}
has_package() {
  case $1 in
    cmake | g++ | clang | ccache | patch | strace | openssl | python3) command -v "$1" >/dev/null ;;
    ninja-build) command -v ninja >/dev/null ;;
    python3-yaml) python3 -c 'import yaml' 2>/dev/null ;;
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    *)
      ! command -v dpkg-query >/dev/null ||
        dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -q '^installed$'
      ;;
  esac
}
