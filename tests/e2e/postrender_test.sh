#!/usr/bin/env bash
# The post-renderer: what it lets through, what it refuses, and that a refusal leaves everything as
# it was.
. "$(dirname "$0")/lib.sh"

program=("$PLUGIN"/bin/*/c8upgrade)
small=$CHECKOUT/tests/e2e/values/small.yaml

# in_namespace NAMESPACE COMMAND…
in_namespace() { NS=$1 "${@:2}"; }

# What matters of every object of the namespace, a line each: no names of the namespace, addresses
# and volumes that the cluster gave, checksums, and no values of Secrets, which are random.
contents() {
  local kinds
  kinds=$(k api-resources --namespaced --verbs list -o name |
    grep -vE '^(events|leases|endpoints|pods|replicasets|controllerrevisions)' | paste -sd,)
  k get "$kinds" --ignore-not-found -o go-template='{{range .items}}{{if ne .kind "Secret"}}{{.kind}} {{.metadata.name}} {{.metadata.labels}} {{.metadata.annotations}} {{.spec}} {{.data}} {{.rules}} {{.roleRef}} {{.subjects}}{{println}}{{end}}{{end}}' |
    tr '\n' '\r' | sed -E "s/$NS/NAMESPACE/g; s/\r([A-Z][A-Za-z]+ [a-z])/\n\1/g" |
    sed -E 's/clusterIPs?:\[?[0-9.]+\]?//g; s/nodePort:[0-9]+//g; s/volumeName:[^] ]*//g; s/checksum\/[a-z-]+:[0-9a-f]+//g; s/(last-applied|bind-completed|bound-by|revision)[^] ]*//g; s/batch.kubernetes.io\/controller-uid:[^] ]*//g; s/controller-uid:[^] ]*//g' | sort
  k get secrets --field-selector type!=helm.sh/release.v1 \
    -o go-template='{{range .items}}Secret {{.metadata.name}} {{.metadata.labels}} {{.metadata.annotations}}{{range $key, $value := .data}} {{$key}}{{end}}{{println}}{{end}}' | sed "s/$NS/NAMESPACE/g"
}

# ends_alike FILE [WORDS…]: the main job in one namespace, helm upgrade with the post-renderer in
# another one; the same objects stand in both afterwards. Words are our own flags.
ends_alike() {
  local file=$1 other=$NS-b word args=()
  shift
  "$KUBECTL" create namespace "$other" >/dev/null
  prepare_release "$file"
  in_namespace "$other" prepare_release "$file"
  in_namespace "$other" secret_sums >sums-before
  c8upgrade camunda "$(chart "$to_chart")" -f "$file" "$@" >main.log 2>&1 || { cat main.log; return 1; }
  for word in "$@"; do args+=(--post-renderer-args "$word"); done
  in_namespace "$other" upgrade_through "$(chart "$to_chart")" -f "$file" ${args[@]+"${args[@]}"} >post.log 2>&1 || { cat post.log; return 1; }
  contents >main.objects
  in_namespace "$other" contents >post.objects
  [ "$(wc -l <main.objects)" -gt 20 ] || fail "too few objects were compared"
  diff main.objects post.objects || fail "other objects"
  in_namespace "$other" secrets_are_there
  # No password has changed. Secrets that 8.8 does without are gone.
  in_namespace "$other" secret_sums >sums-after
  local secret key sum now
  while read -r secret key sum; do
    now=$(sed -n "s/^$secret $key //p" sums-after)
    [ -z "$now" ] || [ "$key" = pusher-app-secret ] || is "$sum" "$now" "Secret $secret, key $key"
  done <sums-before
  "$KUBECTL" delete namespace "$other" --wait=false >/dev/null
}
prepare_release() {
  make_wanted_secrets "$1"
  install_release "$from_chart" -f "$1"
}

