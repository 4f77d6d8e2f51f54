#!/usr/bin/env bash
# The real helmfile with the post-renderer in its release, on demand: HELMFILE names the program.
#   HELMFILE=/path/to/helmfile tests/run tests/on_demand/helmfile_test.sh
. "$CHECKOUT/tests/e2e/lib.sh"
: "${HELMFILE:?the path of a helmfile}"

program=("$PLUGIN"/bin/*/c8upgrade)

# helmfile with words of its own, in the test's namespace and with the Helm of the test.
helmfile() { "$HELMFILE" --helm-binary "$HELM" -f helmfile.yaml "$@"; }

# write_helmfile VERSION LINES: the release with values in a file and in the helmfile itself.
write_helmfile() {
  cat >helmfile.yaml <<Y
helmDefaults: {createNamespace: false}
releases:
  - name: camunda
    namespace: $NS
    chart: $(chart "$1")
    values:
      - values.yaml
      - zeebe: {partitionCount: "2"}
$2
Y
}
post_renderer() {
  if [ "$HELM_MAJOR" = 3 ]; then
    echo "    postRenderer: ${program[0]}"
    echo "    postRendererArgs: [post-render]"
  else
    echo "    postRenderer: c8upgrade-postrenderer"
  fi
}

test_sync_upgrades() {
  cp "$CHECKOUT/tests/e2e/values/small.yaml" values.yaml
  write_helmfile "$from_chart" ""
  helmfile sync >install.log 2>&1 || { cat install.log; return 1; }
  settle
  is 2 "$(field configmap/camunda-zeebe-configuration '.data.application\.yaml' | sed -n 's/.*partitionsCount: *"\?\([0-9]*\).*/\1/p')" "partitions"
  snapshot >before

  write_helmfile "$to_chart" "$(post_renderer)"
  [ "$HELM_MAJOR" = 3 ] || export HELM_PLUGINS=$HELM_DATA_HOME/plugins:$PLUGIN/postrenderer
  helmfile template >template.yaml 2>template.log || { cat template.log; return 1; }
  contains template.yaml migration-importer
  unchanged before

  helmfile sync >upgrade.log 2>&1 || { cat upgrade.log; return 1; }
  exists job/camunda-zeebe-migration-data
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "brokers"
  h get manifest camunda >manifest
  contains manifest 'partition-count: "2"'
  secrets_are_there
}

run_tests
