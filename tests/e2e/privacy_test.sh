#!/usr/bin/env bash
# No secret appears where its owner did not put it: not in an argument, an environment or a file of
# ours or of a child. strace sees all of them.
. "$(dirname "$0")/lib.sh"

secret=Zq7-very-secret-word

test_no_secret_leaves_its_place() {
  sed "s/plain-client-secret/$secret/" "$CHECKOUT/tests/e2e/values/entra.yaml" >values.yaml
  install_release "$from_chart" -f values.yaml
  mkdir tmp
  TMPDIR=$DIR/tmp strace -f -qq -s 100000 -e trace=execve,openat,open,creat,rename -o trace \
    "$HELM" c8upgrade -n "$NS" camunda "$(chart "$to_chart")" -f values.yaml --identity-migration off \
    --report report.json >out 2>err || { cat err; return 1; }
  grep -q 'execve' trace || fail "strace saw nothing"
  grep 'execve' trace >executed
  lacks executed "$secret"
  lacks out "$secret"
  lacks err "$secret"
  lacks report.json "$secret"
  ! grep -rlF "$secret" tmp || fail "a temporary file holds the secret"
}

# The token that Helm was given reaches kubectl, but in no argument and no environment of it.
test_helms_token_is_not_shown() {
  install_release "$from_chart" -f "$CHECKOUT/tests/e2e/values/small.yaml"
  local token server
  token=$("$KUBECTL" config view --raw -o 'jsonpath={.users[0].user.token}')
  server=$("$KUBECTL" config view --raw -o 'jsonpath={.clusters[0].cluster.server}')
  KUBECONFIG=/nonexistent HELM_KUBETOKEN=$token HELM_KUBEAPISERVER=$server HELM_KUBEINSECURE_SKIP_TLS_VERIFY=true \
    strace -f -qq -v -s 100000 -e trace=execve -o trace "$HELM" c8upgrade -n "$NS" camunda "$(chart "$to_chart")" \
    -f "$CHECKOUT/tests/e2e/values/small.yaml" >out 2>err || { cat err; return 1; }
  grep 'kubectl' trace | grep execve >executed || fail "kubectl was not called"
  sed -E 's/\], \[.*//' executed >arguments
  lacks arguments "$token"
  ! grep -q -- "-- $token" err || fail "the token was printed"
}

run_tests
