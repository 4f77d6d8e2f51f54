#!/usr/bin/env bash
# What a plan costs on a real API server, against one --dry-run=server of plain Helm with the same
# chart and release. Run it with the release build:
#   C8UPGRADE_BUILD=build/release tests/run tests/benchmarks/plan_test.sh
# PLAN_VALUES names another values file of 8.7 than the example (and wants its Secrets made).
. "$(dirname "$0")/../e2e/lib.sh"

values=${PLAN_VALUES:-$CHECKOUT/examples/values-8.7.yaml}
results=$WORK/plan

# The real (wall) time of a command in milliseconds, the shortest of five; its exit code must be 0 or
# $1.
shortest() {
  local i began took rc best=999999999 allowed=$1
  shift
  for i in 1 2 3 4 5; do
    rc=0
    began=$(date +%s%N)
    "$@" >"command.$i" 2>&1 || rc=$?
    took=$((($(date +%s%N) - began) / 1000000))
    [ $rc = 0 ] || [ $rc = "$allowed" ] || { cat "command.$i"; return 1; }
    [ "$took" -ge "$best" ] || best=$took
  done
  echo "$best"
}

test_plan_against_plain_helm() {
  make_wanted_secrets "$values"
  install_release "$from_chart" -f "$values"
  "$HELM" c8upgrade values -n "$NS" -f "$values" >translated.yaml 2>err
  local plain ours
  plain=$(shortest 0 h upgrade camunda "$(chart "$to_chart")" -f translated.yaml --dry-run=server)
  ours=$(shortest 2 c8upgrade plan camunda "$(chart "$to_chart")" -f "$values")
  echo "Helm $HELM_MAJOR: plan against plain Helm's --dry-run=server: $(awk "BEGIN { printf \"%.1f\", $ours / $plain }") x ($ours ms, $plain ms)" >>"$results"
}

: >"$results"
run_tests
cat "$results"
