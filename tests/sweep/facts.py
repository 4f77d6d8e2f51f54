"""Facts of a rendering: what the objects of a chart say, in a form in which 8.7 and 8.8 can be compared.

A fact is (part, place, where, value). `part` is the component it belongs to; brokers, gateway,
Operate and Tasklist are one part, "orchestration". `place` is the kind of spot (pod, env, config,
service, ingress, secret, object), `where` the path in it, without what only the chart decides.
"""
import base64
import json
import re

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RELEASE = "camunda"
ONE_CLUSTER = ("zeebe-gateway", "zeebe", "operate", "tasklist")
PARTS = ONE_CLUSTER + ("web-modeler-restapi", "web-modeler-webapp", "web-modeler-websockets", "web-modeler",
                       "postgresql-web-modeler", "identity-postgresql", "identity", "connectors", "console",
                       "optimize", "keycloak", "postgresql", "elasticsearch")


def part_of(name):
    short = name[len(RELEASE) + 1:] if name.startswith(RELEASE + "-") else name
    short = short.removeprefix("camunda-platform-")
    for part in PARTS:
        if short == part or short.startswith(part + "-"):
            return "orchestration" if part in ONE_CLUSTER else part
    return "platform"


def flatten(value, at=""):
    """(path, text) of every leaf. Items of a list go by their name where they have one."""
    if isinstance(value, dict):
        if not value:
            yield at, "{}"
        for key, item in value.items():
            yield from flatten(item, f"{at}.{key}")
    elif isinstance(value, list):
        if not value:
            yield at, "[]"
        for item in value:
            if not isinstance(item, dict):
                yield at + "[]", text(item)
            elif "mountPath" in item:
                rest = {k: v for k, v in item.items() if k != "mountPath"}
                yield from flatten(rest, f"{at}[{text(item['mountPath'])}]")
            elif "name" in item:
                rest = {k: v for k, v in item.items() if k != "name"}
                yield from flatten(rest or "there", f"{at}[{item['name']}]")
            else:
                yield at + "[]", text(json.dumps(item, sort_keys=True))
    else:
        yield at, text(value)


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return re.sub(r"/usr/local/(zeebe|operate|tasklist)\b", "/usr/local/camunda", str(value))


def config_facts(data):
    for name, content in sorted((data or {}).items()):
        name = name.replace("application.yml", "application.yaml")
        parsed = None
        if name.endswith((".yaml", ".yml")):
            try:
                parsed = [d for d in yaml.load_all(content, Loader=LOADER) if d]
            except yaml.YAMLError:
                pass
        if parsed and all(isinstance(d, dict) for d in parsed):
            for document in parsed:
                yield from flatten(document, name)
        else:
            for line in str(content).splitlines():
                if line.strip():
                    yield name, "*" if name.startswith("pusher-app-") else text(line.strip())


def pod_facts(part, own, template):
    meta = template.get("metadata") or {}
    for what in ("annotations", "labels"):
        for where, value in flatten(meta.get(what) or {}, what):
            if not re.search(r"checksum/|helm\.sh/chart|app\.kubernetes\.io/|^\w+$", where):
                yield part, "pod", where, value
    for key, value in (template.get("spec") or {}).items():
        if key not in ("containers", "initContainers"):
            for where, leaf in flatten(value, key):
                yield part, "pod", re.sub(r"camunda-(zeebe|operate|tasklist)(-gateway)?-configuration(-unified)?",
                                          "CONFIG", where), leaf
            continue
        for container in value or []:
            name = container["name"]
            if key == "containers" and name in (own, "orchestration"):
                name = "main"
            for field, setting in container.items():
                if field == "name":
                    continue
                place = "env" if field in ("env", "envFrom") else "pod"
                for where, leaf in flatten(setting, f"{key}[{name}].{field}"):
                    if not (field == "image" and name == "main"):
                        yield part, place, where, leaf
                    else:
                        yield part, "image", where, leaf


def facts(documents, markers=()):
    out = set()
    for d in documents:
        kind, name = d["kind"], d["metadata"]["name"]
        part = part_of(name)
        if kind == "Job" or "migration" in name:
            continue
        own = next((p for p in PARTS if f"{name}-".startswith(f"{RELEASE}-{p}-")), name)
        spec = d.get("spec") or {}
        out.add((part, "there", kind, name))
        if kind in ("StatefulSet", "Deployment"):
            out.update(pod_facts(part, own, spec.get("template") or {}))
            for where, value in flatten({k: v for k, v in spec.items() if k not in ("template", "selector")}):
                out.add((part, "object", f"{kind}/{name}{where}", value))
        elif kind == "ConfigMap":
            for where, value in config_facts(d.get("data")):
                out.add((part, "config", where if part == "orchestration" else f"{name}/{where}", value))
        elif kind == "Secret":
            for key, value in list((d.get("data") or {}).items()) + list((d.get("stringData") or {}).items()):
                plain = str(value)
                if key in (d.get("data") or {}):
                    plain = base64.b64decode(plain).decode(errors="replace")
                # Without a marker it may be random.
                known = any(m in plain for m in markers)
                out.add((part, "secret", f"{name}/{key}", plain if known else "*"))
        elif kind == "Ingress":
            which = {"camunda-camunda-platform": "http", "camunda-camunda-platform-http": "http",
                     "camunda-zeebe-gateway-grpc": "grpc", "camunda-camunda-platform-grpc": "grpc"}.get(name, name)
            for rule in spec.get("rules") or []:
                for path in (rule.get("http") or {}).get("paths") or []:
                    out.add((which, "ingress", f"{rule.get('host')}{path.get('path')}", str(path.get("pathType"))))
            for where, value in flatten({k: v for k, v in spec.items() if k != "rules"}):
                out.add((which, "ingress", where, value))
        elif kind == "Service":
            for port in spec.get("ports") or []:
                out.add((part, "service", f"{name}.port", str(port.get("port"))))
                for field in ("name", "targetPort", "nodePort", "appProtocol"):
                    if field in port:
                        out.add((part, "service", f"{name}.port.{field}", str(port[field])))
            for where, value in flatten({k: v for k, v in spec.items() if k not in ("ports", "selector")}):
                out.add((part, "service", f"{name}{where}", value))
        else:
            rest = {k: v for k, v in d.items() if k not in ("apiVersion", "kind", "metadata")}
            for where, value in flatten(rest):
                out.add((part, "object", f"{kind}/{name}{where}", value))
        for what in ("annotations", "labels"):
            for where, value in flatten(d["metadata"].get(what) or {}, what):
                if not re.search(r"checksum/|helm\.sh/chart|app\.kubernetes\.io/|^\w+$", where):
                    place = {"Service": "service", "Ingress": "ingress"}.get(kind, "object")
                    owner = which if kind == "Ingress" else part
                    spot = where if kind == "Ingress" else f"{kind}/{name} {where}"
                    out.add((owner, place, spot, value))
    return out
