#!/usr/bin/env bash
# The plugin as a guest of both Helms: it comes and goes without a trace and leaves others alone.
. "$(dirname "$0")/lib.sh"

# A Helm home of the test's own, with another plugin in it.
fresh_home() {
  export HELM_CACHE_HOME=$DIR/home/cache HELM_CONFIG_HOME=$DIR/home/config HELM_DATA_HOME=$DIR/home/data
  mkdir -p "$DIR/other"
  printf 'name: other\nversion: 0.1.0\nusage: u\ndescription: d\ncommand: "echo the other one"\n' >"$DIR/other/plugin.yaml"
  "$HELM" plugin install "$DIR/other" >/dev/null
}
installed() { find "$HELM_DATA_HOME" | sort; }

test_comes_and_goes() {
  fresh_home
  installed >before
  "$HELM" plugin install "$PLUGIN"
  leaves 0 "$HELM" c8upgrade --version
  contains out "$(sed -n 's/^version: //p' "$PLUGIN/plugin.yaml")"
  leaves 0 "$HELM" other
  contains out "the other one"
  "$HELM" plugin uninstall c8upgrade
  installed | diff before -
  leaves 0 "$HELM" other
  contains out "the other one"
}

test_install_script_comes_and_goes() {
  fresh_home
  installed >before
  # A checkout whose build is done: the program is there, cmake has nothing to do.
  mkdir -p checkout/tests/cluster checkout/build/release programs
  cp -R "$PLUGIN/." checkout/
  cp "$CHECKOUT/tests/cluster/packages.sh" checkout/tests/cluster/
  touch checkout/CMakeLists.txt
  cp checkout/bin/*/c8upgrade checkout/build/release/
  printf '#!/bin/sh\n' >programs/cmake
  chmod +x programs/cmake
  # Twice: an installed plugin is replaced.
  PATH=$DIR/programs:$PATH HELM_BIN=$HELM checkout/install.sh
  PATH=$DIR/programs:$PATH HELM_BIN=$HELM checkout/install.sh
  leaves 0 "$HELM" c8upgrade --version
  contains out "$(sed -n 's/^version: //p' "$PLUGIN/plugin.yaml")"
  "$HELM" plugin uninstall c8upgrade
  installed | diff before -
}

test_hook_without_program_says_what_to_do() {
  fresh_home
  cp -R "$PLUGIN" bare
  rm -r bare/bin
  leaves 1 "$HELM" plugin install "$DIR/bare"
  contains err "no source to build it from"
  contains err "./install.sh"
}

test_help() {
  leaves 0 "$HELM" help c8upgrade
  contains out "helm c8upgrade camunda camunda/camunda-platform --version 13.12.7 -f values.yaml"
  leaves 0 "$HELM" c8upgrade --help
  contains out "helm c8upgrade"
  contains out "--report FILE"
  leaves 0 "$HELM" c8upgrade values --help
  contains out "helm c8upgrade values"
}

test_completion() {
  leaves 0 "$HELM" __complete c8upgrade --iden
  contains out "--identity-migration"
  contains out ":4"
  leaves 0 "$HELM" __complete c8upgrade camunda --report x --vers
  contains out "--version"
  leaves 0 "$HELM" __complete c8upgrade --secrets ""
  contains out "keep"
  contains out "leave"
  leaves 0 "$HELM" __complete c8upgrade va
  contains out "values"
  h install one "$PLUGIN/probe" >/dev/null
  leaves 0 "$HELM" __complete c8upgrade -n "$NS" o
  contains out "one"
}

run_tests
