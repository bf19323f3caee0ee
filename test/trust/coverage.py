#!/usr/bin/env python3
"""Which lines the tests have run: test/trust/coverage.py BUILD

BUILD was compiled with --coverage, and its tests have run. Prints a table by folder, and writes the
lines of sim/ and scheduler/ that nothing has run to BUILD/untested.txt, each with its text."""

import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

FOLDERS = ["sim/base", "sim/engine", "sim/platform", "scheduler", "workloads/kernels", "workloads",
           "runtime", "bench/calibration", "bench/check", "bench/mpi", "bench/reproduction",
           "bench/results", "bench/sweep", "bench"]
LISTED = ("sim/", "scheduler/")


def executions(notes, source):
    """Of one object file: how often each line of our own files was run."""
    gcov = subprocess.run(["gcov", "--json-format", "--stdout", str(notes)], capture_output=True,
                          cwd=notes.parent)
    counts = {}
    for line in gcov.stdout.splitlines():
        document = json.loads(line)
        for file in document["files"]:
            path = pathlib.Path(document["current_working_directory"], file["file"])
            # Headers are included through links in the build folder.
            path = pathlib.Path(os.path.realpath(path))
            if not path.is_relative_to(source):
                continue
            name = str(path.relative_to(source))
            for entry in file["lines"]:
                key = (name, entry["line_number"])
                counts[key] = counts.get(key, 0) + entry["count"]
    return counts


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    source = pathlib.Path(__file__).resolve().parents[2]
    notes = [n for n in build.rglob("*.gcno") if n.with_suffix(".gcda").exists()]
    if not notes:
        sys.exit(f"coverage: nothing has run in {build}")
    total = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for counts in pool.map(lambda n: executions(n, source), notes):
            total.update(counts)
    lines, run = collections.Counter(), collections.Counter()
    untested = []
    for (name, number), count in sorted(total.items()):
        folder = next((f for f in FOLDERS if name.startswith(f + "/")), None)
        if folder is None:
            continue
        lines[folder] += 1
        run[folder] += count > 0
        if count == 0 and name.startswith(LISTED):
            untested.append((name, number))
    print(f"{'folder':<22}{'lines':>7}{'run':>7}{'':>4}%")
    for folder in FOLDERS:
        if lines[folder]:
            print(f"{folder:<22}{lines[folder]:>7}{run[folder]:>7}"
                  f"{100 * run[folder] / lines[folder]:>7.1f}")
    report = build / "untested.txt"
    with report.open("w") as out:
        for name, number in untested:
            text = (source / name).read_text().splitlines()[number - 1].strip()
            out.write(f"{name}:{number}: {text}\n")
    print(f"{len(untested)} lines of sim/ and scheduler/ that nothing has run: {report}")


if __name__ == "__main__":
    main()
