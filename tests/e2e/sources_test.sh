#!/usr/bin/env bash
# However the values come, Helm gets the same ones: files, layers, pipes, flags, a former release.
. "$(dirname "$0")/lib.sh"

small=$CHECKOUT/tests/e2e/values/small.yaml

install_small() { install_release "$from_chart" -f "$small" "$@"; }
to_8_8() { c8upgrade camunda "$(chart "$to_chart")" "$@" >upgrade.log 2>&1 || { cat upgrade.log; return 1; }; }
# What the release was given, without the words of the run.
given() { h get values camunda -o json; }
is_upgraded() {
  is 10Gi "$(field pvc/data-camunda-zeebe-0 .spec.resources.requests.storage)" "the claim"
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "the number of brokers"
  exists job/camunda-zeebe-migration-data
  absent deployment/camunda-operate
}

test_no_values_are_the_last_deployed_ones() {
  install_small
  to_8_8
  is_upgraded
}

test_reuse_values() {
  install_small
  to_8_8 --reuse-values --set zeebe.logLevel=debug
  is_upgraded
  contains <(given) '"logLevel":"debug"'
}

test_set_only_and_integers_stay_integers() {
  install_small
  to_8_8 --reset-then-reuse-values --set 'zeebe.env[0].name=BIG' --set-string 'zeebe.env[0].value=1000000' \
    --set zeebe.podSecurityContext.runAsUser=1000000
  is_upgraded
  is 1000000 "$(field statefulset/camunda-zeebe .spec.template.spec.securityContext.runAsUser)" "runAsUser"
  is 1000000 "$(field statefulset/camunda-zeebe '.spec.template.spec.containers[0].env[?(@.name=="BIG")].value')" "BIG"
}

# A pipe and standard input can be read once only; the file, the pipe and stdin give the same.
test_pipes_give_what_the_file_gives() {
  install_small
  to_8_8 -f "$small" --dry-run=client -o json
  "$HELM" c8upgrade values --namespace "$NS" -f "$small" >from-file 2>err
  "$HELM" c8upgrade values --namespace "$NS" -f <(cat "$small") >from-pipe 2>err
  "$HELM" c8upgrade values --namespace "$NS" -f - <"$small" >from-stdin 2>err
  cat "$small" | "$HELM" c8upgrade values --namespace "$NS" -f - >from-piped-stdin 2>err
  diff from-file from-pipe
  diff from-file from-stdin
  diff from-file from-piped-stdin
  contains from-file 'pvcSize: 10Gi'
  to_8_8 -f <(cat "$small")
  is_upgraded
}

# The later layer wins, whichever structure it is written in.
test_layers() {
  install_small
  printf 'zeebe: {logLevel: debug}\norchestration: {pvcSize: 10Gi}\n' >second.yaml
  printf 'orchestration: {logLevel: trace}\n' >third.yaml
  to_8_8 -f "$small" -f second.yaml,third.yaml --set operate.retention.enabled=true
  is_upgraded
  contains <(given) '"logLevel":"trace"'
}

test_older_charts() {
  install_release 12.7.6 -f "$small"
  c8upgrade camunda "$(chart 13.4.2)" -f "$small" >upgrade.log 2>&1 || { cat upgrade.log; return 1; }
  is_upgraded
}

run_tests
