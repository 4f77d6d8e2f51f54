#!/bin/sh
# Builds c8upgrade and installs it as a plugin of your Helm. Helm runs it, too, as the hook of
# `helm plugin install`.
set -eu

usage() {
  cat <<'TEXT'
usage: ./install.sh           build c8upgrade and install the plugin into your Helm
       ./install.sh --demo    show an upgrade from Camunda 8.7 to 8.8 on a control plane of its own;
                              installs what it needs, leaves your clusters and your Helm alone
       ./install.sh --help    this text

HELM_BIN names the helm to install into (default: helm on PATH). The plugin goes where
`helm env HELM_PLUGINS` says; `helm plugin uninstall c8upgrade` removes it.
--demo takes the charts from the folder C8UPGRADE_CHARTS if that is set, and keeps what it
fetched and built in C8UPGRADE_TOOLS (default: .tools beside this script).
TEXT
}
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
again="run this again:"

# Like platform() of tests/cluster/packages.sh, which is not there in an installed plugin.
[ "$(uname -s)" = Linux ] || fail "c8upgrade runs on Linux (amd64, arm64); this is $(uname -s)"
case $(uname -m) in
  x86_64 | amd64) platform=linux-amd64 ;;
  aarch64 | arm64) platform=linux-arm64 ;;
  *) fail "c8upgrade runs on Linux amd64 and arm64; this is $(uname -m)" ;;
esac

plugin_version() { sed -n 's/^version: *//p' "$1/plugin.yaml"; }

# Builds the release in $here/build and puts the program into $here/bin.
build() {
  [ -f "$here/CMakeLists.txt" ] || fail "there is no c8upgrade for $platform here, and no source to build it from" \
    "Install from a checkout of the project: ./install.sh"
  . "$here/tests/cluster/packages.sh"
  # shellcheck disable=SC2046  # a list of words
  missing=$(missing_packages $(build_packages) | tr '\n' ' ')
  [ -z "$missing" ] || fail "packages are missing; install them and $again" \
    "sudo apt-get update && sudo apt-get install -y ${missing% }"
  for program in cmake ninja g++; do
    command -v $program >/dev/null || fail "$program is missing" \
      "Needed: cmake, ninja, a C++20 compiler, and the libraries Boost 1.81, CLI11, fmt, nlohmann-json and yaml-cpp (static)."
  done
  echo "building c8upgrade (a few minutes the first time)" >&2
  (cd "$here" && cmake --preset release && cmake --build --preset release) >&2
  mkdir -p "$here/bin/$platform"
  strip -o "$here/bin/$platform/c8upgrade" "$here/build/release/c8upgrade"
}

# A bundled program is used as it is, unless it is our own build or of another version than the
# plugin (after `helm plugin update`).
hook() {
  # Helm keeps a plugin whose hook has failed.
  again="install the plugin again (after helm plugin uninstall c8upgrade):"
  program=$here/bin/$platform/c8upgrade
  if [ -x "$program" ] && [ ! -d "$here/build/release" ]; then
    case $("$program" --version 2>/dev/null) in
      *"$(plugin_version "$here")"*) return 0 ;;
    esac
  fi
  build
}

# Sets `target`, the folder of the plugin in the user's Helm.
find_target() {
  helm=${HELM_BIN:-helm}
  plugins=$("$helm" env HELM_PLUGINS 2>/dev/null) || fail "$helm cannot be run" \
    "Install Helm 3.17 or newer, or name it: HELM_BIN=/path/to/helm ./install.sh"
  plugins=${plugins%%:*}
  target=$plugins/c8upgrade
  if [ -e "$target" ] && ! grep -qs '^name: c8upgrade$' "$target/plugin.yaml"; then
    fail "$target is there and is no c8upgrade plugin" "Remove it, then run this again."
  fi
  for other in "$plugins"/*/plugin.yaml; do
    if [ "$other" != "$target/plugin.yaml" ] && grep -qs '^name: c8upgrade$' "$other"; then
      fail "c8upgrade is installed in ${other%/plugin.yaml} already" \
        "Run this first: helm plugin uninstall c8upgrade"
    fi
  done
}

# Replaces what is installed in one move. It is staged beside the plugin folder, since Helm reads
# every folder in there, and two plugins of one name make all plugins unusable.
install_plugin() {
  mkdir -p "$plugins"
  staged=$(mktemp -d "$plugins/../.c8upgrade.XXXXXX")
  trap 'rm -rf "$staged"' EXIT
  mkdir -p "$staged/new/bin"
  cp -R "$here/bin/$platform" "$staged/new/bin/"
  for part in plugin.yaml plugin.complete install.sh probe postrenderer LICENSE; do
    [ ! -e "$here/$part" ] || cp -R "$here/$part" "$staged/new/"
  done
  chmod -R u=rwX,go=rX "$staged/new"
  # A link (made by `helm plugin install DIR`) is removed, not what it points at.
  if [ -L "$target" ]; then
    rm "$target"
  elif [ -d "$target" ]; then
    mv "$target" "$staged/old"
  fi
  mv "$staged/new" "$target"
  echo "c8upgrade $(plugin_version "$target") is installed in $target. Try: helm c8upgrade --help"
}

case ${1-} in
  --help | -h) usage ;;
  --demo) exec "$here/tests/cluster/demo" ;;
  '')
    if [ -n "${HELM_PLUGIN_DIR-}" ] && [ "${HELM_PLUGIN_NAME-c8upgrade}" = c8upgrade ]; then
      hook
    else
      find_target
      build
      install_plugin
    fi
    ;;
  *)
    usage >&2
    exit 1
    ;;
esac
