#!/usr/bin/env bash
# The commands around the upgrade: what they say is what happens, and only `finish` changes anything.
. "$(dirname "$0")/lib.sh"

small=$CHECKOUT/tests/e2e/values/small.yaml
target() { chart "$to_chart"; }

# What a plan says is what the upgrade does, and planning changes nothing.
test_plan_is_what_happens() {
  install_release "$from_chart" -f "$(example values-8.7.yaml)"
  snapshot >before
  leaves 2 c8upgrade plan camunda "$(target)" -f "$(example values-8.7.yaml)"
  contains out 'none is changed or deleted'
  contains out 'deleted    Deployment camunda-operate'
  contains out '+++ StatefulSet camunda-zeebe (then)'
  leaves 2 c8upgrade plan camunda "$(target)" -f "$(example values-8.7.yaml)" --format json
  mv out plan.json
  leaves 0 c8upgrade plan camunda "$(target)" -f "$(example values-8.7.yaml)" --images
  mv out images
  leaves 3 c8upgrade plan camunda "$(target)" -f "$(example values-8.7.yaml)" --set zeebe.pvcSize=1Gi
  contains err '--accept claims-change'
  leaves 3 c8upgrade plan camunda "$(target)" -f "$(example values-8.7.yaml)" --set zeebe.priorityClassName=nowhere
  contains out 'PriorityClass nowhere'
  unchanged before

  # The objects that the plan makes and deletes, as `KIND/NAME`.
  planned() { tr -d '\n' <plan.json | grep -oE "\"kind\": \"[A-Za-z]+\", +\"name\": \"[^\"]+\", +\"change\": \"$1\"" |
    sed -E 's/.*"kind": "([^"]+)", +"name": "([^"]+)".*/\1\/\2/'; }
  planned made >made
  planned deleted >deleted
  [ -s made ] && [ -s deleted ] || fail "the plan makes or deletes nothing"
  c8upgrade camunda "$(target)" -f "$(example values-8.7.yaml)" >/dev/null
  settle
  local object
  while read -r object; do exists "$object"; done <made
  while read -r object; do absent "$object"; done <deleted
  k get statefulsets,deployments,jobs -o jsonpath='{range .items[*].spec.template.spec}{range .initContainers[*]}{.image}{"\n"}{end}{range .containers[*]}{.image}{"\n"}{end}{end}' |
    sort -u | diff images - || fail "the images are not those of the plan"
}

# readme WORDS: the README's command that begins with these words, for the packaged chart and in the
# test's namespace.
readme() {
  local line
  line=$(grep -ohE "helm c8upgrade $1( [^\`]*)?" "$CHECKOUT/README.md" | sed -n 1p)
  [ -n "$line" ] || fail "the README has no helm c8upgrade $1"
  echo "HELM_NAMESPACE=$NS ${line/camunda\/camunda-platform --version $to_chart/$(target)}"
}

# The steps of the README in its own words, and what each leaves behind.
test_a_whole_upgrade() {
  cp "$(example values-8.7.yaml)" values.yaml
  install_release "$from_chart" -f values.yaml
  leaves 1 c8upgrade finish camunda "$(target)" -f values.yaml
  contains err 'does not run 8.8 yet'
  leaves 2 bash -c "$(readme 'plan camunda')"

  leaves 0 bash -c "$(readme 'camunda camunda/camunda-platform .* --watch')"
  contains out 'Job camunda-zeebe-migration-data: complete'
  contains out 'everything is ready'
  exists secret/c8upgrade-identity-migration
  settle
  snapshot >before
  leaves 0 bash -c "$(readme 'watch camunda')"
  leaves 0 bash -c "$(readme 'validate camunda')"
  contains out 'none of 8.7; the brokers run camunda/camunda:8.8'
  leaves 0 c8upgrade secrets camunda
  leaves 3 c8upgrade finish camunda "$(chart 13.12.3)" -f values.yaml
  contains err '[finish-other-chart]'
  leaves 0 c8upgrade finish camunda "$(target)" -f values.yaml --dry-run
  contains err 'would be deleted: Job camunda-zeebe-migration-data'
  unchanged before

  printf 'orchestration: {migration: {data: {enabled: true}}}\n' >still-on.yaml
  leaves 0 c8upgrade finish camunda "$(target)" -f values.yaml -f still-on.yaml --dry-run
  contains err 'still-on.yaml:1:'
  contains err '[finish-values-still-on]'
  leaves 0 bash -c "$(readme 'finish camunda')"
  settle
  gone() {
    absent job/camunda-zeebe-migration-data
    absent job/camunda-zeebe-migration-identity
    absent deployment/camunda-zeebe-migration-importer
    absent secret/c8upgrade-identity-migration
  }
  gone
  secrets_are_there
  leaves 0 c8upgrade validate camunda
  # The old words again: the migration stays off.
  c8upgrade camunda "$(target)" -f values.yaml >/dev/null
  gone
  snapshot >before
  leaves 0 c8upgrade finish camunda "$(target)" -f values.yaml
  contains err 'off already'
  unchanged before
}

