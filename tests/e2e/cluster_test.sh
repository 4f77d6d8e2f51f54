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
