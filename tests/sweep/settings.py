"""For every key of chart 12.x a value that is not its default, recognisable wherever it ends up."""
import json
import os
import re

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
KEYS = os.path.join(HERE, "../../catalogue/8.7-to-8.8/old-keys.tsv")


def steps(path):
    """The steps of a path; a dot inside a step is written \\."""
    return [s.replace("\\.", ".") for s in re.split(r"(?<!\\)\.", path)]


def put(values, path, value):
    for step in steps(path)[:-1]:
        if not isinstance(values.get(step), dict):
            values[step] = {}
        values = values[step]
    values[steps(path)[-1]] = value


def written(values, path):
    for step in steps(path):
        values = values.get(step) if isinstance(values, dict) else None
    return values


class Setting:
    """One key, its value, the context it is tried in, and what shows that a fact comes from it."""

    def __init__(self, path, value, context, markers, alone, renames):
        self.path, self.value, self.context, self.markers, self.alone = path, value, context, markers, alone
        self.renames = renames
        self.name = path


def filled(value, marker, number):
    """A value of the table: $M is the marker, $N the number."""
    if isinstance(value, str):
        return number if value == "$N" else value.replace("$M", marker).replace("$N", str(number))
    if isinstance(value, list):
        return [filled(v, marker, number) for v in value]
    if isinstance(value, dict):
        return {filled(k, marker, number): filled(v, marker, number) for k, v in value.items()}
    return value


def invented(path, default, marker, number, by_name):
    last = steps(path)[-1]
    for pattern, value in by_name.items():
        if re.search(pattern, path):
            return filled(value, marker, number)
    if isinstance(default, bool):
        return not default
    if isinstance(default, (int, float)):
        return number
    if isinstance(default, str) and re.fullmatch(r"\d+", default):
        return str(number)
    if isinstance(default, str) or default is None:
        return marker
    raise SystemExit(f"sweep: no value for {path} (default {json.dumps(default)}), name one in table.yaml ({last})")


def read():
    """All settings, in the order of the keys."""
    table = yaml.safe_load(open(os.path.join(HERE, "table.yaml")))
    rows = [line.rstrip("\n").split("\t") for line in open(KEYS)][1:]
    keys = [(path, json.loads(default) if default else None) for path, default in rows]
    keys += [(path, None) for path in table["unlisted"] if path not in dict(keys)]
    out = []
    for n, (path, default) in enumerate(keys):
        variants = table["keys"].get(path)
        if variants is None:
            marker, number = f"sw{n}x", 31000 + n
            variants = [{"value": invented(path, default, marker, number, table["names"])}]
        elif not isinstance(variants, list):
            variants = [variants]
        for v, variant in enumerate(variants):
            marker, number = f"sw{n}{'xyzuvw'[v]}", 31000 + n + 2000 * v
            context = variant.get("context") or next(
                (name for pattern, name in table["contexts_of"].items() if re.search(pattern, path)), "all")
            value = filled(variant["value"], marker, number)
            if isinstance(value, bool) and "context" not in variant and written(table["contexts"][context], path) == value:
                value = not value
            alone = any(re.search(p, path) for p in table["alone"]) or "context" in variant or len(variants) > 1
            setting = Setting(path, value, context, [marker, str(number)], alone,
                              filled(table["renames"].get(path, {}), marker, number))
            if len(variants) > 1:
                setting.name = f"{path} #{v + 1}"
            out.append(setting)
    return out, table["contexts"]


ALTERNATIVE = re.compile(r"existingSecret$|[pP]assword$|inlineSecret$|^url$|vailable$|^key$")


def in_the_way(a, b):
    """A switch hides everything beside it, and some keys of one map stand for each other."""
    above_a, above_b = a.rpartition(".")[0], b.rpartition(".")[0]
    if above_a == above_b and any(ALTERNATIVE.search(x.rpartition(".")[2]) for x in (a, b)):
        return True
    return any(x.endswith((".enabled", ".external")) and y.startswith(above + ".")
               for x, y, above in ((a, b, above_a), (b, a, above_b)))


def batches(settings, size):
    """As few groups as possible of settings that are not in each other's way."""
    out = []
    for setting in settings:
        for group in out:
            if len(group) < size and not any(in_the_way(setting.path, x.path) for x in group):
                group.append(setting)
                break
        else:
            out.append([setting])
    return out
