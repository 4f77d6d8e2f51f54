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

# The four steps of the README, and what each leaves behind.
test_a_whole_upgrade() {
  local values
  values=$(example values-8.7.yaml)
  install_release "$from_chart" -f "$values"
  leaves 1 c8upgrade finish camunda "$(target)" -f "$values"
  contains err 'does not run 8.8 yet'
  leaves 2 c8upgrade plan camunda "$(target)" -f "$values" --no-diff

  leaves 0 c8upgrade camunda "$(target)" -f "$values" --watch
  contains out 'Job camunda-zeebe-migration-data: complete'
  contains out 'everything is ready'
  exists secret/c8upgrade-identity-migration
  settle
  snapshot >before
  leaves 0 c8upgrade watch camunda
  leaves 0 c8upgrade validate camunda
  contains out 'none of 8.7; the brokers run camunda/camunda:8.8'
  leaves 0 c8upgrade secrets camunda
  leaves 3 c8upgrade finish camunda "$(chart 13.12.3)" -f "$values"
  contains err '[finish-other-chart]'
  leaves 0 c8upgrade finish camunda "$(target)" -f "$values" --dry-run
  contains err 'would be deleted: Job camunda-zeebe-migration-data'
  unchanged before

  printf 'orchestration: {migration: {data: {enabled: true}}}\n' >still-on.yaml
  leaves 0 c8upgrade finish camunda "$(target)" -f "$values" -f still-on.yaml
  contains err 'still-on.yaml:1:'
  contains err '[finish-values-still-on]'
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
  c8upgrade camunda "$(target)" -f "$values" >/dev/null
  gone
  snapshot >before
  leaves 0 c8upgrade finish camunda "$(target)" -f "$values"
  contains err 'off already'
  unchanged before
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
