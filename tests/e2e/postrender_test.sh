#!/usr/bin/env bash
# The post-renderer: what it lets through, what it refuses, and that a refusal leaves everything as
# it was.
. "$(dirname "$0")/lib.sh"

program=("$PLUGIN"/bin/*/c8upgrade)
post_render() { "${program[0]}" post-render "$@"; }

# upgrade_through WORDS…: helm upgrade with the post-renderer, as this Helm wants it.
upgrade_through() {
  if [ "$HELM_MAJOR" = 3 ]; then
    h upgrade camunda "$@" --post-renderer "${program[0]}" --post-renderer-args post-render
  else
    HELM_PLUGINS="$HELM_DATA_HOME/plugins:$PLUGIN/postrenderer" h upgrade camunda "$@" \
      --post-renderer c8upgrade-postrenderer
  fi
}

test_guard_in_a_pipe() {
  local values=$CHECKOUT/tests/e2e/values/small.yaml
  install_release "$from_chart" -f "$values"
  snapshot >before

  # Values of 8.7, given to the chart of 8.8 as they are: three brokers, no migration.
  h template camunda "$(chart "$to_chart")" -f "$values" >untranslated.yaml
  leaves 3 sh -c '"$0" post-render -n "$1" <untranslated.yaml' "${program[0]}" "$NS"
  is "" "$(cat out)" "what was printed"
  contains err '[migration-missing]'
  contains err '[broker-count]'

  c8upgrade template camunda "$(chart "$to_chart")" -f "$values" >translated.yaml 2>/dev/null
  leaves 0 sh -c '"$0" post-render -n "$1" <translated.yaml' "${program[0]}" "$NS"
  cmp out translated.yaml || fail "other bytes came out"

  # What 8.7 runs now may pass; after the upgrade it may not.
  h template camunda "$(chart "$from_chart")" -f "$values" >old.yaml
  leaves 0 sh -c '"$0" post-render -n "$1" <old.yaml' "${program[0]}" "$NS"
  unchanged before
  c8upgrade camunda "$(chart "$to_chart")" -f "$values" >log 2>&1 || { cat log; return 1; }
  leaves 3 sh -c '"$0" post-render -n "$1" <old.yaml' "${program[0]}" "$NS"
  contains err '[manifests-of-old]'
}

run_tests
