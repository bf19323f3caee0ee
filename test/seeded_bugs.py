#!/usr/bin/env python3
"""Puts bugs into a copy of the program, one at a time, and lets `wukong fuzz` look for each.

  test/seeded_bugs.py [--scratch FOLDER] [--seconds 60] [--only WORD] [--list]

The copy is built with ccache if there is one; only what a bug changes is built again. Exit code 0:
each bug was found, and the program without a bug was found to have none.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

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
    ("billing rounded down", "sim/functions/lambda_billing.cpp", [
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


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          **options)


def copy_sources(scratch):
    names = run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT).stdout.splitlines()
    for name in names:
        source, target = ROOT / name, scratch / name
        if not source.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target)
            shutil.copymode(source, target)


def build(scratch, jobs):
    folder = scratch / "build"
    environment = dict(os.environ, CCACHE_BASEDIR=str(scratch))
    if not (folder / "build.ninja").exists():
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        made = run(["cmake", "-S", str(scratch), "-B", str(folder), "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1",
                    "-DBUILD_TESTING=OFF", *launcher], env=environment)
        if made.returncode != 0:
            sys.exit(made.stdout)
    made = run(["cmake", "--build", str(folder), "--target", "wukong", f"-j{jobs}"], env=environment)
    if made.returncode != 0:
        sys.exit(made.stdout[-4000:])
    return folder / "wukong"


def fuzz(program, arguments):
    started = time.monotonic()
    outcome = run([str(program), "fuzz", "--quiet", "--seed", str(arguments.seed), "--time",
                   f"{arguments.seconds}s"])
    return outcome, time.monotonic() - started


def first_violation(text):
    match = re.search(r"^run (\d+) violates an invariant:\n  (.*)", text, re.M)
    return (match.group(1), match.group(2)[:90]) if match else ("-", text[-200:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scratch", default=str(ROOT / "build" / "seeded_bugs"))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="bugs whose names contain this word")
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    chosen = [bug for bug in BUGS if arguments.only in bug[0]]
    for name, file, edits in chosen:  # all still fit the sources
        edited(ROOT / file, edits)
    if arguments.list:
        print("\n".join(name for name, _, _ in chosen))
        return 0
    scratch = pathlib.Path(arguments.scratch).resolve()
    copy_sources(scratch)
    outcome, seconds = fuzz(build(scratch, arguments.jobs), arguments)
    print(f"{'without a bug':42} {'clean' if outcome.returncode == 0 else 'NOT CLEAN':9} "
          f"{seconds:5.1f} s", flush=True)
    missed = 0 if outcome.returncode == 0 else 1
    for name, file, edits in chosen:
        path = scratch / file
        sound = path.read_text()
        path.write_text(edited(path, edits))
        outcome, seconds = fuzz(build(scratch, arguments.jobs), arguments)
        path.write_text(sound)
        found = outcome.returncode == 1
        missed += 0 if found else 1
        number, sentence = first_violation(outcome.stdout)
        print(f"{name:42} {'found' if found else 'MISSED':9} {seconds:5.1f} s  run {number}: {sentence}",
              flush=True)
    print(f"{len(chosen)} bugs, {missed} failures of this test")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
