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

# Files of 8.8 come out without what only the migration needed, and the exporter that it read is
# disabled before the brokers lose it.
test_finish_ends_exporter_and_files() {
  cat >extra.yaml <<'Y'
zeebe:
  env:
    # between the brokers
    - name: ZEEBE_GATEWAY_CLUSTER_MESSAGECOMPRESSION
      value: GZIP
Y
  install_release "$from_chart" -f "$small" -f extra.yaml
  cp "$small" values.yaml
  c8upgrade convert values.yaml extra.yaml --in-place 2>/dev/null
  contains extra.yaml 'name: ZEEBE_GATEWAY_CLUSTER'
  leaves 0 c8upgrade camunda "$(target)" -f values.yaml -f extra.yaml --watch
  settle
  snapshot >before
  cp values.yaml values.before
  leaves 3 c8upgrade finish camunda "$(target)" -f values.yaml -f extra.yaml --in-place
  contains err '[finish-exporter-goes]'
  leaves 1 c8upgrade finish camunda "$(target)" -f values.yaml -f - --in-place
  contains err 'no file that could be replaced'

  with_camunda_api
  leaves 0 c8upgrade validate camunda
  contains out '1 brokers with 1 partitions'
  leaves 0 c8upgrade validate camunda --url "$API"
  touch api/down
  leaves 1 c8upgrade validate camunda --url "$API"
  contains out 'broker 0 is LEFT'
  rm api/down
  leaves 0 c8upgrade finish camunda "$(target)" -f values.yaml -f extra.yaml --in-place --dry-run
  contains err 'would be disabled: exporter elasticsearch'
  contains err 'would be written: values.yaml'
  lacks api/requests POST
  cmp values.yaml values.before
  unchanged before
  every_kubectl_that_fails
  unchanged before

  leaves 0 c8upgrade finish camunda "$(target)" -f values.yaml -f extra.yaml --in-place
  contains err 'disabled: exporter elasticsearch'
  contains api/requests 'POST /actuator/exporters/elasticsearch/disable'
  contains values.yaml '# Brokers only and one of each'
  contains extra.yaml '# between the brokers'
  contains extra.yaml ZEEBE_BROKER_GATEWAY_CLUSTER_MESSAGECOMPRESSION
  lacks values.yaml migration
  lacks extra.yaml ' ZEEBE_GATEWAY'
  settle
  # The files are what the release has, and the old ones would not start the migration again.
  leaves 0 c8upgrade plan camunda "$(target)" -f values.yaml -f extra.yaml
  c8upgrade camunda "$(target)" -f values.before >/dev/null
  absent job/camunda-zeebe-migration-data
}

# Every command says what is wrong when kubectl is missing, refuses or hangs, and is none the worse.
every_kubectl_that_fails() {
  local words kubectl
  printf '#!/bin/sh\necho "error: boom" >&2\nexit 1\n' >kubectl-fails
  printf '#!/bin/sh\nexec sleep 1000\n' >kubectl-hangs
  chmod +x kubectl-fails kubectl-hangs
  for words in 'watch camunda' 'validate camunda'; do
    for kubectl in missing fails hangs; do
      # shellcheck disable=SC2086  # words
      leaves 1 env C8UPGRADE_KUBECTL="$PWD/kubectl-$kubectl" C8UPGRADE_KUBECTL_TIMEOUT=1 "$HELM" c8upgrade -n "$NS" $words
      contains err "$([ $kubectl = fails ] && echo boom || echo kubectl)"
    done
  done
  for kubectl in missing fails hangs; do
    leaves "$([ $kubectl = fails ] && echo 3 || echo 0)" env C8UPGRADE_KUBECTL="$PWD/kubectl-$kubectl" C8UPGRADE_KUBECTL_TIMEOUT=1 \
      "$HELM" c8upgrade plan -n "$NS" camunda "$(target)" -f values.yaml -f extra.yaml --migration on --no-diff
    contains out '['
    leaves 3 env C8UPGRADE_KUBECTL="$PWD/kubectl-$kubectl" C8UPGRADE_KUBECTL_TIMEOUT=1 \
      "$HELM" c8upgrade finish -n "$NS" camunda "$(target)" -f values.yaml -f extra.yaml
    contains err '[finish-'
  done
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

# A migration that never ends: what the search engine says of it, a terminal, Ctrl-C, and an API
# server that goes away.
test_watch_what_never_ends() {
  k create -f - >/dev/null <<'Y'
apiVersion: batch/v1
kind: Job
metadata:
  name: slow-zeebe-migration-data
  labels: {app.kubernetes.io/instance: slow, app.kubernetes.io/component: orchestration-migration}
spec:
  template:
    metadata: {labels: {app.kubernetes.io/instance: slow}}
    spec:
      restartPolicy: Never
      nodeSelector: {on: no-node}
      containers: [{name: c, image: none}]
Y
  with_camunda_api
  echo 6 >api/pending
  leaves 1 c8upgrade watch slow --timeout 1s --interval 1s --search-url "$API"
  contains out 'Import positions: operate 30 of 36 completed, tasklist 30 of 36 completed'
  echo word >api/password
  leaves 1 c8upgrade watch slow --timeout 1s --interval 1s --search-url "$API"
  contains out 'Import positions: not known'

  # On a terminal the view is drawn over itself, and Ctrl-C has a last word.
  # The shell outlives Helm, as one that somebody types into does, so that the last word has a place.
  local answer=0 watch="trap : INT; '$HELM' c8upgrade watch slow -n $NS --interval 1s; answer=\$?; sleep 2; exit \$answer"
  { sleep 4; printf '\003'; sleep 1; } |
    env --default-signal=INT TERM=xterm script -qefc "$watch" typescript >/dev/null || answer=$?
  is 130 "$answer" "exit code"
  contains typescript $'\x1b[J'
  contains typescript 'Come back: helm c8upgrade watch slow'

  # Through a gate that is shut for five seconds.
  "$CHECKOUT/tests/e2e/gate" "$(k config view --minify -o 'jsonpath={.clusters[0].cluster.server}')" >gate.port &
  local gate=$!
  until [ -s gate.port ]; do sleep 0.1; done
  sed "s#127.0.0.1:[0-9]*#127.0.0.1:$(<gate.port)#" "$KUBECONFIG" >gated
  rm out
  KUBECONFIG=$PWD/gated c8upgrade watch slow --timeout 60s --interval 1s >out 2>err &
  local watching=$!
  until grep -qs 'no pod yet\|running' out; do sleep 0.2; done
  kill -USR1 "$gate"
  sleep 5
  kill -USR2 "$gate"
  until grep -q 'the API server answers again' out; do
    kill -0 "$watching" || { cat out err; fail "the watch has ended"; }
    sleep 0.2
  done
  contains out 'the API server does not answer'
  kill "$watching" "$gate" || true
  wait "$watching" || true
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
