# shellcheck shell=bash
# shellcheck disable=SC2016  # kubectl's templates have variables of their own
# Sourced by every tests/e2e/*_test.sh. A test is a function test_…; the script ends with
# `run_tests`, which runs each of them with both Helms in a namespace of its own. A test fails
# when a command in it fails. Run one script: tests/run tests/e2e/NAME_test.sh
#
# Given by tests/run: HELM3, HELM4 and TOOLS3, TOOLS4 (programs and the folders they are in, with
# kubectl), HELM_HOME3, HELM_HOME4 (Helm homes with the plugin installed), KUBECONFIG, CHARTS,
# CHECKOUT, PLUGIN (the plugin's folder as it is released), WORK (scratch), RESULTS (a line
# `PASS name` or `FAIL name` for each test).
# Given to a test: HELM, KUBECTL, NS (its namespace), DIR (its scratch folder, also the current
# one), HELM_MAJOR (3 or 4); `helm` and `kubectl` on PATH are the same two programs.

: "${RESULTS:?run it with tests/run ${0##*/}}"

# shellcheck disable=SC2034  # for the tests
readonly from_chart=12.13.3 to_chart=13.12.7

# The packaged chart of that version.
chart() { echo "$CHARTS/camunda-platform-$1.tgz"; }
example() { echo "$CHECKOUT/examples/$1"; }

# `kubectl` in the test's namespace.
k() { "$KUBECTL" -n "$NS" "$@"; }
# `helm` in the test's namespace.
h() { "$HELM" -n "$NS" "$@"; }
# `helm c8upgrade` in the test's namespace.
c8upgrade() { "$HELM" c8upgrade -n "$NS" "$@"; }

# upgrade_through WORDS…: helm upgrade with the post-renderer, as this Helm wants it.
upgrade_through() {
  if [ "$HELM_MAJOR" = 3 ]; then
    h upgrade camunda --post-renderer "$(echo "$PLUGIN"/bin/*/c8upgrade)" --post-renderer-args post-render "$@"
  else
    HELM_PLUGINS="$HELM_DATA_HOME/plugins:$PLUGIN/postrenderer" h upgrade camunda "$@" \
      --post-renderer c8upgrade-postrenderer
  fi
}

# install_release VERSION [WORDS…]: release camunda of that chart, all its pods running.
install_release() {
  local version=$1
  shift
  h install camunda "$(chart "$version")" --create-namespace "$@" >install.log 2>&1 || { cat install.log; return 1; }
  settle
}
# Waits until every workload of the namespace runs what its template says.
settle() {
  local workload
  for workload in $(k get statefulsets,deployments -o name); do
    k rollout status "$workload" --timeout 180s >/dev/null || { k get pods; return 1; }
  done
}

# Starts camunda_api (its folder: ./api, its address: $API) for the rest of the test, and has the API
# server's proxy to the brokers end there: fake pods answer nothing.
with_camunda_api() {
  mkdir api
  "$CHECKOUT/tests/e2e/camunda_api" api >api/log 2>&1 &
  # shellcheck disable=SC2064  # now, not then
  trap "kill $! 2>/dev/null || true" EXIT
  until [ -e api/port ]; do sleep 0.1; done
  API=http://127.0.0.1:$(<api/port)
  cat >kubectl-with-api <<S
#!/bin/bash
for word; do
  case \$word in
    */services/*/proxy/*)
      [[ " \$* " = *" create "* ]] && exec "$KUBECTL" --kubeconfig /dev/null --server "$API" create --raw "\${word#*/proxy}" -f -
      exec "$KUBECTL" --kubeconfig /dev/null --server "$API" get --raw "\${word#*/proxy}"
      ;;
  esac
done
exec "$KUBECTL" "\$@"
S
  chmod +x kubectl-with-api
  export C8UPGRADE_KUBECTL=$PWD/kubectl-with-api
}

# field KIND/NAME JSONPATH: one fact about a live object, e.g. field secret/x .data.password
field() { k get "$1" -o "jsonpath={$2}"; }
names() { k get "$1" -o name | sort; }

