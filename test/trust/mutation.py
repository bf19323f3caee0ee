#!/usr/bin/env python3
"""Are key conditions of the policies tested? Changes one at a time, in a scratch copy of the tree,
and runs the tests that are about it: each change must make one of them fail.

Exit code 1 if one goes unnoticed, 2 if one no longer applies (the source has changed: choose again).
"""

import argparse
import pathlib
import subprocess
import sys

# name, file, the text that is replaced, its replacement, the tests that must notice
MUTATIONS = [
    ("wukong: a fan-in fires one arrival early", "scheduler/wukong/executor.cpp",
     "co_return *arrived.value == dag_.predecessors(target).size();",
     "co_return *arrived.value + 1 == dag_.predecessors(target).size();", "[reference]"),
    ("wukong: who looks at a fan-in counts itself twice", "scheduler/wukong/executor.cpp",
     "co_return *arrived.value + 1 == needed;", "co_return *arrived.value == needed;", "[reference]"),
    ("wukong: an object is stored after the increment", "scheduler/wukong/executor.cpp",
     "  const bool stored = co_await objects_.store_outputs(task);\n  if (!stored) co_return std::nullopt;\n"
     "  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);\n"
     "  const auto increment",
     "  const scheduler::Stopwatch stopwatch(engine_, usage_, Activity::storage_io);\n"
     "  const auto increment", "[reference]"),
    ("wukong: an object at the threshold is not large", "scheduler/wukong/decisions/output_sizes.h",
     "of(task) >= large_from_", "of(task) > large_from_", "*threshold*"),
    ("wukong: the proxy takes over one edge later", "scheduler/wukong/decisions/decisions.cpp",
     "static_cast<int64_t>(targets) >= options.proxy_threshold",
     "static_cast<int64_t>(targets) > options.proxy_threshold", "[reference]"),
    ("wukong: two executors may hold inputs of one task", "scheduler/wukong/decisions/output_sizes.h",
     "> (large(task) ? 1 : 0)", "> (large(task) ? 1000 : 999)", "*do not wait for each other*"),
    ("wukong: delayed I/O gives up one try late", "scheduler/wukong/executor_large.cpp",
     "k <= options_.delayed_io_tries", "k <= options_.delayed_io_tries + 1", "*delayed I/O*"),
    ("wukong: what delayed I/O holds is dropped", "scheduler/wukong/executor_objects.cpp",
     "entry->second.in_memory && entry->second.readers == 0)", "entry->second.in_memory)",
     "*delayed I/O*"),
    ("wukong: an executor takes on what does not end in time", "scheduler/wukong/executor_work.cpp",
     "return end <= environment_.deadline;", "return end > Time::zero();",
     "*within the time limit*"),
    ("wukong: an argument above the payload's limit is sent", "scheduler/wukong/invocation.cpp",
     "payload_size(context, start, inlined) <= context.options.inline_argument_limit",
     "payload_size(context, start, inlined) <= context.options.inline_argument_limit * 1000",
     "*too large for the payload*"),
    ("numpywren: a lease is renewed once too often", "scheduler/numpywren/worker.cpp",
     "i < options_.renewals", "i <= options_.renewals", "*numpywren*"),
    ("numpywren: a child is ready one edge early", "scheduler/numpywren/control.cpp",
     "if (finished.value != parents.size()) co_return true;",
     "if (*finished.value + 1 < parents.size()) co_return true;", "[reference]"),
    ("numpywren: a result that is made twice counts twice", "scheduler/numpywren/control.cpp",
     "if (!returned_[task.index()] && --sinks_left_ == 0) {", "if (--sinks_left_ == 0) {",
     "*numpywren*"),
    ("pywren: a task is in the level of its predecessors", "scheduler/pywren/pywren.cpp",
     "level_of[before.index()] + 1", "level_of[before.index()] + 0", "*PyWren*"),
    ("dask: a task goes where its data is not", "scheduler/dask/scheduler/placement.cpp",
     "transfer_time(candidate.missing, bandwidth)", "transfer_time(candidate.stored, bandwidth)",
     "*Dask*,*dependenc*,*worker*"),
    ("dask: a thief takes what it ends later than the victim", "scheduler/dask/scheduler/stealing.cpp",
     "victim.occupancy - on_victim / 2", "victim.occupancy + on_victim / 2", "*ste*,*thie*"),
    ("lambda: billed time is rounded down", "sim/functions/lambda_billing.h",
     "(time.count_ns() + unit - 1) / unit", "time.count_ns() / unit", "*bill*"),
    ("queue: a lease does not end", "sim/storage/sqs_queue.cpp",
     "if (still_true && end.time > books_.engine.now())", "if (still_true && end.time >= books_.engine.now())",
     "*lease*,*numpywren*,*visib*"),
]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options)


