#!/usr/bin/env python3
"""Makes the program's own calls to the system fail, one at a time, and looks at what it leaves.

  test/io/io_faults.py PROGRAM LIBRARY [--most 6] [--seed NUMBER] [--only WORD] [--keep FOLDER]

LIBRARY is test/io/failing_calls.cpp, built. Each scenario is run once to count its calls, then again
with the n-th write, fsync, rename, open, malloc, mmap or start of a thread failing: for every n, or
for --most of them, spread over all. Whatever fails, the program ends with a documented exit code and
says so in one line, or succeeds with all of its output; a file that was there before is the old one
or the new one; a results file can be read and holds no other rows; and the same command, run again
without the fault, comes to the same results.
"""
import argparse
import dataclasses
import errno
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import typing

SWEEP = """\
platform: aws-2020
workload: {tree_reduction: {elements: 8}}
systems: [wukong, pywren]
replicates: 2
sweep: {axes: {workload.tree_reduction.elements: [8, 16, 32]}}
"""
EXPERIMENT = """\
platform: aws-2020
workload: {tree_reduction: {elements: 16}}
systems: [wukong]
replicates: 3
"""

# What can go wrong with a call: an errno, "0" for half of a write, and "+" for all later ones too.
ERRORS = {
    "write": [str(errno.ENOSPC), str(errno.EIO), "0", str(errno.EINTR), f"{errno.ENOSPC}+"],
    "fwrite": [str(errno.ENOSPC), f"{errno.ENOSPC}+", "0"],
    "fsync": [str(errno.EIO), f"{errno.EIO}+"],
    "rename": [str(errno.ENOSPC), str(errno.EACCES)],
    "open": [str(errno.EACCES), str(errno.EMFILE), f"{errno.EMFILE}+"],
    "malloc": [str(errno.ENOMEM), f"{errno.ENOMEM}+"],
    "mmap": [str(errno.ENOMEM)],
    "thread": [str(errno.EAGAIN), f"{errno.EAGAIN}+"],
}
# Success, bad input (or a file that cannot be opened), nothing left of the system, not written.
EXIT_CODES = {0, 2, 71, 74}
LONGEST_S = 60


@dataclasses.dataclass
class Scenario:
    name: str
    command: list  # of the program, within the scenario's folder
    outputs: list = dataclasses.field(default_factory=list)  # files that it writes or replaces
    database: str = ""  # a results file that it writes
    unchanged: list = dataclasses.field(default_factory=list)  # files that it must leave alone
    needs: typing.Callable = lambda: True


SCENARIOS = [
    Scenario("a sweep into a new file", ["sweep", "sweep.yaml", "--results", "new.db", "--threads",
                                         "2"], database="new.db"),
    Scenario("a sweep that goes on", ["sweep", "sweep.yaml", "--results", "half.db", "--threads",
                                      "2"], database="half.db"),
    Scenario("a check's baseline, written anew", ["check", "sweep.yaml", "--baseline", "old.json",
                                                  "--update", "--threads", "2"], ["old.json"]),
    Scenario("a check with its report", ["check", "sweep.yaml", "--baseline", "baseline.json",
                                         "--junit", "junit.xml", "--threads", "2"], ["junit.xml"],
             unchanged=["baseline.json"]),
    Scenario("an export", ["results", "export", "--results", "study.db", "--format", "json", "-o",
                           "export.json"], ["export.json"], unchanged=["study.db"]),
    Scenario("a query", ["results", "sql", "--results", "study.db",
                         "SELECT system, avg(makespan_s) FROM results GROUP BY system"],
             ["stdout"], unchanged=["study.db"]),
    Scenario("a table", ["results", "show", "--results", "study.db"], ["stdout"],
             unchanged=["study.db"]),
    Scenario("a merge", ["results", "merge", "half.db", "other.db", "--results", "new.db"],
             database="new.db", unchanged=["half.db", "other.db"]),
    Scenario("a plot", ["results", "plot", "--results", "study.db", "-o", "plot.svg"],
             ["plot.svg"], unchanged=["study.db"], needs=lambda: shutil.which("gnuplot")),
    Scenario("a run with its trace", ["run", "experiment.yaml", "--json", "run.json", "--trace",
                                      "trace.json", "--threads", "2"],
             ["run.json", "trace.json", "stdout"]),
    Scenario("a workflow, written", ["dag", "generate", "--workload", "{tree_reduction: {elements: 8}}",
                                     "-o", "dag.json"], ["dag.json"]),
]


