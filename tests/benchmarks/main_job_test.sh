#!/usr/bin/env bash
# What the main job costs before Helm gets the word, on a real API server: calls of Helm, CPU of its
# own, and the time of a whole --dry-run against plain Helm's. Run it with the release build:
#   C8UPGRADE_BUILD=build/release tests/run tests/benchmarks/main_job_test.sh
. "$(dirname "$0")/../e2e/lib.sh"

values=$CHECKOUT/examples/values-8.7.yaml
program=$(find "$PLUGIN/bin" -name c8upgrade)
results=$WORK/main_job
result() { echo "$*" >>"$results"; }

# A Helm that notes each call. At the hand-over it has the program's own process, and so its times.
counting_helm() {
  cat >helm-counted <<TEXT
#!/usr/bin/env bash
echo "\$1" >>"$PWD/calls"
case "\$*" in upgrade*"-o json"*) ;; upgrade*) times >"$PWD/times"; sed 1q "$PWD/times" >>"$PWD/cpu" ;; esac
exec "$HELM" "\$@"
TEXT
  chmod +x helm-counted
}
milliseconds() { sed 's/0m\([0-9]*\)\.\([0-9]*\)s 0m\([0-9]*\)\.\([0-9]*\)s/\1\2 \3\4/' | awk '{ print $1 + $2 }'; }

# The real (wall) time of a command in milliseconds, the shortest of five.
shortest() {
  local i began took best=999999999
  for i in 1 2 3 4 5; do
    began=$(date +%s%N)
    "$@" >"command.$i" 2>&1 || { cat "command.$i"; return 1; }
    took=$((($(date +%s%N) - began) / 1000000))
    [ "$took" -ge "$best" ] || best=$took
  done
  echo "$best"
}

test_before_the_hand_over() {
  install_release "$from_chart" -f "$values"
  counting_helm
  local i
  for i in 1 2 3 4 5; do
    : >calls
    HELM_BIN=$PWD/helm-counted HELM_PLUGIN_DIR=$PLUGIN HELM_NAMESPACE=$NS \
      "$program" camunda "$(chart "$to_chart")" -n "$NS" -f "$values" --dry-run=server >out 2>err || { cat err; return 1; }
  done
  result "Helm $HELM_MAJOR: calls before the hand-over, one source: $(($(wc -l <calls) - 1))"
  result "Helm $HELM_MAJOR: own CPU before the hand-over, of five the median: $(milliseconds <cpu | sort -n | sed -n 3p) ms"
}

test_dry_run_against_plain_helm() {
  install_release "$from_chart" -f "$values"
  "$HELM" c8upgrade values -n "$NS" -f "$values" >translated.yaml 2>err
  local plain ours
  plain=$(shortest h upgrade camunda "$(chart "$to_chart")" -f translated.yaml --dry-run=server)
  ours=$(shortest c8upgrade camunda "$(chart "$to_chart")" -f "$values" --dry-run=server)
  result "Helm $HELM_MAJOR: --dry-run=server against plain Helm's: $(awk "BEGIN { printf \"%.1f\", $ours / $plain }") x ($ours ms, $plain ms)"
}

test_post_renderer_against_plain_helm() {
  install_release "$from_chart" -f "$values"
  "$HELM" c8upgrade values -n "$NS" -f "$values" >translated.yaml 2>err
  local plain ours
  plain=$(shortest h upgrade camunda "$(chart "$to_chart")" -f translated.yaml --dry-run=server)
  ours=$(shortest upgrade_through "$(chart "$to_chart")" -f "$values" --dry-run=server)
  result "Helm $HELM_MAJOR: --post-renderer, --dry-run=server against plain Helm's: $(awk "BEGIN { printf \"%.1f\", $ours / $plain }") x ($ours ms, $plain ms)"
}

: >"$results"
run_tests
cat "$results"
