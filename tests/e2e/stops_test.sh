#!/usr/bin/env bash
# A run that stops, and every dry run, leaves every object as it was; and says why and what to do.
. "$(dirname "$0")/lib.sh"

small=$CHECKOUT/tests/e2e/values/small.yaml

install_small() {
  install_release "$from_chart" -f "$small" "$@"
  snapshot >before
}
# stops CODE TEXT WORDS…: c8upgrade leaves with that code, says that, and has changed nothing.
stops() {
  local code=$1 text=$2
  shift 2
  leaves "$code" c8upgrade "$@"
  contains err "$text"
  unchanged before
}
target() { chart "$to_chart"; }

test_what_cannot_be_upgraded() {
  install_small
  stops 1 'no release' nobody "$(target)" -f "$small"
  stops 1 'installs Camunda 8.7' camunda "$(chart "$from_chart")" -f "$small"
  stops 1 'missing.yaml' camunda "$(target)" -f missing.yaml
  printf 'zeebe:\n  clusterSize: [1\n' >broken.yaml
  stops 1 'broken.yaml:' camunda "$(target)" -f broken.yaml
  printf -- '- a\n' >list.yaml
  stops 1 'list.yaml' camunda "$(target)" -f list.yaml
  stops 1 '--set' camunda "$(target)" --sett a=b
  stops 1 'accept' camunda "$(target)" -f "$small" --accept no-such-rule
  stops 1 'report' camunda "$(target)" -f "$small" --report /nonexistent/report.json
}

test_findings_stop() {
  install_small
  stops 3 '[rollback-on-failure]' camunda "$(target)" -f "$small" "$([ "$HELM_MAJOR" = 3 ] && echo --atomic || echo --rollback-on-failure)"
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.pvcSize=20Gi
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.configuration=own
  stops 3 '--accept' camunda "$(target)" -f "$small" --set zeebe.clusterSize=3
}

test_owned_by_gitops() {
  install_small
  k label statefulset/camunda-zeebe helm.toolkit.fluxcd.io/name=camunda >/dev/null
  snapshot >before
  stops 3 'Flux' camunda "$(target)" -f "$small"
}

test_dry_runs() {
  install_small
  leaves 0 c8upgrade camunda "$(target)" -f "$small" --dry-run
  unchanged before
  leaves 0 c8upgrade camunda "$(target)" -f "$small" --dry-run=server
  unchanged before
  contains out 'migration-importer'
  leaves 0 c8upgrade template camunda "$(target)" -f "$small"
  contains out 'migration-importer'
  unchanged before
}

# The API server is asked before anything changes: what a rendering cannot show.
test_the_server_has_the_last_word() {
  install_small
  local answer=0
  c8upgrade camunda "$(target)" -f "$small" --set 'zeebe.tolerations[0].operator=Nonsense' >out 2>err || answer=$?
  is 3 "$answer" "exit code"
  contains err 'Nonsense'
  unchanged before
}

# Quotas and admission are asked as well, and so is what the values put into objects of their own.
test_what_the_server_refuses() {
  install_small
  k create quota no-jobs --hard=count/jobs.batch=0 >/dev/null
  until [ -n "$(field resourcequota/no-jobs .status.hard)" ]; do sleep 0.2; done
  snapshot >before
  stops 3 'exceeded quota' camunda "$(target)" -f "$small"
  k delete quota no-jobs >/dev/null

  "$KUBECTL" apply -f - >/dev/null <<TEXT
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: "$NS"}
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "$NS"}}
    resourceRules:
      - {apiGroups: [batch], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [jobs]}
  validations: [{expression: "false", message: no Jobs in this house}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: "$NS"}
spec: {policyName: "$NS", validationActions: [Deny]}
TEXT
  local job='{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"probe"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"a"}]}}}}'
  while k create --dry-run=server -f - <<<"$job" >/dev/null 2>&1; do sleep 0.2; done
  snapshot >before
  stops 3 'no Jobs in this house' camunda "$(target)" -f "$small"
  "$KUBECTL" delete validatingadmissionpolicybinding,validatingadmissionpolicy "$NS" >/dev/null

  cat >ingress.yaml <<'TEXT'