class Broken(Exception):
    """What a scenario left is not as it should be."""


class Bench:
    """Runs the program in folders that all start alike."""

    def __init__(self, program, library, folder):
        self.program, self.library, self.folder = program, library, pathlib.Path(folder)
        self.start = self.folder / "start"
        self.start.mkdir()
        (self.start / "sweep.yaml").write_text(SWEEP)
        (self.start / "experiment.yaml").write_text(EXPERIMENT)
        for arguments in (["sweep", "sweep.yaml", "--results", "study.db"],
                          ["sweep", "sweep.yaml", "--results", "half.db", "--shard", "1/2"],
                          ["sweep", "sweep.yaml", "--results", "other.db", "--shard", "2/2"],
                          ["check", "sweep.yaml", "--baseline", "baseline.json", "--update"]):
            self.must_run(self.start, arguments)
        for name in ("old.json", "export.json", "junit.xml", "run.json", "trace.json", "plot.svg",
                     "dag.json"):
            (self.start / name).write_text("what was there before\n")
        self.study = self.rows(self.start, "study.db")

    def run(self, folder, arguments, **environment):
        # A time limit, so that a hang is noticed.
        outcome = subprocess.run([self.program, *arguments], cwd=folder, capture_output=True,
                                 text=True, timeout=LONGEST_S,
                                 env=dict(os.environ, **environment), check=False)
        (folder / "stdout").write_text(outcome.stdout)
        return outcome

    def must_run(self, folder, arguments):
        outcome = self.run(folder, arguments)
        if outcome.returncode != 0:
            raise Broken(f"{' '.join(arguments)} without a fault ends with {outcome.returncode}: "
                         f"{outcome.stderr.strip()[-300:]}")
        return outcome.stdout

    def rows(self, folder, database):
        """The runs of a results file, with all that is known of them."""
        text = self.must_run(folder, ["results", "export", "--results", database, "--of", "runs"])
        return set(text.splitlines())

    def fresh(self):
        folder = self.folder / "work"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.start, folder)
        return folder

    def run_failing(self, folder, arguments, call):
        """The outcome, and what the library reports."""
        report = self.folder / "report"
        report.unlink(missing_ok=True)
        try:
            outcome = self.run(folder, arguments, LD_PRELOAD=self.library, FAILING_CALL=call,
                               FAILING_REPORT=str(report))
        except subprocess.TimeoutExpired as late:
            raise Broken(f"it still runs after {LONGEST_S} s") from late
        return outcome, report.read_text() if report.exists() else ""


def counts_of(report):
    lines = [line.split() for line in report.splitlines() if " " in line]
    return {kind: int(number) for kind, number in lines}


def check_outcome(outcome):
    said = [line for line in outcome.stderr.splitlines() if line.startswith("wukong: error: ")]
    if outcome.returncode not in EXIT_CODES:
        raise Broken(f"exit code {outcome.returncode}: {outcome.stderr.strip()[-300:]}")
    if len(said) != (outcome.returncode != 0):
        raise Broken(f"exit code {outcome.returncode} with {len(said)} error lines: "
                     f"{outcome.stderr.strip()[-300:]}")
    if "unexpected" in outcome.stderr:
        raise Broken(outcome.stderr.strip()[-300:])


def check_files(bench, scenario, folder, wanted, succeeded):
    for name in scenario.outputs:
        path = folder / name
        text = path.read_bytes() if path.exists() else None
        if succeeded and text != wanted[name]:
            raise Broken(f"success, and {name} is not what it should be")
        old = bench.start / name
        before = old.read_bytes() if old.exists() else None
        if name != "stdout" and text not in (wanted[name], before):
            raise Broken(f"{name} is neither the old file nor the new one")
    for name in scenario.unchanged:
        if (folder / name).read_bytes() != (bench.start / name).read_bytes():
            raise Broken(f"{name} was changed")
    left = {path.name for path in folder.iterdir()} - {path.name for path in bench.start.iterdir()}
    left -= {*scenario.outputs, "stdout"}
    left = {name for name in left if not scenario.database or not name.startswith(scenario.database)}
    if left:
        raise Broken(f"left behind: {', '.join(sorted(left))}")


