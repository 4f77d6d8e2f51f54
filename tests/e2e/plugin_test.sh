#!/usr/bin/env bash
# The plugin in both Helms: help, completion, version; other plugins go on working; uninstall leaves nothing.
. "$(dirname "$0")/lib.sh"

test_help_and_version() {
  leaves 0 "$HELM" c8upgrade --version
  grep -qE '^[0-9]+\.[0-9]+\.[0-9]+$' out || fail "no version: $(cat out)"
  leaves 0 "$HELM" c8upgrade --help
  contains out 'helm c8upgrade'
  leaves 0 "$HELM" help c8upgrade
  contains out '8.8'
  leaves 0 "$HELM" c8upgrade values --help
}

test_completion() {
  leaves 0 "$HELM" __complete c8upgrade --identity-m ''
  leaves 0 "$HELM" __complete c8upgrade --iden
  contains out '--identity-migration'
  contains out ':4'
}

test_install_beside_others_and_uninstall() {
  export HELM_DATA_HOME=$DIR/data HELM_CACHE_HOME=$DIR/cache HELM_CONFIG_HOME=$DIR/config
  mkdir -p "$HELM_DATA_HOME/plugins/other"
  printf 'name: other\nversion: 1.0.0\nusage: x\ndescription: x\ncommand: "echo other works"\n' \
    >"$HELM_DATA_HOME/plugins/other/plugin.yaml"
  "$HELM" plugin install "$WORK/../plugin" >install.log 2>&1 || { cat install.log; return 1; }
  leaves 0 "$HELM" other
  contains out 'other works'
  leaves 0 "$HELM" c8upgrade --version
  "$HELM" plugin uninstall c8upgrade >uninstall.log 2>&1 || { cat uninstall.log; return 1; }
  leaves 0 "$HELM" other
  is other "$(ls "$HELM_DATA_HOME/plugins")" "what is left in the plugins' folder"
}

run_tests
