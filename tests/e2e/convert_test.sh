#!/usr/bin/env bash
# Wherever values stand, converted they are what the main job would give to Helm, and 8.8 renders them.
. "$(dirname "$0")/lib.sh"

values=$CHECKOUT/examples/values-8.7.yaml

convert() { "$HELM" c8upgrade convert "$@" --quiet >convert.log 2>&1 || { cat convert.log; return 1; }; }
indented() { sed "s/^\(.\)/$1\1/" "$values"; }
# value FILE PATH: what stands there, as YAML
value() {
  python3 - "$1" "$2" <<'PY'
import sys, yaml
found = list(yaml.safe_load_all(open(sys.argv[1])))[-1]
for step in sys.argv[2].split("/"):
    found = found[int(step)] if isinstance(found, list) else found[step]
sys.stdout.write(found if isinstance(found, str) else yaml.safe_dump(found))
PY
}
wanted() { "$HELM" c8upgrade values -n camunda -f "$values" >wanted 2>/dev/null; }
# same WHAT WORDS…: Helm reads from these words what is wanted.
same() {
  local what=$1
  shift
  "$HELM" c8upgrade values -n camunda "$@" >got 2>/dev/null
  cmp -s wanted got || { diff wanted got | head -20; fail "$what holds something else"; }
}

test_a_values_file() {
  wanted
  convert "$values" -o new.yaml -n camunda --verify
  same "the file" -f new.yaml
  is "$(grep -c '#' "$values")" "$(grep -c '#' new.yaml)" "the number of comments"
  "$HELM" template camunda "$(chart "$to_chart")" -n camunda -f new.yaml >rendered.yaml
  contains rendered.yaml "app.kubernetes.io/component: orchestration"
}

test_layers() {
  wanted
  python3 - "$values" <<'PY'
import sys, yaml
values = yaml.safe_load(open(sys.argv[1]))
late = {key: values.pop(key) for key in ("zeebeGateway", "operate", "elasticsearch")}
values["zeebe"]["clusterSize"], late["zeebe"] = 5, {"clusterSize": 3}
yaml.safe_dump(values, open("base.yaml", "w"))
yaml.safe_dump(late, open("late.yaml", "w"))
PY
  convert base.yaml late.yaml -i -n camunda
  same "the layers" -f base.yaml -f late.yaml
}

test_a_helm_release() {
  wanted
  {
    printf 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: camunda, namespace: camunda}\n'
    printf 'spec:\n  chart: {spec: {chart: camunda-platform, version: 12.13.3}}\n  values:\n'
    indented '    '
  } >release.yaml
  convert release.yaml -i --set-version "$to_chart" --verify
  value release.yaml spec/values >new.yaml
  same "the HelmRelease" -f new.yaml
  is "$to_chart" "$(value release.yaml spec/chart/spec/version)" "the chart's version"
}

test_an_application() {
  wanted
  for key in 'values: |' 'valuesObject:'; do
    {
      printf 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: camunda}\nspec:\n'
      printf '  destination: {namespace: camunda}\n  sources:\n    - chart: camunda-platform\n      targetRevision: 12.13.3\n'
      printf '      helm:\n        %s\n' "$key"
      indented '          '
    } >application.yaml
    convert application.yaml -i --set-version "$to_chart" --verify
    key=${key%%:*}
    value application.yaml "spec/sources/0/helm/$key" >new.yaml
    same "the Application ($key)" -f new.yaml
  done
}

# Argo CD gives Helm each parameter as --set NAME=VALUE, or as --set-string when it is forced.
test_parameters_of_an_application() {
  local words=()
  {
    printf 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: camunda}\nspec:\n'
    printf '  destination: {namespace: camunda}\n  source:\n    chart: camunda-platform\n    targetRevision: 12.13.3\n'
    printf '    helm:\n      parameters:\n'
    printf '        - {name: zeebe.clusterSize, value: "5"}\n        - {name: zeebe.pvcSize, value: 99Gi}\n'
    printf '        - {name: zeebe.podLabels.team, value: "a,b"}\n      valuesObject:\n'
    indented '        '
  } >application.yaml
  "$HELM" c8upgrade values -n camunda -f "$values" --set zeebe.clusterSize=5,zeebe.pvcSize=99Gi \
    --set 'zeebe.podLabels.team=a\,b' >wanted 2>/dev/null
  convert application.yaml -i
  value application.yaml spec/source/helm/valuesObject >new.yaml
  value application.yaml spec/source/helm/parameters >parameters.yaml
  mapfile -t words < <(python3 - <<'PY'
import yaml
for one in yaml.safe_load(open("parameters.yaml")):
    print("--set-string" if one.get("forceString") else "--set")
    print(one["name"] + "=" + one["value"].replace(",", "\\,"))
PY
  )
  is 6 "${#words[@]}" "the number of words"
  same "the Application" -f new.yaml "${words[@]}"
}

test_a_helmfile_and_a_config_map() {
  wanted
  {
    printf 'releases:\n  - name: camunda\n    namespace: camunda\n    chart: camunda/camunda-platform\n    values:\n      -\n'
    indented '        '
  } >helmfile.yaml
  convert helmfile.yaml -i
  value helmfile.yaml releases/0/values/0 >new.yaml
  same "the helmfile" -f new.yaml
  {
    printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: values}\ndata:\n  values.yaml: |\n'
    indented '    '
  } >map.yaml
  convert map.yaml -i -n camunda
  value map.yaml data/values.yaml >new.yaml
  same "the ConfigMap" -f new.yaml
}

test_an_umbrella_chart() {
  wanted
  mkdir umbrella
  printf 'apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n  - {name: camunda-platform, alias: c8, version: 12.13.3}\n' >umbrella/Chart.yaml
  { printf 'other: {a: 1}\nc8:\n'; indented '  '; } >umbrella/values.yaml
  convert umbrella/values.yaml -i -n camunda
  value umbrella/values.yaml c8 >new.yaml
  same "the umbrella's block" -f new.yaml
}

run_tests