global:
  extraManifests:
    - apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: no-paths}
      spec: {rules: [{host: a.example.com, http: {}}]}
TEXT
  snapshot >before
  stops 3 'no-paths' camunda "$(target)" -f "$small" -f ingress.yaml
}

# An account that may do all but delete learns it before anything has changed.
test_rights_that_are_missing() {
  install_small
  k create serviceaccount pipeline >/dev/null
  k create -f - >/dev/null <<'TEXT'
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: pipeline}
rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch, create, update, patch]}]
TEXT
  k create rolebinding pipeline --role pipeline --serviceaccount "$NS:pipeline" >/dev/null
  sed -E "s/token: [^}]*/token: $(k create token pipeline)/" "$KUBECONFIG" >limited
  snapshot >before
  KUBECONFIG=$PWD/limited leaves 3 c8upgrade camunda "$(target)" -f "$small"
  contains err '[rights-missing]'
  contains err 'delete deployments.apps'
  unchanged before
  # Of what is outside of the namespace it may read nothing: those checks are left out.
  k create role all --verb '*' --resource '*.*' >/dev/null
  k create rolebinding all --role all --serviceaccount "$NS:pipeline" >/dev/null
  KUBECONFIG=$PWD/limited leaves 0 c8upgrade camunda "$(target)" -f "$small"
  absent deployment/camunda-operate
}

# A kind that the API server does not know, and a budget that no eviction passes.
test_what_stands_in_the_way() {
  install_small
  stops 1 'no matches for kind "ServiceMonitor"' camunda "$(target)" -f "$small" --set prometheusServiceMonitor.enabled=true
  k create pdb tight --selector app.kubernetes.io/component=zeebe-broker --min-available 1 >/dev/null
  until [ "$(field pdb/tight .status.expectedPods)" = 1 ]; do sleep 0.2; done
  snapshot >before
  leaves 2 c8upgrade plan camunda "$(target)" -f "$small"
  contains out 'PodDisruptionBudget tight'
  unchanged before
}

# interrupted SIGNAL CODE N: a run that gets the signal while the Nth call of Helm hangs ends at
# once with that code and leaves no process behind.
interrupted() {
  local signal=$1 code=$2 number=$3 got=0 run
  rm -f calls reached
  cat >slow-helm <<TEXT
#!/usr/bin/env bash
echo >>"$PWD/calls"
if [ "\$(wc -l <"$PWD/calls")" -ge $number ]; then
  touch "$PWD/reached"
  exec sleep 100
fi
exec "$HELM" "\$@"
TEXT
  chmod +x slow-helm
  set -m
  HELM_BIN=$PWD/slow-helm HELM_PLUGIN_DIR=$PLUGIN HELM_NAMESPACE=$NS \
    "$(find "$PLUGIN/bin" -name c8upgrade)" camunda "$(target)" -n "$NS" -f "$small" >out 2>err &
  run=$!
  set +m
  until [ -e reached ]; do sleep 0.1; done
  kill "-$signal" "$run"
  wait "$run" || got=$?
  is "$code" "$got" "exit code after SIG$signal in call $number"
  # The children get the same signal from the program; they may need a moment to go.
  for _ in $(seq 50); do
    kill -0 -- "-$run" 2>/dev/null || break
    sleep 0.1
  done
  ! kill -0 -- "-$run" 2>/dev/null || fail "a process is left after SIG$signal in call $number"
  unchanged before
}
test_interrupted() {
  install_small
  interrupted INT 130 1
  interrupted INT 130 4
  interrupted TERM 143 1
  interrupted TERM 143 4
}

# Two pipelines at once: Helm's own lock decides, and nothing is left pending.
test_two_at_once() {
  install_small
  local first=0 second=0 one
  c8upgrade camunda "$(target)" -f "$small" >first.log 2>&1 &
  one=$!
  c8upgrade camunda "$(target)" -f "$small" >second.log 2>&1 || second=$?
  wait $one || first=$?
  [ $first = 0 ] || [ $second = 0 ] || { cat first.log second.log; fail "neither went through"; }
  is deployed "$(h status camunda -o json | sed 's/.*"status":"\([a-z-]*\)".*/\1/')" "the release"
  exists job/camunda-zeebe-migration-data
  secrets_are_there
}

run_tests
