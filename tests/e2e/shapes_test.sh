#!/usr/bin/env bash
# Real shapes of installations go from 8.7 to 8.8 and stay what they were: values of our own, and
# those of C8UPGRADE_PAIRS (one folder each, with values-8.7.yaml) when that is set.
. "$(dirname "$0")/lib.sh"

# upgrades FILE [WORDS…]: from 8.7 to 8.8, and the same words again.
upgrades() {
  local brokers generation
  goes_to_8_8 "$@"
  generation=$(field "$brokers" .metadata.generation)
  c8upgrade camunda "$(chart "$to_chart")" -f "$@" >again.log 2>&1 || { cat again.log; return 1; }
  is "$generation" "$(field "$brokers" .metadata.generation)" "the brokers after a second run"
  secrets_are_there
  passwords_stay
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
