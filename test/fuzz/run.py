#!/usr/bin/env python3
"""Runs the fuzzers of a build: test/fuzz/run.py BUILD [SECONDS | -runs=N]

Each starts from test/fuzz/corpus and from what earlier runs have found (BUILD/fuzz). SECONDS are
shared out among the fuzzers; -runs=N is for each. An input that breaks something is kept in
BUILD/fuzz/failures; copied into the corpus, it is tried by every run after that."""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

# An input that takes longer, or more memory, is a failure. The results of a whole sweep are 60 MB.
LIMITS = ["-timeout=20", "-rss_limit_mb=1500", "-malloc_limit_mb=600"]
LONGEST_INPUT = {"results": 32768, "redis_reply": 2048, "command_line": 512}
LONGEST_INPUT_OTHERWISE = 8192


def duration_of(argument, fuzzers):
    if re.fullmatch(r"-runs=\d+", argument):
        return argument
    if re.fullmatch(r"\d+", argument):
        seconds = int(argument) * (os.cpu_count() or 1) / fuzzers
        return f"-max_total_time={max(1, round(seconds))}"
    sys.exit(f"fuzz-inputs: expected SECONDS or -runs=N, found {argument}")


def run(program, build, source, duration):
    name = program.name.removeprefix("fuzz_")
    found = build / "fuzz" / name
    failures = build / "fuzz" / "failures"
    found.mkdir(parents=True, exist_ok=True)
    failures.mkdir(exist_ok=True)
    command = [program, duration, *LIMITS, f"-artifact_prefix={failures}/{name}-",
               f"-max_len={LONGEST_INPUT.get(name, LONGEST_INPUT_OTHERWISE)}", "-seed=1",
               "-close_fd_mask=1", "-print_final_stats=1", found,
               source / "test" / "fuzz" / "corpus" / name]
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=0")
    if os.path.isdir("/dev/shm"):  # files that are gone in a moment
        environment["TMPDIR"] = "/dev/shm"
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    log = done.stderr.decode(errors="replace")
    (failures / f"{name}.log").write_text(log)

    def statistic(key):
        match = re.search(rf"stat::{key}:\s*(\d+)", log)
        return int(match.group(1)) if match else 0

    print(f"{name:<14}{statistic('number_of_executed_units'):>9} inputs"
          f"{statistic('average_exec_per_sec'):>7}/s"
          f"{statistic('new_units_added'):>7} new{statistic('peak_rss_mb'):>6} MB   "
          f"{'ok' if done.returncode == 0 else 'FAILED, see ' + str(failures / (name + '.log'))}",
          flush=True)
    return done.returncode == 0


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    source = pathlib.Path(__file__).resolve().parents[2]
    programs = sorted(p for p in build.glob("fuzz_*") if os.access(p, os.X_OK) and p.is_file())
    if not programs:
        sys.exit(f"fuzz-inputs: no fuzzers in {build}")
    duration = duration_of(sys.argv[2] if len(sys.argv) > 2 else "60", len(programs))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        good = list(pool.map(lambda p: run(p, build, source, duration), programs))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