fail() {
  echo "FAILED: $*"
  return 1
}
# is WANT GOT WHAT
is() { [ "$1" = "$2" ] || fail "$3: wanted '$1', got '$2'"; }
exists() { k get "$1" -o name >/dev/null 2>&1 || fail "$1 does not exist"; }
absent() {
  local answer
  answer=$(k get "$1" -o name --ignore-not-found) || return 1
  [ -z "$answer" ] || fail "$1 exists"
}
# contains FILE TEXT
contains() { grep -qF -- "$2" "$1" || { cat "$1"; fail "'$2' is not in $1"; }; }
lacks() { ! grep -qF -- "$2" "$1" || { cat "$1"; fail "'$2' is in $1"; }; }
# leaves CODE COMMAND…: runs it with its output in ./out and ./err and asks for that exit code.
leaves() {
  local want=$1 got=0
  shift
  "$@" >out 2>err </dev/null || got=$?
  [ "$got" = "$want" ] || { cat out err; fail "wanted exit code $want, got $got: $*"; }
}

# Every object of the namespace with its resourceVersion, a line each; what changes by itself is
# left out. Take it after settle(): a pod that starts changes its owners.
snapshot() {
  local kinds
  kinds=$(k api-resources --namespaced --verbs list -o name | grep -vE '^(events|leases|endpoints)' | paste -sd,)
  k get "$kinds" --ignore-not-found --no-headers \
    -o custom-columns=:.kind,:.metadata.name,:.metadata.resourceVersion | sort -u
}
# unchanged SNAPSHOT_FILE: nothing in the namespace has been written since.
unchanged() { snapshot | diff "$1" - || fail "objects have changed"; }

# Every Secret that chart 12.x wants for these values and does not make itself. Some keys are asked
# for by the chart while it renders, not by a pod: so each Secret gets every key that the file names.
make_wanted_secrets() {
  local file=$1 name key words keys
  mapfile -t keys < <(sed -nE 's/.*[kK]ey: *"?([A-Za-z0-9._-]+)"?.*/\1/p' "$file" | sort -u)
  h template camunda "$(chart "$from_chart")" -f "$file" >rendered.yaml
  "$CHECKOUT/tests/e2e/wanted_secrets" rendered.yaml >wanted
  for name in $(cut -d' ' -f1 wanted | sort -u); do
    words=()
    for key in $(sed -n "s/^$name //p" wanted) "${keys[@]}"; do
      case " ${words[*]-}" in
        *" --from-literal=$key="*) ;;
        *) words+=("--from-literal=$key=value-of-$key") ;;
      esac
    done
    k create secret generic "$name" "${words[@]}" >/dev/null
  done
}

# Every key of a Secret that a workload of the namespace cannot start without, as `NAME KEY`, or
# `NAME *` where a whole Secret is wanted.
wanted_secrets() {
  local containers='{{range .env}}{{with .valueFrom}}{{with .secretKeyRef}}{{if not .optional}}{{.name}} {{.key}}{{"\n"}}{{end}}{{end}}{{end}}{{end}}{{range .envFrom}}{{with .secretRef}}{{if not .optional}}{{.name}} *{{"\n"}}{{end}}{{end}}{{end}}'
  local volumes='{{range .volumes}}{{with .secret}}{{if not .optional}}{{$name := .secretName}}{{if .items}}{{range .items}}{{$name}} {{.key}}{{"\n"}}{{end}}{{else}}{{$name}} *{{"\n"}}{{end}}{{end}}{{end}}{{end}}'
  k get statefulsets,deployments,jobs -o go-template="{{range .items}}{{with .spec.template.spec}}{{range .initContainers}}$containers{{end}}{{range .containers}}$containers{{end}}$volumes{{end}}{{end}}" | sort -u
}
# Every Secret of the namespace as `NAME *`, and each of its keys as `NAME KEY`.
present_secrets() {
  k get secrets -o go-template='{{range .items}}{{$name := .metadata.name}}{{$name}} *{{"\n"}}{{range $key, $value := .data}}{{$name}} {{$key}}{{"\n"}}{{end}}{{end}}' | sort -u
}
secrets_are_there() {
  local missing
  missing=$(comm -23 <(wanted_secrets) <(present_secrets))
  [ -z "$missing" ] || fail "Secrets that workloads refer to are not there: $missing"
}
# Each Secret's key with a checksum of its value: NAME KEY SUM. Helm's own records are left out.
secret_sums() {
  local name key value
  k get secrets --field-selector type!=helm.sh/release.v1 -o go-template='{{range .items}}{{$name := .metadata.name}}{{range $key, $value := .data}}{{$name}} {{$key}} {{$value}}{{"\n"}}{{end}}{{end}}' |
    while read -r name key value; do echo "$name $key $(cksum <<<"$value")"; done | sort
}