# Passwords leave the values for a Secret; nobody sees them on the way, and twice is once.
test_secrets_extract() {
  cat >values.yaml <<'Y'
# ours
global:
  elasticsearch:
    external: true
    auth:
      username: elastic
      password: hunter2-hunter2 # of the cluster
    url: {protocol: https, host: es.example.com, port: 9200}
zeebe: {clusterSize: 1}
Y
  cp values.yaml values.before
  leaves 0 c8upgrade secrets camunda --extract -f values.yaml --dry-run
  contains out 'would be taken: global.elasticsearch.auth.password'
  cmp values.yaml values.before
  leaves 1 c8upgrade secrets camunda --extract -f values.yaml
  absent secret/camunda-passwords
  leaves 0 c8upgrade secrets camunda --extract -f values.yaml --in-place
  lacks values.yaml hunter2
  lacks out hunter2
  contains values.yaml '# ours'
  contains values.yaml 'existingSecret: camunda-passwords # of the cluster'
  is hunter2-hunter2 "$(field secret/camunda-passwords '.data.global\.elasticsearch\.auth\.password' | base64 -d)" "password"
  snapshot >before
  leaves 0 c8upgrade secrets camunda --extract -f values.yaml --in-place
  contains out 'no password stands in these files'
  leaves 0 c8upgrade secrets camunda --extract -f values.before -o values.again
  cmp values.yaml values.again
  sed -i 's/hunter2/other/' values.before
  leaves 1 c8upgrade secrets camunda --extract -f values.before -o values.again
  contains err 'holds something else'
  lacks err other-hunter2
  unchanged before
  # Both charts give the password to the pods from there.
  h template camunda "$(chart "$from_chart")" -f values.yaml >rendered.yaml
  contains rendered.yaml 'name: "camunda-passwords"'
  c8upgrade template camunda "$(target)" -f values.yaml >rendered.yaml 2>/dev/null
  contains rendered.yaml camunda-passwords
  lacks rendered.yaml hunter2
}

# What is in the way is told with its reason, and a Job that has failed ends the watching.
test_watch_what_fails() {
  k create -f - >/dev/null <<'Y'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data-stuck-0, labels: {app.kubernetes.io/instance: stuck}}
spec: {accessModes: [ReadWriteOnce], storageClassName: nowhere, resources: {requests: {storage: 1Gi}}}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: stuck-zeebe-migration-data
  labels: {app.kubernetes.io/instance: stuck, app.kubernetes.io/component: orchestration-migration}
spec:
  activeDeadlineSeconds: 20
  template:
    metadata: {labels: {app.kubernetes.io/instance: stuck}}
    spec:
      restartPolicy: Never
      nodeSelector: {on: no-node}
      containers: [{name: c, image: none}]
Y
  leaves 1 c8upgrade watch nobody
  contains err 'nothing of a release nobody'
  leaves 1 c8upgrade watch stuck --timeout 1s
  contains out 'claim data-stuck-0 (1Gi'
  contains out 'what runs goes on'
  leaves 1 c8upgrade watch stuck --format json
  contains out '"rule":"pod-unschedulable"'
  contains out 'DeadlineExceeded'
  contains out '"event":"failed"'
}

# On a terminal a plan goes through the pager.
test_plan_on_a_terminal() {
  install_release "$from_chart" -f "$small"
  cat >pager <<'S'
#!/bin/sh
{ echo paged; cat "$1"; } >paged
S
  chmod +x pager
  local answer=0
  PAGER=./pager TERM=xterm script -qec "'$HELM' c8upgrade plan -n $NS camunda '$(target)' -f '$small'" typescript >/dev/null || answer=$?
  is 2 "$answer" "exit code"
  contains paged 'paged'
  contains paged 'the API server accepts all'
}

run_tests
