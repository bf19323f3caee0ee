#!/usr/bin/env python3
"""Puts bugs into a copy of the program, one at a time, and lets `wukong fuzz` look for each.

  test/seeded_bugs.py [--set protocols|models|mended|all] [--scratch FOLDER] [--seconds 60]
                      [--seed NUMBER|fresh] [--only WORD] [--least 12] [--nets] [--list]

protocols: bugs in protocols (below); models: bugs in the models behind time and cost; mended: what
was wrong once and was mended, taken back (both in seeded_bugs_models.py). --seed fresh draws a seed
that nobody has seen, and prints it. --nets lets the regression check, the unit tests of the bug's
room and the golden traces look as well, after the random runs; --seconds 0 leaves those out. The copy is built with ccache if there is
one; only what a bug changes is built again. Exit code 0: the program without a bug was found to have
none; each bug was found, or with --least so many of each set by the random runs; and with --nets
each one by some net.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

import seeded_bugs_models

ROOT = pathlib.Path(__file__).resolve().parent.parent

# (name, file, [(text that is there once, text in its place), ...])
BUGS = [
    ("store after increment", "scheduler/wukong/executor.cpp", [
        ("  const bool stored = co_await objects_.store_outputs(task);\n"
         "  if (!stored) co_return std::nullopt;\n"
         "  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);\n"
         "  const auto increment",
         "  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);\n"
         "  const auto increment"),
        ("  co_return *arrived.value == dag_.predecessors(target).size();",
         "  const bool stored = co_await objects_.store_outputs(task);\n"
         "  if (!stored) co_return std::nullopt;\n"
         "  co_return *arrived.value == dag_.predecessors(target).size();")]),
    ("retry without idempotence", "scheduler/wukong/fan_in_counters.cpp", [
        ("  if (!bits_) return metadata_.count(host, {storage::CounterAction::increment, counter});\n"
         "  return metadata_.count(host, {storage::CounterAction::set_bit, counter, bits_->of(task, target)});",
         "  ENSURE(task.valid());\n"
         "  return metadata_.count(host, {storage::CounterAction::increment, counter});")]),
    ("lease never renewed", "scheduler/numpywren/worker.cpp", [
        ("i < options_.renewals; ++i", "i < 0 * options_.renewals; ++i")]),
    ("counter off by one", "scheduler/wukong/executor.cpp", [
        ("co_return *arrived.value == dag_.predecessors(target).size();",
         "co_return *arrived.value + 1 == dag_.predecessors(target).size();")]),
    ("cache evicted too early", "scheduler/wukong/executor_objects.cpp", [
        ("entry->second.in_memory && entry->second.readers == 0)", "entry->second.in_memory)")]),
    ("activity not removed", "sim/fluid/fluid.cpp", [
        ("  if (state_ == State::sharing) solver_->abandon(number_);\n", "")]),
    ("billing rounded down", "sim/functions/lambda_billing.h", [
        ("(time.count_ns() + unit - 1) / unit", "time.count_ns() / unit")]),
    ("lost wake-up", "scheduler/dask/worker/execution.cpp", [
        ("  site_.outbound.send(dask_common::TaskFinished{site_.id, task, duration});\n  start_tasks();",
         "  site_.outbound.send(dask_common::TaskFinished{site_.id, task, duration});")]),
    ("time limit ignored", "sim/functions/lambda_service.cpp", [
        ("{ time_out(static_cast<Invocation&>(late)); }",
         "{ if (late.deadline < Time::zero()) time_out(static_cast<Invocation&>(late)); }")]),
    ("claims that hold nobody back", "scheduler/wukong/executor_claims.cpp", [
        ("  if (before == Holder::another) co_return false;\n", "")]),
    ("a retry leaves its own task to an executor that is turned away",
     "scheduler/wukong/executor_claims.cpp", [
         ("  if (holder == Holder::self) work_.take_on(target, Came::become, task);\n", "")]),
    ("delayed-I/O deadlock between two holders", "scheduler/wukong/executor_large.cpp", [
        ("another_large = context_.outputs.another_large", "another_large = !context_.outputs.another_large"),
        ("k <= options_.delayed_io_tries", "k <= 1'000'000'000")]),
]


def edited(path, edits):
    text = path.read_text()
    for before, after in edits:
        if text.count(before) != 1:
            sys.exit(f"{path}: this is there {text.count(before)} times, not once:\n{before}")
        text = text.replace(before, after)
    return text


GOLDEN = "test/scheduler/catalog/golden_test.cpp"
SETS = {"protocols": BUGS, "models": seeded_bugs_models.BUGS, "mended": seeded_bugs_models.MENDED}


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)


def test_files(root, file):
    """The unit tests that mirror the file's room, or the nearest one above it that has some."""
    room = pathlib.PurePath(file).parent
    while not list((root / "test" / room).rglob("*_test.cpp")):
        room = room.parent
    return sorted((root / "test" / room).rglob("*_test.cpp"))


def copy_sources(scratch, bugs):
    """All but the tests that no bug needs, which would take long to build."""
    needed = {test for _, file, _ in bugs for test in test_files(ROOT, file)} | {ROOT / GOLDEN}
    names = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT).stdout.splitlines()
    for name in names:
        source, target = ROOT / name, scratch / name
        if not source.is_file():
            continue
        if name.startswith("test/") and name.endswith("_test.cpp") and source not in needed:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target)
            shutil.copymode(source, target)