# goes_to_8_8 FILE [WORDS…]: 8.7 with these values, then c8upgrade with the same words, and what must
# be as it was is. Sets `brokers`, the StatefulSet.
goes_to_8_8() {
  local file=$1 id replicas
  shift
  make_wanted_secrets "$file"
  install_release "$from_chart" -f "$file"
  brokers=$(k get statefulsets -l app.kubernetes.io/component=zeebe-broker -o name)
  id=$(field "$brokers" .metadata.uid)
  replicas=$(field "$brokers" .spec.replicas)
  names pvc >claims-before
  secret_sums >secrets-before
  ! declare -F checked_before >/dev/null || checked_before "$file"

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
  ! k get statefulsets,deployments -o yaml | grep -F "camunda/zeebe:8.7" || fail "an image of 8.7 is left"
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

# Where the test stood when a command failed; called once for each function on the way out.
_say_where() {
  local depth
  for ((depth = 1; depth < ${#FUNCNAME[@]}; depth++)); do
    [ "${FUNCNAME[depth]}" != "$test" ] || break
  done
  [ -n "${_said:-}" ] || echo "FAILED in $0, line ${BASH_LINENO[depth - 1]}"
  _said=1
}

_use_helm() {
  local tools=TOOLS$1 program=HELM$1 home=HELM_HOME$1
  export HELM_MAJOR=$1 HELM=${!program} KUBECTL=${!tools}/kubectl PATH=${!tools}:$_path
  export HELM_CACHE_HOME=${!home}/cache HELM_CONFIG_HOME=${!home}/config HELM_DATA_HOME=${!home}/data
  unset HELM_PLUGINS
}

# Volumes are few and are not deleted with their claims: those that earlier tests have released are
# made available again.
_clean_up() {
  local volume
  "$KUBECTL" delete namespace "$NS" --ignore-not-found --wait=false >/dev/null 2>&1
  for volume in $("$KUBECTL" get pv -o 'jsonpath={range .items[?(@.status.phase=="Released")]}{.metadata.name}{" "}{end}'); do
    "$KUBECTL" patch pv "$volume" --type json -p '[{"op": "remove", "path": "/spec/claimRef"}]' >/dev/null 2>&1
  done
  return 0
}

_run_test() {
  local test=$1 rc=0 began=$SECONDS name
  name="$(basename "$0" _test.sh)/${test#test_} (Helm $HELM_MAJOR)"
  export NS DIR
  NS=$(basename "$0" _test.sh | tr _ -)-$HELM_MAJOR-$RANDOM
  DIR=$WORK/$NS
  mkdir -p "$DIR"
  # In the background and waited for: in a condition `set -e` would mean nothing.
  (
    set -Eeuo pipefail
    trap _say_where ERR
    cd "$DIR"
    "$KUBECTL" create namespace "$NS" >/dev/null
    "$test"
  ) >"$DIR/log" 2>&1 </dev/null &
  wait $! || rc=$?
  # One write a test: scripts run side by side.
  if [ $rc = 0 ]; then
    echo "PASS $name, $((SECONDS - began)) s"
    echo "PASS $name" >>"$RESULTS"
    rm -rf "$DIR"
  else
    printf '%s\nFAIL %s, %s s\n' "$(tail -n 60 "$DIR/log" | sed 's/^/    | /')" "$name" "$((SECONDS - began))"
    echo "FAIL $name" >>"$RESULTS"
  fi
  [ -n "${E2E_KEEP:-}" ] || _clean_up
}

# Runs every test_… function of the script with both Helms; E2E_HELM=3 or 4 for one, E2E_TEST for
# the functions whose name contains that.
run_tests() {
  local test major
  _path=$PATH
  for major in ${E2E_HELM:-3 4}; do
    _use_helm "$major"
    for test in $(compgen -A function test_); do
      case $test in *"${E2E_TEST:-}"*) _run_test "$test" ;; esac
    done
  done
}