test_small_ends_alike() { ends_alike "$small"; }
# Keycloak, PostgreSQL and generated Secrets: what chart 12.x makes when nothing is said.
test_defaults_end_alike() {
  cat >values.yaml <<'Y'
zeebe: {clusterSize: "1", partitionCount: "1", replicationFactor: "1", pvcSize: 10Gi}
elasticsearch: {master: {replicaCount: 1}}
Y
  ends_alike values.yaml
}
# Values that the chart of 8.8 refuses as they are never reach a post-renderer: Helm stops.
pair() {
  if h template camunda "$(chart "$to_chart")" -f "$1" >/dev/null 2>&1; then
    ends_alike "$1" --identity-migration off --accept env-index-prefix
  else
    prepare_release "$1"
    snapshot >before
    refuses Error "$(chart "$to_chart")" -f "$1"
  fi
}
for folder in "${C8UPGRADE_PAIRS:-/nonexistent}"/*/; do
  [ -f "$folder/values-8.7.yaml" ] || continue
  name=$(basename "$folder" | tr - _)
  eval "test_pair_$name() { pair '${folder%/}/values-8.7.yaml'; }"
done

# refuses TEXT WORDS…: helm upgrade fails, says that on its own standard error, and nothing has
# changed, not even Helm's history.
refuses() {
  local text=$1
  shift
  leaves 1 upgrade_through "$@"
  contains err "$text"
  unchanged before
}

test_refusals_change_nothing() {
  install_release "$from_chart" -f "$small"
  snapshot >before
  local chart
  chart=$(chart "$to_chart")
  refuses '[rollback-on-failure]' "$chart" -f "$small" "$([ "$HELM_MAJOR" = 3 ] && echo --atomic || echo --rollback-on-failure)"
  refuses '[claims-change]' "$chart" -f "$small" --set zeebe.pvcSize=20Gi
  refuses '[broker-count]' "$chart" -f "$small" --set zeebe.clusterSize=3
  refuses '[server-refuses]' "$chart" -f "$small" --set 'zeebe.tolerations[0].operator=Nonsense'
  # Values that can be read only once are not translated, and the guard sees what is missing.
  refuses '[migration-missing]' "$chart" -f <(cat "$small")
  refuses 'can be read only once' "$chart" -f <(cat "$small")
  refuses 'release-failed' "$chart" -f "$small" --post-renderer-args --accept --post-renderer-args release-faild
  leaves 0 upgrade_through "$chart" -f "$small" --dry-run
  contains out migration-importer
  contains err 'data migration on'
  unchanged before
  leaves 0 upgrade_through "$chart" -f "$small" --dry-run=server
  contains out migration-importer
  unchanged before
  k label statefulset/camunda-zeebe helm.toolkit.fluxcd.io/name=camunda >/dev/null
  snapshot >before
  refuses '[owned-by-flux]' "$chart" -f "$small"
}

test_values_of_8_8_pass() {
  install_release "$from_chart" -f "$small"
  c8upgrade values -f "$small" >values-8.8.yaml 2>/dev/null
  upgrade_through "$(chart "$to_chart")" -f values-8.8.yaml >log 2>&1 || { cat log; return 1; }
  exists job/camunda-zeebe-migration-data
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "brokers"
  settle
  # The pipeline runs again, with old values and with new ones.
  upgrade_through "$(chart "$to_chart")" -f "$small" >log 2>&1 || { cat log; return 1; }
  upgrade_through "$(chart "$to_chart")" -f values-8.8.yaml >log 2>&1 || { cat log; return 1; }
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "brokers"
  # Once the migration has been ended it stays off, whoever runs the old words.
  settle
  c8upgrade finish camunda "$(chart "$to_chart")" -f "$small" --accept finish-exporter-goes >log 2>&1 || { cat log; return 1; }
  absent job/camunda-zeebe-migration-data
  upgrade_through "$(chart "$to_chart")" -f "$small" >log 2>&1 || { cat log; return 1; }
  absent job/camunda-zeebe-migration-data
  c8upgrade camunda "$(chart "$to_chart")" -f "$small" >log 2>&1 || { cat log; return 1; }
  absent job/camunda-zeebe-migration-data
}

test_inside_other_commands() {
  local words=()
  if [ "$HELM_MAJOR" = 3 ]; then
    words=(--post-renderer "${program[0]}" --post-renderer-args post-render)
  else
    export HELM_PLUGINS=$HELM_DATA_HOME/plugins:$PLUGIN/postrenderer
    words=(--post-renderer c8upgrade-postrenderer)
  fi
  leaves 0 h template camunda "$(chart "$to_chart")" -f "$small" "${words[@]}"
  contains out migration-importer
  leaves 0 h install camunda "$(chart "$to_chart")" -f "$small" "${words[@]}"
  is 1 "$(field statefulset/camunda-zeebe .spec.replicas)" "brokers"
  absent deployment/camunda-zeebe-migration-importer
  # Words by hand, in a pipe.
  h template camunda "$(chart "$to_chart")" -f "$small" >untranslated.yaml
  leaves 0 sh -c '"$0" post-render template camunda "$1" -f "$2" -n "$3" <untranslated.yaml' \
    "${program[0]}" "$(chart "$to_chart")" "$small" "$NS"
  contains out migration-importer
}

test_guard_in_a_pipe() {
  install_release "$from_chart" -f "$small" --set 'zeebe.env[0].name=PROXY,zeebe.env[0].value=p'
  snapshot >before

  # Values of 8.7, given to the chart of 8.8 as they are: three brokers, no migration.
  h template camunda "$(chart "$to_chart")" -f "$small" >untranslated.yaml
  leaves 3 sh -c '"$0" post-render -n "$1" <untranslated.yaml' "${program[0]}" "$NS"
  is "" "$(cat out)" "what was printed"
  contains err '[migration-missing]'
  contains err '[broker-count]'
  contains err '[settings-lost]'
  contains err 'env (PROXY)'

  c8upgrade template camunda "$(chart "$to_chart")" -f "$small" \
    --set 'zeebe.env[0].name=PROXY,zeebe.env[0].value=p' >translated.yaml 2>/dev/null
  leaves 0 sh -c '"$0" post-render -n "$1" <translated.yaml' "${program[0]}" "$NS"
  cmp out translated.yaml || fail "other bytes came out"

  # What 8.7 runs now may pass; after the upgrade it may not.
  h template camunda "$(chart "$from_chart")" -f "$small" >old.yaml
  leaves 0 sh -c '"$0" post-render -n "$1" <old.yaml' "${program[0]}" "$NS"
  unchanged before
  c8upgrade camunda "$(chart "$to_chart")" -f "$small" >log 2>&1 || { cat log; return 1; }
  leaves 3 sh -c '"$0" post-render -n "$1" <old.yaml' "${program[0]}" "$NS"
  contains err '[manifests-of-old]'
}

# Helm 3 hands no hook to a post-renderer: it would run the one that it made from the values of 8.7.
test_hooks_that_the_translation_changes() {
  install_release "$from_chart" -f "$small"
  tar xzf "$(chart "$to_chart")"
  cat >camunda-platform/templates/hook.yaml <<'Y'
apiVersion: v1
kind: ConfigMap
metadata:
  name: camunda-hook
  annotations: {helm.sh/hook: post-upgrade}
data: {brokers: {{ .Values.orchestration.clusterSize | quote }}}
Y
  snapshot >before
  if [ "$HELM_MAJOR" = 3 ]; then
    refuses '[hooks-differ]' ./camunda-platform -f "$small"
  else
    upgrade_through ./camunda-platform -f "$small" >log 2>&1 || { cat log; return 1; }
    is 1 "$(field configmap/camunda-hook .data.brokers)" "what the hook was made from"
  fi
}

# Words by hand, in a pipe: nobody knows whether the manifests will be applied, so nothing is changed.
# The stream of Helm 4 holds annotations that only its post-renderers see, so Helm 3 makes it.
test_secrets_to_keep_by_hand() {
  _use_helm 3
  echo 'zeebe: {clusterSize: "1", partitionCount: "1", replicationFactor: "1"}' >values.yaml
  install_release "$from_chart" -f values.yaml
  h upgrade camunda "$(chart "$to_chart")" -f values.yaml --dry-run=server -o json 2>err |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["manifest"], end="")' >untranslated.yaml
  snapshot >before
  by_hand() { "${program[0]}" post-render upgrade camunda "$(chart "$to_chart")" -f values.yaml -n "$NS" <untranslated.yaml; }
  leaves 3 by_hand
  is "" "$(cat out)" "what was printed"
  contains err '[changes-by-hand]'
  unchanged before
  sed -nE "s/^ *kubectl ((annotate|create) secret .*)/kubectl -n $NS \1/p" err >commands
  sh commands
  leaves 0 by_hand
  contains out migration-importer
}

# What can be wrong around it: it never prints less than it read and exits with 0.
test_bad_surroundings() {
  local chart post=("${program[0]}" post-render)
  chart=$(chart "$to_chart")
  h template camunda "$chart" -f "$small" >untranslated.yaml
  c8upgrade template camunda "$chart" -f "$small" >translated.yaml 2>/dev/null

  leaves 1 sh -c '"$@" <&-' - "${post[@]}"
  is "" "$(cat out)" "printed without standard input"
  # Nobody reads: it ends without a word.
  (
    set +o pipefail
    sh -c '"$@" <translated.yaml; echo $? >code' - "${post[@]}" -n "$NS" 2>err | true
  )
  [ "$(cat code)" != 0 ] || [ "$(wc -c <translated.yaml)" -le 65536 ] || fail "a closed pipe is no success"
  leaves 1 sh -c '"$@" <translated.yaml >/dev/full' - "${post[@]}" -n "$NS"

  # Words that cannot be read, and an inner Helm that fails: its own words are shown, and the guard
  # finds nothing here that an upgrade could break.
  leaves 0 sh -c '"$@" <untranslated.yaml' - "${post[@]}" template camunda "$chart" -f gone.yaml -n "$NS"
  contains err gone.yaml
  cmp out untranslated.yaml || fail "other bytes came out"
  leaves 0 sh -c '"$@" <untranslated.yaml' - "${post[@]}" template camunda ./no-such-chart -f "$small" -n "$NS"
  contains err no-such-chart
  cmp out untranslated.yaml || fail "other bytes came out"

  # A post-renderer that runs Helm with itself as the post-renderer.
  cat >loop <<'SH'
#!/bin/sh
cat >/dev/null
exec "$HELM" template camunda "$LOOP_CHART" -n "$NS" -f "$LOOP_VALUES" --post-renderer "$PROGRAM" --post-renderer-args post-render
SH
  chmod +x loop
  if [ "$HELM_MAJOR" = 3 ]; then
    export HELM LOOP_CHART=$chart LOOP_VALUES=$small PROGRAM=${program[0]}
    leaves 0 h template camunda "$chart" -f "$small" --post-renderer ./loop
    contains out migration-importer
  fi
}

run_tests