def copy_tree(source, tree):
    """What git knows of or would add; a file that is the same keeps its time."""
    tree.mkdir(parents=True, exist_ok=True)
    files = run("git", "-C", source, "ls-files", "-co", "--exclude-standard").stdout.decode().split()
    for name in files:
        if not (source / name).is_file():
            continue
        target = tree / name
        content = (source / name).read_bytes()
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod((source / name).stat().st_mode)


def build(tree):
    if not (tree / "build" / "dev" / "build.ninja").exists():
        configured = run("cmake", "--preset", "dev", "-DWUKONG_WERROR=OFF", cwd=tree)
        if configured.returncode != 0:
            sys.exit(configured.stdout.decode())
    return run("cmake", "--build", "--preset", "dev", "--target", "wukong_test", cwd=tree)


def survives(tree, tests):
    """A hang is noticed, too."""
    try:
        done = run(tree / "build" / "dev" / "wukong_test", "--abort", tests, cwd=tree, timeout=120)
    except subprocess.TimeoutExpired:
        return False
    text = done.stdout.decode(errors="replace")
    if "No test cases matched" in text or "No tests ran" in text:
        sys.exit(f"mutation: no test is called {tests}")
    return done.returncode == 0


def attempt(tree, name, file, old, new, tests):
    path = tree / file
    original = path.read_text()
    if original.count(old) != 1:
        print(f"{name}: no longer applies to {file}")
        return 2
    path.write_text(original.replace(old, new))
    try:
        built = build(tree)
        if built.returncode != 0:
            print(f"{name}: does not compile\n{built.stdout.decode(errors='replace')[-2000:]}")
            return 2
        unnoticed = survives(tree, tests)
    finally:
        path.write_text(original)
    print(f"{'NOT NOTICED' if unnoticed else 'noticed':<12}{name}", flush=True)
    return 1 if unnoticed else 0


def list_mutations(source):
    stale = [name for name, file, old, _, _ in MUTATIONS if (source / file).read_text().count(old) != 1]
    for name in stale:
        print(f"{name}: no longer applies")
    if not stale:
        print("\n".join(mutation[0] for mutation in MUTATIONS))
    return 2 if stale else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scratch", nargs="?", type=pathlib.Path, help="the folder of the copy")
    parser.add_argument("names", nargs="*", metavar="NAME", help="mutations whose names hold it (default: all)")
    parser.add_argument("--list", action="store_true", help="their names, if all of them still apply")
    arguments = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parents[2]
    if arguments.list:
        sys.exit(list_mutations(source))
    if arguments.scratch is None:
        parser.error("expected SCRATCH or --list")
    chosen = [m for m in MUTATIONS if not arguments.names or any(n in m[0] for n in arguments.names)]
    if not chosen:
        parser.error(f"no mutation's name holds {' or '.join(arguments.names)}")
    tree = arguments.scratch.resolve()
    copy_tree(source, tree)
    built = build(tree)
    if built.returncode != 0:
        sys.exit(built.stdout.decode(errors="replace")[-4000:])
    for tests in sorted({m[4] for m in chosen}):
        if not survives(tree, tests):
            sys.exit(f"mutation: the tests {tests} fail without any mutation")
    sys.exit(max(attempt(tree, *mutation) for mutation in chosen))


if __name__ == "__main__":
    main()
