#!/usr/bin/env bash
# The same deployment whichever way the values are written: both modes, and under an umbrella chart.
. "$(dirname "$0")/lib.sh"

values_files() {
  printf '%s\n' "$CHECKOUT"/tests/e2e/values/*.yaml "$CHECKOUT"/examples/values-8.7.yaml
  [ -z "${C8UPGRADE_CORPUS:-}" ] || printf '%s\n' "$C8UPGRADE_CORPUS"/*.yaml
}

# Passwords and what is made of them are new in each rendering.
rendered() {
  h template camunda "$@" >rendering 2>rendering.err || { cat rendering.err; return 1; }
  grep -vE 'checksum/|password: |secret: |-key: ' rendering
}

test_compat_renders_what_translate_renders() {
  local file compared=0
  for file in $(values_files); do
    # Files that 8.8 cannot take are the business of other tests.
    "$HELM" c8upgrade values -f "$file" >translated.yaml 2>err || continue
    "$HELM" c8upgrade values -f "$file" --mode compat >compat.yaml 2>err || { cat err; fail "$file"; }
    if diff -q translated.yaml compat.yaml >/dev/null; then
      continue
    fi
    rendered "$(chart "$to_chart")" -f translated.yaml >translated
    rendered "$(chart "$to_chart")" -f compat.yaml >compat
    diff translated compat || fail "$file"
    compared=$((compared + 1))
  done
  [ "$compared" -ge 3 ] || fail "only $compared files made a difference"
}

umbrella() {
  local version=$1
  rm -rf umbrella
  mkdir -p umbrella/charts
  cp "$(chart "$version")" umbrella/charts/
  printf '%s\n' 'apiVersion: v2' 'name: platform' 'version: 1.0.0' 'dependencies:' \
    '  - {name: camunda-platform, alias: camunda, repository: "", version: '"$version"'}' >umbrella/Chart.yaml
}
indented() { printf 'camunda:\n'; sed 's/^/  /' "$1"; }

test_an_umbrella_chart_goes_all_the_way() {
  local small=$CHECKOUT/tests/e2e/values/small.yaml
  indented "$small" >values.yaml
  umbrella "$from_chart"
  h install camunda ./umbrella -f values.yaml >install.log 2>&1 || { cat install.log; return 1; }
  settle
  umbrella "$to_chart"
  leaves 3 c8upgrade values -f values.yaml
  contains err 'umbrella-block'
  c8upgrade camunda ./umbrella -f values.yaml >upgrade.log 2>&1 || { cat upgrade.log; return 1; }
  is 10Gi "$(field pvc/data-camunda-zeebe-0 .spec.resources.requests.storage)" "the claim"
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "the number of brokers"
  exists job/camunda-zeebe-migration-data
  absent deployment/camunda-operate
  secrets_are_there
}

run_tests
