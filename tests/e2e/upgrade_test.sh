#!/usr/bin/env bash
# The main job on the example: 8.7 installed, `helm c8upgrade` with the same file, 8.8 as it should be.
. "$(dirname "$0")/lib.sh"

test_example_goes_to_8_8() {
  install_release "$from_chart" -f "$(example values-8.7.yaml)"
  local id replicas
  id=$(field statefulset/camunda-zeebe .metadata.uid)
  replicas=$(field statefulset/camunda-zeebe .spec.replicas)
  names pvc >claims-before
  secret_sums >secrets-before

  c8upgrade camunda "$(chart "$to_chart")" -f "$(example values-8.7.yaml)"
  settle

  is "$id" "$(field statefulset/camunda-zeebe .metadata.uid)" "the brokers' StatefulSet"
  is "$replicas" "$(field statefulset/camunda-zeebe .spec.replicas)" "the number of brokers"
  k get configmap camunda-zeebe-configuration-unified -o yaml >configuration
  contains configuration 'partition-count: "6"'
  names pvc | diff claims-before -
  exists deployment/camunda-zeebe-migration-importer
  exists job/camunda-zeebe-migration-data
  absent deployment/camunda-operate
  absent deployment/camunda-tasklist
  absent deployment/camunda-zeebe-gateway
  exists statefulset/camunda-keycloak
  exists deployment/camunda-identity
  exists deployment/camunda-optimize
  secrets_are_there
  # Whatever Secret is still there has the values that it had.
  secret_sums >secrets-after
  join <(cut -d' ' -f1,2 secrets-before | tr ' ' / | sort) <(cut -d' ' -f1,2 secrets-after | tr ' ' / | sort) >kept
  while IFS=/ read -r name key; do
    is "$(grep "^$name $key " secrets-before)" "$(grep "^$name $key " secrets-after)" "Secret $name, key $key"
  done <kept
}

run_tests
