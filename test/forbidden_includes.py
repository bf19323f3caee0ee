#!/usr/bin/env python3
"""Includes that docs/rooms.txt forbids do not compile: forbidden_includes.py SOURCES BUILD.

With the compiler and the flags that the build uses for a room. A header of the room's own compiles,
so that the failures have no other cause.
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

SOURCES, BUILD = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
# (a file of the room, what it may not include)
FORBIDDEN = [
    ("sim/base/time.h", "sim/engine/engine.h"),
    ("sim/engine/engine.h", "sim/platform/platform.h"),
    ("sim/network/network.h", "sim/hosts/host.h"),
    ("sim/functions/lambda_service.h", "sim/storage/object_store.h"),
    ("sim/storage/object_store.h", "sim/functions/lambda_service.h"),
    ("sim/platform/platform.h", "sim/faults/fault_spec.h"),
    ("workloads/dag/dag.h", "sim/platform/platform.h"),
    ("workloads/generators/noop.h", "workloads/linear_algebra/gemm.h"),
    ("scheduler/wukong/wukong.h", "scheduler/dask/dask.h"),
    ("scheduler/policy/system.h", "scheduler/wukong/wukong.h"),
    ("scheduler/dask/dask.h", "sim/faults/fault_spec.h"),
    ("runtime/loop/wall_clock.h", "runtime/redis/redis_address.h"),
    ("runtime/redis/redis_address.h", "scheduler/policy/system.h"),
    ("bench/text/table.h", "bench/parameters/parameter_tree.h"),
    ("bench/simulation/run.h", "bench/sweep/sweep_plan.h"),
    ("bench/results/result_store.h", "bench/fuzz/swarm.h"),
]


def flags_by_room():
    """The compiler and its flags for each folder, as the build calls it."""
    flags = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        words = [word for word in shlex.split(entry["command"]) if "ccache" not in word]
        kept = [words[0]] + [word for word in words[1:] if re.match(r"-(I|D|std|isystem)", word)]
        # With joined sources the build knows only the files that join them.
        room = next((part for part in re.findall(r"CMakeFiles/(\w+)\.dir", entry["command"])), "")
        flags.setdefault(room, kept)
    return flags


def compile_one(flags, header, folder):
    source = pathlib.Path(folder) / "probe.cpp"
    source.write_text(f'#include "{header}"\n')
    return subprocess.run([*flags, "-fsyntax-only", str(source)], capture_output=True, text=True)


def main():
    flags = flags_by_room()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for own, forbidden in FORBIDDEN:
            if not (SOURCES / own).exists() or not (SOURCES / forbidden).exists():
                wrong.append(f"{own} or {forbidden} is no file: this list is old")
                continue
            room = own.rpartition("/")[0].replace("/", "_")
            allowed = compile_one(flags[room], own, folder)
            if allowed.returncode != 0:
                wrong.append(f"{own} does not compile by itself:\n{allowed.stderr}")
            refused = compile_one(flags[room], forbidden, folder)
            if refused.returncode == 0 or f"{forbidden}: No such file" not in refused.stderr.replace("'", "").replace(
                    " file not found", ": No such file"):
                wrong.append(f"{own} can include {forbidden}:\n{refused.stderr[:300]}")
    print(*wrong, f"{len(FORBIDDEN)} forbidden includes, {len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


main()
