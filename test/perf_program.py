#!/usr/bin/env python3
"""What the program of benchmarks writes with --json it reads with --compare; what is no such file, and
a filter that fits nothing, end it with one line and exit code 2. Usage: perf_program.py WUKONG_PERF"""
import json
import pathlib
import subprocess
import sys
import tempfile

NAME = "nested task that does not wait"  # among the shortest
failures = []


def perf(*flags, benchmark=NAME):
    command = [sys.argv[1], "--filter", benchmark, "--repetitions", "1", *map(str, flags)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def check(what, holds, result):
    if not holds:
        failures.append(f"{what}: exit code {result.returncode}\n{result.stdout}{result.stderr}")


def refused(what, result, *words):
    check(what, result.returncode == 2 and all(word in result.stderr for word in words) and
          len(result.stderr.splitlines()) == 1, result)


def stored(spread, schema="wukong.perf/1"):
    return {"schema": schema, "benchmarks": {NAME: {"ns": spread, "ratio": [0, 0, 0]}}}


with tempfile.TemporaryDirectory(prefix="wukong-perf-") as name:
    file = pathlib.Path(name) / "before.json"
    written = perf("--json", file)
    check("written", written.returncode == 0 and
          json.loads(file.read_text())["benchmarks"][NAME]["ns"][0] > 0, written)
    again = perf("--compare", file)
    check("compared with itself", again.returncode == 0 and " % [" in again.stdout, again)

    # Times no machine is near to: they tell the direction, and that the spreads are apart.
    for spread, sign in [([1e-9, 2e-9, 3e-9], "  +"), ([1e9, 2e9, 3e9], "  -100 % [-100, -100] *")]:
        file.write_text(json.dumps(stored(spread)))
        apart = perf("--compare", file)
        line = [line for line in apart.stdout.splitlines() if line.startswith(NAME)][0]
        check(f"compared with {spread}", sign in line and line.endswith("] *"), apart)
    file.write_text(json.dumps({**stored([1, 2, 3]), "benchmarks": {}}))
    unknown = perf("--compare", file)
    check("not in the file", unknown.returncode == 0 and " % [" not in unknown.stdout, unknown)

    key = f"benchmarks.{NAME}.ns"
    for what, text, *words in [
            ("half a document", '{"schema"', "not valid JSON"),
            ("a list", "[1]", "found [1]"),
            ("another schema", json.dumps(stored([1, 2, 3], "x")), "schema: ", 'found "x"'),
            ("no benchmarks", '{"schema": "wukong.perf/1"}', "benchmarks: ", "found nothing"),
            ("two numbers", json.dumps(stored([1, 2])), key, "three numbers, found [1,2]"),
            ("a word", json.dumps(stored([1, "x", 3])), key, "three numbers, found ["),
            ("no spread", json.dumps(stored(None)), key, "found null")]:
        file.write_text(text)
        refused(what, perf("--compare", file), str(file), *words)
    refused("no file", perf("--compare", file.parent / "none"), "none", "No such file")
    refused("no folder", perf("--json", file.parent / "none" / "a.json"), "none")
refused("a filter that fits nothing", perf(benchmark="no such"), "--filter", '"no such"')

for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
