#!/usr/bin/env bash
# Real shapes of installations go from 8.7 to 8.8 and stay what they were: values of our own, and
# those of C8UPGRADE_PAIRS (one folder each, with values-8.7.yaml) when that is set.
. "$(dirname "$0")/lib.sh"

# upgrades FILE [WORDS…]: 8.7 with these values, then c8upgrade twice with the same words.
upgrades() {
  local file=$1 brokers id replicas
  shift
  make_wanted_secrets "$file"
  install_release "$from_chart" -f "$file"
  brokers=$(k get statefulsets -l app.kubernetes.io/component=zeebe-broker -o name)
  id=$(field "$brokers" .metadata.uid)
  replicas=$(field "$brokers" .spec.replicas)
  names pvc >claims-before
  secret_sums >secrets-before

  c8upgrade camunda "$(chart "$to_chart")" -f "$file" "$@" --report report.json
  settle
  is "$id" "$(field "$brokers" .metadata.uid)" "the brokers' StatefulSet"
  is "$replicas" "$(field "$brokers" .spec.replicas)" "the number of brokers"
  names pvc | diff claims-before - || fail "the claims have changed"
  exists "deployment/${brokers#*/}-migration-importer"
  exists "job/${brokers#*/}-migration-data"
  absent deployment/camunda-operate
  absent deployment/camunda-tasklist
  absent "deployment/${brokers#*/}-gateway"
  secrets_are_there
  passwords_stay
  k get statefulsets,deployments -o yaml | grep -F "camunda/zeebe:8.7" && fail "an image of 8.7 is left"

  # The same words again: nothing that matters changes.
  local generation
  generation=$(field "$brokers" .metadata.generation)
  c8upgrade camunda "$(chart "$to_chart")" -f "$file" "$@" >again.log 2>&1 || { cat again.log; return 1; }
  is "$generation" "$(field "$brokers" .metadata.generation)" "the brokers after a second run"
  secrets_are_there
  passwords_stay
}

# pusher-app-secret is random in every rendering of both charts, with plain `helm upgrade` too.
passwords_stay() {
  local name key sum now
  secret_sums >secrets-after
  while read -r name key sum; do
    now=$(grep "^$name $key " secrets-after || true)
    [ -z "$now" ] || [ "$key" = pusher-app-secret ] || is "$name $key $sum" "$now" "Secret $name, key $key"
  done <secrets-before
}

test_keycloak() { upgrades "$CHECKOUT/tests/e2e/values/keycloak.yaml"; }
test_entra() { upgrades "$CHECKOUT/tests/e2e/values/entra.yaml" --identity-migration off; }
test_opensearch() {
  k create configmap certificates --from-literal=ca.crt=none >/dev/null
  upgrades "$CHECKOUT/tests/e2e/values/opensearch.yaml"
}

# Two prefixes of indices have to become one before the upgrade: said, and accepted here.
for folder in "${C8UPGRADE_PAIRS:-/nonexistent}"/*/; do
  [ -f "$folder/values-8.7.yaml" ] || continue
  name=$(basename "$folder" | tr - _)
  eval "test_pair_$name() { upgrades '${folder%/}/values-8.7.yaml' --identity-migration off --accept env-index-prefix; }"
done

run_tests
