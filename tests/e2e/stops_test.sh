#!/usr/bin/env bash
# A run that stops, and every dry run, leaves every object as it was; and says why and what to do.
. "$(dirname "$0")/lib.sh"

small=$CHECKOUT/tests/e2e/values/small.yaml

install_small() {
  install_release "$from_chart" -f "$small" "$@"
  snapshot >before
}
# stops CODE TEXT WORDS…: c8upgrade leaves with that code, says that, and has changed nothing.
stops() {
  local code=$1 text=$2
  shift 2
  leaves "$code" c8upgrade "$@"
  contains err "$text"
  unchanged before
}
target() { chart "$to_chart"; }

test_what_cannot_be_upgraded() {
  install_small
  stops 1 'no release' nobody "$(target)" -f "$small"
  stops 1 'installs Camunda 8.7' camunda "$(chart "$from_chart")" -f "$small"
  stops 1 'missing.yaml' camunda "$(target)" -f missing.yaml
  printf 'zeebe:\n  clusterSize: [1\n' >broken.yaml
  stops 1 'broken.yaml:' camunda "$(target)" -f broken.yaml
  printf -- '- a\n' >list.yaml
  stops 1 'list.yaml' camunda "$(target)" -f list.yaml
  stops 1 '--set' camunda "$(target)" --sett a=b
  stops 1 'accept' camunda "$(target)" -f "$small" --accept no-such-rule
  stops 1 'report' camunda "$(target)" -f "$small" --report /nonexistent/report.json
}

test_findings_stop() {
  install_small
  stops 3 '[rollback-on-failure]' camunda "$(target)" -f "$small" "$([ "$HELM_MAJOR" = 3 ] && echo --atomic || echo --rollback-on-failure)"
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.pvcSize=20Gi
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.configuration=own
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.clusterSize=3
}

test_owned_by_gitops() {
  install_small
  k label statefulset/camunda-zeebe helm.toolkit.fluxcd.io/name=camunda >/dev/null
  snapshot >before
  stops 3 'Flux' camunda "$(target)" -f "$small"
}

test_dry_runs() {
  install_small
  leaves 0 c8upgrade camunda "$(target)" -f "$small" --dry-run
  unchanged before
  leaves 0 c8upgrade camunda "$(target)" -f "$small" --dry-run=server
  unchanged before
  contains out 'migration-importer'
  leaves 0 c8upgrade template camunda "$(target)" -f "$small"
  contains out 'migration-importer'
  unchanged before
}

# The API server is asked before anything changes: what a rendering cannot show.
test_the_server_has_the_last_word() {
  install_small
  local answer=0
  c8upgrade camunda "$(target)" -f "$small" --set 'zeebe.tolerations[0].operator=Nonsense' >out 2>err || answer=$?
  is 3 "$answer" "exit code"
  contains err 'Nonsense'
  unchanged before
}

run_tests
