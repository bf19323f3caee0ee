#!/usr/bin/env python3
"""The JSON Schemas of `wukong schema` accept every experiment of the tree and of its documents, and
refuse what the program refuses. Usage: schemas.py ROOT PROGRAM"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ROOT = pathlib.Path(sys.argv[1]).resolve()
PROGRAM = str(pathlib.Path(sys.argv[2]).resolve())

FILES = {
    "experiment": ["configs/quickstart.yaml", "configs/dask-1000.yaml", "configs/emulate/*.yaml",
                   "configs/loads/jobs.yaml", "configs/dags/*-run.yaml"],
    "sweep": ["configs/sweep.yaml", "configs/loads/keep-alive.yaml"],
    "suite": ["configs/regression.yaml"],
    "dag": ["configs/dags/pipeline.yaml"],
}

GOOD = """
platform: {preset: aws-2020, functions: {memory_mb: 2048}}
workload: {tsqr: {rows: 4096, columns: 8, block_rows: 512}}
systems: [wukong, {numpywren: {workers: 8, store: s3, name: few}}]
replicates: 2
"""
# What is put in the place of a part of it, and refused.
WRONG = [
    ("platform: {preset", "platfrom: {preset"),
    ("aws-2020", "aws-1999"),
    ("memory_mb: 2048", "memory_mb: much"),
    ("memory_mb: 2048", "memory_mb: -1"),
    ("memory_mb: 2048", "memory: 2048"),
    ("functions: {memory_mb: 2048}", "functions: 7"),
    ("tsqr:", "tsqrr:"),
    ("rows: 4096, ", ""),
    ("rows: 4096", "rows: 0"),
    ("rows: 4096", "rows: 4096.5"),
    ("rows: 4096", "rows: [4096, 8192]"),
    ("workload: {tsqr: {rows: 4096, columns: 8, block_rows: 512}}", "workload: tsqr"),
    ("workload: {tsqr", "workload: {noop: {tasks: 1, lambdas: 1}, tsqr"),
    ("[wukong,", "[wukog,"),
    ("[wukong,", "[{wukong: 3},"),
    ("workers: 8", "worker: 8"),
    ("store: s3", "store: s4"),
    ("store: s3", "store: {preset: s3, nothing: 1}"),
    ("systems: [wukong", "systems: wukong #"),
    ("replicates: 2", "replicates: 0"),
    ("replicates: 2", "replicates: 1.5"),
    ("replicates: 2", "seed: one"),
    ("replicates: 2", "faults: {crash_before: 2}"),
    ("replicates: 2", "check: perhaps"),
    ("replicates: 2", "more: 1"),
    ("replicates: 2", "sweep: {axes: {seed: [1]}}"),
]
WRONG_DAGS = ["tasks: {a: {mss: 1}}", "tasks: {a: {ms: -1}}", "tasks: {a: 3}", "task: {a: {ms: 1}}",
              "{tasks: {a: {threads: 0}}}", "{tasks: {a: {kernel: gem, gflop: 1}}}",
              "{tasks: {a: {}}, objects: {x: {sized: 1}}}"]


class Loader(yaml.SafeLoader):
    """YAML 1.2, as the program and editors have it: 1e6 is a number, off and yes are texts."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"~|null|Null|NULL|", "~nN\0"),
        ("int", r"[-+]?[0-9]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789.")]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"),
                                 list(first))
Loader.yaml_implicit_resolvers.setdefault("", []).append(
    ("tag:yaml.org,2002:null", re.compile("^$")))


def number(loader, node):
    value = float(node.value)
    return int(value) if value.is_integer() else value


Loader.add_constructor("tag:yaml.org,2002:float", number)


def load(text):
    return yaml.load(text, Loader)


def schema_of(kind):
    text = subprocess.run([PROGRAM, "schema", kind], capture_output=True, text=True, check=True)
    schema = json.loads(text.stdout)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def documented():
    """The whole experiments in the documents."""
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for block in re.findall(r"(?<!test -->\n)^```yaml\n(.*?)^```", page.read_text(),
                                re.M | re.S):
            keys = set(re.findall(r"^(\w+):", block, re.M))
            if {"platform", "workload", "systems"} <= keys:
                kind = "suite" if "check" in keys else "sweep" if keys & {"sweep", "until"} else None
                yield page.name, kind, block


def program_refuses(folder, text, as_dag):
    path = folder / "wrong.yaml"
    path.write_text(text)
    words = ["dag", "info"] if as_dag else ["run"]
    return subprocess.run([PROGRAM, *words, str(path)], capture_output=True).returncode == 2


def main():
    schemas = {kind: schema_of(kind) for kind in FILES}
    failures, checked = [], 0

    def accepts(kind, name, document):
        nonlocal checked
        checked += 1
        for error in schemas[kind].iter_errors(document):
            failures.append(f"{name}: {kind}: {error.json_path}: {error.message[:200]}")

    for kind, patterns in FILES.items():
        for pattern in patterns:
            named = f"build/release/schema/{kind}.json"
            files = sorted(ROOT.glob(pattern))
            if not files:
                failures.append(f"no file {pattern}")
            for file in files:
                accepts(kind, file.name, load(file.read_text()))
            if files and not any(named in file.read_text() for file in files):
                failures.append(f"{pattern}: no line names {named}")
    for page, kind, block in documented():
        document = load(block)
        if kind is None and schemas["experiment"].is_valid(document):
            checked += 1
        else:  # lists in the place of values are axes
            accepts(kind or "sweep", page, document)
    with tempfile.TemporaryDirectory() as name:
        wrong = [(GOOD.replace(old, new), "experiment") for old, new in WRONG]
        wrong += [(text + "\n", "dag") for text in WRONG_DAGS]
        if not schemas["experiment"].is_valid(load(GOOD)):
            failures.append("refuses what all others are made of")
        for text, kind in wrong:
            checked += 1
            if text == GOOD:
                failures.append("nothing was replaced")
            if not program_refuses(pathlib.Path(name), text, kind == "dag"):
                failures.append(f"the program takes: {text}")
            if schemas[kind].is_valid(load(text)):
                failures.append(f"the schema of {kind} takes: {text}")
    for failure in failures:
        print(failure)
    print(f"{checked} files and texts checked, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
