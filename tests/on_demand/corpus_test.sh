#!/usr/bin/env bash
# Ten values files that other people wrote go from 8.7 to 8.8: of C8UPGRADE_CORPUS, or without it the
# files of this repository and of C8UPGRADE_PAIRS. Five with Helm 3, five with Helm 4. The post-renderer
# gives Helm the same manifests. On demand, since it takes ten minutes:
#   tests/run tests/on_demand/corpus_test.sh
. "$CHECKOUT/tests/e2e/lib.sh"

readonly how_many=10

# What stands in the way of these files in any cluster but their own: users that live in Operate,
# prefixes and storages that have to be put together first.
readonly accepted=(--accept env-index-prefix --accept env-user-store)

files() {
  if [ -n "${C8UPGRADE_CORPUS:-}" ]; then
    printf '%s\n' "$C8UPGRADE_CORPUS"/*.yaml
  else
    printf '%s\n' "$CHECKOUT"/tests/e2e/values/*.yaml "$CHECKOUT"/tests/fixtures/deployments/*.yaml \
      "$CHECKOUT"/examples/values-8.7.yaml
    find "${C8UPGRADE_PAIRS:-/nonexistent}" -name values-8.7.yaml 2>/dev/null | sort
  fi
}

# A file that is whole: nothing in it is to be filled in, chart 12.x renders brokers and something to
# migrate from it, which the API server takes, and c8upgrade asks nothing.
is_whole() {
  ! grep -qE '\$\{?[A-Z]|<[A-Z_]+>' "$1" &&
    "$HELM3" template camunda "$(chart "$from_chart")" -f "$1" >whole.yaml 2>/dev/null &&
    grep -q 'component: zeebe-broker' whole.yaml && grep -qE 'component: (operate|tasklist)' whole.yaml &&
    "$TOOLS4/kubectl" apply --server-side --dry-run=server -n default -f whole.yaml >/dev/null 2>&1 &&
    HELM_BIN=$HELM3 "$PLUGIN/bin/$(cd "$PLUGIN/bin" && echo *)/c8upgrade" values -f "$1" "${accepted[@]}" >/dev/null 2>&1
}

# Ten that are as different as can be: taken from all sizes.
chosen() {
  local sorted=() taken=() file start step i
  mapfile -t sorted < <(files | xargs -d '\n' wc -c | grep -v ' total$' | sort -n | awk '{ print $2 }')
  step=$((${#sorted[@]} / how_many))
  [ "$step" -gt 0 ] || step=1
  for ((start = step - 1; start >= 0; start--)); do
    for ((i = start; i < ${#sorted[@]}; i += step)); do
      file=${sorted[i]}
      [ ${#taken[@]} -lt $how_many ] || break 2
      if is_whole "$file"; then taken+=("$file"); fi
    done
  done
  printf '%s\n' "${taken[@]}"
}

# ConfigMaps that the file's pods mount and no chart makes.
make_wanted_config_maps() {
  local name
  for name in $(sed -nE '/configMap(KeyRef|Ref)?:/,/name:/s/.*name: *"?([a-z0-9.-]+)"?.*/\1/p' "$1" | sort -u); do
    k create configmap "$name" --from-literal=any=any >/dev/null
  done
}

# The manifests of a dry run through the post-renderer are those of the main job. Where the chart of 8.8
# refuses the values of 8.7, Helm never comes to a post-renderer.
same_through_a_post_renderer() {
  local file=$1 word post=()
  shift
  h template camunda "$(chart "$to_chart")" -f "$file" >/dev/null 2>&1 || return 0
  for word in "$@"; do post+=(--post-renderer-args "$word"); done
  c8upgrade camunda "$(chart "$to_chart")" -f "$file" "$@" --dry-run=server >main.manifests 2>err || { cat err; return 1; }
  upgrade_through "$(chart "$to_chart")" -f "$file" "${post[@]}" --dry-run=server >post.manifests 2>err || { cat err; return 1; }
  contains post.manifests migration-importer
  comparable main.manifests >main.objects
  comparable post.manifests >post.objects
  [ -s main.objects ] || fail "no manifests"
  diff main.objects post.objects || fail "other manifests"
}
# The objects, a line each, as Helm 4 writes them anew behind a post-renderer. Without what is made
# anew each time (passwords and their checksums) and the chart's notes, which Helm makes from the
# values that it was given.
comparable() {
  python3 - "$1" <<'P'
import json, re, sys, yaml

text = open(sys.argv[1]).read().split("\nNOTES:")[0]
text = re.sub(r"(?m)^(HOOKS|MANIFEST):$", "", text[text.index("\n---"):])

def trim(value):
    if isinstance(value, dict):
        return {key: trim(child) for key, child in value.items()
                if not re.search("^checksum/|pusher-app-secret|postrenderer.*filename", str(key))
                and child not in (None, {}, [])}
    return [trim(child) for child in value] if isinstance(value, list) else value

for line in sorted(json.dumps(trim(one), sort_keys=True) for one in yaml.safe_load_all(text) if one):
    print(line)
P
}

goes() {
  local brokers
  make_wanted_config_maps "$1"
  checked_before() { same_through_a_post_renderer "$1" --identity-migration off "${accepted[@]}"; }
  goes_to_8_8 "$1" --identity-migration off "${accepted[@]}"
}

main() {
  local all=() major i name
  # Both Helms choose at the same time.
  mkdir -p "$WORK/choosing-$BASHPID" && cd "$WORK/choosing-$BASHPID" || return 1
  mapfile -t all < <(chosen)
  for major in ${E2E_HELM:-3 4}; do
    for ((i = major - 3; i < ${#all[@]}; i += 2)); do
      name=$(basename "${all[i]}" .yaml | tr -c 'a-zA-Z0-9\n' _)
      eval "test_${i}_$name() { goes '${all[i]}'; }"
    done
    E2E_HELM=$major run_tests
    for name in $(compgen -A function test_); do unset -f "$name"; done
  done
  if [ ${#all[@]} -lt $how_many ]; then
    echo "FAIL corpus: only ${#all[@]} files are whole" | tee -a "$RESULTS"
  fi
}
main