def build(scratch, arguments, target="wukong"):
    folder = scratch / "build"
    environment = dict(os.environ, CCACHE_BASEDIR=str(scratch))
    if not (folder / "build.ninja").exists() or target == "wukong_test":
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        made = run(["cmake", "-S", str(scratch), "-B", str(folder), "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1",
                    f"-DBUILD_TESTING={'ON' if arguments.nets else 'OFF'}", *launcher],
                   env=environment)
        if made.returncode != 0:
            sys.exit(made.stdout)
    made = run(["cmake", "--build", str(folder), "--target", target, f"-j{arguments.jobs}"],
               env=environment)
    if made.returncode != 0:
        sys.exit(made.stdout[-4000:])
    return next(path for path in (folder / target, folder / "test" / target) if path.exists())


def timed(command, **options):
    started = time.monotonic()
    outcome = run(command, **options)
    return outcome, time.monotonic() - started


def fuzz(program, arguments):
    if arguments.seconds == 0:
        return subprocess.CompletedProcess([], 0, "", None), 0.0
    return timed([str(program), "fuzz", "--quiet", "--seed", str(arguments.seed), "--time",
                  f"{arguments.seconds}s"])


def first_violation(text):
    match = re.search(r"^run (\d+) violates an invariant:\n  (.*)", text, re.M)
    return f"run {match.group(1)}: {match.group(2)[:90]}" if match else text[-200:]


def regression_check(program, scratch):
    """Whether the figures of configs/regression.yaml are others than they were."""
    outcome = run([str(program), "check", "configs/regression.yaml", "--baseline",
                   "configs/regression-baseline.json", "--quiet"], cwd=scratch)
    return outcome.returncode != 0


def unit_tests(scratch, arguments, file):
    program = build(scratch, arguments, "wukong_test")
    files = [*test_files(ROOT, file), ROOT / GOLDEN]
    tags = ",".join(f"[#{test.stem}]" for test in files)
    outcome = run([str(program), "--filenames-as-tags", tags], cwd=scratch)
    return outcome.returncode != 0


def other_nets(scratch, arguments, program, file):
    nets = {"regression": regression_check(program, scratch),
            "unit tests": unit_tests(scratch, arguments, file)}
    return [net for net, noticed in nets.items() if noticed]


def try_bug(scratch, arguments, bug):
    """How long the random runs took to notice it, what they say, and which other nets noticed."""
    _, file, edits = bug
    path = scratch / file
    sound = path.read_text()
    path.write_text(edited(path, edits))
    try:
        program = build(scratch, arguments)
        outcome, seconds = fuzz(program, arguments)
        nets = other_nets(scratch, arguments, program, file) if arguments.nets else []
    finally:
        path.write_text(sound)
    return outcome, seconds, nets


def try_set(name, bugs, scratch, arguments):
    found, escaped = 0, 0
    for bug in bugs:
        outcome, seconds, nets = try_bug(scratch, arguments, bug)
        noticed = outcome.returncode == 1
        found += noticed
        escaped += not noticed and not nets
        if arguments.nets:
            nets = f"  nets: {', '.join(nets) or 'none'};"
        print(f"{bug[0]:72} {'found' if noticed else 'MISSED':7}{seconds:5.1f} s{nets or ''}  "
              f"{first_violation(outcome.stdout) if noticed else ''}", flush=True)
    print(f"{name}: {found} of {len(bugs)} found by random runs of {arguments.seconds} s, seed "
          f"{arguments.seed}" + (f"; {escaped} by no net" if arguments.nets else ""), flush=True)
    if arguments.seconds == 0:
        return escaped == 0
    wanted = len(bugs) if arguments.least is None else min(arguments.least, len(bugs))
    return found >= wanted and not (arguments.nets and escaped)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", default="protocols", choices=[*SETS, "all"])
    parser.add_argument("--scratch", default=str(ROOT / "build" / "seeded_bugs"))
    parser.add_argument("--seconds", type=int, default=60, help="of random runs; 0: none")
    parser.add_argument("--seed", default="1", help="a number, or fresh")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="bugs whose names contain this word")
    parser.add_argument("--least", type=int, help="so many of each set have to be found")
    parser.add_argument("--nets", action="store_true", help="the other nets as well")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    if arguments.seed == "fresh":
        arguments.seed = random.SystemRandom().randrange(1 << 40)
    return arguments


def try_without_bug(scratch, arguments, bugs):
    """Whether no net finds anything in the program as it is."""
    program = build(scratch, arguments)
    outcome, seconds = fuzz(program, arguments)
    nets = set()
    for file in {file for _, file, _ in bugs} if arguments.nets else []:
        nets.update(other_nets(scratch, arguments, program, file))
    sound = outcome.returncode == 0 and not nets
    print(f"{'without a bug':72} {'clean' if sound else 'NOT CLEAN':7}{seconds:5.1f} s  "
          f"{'' if outcome.returncode == 0 else first_violation(outcome.stdout)}"
          f"{' '.join(sorted(nets))}", flush=True)
    return sound


def main():
    arguments = read_arguments()
    names = SETS if arguments.set == "all" else [arguments.set]
    chosen = {name: [bug for bug in SETS[name] if arguments.only in bug[0]] for name in names}
    for bugs in chosen.values():
        for _, file, edits in bugs:  # all still fit the sources
            edited(ROOT / file, edits)
    if arguments.list:
        print("\n".join(bug[0] for bugs in chosen.values() for bug in bugs))
        return 0
    scratch = pathlib.Path(arguments.scratch).resolve()
    every = [bug for bugs in chosen.values() for bug in bugs]
    copy_sources(scratch, every)
    sound = try_without_bug(scratch, arguments, every)
    held = [try_set(name, bugs, scratch, arguments) for name, bugs in chosen.items()]
    return 0 if sound and all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