def check_database(bench, scenario, folder, succeeded):
    if not scenario.database:
        return
    old = bench.rows(folder, scenario.database) if has_sweep(folder / scenario.database) else set()
    before = bench.start / scenario.database
    kept = bench.rows(bench.start, scenario.database) if before.exists() else set()
    if not kept <= old:
        raise Broken(f"{scenario.database} has lost rows")
    if not old <= bench.study:
        raise Broken(f"{scenario.database} has rows of its own")
    if succeeded and old != bench.study:
        raise Broken(f"success, and {scenario.database} lacks rows")


def has_sweep(path):
    """Whether there is anything in a results file; one that was not begun is an empty one."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    import sqlite3
    with sqlite3.connect(path) as database:
        tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'cells'")
        if tables.fetchone()[0] == 0:
            return False
        return database.execute("SELECT count(*) FROM cells").fetchone()[0] > 0


def check_again(bench, scenario, folder, wanted):
    """The same command without the fault."""
    bench.must_run(folder, scenario.command)
    check_files(bench, scenario, folder, wanted, succeeded=True)
    check_database(bench, scenario, folder, succeeded=True)


def numbers(count, most, random_numbers):
    if count <= most:
        return range(1, count + 1)
    parts = [1 + i * count // most for i in range(most)] + [count + 1]
    return [random_numbers.randrange(begin, end) for begin, end in zip(parts, parts[1:])]


def try_call(bench, scenario, call, wanted):
    folder = bench.fresh()
    outcome, report = bench.run_failing(folder, scenario.command, call)
    check_outcome(outcome)
    check_files(bench, scenario, folder, wanted, outcome.returncode == 0)
    check_database(bench, scenario, folder, outcome.returncode == 0)
    if outcome.returncode != 0:
        check_again(bench, scenario, folder, wanted)
    return "struck" in report


def try_scenario(bench, scenario, arguments):
    random_numbers = random.Random(f"{arguments.seed} {scenario.name}")
    folder = bench.fresh()
    outcome, report = bench.run_failing(folder, scenario.command, "")
    if outcome.returncode != 0:
        raise SystemExit(f"{scenario.name}: {outcome.stderr}")
    wanted = {name: (folder / name).read_bytes() for name in scenario.outputs}
    tried = struck = broken = 0
    for kind, count in counts_of(report).items():
        for i, number in enumerate(numbers(count, arguments.most, random_numbers)):
            error = ERRORS[kind][(i + arguments.seed) % len(ERRORS[kind])]
            call = f"{kind}:{number}:{error}"
            tried += 1
            try:
                struck += try_call(bench, scenario, call, wanted)
            except Broken as problem:
                broken += 1
                print(f"FAILED: {scenario.name}, {call}: {problem}", flush=True)
                if arguments.keep:
                    shutil.copytree(bench.folder / "work", pathlib.Path(arguments.keep) /
                                    call.replace(":", "-"), dirs_exist_ok=True)
    print(f"{scenario.name}: {tried} calls of {sum(counts_of(report).values())} made to fail, "
          f"{struck} struck, {broken} failures of this test", flush=True)
    return broken, struck


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("library")
    parser.add_argument("--most", type=int, default=6, help="calls of each kind in each scenario")
    parser.add_argument("--seed", type=int, default=1, help="of which those are")
    parser.add_argument("--only", default="", help="scenarios whose names contain this word")
    parser.add_argument("--keep", help="a folder for what failures leave")
    arguments = parser.parse_args()
    broken = struck = 0
    with tempfile.TemporaryDirectory(prefix="io_faults.") as folder:
        bench = Bench(str(pathlib.Path(arguments.program).resolve()),
                      str(pathlib.Path(arguments.library).resolve()), folder)
        for scenario in SCENARIOS:
            if arguments.only in scenario.name and scenario.needs():
                more_broken, more_struck = try_scenario(bench, scenario, arguments)
                broken, struck = broken + more_broken, struck + more_struck
    return 1 if broken or struck == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
